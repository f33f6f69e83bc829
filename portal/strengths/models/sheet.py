"""What a person is good at, has around them and wants, in their own words. Nobody but the client decides about it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    and_,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.roles import Power, Role
from portal.work import Refused

#: Letters in one entry or one priority (DOMAIN 2.1).
MOST_LETTERS = 300
#: Lines on the list of what matters most: the paper sheet has four.
MOST_PRIORITIES = 4


class Tense(StrEnum):
    """The three columns of the sheet, in the order they are opened: hopes come first (DOMAIN 2.1)."""

    WANT = "want"
    NOW = "now"
    PAST = "past"

    @property
    def label(self) -> Any:
        """The column's name."""
        return {
            Tense.WANT: _l("What I want"),
            Tense.NOW: _l("What I have now"),
            Tense.PAST: _l("What worked before"),
        }[self]

    @property
    def prompt(self) -> Any:
        """The question that opens the column."""
        return {
            Tense.WANT: _l("What do I want?"),
            Tense.NOW: _l("What do I have or do well now?"),
            Tense.PAST: _l("What worked for me before?"),
        }[self]


class StrengthKind(StrEnum):
    """What sort of thing an entry names."""

    SKILL = "skill"
    INTEREST = "interest"
    PERSON = "person"
    PLACE = "place"
    THING = "thing"
    VALUE = "value"
    PAST_SUCCESS = "past_success"

    @property
    def label(self) -> Any:
        """The sort in plain words."""
        return {
            StrengthKind.SKILL: _l("Something I can do"),
            StrengthKind.INTEREST: _l("Something I like"),
            StrengthKind.PERSON: _l("A person"),
            StrengthKind.PLACE: _l("A place or a group"),
            StrengthKind.THING: _l("A thing I have"),
            StrengthKind.VALUE: _l("Something I believe in"),
            StrengthKind.PAST_SUCCESS: _l("Something I got through"),
        }[self]


class ResourceKind(StrEnum):
    """How near to everyday life a person or place is (DOMAIN 2.1)."""

    NATURAL = "natural"
    SEMI_FORMAL = "semi_formal"
    FORMAL = "formal"

    @property
    def label(self) -> Any:
        """The closeness in plain words."""
        return {
            ResourceKind.NATURAL: _l("Part of my own life: family, friends, neighbors"),
            ResourceKind.SEMI_FORMAL: _l("In my community: a club, a church, a library"),
            ResourceKind.FORMAL: _l("A service with paid staff: a clinic, an agency"),
        }[self]


class AddedBy(StrEnum):
    """From which side an entry came."""

    CLIENT = "client"
    STAFF = "staff"
    SUPPORTER = "supporter"

    @classmethod
    def of(cls, role: Role) -> "AddedBy":
        """The side that a role writes from."""
        return {Role.CLIENT: cls.CLIENT, Role.SUPPORTER: cls.SUPPORTER}.get(role, cls.STAFF)


class StrengthStatus(StrEnum):
    """Whether an entry stands on the client's sheet. Only the client moves one."""

    VISIBLE = "visible"
    SUGGESTED = "suggested"
    SET_ASIDE = "set_aside"


class WordsMissing(Refused):
    """An entry without words."""

    field = "words"
    says = _l("Write a few words first. They can be short.")


class TooLong(Refused):
    """More letters than an entry holds."""

    field = "words"
    says = _l("This is too long. You can make two of it.")


class AlreadyOnSheet(Refused):
    """The entry stands on the sheet already."""

    says = _l("That is on your sheet already.")


class NotOnSheet(Refused):
    """The entry is not on the sheet, so it can be neither changed nor shared."""

    says = _l("Put this on your sheet first. Then you can change it.")


class AlreadyAside(Refused):
    """The entry was set aside before."""

    says = _l("You set this aside already.")


class ListFull(Refused):
    """A fifth line on a list of four."""

    field = "words"
    says = _l("Your list holds four. Take one off to make room.")


class AlreadyListed(Refused):
    """The same words stand on the list."""

    field = "words"
    says = _l("That is on your list already.")


class AlreadyGoal(Refused):
    """A priority that was made a goal before."""

    says = _l("You made this a goal already.")


def _checked(words: str) -> str:
    if not words.strip():
        raise WordsMissing
    if len(words) > MOST_LETTERS:
        raise TooLong
    return words


class StrengthEntry(CaseBound, Base):
    """One thing on the sheet: which part of life, wanted, there now or past, and the words of whoever wrote it."""

    __tablename__ = "strength_entry"
    __table_args__ = (UniqueConstraint("case_id", "id"),)
    #: A key of cases.areas, or "" for one that nobody sorted yet.
    area: Mapped[str] = mapped_column(default="")
    tense: Mapped[Tense] = mapped_column(WordEnum(Tense))
    words: Mapped[str] = mapped_column(EncryptedText)
    kind: Mapped[StrengthKind | None] = mapped_column(WordEnum(StrengthKind))
    #: For a person or a place only.
    resource_kind: Mapped[ResourceKind | None] = mapped_column(WordEnum(ResourceKind))
    added_by: Mapped[AddedBy] = mapped_column(WordEnum(AddedBy))
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    status: Mapped[StrengthStatus] = mapped_column(WordEnum(StrengthStatus))
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    #: When the client last accepted it or set it aside.
    decided_at: Mapped[datetime | None]
    #: When the words last changed. Until then they are those of whoever added it.
    changed_at: Mapped[datetime | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """What the client shares, for those who may see strengths; their own words, for those who may suggest."""
        seen: list[ColumnElement[bool]] = []
        if Power.SEE_STRENGTHS in powers:
            seen.append(and_(cls.shared.is_(True), cls.status == StrengthStatus.VISIBLE))
        if Power.SUGGEST in powers:
            seen.append(and_(cls.added_by_id == supporter_id, cls.changed_at.is_(None)))
        return or_(*seen) if seen else None

    @validates("words")
    def _has_words(self, _name: str, value: str) -> str:
        return _checked(value)

    @property
    def is_visible(self) -> bool:
        """Whether it stands on the sheet."""
        return self.status is StrengthStatus.VISIBLE

    def sort(self, kind: StrengthKind | None, resource_kind: ResourceKind | None) -> None:
        """Say what sort of thing it is. How near it is counts for a person or a place only."""
        self.kind = kind
        self.resource_kind = resource_kind if kind in {StrengthKind.PERSON, StrengthKind.PLACE} else None

    def accept(self, at: datetime) -> None:
        """Put it on the sheet.

        Raises:
            AlreadyOnSheet: it is there.
        """
        if self.is_visible:
            raise AlreadyOnSheet
        self.status, self.decided_at = StrengthStatus.VISIBLE, at

    def set_aside(self, at: datetime) -> None:
        """Take it off the sheet, kept and no longer shared.

        Raises:
            AlreadyAside: it was.
        """
        if self.status is StrengthStatus.SET_ASIDE:
            raise AlreadyAside
        self.status, self.decided_at, self.shared = StrengthStatus.SET_ASIDE, at, False

    def share(self, on: bool) -> None:
        """Let supporters see it, or no longer.

        Raises:
            NotOnSheet: it is not on the sheet.
        """
        if not self.is_visible:
            raise NotOnSheet
        self.shared = on

    def reword(self, words: str, at: datetime) -> "StrengthWording | None":
        """Take new words; gives back the old ones to keep, or None when nothing changed.

        Raises:
            NotOnSheet: it is not on the sheet.
        """
        if not self.is_visible:
            raise NotOnSheet
        if words == self.words:
            return None
        old = StrengthWording(
            case_id=self.case_id, strength_id=self.id, words=self.words, replaced_at=at,
            by_id=None if self.changed_at else self.added_by_id, written_at=self.changed_at or self.created_at,
        )  # fmt: skip
        self.words, self.changed_at = words, at
        return old


class StrengthWording(CaseBound, Base):
    """Words that an entry had before. Rows are added, never changed."""

    __tablename__ = "strength_wording"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "strength_id"], ["strength_entry.case_id", "strength_entry.id"]),
        Index("ix_strength_wording_strength", "strength_id", "replaced_at"),
    )
    strength_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime]
    #: Who suggested these words, or wrote them first; none for what the client wrote over them later.
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """A supporter's own suggestion, in the words they made it in, whatever the client wrote since."""
        return cls.by_id == supporter_id if Power.SUGGEST in powers else None


class StrengthInGoal(CaseBound, Base):
    """A strength that the client says will help with a goal."""

    __tablename__ = "strength_in_goal"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("strength_id", "goal_id"),
        ForeignKeyConstraint(["case_id", "strength_id"], ["strength_entry.case_id", "strength_entry.id"]),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
        Index("ix_strength_in_goal_goal", "goal_id"),
    )
    strength_id: Mapped[UUID]
    goal_id: Mapped[UUID]
    linked_at: Mapped[datetime]


class Priority(CaseBound, Base):
    """One of the few things that matter most to the client now, in their order."""

    __tablename__ = "priority"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("case_id", "rank"),
        # 0 is where a line waits while two change places.
        CheckConstraint(f"rank BETWEEN 0 AND {MOST_PRIORITIES}", name="on_the_list"),
        ForeignKeyConstraint(["case_id", "goal_id"], ["goal.case_id", "goal.id"]),
    )
    rank: Mapped[int]
    words: Mapped[str] = mapped_column(EncryptedText)
    area: Mapped[str] = mapped_column(default="")
    #: The goal it became, with the same words.
    goal_id: Mapped[UUID | None]
    created_at: Mapped[datetime]

    @validates("words")
    def _has_words(self, _name: str, value: str) -> str:
        return _checked(value)

    def become(self, goal_id: UUID) -> None:
        """Remember the goal it was made into.

        Raises:
            AlreadyGoal: it was made one before.
        """
        self.expect_no_goal()
        self.goal_id = goal_id

    def expect_no_goal(self) -> None:
        """Go on only if it is no goal yet.

        Raises:
            AlreadyGoal: it is.
        """
        if self.goal_id is not None:
            raise AlreadyGoal
