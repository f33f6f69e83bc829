"""What a client can lend, in plain words: the usual first, none of it chosen beforehand (SECURITY D3)."""

from types import MappingProxyType
from typing import Any

from portal.i18n import _l
from portal.roles import Power

#: What most people lend (DOMAIN 2.7: on by default there; here offered first, and ticked by the client alone).
USUAL = (Power.SEE_NEXT, Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS, Power.SUGGEST)
MORE = (Power.SEE_RESOURCES, Power.REPORT_FOR, Power.MESSAGE_WORKER, Power.SEE_STRENGTHS, Power.SEE_PLAN)

LABELS: MappingProxyType[Power, Any] = MappingProxyType(
    {
        Power.SEE_NEXT: _l("See the dates you share"),
        Power.SEE_GOALS: _l("See the goals you share"),
        Power.CHEER: _l("Cheer you on"),
        Power.MY_STEPS: _l("See and tick the steps they do"),
        Power.SUGGEST: _l("Suggest a strength"),
        Power.SEE_RESOURCES: _l("See the places you go to"),
        Power.REPORT_FOR: _l("Tell us that you went to a visit"),
        Power.MESSAGE_WORKER: _l("Write to the people who work with you"),
        Power.SEE_STRENGTHS: _l("See the strengths you share"),
        Power.SEE_PLAN: _l("See your plan"),
    }
)
HINTS: MappingProxyType[Power, Any] = MappingProxyType(
    {
        Power.SEE_NEXT: _l("The day and the time. Not the place, and not why you go."),
        Power.SEE_GOALS: _l("Goals you keep to yourself stay hidden. They can say where they see you on your ladder."),
        Power.CHEER: _l("A cheer for a goal they can see."),
        Power.MY_STEPS: _l("Only steps with their name on them."),
        Power.SUGGEST: _l("A goal too, or other words for one they see. You say yes or no to it."),
        Power.SEE_RESOURCES: _l("All of them: the place, the day and what to bring. Not why you go."),
        Power.REPORT_FOR: _l("They can say that a visit took place."),
        Power.MESSAGE_WORKER: _l("You can read all they write there. They cannot read your messages."),
        Power.SEE_STRENGTHS: _l("Strengths you keep to yourself stay hidden."),
        Power.SEE_PLAN: _l("Goals and steps, but not those you keep to yourself."),
    }
)


def in_order(powers: frozenset[Power]) -> list[Power]:
    """These powers, the usual ones first."""
    return [power for power in (*USUAL, *MORE) if power in powers]
