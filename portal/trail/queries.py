"""The record of one case, newest first, a page at a time by its key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.audit.events import Event
from portal.audit.models import AuditEntry
from portal.cases.models import Case, Person
from portal.trail.words import says
from portal.work import NotFound, Work

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record. Without a name it was the portal itself, or somebody it no longer knows."""

    id: UUID
    at: datetime
    who: str
    role: str
    mine: bool
    what: str


def entries(
    work: Work, case: Case, before: UUID | None = None, *, looks_only: bool = False
) -> tuple[Sequence[Entry], UUID | None]:
    """The newest entries, or the newest before one of them, and the entry to ask for older ones by.

    Args:
        work: as the client.
        case: theirs.
        before: the oldest entry of the page before.
        looks_only: leave out what was done, keep who looked.

    Raises:
        NotFound: `before` is no entry of this case.
    """
    wanted = (
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.actor_id,
            AuditEntry.role,
            AuditEntry.event,
            AuditEntry.subject,
            AuditEntry.facts,
            Person.name,
        )
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.case_id == case.id)
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE + 1)
    )
    if looks_only:
        wanted = wanted.where(AuditEntry.event == Event.CASE_OPENED)
    if before is not None:
        edge = work.get(AuditEntry, before)
        if edge.case_id != case.id:
            raise NotFound(AuditEntry.__name__)
        wanted = wanted.where(AuditEntry.seq < edge.seq)
    rows = work.session.execute(wanted).all()
    me = work.actor.person_id
    found = [
        Entry(id_, at, name or "", role, actor_id is not None and actor_id == me, says(event, subject, facts))
        for id_, at, actor_id, role, event, subject, facts, name in rows[:PAGE]
    ]
    return found, found[-1].id if len(rows) > PAGE else None
