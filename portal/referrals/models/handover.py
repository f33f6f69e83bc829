"""A hand-over: what a place was told about a client, on which release, and the link by which it answers, once.

The link is a random token of which only a keyed hash is kept. It shows and does nothing once it was used, has expired,
was ended by staff, or the client took their release back.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.cases.releases import Release
from portal.cases.sharing import Shared
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.referrals.models.referral import NeedsRelease, Referral
from portal.referrals.models.states import Status
from portal.work import Refused

#: How long a place has to answer by its link; never longer than the release it rests on.
LINK_LASTS = timedelta(days=30)


class Way(StrEnum):
    """How a hand-over reaches the place."""

    PRINT = "print"
    EMAIL = "email"


class NotReleased(Refused):
    """The client did not tick this."""

    says = _l("The client did not say yes to telling this.")


class LinkOver(Refused):
    """Used, too old, ended, or its release is over: one answer for all of them."""

    says = _l("This link does not work any more.")


class Handover(CaseBound, Base):
    """One hand-over of one referral to its place."""

    __tablename__ = "referral_handover"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("token_hash"),
        ForeignKeyConstraint(["case_id", "referral_id"], ["referral.case_id", "referral.id"]),
        ForeignKeyConstraint(["case_id", "release_id"], ["release.case_id", "release.id"]),
    )
    referral_id: Mapped[UUID] = mapped_column(index=True)
    release_id: Mapped[UUID]
    token_hash: Mapped[bytes]
    way: Mapped[Way] = mapped_column(WordEnum(Way))
    sent_to: Mapped[str] = mapped_column(EncryptedText, default="")
    #: What is told, by category of the release, as JSON. Frozen: what went out can be accounted for.
    told: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    #: When somebody at the place first opened it, answered it, and when staff ended it.
    read_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    answer: Mapped[Status | None] = mapped_column(WordEnum(Status))

    @classmethod
    def make(
        cls,
        referral: Referral,
        release: Release | None,
        *,
        told: Mapping[Shared, str],
        way: Way,
        sent_to: str,
        token_hash: bytes,
        by_id: UUID,
        at: datetime,
        today: date,
    ) -> "Handover":
        """A hand-over that rests on a live release which names this place.

        Raises:
            NeedsRelease: there is no such release.
            NotReleased: it tells more than the release allows.
        """
        if release is None or not referral.is_covered_by(release, today):
            raise NeedsRelease
        if not {shared.value for shared in told} <= set(release.categories):
            raise NotReleased
        return cls(
            case_id=referral.case_id,
            referral_id=referral.id,
            release_id=release.id,
            token_hash=token_hash,
            way=way,
            sent_to=sent_to,
            told=json.dumps({shared.value: text for shared, text in told.items() if text.strip()}),
            made_at=at,
            made_by_id=by_id,
            expires_at=at + LINK_LASTS,
        )

    @property
    def facts(self) -> dict[Shared, str]:
        """What is told, by category, in the order of a release."""
        told: dict[str, str] = json.loads(self.told)
        return {shared: told[shared.value] for shared in Shared if shared.value in told}

    def is_open(self, release: Release, now: datetime, today: date) -> bool:
        """Whether its link works now."""
        over = self.used_at is not None or self.ended_at is not None or self.expires_at <= now
        return not over and release.id == self.release_id and release.is_live(today)

    def use(self, answer: Status, at: datetime) -> None:
        """The place has answered. The link is spent.

        Raises:
            LinkOver: it was spent or ended before.
        """
        if self.used_at is not None or self.ended_at is not None:
            raise LinkOver
        self.used_at, self.answer = at, answer

    def end(self, at: datetime) -> None:
        """Staff end the link: a newer one takes its place, or it went to the wrong people.

        Raises:
            LinkOver: it was spent or ended before.
        """
        if self.used_at is not None or self.ended_at is not None:
            raise LinkOver
        self.ended_at = at
