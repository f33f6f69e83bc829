"""What a home page says about messages: how many wait, who wrote last and when. Never what they wrote."""

from typing import Any

from portal.cases.models import Case
from portal.messages import queries
from portal.work import Work


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template of the panel and what it shows. One query."""
    return "messages/_panel.html", {"summary": queries.summary(work, case), "case": case}
