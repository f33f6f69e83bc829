"""One unit of work: a session, whose eyes it sees through, the time, and the record it leaves. Commits once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, event, func, select
from sqlalchemy.exc import InvalidRequestError, OperationalError
from sqlalchemy.orm import ORMExecuteState, UOWTransaction

from portal import clock
from portal.access.actions import Action
from portal.access.actor import Actor, Standing, Subject
from portal.access.policy import can
from portal.access.scope import BEFORE_SCOPE, Scope
from portal.access.standings import standing_in
from portal.audit import chain
from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead, ReadMark, SystemEntry
from portal.cases.models import Case, CaseBound, ReviewAnswer, ReviewItem, ReviewKind
from portal.db import Base, PortalSession
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice

Row = TypeVar("Row", bound=Base)
#: A reader's look at one page of one case is remembered once in this time (ARCHITECTURE, recording reads).
READ_WINDOW = timedelta(minutes=15)


#: The execution option of the one statement a page may make that is only looked at: leaving ends the session.
LEAVING = "portal_leaving"


class NotFound(LookupError):
    """No such row, or not one this actor may know about. We never say which."""


class NotAllowed(PermissionError):
    """The actor may know the row exists but may not do this with it."""

    def __init__(self, action: Action, case_id: UUID | None) -> None:
        super().__init__(action)
        self.action, self.case_id = action, case_id


class Refused(Exception):
    """A kind sentence for the person who asked for something the rules do not allow. `field` says where it shows."""

    field: str = ""
    says: Any = ""

    def __init__(self, says: Any = None, field: str | None = None) -> None:
        super().__init__(type(self).__name__)
        if says is not None:
            self.says = says
        if field is not None:
            self.field = field


class WriteOnRead(RuntimeError):
    """A page that only shows things tried to change something."""


class Unrecorded(RuntimeError):
    """Case-bound rows changed without an audit entry."""


#: Asked on many pages, so built once: making a statement costs as much as running it.
_WAITS = select(ReviewItem).where(
    ReviewItem.case_id == bindparam("case"),
    ReviewItem.kind == bindparam("kind"),
    ReviewItem.subject_id == bindparam("subject"),
    ReviewItem.answered_at.is_(None),
)
_READ = select(AuditEntry.case_id).where(
    AuditEntry.case_id.in_(bindparam("cases", expanding=True)),
    AuditEntry.actor_id == bindparam("me"),
    AuditEntry.event == Event.CASE_OPENED,
    AuditEntry.at > bindparam("since"),
    AuditEntry.subject == bindparam("page"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a query or a command is given: everything it may touch, and the time it happens at."""

    session: PortalSession
    actor: Actor
    now: datetime
    zone: str = "UTC"
    _facts: list[chain.Fact] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is where the organisation is."""
        return clock.local_date(self.now, self.zone)

    def get(self, model: type[Row], id_: UUID) -> Row:
        """The row with this id, if the actor may see it.

        Raises:
            NotFound: there is none, or it is outside the actor's scope.
        """
        found = self.session.get(model, id_)
        if found is None:
            raise NotFound(model.__name__)
        return found

    def hold(self, row: Row) -> Row:
        """The row as it stands at this moment. Nobody else changes it until this work is over.

        Before a change that goes by what stood there: of two people who write at once, the second waits for the first
        and then sees what they wrote. (SQLite has one writer at a time anyhow.)
        """
        try:
            self.session.refresh(row, with_for_update={"of": type(row)})
        except InvalidRequestError:
            raise NotFound(type(row).__name__) from None
        return row

    def standing(self, subject: Subject) -> Standing | None:
        """How the actor stands to the subject's case, looked up if need be."""
        known = self.actor.standing(subject)
        return known or standing_in(self.session, self.actor, subject.case_id, self.today)

    def allows(self, action: Action, subject: Subject | None = None) -> bool:
        """Whether the policy lets the actor do this."""
        return can(self.actor, action, subject)

    def require(self, action: Action, subject: Subject | None = None) -> None:
        """Go on only if the policy lets the actor do this.

        Raises:
            NotAllowed: it does not.
        """
        if not self.allows(action, subject):
            raise NotAllowed(action, subject.case_id if subject else None)

    def record(self, what: Event, subject: CaseBound | Case | Base | None = None, **facts: Any) -> None:
        """Remember that this happened, in this transaction. Facts are states and kinds, never what somebody wrote."""
        case_id = getattr(subject, "case_id", None)
        standing = self.actor.standings.get(case_id) if case_id else None
        self.session.info["recorded"] = True
        self._facts.append(
            chain.Fact(
                case_id=case_id,
                at=self.now,
                actor_id=self.actor.person_id,
                role=standing.role.value if standing else ("" if self.actor.is_signed_in else "system"),
                event=what,
                subject=f"{type(subject).__name__}:{getattr(subject, 'id', '')}" if subject is not None else "",
                facts=dict(facts),
            )
        )

    def record_read(self, subject: CaseBound | Case, page: str) -> None:
        """Remember that somebody looked, once per reader, case and page in a quarter of an hour."""
        standing = self.actor.standing(subject)
        self.record_reads({subject.case_id: standing.role.value if standing else ""}, page)

    def record_reads(self, roles: Mapping[UUID, str], page: str) -> None:
        """The same for a page that shows what people wrote in several cases. One query, however many.

        Args:
            roles: by case, the role the reader looks in.
            page: which page.
        """
        read = {"cases": list(roles), "me": self.actor.person_id, "since": self.now - READ_WINDOW, "page": page}
        seen = self.session.execute(_READ, read, execution_options={BEFORE_SCOPE: True}).scalars() if roles else ()
        known = set(seen)
        for case_id in sorted(roles.keys() - known):
            at, who, role = self.now, self.actor.person_id, roles[case_id]
            self._facts.append(chain.Fact(case_id, at, who, role, Event.CASE_OPENED, page, {}))

    def send(self, notice: Notice, to: UUID, *, secret: str = "", contact_point_id: UUID | None = None,
             lasts: timedelta | None = None, address: str | None = None) -> None:  # fmt: skip
        """Put a message for a person in the outbox; it leaves only if this work commits, and only by a safe channel.

        With an `address` it goes to that mailbox outside instead, and `to` is whoever writes.
        """
        self.session.add(
            OutboxMessage(
                person_id=to,
                contact_point_id=contact_point_id,
                address=address,
                notice=notice,
                secret=secret,
                created_at=self.now,
                due_at=self.now,
                expires_at=self.now + lasts if lasts else None,
            )
        )

    def ask(self, case: Case, kind: ReviewKind, subject: CaseBound) -> ReviewItem:
        """Put something from the client (or a supporter) in the review queue. A second word on it joins the first."""
        subject_id: UUID = subject.id  # type: ignore[attr-defined]  # every bound row has an id
        asked = {"case": case.id, "kind": kind, "subject": subject_id}
        found = self.session.execute(_WAITS, asked, execution_options={BEFORE_SCOPE: True}).scalars().first()
        if found is not None:
            return found
        item = ReviewItem(
            case_id=case.id,
            kind=kind,
            subject_id=subject_id,
            asked_by_id=self.actor.id,
            asked_at=self.now,
        )
        self.session.add(item)
        case.waiting_since = min(case.waiting_since or self.now, self.now)
        return item

    def answered(self, case: Case, item: ReviewItem, answer: ReviewAnswer, text: str = "") -> None:
        """Note staff's answer, and how long the client still waits for the next."""
        item.answer, item.answer_text = answer, text
        item.answered_by_id, item.answered_at = self.actor.id, self.now
        self.session.flush()  # the next query must not count this item any more
        still = select(func.min(ReviewItem.asked_at)).where(
            ReviewItem.case_id == case.id, ReviewItem.answered_at.is_(None)
        )
        case.waiting_since = self.session.scalar(still)

    def narrowed(self, case_id: UUID, standing: Standing) -> "Work":
        """The same work, from here on seeing this one case only."""
        actor = self.actor.at(case_id, standing)
        self.session.info["scope"] = Scope.one_case(actor, self.today, case_id, standing)
        return Work(self.session, actor, self.now, self.zone, self._facts)

    def keep_refusal(self) -> None:
        """Commit what this work did even though its answer will be a refusal: a counted wrong code, for one."""
        self.session.info["keep"] = True

    def opens(self, case: Case) -> "Work":
        """The same work, allowed to write into a case it has just created."""
        self.session.info.setdefault("opened", set()).add(case.id)
        return self


_AUDIT = (AuditEntry, SystemEntry, AuditHead, ReadMark)


@event.listens_for(PortalSession, "before_flush")
def _watch(session: PortalSession, _context: UOWTransaction, _objects: object) -> None:
    changed = [
        row
        for row in (*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row)))
        if not isinstance(row, _AUDIT)
    ]
    if changed and session.info.get("read_only"):
        raise WriteOnRead(", ".join(sorted({type(row).__name__ for row in changed})))
    if any(isinstance(row, CaseBound | Case) for row in changed):
        session.info["changed"] = True


@event.listens_for(PortalSession, "do_orm_execute")
def _watch_statements(state: ORMExecuteState) -> None:
    """Statements that change many rows at once pass by the flush; they are held to the same rules."""
    if not (state.is_insert or state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    model, info = state.bind_mapper.class_, state.session.info
    if issubclass(model, _AUDIT):
        return
    if info.get("read_only") and not state.execution_options.get(LEAVING):
        raise WriteOnRead(model.__name__)
    if issubclass(model, CaseBound | Case):
        info["changed"] = True


@contextmanager
def unit_of_work(
    session: PortalSession,
    actor: Actor,
    *,
    read_only: bool = False,
    write_lock: bool | None = None,
    scope: Scope | None = None,
    zone: str = "UTC",
    info: Mapping[str, Any] | None = None,
) -> Iterator[Work]:
    """Do one thing, and commit once at the end or not at all.

    Args:
        session: a session with no transaction open.
        actor: who asks.
        read_only: refuse every change but the audit's.
        write_lock: on SQLite, take the write lock at the start; by default when it is not read-only.
        scope: what may be seen; by default what the actor may see today.
        zone: the organisation's time zone, by which days begin.
        info: more for the session's own notes.

    Raises:
        WriteOnRead: a read-only work changed something.
        Unrecorded: rows of a case changed and nothing was recorded.
    """
    now = clock.now()
    session.info.clear()
    session.info.update(
        scope=scope or Scope.of(actor, clock.local_date(now, zone)), read_only=read_only, **(info or {})
    )
    work = Work(session, actor, now, zone)
    try:
        session.begin_work(write=not read_only if write_lock is None else write_lock)
        yield work
        _keep(work)
    except BaseException:
        session.rollback()
        raise


def save_so_far(work: Work, *, pause: Callable[[], object], tries: int = 30) -> None:
    """Commit what is done and go on: for long work in a process of its own, never for a page.

    Args:
        work: a writing one. Its caller can be killed after this and begun anew without harm.
        pause: called while no transaction is open, so that others can write.
        tries: how often to ask a database that is busy with somebody else; SQLite waits two seconds each time.
    """
    _keep(work)
    work._facts.clear()
    pause()
    for left in reversed(range(tries)):
        try:
            work.session.begin_work(write=True)
        except OperationalError:
            work.session.rollback()
            if left == 0:
                raise
        else:
            return


def _keep(work: Work) -> None:
    session = work.session
    session.flush()  # so that every change has been watched before the record is checked
    if session.info.get("changed") and not session.info.get("recorded"):
        raise Unrecorded("rows of a case changed and nobody called work.record()")
    if work._facts:
        chain.append(session, work._facts)
    session.commit()
