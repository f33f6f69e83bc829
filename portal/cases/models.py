"""People, programmes, cases, and who stands where. The wall every other row stands behind is `CaseBound`."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, null, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.profiles import registry
from portal.profiles.profile import Profile
from portal.roles import STAFF_ROLES, Post, Power, Role


class Person(Base):
    """Somebody the portal knows: a client, a supporter or a member of staff. Reads are narrowed, see access.scope."""

    __tablename__ = "person"
    name: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(default="en")
    zone: Mapped[str | None]
    created_at: Mapped[datetime]

    @property
    def person_id(self) -> UUID:
        """The same as `id`, so that a person can be the subject of a person-bound row."""
        return self.id


class PersonBound:
    """Mixin: this row belongs to one person and may be read by them, and by staff of a case they are a member of."""

    @declared_attr
    def person_id(cls) -> Mapped[UUID]:
        """Whose row it is."""
        return mapped_column(ForeignKey("person.id"), index=True)


class ContactKind(StrEnum):
    """A way to reach somebody outside the portal."""

    EMAIL = "email"
    PHONE = "phone"


class ContactPoint(PersonBound, Base):
    """An address or a number. Nothing is ever sent to one that its owner did not call safe (SECURITY 8)."""

    __tablename__ = "contact_point"
    kind: Mapped[ContactKind] = mapped_column(WordEnum(ContactKind))
    value: Mapped[str] = mapped_column(EncryptedText)
    #: A keyed hash of the normalised value, by which a person who types it can be found.
    value_hash: Mapped[bytes] = mapped_column(index=True)
    safe: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Programme(Base):
    """A part of the organisation with its own clients and supervisor."""

    __tablename__ = "programme"
    name: Mapped[str]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Team(Base):
    """Staff who share cases."""

    __tablename__ = "team"
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str]


class TeamMember(Base):
    """One member of one team."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team_id", "person_id"),)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)


class StaffPost(Base):
    """What a member of staff does: a post in one programme, or (an administrator) in the organisation."""

    __tablename__ = "staff_post"
    __table_args__ = (UniqueConstraint("person_id", "post", "programme_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    post: Mapped[Post] = mapped_column(WordEnum(Post))
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programme.id"), index=True)
    created_at: Mapped[datetime]


class ReviewReason(StrEnum):
    """Why a plan is looked at again (DOMAIN 2.3)."""

    TIME = "time"
    CHANGE = "change"
    CLIENT_ASKED = "client_asked"
    WORKER_ASKED = "worker_asked"

    @property
    def label(self) -> Any:
        """The reason in plain words."""
        return {
            ReviewReason.TIME: _l("It is time"),
            ReviewReason.CHANGE: _l("Something big changed"),
            ReviewReason.CLIENT_ASKED: _l("The client asked"),
            ReviewReason.WORKER_ASKED: _l("Staff asked"),
        }[self]


class Case(Base):
    """One person's work with the organisation, under one model of practice."""

    __tablename__ = "case_file"
    __table_args__ = (
        Index(
            "ix_case_file_open_worklist", "programme_id", "waiting_since", postgresql_where=text("closed_on IS NULL")
        ),
    )
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"), index=True)
    profile_key: Mapped[str]
    #: Why this model was chosen, in staff's words.
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    #: How the client said they want to work, in their words.
    wish: Mapped[str] = mapped_column(EncryptedText, default="")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    review_due_on: Mapped[date | None] = mapped_column(index=True)
    #: Why it is due then; None stands for TIME.
    review_reason: Mapped[ReviewReason | None] = mapped_column(WordEnum(ReviewReason))
    #: How often staff make contact, in days, once client and staff agreed on it; None for what the model says.
    contact_every_days: Mapped[int | None]
    #: The oldest thing from the client that staff have not answered. Kept by Work.ask() and Work.answer().
    waiting_since: Mapped[datetime | None]
    #: The last news of the open referral that has been silent longest. Kept by the referrals commands.
    silent_since: Mapped[datetime | None]
    #: The last time client and staff heard from each other both ways. Kept by the messages commands.
    last_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    client: Mapped[Person] = relationship(foreign_keys=[client_id], lazy="joined", innerjoin=True)

    @property
    def profile(self) -> Profile:
        """The model of practice, as a value."""
        return registry.by_key(self.profile_key)

    @property
    def contact_days(self) -> int:
        """How often staff make contact, in days: as agreed, or else as the model says."""
        return self.contact_every_days or self.profile.contact_every_days

    def look_again(self, on: date, why: ReviewReason) -> None:
        """Let a review be due on this day, unless one is due before."""
        if self.review_due_on is None or on <= self.review_due_on:
            self.review_due_on, self.review_reason = on, why

    @property
    def case_id(self) -> UUID:
        """The same as `id`: a case is its own subject."""
        return self.id

    @property
    def is_closed(self) -> bool:
        """Whether the work has ended. Pages of a closed case can be read, not changed."""
        return self.closed_on is not None


class CaseBound:
    """Mixin: this row belongs to one case and may only be read inside a scope."""

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """The pair that children's composite foreign keys point at. A model that has more to say repeats it."""
        return (UniqueConstraint("case_id", "id"),)

    @declared_attr
    def case_id(cls) -> Mapped[UUID]:
        """Whose case it is. Children repeat it, and a composite foreign key holds them to it."""
        return mapped_column(ForeignKey("case_file.id"), index=True)

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """Which of these rows a supporter with `powers` may see: a condition, or None for no row at all.

        The default is none, so that a kind of data added later is hidden from every grant there is (SECURITY D11).
        """
        return None


class CaseMember(CaseBound, Base):
    """A person's standing in a case, with its beginning and its end. A supporter's holds what the client lends."""

    __tablename__ = "case_member"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        Index("ix_case_member_person_live", "person_id", "ended_at"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(WordEnum(Role))
    powers: Mapped[list[str]] = mapped_column(default=list)
    #: What the client calls this supporter: "my sister".
    relation: Mapped[str] = mapped_column(EncryptedText, default="")
    started_at: Mapped[datetime]
    #: The last day a supporter's access is good for.
    ends_on: Mapped[date | None]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise")

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """Whoever may write to staff may know who they are; nobody lent anything sees another supporter."""
        return cls.role.in_(STAFF_ROLES) if Power.MESSAGE_WORKER in powers else None

    def is_live(self, today: date) -> bool:
        """Whether it counts today."""
        return self.ended_at is None and self.paused_at is None and (self.ends_on is None or self.ends_on >= today)


class ReviewKind(StrEnum):
    """What a client did that staff answer. Each is a row in the review queue."""

    GOAL = "goal"
    STRENGTH = "strength"
    REPORT = "report"
    MESSAGE = "message"
    PLACE_REQUEST = "place_request"
    PLAN_CHANGE = "plan_change"
    REVIEW_REQUEST = "review_request"
    PLAN_REVIEW = "plan_review"


class ReviewAnswer(StrEnum):
    """How staff answered."""

    THANKS = "thanks"
    COMMENT = "comment"
    SUGGESTION = "suggestion"
    ADDED = "added"
    REPLIED = "replied"
    #: Whoever asked took it back: it was a slip, and there is nothing to answer.
    TAKEN_BACK = "taken_back"


class ReviewItem(CaseBound, Base):
    """Something from the client (or a supporter) that staff answer. It never holds up what the client wrote."""

    __tablename__ = "review_item"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        Index(
            "ix_review_item_open",
            "case_id",
            "asked_at",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        # The case last: beside the scope's own condition on it, this index is still the narrower one.
        Index("ix_review_item_subject", "subject_id", "case_id"),
    )
    kind: Mapped[ReviewKind] = mapped_column(WordEnum(ReviewKind))
    #: The row it is about, in the table its kind names. No foreign key: kinds live in several tables.
    subject_id: Mapped[UUID]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[ReviewAnswer | None] = mapped_column(WordEnum(ReviewAnswer))
    answer_text: Mapped[str] = mapped_column(EncryptedText, default="")
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    #: For a suggestion: whether the client took the wording (True), kept their own (False), or has not said (None).
    taken: Mapped[bool | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """A supporter sees none of it."""
        return None


#: A condition that is never true, for a model whose `lent` answers None.
NOTHING: ColumnElement[bool] = null() != null()
