"""Starting a job, and moving it through its life. A process calls the latter; a page only ever starts one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, delete, insert, select, update

from portal import i18n
from portal.access.actions import Action
from portal.i18n import _
from portal.jobs.kinds import JobKind, JobPhase
from portal.jobs.models import Job, JobPiece, JobState, Slot
from portal.work import Work

#: Without a sign of life for this long the process is taken for dead.
SILENT_FOR: Final = timedelta(seconds=90)
#: A job that kills its process this often is no victim of chance.
MOST_ATTEMPTS: Final = 3
#: How long a finished job, with its report, can be looked at.
KEPT_FOR: Final = timedelta(days=30)
_PIECE: Final = 1024**2


def start(
    work: Work,
    kind: JobKind,
    needs: Action,
    *,
    inputs: dict[str, Any] | None = None,
    given: Iterable[bytes] = (),
    mapping: Iterable[bytes] = (),
    private: bool = False,
) -> Job:
    """Put a job in the queue, in this transaction.

    Args:
        kind: what is to be done.
        needs: the action that allows it, and allows looking at it.
        inputs: what it is to do, in values JSON knows.
        given: the file it works on, in parts of any size.
        mapping: a second, small file that says how to read the first.
        private: only who starts it may look at it.
    """
    job = Job(
        kind=kind,
        needs=needs.value,
        private=private,
        started_by_id=work.actor.person_id,
        language=i18n.language(),
        created_at=work.now,
        inputs=inputs or {},
    )
    work.session.add(job)
    work.session.flush()  # the pieces of its files name it
    keep(work, job.id, Slot.GIVEN, given)
    keep(work, job.id, Slot.MAPPING, mapping)
    return job


def keep(work: Work, job_id: UUID, slot: Slot, parts: Iterable[bytes]) -> int:
    """Keep a file of a job, sealed, a piece at a time. Gives back its size in bytes."""
    size, position, waiting = 0, 0, bytearray()
    for part in parts:
        waiting += part
        size += len(part)
        while len(waiting) >= _PIECE:
            _put(work, job_id, slot, position, bytes(waiting[:_PIECE]))
            del waiting[:_PIECE]
            position += 1
    if waiting:
        _put(work, job_id, slot, position, bytes(waiting))
    return size


def _put(work: Work, job_id: UUID, slot: Slot, position: int, data: bytes) -> None:
    sealed = work.session.key_ring.seal(data)
    row = {"id": uuid4(), "job_id": job_id, "slot": slot, "position": position, "data": sealed}
    work.session.execute(insert(JobPiece), [row])


def claim(work: Work, job_id: UUID) -> Job | None:
    """Take up a job that waits; None if somebody else was quicker."""
    taken = (
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.WAITING)
        .values(
            state=JobState.WORKING, attempt=Job.attempt + 1, begun_at=work.now, beat_at=work.now, done=0, total=0,
            phase=JobPhase.STARTING,
        )
    )  # fmt: skip
    if not _changed(work, taken):
        return None
    return work.session.scalars(select(Job).where(Job.id == job_id).execution_options(populate_existing=True)).one()


def beat(work: Work, job_id: UUID, attempt: int, **told: Any) -> bool:
    """Give a sign of life, and tell how far it is. False if the job is no longer ours."""
    ours = update(Job).where(Job.id == job_id, Job.attempt == attempt, Job.state == JobState.WORKING)
    return _changed(work, ours.values(beat_at=work.now, **told))


def finish(work: Work, job_id: UUID, attempt: int, state: JobState, **told: Any) -> bool:
    """End a job, and let go of what it was given. False if it is no longer ours."""
    ended = beat(work, job_id, attempt, state=state, ended_at=work.now, **told)
    if ended:
        work.session.execute(delete(JobPiece).where(JobPiece.job_id == job_id, JobPiece.slot != Slot.MADE))
    return ended


def give_back(work: Work, job_id: UUID, attempt: int) -> None:
    """Let a job whose process died wait again; one that died too often has failed."""
    if attempt >= MOST_ATTEMPTS:
        with i18n.speaking(work.session.scalar(select(Job.language).where(Job.id == job_id)) or "en"):
            says = _("It was interrupted several times. Nothing is lost: you can start it again.")
        finish(work, job_id, attempt, JobState.FAILED, says=says)
    else:
        beat(work, job_id, attempt, state=JobState.WAITING)


def give_back_silent(work: Work) -> None:
    """Let every job wait again whose process gave no sign of life."""
    silent = select(Job.id, Job.attempt).where(Job.state == JobState.WORKING, Job.beat_at < work.now - SILENT_FOR)
    for job_id, attempt in work.session.execute(silent.order_by(Job.created_at, Job.id)).all():
        give_back(work, job_id, attempt)


def forget_old(work: Work) -> None:
    """Remove finished jobs and their files after a month. The worker calls it now and then."""
    over = (JobState.DONE, JobState.FAILED)
    work.session.execute(delete(Job).where(Job.state.in_(over), Job.ended_at < work.now - KEPT_FOR))


def _changed(work: Work, statement: Any) -> bool:
    result: Any = work.session.execute(statement.execution_options(synchronize_session=False))
    return isinstance(result, CursorResult) and result.rowcount == 1
