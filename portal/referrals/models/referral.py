"""A referral: one place offered for one need. It guards its own states; nothing else changes them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.cases.releases import Release
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.profiles.profile import Nudges
from portal.referrals.models.states import (
    FINAL,
    MOVES,
    SETTERS,
    ClosureReason,
    LedBy,
    Rating,
    Report,
    Setter,
    Source,
    Status,
    Urgency,
)
from portal.roles import Power
from portal.work import Refused

#: A waiting list is asked about again after this many days (DOMAIN 2.4, time expectations).
WAITLIST_DAYS = 30
_WAITING = frozenset({Status.OFFERED, Status.YOUR_TURN, Status.SENT, Status.ACCEPTED})
_HIDDEN = (Status.DRAFT, Status.SAID_NO, Status.VOID)
#: What a slip of the finger can have changed, and what taking it back therefore brings back.
_STANDS = (
    "status", "status_source", "led_by", "accepted_at", "appointment_at", "finished_at", "closure_reason",
    "outcome_rating", "disputed_at", "last_report", "last_report_at",
)  # fmt: skip
_MOMENTS = frozenset(name for name in _STANDS if name.endswith("_at"))
_WORDS: dict[str, Any] = {
    "status": Status,
    "status_source": Source,
    "led_by": LedBy,
    "closure_reason": ClosureReason,
    "outcome_rating": Rating,
    "last_report": Report,
}


class Finished(Refused):
    """It ended before. Another try is a new, linked referral."""

    says = _l("This one is finished. You can ask for another place.")


class NotTheNextStep(Refused):
    """The life of a referral has no such move from where it stands."""

    says = _l("That is not the next step for this place. Look at it again: somebody may have changed it.")


class NotOpenToYou(Refused):
    """This move is somebody else's to make."""

    says = _l("This is for somebody else to say.")


class NeedsRelease(Refused):
    """Nothing is sent without the client's live, written yes that names this place."""

    says = _l("There is no live release for this place. The client can sign one first.")


class NeedsDate(Refused):
    """A visit that is set has a day and a time."""

    field, says = "day", _l("Write the day and the time of the visit.")


class NeedsReason(Refused):
    """Closing says why."""

    field, says = "reason", _l("Choose why it did not work out.")


class Referral(CaseBound, Base):
    """One place, offered to one client for one need."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "previous_id"], ["referral.case_id", "referral.id"]),
        ForeignKeyConstraint(["case_id", "release_id"], ["release.case_id", "release.id"]),
        Index(
            "ix_referral_quiet",
            "quiet_from",
            sqlite_where=text("quiet_from IS NOT NULL"),
            postgresql_where=text("quiet_from IS NOT NULL"),
        ),
    )
    #: The directory's service. A directory row that goes leaves the name below behind.
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_service.id", ondelete="SET NULL"), index=True)
    place: Mapped[str] = mapped_column(EncryptedText)
    led_by: Mapped[LedBy] = mapped_column(WordEnum(LedBy))
    need: Mapped[str] = mapped_column(EncryptedText, default="")
    #: Why this place, in words for the client.
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    what_to_bring: Mapped[str] = mapped_column(EncryptedText, default="")
    cost: Mapped[str] = mapped_column(EncryptedText, default="")
    #: Whether the place may contact the client, and how that is safe.
    contact_ok: Mapped[bool] = mapped_column(default=True)
    safe_contact: Mapped[str] = mapped_column(EncryptedText, default="")
    urgency: Mapped[Urgency] = mapped_column(WordEnum(Urgency), default=Urgency.ROUTINE)
    first_session: Mapped[bool] = mapped_column(default=False)
    shared_with_supporters: Mapped[bool] = mapped_column(default=False)
    release_id: Mapped[UUID | None]
    previous_id: Mapped[UUID | None]
    offered_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    status: Mapped[Status] = mapped_column(WordEnum(Status), default=Status.DRAFT)
    #: How we know the state it is in.
    status_source: Mapped[Source] = mapped_column(WordEnum(Source), default=Source.ADMINISTRATIVE)
    #: When the client said they want it. A staff-led referral then waits for staff to ask.
    accepted_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    appointment_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closure_reason: Mapped[ClosureReason | None] = mapped_column(WordEnum(ClosureReason))
    outcome_rating: Mapped[Rating | None] = mapped_column(WordEnum(Rating))
    #: Since when client and place tell different things about the help; staff phone and settle it.
    disputed_at: Mapped[datetime | None]
    #: What the client told last, while nobody else has moved it since: it decides whose turn it is.
    last_report: Mapped[Report | None] = mapped_column(WordEnum(Report))
    last_report_at: Mapped[datetime | None]
    #: When the client was last reminded of it. A reminder is no news: silence goes on.
    nudged_at: Mapped[datetime | None]
    #: The last thing anybody told about it, and from when on silence counts; none while none is expected.
    last_news_at: Mapped[datetime]
    quiet_from: Mapped[datetime | None]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """With see_resources all that are going on; else, for dates and reports, only those the client shares."""
        if Power.SEE_RESOURCES in powers:
            return cls.status.not_in(_HIDDEN)
        if powers & {Power.SEE_NEXT, Power.REPORT_FOR}:
            return cls.shared_with_supporters.is_(True) & cls.status.not_in(_HIDDEN)
        return None

    @property
    def is_final(self) -> bool:
        """Whether it has ended."""
        return self.status in FINAL

    def may_move(self, to: Status, by: Setter) -> bool:
        """Whether it could go there next, in these hands."""
        return self._objection(to, by) is None

    def next_for(self, by: Setter) -> list[Status]:
        """Where it may go next, in these hands, in the order of a referral's life."""
        return [status for status in Status if self.may_move(status, by)]

    def expect(self, to: Status, by: Setter) -> None:
        """Go on only if it could go there next, in these hands.

        Raises:
            Finished: it ended before.
            NotTheNextStep: there is no such move from where it stands.
            NotOpenToYou: that move is the other side's.
        """
        if (objection := self._objection(to, by)) is not None:
            raise objection

    def _objection(self, to: Status, by: Setter) -> Refused | None:
        if to is Status.VOID:
            if self.status is Status.VOID:
                return Finished()
        elif self.status in FINAL:
            return Finished()
        elif to not in MOVES[self.status]:
            return NotTheNextStep()
        return None if by in SETTERS[to] else NotOpenToYou()

    def move(
        self,
        to: Status,
        by: Setter,
        at: datetime,
        *,
        reason: ClosureReason | None = None,
        appointment_at: datetime | None = None,
        release: Release | None = None,
        today: date | None = None,
        source: Source = Source.ADMINISTRATIVE,
    ) -> Status:
        """Go to another state.

        Args:
            to: where.
            by: in whose hands.
            at: when.
            reason: why it is closed.
            appointment_at: the visit that is set.
            release: the client's written yes, for sending.
            today: the organisation's day, on which the release has to be live.
            source: how we know.

        Returns:
            The state it was in.

        Raises:
            Refused: the move is not possible; its subclass says why.
        """
        self.expect(to, by)
        if to is Status.SENT:
            self._release_with(release, today or at.date())
            self.sent_at = at
        if to is Status.BOOKED and appointment_at is None:
            raise NeedsDate
        if to is Status.CLOSED_OTHER and reason is None:
            raise NeedsReason
        before, self.status = self.status, to
        self.status_source = source
        self.appointment_at = appointment_at or self.appointment_at
        self.closure_reason = reason or self.closure_reason
        if to is Status.YOUR_TURN:
            self.accepted_at = self.accepted_at or at
        if to in FINAL:
            self.finished_at = at
        return before

    def dispute(self, at: datetime) -> bool:
        """The client tells something else about the help than the place or staff did. It stays as it is, marked so.

        Returns:
            whether there is anything to dispute: not where the client themselves said that help was got.
        """
        if self.status_source is not Source.SELF_REPORTED and self.disputed_at is None:
            self.disputed_at = at
            return True
        return False

    def stands(self) -> dict[str, Any]:
        """How it stands now, for an event to keep until it is known that it was no slip. Plain JSON, no free text."""
        found: dict[str, Any] = {name: getattr(self, name) for name in _STANDS}
        return {name: value.isoformat() if name in _MOMENTS and value else value for name, value in found.items()}

    def take_back(self, was: dict[str, Any]) -> None:
        """Stand as before the last thing that was told: it was a slip. No move of its life, and no way round one."""
        for name in _STANDS:
            value = was[name]
            if value is not None and name in _MOMENTS:
                value = datetime.fromisoformat(value)
            elif value is not None:
                value = _WORDS[name](value)
            setattr(self, name, value)

    def is_covered_by(self, release: Release | None, today: date) -> bool:
        """Whether this release lets us share with this place today.

        It names the directory's service; for a place that is in no directory it is the one signed for this referral.
        """
        if release is None or release.case_id != self.case_id or not release.is_live(today):
            return False
        return release.id == self.release_id if self.service_id is None else release.service_id == self.service_id

    def _release_with(self, release: Release | None, today: date) -> None:
        if release is None or not self.is_covered_by(release, today):
            raise NeedsRelease
        self.release_id = release.id

    def heard(self, at: datetime, nudges: Nudges) -> None:
        """Something was told about it: silence counts anew.

        A visit that is set is silent only after its day; a waiting list is asked about after WAITLIST_DAYS.
        """
        self.last_news_at = at
        self.quiet_from = self._silence(at, nudges)

    def _silence(self, at: datetime, nudges: Nudges) -> datetime | None:
        if self.status in _WAITING:
            return at
        if self.status is Status.BOOKED and self.appointment_at is not None:
            return max(at, self.appointment_at)
        if self.status is Status.WAITLISTED:
            return at + timedelta(days=max(0, WAITLIST_DAYS - nudges.staff))
        return None
