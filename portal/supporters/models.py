"""Invitations, the states of a grant, and why staff stopped one. The grant itself is the case's CaseMember row."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound, CaseMember
from portal.db import Base, EncryptedText
from portal.i18n import _l
from portal.roles import Power
from portal.work import Refused

#: How long a code that was told works (UX: supporter).
CODE_LASTS = timedelta(days=7)
#: The suggested length of a grant (DOMAIN 2.7), and the longest (SECURITY D5).
USUAL_MONTHS, LONGEST_MONTHS = 6, 12
#: More people than this cannot be kept in view.
MOST = 20


class BadEnd(Refused):
    """An end that has passed, or is too far away."""

    field = "ends_on"
    says = _l("Choose a day after today, and within one year.")


class NothingLent(Refused):
    """A grant of nothing."""

    field = "usual"
    says = _l("Choose at least one thing they can see or do.")


class TooMany(Refused):
    """More supporters than anybody can keep in view."""

    says = _l("You share with a lot of people. Stop one before you invite another.")


class NotNow(Refused):
    """The grant or the invitation is past that."""

    says = _l("This has changed in the meantime. Please look again.")


class InviteState(StrEnum):
    """How far an invitation has come."""

    DRAFTED = "drafted"
    WAITING = "waiting"
    EXPIRED = "expired"
    USED = "used"
    CANCELLED = "cancelled"


class GrantState(StrEnum):
    """Where a grant stands. The supporter sees no difference between the last three."""

    LIVE = "live"
    PAUSED = "paused"
    EXPIRED = "expired"
    ENDED = "ended"

    @classmethod
    def of(cls, member: CaseMember, today: date) -> "GrantState":
        """The state of this grant today."""
        if member.ended_at is not None:
            return cls.ENDED
        if member.ends_on is not None and member.ends_on < today:
            return cls.EXPIRED
        return cls.PAUSED if member.paused_at is not None else cls.LIVE


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is lent to one person, as the client filled it in."""

    powers: frozenset[Power]
    ends_on: date
    relation: str = ""

    @property
    def stored(self) -> list[str]:
        """The powers as their row keeps them."""
        return sorted(power.value for power in self.powers)

    def check(self, today: date) -> None:
        """Go on only with something to lend and an end in reach.

        Raises:
            NothingLent: nothing is lent.
            BadEnd: the end has passed, or is more than a year away.
        """
        if not self.powers:
            raise NothingLent
        if not today < self.ends_on <= months_after(today, LONGEST_MONTHS):
            raise BadEnd


class SupportInvite(CaseBound, Base):
    """What a client is about to lend, and the code to tell the person in question. It works once."""

    __tablename__ = "support_invite"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("code_hash"))
    #: What the client calls them: "Luis", "my brother".
    name: Mapped[str] = mapped_column(EncryptedText)
    relation: Mapped[str] = mapped_column(EncryptedText, default="")
    powers: Mapped[list[str]]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    code_hash: Mapped[bytes | None]
    code_expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]

    def state(self, now: datetime) -> InviteState:
        """How far it has come."""
        if self.used_at is not None:
            return InviteState.USED
        if self.cancelled_at is not None:
            return InviteState.CANCELLED
        if self.code_expires_at is None:
            return InviteState.DRAFTED
        return InviteState.WAITING if self.code_expires_at > now else InviteState.EXPIRED

    @property
    def terms(self) -> Terms:
        """What it will lend."""
        return Terms(frozenset(map(Power, self.powers)), self.ends_on, self.relation)

    def agree(self, name: str, terms: Terms, today: date) -> None:
        """Say whom it is for and what it will lend.

        Raises:
            NothingLent, BadEnd: it cannot be so.
        """
        terms.check(today)
        self.name, self.relation, self.powers, self.ends_on = name, terms.relation, terms.stored, terms.ends_on

    def give(self, code_hash: bytes, now: datetime) -> None:
        """Let this code open it for a week; a code made before opens nothing any more.

        Raises:
            NotNow: it was used or cancelled.
        """
        self._still_open()
        self.code_hash, self.code_expires_at = code_hash, now + CODE_LASTS

    def use(self, person_id: UUID, now: datetime) -> None:
        """Note who came with the code.

        Raises:
            NotNow: it was used or cancelled, or the code is too old.
        """
        if self.state(now) is not InviteState.WAITING:
            raise NotNow
        self.used_at, self.used_by_id, self.code_hash = now, person_id, None

    def cancel(self, now: datetime) -> None:
        """End it, and its code with it.

        Raises:
            NotNow: it was used or cancelled.
        """
        self._still_open()
        self.cancelled_at, self.code_hash = now, None

    def _still_open(self) -> None:
        if self.used_at is not None or self.cancelled_at is not None:
            raise NotNow


class SupporterStop(CaseBound, Base):
    """Why staff stopped a supporter: for staff alone. The client sees that they did, the supporter sees neither."""

    __tablename__ = "supporter_stop"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("member_id"),
        ForeignKeyConstraint(["case_id", "member_id"], ["case_member.case_id", "case_member.id"]),
    )
    member_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(EncryptedText)
    stopped_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    stopped_at: Mapped[datetime]
