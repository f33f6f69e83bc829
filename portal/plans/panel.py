"""Goals on the client's home page: the next step, and a line for each goal that goes on."""

from typing import Any

from portal.cases.models import Case
from portal.plans import queries
from portal.plans.models import Lifecycle
from portal.work import Work

#: More goals than these are on the page of goals.
MOST = 4


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template and its facts: `next_step` and `ticked` (for the top of the page), `goals`, `ideas` for a yes or no.

    A goal with something new about it is among them wherever it stands. One query.
    """
    found = queries.going_on(work, case, tuple(Lifecycle))
    going = [line for line in found.lines if line.lifecycle is Lifecycle.ACTIVE]
    news = [line for line in found.lines if line.has_news and line.lifecycle is not Lifecycle.DRAFT]
    return "plans/_panel.html", {
        "case": case,
        "next_step": found.next_step,
        "ticked": None if case.is_closed else found.ticked,
        "goals": news + [line for line in going if line not in news][: max(0, MOST - len(news))],
        "more": len(going) > MOST,
        "ideas": [line for line in found.lines if line.lifecycle is Lifecycle.DRAFT],
    }
