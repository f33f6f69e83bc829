"""What a client's home page says about supporters: who may look today, and the way to stop it at once."""

from collections.abc import Sequence
from typing import Any

from portal.cases.models import Case
from portal.supporters import queries
from portal.work import Work


def panel(work: Work, case: Case, names: Sequence[str] | None = None) -> tuple[str, dict[str, Any]]:
    """The template of the panel and what it shows. One query, or none when the caller knows the `names`."""
    known = queries.names_of_live(work, case) if names is None else names
    return "supporters/_panel.html", {"names": known, "case": case}
