"""A client, or a supporter whom they let, tells how it goes with a place."""

from dataclasses import dataclass
from datetime import datetime

from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.i18n import _l
from portal.profiles.profile import ClientReport
from portal.referrals.commands.answers import decline
from portal.referrals.commands.news import notify_staff, tell
from portal.referrals.models import (
    TARGETS,
    ClosureReason,
    NeedsDate,
    NeedsReason,
    Rating,
    Referral,
    Report,
    Setter,
    Source,
    Status,
)
from portal.work import Refused, Work

#: Told under any profile, these wait for somebody to answer: something did not work, or help is wanted.
_ASKS = frozenset({Report.NOT_WORKED, Report.THEY_SAID_NO, Report.HELP, Report.ANOTHER})


class NotYet(Refused):
    """The question is asked only after the help was got."""

    says = _l("You can say this after you got the help.")


class NoVisit(Refused):
    """A supporter can only tell of a visit that was set."""

    says = _l("There is no visit to tell about now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report: what, and what belongs to it."""

    report: Report
    reason: ClosureReason | None = None
    appointment_at: datetime | None = None
    note: str = ""

    @property
    def target(self) -> Status | None:
        """The state it says the referral is in."""
        return TARGETS.get(self.report)

    @property
    def because(self) -> ClosureReason | None:
        """Why it is closed, if it is."""
        return ClosureReason.CHANGED_MY_MIND if self.report is Report.NO_THANKS else self.reason


def report(work: Work, case: Case, referral: Referral, told: Told) -> None:
    """Keep what the client tells. Whether it moves the referral at once is the profile's to say (DOMAIN 2.4).

    Raises:
        Refused: the referral cannot be in that state next, or a date or reason is missing.
    """
    if told.report is Report.NO_THANKS and referral.status is Status.OFFERED:
        return decline(work, case, referral)
    before, was, claimed = referral.status, referral.stands(), None
    moves = case.profile.client_report is ClientReport.MOVES
    if told.target is not None and moves:
        _move(work, referral, told, told.target)
    elif told.target is not None:
        _check(referral, told, told.target)
        claimed = told.target
    if told.report in _ASKS or claimed is not None:
        work.ask(case, ReviewKind.REPORT, referral)
        notify_staff(work, case)
    tell(
        work,
        case,
        referral,
        before=before,
        what=Event.REFERRAL_REPORTED,
        source=Source.SELF_REPORTED,
        was=was,
        report=told.report,
        claimed=claimed,
        reason=told.because,
        appointment_at=told.appointment_at,
        note=told.note,
    )
    return None


def _move(work: Work, referral: Referral, told: Told, to: Status) -> None:
    visit, source = told.appointment_at, Source.SELF_REPORTED
    referral.move(to, Setter.CLIENT, work.now, reason=told.because, appointment_at=visit, source=source)


def _check(referral: Referral, told: Told, to: Status) -> None:
    referral.expect(to, Setter.CLIENT)
    if to is Status.BOOKED and told.appointment_at is None:
        raise NeedsDate
    if to is Status.CLOSED_OTHER and told.because is None:
        raise NeedsReason


def kept(work: Work, case: Case, referral: Referral) -> None:
    """A supporter tells that the visit took place. It moves nothing: staff ask the client, who sees it too.

    Raises:
        NoVisit: no visit is set.
    """
    if referral.status is not Status.BOOKED:
        raise NoVisit
    work.ask(case, ReviewKind.REPORT, referral)
    tell(
        work,
        case,
        referral,
        before=referral.status,
        what=Event.REFERRAL_REPORTED,
        source=Source.RELATED_PERSON,
        report=Report.WENT,
        claimed=Status.STARTED,
        appointment_at=referral.appointment_at,
    )


def rate(work: Work, case: Case, referral: Referral, rating: Rating) -> None:
    """The client's answer to "Did this help?". A "no" reaches staff, also where the place said it helped.

    Raises:
        NotYet: the help was not got.
    """
    if referral.status is not Status.GOT_HELP:
        raise NotYet
    was = referral.stands()
    referral.outcome_rating = rating
    if rating is Rating.NO:
        referral.dispute(work.now)
        work.ask(case, ReviewKind.REPORT, referral)
        notify_staff(work, case)
    what, source = Event.REFERRAL_REPORTED, Source.SELF_REPORTED
    tell(work, case, referral, before=referral.status, what=what, source=source, report=Report.HELPED, was=was)


def no_help(work: Work, case: Case, referral: Referral) -> None:
    """The client did not get the help that the place, or staff, say they got. Both are shown, and staff phone.

    Raises:
        NotYet: nobody says that the help was got, or the client said so themselves.
    """
    was = referral.stands()
    if referral.status is not Status.GOT_HELP or not referral.dispute(work.now):
        raise NotYet
    work.ask(case, ReviewKind.REPORT, referral)
    notify_staff(work, case)
    what, source = Event.REFERRAL_REPORTED, Source.SELF_REPORTED
    tell(work, case, referral, before=referral.status, what=what, source=source, report=Report.NO_HELP, was=was)


def share(work: Work, referral: Referral, *, on: bool) -> None:
    """Show the day and time of this visit to supporters who may see what comes next, or no longer."""
    referral.shared_with_supporters = on
    work.record(Event.REFERRAL_SHARED, referral, on=on)
