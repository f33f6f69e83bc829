"""The search box on a client's home page. No query at all."""

from typing import Any

from portal.cases.models import Case
from portal.work import Work


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template and its facts."""
    del work
    return "resources/_panel.html", {"case": case}
