"""A piece of long work and the files it takes and gives. The files are sealed, like all that people hand in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, EncryptedText, WordEnum
from portal.jobs.kinds import JobKind, JobPhase


class JobState(StrEnum):
    """How far a job has come. The last two are final."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work. `needs` is the action that whoever may look at it must be allowed.

    `attempt` counts who takes it up: a process that was thought dead and lives finds another number, and stops.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "created_at"), Index("ix_job_kind", "kind", "created_at"))

    kind: Mapped[JobKind] = mapped_column(WordEnum(JobKind))
    state: Mapped[JobState] = mapped_column(WordEnum(JobState), default=JobState.WAITING)
    needs: Mapped[str]
    #: Whether only who started it may look at it.
    private: Mapped[bool] = mapped_column(default=False)
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    #: The language its messages are written in: that of who started it.
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: When the process that carries it out last gave a sign of life.
    beat_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    phase: Mapped[JobPhase] = mapped_column(WordEnum(JobPhase), default=JobPhase.STARTING)
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    #: What it is to do; and when it is done, what came of it. Facts and counts, never what people wrote.
    inputs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Why it did not work, as a sentence for who started it.
    says: Mapped[str] = mapped_column(EncryptedText, default="")
    #: The file it gives, if it gives one.
    file_name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def percent(self) -> int:
        """How much of the phase is done, in hundredths."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class Slot(StrEnum):
    """What a file is to its job."""

    GIVEN = "given"
    MAPPING = "mapping"
    MADE = "made"


class JobPiece(Base):
    """A part of a file of a job, about a megabyte, sealed."""

    __tablename__ = "job_piece"
    __table_args__ = (UniqueConstraint("job_id", "slot", "position"),)

    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    slot: Mapped[Slot] = mapped_column(WordEnum(Slot))
    position: Mapped[int]
    data: Mapped[bytes]
