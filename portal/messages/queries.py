"""What the pages of messages show. A page of a thread costs the same with fifty messages as with five hundred."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal import clock
from portal.audit.models import ReadMark
from portal.cases.models import Case, Person, ReviewItem, ReviewKind
from portal.db import Moment
from portal.messages.models import Message, Side, StaffNote, Thread
from portal.roles import STAFF_ROLES, Role
from portal.work import NotFound, Work

#: How many messages or notes one page shows.
PAGE = 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """One message as its reader sees it."""

    id: UUID
    author: str
    role: Role
    body: str
    sent_at: datetime
    mine: bool
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """One thread, and how far its reader and the other side have read it. The thread is None before its first word."""

    thread: Thread | None
    supporter: str
    read_at: datetime | None
    staff_read_at: datetime | None

    @property
    def to_read(self) -> bool:
        """Whether the last word came after the reader's last look."""
        last = self.thread.last_at if self.thread else None
        return last is not None and (self.read_at is None or last > self.read_at)

    @property
    def by_staff(self) -> bool:
        """Whether staff spoke last."""
        return self.thread is not None and self.thread.last_side is Side.STAFF


NO_CONVERSATION = Conversation(None, "", None, None)


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some messages of one thread, oldest first."""

    lines: Sequence[Line]
    #: The oldest message shown, when there are older ones: the address of the page before names it.
    older_than: UUID | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the home page says about the client's thread: never what anybody wrote."""

    unread: int = 0
    last_author: str = ""
    last_mine: bool = False
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One private note."""

    id: UUID
    author: str
    body: str
    written_at: datetime


#: These statements are built once, for pages that are read often: making one costs as much as running it.
_MY_MARK = (
    select(ReadMark.read_at)
    .where(ReadMark.subject_id == Thread.id, ReadMark.person_id == bindparam("me"))
    .correlate(Thread)
    .scalar_subquery()
)
_STAFF_MARK = (
    select(func.max(ReadMark.read_at))
    .where(
        ReadMark.subject_id == Thread.id,
        ReadMark.person_id != bindparam("client"),
        ReadMark.person_id != bindparam("me"),
    )
    .correlate(Thread)
    .scalar_subquery()
)
_CONVERSATIONS = (
    select(Thread, Person.name, _MY_MARK, _STAFF_MARK)
    .outerjoin(Person, Person.id == Thread.supporter_id)
    .where(Thread.case_id == bindparam("case"))
    .order_by(Thread.supporter_id.is_not(None), Thread.started_at, Thread.id)
)


def conversations(work: Work, case: Case) -> list[Conversation]:
    """Every thread of the case that this reader may see, the client's own first."""
    values = {"case": case.id, "client": case.client_id, "me": work.actor.id}
    return [Conversation(*row) for row in work.session.execute(_CONVERSATIONS, values)]


def client_conversation(found: Sequence[Conversation]) -> Conversation:
    """The client's own among them, or one with nothing in it."""
    own = (talk for talk in found if talk.thread is not None and talk.thread.supporter_id is None)
    return next(own, NO_CONVERSATION)


def conversation_of(found: Sequence[Conversation], thread: Thread) -> Conversation:
    """The conversation in this thread.

    Raises:
        NotFound: it is not among them.
    """
    for talk in found:
        if talk.thread is not None and talk.thread.id == thread.id:
            return talk
    raise NotFound(Thread.__name__)


_NEWEST = (
    select(Message.id, Message.author_id, Person.name, Message.role, Message.body, Message.sent_at)
    .outerjoin(Person, Person.id == Message.author_id)
    .where(Message.thread_id == bindparam("thread"))
    .order_by(Message.sent_at.desc(), Message.id.desc())
    .limit(PAGE + 1)
)


def page_of(work: Work, case: Case, talk: Conversation, before: UUID | None = None) -> ThreadPage:
    """The newest messages of a thread, or the newest before one of them.

    Raises:
        NotFound: `before` is no message of this thread.
    """
    if talk.thread is None:
        return ThreadPage([], None)
    wanted = _NEWEST
    if before is not None:
        edge = work.get(Message, before)
        if edge.thread_id != talk.thread.id:
            raise NotFound(Message.__name__)
        earlier = and_(Message.sent_at == edge.sent_at, Message.id < edge.id)
        wanted = wanted.where(or_(Message.sent_at < edge.sent_at, earlier))
    rows = work.session.execute(wanted, {"thread": talk.thread.id}).all()
    me, for_staff = work.actor.person_id, _is_staff(work, case)
    since = _new_since(work, case, talk, for_staff=for_staff)
    lines = []
    for id_, author_id, name, role, body, at in reversed(rows[:PAGE]):
        mine = author_id == me
        new = since is not None and at > since and not mine and (role in STAFF_ROLES) != for_staff
        lines.append(Line(id_, name or "", role, body, at, mine, new))
    return ThreadPage(lines, lines[0].id if len(rows) > PAGE else None)


def _is_staff(work: Work, case: Case) -> bool:
    standing = work.standing(case)
    return standing is not None and standing.is_staff


def _new_since(work: Work, case: Case, talk: Conversation, *, for_staff: bool) -> datetime | None:
    """After when a message of the other side is new: unread for a client or supporter, unanswered for staff."""
    if not for_staff:
        return talk.read_at or _NEVER
    assert talk.thread is not None, "an empty thread has no lines to ask about"
    wanted = select(func.min(ReviewItem.asked_at)).where(
        ReviewItem.case_id == case.id,
        ReviewItem.kind == ReviewKind.MESSAGE,
        ReviewItem.subject_id == talk.thread.id,
        ReviewItem.answered_at.is_(None),
    )
    first = work.session.scalar(wanted)
    return first - timedelta(microseconds=1) if first else None  # that first message is one of them


_UNREAD = (
    select(func.count(Message.id))
    .where(
        Message.thread_id == Thread.id,
        Message.role.in_(STAFF_ROLES),
        Message.sent_at > func.coalesce(_MY_MARK, literal(_NEVER, Moment())),
    )
    .correlate(Thread)
    .scalar_subquery()
)
_SUMMARY = (
    select(_UNREAD, Person.name, Thread.last_author_id, Thread.last_at)
    .select_from(Thread)
    .outerjoin(Person, Person.id == Thread.last_author_id)
    .where(Thread.case_id == bindparam("case"), Thread.supporter_id.is_(None))
)


def summary(work: Work, case: Case) -> Summary:
    """How many messages wait for the client, and who wrote last. One query."""
    found = work.session.execute(_SUMMARY, {"case": case.id, "me": work.actor.id}).first()
    if found is None:
        return Summary()
    count, author, author_id, last_at = found
    return Summary(count, author or "", author_id == work.actor.person_id, last_at)


def unread_count(work: Work, case: Case) -> int:
    """How many messages from staff the client has not seen."""
    return summary(work, case).unread


def waiting(work: Work, items: Collection[UUID]) -> dict[UUID, list[Line]]:
    """The messages behind open items of the review queue, by the item's id, oldest first. One query for all of them.

    Args:
        work: as staff.
        items: the ids of open items of the kind MESSAGE, of any cases; of each thread at most the newest `PAGE` are
            given.
    """
    if not items:
        return {}
    item = aliased(ReviewItem)
    rank = func.row_number().over(partition_by=item.id, order_by=(Message.sent_at.desc(), Message.id.desc()))
    ranked = (
        select(item.id.label("item_id"), Message.id.label("message_id"), rank.label("rank"))
        .join(Message, and_(Message.thread_id == item.subject_id, Message.sent_at >= item.asked_at))
        .where(item.id.in_(items), Message.role.not_in(STAFF_ROLES))
        .subquery()
    )
    wanted = (
        select(ranked.c.item_id, Message, Person.name)
        .join(Message, Message.id == ranked.c.message_id)
        .outerjoin(Person, Person.id == Message.author_id)
        .where(ranked.c.rank <= PAGE)
        .order_by(Message.sent_at, Message.id)
    )
    found: dict[UUID, list[Line]] = {item_id: [] for item_id in items}
    for item_id, message, name in work.session.execute(wanted):
        found[item_id].append(Line(message.id, name or "", message.role, message.body, message.sent_at, mine=False))
    return found


def notes(work: Work, case: Case, before: UUID | None = None) -> tuple[Sequence[Note], UUID | None]:
    """The newest private notes, newest first, and the note to ask for older ones by.

    Raises:
        NotFound: `before` is no note of this case.
    """
    wanted = (
        select(StaffNote.id, Person.name, StaffNote.body, StaffNote.written_at)
        .outerjoin(Person, Person.id == StaffNote.author_id)
        .where(StaffNote.case_id == case.id)
        .order_by(StaffNote.written_at.desc(), StaffNote.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        edge = work.get(StaffNote, before)
        earlier = and_(StaffNote.written_at == edge.written_at, StaffNote.id < edge.id)
        wanted = wanted.where(or_(StaffNote.written_at < edge.written_at, earlier))
    rows = work.session.execute(wanted).all()
    found = [Note(id_, author or "", body, at) for id_, author, body, at in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


def answer_by(work: Work, case: Case) -> date:
    """The day by which this model of practice promises an answer to a message sent now."""
    return clock.working_days_after(work.today, case.profile.reply_working_days)
