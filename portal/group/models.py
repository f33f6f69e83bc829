"""A turn in the group, the ideas that came of it, and whether the team may know whose sheet it is (DOMAIN 1a).

Ideas are options. Only the client takes one or leaves it, and may change their mind at any time.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.roles import Power
from portal.work import Refused

#: Letters in one idea: it is a line, to be read at a glance.
MOST_LETTERS = 300


class IdeaState(StrEnum):
    """Where an idea is."""

    NOTED = "noted"
    OFFERED = "offered"
    TAKEN = "taken"
    LEFT = "left"

    @property
    def label(self) -> Any:
        """The state in words for staff."""
        return {
            IdeaState.NOTED: _l("Not offered yet"),
            IdeaState.OFFERED: _l("Offered, no answer yet"),
            IdeaState.TAKEN: _l("The client took it"),
            IdeaState.LEFT: _l("The client left it"),
        }[self]


class NoWords(Refused):
    """An idea without words."""

    field = "words"
    says = _l("Write at least one idea.")


class NoneChosen(Refused):
    """No idea was ticked."""

    field = "ideas"
    says = _l("Choose at least one idea.")


class TooLong(Refused):
    """More letters than an idea holds."""

    field = "words"
    says = _l("One of the lines is too long. Make two of it.")


class NotOnTheTable(Refused):
    """The goal is private or is not worked on, or there is none."""

    field = "goal"
    says = _l("Choose a goal the client works on.")


class OfferedAlready(Refused):
    """The client has it."""

    says = _l("The client has this idea already.")


class NotOffered(Refused):
    """The client was never offered it."""

    says = _l("This idea was not offered.")


class GroupChoice(CaseBound, Base):
    """Whether the client lets the team know their name. Without a row it may not."""

    __tablename__ = "group_choice"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("case_id"))
    name_ok: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter."""
        return None


class GroupTurn(CaseBound, Base):
    """One time the team talked about one goal of one client."""

    __tablename__ = "group_turn"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_group_turn_case_held", "case_id", "held_on"),
    )
    goal_id: Mapped[UUID]
    held_on: Mapped[date]
    held_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: Whether the sheet bore the client's name.
    named: Mapped[bool]
    created_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter."""
        return None


class GroupIdea(CaseBound, Base):
    """One idea of the team. Its words never change; what came of it is written beside it."""

    __tablename__ = "group_idea"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "turn_id"], ["group_turn.case_id", "group_turn.id"]),
        Index("ix_group_idea_turn", "turn_id", "noted_at"),
        Index("ix_group_idea_case_state", "case_id", "state"),
    )
    turn_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[IdeaState] = mapped_column(WordEnum(IdeaState), default=IdeaState.NOTED)
    noted_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
    offered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    offered_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    #: What came of it, in staff's words, told to the team next time. The client reads it too.
    came_of: Mapped[str] = mapped_column(EncryptedText, default="")
    followed_up_on: Mapped[date | None]
    followed_up_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter."""
        return None

    @validates("words")
    def _a_line(self, _name: str, value: str) -> str:
        if not value.strip():
            raise NoWords
        if len(value) > MOST_LETTERS:
            raise TooLong
        return value

    def offer(self, by_id: UUID, at: datetime) -> None:
        """Let the client see it.

        Raises:
            OfferedAlready: they do.
        """
        if self.state is not IdeaState.NOTED:
            raise OfferedAlready
        self.state, self.offered_by_id, self.offered_at = IdeaState.OFFERED, by_id, at

    def answer(self, take: bool, at: datetime) -> None:
        """The client takes it or leaves it; a change of mind is fine.

        Raises:
            NotOffered: it was never offered to them.
        """
        if self.state is IdeaState.NOTED:
            raise NotOffered
        self.state, self.decided_at = (IdeaState.TAKEN if take else IdeaState.LEFT), at

    def follow_up(self, came_of: str, by_id: UUID, on: date) -> None:
        """Write down what came of it.

        Raises:
            NotOffered: it never left the team.
            NoWords: nothing is written.
        """
        if self.state is IdeaState.NOTED:
            raise NotOffered
        if not came_of.strip():
            raise NoWords(_l("Write what came of it."), "came_of")
        self.came_of, self.followed_up_by_id, self.followed_up_on = came_of, by_id, on
