"""The goal ladder (goal attainment scaling): five rungs in the client's words, from "worse" to "much better"."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.goal import RatedBy, shared_goal_ids
from portal.roles import Power
from portal.work import Refused

#: In this order the rungs are filled: what I hope for, where I am now, then what lies beyond (DOMAIN 2.2).
FILL_ORDER = (0, -1, 1, 2, -2)
_COLUMN = {-2: "worse", -1: "now", 0: "hoped", 1: "better", 2: "best"}
_MEANING = {
    -2: _l("Worse than now"),
    -1: _l("Where I am now"),
    0: _l("What I hope for"),
    1: _l("Better than I hoped"),
    2: _l("Much better"),
}


class RungsMissing(Refused):
    """A rung was filled before one that comes first."""

    says = _l("Fill the boxes from the top. You can stop after any of them.")


class NotOnLadder(Refused):
    """A rating on a rung that has no words."""

    field = "rung"
    says = _l("Choose one of the steps on the ladder.")


class GoalLadder(CaseBound, Base):
    """The ladder of one goal. Only the client writes on it."""

    __tablename__ = "goal_ladder"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("goal_id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
    )
    goal_id: Mapped[UUID]
    worse: Mapped[str] = mapped_column(EncryptedText, default="")
    now: Mapped[str] = mapped_column(EncryptedText, default="")
    hoped: Mapped[str] = mapped_column(EncryptedText, default="")
    better: Mapped[str] = mapped_column(EncryptedText, default="")
    best: Mapped[str] = mapped_column(EncryptedText, default="")
    written_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """With its goal."""
        if not powers & {Power.SEE_GOALS, Power.SEE_PLAN}:
            return None
        return cls.goal_id.in_(shared_goal_ids())

    @staticmethod
    def meaning(value: int) -> Any:
        """What a rung stands for, in words for the client; never a number."""
        return _MEANING[value]

    def text_at(self, value: int) -> str:
        """The client's words on this rung."""
        return str(getattr(self, _COLUMN[value], None) or "")

    @property
    def rungs(self) -> list[tuple[int, str]]:
        """The rungs that have words, best first, as a ladder hangs."""
        return [(value, self.text_at(value)) for value in (2, 1, 0, -1, -2) if self.text_at(value)]

    def write(self, texts: Mapping[int, str], at: datetime) -> None:
        """Put the client's words on the rungs.

        Raises:
            RungsMissing: a rung has words and one that is filled before it has none.
        """
        filled = [bool(texts.get(value, "").strip()) for value in FILL_ORDER]
        if not filled[0] or any(later and not before for before, later in pairwise(filled)):
            raise RungsMissing
        for value in FILL_ORDER:
            setattr(self, _COLUMN[value], texts.get(value, ""))
        self.written_at = at


class LadderRating(CaseBound, Base):
    """Where one side saw the client on the ladder, on one day, with the rung's words as they were then."""

    __tablename__ = "goal_ladder_rating"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        CheckConstraint("value BETWEEN -2 AND 2", name="on_the_ladder"),
        Index("ix_goal_ladder_rating_goal", "goal_id", "rated_at"),
    )
    goal_id: Mapped[UUID]
    value: Mapped[int]
    said: Mapped[str] = mapped_column(EncryptedText)
    rated_by: Mapped[RatedBy] = mapped_column(WordEnum(RatedBy))
    rated_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    rated_on: Mapped[date]
    rated_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """One's own, on goals one may still see."""
        if Power.SEE_GOALS not in powers:
            return None
        return (cls.rated_by_id == supporter_id) & cls.goal_id.in_(shared_goal_ids())

    @validates("value")
    def _on_the_ladder(self, _name: str, value: int) -> int:
        if value not in _COLUMN:
            raise NotOnLadder
        return value

    @property
    def is_achieved(self) -> bool:
        """Whether this is what the client hoped for, or more."""
        return self.value >= 0
