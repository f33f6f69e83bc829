"""What the pages of jobs show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.access.actions import Action
from portal.cases.models import Person
from portal.db import PortalSession
from portal.jobs.kinds import JobKind
from portal.jobs.models import Job, JobPiece, JobState, Slot
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job, and who started it ("" where that is not known)."""

    job: Job
    started_by: str


def visible(work: Work, job: Job) -> Job:
    """The job, if the actor may look at it.

    Raises:
        NotFound: they may not do such a thing, or it is somebody else's own.
    """
    mine = job.started_by_id is not None and job.started_by_id == work.actor.person_id
    if not work.allows(Action(job.needs)) or (job.private and not mine):
        raise NotFound(Job.__name__)
    return job


def line_of(work: Work, job: Job) -> JobLine:
    """A job with the name of who started it."""
    name = work.session.scalar(select(Person.name).where(Person.id == job.started_by_id))
    return JobLine(job, name or "")


def recent(work: Work, kind: JobKind, most: int = 5) -> Sequence[Job]:
    """The newest jobs of a kind."""
    return work.session.scalars(
        select(Job).where(Job.kind == kind).order_by(Job.created_at.desc(), Job.id).limit(most)
    ).all()


def next_waiting(work: Work) -> UUID | None:
    """The job that has waited longest."""
    wanted = select(Job.id).where(Job.state == JobState.WAITING).order_by(Job.created_at, Job.id).limit(1)
    return work.session.scalars(wanted).first()


def pieces(session: PortalSession, job_id: UUID, slot: Slot) -> Iterator[bytes]:
    """The parts of a file of a job in their order, opened, one query each."""
    position = 0
    wanted = select(JobPiece.data).where(JobPiece.job_id == job_id, JobPiece.slot == slot)
    while (sealed := session.scalar(wanted.where(JobPiece.position == position))) is not None:
        yield session.key_ring.open(sealed)
        position += 1
