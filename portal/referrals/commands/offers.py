"""Staff offer a place to a client."""

from dataclasses import dataclass
from uuid import UUID

from portal.audit.events import Event
from portal.cases.models import Case
from portal.i18n import _l
from portal.referrals.commands.news import notify_client, tell
from portal.referrals.models import LedBy, Referral, Setter, Source, Status
from portal.work import Refused, Work


class NotInThisCase(Refused):
    """The referral this one is meant to follow belongs to somebody else."""

    says = _l("Choose a referral of this client.")


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
    first_session: bool = False
    previous: Referral | None = None


def offer(work: Work, case: Case, wanted: Offer) -> Referral:
    """Offer a place to the client.

    Raises:
        NotInThisCase: the earlier referral is of another case.
    """
    earlier = wanted.previous
    if earlier is not None and earlier.case_id != case.id:
        raise NotInThisCase
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
        first_session=wanted.first_session,
        previous_id=earlier.id if earlier else None,
        offered_by_id=work.actor.id,
        created_at=work.now,
        last_news_at=work.now,
        status=Status.DRAFT,
    )
    work.session.add(referral)
    work.session.flush()  # its first event needs its id
    before = referral.move(Status.OFFERED, Setter.STAFF, work.now)
    what, source = Event.REFERRAL_OFFERED, Source.ADMINISTRATIVE
    tell(work, case, referral, before=before, what=what, source=source, note=wanted.note)
    notify_client(work, case)
    return referral
