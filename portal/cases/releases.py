"""Releases: a client's written yes to sharing named things with one named receiver, for a reason, until a date.

The model is in the core because a referral may not be sent without one; its pages are in `consents`. DOMAIN 2.7.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText

#: No release lasts longer than this (DOMAIN 2.7).
LONGEST_RELEASE = timedelta(days=366)


class BadRelease(ValueError):
    """A release that lacks something it must say, or lasts too long."""


class AlreadyRevoked(RuntimeError):
    """The client took this release back before."""


class Release(CaseBound, Base):
    """Who may be told what, why, and until when. One receiver each; the client may take it back at any time."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("case_id", "id"),)
    receiver: Mapped[str] = mapped_column(EncryptedText)
    #: The directory's service this names, when it names one.
    service_id: Mapped[UUID | None]
    #: The ticked categories of what may be told.
    categories: Mapped[list[str]]
    purpose: Mapped[str] = mapped_column(EncryptedText)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: The name the client typed to sign, and the exact sentence they signed.
    signed_name: Mapped[str] = mapped_column(EncryptedText)
    sentence: Mapped[str] = mapped_column(EncryptedText)
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]

    @classmethod
    def sign(
        cls,
        *,
        case_id: UUID,
        receiver: str,
        service_id: UUID | None,
        categories: list[str],
        purpose: str,
        starts_on: date,
        ends_on: date,
        signed_name: str,
        sentence: str,
        signed_by_id: UUID,
        at: datetime,
    ) -> "Release":
        """A signed release.

        Raises:
            BadRelease: a part is missing, it ends before it starts, or it lasts more than a year.
        """
        if not all((receiver.strip(), categories, purpose.strip(), signed_name.strip(), sentence.strip())):
            raise BadRelease("a release names who, what, why, and is signed")
        if not starts_on <= ends_on <= starts_on + LONGEST_RELEASE:
            raise BadRelease("a release ends after it starts, within a year")
        return cls(
            case_id=case_id,
            receiver=receiver,
            service_id=service_id,
            categories=categories,
            purpose=purpose,
            starts_on=starts_on,
            ends_on=ends_on,
            signed_name=signed_name,
            sentence=sentence,
            signed_by_id=signed_by_id,
            signed_at=at,
        )

    def is_live(self, today: date) -> bool:
        """Whether it covers sharing today."""
        return self.revoked_at is None and self.starts_on <= today <= self.ends_on

    def covers(self, service_id: UUID, today: date) -> bool:
        """Whether it lets us share with this service today."""
        return self.is_live(today) and self.service_id == service_id

    def revoke(self, at: datetime) -> None:
        """Take it back.

        Raises:
            AlreadyRevoked: it was taken back before.
        """
        if self.revoked_at is not None:
            raise AlreadyRevoked
        self.revoked_at = at
