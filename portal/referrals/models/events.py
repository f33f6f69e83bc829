"""What was told about a referral, by whom and how we know. Only ever added to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, ForeignKeyConstraint, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.referrals.models.states import ClosureReason, Report, Source, Status
from portal.roles import Role


class Kept(RuntimeError):
    """Somebody tried to change or remove what was told."""


class ReferralEvent(CaseBound, Base):
    """One piece of news. Equal `from_status` and `to_status`: nothing moved.

    `claimed` is what the client says has happened where the profile lets them only suggest.
    """

    __tablename__ = "referral_event"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "referral_id"], ["referral.case_id", "referral.id"]),
        ForeignKeyConstraint(["case_id", "takes_back_id"], ["referral_event.case_id", "referral_event.id"]),
        ForeignKeyConstraint(["case_id", "handover_id"], ["referral_handover.case_id", "referral_handover.id"]),
    )
    referral_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(WordEnum(Role))
    source: Mapped[Source] = mapped_column(WordEnum(Source))
    from_status: Mapped[Status] = mapped_column(WordEnum(Status))
    to_status: Mapped[Status] = mapped_column(WordEnum(Status))
    report: Mapped[Report | None] = mapped_column(WordEnum(Report))
    claimed: Mapped[Status | None] = mapped_column(WordEnum(Status))
    #: The visit and the reason it speaks of.
    appointment_at: Mapped[datetime | None]
    reason: Mapped[ClosureReason | None] = mapped_column(WordEnum(ClosureReason))
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    shown_to_client: Mapped[bool] = mapped_column(default=True)
    #: How the referral stood before, kept with what a client tells: it can be taken back (Referral.take_back).
    was: Mapped[dict[str, Any] | None]
    #: The event that was a mistake, which this one takes back.
    takes_back_id: Mapped[UUID | None]
    #: The hand-over by whose link the place itself told this; `by_id` is then whoever made that link.
    handover_id: Mapped[UUID | None]

    @property
    def moved(self) -> bool:
        """Whether the state changed, or a visit was set anew."""
        return self.from_status is not self.to_status or (self.report is None and self.appointment_at is not None)

    @property
    def by_place(self) -> bool:
        """Whether the place itself told it, by the link it was given."""
        return self.handover_id is not None


def _keep(_mapper: Mapper[Any], _connection: Connection, _target: ReferralEvent) -> None:
    raise Kept("what was told about a referral is never changed or removed")


event.listen(ReferralEvent, "before_update", _keep)
event.listen(ReferralEvent, "before_delete", _keep)
