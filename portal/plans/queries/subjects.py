"""What the review queue is about, by id, for many cases at once. A goal that became private is not among them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.plans.models import Goal, PlanVersion, ReviewRequest, Visibility
from portal.work import Work


def goals_by_id(work: Work, ids: Iterable[UUID]) -> dict[UUID, Goal]:
    """These goals, for staff."""
    wanted = select(Goal).where(Goal.id.in_(list(ids)), Goal.visibility != Visibility.PRIVATE)
    return {goal.id: goal for goal in work.session.scalars(wanted)}


def versions_by_id(work: Work, ids: Iterable[UUID]) -> dict[UUID, PlanVersion]:
    """These plan versions; `answer_words` holds what the client asked for."""
    return {row.id: row for row in work.session.scalars(select(PlanVersion).where(PlanVersion.id.in_(list(ids))))}


def requests_by_id(work: Work, ids: Iterable[UUID]) -> dict[UUID, ReviewRequest]:
    """These wishes for a review; `words` may be empty."""
    return {row.id: row for row in work.session.scalars(select(ReviewRequest).where(ReviewRequest.id.in_(list(ids))))}
