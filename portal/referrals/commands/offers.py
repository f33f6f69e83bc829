"""Staff offer a place to a client."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.i18n import _l
from portal.referrals.commands.news import notify_client, taken_up, tell
from portal.referrals.models import OPEN, LedBy, Referral, Report, Setter, Source, Status, Urgency
from portal.work import Refused, Work


class NotInThisCase(Refused):
    """The referral this one is meant to follow belongs to somebody else."""

    says = _l("Choose a referral of this client.")


class NothingInPack(Refused):
    """The pack is empty, or this place is no longer in it."""

    says = _l("There is nothing in the pack.")


class HaveIt(Refused):
    """It stands among the client's places already."""

    says = _l("This place is on your list already. You find it under your places.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What staff fill in to offer a place."""

    service_id: UUID | None
    place: str
    led_by: LedBy
    need: str = ""
    reason: str = ""
    note: str = ""
    what_to_bring: str = ""
    cost: str = ""
    contact_ok: bool = True
    safe_contact: str = ""
    urgency: Urgency = Urgency.ROUTINE
    first_session: bool = False
    previous: Referral | None = None


def offer(work: Work, case: Case, wanted: Offer) -> Referral:
    """Offer a place to the client.

    Raises:
        NotInThisCase: the earlier referral is of another case.
    """
    referral = _made(work, case, wanted)
    before = referral.move(Status.OFFERED, Setter.STAFF, work.now)
    what, source = Event.REFERRAL_OFFERED, Source.ADMINISTRATIVE
    tell(work, case, referral, before=before, what=what, source=source, note=wanted.note)
    notify_client(work, case)
    return referral


def draft(work: Work, case: Case, wanted: Offer) -> Referral:
    """Put a place into the pack: staff see it, the client does not, until the pack is offered.

    Raises:
        NotInThisCase: the earlier referral is of another case.
    """
    referral = _made(work, case, wanted)
    what, source = Event.REFERRAL_DRAFTED, Source.ADMINISTRATIVE
    tell(work, case, referral, before=Status.DRAFT, what=what, source=source, note=wanted.note, shown_to_client=False)
    return referral


def offer_pack(work: Work, case: Case) -> list[Referral]:
    """Offer everything in the pack in one go; the client is told once.

    Raises:
        NothingInPack: it is empty.
    """
    drafts = pack_of(work, case)
    if not drafts:
        raise NothingInPack
    what, source = Event.REFERRAL_OFFERED, Source.ADMINISTRATIVE
    for referral in drafts:
        before = referral.move(Status.OFFERED, Setter.STAFF, work.now)
        tell(work, case, referral, before=before, what=what, source=source)
    notify_client(work, case)
    return drafts


def take_out(work: Work, case: Case, referral: Referral) -> None:
    """Take a place out of the pack. It was never offered; that it was looked out stays known.

    Raises:
        NothingInPack: it has been offered.
    """
    if referral.status is not Status.DRAFT:
        raise NothingInPack
    before = referral.move(Status.VOID, Setter.STAFF, work.now)
    what, source = Event.REFERRAL_MOVED, Source.ADMINISTRATIVE
    tell(work, case, referral, before=before, what=what, source=source, shown_to_client=False)


def pack_of(work: Work, case: Case) -> list[Referral]:
    """What waits to be offered, in the order it was looked out."""
    wanted = select(Referral).where(Referral.case_id == case.id, Referral.status == Status.DRAFT)
    return list(work.session.scalars(wanted.order_by(Referral.created_at, Referral.id)))


def choose(work: Work, case: Case, *, service_id: UUID, place: str, what_to_bring: str, cost: str) -> Referral:
    """The client takes a place from the directory for themselves: it is theirs to contact, and staff see it.

    Raises:
        HaveIt: it is one of their open places already.
    """
    same = select(Referral.id).where(
        Referral.case_id == case.id, Referral.service_id == service_id, Referral.status.in_(OPEN)
    )
    if work.session.scalar(same.order_by(Referral.id).limit(1)) is not None:
        raise HaveIt
    wanted = Offer(service_id=service_id, place=place, led_by=LedBy.CLIENT, what_to_bring=what_to_bring, cost=cost)
    referral = _made(work, case, wanted)
    referral.move(Status.OFFERED, Setter.STAFF, work.now)  # a wish of the client's own stands as offered, see DOMAIN
    referral.move(Status.YOUR_TURN, Setter.CLIENT, work.now, source=Source.SELF_REPORTED)
    what, source = Event.REFERRAL_REPORTED, Source.SELF_REPORTED
    tell(work, case, referral, before=Status.OFFERED, what=what, source=source, report=Report.WANTED)
    return referral


def _made(work: Work, case: Case, wanted: Offer) -> Referral:
    earlier = wanted.previous
    if earlier is not None and earlier.case_id != case.id:
        raise NotInThisCase
    if earlier is not None:
        taken_up(earlier)
    referral = Referral(
        case_id=case.id,
        service_id=wanted.service_id,
        place=wanted.place,
        led_by=wanted.led_by,
        need=wanted.need,
        reason=wanted.reason,
        what_to_bring=wanted.what_to_bring,
        cost=wanted.cost,
        contact_ok=wanted.contact_ok,
        safe_contact=wanted.safe_contact,
        urgency=wanted.urgency,
        first_session=wanted.first_session,
        previous_id=earlier.id if earlier else None,
        offered_by_id=work.actor.id,
        created_at=work.now,
        last_news_at=work.now,
        status=Status.DRAFT,
        status_source=Source.ADMINISTRATIVE,
    )
    work.session.add(referral)
    work.session.flush()  # its first event needs its id
    return referral
