"""What the pages of progress show. A private goal, its steps and its ladder are for its client's eyes only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, cast

from sqlalchemy import Select, bindparam, select

from portal import clock
from portal.cases.models import Case, Person
from portal.plans.content import is_client, shown_goals
from portal.plans.models import (
    DoerKind,
    Goal,
    GoalLadder,
    LadderRating,
    Lifecycle,
    ProgressRating,
    RatedBy,
    Step,
    StepState,
)
from portal.progress.wins import Win, WinKind, climbs, newest_first
from portal.referrals.models import Referral, Status
from portal.work import Work

#: Rungs are numbered from the lowest, as a ladder is climbed: 1 to 5, never below nothing.
RUNGS = 5
_LOWEST = -2


@dataclass(frozen=True, slots=True)
class Seen:
    """Where each side saw the client on one day: rung 1 to 5 by side, with the words of the rung."""

    on: date
    rungs: dict[RatedBy, int]
    words: dict[RatedBy, str]


@dataclass(frozen=True, slots=True)
class Said:
    """How each side said it was going on one day, in a word."""

    on: date
    words: dict[RatedBy, Any]


@dataclass(frozen=True)
class Path:
    """One goal and the way so far."""

    goal: Goal
    ladder: GoalLadder | None
    seen: Sequence[Seen]
    said: Sequence[Said]

    @cached_property
    def sides(self) -> list[RatedBy]:
        """Who rated, the client first: the sides stand next to each other and are never averaged."""
        found = {side for day in self.seen for side in day.rungs} | {side for day in self.said for side in day.words}
        return [side for side in RatedBy if side in found]

    def rungs(self) -> list[tuple[int, str]]:
        """The ladder's rungs, the best on top: number from 1 to 5, the client's words."""
        return [(value - _LOWEST + 1, text) for value, text in self.ladder.rungs] if self.ladder else []

    def marks(self) -> list[tuple[date, int]]:
        """Where the client saw themselves, oldest first; a rung they have taken off the ladder since is left out."""
        known = {number for number, _words in self.rungs()}
        own = [(day.on, day.rungs[RatedBy.CLIENT]) for day in self.seen if RatedBy.CLIENT in day.rungs]
        return [(on, number) for on, number in own if number in known]

    def others(self) -> list[tuple[RatedBy, date, str]]:
        """Where each other side saw the client last, in the words of the rung then."""
        found: dict[RatedBy, tuple[date, str]] = {}
        for day in self.seen:
            found |= {side: (day.on, words) for side, words in day.words.items() if side is not RatedBy.CLIENT}
        return [(side, *found[side]) for side in RatedBy if side in found]

    def line_of(self, side: RatedBy) -> list[int | None]:
        """The rungs one side saw, day by day; none for a day on which it said nothing."""
        return [day.rungs.get(side) for day in self.seen]

    @property
    def first(self) -> str:
        """Where the client began, in their words."""
        return self._of_client(0) or (self.ladder.text_at(-1) if self.ladder else "")

    @property
    def last(self) -> str:
        """Where the client sees themselves now, in their words; nothing while that is where they began."""
        found = self._of_client(-1)
        return found if found != self.first else ""

    def _of_client(self, place: int) -> str:
        own = [day.words[RatedBy.CLIENT] for day in self.seen if RatedBy.CLIENT in day.words]
        return own[place] if own else ""


@dataclass(frozen=True)
class HowFar:
    """Everything that went well, and the way of each goal."""

    wins: Sequence[Win]
    paths: Sequence[Path]
    done: int
    total: int
    #: Steps done in each month, by the month's first day, oldest first.
    months: Sequence[tuple[date, int]] = field(default=())

    @property
    def reached(self) -> int:
        """Goals reached."""
        return self._count(WinKind.GOAL)

    @property
    def places(self) -> int:
        """Places that helped."""
        return self._count(WinKind.PLACE)

    @property
    def rated(self) -> list[Path]:
        """Goals that have something to draw: a ladder, or a word for how it goes."""
        return [path for path in self.paths if path.ladder or path.said]

    def _count(self, kind: WinKind) -> int:
        return sum(win.kind is kind for win in self.wins)


def how_far(work: Work, case: Case, *, private: bool = True) -> HowFar:
    """The whole way so far, in six queries whatever there is of it.

    Args:
        work: the reader's.
        case: whose way.
        private: with the private goals, where the reader is their client; nobody else ever sees them.
    """
    own = private and is_client(work, case)
    given = {"case": case.id}
    goals = {goal.id: goal for goal in work.session.scalars(_goals(own=own), given)}
    ratings = [row for row in work.session.scalars(_RUNGS, given) if row.goal_id in goals]
    words = [row for row in work.session.scalars(_WORDS, given) if row.goal_id in goals]
    ladders = {row.goal_id: row for row in work.session.scalars(_LADDERS, given)}
    steps = [row for row in work.session.execute(_STEPS, given) if row.goal_id in goals]
    done = [row for row in steps if row.state is StepState.DONE]
    wins = [
        *(_reached(work, goal) for goal in goals.values() if goal.lifecycle is Lifecycle.REACHED),
        *(Win(on, WinKind.LADDER, said, goals[id_].is_private) for id_, on, said in climbs(ratings)),
        *(_done(row, goals[row.goal_id]) for row in done if row.doer is not DoerKind.STAFF),
        *(
            Win(clock.local_date(at, work.zone), WinKind.PLACE, place)
            for place, at in work.session.execute(_HELPED, given)
            if at is not None
        ),
    ]
    months = Counter(row.done_on.replace(day=1) for row in done)
    return HowFar(
        wins=newest_first(wins),
        paths=[_path(goal, ladders.get(goal.id), ratings, words) for goal in goals.values()],
        done=len(done),
        total=len(steps),
        months=sorted(months.items()),
    )


@cache
def _goals(*, own: bool) -> Select[Any]:
    wanted = shown_goals(own=own).where(Goal.lifecycle != Lifecycle.DRAFT).order_by(Goal.created_at, Goal.id)
    return cast(Select[Any], wanted)


_RUNGS = (
    select(LadderRating)
    .where(LadderRating.case_id == bindparam("case"))
    .order_by(LadderRating.rated_at, LadderRating.id)
)
_WORDS = (
    select(ProgressRating)
    .where(ProgressRating.case_id == bindparam("case"))
    .order_by(ProgressRating.rated_at, ProgressRating.id)
)
_LADDERS = select(GoalLadder).where(GoalLadder.case_id == bindparam("case")).order_by(GoalLadder.id)
#: Columns and not rows: a plan of two hundred steps is read here whole.
_STEPS = (
    select(
        Step.goal_id, Step.text, Step.state, Step.doer, Step.doer_name, Step.done_on, Person.name.label("person_name")
    )
    .outerjoin(Person, Person.id == Step.doer_person_id)
    .where(
        Step.case_id == bindparam("case"), Step.state.in_([state for state in StepState if state.counts])
    )
    .order_by(Step.done_on, Step.created_at, Step.id)
)  # fmt: skip
_HELPED = (
    select(Referral.place, Referral.finished_at)
    .where(Referral.case_id == bindparam("case"), Referral.status == Status.GOT_HELP, Referral.finished_at.is_not(None))
    .order_by(Referral.finished_at, Referral.id)
)


def _reached(work: Work, goal: Goal) -> Win:
    return Win(clock.local_date(goal.moved_at, work.zone), WinKind.GOAL, goal.words, goal.is_private)


def _done(row: Any, goal: Goal) -> Win:
    by = "" if row.doer is DoerKind.CLIENT else row.person_name or row.doer_name
    return Win(row.done_on, WinKind.STEP, row.text, goal.is_private, by)


def _path(
    goal: Goal, ladder: GoalLadder | None, ratings: Sequence[LadderRating], words: Sequence[ProgressRating]
) -> Path:
    """One goal's way; of several ratings of one side on one day the last one counts."""
    days: dict[date, Seen] = {}
    for rating in ratings:
        if rating.goal_id == goal.id:
            day = days.setdefault(rating.rated_on, Seen(rating.rated_on, {}, {}))
            day.rungs[rating.rated_by] = rating.value - _LOWEST + 1
            day.words[rating.rated_by] = rating.said
    told: dict[date, Said] = {}
    for word in words:
        if word.goal_id == goal.id:
            told.setdefault(word.rated_on, Said(word.rated_on, {})).words[word.rated_by] = word.progress.label
    return Path(goal, ladder, [days[on] for on in sorted(days)], [told[on] for on in sorted(told)])
