"""Rows waiting to be sent, and a record of what was sent. Written by Work.send(), in the transaction of its cause."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import ContactKind
from portal.db import Base, EncryptedText, WordEnum
from portal.outbox.notices import Notice


class State(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    #: The person has no channel they called safe, so nothing was sent. That is no fault.
    KEPT_BACK = "kept_back"
    FAILED = "failed"


class OutboxMessage(Base):
    """One message for one person. The channel is chosen, and whether it is safe checked, at the moment of sending."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "state", "due_at"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: A code goes to the one channel it was asked for; a notice to every safe one.
    contact_point_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact_point.id", ondelete="SET NULL"))
    #: The mailbox of somebody without an account, such as a place; `person_id` is then whoever writes to it.
    address: Mapped[str | None] = mapped_column(EncryptedText)
    notice: Mapped[Notice] = mapped_column(WordEnum(Notice))
    secret: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[State] = mapped_column(WordEnum(State), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    #: After this it is not worth sending: a code dies.
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class Delivery(Base):
    """What left the portal, through which channel. The demo shows these; elsewhere the body is not kept."""

    __tablename__ = "outbox_delivery"
    message_id: Mapped[UUID] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    channel: Mapped[ContactKind] = mapped_column(WordEnum(ContactKind))
    address: Mapped[str] = mapped_column(EncryptedText)
    subject: Mapped[str] = mapped_column(EncryptedText, default="")
    body: Mapped[str] = mapped_column(EncryptedText, default="")
    at: Mapped[datetime] = mapped_column(index=True)
