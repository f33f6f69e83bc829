"""What a client keeps of the directory: places they saved, and places they asked about."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum


class SavedPlace(CaseBound, Base):
    """A place the client wants to find again. Which places somebody saved tells much, so nobody is lent it."""

    __tablename__ = "saved_place"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("case_id", "service_id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("directory_service.id", ondelete="CASCADE"), index=True)
    saved_at: Mapped[datetime]


class PlaceRequest(CaseBound, Base):
    """The client asks staff about a place, or for one. Staff answer it from the review queue."""

    __tablename__ = "place_request"
    __table_args__ = (UniqueConstraint("case_id", "id"),)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_service.id", ondelete="SET NULL"), index=True)
    #: The place's name when it was asked about; empty for "find me a place".
    place: Mapped[str] = mapped_column(EncryptedText, default="")
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]


class Wrong(StrEnum):
    """What is wrong with what the directory says of a place."""

    PHONE = "phone"
    HOURS = "hours"
    ADDRESS = "address"
    CLOSED = "closed"
    NOT_LIKE_THIS = "not_like_this"
    OTHER = "other"


class WordOutcome(StrEnum):
    """What staff found when they looked into it."""

    PUT_RIGHT = "put_right"
    WAS_RIGHT = "was_right"
    UNSURE = "unsure"


class PlaceWord(Base):
    """Somebody says that something about a place is wrong. Who said it is not kept: where one looks tells much.

    It belongs to no case, so that whoever keeps the directory can answer it without reading one.
    """

    __tablename__ = "place_word"
    service_id: Mapped[UUID] = mapped_column(ForeignKey("directory_service.id", ondelete="CASCADE"), index=True)
    wrong: Mapped[Wrong] = mapped_column(WordEnum(Wrong))
    words: Mapped[str] = mapped_column(EncryptedText, default="")
    #: Told by staff, not by a client.
    by_staff: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[WordOutcome | None] = mapped_column(WordEnum(WordOutcome))
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]


class PlaceTwin(Base):
    """What staff decided about two entries that look like one place. The first has the smaller id."""

    __tablename__ = "place_twin"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)
    first_id: Mapped[UUID] = mapped_column(ForeignKey("directory_service.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("directory_service.id", ondelete="CASCADE"), index=True)
    #: The one that was taken out of search, or none if they are two places.
    hidden_id: Mapped[UUID | None]
    judged_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[datetime]
