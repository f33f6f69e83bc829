"""The client answers an offer: yes, no, or "I will do it myself"."""

from typing import Any

from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.cases.releases import BadRelease
from portal.cases.sharing import Terms, signed
from portal.i18n import _l
from portal.referrals.commands.news import tell
from portal.referrals.models import LedBy, NotTheNextStep, Referral, Report, Setter, Source, Status
from portal.work import Refused, Work


class NotSigned(Refused):
    """A release lacks a part, or lasts too long."""

    field = "ends_on"
    says = _l("Choose an end day that is not over yet and within one year.")


def accept(work: Work, case: Case, referral: Referral) -> None:
    """The client wants this place. It becomes their turn; if staff lead, it waits for staff to ask the place.

    Raises:
        Refused: it is not open for an answer.
    """
    was = referral.stands()
    if referral.led_by is not LedBy.STAFF:
        referral.move(Status.YOUR_TURN, Setter.CLIENT, work.now, source=Source.SELF_REPORTED)
    else:
        referral.expect(Status.YOUR_TURN, Setter.CLIENT)  # the same states as for a client-led one
        if referral.accepted_at is not None:
            raise NotTheNextStep
        referral.accepted_at = work.now
        work.ask(case, ReviewKind.REPORT, referral)
    _tell(work, case, referral, Report.WANTED, was)


def accept_signed(work: Work, case: Case, referral: Referral, terms: Terms) -> None:
    """The client wants this place and signs that we may tell it what they ticked.

    Raises:
        NotSigned: the terms are not complete, or last too long.
        Refused: the referral is not open for an answer.
    """
    referral.expect(Status.YOUR_TURN, Setter.CLIENT)
    try:
        release = signed(terms, case.id, work.actor.id, work.now, work.today)
    except BadRelease as bad:
        raise NotSigned from bad
    work.session.add(release)
    work.session.flush()  # the referral points to it
    work.record(Event.RELEASE_SIGNED, release, categories=release.categories, ends_on=release.ends_on.isoformat())
    referral.release_id = release.id
    if referral.accepted_at is None:
        accept(work, case, referral)


def do_it_myself(work: Work, case: Case, referral: Referral) -> None:
    """The client would rather contact the place themselves: no release is needed then.

    Raises:
        Refused: it is not open for an answer.
    """
    was = referral.stands()
    referral.move(Status.YOUR_TURN, Setter.CLIENT, work.now, source=Source.SELF_REPORTED)
    referral.led_by = LedBy.CLIENT
    _tell(work, case, referral, Report.WANTED, was)


def decline(work: Work, case: Case, referral: Referral) -> None:
    """The client says no thanks. Only the client can.

    Raises:
        Refused: it is not open for an answer.
    """
    was = referral.stands()
    referral.move(Status.SAID_NO, Setter.CLIENT, work.now, source=Source.SELF_REPORTED)
    _tell(work, case, referral, Report.NO_THANKS, was)


def _tell(work: Work, case: Case, referral: Referral, report: Report, was: dict[str, Any]) -> None:
    what, source, before = Event.REFERRAL_MOVED, Source.SELF_REPORTED, Status(was["status"])
    tell(work, case, referral, before=before, what=what, source=source, report=report, was=was)
