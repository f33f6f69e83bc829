"""A goal in the client's own words. Only the client's own act changes them, and the old wording is kept."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.roles import Power, Role
from portal.work import Refused

#: How important, how sure: the two readiness questions are answered on this scale.
PARTS_OF_TEN = range(1, 11)


class Owner(StrEnum):
    """Whose idea it was. A goal that somebody else proposes waits for the client's yes."""

    CLIENT = "client"
    WORKER_PROPOSED = "worker_proposed"
    SUPPORTER_PROPOSED = "supporter_proposed"


class Visibility(StrEnum):
    """Who may read a goal besides the client."""

    PRIVATE = "private"
    WORKER = "worker"
    WORKER_AND_SUPPORTERS = "worker_and_supporters"

    @property
    def label(self) -> Any:
        """Who reads it, in words for the client."""
        return {
            Visibility.PRIVATE: _l("Only me"),
            Visibility.WORKER: _l("Me and the staff who help me"),
            Visibility.WORKER_AND_SUPPORTERS: _l("Me, staff and my supporters"),
        }[self]


class Lifecycle(StrEnum):
    """Where a goal is. FHIR calls these proposed, active, on-hold, completed and (the last two) cancelled."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    REACHED = "reached"
    CHANGED = "changed"
    LET_GO = "let_go"

    @property
    def label(self) -> Any:
        """The state in plain words."""
        return {
            Lifecycle.DRAFT: _l("An idea for you"),
            Lifecycle.ACTIVE: _l("Working on it"),
            Lifecycle.PAUSED: _l("On pause"),
            Lifecycle.REACHED: _l("Reached"),
            Lifecycle.CHANGED: _l("Became another goal"),
            Lifecycle.LET_GO: _l("Let go"),
        }[self]

    @property
    def is_open(self) -> bool:
        """Whether it is part of the plan now."""
        return self in {Lifecycle.ACTIVE, Lifecycle.PAUSED}


#: Which state may follow which (DOMAIN 2.2). What was ended can be taken up again: a slip of the finger is not final.
_MOVES: dict[Lifecycle, frozenset[Lifecycle]] = {
    Lifecycle.DRAFT: frozenset({Lifecycle.ACTIVE, Lifecycle.LET_GO}),
    Lifecycle.ACTIVE: frozenset({Lifecycle.PAUSED, Lifecycle.REACHED, Lifecycle.CHANGED, Lifecycle.LET_GO}),
    Lifecycle.PAUSED: frozenset({Lifecycle.ACTIVE, Lifecycle.REACHED, Lifecycle.CHANGED, Lifecycle.LET_GO}),
    Lifecycle.REACHED: frozenset({Lifecycle.ACTIVE}),
    Lifecycle.CHANGED: frozenset({Lifecycle.ACTIVE}),
    Lifecycle.LET_GO: frozenset({Lifecycle.ACTIVE}),
}


class NotFromHere(Refused):
    """This state does not follow the one the row is in."""

    says = _l("That is not possible from here. The page shows how it is now.")


class WordsMissing(Refused):
    """A goal without words."""

    field = "words"
    says = _l("Write what you want, in your own words.")


class OutOfTen(Refused):
    """A number that is not on the scale."""

    says = _l("Choose a number from 1 to 10.")


class Goal(CaseBound, Base):
    """Something the client wants. `words` are theirs, letter for letter."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("case_id", "id"), Index("ix_goal_case_lifecycle", "case_id", "lifecycle"))
    words: Mapped[str] = mapped_column(EncryptedText)
    words_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words_at: Mapped[datetime]
    why_it_matters: Mapped[str] = mapped_column(EncryptedText, default="")
    barriers: Mapped[str] = mapped_column(EncryptedText, default="")
    importance: Mapped[int | None]
    confidence: Mapped[int | None]
    #: A key of cases.areas; the list is configuration, so it is no enumeration.
    area: Mapped[str] = mapped_column(default="")
    #: Staff's short version, shown under the words and never in place of them.
    plain_summary: Mapped[str] = mapped_column(EncryptedText, default="")
    owner: Mapped[Owner] = mapped_column(WordEnum(Owner), default=Owner.CLIENT)
    visibility: Mapped[Visibility] = mapped_column(WordEnum(Visibility), default=Visibility.WORKER)
    lifecycle: Mapped[Lifecycle] = mapped_column(WordEnum(Lifecycle), default=Lifecycle.ACTIVE)
    #: Why it was let go or changed, if the client cared to say.
    ended_because: Mapped[str] = mapped_column(EncryptedText, default="")
    target_on: Mapped[date | None]
    started_on: Mapped[date]
    moved_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """Goals the client shares with supporters, for those who may see goals or the plan."""
        if not powers & {Power.SEE_GOALS, Power.SEE_PLAN}:
            return None
        return (cls.visibility == Visibility.WORKER_AND_SUPPORTERS) & (cls.lifecycle != Lifecycle.DRAFT)

    @validates("importance", "confidence")
    def _on_the_scale(self, name: str, value: int | None) -> int | None:
        if value is not None and value not in PARTS_OF_TEN:
            raise OutOfTen(field=name)
        return value

    @validates("words")
    def _has_words(self, _name: str, value: str) -> str:
        if not value.strip():
            raise WordsMissing
        return value

    @property
    def is_private(self) -> bool:
        """Whether only the client may read it."""
        return self.visibility is Visibility.PRIVATE

    def may_become(self, state: Lifecycle) -> bool:
        """Whether this state may follow the one it is in."""
        return state in _MOVES[self.lifecycle]

    def move(self, to: Lifecycle, at: datetime, because: str = "") -> None:
        """Pause, take up, reach, change or let go.

        Raises:
            NotFromHere: that state does not follow this one.
        """
        if not self.may_become(to):
            raise NotFromHere
        self.lifecycle, self.moved_at, self.ended_because = to, at, because

    def reword(self, words: str, by_id: UUID, at: datetime) -> "GoalWording | None":
        """Take a new wording; gives back the old one to keep, or None when nothing changed."""
        if words == self.words:
            return None
        old = GoalWording(
            id=uuid4(), case_id=self.case_id, goal_id=self.id, words=self.words,
            written_by_id=self.words_by_id, written_at=self.words_at, replaced_at=at,
        )  # fmt: skip
        self.words, self.words_by_id, self.words_at = words, by_id, at
        return old


def shared_goal_ids() -> Select[Any]:
    """The sub-query of the goals that supporters with the right power may see; for the children's `lent`."""
    return select(Goal.id).where(Goal.visibility == Visibility.WORKER_AND_SUPPORTERS, Goal.lifecycle != Lifecycle.DRAFT)


class GoalWording(CaseBound, Base):
    """A wording that a goal had before."""

    __tablename__ = "goal_wording"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_goal_wording_goal", "goal_id", "replaced_at"),
    )
    goal_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(EncryptedText)
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime]


class RatedBy(StrEnum):
    """From which side a rating comes. The sides are shown next to each other and never averaged."""

    CLIENT = "client"
    WORKER = "worker"
    SUPPORTER = "supporter"

    @classmethod
    def of(cls, role: Role) -> "RatedBy":
        """The side a role rates from."""
        return {Role.CLIENT: cls.CLIENT, Role.SUPPORTER: cls.SUPPORTER}.get(role, cls.WORKER)


class Progress(StrEnum):
    """How a goal is going, in a word."""

    GETTING_STARTED = "getting_started"
    MOVING = "moving"
    STUCK = "stuck"
    GOING_BACKWARD = "going_backward"
    REACHED = "reached"
    KEEPING_IT_GOING = "keeping_it_going"

    @property
    def label(self) -> Any:
        """The word as people read it."""
        return {
            Progress.GETTING_STARTED: _l("Getting started"),
            Progress.MOVING: _l("Moving along"),
            Progress.STUCK: _l("Stuck for now"),
            Progress.GOING_BACKWARD: _l("Going backward for now"),
            Progress.REACHED: _l("I got there"),
            Progress.KEEPING_IT_GOING: _l("Keeping it going"),
        }[self]


class ProgressRating(CaseBound, Base):
    """One side's word for how a goal is going, on one day. Rows are added, never changed."""

    __tablename__ = "goal_progress"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_goal_progress_goal", "goal_id", "rated_at"),
    )
    goal_id: Mapped[UUID]
    progress: Mapped[Progress] = mapped_column(WordEnum(Progress))
    rated_by: Mapped[RatedBy] = mapped_column(WordEnum(RatedBy))
    rated_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    rated_on: Mapped[date]
    rated_at: Mapped[datetime]
