"""Warm hand-over: staff tell a place what the client's release allows; the place answers by a link, without account.

Whoever holds the link stands nowhere in the case. The second half of this module is the one part of referrals that
looks beyond its reader's scope: by the link alone, at one referral, and only while the release behind it is live.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.access.scope import Scope
from portal.audit.events import Event
from portal.cases.models import Case, ReviewItem, ReviewKind
from portal.cases.releases import Release
from portal.cases.sharing import Shared
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.referrals.commands.news import answer_reports, notify_client, open_reports, tell
from portal.referrals.consent import live_release
from portal.referrals.models import (
    ANSWERABLE,
    LINK_LASTS,
    Handover,
    LinkOver,
    NeedsDate,
    NotTheNextStep,
    Referral,
    Setter,
    Source,
    Status,
    Way,
)
from portal.roles import Role
from portal.work import Refused, Work

#: 192 bits: nobody guesses it.
_TOKEN_BYTES = 24


class NotWanted(Refused):
    """The client has not said yes to this place, or it has gone too far for its first answer."""

    says = _l("The client wants this place first. After a visit is set, no new letter is needed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What staff hand over: the facts by category of the release, and how."""

    told: Mapping[Shared, str]
    way: Way = Way.PRINT
    sent_to: str = ""


def hand_over(work: Work, case: Case, referral: Referral, letter: Letter) -> tuple[Handover, str]:
    """Tell the place what the release allows. An earlier link to it ends; what waited to be asked is asked with this.

    Returns:
        the hand-over, and the token of its link: it is known this once.

    Raises:
        NotWanted: the client has not said yes, or it has gone too far.
        NeedsRelease: no live release names this place.
        NotReleased: it tells more than the release allows.
    """
    if referral.status not in ANSWERABLE or referral.accepted_at is None:
        raise NotWanted
    release, token = live_release(work, referral), secrets.token_urlsafe(_TOKEN_BYTES)
    made = Handover.make(
        referral,
        release,
        told=letter.told,
        way=letter.way,
        sent_to=letter.sent_to,
        token_hash=_hash(work, token),
        by_id=work.actor.id,
        at=work.now,
        today=work.today,
    )
    for earlier in open_handovers(work, referral):
        earlier.end(work.now)
    work.session.add(made)
    work.session.flush()  # the record names its id
    work.record(Event.REFERRAL_HANDED_OVER, made, way=made.way.value, categories=[kind.value for kind in made.facts])
    assert release is not None, "a hand-over is made only with one"
    work.record(Event.DISCLOSED, release, categories=[kind.value for kind in made.facts])
    _asked(work, case, referral, release)
    answer_reports(work, case, referral)
    if letter.way is Way.EMAIL:
        address, lasts = letter.sent_to, LINK_LASTS
        work.send(Notice.FOR_A_PLACE, to=work.actor.id, secret=token, lasts=lasts, address=address)
    return made, token


def _asked(work: Work, case: Case, referral: Referral, release: Release) -> None:
    """A referral that waited for staff to ask the place has now been sent; one the client leads stays with them."""
    if referral.status is not Status.OFFERED:
        return
    before = referral.move(Status.SENT, Setter.STAFF, work.now, release=release, today=work.today)
    tell(work, case, referral, before=before, what=Event.REFERRAL_MOVED, source=Source.ADMINISTRATIVE)
    notify_client(work, case)


def open_handovers(work: Work, referral: Referral) -> list[Handover]:
    """Those whose links have neither been used nor ended."""
    wanted = select(Handover).where(
        Handover.referral_id == referral.id, Handover.used_at.is_(None), Handover.ended_at.is_(None)
    )
    return list(work.session.scalars(wanted.order_by(Handover.made_at, Handover.id)))


def end_link(work: Work, handover: Handover) -> None:
    """Staff end a link: it went to the wrong people, or is not wanted any more.

    Raises:
        LinkOver: it was used or ended before.
    """
    handover.end(work.now)
    work.record(Event.HANDOVER_ENDED, handover)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    handover: Handover
    referral: Referral
    release: Release
    case: Case


def link_works(work: Work, token: str) -> bool:
    """Whether this link would open something now. Tells nothing of what."""
    with _beyond_scope(work):
        return _open(work, token, lock=False) is not None


def read(work: Work, token: str) -> Opened:
    """Somebody at the place reads what they were told. That they did is remembered, the first time with its moment.

    Raises:
        LinkOver: it opens nothing.
    """
    with _beyond_scope(work):
        found = _opened(work, token)
        if found.handover.read_at is None:
            found.handover.read_at = work.now
        work.record(Event.HANDOVER_READ, found.handover)
        work.session.flush()  # while the wider scope lasts
        return found


def reply(work: Work, token: str, answer: Status, *, appointment_at: datetime | None = None, note: str = "") -> None:
    """The place answers. That spends the link; client and staff are told.

    Args:
        work: of nobody.
        token: of the link.
        answer: accepted, booked, waitlisted or they_said_no.
        appointment_at: the visit, for booked.
        note: what the place adds, for the client and staff to read.

    Raises:
        LinkOver: the link opens nothing.
        NeedsDate: a visit needs its day and time.
        Refused: the referral cannot go there from where it stands.
    """
    with _beyond_scope(work):
        found = _opened(work, token)
        referral, handover = found.referral, found.handover
        if answer is Status.BOOKED and appointment_at is None:
            raise NeedsDate
        if not referral.may_move(answer, Setter.PLACE):
            raise NotTheNextStep
        before = referral.move(answer, Setter.PLACE, work.now, appointment_at=appointment_at)
        handover.use(answer, work.now)
        tell(
            work,
            found.case,
            referral,
            before=before,
            what=Event.PLACE_REPLIED,
            source=Source.ADMINISTRATIVE,
            appointment_at=appointment_at,
            note=note,
            handover_id=handover.id,
            by_id=handover.made_by_id,
            role=Role.CASE_MANAGER,
        )
        if answer is Status.THEY_SAID_NO and not open_reports(work, referral):
            _wait_for_another(work, found)
        notify_client(work, found.case)
        work.send(Notice.SOMETHING_NEW, to=handover.made_by_id)
        work.session.flush()  # while the wider scope lasts


def _wait_for_another(work: Work, found: Opened) -> None:
    """After a no from the place the client waits for staff to find another."""
    case, referral = found.case, found.referral
    work.session.add(
        ReviewItem(
            case_id=case.id,
            kind=ReviewKind.REPORT,
            subject_id=referral.id,
            asked_by_id=case.client_id,
            asked_at=work.now,
        )
    )
    case.waiting_since = min(case.waiting_since or work.now, work.now)


def _opened(work: Work, token: str) -> Opened:
    found = _open(work, token)
    if found is None:
        raise LinkOver
    return found


def _open(work: Work, token: str, *, lock: bool = True) -> Opened | None:
    wanted = select(Handover).where(Handover.token_hash == _hash(work, token))
    # Of two answers at the same moment the second waits here and finds the link used.
    handover = work.session.scalars(wanted.with_for_update() if lock else wanted).first()
    if handover is None:
        return None
    release = work.session.get_one(Release, handover.release_id)
    referral = work.session.get_one(Referral, handover.referral_id)
    case = work.session.get_one(Case, handover.case_id)
    open_now = handover.is_open(release, work.now, work.today)
    if not open_now or case.is_closed or referral.status not in ANSWERABLE - {Status.OFFERED}:
        return None
    return Opened(handover, referral, release, case)


def _hash(work: Work, token: str) -> bytes:
    return work.session.key_ring.lookup("place reply", token)


@contextmanager
def _beyond_scope(work: Work) -> Iterator[None]:
    before = work.session.info["scope"]
    work.session.info["scope"] = Scope.every_case(because="a place answers by the link it was given")
    try:
        yield
    finally:
        work.session.info["scope"] = before
