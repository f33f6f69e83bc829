"""Looking at the plan together again: who asked, what was said, and the day agreed for the next time (DOMAIN 2.3)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound, ReviewReason
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.work import Refused


class ReviewRequest(CaseBound, Base):
    """The client asked to look at the plan again, whenever they like (DOMAIN 2.3)."""

    __tablename__ = "plan_review_request"
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]


class ReviewState(StrEnum):
    """Where a review is."""

    OPEN = "open"
    PROPOSED = "proposed"
    AGREED = "agreed"
    STOPPED = "stopped"

    @property
    def label(self) -> Any:
        """The state in plain words."""
        return {
            ReviewState.OPEN: _l("Going on"),
            ReviewState.PROPOSED: _l("A day waits for a yes"),
            ReviewState.AGREED: _l("Agreed"),
            ReviewState.STOPPED: _l("Stopped"),
        }[self]


_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.OPEN: frozenset({ReviewState.PROPOSED, ReviewState.AGREED, ReviewState.STOPPED}),
    ReviewState.PROPOSED: frozenset({ReviewState.PROPOSED, ReviewState.AGREED, ReviewState.STOPPED}),
    ReviewState.AGREED: frozenset(),
    ReviewState.STOPPED: frozenset(),
}


class ReviewOver(Refused):
    """This review has ended."""

    says = _l("This review is over.")


class OwnProposal(Refused):
    """Somebody says yes to the day they proposed."""

    says = _l("The other one has to say yes to this day.")


class PlanReview(CaseBound, Base):
    """One look at the plan together. It ends when both agree on the day of the next."""

    __tablename__ = "plan_review"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        # One at a time: whoever opens a second finds the first.
        Index(
            "uq_plan_review_open",
            "case_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'proposed')"),
            postgresql_where=text("state IN ('open', 'proposed')"),
        ),
    )
    reason: Mapped[ReviewReason] = mapped_column(WordEnum(ReviewReason))
    state: Mapped[ReviewState] = mapped_column(WordEnum(ReviewState), default=ReviewState.OPEN)
    #: What the client says about how it goes; only they write it.
    client_words: Mapped[str] = mapped_column(EncryptedText, default="")
    #: What staff say about it; the client reads it.
    staff_words: Mapped[str] = mapped_column(EncryptedText, default="")
    next_on: Mapped[date | None]
    #: How often staff get in touch from then on, in days, where that is to change.
    contact_every_days: Mapped[int | None]
    proposed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    #: Both sat together when the day was agreed, and staff wrote it down.
    together: Mapped[bool] = mapped_column(default=False)
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state in {ReviewState.OPEN, ReviewState.PROPOSED}

    def check_open(self) -> None:
        """Go on only while it goes on.

        Raises:
            ReviewOver: it has ended.
        """
        if not self.is_open:
            raise ReviewOver

    def move(self, to: ReviewState, at: datetime) -> None:
        """Go on to another state.

        Raises:
            ReviewOver: it has ended.
        """
        if to not in _MOVES[self.state]:
            raise ReviewOver
        self.state = to
        if not self.is_open:
            self.closed_at = at

    def propose(self, next_on: date, contact_every_days: int | None, by_id: UUID, at: datetime) -> None:
        """Say a day for the next review, and how often to be in touch. A new proposal takes the place of the last."""
        self.move(ReviewState.PROPOSED, at)
        self.next_on, self.contact_every_days, self.proposed_by_id = next_on, contact_every_days, by_id

    def agree(self, by_id: UUID, at: datetime, *, together: bool = False) -> None:
        """Say yes to the day. Who proposed it cannot, unless both sit together.

        Raises:
            ReviewOver: it has ended, or no day was proposed.
            OwnProposal: this person proposed it.
        """
        if self.state is not ReviewState.PROPOSED:
            raise ReviewOver
        if self.proposed_by_id == by_id and not together:
            raise OwnProposal
        self.move(ReviewState.AGREED, at)
        self.together = together
