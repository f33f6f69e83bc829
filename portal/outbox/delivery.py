"""Sending what waits: claim it, send it outside any transaction, then write down how it went.

A message is claimed for five minutes. If the worker dies in between, another claims it after that, so what was sent but
not yet written down is sent again: at least once, never never. What was written down is not sent a second time, and
each try carries the same key for a receiver that wants to know. portal.worker opens the units of work.

Whether a place is safe is read at the moment of claiming, not when the message was made (SECURITY 8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal import clock, i18n
from portal.cases.models import Case, CaseMember, ContactKind, ContactPoint, Person
from portal.db import PortalSession
from portal.outbox.models import Delivery, OutboxMessage, State
from portal.outbox.notices import Notice, text_of
from portal.outbox.transports import Letter, NotSent, Transport
from portal.roles import Role
from portal.settings import Settings

#: How long a claimed message is left alone. Longer than any transport waits.
CLAIMED_FOR = timedelta(minutes=5)
#: How long after each failed try the next one comes; after the last there is none.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
#: News waits for the morning; what somebody asked for a moment ago does not.
MORNING, EVENING = time(8), time(20)
_AT_ONCE = frozenset({Notice.CODE, Notice.INVITED, Notice.STAFF_WELCOME, Notice.KEPT_FOR_YOU})
#: That something waits. It does so only for somebody who may look.
_NEWS = frozenset({Notice.NEW_MESSAGE, Notice.SOMETHING_NEW})
#: These go to the one place they were asked for, and nowhere else.
_TO_ONE_PLACE = frozenset({Notice.CODE})
#: The one kind that leaves for a mailbox outside; no other is ever sent to one.
_OUTSIDE = frozenset({Notice.FOR_A_PLACE})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message with the letters still to be sent."""

    message_id: UUID
    letters: Sequence[tuple[ContactKind, Letter]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one letter fared. No problem means that it left."""

    channel: ContactKind
    letter: Letter
    problem: NotSent | None


def claim(session: PortalSession, settings: Settings, kinds: frozenset[ContactKind], now: datetime) -> Parcel | None:
    """Take the message that has been due longest. One that is not to be sent is settled at once.

    Args:
        session: sees every case; its caller commits.
        settings: for the portal's address, zone and languages.
        kinds: the kinds of place there is a way to.
        now: the time.

    Returns:
        what to send; with no letters when there was nothing to send after all; None when nothing is due.
    """
    wanted = (
        select(OutboxMessage)
        .where(OutboxMessage.state == State.WAITING, OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = session.scalars(wanted).first()
    if message is None:
        return None
    if message.expires_at is not None and message.expires_at <= now:
        return _settled(message, State.FAILED, "expired")
    if message.notice in _NEWS and _sees_nothing(session, message.person_id, clock.local_date(now, settings.zone)):
        return _settled(message, State.KEPT_BACK, "no access")
    person = session.get_one(Person, message.person_id)
    morning = _morning(now, person.zone or settings.zone)
    if morning is not None and message.notice not in _AT_ONCE and not settings.demo:
        message.due_at = morning
        return Parcel(message.id, ())
    reached = {(done.channel, done.address) for done in _deliveries(session, message.id)}
    places = [place for place in _safe_places(session, message, kinds) if place not in reached]
    if not places:
        return _settled(message, State.SENT if reached else State.KEPT_BACK, "" if reached else "no safe place")
    message.attempts += 1
    message.due_at = now + CLAIMED_FOR
    return Parcel(message.id, _letters(message, person, settings, places))


def _settled(message: OutboxMessage, state: State, problem: str) -> Parcel:
    message.state, message.problem, message.secret = state, problem, ""
    return Parcel(message.id, ())


def _sees_nothing(session: PortalSession, person_id: UUID, today: date) -> bool:
    """Whether this is a supporter whose every grant is over: a notice from before that stays here (SECURITY 4, D7)."""
    wanted = select(CaseMember, Case.closed_on).join(Case, Case.id == CaseMember.case_id)
    held = session.execute(wanted.where(CaseMember.person_id == person_id).order_by(CaseMember.id)).all()
    return bool(held) and all(
        member.role is Role.SUPPORTER and (closed_on is not None or not member.is_live(today))
        for member, closed_on in held
    )


def _morning(now: datetime, zone: str) -> datetime | None:
    """When the next morning begins there, if it is night now."""
    local = now.astimezone(ZoneInfo(zone))
    if MORNING <= local.time() < EVENING:
        return None
    day = local.date() + timedelta(days=1 if local.time() >= EVENING else 0)
    return datetime.combine(day, MORNING, ZoneInfo(zone))


def _safe_places(
    session: PortalSession, message: OutboxMessage, kinds: frozenset[ContactKind]
) -> list[tuple[ContactKind, str]]:
    if message.notice in _OUTSIDE:
        known = message.address is not None and ContactKind.EMAIL in kinds
        return [(ContactKind.EMAIL, message.address)] if known and message.address else []
    wanted = select(ContactPoint).where(ContactPoint.person_id == message.person_id, ContactPoint.safe)
    if message.contact_point_id is not None or message.notice in _TO_ONE_PLACE:
        wanted = wanted.where(ContactPoint.id == message.contact_point_id)
    found = session.scalars(wanted.order_by(ContactPoint.created_at, ContactPoint.id))
    return [(place.kind, place.value) for place in found if place.kind in kinds]


def _deliveries(session: PortalSession, message_id: UUID) -> Sequence[Delivery]:
    return session.scalars(select(Delivery).where(Delivery.message_id == message_id).order_by(Delivery.id)).all()


def _letters(
    message: OutboxMessage, person: Person, settings: Settings, places: Sequence[tuple[ContactKind, str]]
) -> list[tuple[ContactKind, Letter]]:
    language = person.language if person.language in settings.languages else settings.languages[0]
    with i18n.speaking(language, person.zone or settings.zone):
        text = text_of(message.notice, settings.origin, message.secret)
    return [(kind, Letter(f"{message.id.hex}.{kind.value}", address, text, language)) for kind, address in places]


def send(parcel: Parcel, transports: Mapping[ContactKind, Transport]) -> list[Outcome]:
    """Send the letters. Talks to other machines, so never inside a transaction."""
    return [Outcome(channel, letter, _problem(transports[channel], letter)) for channel, letter in parcel.letters]


def _problem(transport: Transport, letter: Letter) -> NotSent | None:
    try:
        transport.send(letter)
    except NotSent as problem:
        return problem
    except Exception as problem:
        # A transport that breaks in its own way must not stop the worker; the kind is enough to find it by.
        return NotSent(type(problem).__name__)
    return None


def settle(
    session: PortalSession, settings: Settings, parcel: Parcel, outcomes: Sequence[Outcome], now: datetime
) -> OutboxMessage:
    """Write down how it went, and when to try again. What a letter said is kept in the demo only.

    Returns:
        the message, in its new state.
    """
    message = session.get_one(OutboxMessage, parcel.message_id)
    for outcome in outcomes:
        if outcome.problem is None:
            session.add(_delivery(message, outcome, now, keep_text=settings.demo))
    problems = [outcome.problem for outcome in outcomes if outcome.problem is not None]
    message.problem = ", ".join(sorted({problem.reason for problem in problems}))
    again = [problem for problem in problems if not problem.is_final]
    if again and message.attempts <= len(WAITS):
        message.due_at = now + WAITS[message.attempts - 1]
        return message
    session.flush()  # so that this try's deliveries are counted, too
    if not problems or _deliveries(session, message.id):
        message.state, message.sent_at = State.SENT, now
    else:
        message.state = State.FAILED
    message.secret = ""
    return message


def _delivery(message: OutboxMessage, outcome: Outcome, now: datetime, *, keep_text: bool) -> Delivery:
    text = outcome.letter.text
    return Delivery(
        message_id=message.id,
        channel=outcome.channel,
        address=outcome.letter.address,
        subject=text.subject if keep_text else "",
        body=text.body if keep_text else "",
        at=now,
    )
