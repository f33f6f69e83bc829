"""Services on the plan, and its versions: text frozen and hashed before anybody signs it (DOMAIN 2.3)."""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.cases.models import CaseBound, Person
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.goal import NotFromHere
from portal.plans.models.step import ResourceKind
from portal.roles import Power, Role
from portal.work import Refused


def digest_of(text: str) -> str:
    """The SHA-256 of a frozen plan, by which any change after signing is found."""
    return hashlib.sha256(text.encode()).hexdigest()


class FrozenText(RuntimeError):
    """Somebody tried to change the text of a version. No command does; this is a defect, not an answer."""


class NothingToOffer(Refused):
    """A plan without a goal, a step or a service."""

    says = _l("There is nothing in the plan yet. Add a goal first.")


class AlreadyAnswered(Refused):
    """The version is not waiting for an answer."""

    says = _l("This version of the plan is not waiting for an answer any more.")


class AlreadySigned(Refused):
    """This person signed this version before."""

    says = _l("You have signed this version.")


class ServiceLine(CaseBound, Base):
    """A service or support on the plan, paid or unpaid, with the reason it was suggested."""

    __tablename__ = "plan_service"
    name: Mapped[str] = mapped_column(EncryptedText)
    provider: Mapped[str] = mapped_column(EncryptedText, default="")
    #: For unpaid help, who it is to the client: "my sister", "the choir". Empty for a paid service.
    unpaid_relationship: Mapped[str] = mapped_column(EncryptedText, default="")
    frequency: Mapped[str] = mapped_column(EncryptedText, default="")
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    resource_kind: Mapped[ResourceKind] = mapped_column(WordEnum(ResourceKind), default=ResourceKind.FORMAL)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter: who helps and pays names the client's circle (SECURITY D13)."""
        return None

    def end(self, on: date) -> None:
        """Take it off the plan.

        Raises:
            NotFromHere: it ended before.
        """
        if self.ended_on is not None:
            raise NotFromHere
        self.ended_on = on


class VersionState(StrEnum):
    """Where a version of the plan is."""

    WORKING = "working"
    OFFERED = "offered"
    AGREED = "agreed"
    CHANGES_ASKED = "changes_asked"
    NOT_AGREED = "not_agreed"
    SUPERSEDED = "superseded"
    ENDED = "ended"

    @property
    def label(self) -> Any:
        """The state in plain words."""
        return {
            VersionState.WORKING: _l("Being written"),
            VersionState.OFFERED: _l("Waiting for an answer"),
            VersionState.AGREED: _l("Agreed"),
            VersionState.CHANGES_ASKED: _l("A change was asked for"),
            VersionState.NOT_AGREED: _l("Not agreed"),
            VersionState.SUPERSEDED: _l("A newer version took its place"),
            VersionState.ENDED: _l("Ended"),
        }[self]


_MOVES: dict[VersionState, frozenset[VersionState]] = {
    VersionState.WORKING: frozenset({VersionState.OFFERED}),
    VersionState.OFFERED: frozenset(
        {
            VersionState.AGREED,
            VersionState.CHANGES_ASKED,
            VersionState.NOT_AGREED,
            VersionState.SUPERSEDED,
            VersionState.ENDED,
        }
    ),
    # The way back to "working" is the next version: the frozen text of this one never opens again.
    VersionState.CHANGES_ASKED: frozenset({VersionState.SUPERSEDED, VersionState.ENDED}),
    VersionState.NOT_AGREED: frozenset({VersionState.SUPERSEDED, VersionState.ENDED}),
    VersionState.AGREED: frozenset({VersionState.SUPERSEDED, VersionState.ENDED}),
    VersionState.SUPERSEDED: frozenset(),
    VersionState.ENDED: frozenset(),
}


class PlanVersion(CaseBound, Base):
    """The plan as it stood when it was offered: its text, the hash of it, and the client's answer."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("case_id", "number"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(WordEnum(VersionState), default=VersionState.WORKING)
    #: The frozen text as JSON, see plans.frozen. Written once.
    snapshot: Mapped[str | None] = mapped_column(EncryptedText)
    hash: Mapped[str | None]
    offered_at: Mapped[datetime | None]
    offered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    #: The change the client asks for, or why they do not agree, in their words.
    answer_words: Mapped[str] = mapped_column(EncryptedText, default="")
    #: How it was answered; stays when a newer version takes its place.
    answer: Mapped[VersionState | None] = mapped_column(WordEnum(VersionState))
    closed_at: Mapped[datetime | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To those who may read the plan, once it was offered; goals they may not see are left out when it is shown."""
        return true() if Power.SEE_PLAN in powers else None

    @validates("snapshot", "hash")
    def _written_once(self, name: str, value: str) -> str:
        if getattr(self, name, None) is not None:
            raise FrozenText(name)
        return value

    def _move(self, to: VersionState) -> None:
        if to not in _MOVES[self.state]:
            raise AlreadyAnswered
        self.state = to

    def offer(self, text: str, by_id: UUID, at: datetime) -> None:
        """Freeze this text and offer it."""
        self._move(VersionState.OFFERED)
        self.snapshot, self.hash = text, digest_of(text)
        self.offered_by_id, self.offered_at = by_id, at

    def respond(self, answer: VersionState, at: datetime, words: str = "") -> None:
        """Take the client's answer: agreed, changes asked, or not agreed.

        Raises:
            AlreadyAnswered: it is not waiting for one.
        """
        if self.state is not VersionState.OFFERED:
            raise AlreadyAnswered
        self._move(answer)
        self.answer, self.answered_at, self.answer_words = answer, at, words

    def supersede(self, at: datetime) -> None:
        """Give way to a newer version."""
        self._move(VersionState.SUPERSEDED)
        self.closed_at = at

    def end(self, at: datetime) -> None:
        """End with the work."""
        self._move(VersionState.ENDED)
        self.closed_at = at

    @property
    def is_live(self) -> bool:
        """Whether no newer version took its place and the plan has not ended."""
        return self.state not in {VersionState.SUPERSEDED, VersionState.ENDED}

    @property
    def can_be_signed(self) -> bool:
        """Whether staff may put their name to it."""
        return self.state in {VersionState.OFFERED, VersionState.AGREED}

    @property
    def is_intact(self) -> bool:
        """Whether the text is still the one that was hashed when it was offered."""
        return self.snapshot is not None and self.hash is not None and digest_of(self.snapshot) == self.hash


class SignMethod(StrEnum):
    """How somebody signed."""

    TYPED_NAME = "typed_name"


class PlanSignature(CaseBound, Base):
    """A signature under one version: who, as what, how, when, under which text and with which sentence on the page."""

    __tablename__ = "plan_signature"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("version_id", "signer_id"),
        ForeignKeyConstraint(["case_id", "version_id"], ["plan_version.case_id", "plan_version.id"]),
        Index("ix_plan_signature_version", "version_id", "signed_at"),
    )
    version_id: Mapped[UUID]
    signer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(WordEnum(Role))
    method: Mapped[SignMethod] = mapped_column(WordEnum(SignMethod), default=SignMethod.TYPED_NAME)
    typed_name: Mapped[str] = mapped_column(EncryptedText)
    sentence: Mapped[str] = mapped_column(EncryptedText)
    version_hash: Mapped[str]
    signed_at: Mapped[datetime]
    signer: Mapped[Person | None] = relationship(lazy="raise")

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To those who may read the plan."""
        return true() if Power.SEE_PLAN in powers else None

    def holds_for(self, version: PlanVersion) -> bool:
        """Whether it stands under this very text."""
        return version.is_intact and version.id == self.version_id and self.version_hash == version.hash


class ReviewRequest(CaseBound, Base):
    """The client asked to look at the plan again, whenever they like (DOMAIN 2.3)."""

    __tablename__ = "plan_review_request"
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
