"""Whose goal it is, as each side sees it, and what others suggest. A difference is something to talk about."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.goal import RatedBy, WordsMissing
from portal.roles import Power
from portal.work import Refused


class Mark(StrEnum):
    """How one side sees a goal."""

    MINE = "mine"
    OURS = "ours"
    NOT_NOW = "not_now"

    def label_for(self, side: RatedBy, *, to_client: bool) -> Any:
        """The mark in words for who reads it: a goal that is the client's is mine, yours or theirs.

        Args:
            side: who says so.
            to_client: whether its client reads it; staff otherwise.
        """
        if self is not Mark.MINE:
            return {Mark.OURS: _l("Ours: we do this together"), Mark.NOT_NOW: _l("Not now")}[self]
        if not to_client:
            return _l("Theirs: the client does this their way")
        return _l("Mine: I do this my way") if side is RatedBy.CLIENT else _l("Yours: you do this your way")


class GoalMark(CaseBound, Base):
    """One side's mark on a goal, on one day. Rows are added, never changed; the newest of a side counts."""

    __tablename__ = "goal_mark"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_goal_mark_goal", "goal_id", "marked_at"),
    )
    goal_id: Mapped[UUID]
    side: Mapped[RatedBy] = mapped_column(WordEnum(RatedBy))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    mark: Mapped[Mark] = mapped_column(WordEnum(Mark))
    marked_at: Mapped[datetime]


def differ(marks: Iterable[Mark]) -> bool:
    """Whether the sides see a goal differently."""
    return len(set(marks)) > 1


class AnsweredBefore(Refused):
    """The client said yes or no to this suggestion before."""

    says = _l("This idea has had your answer.")


class GoalSuggestion(CaseBound, Base):
    """Words that staff or a supporter suggest: for a new goal, or for one there is.

    They stay as they were written, and whoever wrote them can always read them. What the client makes of them stands in
    the goal; whether they were taken is told to the client and to staff, never to a supporter.
    """

    __tablename__ = "goal_suggestion"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_goal_suggestion_goal", "goal_id", "suggested_at"),
    )
    goal_id: Mapped[UUID]
    #: Whether the goal began with this suggestion. Otherwise it is another wording for a goal of the client's.
    began_it: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(EncryptedText)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    side: Mapped[RatedBy] = mapped_column(WordEnum(RatedBy))
    suggested_at: Mapped[datetime]
    #: Whether the client took the wording; None while they have not said.
    taken: Mapped[bool | None]
    decided_at: Mapped[datetime | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """One's own."""
        return cls.by_id == supporter_id if Power.SUGGEST in powers else None

    @validates("words")
    def _has_words(self, _name: str, value: str) -> str:
        if not value.strip():
            raise WordsMissing
        return value

    @property
    def waits(self) -> bool:
        """Whether it is another wording that waits for the client. A goal it began is answered as a goal."""
        return not self.began_it and self.taken is None

    def decide(self, *, take: bool, at: datetime) -> None:
        """The client takes these words, or keeps their own.

        Raises:
            AnsweredBefore: they said so before.
        """
        if self.taken is not None:
            raise AnsweredBefore
        self.taken, self.decided_at = take, at
