"""Goals on the client's home page: the next step, and a line for each goal that goes on."""

from typing import Any

from portal.cases.models import Case
from portal.plans import queries
from portal.plans.models import Lifecycle
from portal.work import Work

#: More goals than these are on the page of goals.
MOST = 4


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template and its facts: `next_step` (for the top of the page too), `goals`, and `ideas` that wait for a yes.

    One query.
    """
    lines, next_step = queries.going_on(work, case, (Lifecycle.ACTIVE, Lifecycle.DRAFT))
    going = [line for line in lines if line.lifecycle is Lifecycle.ACTIVE]
    return "plans/_panel.html", {
        "case": case,
        "next_step": next_step,
        "goals": going[:MOST],
        "more": len(going) > MOST,
        "ideas": [line for line in lines if line.lifecycle is Lifecycle.DRAFT],
    }
