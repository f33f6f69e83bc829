"""Ratings over time: each side's own, next to the others' and never averaged. And the index that supervisors read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case, Person
from portal.plans.measures import attainment_index
from portal.plans.models import Goal, GoalLadder, LadderRating, Lifecycle, ProgressRating, RatedBy, Visibility
from portal.roles import Post
from portal.work import NotFound, Work

#: The goals that the index is made of: what is worked on, and what came of it.
_COUNTED = (Lifecycle.ACTIVE, Lifecycle.PAUSED, Lifecycle.REACHED)
#: Where everybody stands when a ladder is written (DOMAIN 2.2).
_START = -1


@dataclass(frozen=True, slots=True)
class Rating:
    """The latest word of one side (of one supporter): how it is going, and where on the ladder, in words."""

    side: RatedBy
    #: A supporter's name; client and staff are named by their side.
    name: str = ""
    progress: Any = None
    progress_on: date | None = None
    #: On the ladder: the rung's words as they were then, and its value, by which it is found when the words changed.
    rung: str = ""
    value: int | None = None
    rung_on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One rating of the past: when, by whom, and the rung in the words it had then."""

    on: date
    side: RatedBy
    name: str
    value: int
    said: str


@dataclass(frozen=True, slots=True)
class Ratings:
    """The ladder, if there is one, and everything that was said about how a goal goes."""

    ladder: GoalLadder | None
    latest: Sequence[Rating]
    #: On the ladder, oldest first.
    history: Sequence[Said]


def ratings_of(work: Work, goal: Goal, *, words: bool) -> Ratings:
    """What each side said of one goal. A supporter's scope holds their own ratings alone.

    Args:
        work: the unit of work.
        goal: which.
        words: whether the reader is told the words for how it goes, which are between client and staff.
    """
    found: dict[tuple[RatedBy, UUID | None], dict[str, Any]] = {}
    if words:
        found = {(side, None): {} for side in (RatedBy.CLIENT, RatedBy.WORKER)}
        for side, progress, on in work.session.execute(_progress(goal)):
            found.setdefault((side, None), {}).update(progress=progress.label, progress_on=on)
    ladder, history = None, []
    for held, side, by, name, value, said, on in work.session.execute(_rungs(goal)):
        ladder = held
        if side is None:
            continue
        key = (side, by if side is RatedBy.SUPPORTER else None)
        who = (name or "") if side is RatedBy.SUPPORTER else ""
        found.setdefault(key, {}).update(name=who, rung=said, value=value, rung_on=on)
        history.append(Said(on, side, who, value, said))
    latest = [Rating(side, **facts) for (side, _by), facts in found.items()]
    return Ratings(ladder, latest if any(found.values()) else [], history)


def _progress(goal: Goal) -> Any:
    wanted = select(ProgressRating.rated_by, ProgressRating.progress, ProgressRating.rated_on)
    sides = ProgressRating.rated_by.in_((RatedBy.CLIENT, RatedBy.WORKER))
    return wanted.where(ProgressRating.goal_id == goal.id, sides).order_by(ProgressRating.rated_at, ProgressRating.id)


def _rungs(goal: Goal) -> Any:
    """The ladder with each rating on it: one row without a rating when nobody rated, none without a ladder."""
    return (
        select(
            GoalLadder,
            LadderRating.rated_by,
            LadderRating.rated_by_id,
            Person.name,
            LadderRating.value,
            LadderRating.said,
            LadderRating.rated_on,
        )
        .outerjoin(LadderRating, LadderRating.goal_id == GoalLadder.goal_id)
        .outerjoin(Person, Person.id == LadderRating.rated_by_id)
        .where(GoalLadder.goal_id == goal.id)
        .order_by(LadderRating.rated_at, LadderRating.id)
    )


@dataclass(frozen=True, slots=True)
class IndexOn:
    """The index on one day, as the client's ratings make it and as staff's do. None where that side rated nothing."""

    on: date | None
    client: float | None
    staff: float | None
    #: The same, each goal weighed by how much it matters to the client; None unless they said so of every goal.
    client_weighed: float | None = None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The index over time, for supervisors: from where the ladders were written to today."""

    goals: int
    rows: Sequence[IndexOn]


def index_page(work: Work, case: Case) -> IndexPage:
    """The goal attainment index of one case over time. Private goals are not in it.

    Raises:
        NotFound: the reader does not supervise this programme.
    """
    if case.programme_id not in work.actor.programmes(Post.SUPERVISOR):
        raise NotFound("index")
    goals = _with_ladders(work, case)
    ratings = _rated(work, list(goals))
    start = _index(goals, {})
    rows = [IndexOn(None, start, start, _weighed(goals, {}))] if goals else []
    seen: dict[RatedBy, dict[UUID, int]] = {RatedBy.CLIENT: {}, RatedBy.WORKER: {}}
    for day, said in ratings.items():
        for goal_id, side, value in said:
            seen[side][goal_id] = value
        client, staff = (_index(goals, seen[side]) if seen[side] else None for side in seen)
        rows.append(IndexOn(day, client, staff, _weighed(goals, seen[RatedBy.CLIENT])))
    return IndexPage(len(goals), rows)


def _with_ladders(work: Work, case: Case) -> dict[UUID, int | None]:
    """How much each goal with a ladder matters to the client, oldest goal first."""
    wanted = (
        select(Goal.id, Goal.importance)
        .join(GoalLadder, GoalLadder.goal_id == Goal.id)
        .where(Goal.case_id == case.id, Goal.lifecycle.in_(_COUNTED), Goal.visibility != Visibility.PRIVATE)
        .order_by(Goal.created_at, Goal.id)
    )
    return {row.id: row.importance for row in work.session.execute(wanted)}


def _rated(work: Work, goal_ids: Sequence[UUID]) -> dict[date, list[tuple[UUID, RatedBy, int]]]:
    wanted = (
        select(LadderRating.rated_on, LadderRating.goal_id, LadderRating.rated_by, LadderRating.value)
        .where(LadderRating.goal_id.in_(goal_ids), LadderRating.rated_by.in_((RatedBy.CLIENT, RatedBy.WORKER)))
        .order_by(LadderRating.rated_at, LadderRating.id)
    )
    found: dict[date, list[tuple[UUID, RatedBy, int]]] = {}
    for on, goal_id, side, value in work.session.execute(wanted):
        found.setdefault(on, []).append((goal_id, side, value))
    return found


def _index(goals: Iterable[UUID], rungs: Mapping[UUID, int]) -> float | None:
    """Every goal counts the same; one that was not rated yet stands where its ladder starts."""
    return attainment_index([(1, rungs.get(goal_id, _START)) for goal_id in goals])


def _weighed(goals: Mapping[UUID, int | None], rungs: Mapping[UUID, int]) -> float | None:
    weights = {goal_id: weight for goal_id, weight in goals.items() if weight is not None}
    if len(weights) < len(goals):
        return None
    return attainment_index([(weight, rungs.get(goal_id, _START)) for goal_id, weight in weights.items()])
