"""What a client keeps of the directory: places they saved, and places they asked about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText


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
