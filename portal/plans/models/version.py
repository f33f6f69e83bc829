"""The versions of a plan: text frozen and hashed before anybody signs it (DOMAIN 2.3)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.plans.models.draft import Frame
from portal.roles import Power
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
    #: The hash of what is material in it alone, by which the plan page sees whether there is something new.
    material: Mapped[str | None]
    #: While it is being written: its short facts as JSON, see plans.models.draft. Its goals and lines are the plan's.
    frame: Mapped[str | None] = mapped_column(EncryptedText)
    offered_at: Mapped[datetime | None]
    offered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    #: The change the client asks for, or why they do not agree, in their words.
    answer_words: Mapped[str] = mapped_column(EncryptedText, default="")
    #: How it was answered; stays when a newer version takes its place.
    answer: Mapped[VersionState | None] = mapped_column(WordEnum(VersionState))
    #: Goals and services the client agrees with though not with the whole: these may start.
    started_parts: Mapped[list[str] | None]
    closed_at: Mapped[datetime | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To those who may read the plan, once it was offered; goals they may not see are left out when it is shown."""
        return cls.state != VersionState.WORKING if Power.SEE_PLAN in powers else None

    @validates("snapshot", "hash", "material")
    def _written_once(self, name: str, value: str) -> str:
        if getattr(self, name, None) is not None:
            raise FrozenText(name)
        return value

    def _move(self, to: VersionState) -> None:
        if to not in _MOVES[self.state]:
            raise AlreadyAnswered
        self.state = to

    @property
    def short_facts(self) -> Frame:
        """Who led, who watches over it and so on, as it is being written."""
        return Frame.read(self.frame)

    def write(self, frame: Frame) -> None:
        """Change its short facts while it is being written.

        Raises:
            AlreadyAnswered: it was offered.
        """
        if self.state is not VersionState.WORKING:
            raise AlreadyAnswered
        self.frame = frame.text()

    def offer(self, text: str, by_id: UUID, at: datetime, *, material: str = "") -> None:
        """Freeze this text and offer it.

        Args:
            text: the whole text.
            by_id: who offers it.
            at: when.
            material: what of it is material; by default all of it.
        """
        self._move(VersionState.OFFERED)
        self.snapshot, self.hash, self.material = text, digest_of(text), digest_of(material or text)
        self.offered_by_id, self.offered_at = by_id, at

    def respond(self, answer: VersionState, at: datetime, words: str = "", started: Sequence[str] = ()) -> None:
        """Take the client's answer: agreed, changes asked, or not agreed.

        Args:
            answer: which.
            at: when.
            words: the change they ask for, or why they do not agree.
            started: ids of the goals and services that may start though the whole is not agreed.

        Raises:
            AlreadyAnswered: it is not waiting for one.
        """
        if self.state is not VersionState.OFFERED:
            raise AlreadyAnswered
        self._move(answer)
        self.answer, self.answered_at, self.answer_words = answer, at, words
        self.started_parts = list(started) or None

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
        return self.state not in {VersionState.WORKING, VersionState.SUPERSEDED, VersionState.ENDED}

    @property
    def can_be_signed(self) -> bool:
        """Whether staff may put their name to it."""
        return self.state in {VersionState.OFFERED, VersionState.AGREED}

    @property
    def is_intact(self) -> bool:
        """Whether the text is still the one that was hashed when it was offered."""
        return self.snapshot is not None and self.hash is not None and digest_of(self.snapshot) == self.hash
