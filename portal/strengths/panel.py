"""Strengths on the client's home page: what matters most, and the question that opens the sheet."""

from typing import Any

from portal.cases.models import Case
from portal.strengths import queries
from portal.work import Work

#: The profile setting under which the question stays on the home page.
ONGOING = "ongoing"


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template and its facts: `wishes`, `count`, `waiting`, `answered`, and whether to ask "What do you want?".

    The question stays where the profile says so, and else is offered until the first answer (DOMAIN 3).
    """
    found = queries.glance(work, case)
    ask = not case.is_closed and (case.profile.strengths_prompt == ONGOING or found.count == 0)
    return "strengths/_panel.html", {
        "wishes": found.wishes,
        "count": found.count,
        "waiting": 0 if case.is_closed else found.waiting,
        "answered": found.answered,
        "ask": ask,
    }
