"""Carrying out one job in a process of its own: taken up, told how far it is, and ended. Knows no kind of work.

What is done is saved every second or so, so that people can go on writing; a process that is killed loses no more than
that, and the job is taken up again from its start by another one.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal
from threading import Thread
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import OperationalError

from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.db import PortalSession
from portal.i18n import _, speaking
from portal.jobs import commands, queries
from portal.jobs.kinds import JobKind, JobPhase
from portal.jobs.models import Job, JobState, Slot
from portal.settings import Settings
from portal.work import Work, save_so_far, unit_of_work

log = logging.getLogger("portal.jobs")
#: Nobody else can write to SQLite while a transaction of ours is open, so it is short, with a pause for them after it.
SAVE_EVERY: Final = 0.7
BREATH: Final = 0.12
_BEAT_EVERY: Final = 10.0

Sessions = Callable[[], PortalSession]


class CannotGoOn(Exception):
    """The job cannot be done. Its text is a sentence for who started it."""


class _NotOurs(Exception):
    """Another process has taken the job up."""


@dataclass(slots=True)
class Running:
    """One job while it is carried out."""

    job_id: UUID
    attempt: int
    inputs: dict[str, Any]
    started_by_id: UUID | None
    settings: Settings
    sessions: Sessions
    folder: Path
    _saved: float = field(default_factory=time.monotonic)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One unit of work of the system. Only one is open at a time."""
        with _open(self.sessions, self.settings) as work:
            yield work

    def file(self, slot: Slot = Slot.GIVEN, name: str = "") -> Path | None:
        """A file the job was given, under this name in a folder of its own; None if there is none."""
        path, size = self.folder / slot.value / (name or slot.value), 0
        path.parent.mkdir(exist_ok=True)
        with self.sessions() as session, path.open("wb") as target:
            for part in queries.pieces(session, self.job_id, slot):
                size += target.write(part)
        return path if size else None

    def tell(self, phase: JobPhase, done: int = 0, total: int = 0) -> None:
        """Tell how far it is, while no unit of work is open."""
        with self.work() as work:
            self._beat(work, phase, done, total)

    def save(self, work: Work, phase: JobPhase, done: int = 0, total: int = 0) -> None:
        """Save what is done so far if that was a while ago, tell how far it is, and let others write. Call it often."""
        if time.monotonic() - self._saved < SAVE_EVERY:
            return
        self._beat(work, phase, done, total)
        save_so_far(work, pause=lambda: time.sleep(BREATH))
        self._saved = time.monotonic()

    def give(self, work: Work, name: str, media_type: str, parts: Iterable[bytes]) -> None:
        """Keep a file that the job made, to be fetched from its page."""
        commands.keep(work, self.job_id, Slot.MADE, parts)
        self._beat(work, JobPhase.WRITING, 1, 1, file_name=name, media_type=media_type)

    def _beat(self, work: Work, phase: JobPhase, done: int, total: int, **told: Any) -> None:
        if not commands.beat(work, self.job_id, self.attempt, phase=phase, done=done, total=total, **told):
            raise _NotOurs


#: Does a job, and gives back what came of it in values JSON knows. Raises CannotGoOn.
Runner = Callable[[Running], dict[str, Any]]


def carry_out(settings: Settings, sessions: Sessions, job_id: UUID, runners: Mapping[JobKind, Runner]) -> bool:
    """Do one job from beginning to end. False if it was not there to be taken up."""
    with _open(sessions, settings) as work:
        job = commands.claim(work, job_id)
    if job is None:
        return False
    with TemporaryDirectory(prefix="portal-job-") as folder, _beating(settings, sessions, job):
        started_by = job.started_by_id
        running = Running(job.id, job.attempt, job.inputs, started_by, settings, sessions, Path(folder))
        try:
            with speaking(job.language, settings.zone):
                told = _outcome(running, runners[job.kind])
        except _NotOurs:
            log.warning("job %s was taken up by another process", job_id)
            return True
    with _open(sessions, settings) as work:
        commands.finish(work, job.id, job.attempt, **told)
    return True


def _outcome(running: Running, runner: Runner) -> dict[str, Any]:
    try:
        return {"state": JobState.DONE, "result": runner(running)}
    except CannotGoOn as problem:
        return {"state": JobState.FAILED, "says": str(problem)}
    except _NotOurs:
        raise
    except Exception:
        log.exception("job %s failed", running.job_id)
        says = _("Something went wrong on our side. Ask whoever runs this site to look at its log.")
        return {"state": JobState.FAILED, "says": says}


@contextmanager
def _open(sessions: Sessions, settings: Settings) -> Iterator[Work]:
    scope = Scope.every_case(because="a job")
    with sessions() as session, unit_of_work(session, ANONYMOUS, scope=scope, zone=settings.zone) as work:
        yield work


@contextmanager
def _beating(settings: Settings, sessions: Sessions, job: Job) -> Iterator[None]:
    """Give signs of life from a thread beside the work, however long one step of it takes."""
    stop, job_id, attempt = Signal(), job.id, job.attempt

    def signs() -> None:
        while not stop.wait(_BEAT_EVERY):
            try:
                with _open(sessions, settings) as work:
                    commands.beat(work, job_id, attempt)
            except OperationalError:
                log.debug("no sign of life this time: the database is busy")

    thread = Thread(target=signs, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
