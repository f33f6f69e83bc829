"""Sending a message, answering one from the queue, keeping a private note. Knows nothing of pages or forms."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, bindparam, or_, select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.audit.models import ReadMark
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem, ReviewKind, TeamMember
from portal.i18n import _l
from portal.messages.models import Message, Side, StaffNote, Thread, worded
from portal.outbox.notices import Notice
from portal.roles import STAFF_ROLES, Power, Role
from portal.work import Refused, Work


class AnsweredAlready(Refused):
    """Another member of staff was quicker."""

    field = "body"
    says = _l("Somebody has answered this already. Read their answer before you write.")


class CannotReadNow(Refused):
    """The supporter's access is paused, over, or no longer includes messages."""

    field = "body"
    says = _l("This supporter cannot read messages at the moment, so nothing was sent.")


def send(work: Work, case: Case, body: str) -> Message:
    """Write into the client's thread, as the client or as staff; each side is told that something waits.

    Raises:
        NothingWritten, TooLong: the words cannot be sent.
    """
    work.require(Action.MESSAGE_SEND, case)
    thread, staff = _thread_of(work, case, None)
    before, role = thread.last_side, _role(work, case)
    message = _add(work, thread, role, body)
    if role is Role.CLIENT:
        work.ask(case, ReviewKind.MESSAGE, thread)
        _notify(work, _told(work, case, staff))
    else:
        _answer_open(work, case, thread)
        _notify(work, [case.client_id])
    if before is not None and before is not Side.of(role):
        case.last_contact_at = work.now  # both sides have spoken (DOMAIN 3, contact_gap)
    return message


def send_as_supporter(work: Work, case: Case, body: str) -> Message:
    """Write to staff as a supporter, in a thread of their own that the client can read.

    Raises:
        NothingWritten, TooLong: the words cannot be sent.
    """
    work.require(Action.SUPPORTER_MESSAGE, case)
    thread, staff = _thread_of(work, case, work.actor.id)
    message = _add(work, thread, Role.SUPPORTER, body)
    work.ask(case, ReviewKind.MESSAGE, thread)
    _notify(work, _told(work, case, staff))
    return message


def reply_to_supporter(work: Work, thread: Thread, body: str) -> Message:
    """Answer a supporter, as staff. The client can read it too.

    Raises:
        CannotReadNow: the supporter's access does not reach it today.
        NothingWritten, TooLong: the words cannot be sent.
    """
    case = work.get(Case, thread.case_id)
    work.require(Action.SUPPORTER_REPLY, case)
    assert thread.supporter_id is not None, "the client's own thread is answered by send()"
    if not _may_read(work, case, thread.supporter_id):
        raise CannotReadNow
    message = _add(work, thread, _role(work, case), body)
    _answer_open(work, case, thread)
    _notify(work, [thread.supporter_id])
    return message


def reply_from_queue(work: Work, case: Case, item: ReviewItem, body: str) -> Message:
    """Answer the messages behind an item of the review queue, in the thread they stand in.

    Raises:
        AnsweredAlready: somebody else did.
        CannotReadNow: it is a supporter's, who cannot read the answer today.
        NothingWritten, TooLong: the words cannot be sent.
    """
    if item.answered_at is not None:
        raise AnsweredAlready
    thread = work.get(Thread, item.subject_id)
    return send(work, case, body) if thread.supporter_id is None else reply_to_supporter(work, thread, body)


def keep_note(work: Work, case: Case, body: str) -> StaffNote:
    """Keep a private note for staff. Nobody is told, and nothing is sent.

    Raises:
        NothingWritten, TooLong: the words cannot be kept.
    """
    work.require(Action.NOTE_WRITE, case)
    note = StaffNote(id=uuid4(), case_id=case.id, author_id=work.actor.id, body=worded(body), written_at=work.now)
    work.session.add(note)
    work.record(Event.NOTE_WRITTEN, note)
    return note


@cache
def _thread_and_staff(*, of_supporter: bool) -> Select[Any]:
    """A thread, and who works on its case: a row for each of them, and one row if there is nobody."""
    whose = Thread.supporter_id == bindparam("supporter") if of_supporter else Thread.supporter_id.is_(None)
    works = and_(CaseMember.case_id == Case.id, CaseMember.role.in_(STAFF_ROLES), CaseMember.ended_at.is_(None))
    found = (
        select(Thread, CaseMember.person_id)
        .select_from(Case)
        .outerjoin(Thread, and_(Thread.case_id == Case.id, whose))
        .outerjoin(CaseMember, works)
        .where(Case.id == bindparam("case"))
        .order_by(CaseMember.person_id)
    )
    return cast(Select[Any], found)


def _thread_of(work: Work, case: Case, supporter_id: UUID | None) -> tuple[Thread, list[UUID]]:
    """The client's thread or a supporter's, begun if there is none, and who works on the case. One query."""
    wanted = _thread_and_staff(of_supporter=supporter_id is not None)
    rows = work.session.execute(wanted, {"case": case.id, "supporter": supporter_id}).all()
    thread: Thread | None = rows[0][0] if rows else None
    if thread is None:
        thread = Thread.started(case.id, supporter_id, work.now)
        work.session.add(thread)
    return thread, [person_id for _thread, person_id in rows if person_id is not None]


def _role(work: Work, case: Case) -> Role:
    standing = work.standing(case)
    assert standing is not None, "the policy has just let them"
    return standing.role


def _add(work: Work, thread: Thread, role: Role, body: str) -> Message:
    message = thread.add(work.actor.id, role, body, work.now)
    work.session.add(message)
    work.record(Event.MESSAGE_SENT, message, by=Side.of(role).value)
    return message


def _answer_open(work: Work, case: Case, thread: Thread) -> None:
    """A reply answers everything that was waiting in its thread."""
    wanted = select(ReviewItem).where(
        ReviewItem.case_id == case.id,
        ReviewItem.kind == ReviewKind.MESSAGE,
        ReviewItem.subject_id == thread.id,
        ReviewItem.answered_at.is_(None),
    )
    for item in work.session.scalars(wanted.order_by(ReviewItem.asked_at, ReviewItem.id)).all():
        work.answered(case, item, ReviewAnswer.REPLIED)


def _told(work: Work, case: Case, staff: Iterable[UUID]) -> list[UUID]:
    """Who is told of a message: those who work on the case, and their whole team where the team shares its inbox."""
    found = set(staff)
    if case.team_id is not None and (case.profile.team_inbox or not found):
        found |= set(work.session.scalars(select(TeamMember.person_id).where(TeamMember.team_id == case.team_id)))
    return sorted(found)


def _notify(work: Work, people: Iterable[UUID]) -> None:
    for person_id in people:
        work.send(Notice.NEW_MESSAGE, to=person_id)


def _may_read(work: Work, case: Case, supporter_id: UUID) -> bool:
    wanted = select(CaseMember).where(
        CaseMember.case_id == case.id,
        CaseMember.person_id == supporter_id,
        CaseMember.role == Role.SUPPORTER,
        or_(CaseMember.ends_on.is_(None), CaseMember.ends_on >= work.today),
    )
    members = work.session.scalars(wanted.order_by(CaseMember.started_at, CaseMember.id)).all()
    return any(member.is_live(work.today) and Power.MESSAGE_WORKER in member.powers for member in members)


def note_reading(work: Work, thread: Thread) -> None:
    """Remember that the reader has seen this thread's last word. A record of looking: a page may do it as it shows."""
    wanted = select(ReadMark).where(ReadMark.subject_id == thread.id, ReadMark.person_id == work.actor.id)
    mark = work.session.scalars(wanted).first()
    if mark is None:
        mark = ReadMark(case_id=thread.case_id, person_id=work.actor.id, subject_id=thread.id)
        work.session.add(mark)
    # Not the time of looking: a message that was on its way meanwhile has not been seen.
    mark.read_at = thread.last_at or work.now
