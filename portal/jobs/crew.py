"""Who starts the processes that carry out jobs: part of the worker, one at a time, so that pages stay quick."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import Popen, TimeoutExpired
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.jobs import commands, queries
from portal.jobs.models import Job, JobState
from portal.jobs.running import Sessions
from portal.settings import Settings
from portal.work import Work, unit_of_work

log = logging.getLogger("portal.jobs")
_PATIENCE: Final = 10.0
#: Starts a process that carries out the job with this id.
Launch = Callable[[UUID], "Popen[Any]"]


class Crew:
    """Looks after jobs: those that wait are started, those whose process died wait again."""

    def __init__(self, settings: Settings, launch: Launch) -> None:
        self._settings, self._launch = settings, launch
        self._busy: tuple[UUID, Popen[Any]] | None = None

    def look(self, sessions: Sessions) -> None:
        """Start the next job if none is under way."""
        if self._busy is not None:
            if self._busy[1].poll() is None:
                return
            self._let_go(sessions)
        with _open(sessions, self._settings) as work:
            commands.give_back_silent(work)
            waiting = queries.next_waiting(work)
        if waiting is not None:
            self._busy = (waiting, self._launch(waiting))

    def stop(self, sessions: Sessions) -> None:
        """End what is under way; it waits for the next worker."""
        if self._busy is None:
            return
        _job_id, process = self._busy
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except TimeoutExpired:
            process.kill()
            process.wait()
        self._let_go(sessions)

    def _let_go(self, sessions: Sessions) -> None:
        """The process has ended: a job it did not end waits again."""
        assert self._busy is not None
        job_id, process = self._busy
        self._busy = None
        with _open(sessions, self._settings) as work:
            unended = select(Job.attempt).where(Job.id == job_id, Job.state == JobState.WORKING)
            attempt = work.session.scalar(unended)
            if attempt is not None:
                log.warning("the process of job %s ended with %s before the job did", job_id, process.returncode)
                commands.give_back(work, job_id, attempt)


@contextmanager
def _open(sessions: Sessions, settings: Settings) -> Iterator[Work]:
    scope = Scope.every_case(because="looking after jobs")
    with sessions() as session, unit_of_work(session, ANONYMOUS, scope=scope, zone=settings.zone) as work:
        yield work
