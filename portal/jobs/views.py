"""A job's page: how far it is, what came of it, and the file it made. It looks again by itself, without script."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.jobs import queries
from portal.jobs.kinds import PHASES, RESULTS, TITLES, WAYS_BACK
from portal.jobs.models import Job, Slot
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import page
from portal.work import NotFound, Work

bp = Blueprint("jobs", __name__)
#: A page left open must not keep its reader signed in for ever.
_LOOKS_FOR = timedelta(minutes=30)
_LOOKS_EVERY = 4
_WORKER_IS_AWAY_AFTER = timedelta(minutes=1)


@bp.get("/jobs/<uuid:job_id>")
@allow(Action.JOB_VIEW, job=Job)
def show(work: Work, job: Job) -> ResponseReturnValue:
    """How far a job is. Looks again every few seconds, unless the reader wants it to stay still."""
    found = queries.line_of(work, queries.visible(work, job))
    looks = not job.is_over and "still" not in request.args and work.now - job.created_at < _LOOKS_FOR
    answer = page("jobs/show.html", **_facts(work, job), started_by=found.started_by, looks=looks, every=_LOOKS_EVERY)
    if looks:
        answer.headers["Refresh"] = str(_LOOKS_EVERY)
    return answer


@bp.get("/jobs/<uuid:job_id>/file")
@allow(Action.JOB_VIEW, job=Job)
def file(work: Work, job: Job) -> ResponseReturnValue:
    """The file a job made."""
    queries.visible(work, job)
    if not job.file_name:
        raise NotFound(Job.__name__)
    answer = Response(_parts(job.id), content_type=job.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=job.file_name)
    return answer


def _facts(work: Work, job: Job) -> dict[str, object]:
    endpoint, words = WAYS_BACK[job.kind]
    return {
        "job": job,
        "heading": TITLES[job.kind],
        "phase": PHASES[job.phase],
        "result": RESULTS[job.kind],
        "worker_away": work.now - job.created_at > _WORKER_IS_AWAY_AFTER,
        "back": (words, url_for(endpoint)),
    }


def _parts(job_id: UUID) -> Iterator[bytes]:
    """The file a piece at a time, each in a session of its own: the page's is closed by then."""
    sessions = portal().sessions

    def read() -> Iterator[bytes]:
        with sessions() as session:
            yield from queries.pieces(session, job_id, Slot.MADE)

    return read()
