"""The rows of the record. Nothing updates or deletes an entry; each is chained to the one before it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.audit.events import Event
from portal.cases.models import CaseBound
from portal.db import Base, WordEnum
from portal.roles import Power


class AuditEntry(CaseBound, Base):
    """Who did what in a case, for whom, when, and small facts: states and kinds, never what somebody wrote."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_audit_entry_case_time", "case_id", "at"),
        Index("ix_audit_entry_reader", "case_id", "actor_id", "event", "at"),
    )
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    #: The role the actor acted in: a supporter's act stays a supporter's act.
    role: Mapped[str]
    event: Mapped[Event] = mapped_column(WordEnum(Event))
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]]
    seal: Mapped[bytes]


class ReadMark(CaseBound, Base):
    """How far one person has read one thing of a case. A record of looking, so showing a page may write it."""

    __tablename__ = "read_mark"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("subject_id", "person_id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    #: What was read: a thread. No foreign key, as in ReviewItem: the core names no feature's table.
    subject_id: Mapped[UUID]
    read_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """A supporter who may write to staff has a mark of their own, and sees no other."""
        return cls.person_id == supporter_id if Power.MESSAGE_WORKER in powers else None


class SystemEntry(Base):
    """The same for what belongs to no case: sign-ins, staff, settings."""

    __tablename__ = "audit_system_entry"
    __table_args__ = (UniqueConstraint("seq"), Index("ix_audit_system_entry_time", "at"))
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    event: Mapped[Event] = mapped_column(WordEnum(Event))
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]]
    seal: Mapped[bytes]


class AuditHead(Base):
    """The end of one chain: how many entries it has and the last seal. One for each case, and one with no case."""

    __tablename__ = "audit_head"
    __table_args__ = (UniqueConstraint("case_id"),)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int] = mapped_column(default=0)
    seal: Mapped[bytes] = mapped_column(default=b"")
