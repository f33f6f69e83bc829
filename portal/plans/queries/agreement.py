"""Whose goal it is to each side, and what others suggested: the client's words and theirs beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case, Person
from portal.plans.models import Goal, GoalMark, GoalSuggestion, Mark, RatedBy, differ
from portal.work import Work


@dataclass(frozen=True, slots=True)
class SideMark:
    """The newest mark of one side, or none yet."""

    side: RatedBy
    mark: Mark | None = None
    on: datetime | None = None

    def words_for(self, reader: str) -> Any:
        """The mark in words for a reader of this kind."""
        return self.mark.label_for(self.side, to_client=reader == "client") if self.mark else ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Both sides next to each other. They are never made one."""

    sides: Sequence[SideMark]

    @property
    def differ(self) -> bool:
        """Whether both said something, and not the same."""
        return differ(side.mark for side in self.sides if side.mark)

    @property
    def any(self) -> bool:
        """Whether anybody said anything."""
        return any(side.mark for side in self.sides)


def marks_on(work: Work, goal: Goal) -> Marks:
    """What client and staff last said about whose goal this is. One query; a supporter's scope holds none."""
    found = {side: SideMark(side) for side in (RatedBy.CLIENT, RatedBy.WORKER)}
    wanted = select(GoalMark.side, GoalMark.mark, GoalMark.marked_at).where(GoalMark.goal_id == goal.id)
    for side, mark, at in work.session.execute(wanted.order_by(GoalMark.marked_at, GoalMark.id)):
        if side in found:
            found[side] = SideMark(side, mark, at)
    return Marks(list(found.values()))


@dataclass(frozen=True, slots=True)
class Suggested:
    """Words that somebody suggested, as they wrote them."""

    id: UUID
    words: str
    who: str
    at: datetime
    began_it: bool
    taken: bool | None
    waits: bool


def suggestions_on(work: Work, goal: Goal) -> list[Suggested]:
    """What was suggested about a goal, newest first. A supporter's scope holds their own. One query."""
    wanted = (
        select(GoalSuggestion, Person.name)
        .outerjoin(Person, Person.id == GoalSuggestion.by_id)
        .where(GoalSuggestion.goal_id == goal.id)
        .order_by(GoalSuggestion.suggested_at.desc(), GoalSuggestion.id)
    )
    return [
        Suggested(row.id, row.words, name or "", row.suggested_at, row.began_it, row.taken, row.waits)
        for row, name in work.session.execute(wanted)
    ]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the reader suggested, and on which day."""

    words: str
    on: date


def own_suggestions(work: Work, case: Case, goal: Goal | None = None) -> list[OwnWords]:
    """What this reader suggested here, in the words they wrote. What became of it is not told."""
    wanted = select(GoalSuggestion.words, GoalSuggestion.suggested_at).where(
        GoalSuggestion.case_id == case.id, GoalSuggestion.by_id == work.actor.id
    )
    if goal is not None:
        wanted = wanted.where(GoalSuggestion.goal_id == goal.id)
    rows = work.session.execute(wanted.order_by(GoalSuggestion.suggested_at.desc(), GoalSuggestion.id))
    return [OwnWords(words, at.date()) for words, at in rows]
