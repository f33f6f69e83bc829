"""The client's first page, put together: one thing to do, the next date, and the panels in the profile's order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from portal.cases.models import Case
from portal.home import queries
from portal.home.queries import Circle
from portal.messages.panel import panel as messages
from portal.plans.panel import panel as plans
from portal.plans.queries import GoalLine, NextStep, TickedToday
from portal.referrals.panel import panel as referrals
from portal.referrals.queries import PlaceCard
from portal.strengths.panel import panel as strengths
from portal.supporters.panel import panel as supporters
from portal.work import Work

Shown = tuple[str, dict[str, Any]]
Panel = Callable[[Work, Case], Shown]

#: What has something to say on the first page, by the name profiles know it by.
PANELS: Mapping[str, Panel] = MappingProxyType(
    {"plans": plans, "referrals": referrals, "messages": messages, "strengths": strengths}
)
#: What is only a way to somewhere: its address, and the icon beside it.
WAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"resources": ("resources.search", "search"), "trail": ("trail.index", "eye")}
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page shows."""

    panels: list[Shown]
    ways: list[str]
    circle: Circle
    step: NextStep | None
    #: What the client marked done last today, and can take back.
    ticked: TickedToday | None
    #: The first place that waits for the client: what to do next when there is no step.
    turn: PlaceCard | None
    #: The first goal that goes on: where a new step belongs when nothing else is to be done.
    goal: GoalLine | None
    #: The next visit that is set; the day of the client's own step stands with the step.
    visit: PlaceCard | None
    unread: int


def front(work: Work, case: Case) -> Front:
    """Everything on the first page, in few queries: what a panel has read is not read again."""
    around = queries.circle(work, case)
    gone = {*WAYS, "supporters"} if case.is_closed else WAYS.keys()  # nobody helps in a case that has ended
    shown = {name: _show(name, work, case, around) for name in case.profile.panels if name not in gone}
    facts = {name: found for name, (_template, found) in shown.items()}
    places = facts.get("referrals", {})
    summary = facts.get("messages", {}).get("summary")
    return Front(
        panels=list(shown.values()),
        ways=[name for name in case.profile.panels if name in WAYS],
        circle=around,
        step=facts.get("plans", {}).get("next_step"),
        ticked=facts.get("plans", {}).get("ticked"),
        turn=places.get("turn"),
        goal=next(iter(facts.get("plans", {}).get("goals", ())), None),
        visit=places.get("next_visit"),
        unread=summary.unread if summary else 0,
    )


def _show(name: str, work: Work, case: Case, around: Circle) -> Shown:
    return supporters(work, case, around.supporters) if name == "supporters" else PANELS[name](work, case)
