"""The pages of goals: the list, and one goal with its steps, ladder, ratings and answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, select

from portal.audit.models import ReadMark
from portal.cases.areas import areas_in_use
from portal.cases.models import Case, Person, ReviewAnswer, ReviewItem
from portal.plans.content import is_client, steps_for
from portal.plans.measures import Done, done_of
from portal.plans.models import (
    Cheer,
    Goal,
    GoalLadder,
    GoalWording,
    Lifecycle,
    Step,
    StepState,
)
from portal.plans.queries.agreement import Marks, Suggested, marks_on, suggestions_on
from portal.plans.queries.figures import GoalLine, goal_lines, private_goals
from portal.plans.queries.ladders import Rating, Said, ratings_of
from portal.plans.queries.rows import StepRow, step_rows
from portal.roles import Role
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """The list of goals by where they are."""

    groups: list[tuple[Lifecycle, list[GoalLine]]]
    private: int
    active: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What staff answered to something of the client's."""

    item_id: UUID
    kind: ReviewAnswer
    text: str
    who: str
    at: datetime
    taken: bool | None
    #: Whether the reader, a client, has not seen it yet.
    is_new: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is a suggestion the client has not decided on."""
        return self.kind is ReviewAnswer.SUGGESTION and self.taken is None


@dataclass(frozen=True, slots=True)
class CheerLine:
    """A cheer: from whom, on which day."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal as this reader sees it."""

    goal: Goal
    steps: list[StepRow]
    earlier: list[StepRow]
    done: Done
    wordings: Sequence[GoalWording]
    ladder: GoalLadder | None
    #: The latest of each side; and everything that was said on the ladder, oldest first.
    ratings: Sequence[Rating]
    history: Sequence[Said]
    marks: Marks
    suggestions: list[Suggested]
    answers: list[Answer]
    cheers: list[CheerLine]
    written_by: str
    area: str
    cheered_today: bool


def goal_for(work: Work, goal: Goal) -> Goal:
    """This goal, if the reader may read it: every page of one goal begins here.

    Raises:
        NotFound: it is private and the reader is not its client.
    """
    if goal.is_private and not is_client(work, work.get(Case, goal.case_id)):
        raise NotFound("Goal")
    return goal


def step_for(work: Work, step: Step) -> Step:
    """This step, if the reader may read it.

    Raises:
        NotFound: its goal is private and the reader is not its client.
    """
    if step.is_private and not is_client(work, work.get(Case, step.case_id)):
        raise NotFound("Step")
    return step


def standing_step(work: Work, step: Step, *, hold: bool = False) -> Step:
    """This step, or the one that has taken its place since: whoever still writes on the old one sees the new words.

    Args:
        work: the unit of work.
        step: the step an address names.
        hold: nobody else is to change it until this work is over.
    """
    while True:
        found = work.hold(step) if hold else step
        if found.state is not StepState.CHANGED:
            return found
        after = work.session.scalars(select(Step).where(Step.replaces_id == found.id).limit(1)).first()
        if after is None:
            return found
        step = after


def goals_page(work: Work, case: Case) -> GoalsPage:
    """All goals this reader may see, by where they are: ideas first, for they wait for an answer."""
    lines = goal_lines(work, case, tuple(Lifecycle))
    groups = [(state, [line for line in lines if line.lifecycle is state]) for state in Lifecycle]
    standing = work.standing(case)
    private = private_goals(work, case) if standing and standing.is_staff else 0
    active = sum(line.lifecycle is Lifecycle.ACTIVE for line in lines)
    return GoalsPage([(state, found) for state, found in groups if found], private, active)


def _answers_to(work: Work, goal: Goal) -> list[Answer]:
    """The same about one goal; to its client, what they have not seen yet is new."""
    seen = (ReadMark.subject_id == ReviewItem.subject_id) & (ReadMark.person_id == work.actor.person_id)
    rows = work.session.execute(_answered([goal.id]).add_columns(ReadMark.read_at).outerjoin(ReadMark, seen)).all()
    answers = answers_in((item, name) for item, name, _at in rows)
    if not is_client(work, work.get(Case, goal.case_id)):
        return answers
    at = rows[0].read_at if rows else None
    return [replace(answer, is_new=at is None or answer.at > at) for answer in answers]


def goal_page(work: Work, case: Case, goal: Goal) -> GoalPage:
    """One goal with all that belongs to it. What a reader may not see is not asked for, or hidden by their scope."""
    steps = steps_for(work, [goal.id]).get(goal.id, [])
    rows = step_rows(work, case, steps)
    standing = work.standing(case)
    with_staff = standing is not None and standing.role is not Role.SUPPORTER
    ratings = ratings_of(work, goal, words=with_staff)
    written_by = work.session.get(Person, goal.words_by_id) if with_staff else None
    # Staff are shown no cheers: those are between the client and their own people.
    cheers = [] if standing is not None and standing.is_staff else _cheers(work, goal)
    mine = any(person_id == work.actor.person_id and line.on == work.today for person_id, line in cheers)
    return GoalPage(
        goal=goal,
        steps=[row for row in rows if row.step.state.counts],
        earlier=[row for row in rows if not row.step.state.counts],
        done=done_of(steps),
        wordings=_wordings(work, goal) if with_staff else (),
        ladder=ratings.ladder,
        ratings=ratings.latest,
        history=ratings.history,
        marks=marks_on(work, goal) if with_staff else Marks(()),
        suggestions=suggestions_on(work, goal),
        answers=_answers_to(work, goal) if with_staff else [],
        cheers=[line for _person, line in cheers],
        written_by=written_by.name if written_by else "",
        area=areas_in_use(work.session).label_of(goal.area) if goal.area and with_staff else "",
        cheered_today=mine,
    )


def ladder_of(work: Work, goal: Goal) -> GoalLadder | None:
    """The ladder of a goal, if the client wrote one."""
    return work.session.scalars(select(GoalLadder).where(GoalLadder.goal_id == goal.id)).first()


def answers_to(work: Work, subject_ids: Sequence[UUID]) -> list[Answer]:
    """What staff answered about these rows, newest first."""
    return answers_in(work.session.execute(_answered(subject_ids)))


def _answered(subject_ids: Sequence[UUID]) -> Select[Any]:
    wanted = (
        select(ReviewItem, Person.name)
        .outerjoin(Person, Person.id == ReviewItem.answered_by_id)
        .where(ReviewItem.subject_id.in_(subject_ids), ReviewItem.answered_at.is_not(None))
        .order_by(ReviewItem.answered_at.desc(), ReviewItem.id)
    )
    return cast(Select[Any], wanted)


def answers_in(rows: Iterable[Any]) -> list[Answer]:
    """The answered ones of these pairs of review item and name."""
    return [
        Answer(item.id, item.answer, item.answer_text, name or "", item.answered_at, item.taken)
        for item, name in rows
        if item.answer is not None and item.answered_at is not None
    ]


def _wordings(work: Work, goal: Goal) -> Sequence[GoalWording]:
    """The wordings it had before; a goal with its first one has none to look for."""
    if goal.words_at == goal.created_at:
        return ()
    wanted = select(GoalWording).where(GoalWording.goal_id == goal.id)
    return work.session.scalars(wanted.order_by(GoalWording.replaced_at.desc(), GoalWording.id)).all()


def _cheers(work: Work, goal: Goal) -> list[tuple[UUID, CheerLine]]:
    """The latest cheers, newest first. A supporter's scope holds their own alone."""
    wanted = (
        select(Cheer.person_id, Person.name, Cheer.cheered_on)
        .join(Person, Person.id == Cheer.person_id)
        .where(Cheer.goal_id == goal.id)
        .order_by(Cheer.cheered_at.desc(), Cheer.id)
        .limit(10)
    )
    return [(person_id, CheerLine(name, on)) for person_id, name, on in work.session.execute(wanted)]
