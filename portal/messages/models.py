"""Threads, the messages in them, and staff's private notes: a note is no message and has no way to become one."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.roles import STAFF_ROLES, Power, Role
from portal.work import Refused

#: As long as a message or a note may be.
LONGEST = 5000


class Side(StrEnum):
    """Who speaks, as the other side of a thread sees it."""

    CLIENT = "client"
    STAFF = "staff"
    SUPPORTER = "supporter"

    @classmethod
    def of(cls, role: Role) -> "Side":
        """The side somebody in this role is on."""
        if role in STAFF_ROLES:
            return cls.STAFF
        return cls.CLIENT if role is Role.CLIENT else cls.SUPPORTER


class NothingWritten(Refused):
    """A message or a note without words."""

    field = "body"
    says = _l("Write some words first.")


class TooLong(Refused):
    """More than we can keep in one message."""

    field = "body"
    says = _l("This is too long to send. You can send it in two parts.")


class Thread(CaseBound, Base):
    """One conversation in a case: the client's with staff (one a case), or one supporter's with staff."""

    __tablename__ = "message_thread"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        UniqueConstraint("case_id", "supporter_id"),
        Index(
            "uq_message_thread_client",
            "case_id",
            unique=True,
            sqlite_where=text("supporter_id IS NULL"),
            postgresql_where=text("supporter_id IS NULL"),
        ),
    )
    #: Whose line to staff this is; None for the client's own thread.
    supporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    #: Kept with each message, so that a list of threads reads no message.
    last_at: Mapped[datetime | None]
    last_author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    last_role: Mapped[Role | None] = mapped_column(WordEnum(Role))

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """A supporter who may write to staff sees their own thread."""
        return cls.supporter_id == supporter_id if Power.MESSAGE_WORKER in powers else None

    @classmethod
    def started(cls, case_id: UUID, supporter_id: UUID | None, at: datetime) -> Self:
        """A thread with nothing in it yet."""
        return cls(id=uuid4(), case_id=case_id, supporter_id=supporter_id, started_at=at)

    @property
    def last_side(self) -> Side | None:
        """Who spoke last."""
        return Side.of(self.last_role) if self.last_role is not None else None

    def add(self, author_id: UUID, role: Role, body: str, at: datetime) -> "Message":
        """The next message of this thread.

        Raises:
            NothingWritten: there are no words.
            TooLong: there are too many.
        """
        self.last_at, self.last_author_id, self.last_role = at, author_id, role
        return Message(
            id=uuid4(),
            case_id=self.case_id,
            thread=self,
            supporter_id=self.supporter_id,
            author_id=author_id,
            role=role,
            body=worded(body),
            sent_at=at,
        )


class Message(CaseBound, Base):
    """What one person wrote to the others of a thread. It is never changed and never taken out."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        ForeignKeyConstraint(["case_id", "thread_id"], ["message_thread.case_id", "message_thread.id"]),
        Index("ix_message_thread_time", "thread_id", "sent_at", "id"),
    )
    thread_id: Mapped[UUID]
    #: Repeated from the thread: it decides who may read this row.
    supporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: The role the author wrote in: a supporter's words stay a supporter's words.
    role: Mapped[Role] = mapped_column(WordEnum(Role))
    body: Mapped[str] = mapped_column(EncryptedText)
    sent_at: Mapped[datetime]
    thread: Mapped[Thread] = relationship(lazy="raise")

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """A supporter who may write to staff reads their own thread."""
        return cls.supporter_id == supporter_id if Power.MESSAGE_WORKER in powers else None


class StaffNote(CaseBound, Base):
    """What staff keep for staff. No client and no supporter reads it, and it is not sent (policy: note.read)."""

    __tablename__ = "staff_note"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        Index("ix_staff_note_case_time", "case_id", "written_at", "id"),
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime]


def worded(body: str) -> str:
    """The words, if there are some and not too many.

    Raises:
        NothingWritten: there are none.
        TooLong: there are too many.
    """
    if not body.strip():
        raise NothingWritten
    if len(body) > LONGEST:
        raise TooLong
    return body
