"""Small steps: adding them, ticking them, changing them into others."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import CaseMember
from portal.i18n import _l
from portal.plans.models import (
    Doer,
    DoerKind,
    Goal,
    Lifecycle,
    Link,
    NotFromHere,
    NotYourStep,
    ResourceKind,
    Step,
    StepClosed,
)
from portal.roles import STAFF_ROLES, AccountKind, Role
from portal.work import NotAllowed, NotFound, Refused, Work


class TextMissing(Refused):
    """A step without words."""

    field = "text"
    says = _l("Write the step.")


class NotOfThisCase(Refused):
    """A step for a person who does not help here."""

    field = "doer"
    says = _l("Choose someone from this list.")


def add_step(
    work: Work,
    goal: Goal,
    *,
    text: str,
    doer: Doer,
    due_on: date | None = None,
    resource_kind: ResourceKind = ResourceKind.NONE,
    note: str = "",
    link: Link | None = None,
) -> Step:
    """The client or staff add a small step to a goal.

    Args:
        doer: who does it.
        resource_kind: the kind of person or place it names; NONE when it names nobody.
        link: what it goes with, of the same case; the database refuses any other.

    Raises:
        TextMissing, NoName, NotOfThisCase, PrivateStep: words or a name are missing; that person does not help here, or
            may not know of this goal.
        NotFromHere: the goal has ended.
    """
    role = _role(work, goal)
    if goal.lifecycle not in {Lifecycle.DRAFT, Lifecycle.ACTIVE, Lifecycle.PAUSED}:
        raise NotFromHere
    by = DoerKind.CLIENT if role is Role.CLIENT else DoerKind.STAFF
    step = Step(
        id=uuid4(), case_id=goal.case_id, goal_id=goal.id, due_on=due_on, note=note, resource_kind=resource_kind,
        added_by=by, created_by_id=work.actor.id, created_at=work.now,
    )  # fmt: skip
    _fill(work, step, goal, text, doer)
    step.go_with(link)
    work.session.add(step)
    work.record(Event.STEP_ADDED, step, doer=doer.kind.value, by=by.value)
    return step


def change_step(
    work: Work,
    step: Step,
    *,
    text: str,
    doer: Doer,
    due_on: date | None = None,
    resource_kind: ResourceKind = ResourceKind.NONE,
    note: str = "",
    link: Link | None = None,
) -> Step:
    """Change a step. Other words or another doer make a new step; a new day or note does not. Gives the one left.

    Raises:
        NotAllowed: staff tried to change a step the client wrote.
        StepClosed: the step is done or was closed before.
        TextMissing, NoName, NotOfThisCase, PrivateStep: as for `add_step`.
    """
    goal = _goal_of(work, step)
    _may_rewrite(work, step, goal)
    if (text, doer) == (step.text, Doer(step.doer, step.doer_person_id, step.doer_name)):
        if due_on != step.due_on:
            step.sized_at = None  # another day is another question
        step.due_on, step.note, step.resource_kind = due_on, note, resource_kind
        step.go_with(link)
        work.record(Event.STEP_CHANGED, step, doer=step.doer.value, replaced=False)
        return step
    step.replace()
    new = add_step(
        work, goal, text=text, doer=doer, due_on=due_on, resource_kind=resource_kind, note=note, link=link
    )  # fmt: skip
    new.replaces_id = step.id
    work.record(Event.STEP_CHANGED, step, doer=doer.kind.value, replaced=True)
    return new


def skip_step(work: Work, step: Step) -> None:
    """Leave a step out.

    Raises:
        NotAllowed: staff tried to leave out a step the client wrote.
        StepClosed: the step is done or was closed before.
    """
    _may_rewrite(work, step, _goal_of(work, step))
    step.skip()
    work.record(Event.STEP_CHANGED, step, state=step.state.value)


def tick_step(work: Work, step: Step) -> None:
    """Mark a step done, today.

    Raises:
        NotYourStep, StepClosed: it is somebody else's to tick, or not open any more.
    """
    step.tick(work.actor.id, _step_role(work, step), work.today, work.now)
    work.record(Event.STEP_TICKED, step, doer=step.doer.value)


def untick_step(work: Work, step: Step) -> None:
    """Mark a step not done after all.

    Raises:
        NotYourStep, StepClosed: as for `tick_step`.
    """
    step.untick(work.actor.id, _step_role(work, step))
    work.record(Event.STEP_UNTICKED, step, doer=step.doer.value)


def begin_step(work: Work, step: Step) -> None:
    """Mark a step started.

    Raises:
        NotYourStep, StepClosed: as for `tick_step`.
    """
    step.start(work.actor.id, _step_role(work, step))
    work.record(Event.STEP_CHANGED, step, state=step.state.value)


def keep_size(work: Work, step: Step) -> None:
    """Whoever writes the plan says that a step is small enough for its day. The question is not asked again.

    Raises:
        StepClosed: it is not open any more.
    """
    _role(work, _goal_of(work, step))
    if not step.state.is_open:
        raise StepClosed
    step.sized_at = work.now
    work.record(Event.STEP_CHANGED, step, small_enough=True)


def accept_step(work: Work, step: Step) -> None:
    """A supporter says "I can do this" to a step of theirs. They answer for no other part of the plan.

    Raises:
        NotYourStep: it is not theirs.
    """
    if step.doer_person_id != work.actor.id:
        raise NotYourStep
    step.accepted_at = step.accepted_at or work.now
    work.record(Event.STEP_CHANGED, step, accepted=True)


def _fill(work: Work, step: Step, goal: Goal, text: str, doer: Doer) -> None:
    if not text.strip():
        raise TextMissing
    step.text = text
    step.give_to(doer, goal)
    if doer.person_id is not None and not _helps(work, goal.case_id, doer):
        raise NotOfThisCase


def _helps(work: Work, case_id: UUID, doer: Doer) -> bool:
    """Whether this person helps in this case as what the step says. Staff may always take a step themselves."""
    if doer == Doer(DoerKind.STAFF, work.actor.person_id) and work.actor.kind is AccountKind.STAFF:
        return True
    roles = STAFF_ROLES if doer.kind is DoerKind.STAFF else {Role.SUPPORTER}
    wanted = select(CaseMember).where(CaseMember.case_id == case_id, CaseMember.person_id == doer.person_id)
    return any(member.role in roles and member.ended_at is None for member in work.session.scalars(wanted))


def _role(work: Work, goal: Goal) -> Role:
    """How the actor stands to this goal's case; a private goal does not exist for anybody but its client."""
    standing = work.standing(goal)
    if standing is None:
        raise NotAllowed(Action.STEP_ADD, goal.case_id)
    if goal.is_private and standing.role is not Role.CLIENT:
        raise NotFound("Goal")
    return standing.role


def _step_role(work: Work, step: Step) -> Role:
    standing = work.standing(step)
    if standing is None:
        raise NotAllowed(Action.STEP_TICK, step.case_id)
    if step.is_private and standing.role is not Role.CLIENT:
        raise NotFound("Step")
    return standing.role


def _goal_of(work: Work, step: Step) -> Goal:
    return work.get(Goal, step.goal_id)


def _may_rewrite(work: Work, step: Step, goal: Goal) -> None:
    """Staff change only what staff wrote; what the client wrote is the client's to change."""
    if _role(work, goal) is not Role.CLIENT and step.added_by is DoerKind.CLIENT:
        raise NotAllowed(Action.STEP_ADD, step.case_id)
