"""One step as one reader sees it: who does it, in words, and what the reader may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans.content import is_client
from portal.plans.models import DoerKind, Step
from portal.roles import Role
from portal.work import Work


@dataclass(frozen=True, slots=True)
class DoerChoice:
    """Somebody a step can be given to: the value a form sends, and their name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step, who does it in words for this reader, and which buttons they get."""

    step: Step
    who: str
    is_mine: bool
    late: bool
    may_tick: bool
    may_change: bool
    #: Whether its supporter said yes to it. Not told to another supporter, who may not know that there is one.
    accepted: bool

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.step.done_on is not None


def who_does(work: Work, case: Case, step: Step) -> str:
    """Who does a step, in words for this reader. A person this reader may not know of is "someone else"."""
    if step.doer_person_id is not None:
        if step.doer_person_id == work.actor.person_id:
            return _("You")
        return step.doer_person.name if step.doer_person else _("Someone else")
    if step.doer is DoerKind.CLIENT:
        return _("You") if is_client(work, case) else case.client.name
    return step.doer_name


def step_rows(work: Work, case: Case, steps: Iterable[Step]) -> list[StepRow]:
    """These steps as this reader sees them."""
    standing = work.standing(case)
    role = standing.role if standing else Role.SUPPORTER
    ticks = work.allows(Action.STEP_TICK, case)
    changes = work.allows(Action.STEP_ADD, case)
    me = work.actor.id
    return [
        StepRow(
            step=step,
            who=who_does(work, case, step),
            is_mine=_is_mine(step, me, role),
            late=step.is_late(work.today),
            may_tick=ticks and step.state.counts and step.is_ticked_by(me, role),
            may_change=changes and step.state.is_open and (role is Role.CLIENT or step.added_by is not DoerKind.CLIENT),
            accepted=step.accepted_at is not None and (role is not Role.SUPPORTER or _is_mine(step, me, role)),
        )
        for step in steps
    ]


def _is_mine(step: Step, me: UUID, role: Role) -> bool:
    return step.doer_person_id == me or (role is Role.CLIENT and step.doer is DoerKind.CLIENT)
