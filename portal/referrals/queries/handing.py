"""What staff see of hand-overs: what they may tell, to whom it went, and whether the place has read and answered it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal import i18n
from portal.cases.models import Case, ContactPoint
from portal.cases.releases import Release
from portal.cases.sharing import Shared
from portal.directory.models import Organization, Service
from portal.i18n import _
from portal.referrals import words
from portal.referrals.consent import live_release
from portal.referrals.models import ANSWERABLE, Handover, Referral, Status, Urgency
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand for a hand-over: the release, what it lets us tell with what we know of it, and a mailbox."""

    release: Release | None
    known: dict[Shared, str]
    mailbox: str


@dataclass(frozen=True, slots=True)
class Handed:
    """One hand-over, and whether its link still works."""

    handover: Handover
    is_open: bool


def desk(work: Work, case: Case, referral: Referral) -> Desk:
    """What the form for a hand-over starts with: only what the release allows, filled in where we know it."""
    release = live_release(work, referral)
    if release is None or referral.status not in ANSWERABLE or referral.accepted_at is None:
        return Desk(None, {}, "")
    allowed = set(release.categories)
    known = {shared: _known(work, case, referral, shared) for shared in Shared if shared.value in allowed}
    return Desk(release, known, _mailbox(work, referral))


def handovers(work: Work, referral: Referral) -> Sequence[Handed]:
    """What went to the place, the newest first."""
    wanted = (
        select(Handover, Release)
        .join(Release, Release.id == Handover.release_id)
        .where(Handover.referral_id == referral.id)
        .order_by(Handover.made_at.desc(), Handover.id)
    )
    answerable = referral.status in ANSWERABLE
    return [
        Handed(handover, answerable and handover.is_open(release, work.now, work.today))
        for handover, release in work.session.execute(wanted)
    ]


def in_pack(work: Work, case: Case) -> Sequence[Referral]:
    """What waits to be offered, in the order it was looked out."""
    wanted = select(Referral).where(Referral.case_id == case.id, Referral.status == Status.DRAFT)
    return work.session.scalars(wanted.order_by(Referral.created_at, Referral.id)).all()


def _known(work: Work, case: Case, referral: Referral, shared: Shared) -> str:
    match shared:
        case Shared.CONTACT:
            return "\n".join(_contact(work, case, referral))
        case Shared.NEED:
            soon = "" if referral.urgency is Urgency.ROUTINE else str(words.URGENCIES[referral.urgency])
            return "\n".join(text for text in (referral.need, soon) if text)
        case Shared.LANGUAGE:
            return i18n.own_name(case.client.language)
    return ""


def _contact(work: Work, case: Case, referral: Referral) -> list[str]:
    """The name; and ways to reach the client that are safe, if the place may use them."""
    if not referral.contact_ok:
        return [case.client.name, _("Please do not contact them. Answer us, and we tell them.")]
    wanted = select(ContactPoint.value).where(ContactPoint.person_id == case.client_id, ContactPoint.safe)
    ways = work.session.scalars(wanted.order_by(ContactPoint.created_at, ContactPoint.id))
    return [line for line in (case.client.name, *ways, referral.safe_contact) if line]


def _mailbox(work: Work, referral: Referral) -> str:
    """The mailbox the directory knows: the service's own, or else its organisation's."""
    wanted = (
        select(Service.email, Organization.email)
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .where(Service.id == referral.service_id)
    )
    found = work.session.execute(wanted).first()
    return next((email for email in found if email), "") if found else ""
