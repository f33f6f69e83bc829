"""What a review walks through: strengths since the last time, goals with both sides' ratings, what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from portal.cases.models import Case, Person
from portal.plans import queries as plans
from portal.plans.content import ON_PLAN, Content, content_of, is_client, shown_goals
from portal.plans.frozen import FrozenPlan
from portal.plans.measures import Done, done_of
from portal.plans.models import (
    Goal,
    LadderRating,
    PlanReview,
    PlanVersion,
    ProgressRating,
    RatedBy,
    ReviewState,
    VersionState,
)
from portal.plans.queries import Changes
from portal.strengths.models import StrengthEntry, StrengthStatus
from portal.work import Work

Rated = TypeVar("Rated", ProgressRating, LadderRating)


@dataclass(slots=True)
class Side:
    """What one side said last about a goal: how it goes, and where on the ladder."""

    progress: ProgressRating | None = None
    rung: LadderRating | None = None


@dataclass(frozen=True, slots=True)
class GoalLook:
    """One goal as a review looks at it: both sides' last words beside each other, never put into one."""

    goal: Goal
    done: Done
    client: Side = field(default_factory=Side)
    staff: Side = field(default_factory=Side)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything a review walks through."""

    review: PlanReview | None
    since: datetime
    strengths: Sequence[str]
    goals: list[GoalLook]
    ended: Sequence[Goal]
    changes: Changes | None
    #: Reviews that ended before, the newest first.
    before: Sequence[PlanReview]
    proposed_by: str
    #: Whether the reader's own side named the day: then it waits for the other one.
    ours: bool


def review_page(work: Work, case: Case) -> ReviewPage:
    """The page of the review that goes on, or of what a new one would look at; as many queries whatever there is."""
    reviews = _reviews(work, case)
    review, proposer = next(((found, name) for found, name in reviews if found.is_open), (None, None))
    before = [found for found, _name in reviews if found.state is ReviewState.AGREED]
    since = _since(work, case, before)
    content = content_of(work, case)
    frozen = FrozenPlan.of(content, case, 0, plans.frame_of(work, case))
    return ReviewPage(
        review=review,
        since=since,
        strengths=_strengths(work, case, since),
        goals=_looks(work, content),
        ended=_ended(work, case, since),
        changes=plans.changes_since(work, case, frozen),
        before=before,
        proposed_by=proposer or "",
        ours=review is not None and (review.proposed_by_id == case.client_id) is is_client(work, case),
    )


def _reviews(work: Work, case: Case) -> Sequence[tuple[PlanReview, str | None]]:
    """The reviews of a case with the names of those who named a day, the newest first."""
    wanted = (
        select(PlanReview, Person.name)
        .outerjoin(Person, Person.id == PlanReview.proposed_by_id)
        .where(PlanReview.case_id == case.id)
        .order_by(PlanReview.opened_at.desc(), PlanReview.id)
        .limit(10)
    )
    return [(review, name) for review, name in work.session.execute(wanted)]


def _since(work: Work, case: Case, before: Sequence[PlanReview]) -> datetime:
    """Since when it is told: the last review, else the version agreed on, else the opening of the case."""
    if before and before[0].closed_at is not None:
        return before[0].closed_at
    agreed = select(PlanVersion.answered_at).where(
        PlanVersion.case_id == case.id, PlanVersion.answer == VersionState.AGREED
    )
    found = work.session.scalars(agreed.order_by(PlanVersion.number.desc()).limit(1)).first()
    return found or datetime.combine(case.opened_on, time(), UTC)


def _strengths(work: Work, case: Case, since: datetime) -> Sequence[str]:
    wanted = select(StrengthEntry.words).where(
        StrengthEntry.case_id == case.id,
        StrengthEntry.status == StrengthStatus.VISIBLE,
        or_(StrengthEntry.created_at > since, StrengthEntry.decided_at > since),
    )
    return work.session.scalars(wanted.order_by(StrengthEntry.created_at, StrengthEntry.id)).all()


def _ended(work: Work, case: Case, since: datetime) -> Sequence[Goal]:
    """Goals reached, changed or let go since."""
    ended = Goal.lifecycle.not_in(ON_PLAN)
    wanted = shown_goals(own=is_client(work, case)).where(ended, Goal.moved_at > since)
    return work.session.scalars(wanted.order_by(Goal.moved_at, Goal.id), {"case": case.id}).all()


def _looks(work: Work, content: Content) -> list[GoalLook]:
    """The goals that go on, with both sides' last ratings, in two queries however many there are."""
    looks = {goal.id: GoalLook(goal, done_of(content.steps_of(goal))) for goal in content.goals}
    ids = list(looks)
    for rating in _in_order(work, ProgressRating, ids):
        if (side := _side(looks[rating.goal_id], rating.rated_by)) is not None:
            side.progress = rating
    for rung in _in_order(work, LadderRating, ids):
        if (side := _side(looks[rung.goal_id], rung.rated_by)) is not None:
            side.rung = rung
    return list(looks.values())


def _in_order(work: Work, model: type[Rated], goal_ids: Sequence[UUID]) -> Iterable[Rated]:
    wanted = select(model).where(model.goal_id.in_(goal_ids)).order_by(model.rated_at, model.id)
    return work.session.scalars(wanted)


def _side(look: GoalLook, rated_by: RatedBy) -> Side | None:
    if rated_by is RatedBy.CLIENT:
        return look.client
    return None if rated_by.value == "supporter" else look.staff
