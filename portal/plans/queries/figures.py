"""Short answers for other pages: the next step, a line for each goal, and figures for staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, exists, false, func, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from portal.audit.marks import has_new_answer
from portal.cases.models import Case, ReviewKind
from portal.plans.content import is_client, shown_goals
from portal.plans.measures import NaturalShare, natural_share
from portal.plans.models import (
    Cheer,
    DoerKind,
    Goal,
    GoalMark,
    GoalSuggestion,
    Lifecycle,
    ResourceKind,
    Step,
    StepState,
    Visibility,
)
from portal.work import Work

_OPEN = (StepState.TODO, StepState.DOING)
_COUNTED = (*_OPEN, StepState.DONE)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of the client's that is still open."""

    step_id: UUID
    text: str
    goal_id: UUID
    goal_words: str
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal in a list: its words, where it is, how many of its steps are done, and cheers it got."""

    id: UUID
    words: str
    lifecycle: Lifecycle
    visibility: Visibility
    area: str
    done: int
    total: int
    cheers: int
    #: For its client: whether staff answered and they have not seen it, and whether other words wait for their yes.
    new_answer: bool = False
    new_words: bool = False
    #: Whether client and staff last said different things about whose goal it is.
    differs: bool = False

    @property
    def has_news(self) -> bool:
        """Whether there is something for the client to look at."""
        return self.new_answer or self.new_words


@dataclass(frozen=True, slots=True)
class TickedToday:
    """A step the client marked done today: they can say that it was a mistake."""

    step_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Going:
    """What the client's home page tells of goals."""

    lines: list[GoalLine]
    next_step: NextStep | None
    ticked: TickedToday | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What staff see of somebody's goals at a glance. `private` is a number, and all they ever see of those."""

    active: int
    paused: int
    reached: int
    proposed: int
    private: int
    steps_done: int
    steps_total: int
    steps_late: int


def next_steps_of(work: Work, case: Case, most: int = 3) -> list[NextStep]:
    """The client's own open steps in goals that go on: what is due first comes first, what has no day last."""
    wanted = (
        select(Step.id, Step.text, Step.due_on, Goal.id.label("goal_id"), Goal.words)
        .join(Goal, Goal.id == Step.goal_id)
        .where(
            Step.case_id == case.id,
            Step.doer == DoerKind.CLIENT,
            Step.state.in_(_OPEN),
            Goal.lifecycle == Lifecycle.ACTIVE,
        )
        .order_by(Step.due_on.is_(None), Step.due_on, Step.created_at, Step.id)
        .limit(most)
    )
    if not is_client(work, case):
        wanted = wanted.where(Goal.visibility != Visibility.PRIVATE)
    return [
        NextStep(
            found.id, found.text, found.goal_id, found.words, found.due_on,
            found.due_on is not None and found.due_on < work.today,
        )
        for found in work.session.execute(wanted)
    ]  # fmt: skip


def next_step_of(work: Work, case: Case) -> NextStep | None:
    """The one step to do next."""
    return next(iter(next_steps_of(work, case, 1)), None)


def due_on_of(work: Work, case: Case) -> date | None:
    """The next day, today or later, on which an open step of the client's is due."""
    wanted = select(func.min(Step.due_on)).where(
        Step.case_id == case.id, Step.doer == DoerKind.CLIENT, Step.state.in_(_OPEN), Step.due_on >= work.today
    )
    return work.session.scalar(wanted)


def goal_lines(
    work: Work, case: Case, states: Sequence[Lifecycle] = (Lifecycle.ACTIVE,), most: int | None = None
) -> list[GoalLine]:
    """A line for each goal in these states, oldest first, in one query."""
    wanted = _lines(tuple(states), own=is_client(work, case)).limit(most)
    values = {"case": case.id, "reader": work.actor.person_id}
    return [_line(found) for found in work.session.execute(wanted, values)]


def going_on(work: Work, case: Case, states: Sequence[Lifecycle]) -> Going:
    """For the client's home page: a line for each goal in these states, the next step, the last tick. One query."""
    lines, following, ticked = [], None, None
    wanted = _going_on(tuple(states), own=is_client(work, case))
    values = {"case": case.id, "reader": work.actor.person_id, "today": work.today}
    for found in work.session.execute(wanted, values):
        lines.append(_line(found))
        if found.step_id is not None:
            late = found.due_on is not None and found.due_on < work.today
            following = NextStep(found.step_id, found.text, found.id, found.words, found.due_on, late)
        if found.ticked_id is not None:
            ticked = TickedToday(found.ticked_id, found.ticked_text)
    return Going(lines, following, ticked)


def _line(found: Any) -> GoalLine:
    line = GoalLine(*found[:8])
    return replace(
        line, new_answer=bool(found.new_answer), new_words=bool(found.new_words), differs=found.marks > 1
    )  # fmt: skip


@cache
def _going_on(states: tuple[Lifecycle, ...], *, own: bool) -> Select[Any]:
    """Built once, as `_lines` is: it stands on the page that is read most."""
    step, goal = aliased(Step), aliased(Goal)
    first = (
        select(step.id)
        .join(goal, goal.id == step.goal_id)
        .where(
            step.case_id == bindparam("case"),
            step.doer == DoerKind.CLIENT,
            step.state.in_(_OPEN),
            goal.lifecycle == Lifecycle.ACTIVE,
        )
        .order_by(step.due_on.is_(None), step.due_on, step.created_at, step.id)
        .limit(1)
        .scalar_subquery()
    )
    last, ticked = aliased(Step), aliased(Step)
    latest = (
        select(last.id)
        .where(last.case_id == bindparam("case"), last.done_by_id == bindparam("reader"))
        .where(last.done_on == bindparam("today"), last.state == StepState.DONE)
        .order_by(last.ticked_at.desc(), last.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        _lines(states, own=own)
        .add_columns(Step.id.label("step_id"), Step.text, Step.due_on)
        .add_columns(ticked.id.label("ticked_id"), ticked.text.label("ticked_text"))
        .outerjoin(Step, (Step.goal_id == Goal.id) & (Step.id == first))
        .outerjoin(ticked, (ticked.goal_id == Goal.id) & (ticked.id == latest))
    )


@cache
def _lines(states: tuple[Lifecycle, ...], *, own: bool) -> Select[Any]:
    """The goals of `case` in these states with their counts; somebody else's private goals are left out."""
    steps = (
        select(
            Step.goal_id,
            func.count().label("total"),
            func.sum(when((Step.state == StepState.DONE, 1), else_=0)).label("done"),
        )
        .where(Step.case_id == bindparam("case"), Step.state.in_(_COUNTED))
        .group_by(Step.goal_id)
        .subquery()
    )
    cheers = (
        select(Cheer.goal_id, func.count().label("count"))
        .where(Cheer.case_id == bindparam("case"))
        .group_by(Cheer.goal_id)
        .subquery()
    )
    wanted = (
        shown_goals(own=own)
        .with_only_columns(
            Goal.id, Goal.words, Goal.lifecycle, Goal.visibility, Goal.area,
            func.coalesce(steps.c.done, 0), func.coalesce(steps.c.total, 0), func.coalesce(cheers.c.count, 0),
            (has_new_answer(Goal.id, ReviewKind.GOAL) if own else false()).label("new_answer"),
            (_words_wait() if own else false()).label("new_words"), _marks().label("marks"),
        )
        .outerjoin(steps, steps.c.goal_id == Goal.id)
        .outerjoin(cheers, cheers.c.goal_id == Goal.id)
        .where(Goal.lifecycle.in_(states))
        .order_by(Goal.created_at, Goal.id)
    )  # fmt: skip
    return cast(Select[Any], wanted)


def _words_wait() -> ColumnElement[bool]:
    """Whether other words for a goal wait for the client's answer."""
    return exists().where(
        GoalSuggestion.goal_id == Goal.id, GoalSuggestion.began_it.is_(False), GoalSuggestion.taken.is_(None)
    )


def _marks() -> ScalarSelect[int]:
    """How many different marks the sides have on a goal, of each side the newest."""
    mark, later = aliased(GoalMark), aliased(GoalMark)
    newer = exists().where(later.goal_id == mark.goal_id, later.side == mark.side, later.marked_at > mark.marked_at)
    counted = select(func.count(mark.mark.distinct())).where(mark.goal_id == Goal.id, ~newer)
    return counted.correlate(Goal).scalar_subquery()


def private_goals(work: Work, case: Case) -> int:
    """How many private goals there are. For staff: the number is all they see of them."""
    wanted = select(func.count(Goal.id)).where(Goal.case_id == case.id, Goal.visibility == Visibility.PRIVATE)
    return work.session.scalar(wanted) or 0


def figures_of(work: Work, case: Case) -> Figures:
    """Counts of goals and steps, private ones left out but for their number. Two queries."""
    goals: dict[Lifecycle, int] = {}
    private = 0
    counted = (
        select(Goal.lifecycle, Goal.visibility, func.count(Goal.id))
        .where(Goal.case_id == case.id)
        .group_by(Goal.lifecycle, Goal.visibility)
    )
    for state, visibility, count in work.session.execute(counted):
        if visibility is Visibility.PRIVATE:
            private += count
        else:
            goals[state] = goals.get(state, 0) + count
    late = when((Step.state.in_(_OPEN) & (Step.due_on < work.today), 1), else_=0)
    steps = select(
        func.count(Step.id),
        func.coalesce(func.sum(when((Step.state == StepState.DONE, 1), else_=0)), 0),
        func.coalesce(func.sum(late), 0),
    ).where(Step.case_id == case.id, Step.is_private.is_(False), Step.state.in_(_COUNTED))
    total, done, overdue = work.session.execute(steps).one()
    return Figures(
        active=goals.get(Lifecycle.ACTIVE, 0),
        paused=goals.get(Lifecycle.PAUSED, 0),
        reached=goals.get(Lifecycle.REACHED, 0),
        proposed=goals.get(Lifecycle.DRAFT, 0),
        private=private,
        steps_done=int(done),
        steps_total=int(total),
        steps_late=int(overdue),
    )


def natural_share_of(work: Work, case: Case) -> NaturalShare:
    """The natural share (DOMAIN 3) of the steps that staff may see and that nobody left out or changed."""
    wanted = select(Step.doer, Step.resource_kind).where(
        Step.case_id == case.id, Step.is_private.is_(False), Step.state.in_(_COUNTED)
    )
    return natural_share(
        ResourceKind.NATURAL if doer is DoerKind.SUPPORTER else kind for doer, kind in work.session.execute(wanted)
    )
