"""What a referral says: whose turn it is, what was told, in the words of DOMAIN 2.4."""

from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from babel.dates import format_skeleton

from portal import i18n
from portal.cases.sharing import Shared
from portal.i18n import _, _l
from portal.referrals.models import (
    LABELS,
    REASONS,
    LedBy,
    Rating,
    Referral,
    ReferralEvent,
    Report,
    Source,
    Status,
    Urgency,
)
from portal.roles import Role

#: What a report says in the person's own voice.
_REPORTS: Final = MappingProxyType(
    {
        Report.WANTED: _l("I want this"),
        Report.CALLED: _l("I called"),
        Report.THEY_SAID_YES: _l("They said yes"),
        Report.WAITLIST: _l("I am on their waiting list"),
        Report.DATE: _l("I have a date"),
        Report.WENT: _l("I went"),
        Report.PAUSE: _l("It is on pause"),
        Report.GOT_HELP: _l("I got the help"),
        Report.THEY_SAID_NO: _l("They could not help me"),
        Report.NOT_WORKED: _l("It did not work out"),
        Report.NO_THANKS: _l("No thanks"),
        Report.HELP: _l("Please help me with this"),
        Report.ANOTHER: _l("I want another place"),
        Report.HELPED: _l("I told you if it helped"),
        Report.NO_HELP: _l("I did not get this help"),
        Report.MISTAKE: _l("That was a mistake"),
    }
)
RATINGS: Final[MappingProxyType[Rating, Any]] = MappingProxyType(
    {Rating.YES: _l("Yes"), Rating.SOME: _l("Some"), Rating.NO: _l("No")}
)
LED_BY: Final[MappingProxyType[LedBy, Any]] = MappingProxyType(
    {
        LedBy.CLIENT: _l("The client contacts them"),
        LedBy.STAFF: _l("We contact them"),
        LedBy.WARM: _l("We do it together"),
    }
)
#: What a place is told, by category of a release, as staff and the place read it.
FACTS: Final[MappingProxyType[Shared, Any]] = MappingProxyType(
    {
        Shared.CONTACT: _l("Name and how to reach them"),
        Shared.NEED: _l("What they want help with"),
        Shared.LANGUAGE: _l("Language, and what helps them take part"),
        Shared.VISITS: _l("Visit dates and how they went"),
        Shared.HEALTH: _l("Health facts for this help"),
        Shared.MONEY: _l("Money and benefits facts for this help"),
        Shared.PLAN: _l("Goals and plan"),
    }
)
URGENCIES: Final[MappingProxyType[Urgency, Any]] = MappingProxyType(
    {
        Urgency.ROUTINE: _l("In the usual time"),
        Urgency.SOON: _l("Soon, within two weeks"),
        Urgency.URGENT: _l("Today or tomorrow"),
    }
)
SOURCES: Final[MappingProxyType[Source, Any]] = MappingProxyType(
    {
        Source.ADMINISTRATIVE: _l("The place, or our own records"),
        Source.SELF_REPORTED: _l("The client"),
        Source.RELATED_PERSON: _l("Family or a friend"),
        Source.OBSERVED: _l("I saw it myself"),
        Source.DERIVED: _l("It follows from something else"),
    }
)
_TONES: Final = MappingProxyType(
    {
        Status.YOUR_TURN: "warn",
        Status.OFFERED: "info",
        Status.BOOKED: "good",
        Status.STARTED: "good",
        Status.GOT_HELP: "good",
    }
)


def says(referral: Referral, *, can_ask: bool = True, to_client: bool = True) -> str:
    """Whose turn it is, as a client reads it.

    Args:
        referral: the referral.
        can_ask: for one that staff lead, whether a live release lets them ask.
        to_client: whether the client reads it; what they told last is put otherwise to staff.
    """
    if referral.status is Status.OFFERED and referral.accepted_at is not None:
        return _("We will ask them for you") if can_ask else _("We need your yes in writing first")
    if referral.status is Status.YOUR_TURN and referral.last_report_at is not None:
        day = short_day(referral.last_report_at)
        if referral.last_report is Report.CALLED:
            by_client = _("You called them (%(day)s). Now they answer", day=day)
            return by_client if to_client else _("The client called them (%(day)s)", day=day)
        if referral.last_report is Report.HELP:
            by_client = _("You asked us to help with this (%(day)s)", day=day)
            return by_client if to_client else _("The client asked us to help (%(day)s)", day=day)
    if referral.status is Status.YOUR_TURN and referral.led_by is LedBy.WARM:
        return _("Your turn to contact them, together with us")
    if referral.status is Status.SENT and referral.sent_at is not None:
        return _("We asked them for you (%(day)s)", day=short_day(referral.sent_at))
    if referral.status is Status.BOOKED and referral.appointment_at is not None:
        return _("Visit set: %(when)s", when=i18n.day_and_time(referral.appointment_at))
    if referral.status is Status.CLOSED_OTHER and referral.closure_reason is not None:
        return _("Closed: %(reason)s", reason=REASONS[referral.closure_reason])
    return str(LABELS[referral.status])


def tone(status: Status) -> str:
    """The colour of a state's tag; it never says more than the words do."""
    return _TONES.get(status, "plain")


def told(event: ReferralEvent) -> str:
    """What somebody reported, with its date or reason, in their own voice."""
    assert event.report is not None  # callers ask for reports only
    if event.report is Report.DATE and event.appointment_at is not None:
        return _("I have a date: %(when)s", when=i18n.day_and_time(event.appointment_at))
    if event.report is Report.NOT_WORKED and event.reason is not None:
        return _("It did not work out: %(reason)s", reason=REASONS[event.reason])
    return str(_REPORTS[event.report])


def last_told(referral: Referral) -> str:
    """What the client told last, with its day, while nobody has told anything else since; else nothing."""
    if referral.last_report is None or referral.last_report_at is None:
        return ""
    what, day = str(_REPORTS[referral.last_report]), short_day(referral.last_report_at)
    if referral.last_report is Report.HELPED and referral.outcome_rating is not None:
        return _(
            "You told us how much it helped: %(answer)s (%(day)s)", answer=RATINGS[referral.outcome_rating], day=day
        )
    return _("You told us: %(what)s (%(day)s)", what=what, day=day)


def outcome(status: Status, reason: str = "") -> str:
    """One way to end, as staff count it.

    Args:
        status: how it ended.
        reason: why it was closed, in words.
    """
    if reason:
        return _("closed: %(reason)s", reason=reason)
    return str(_ENDED.get(status, LABELS[status]))


#: How a referral ended, for counts.
_ENDED: Final[MappingProxyType[Status, Any]] = MappingProxyType(
    {
        Status.GOT_HELP: _l("got the help"),
        Status.SAID_NO: _l("the client said no thanks"),
        Status.THEY_SAID_NO: _l("the place could not help"),
    }
)


def _said_by_place(event: ReferralEvent) -> str:
    if event.to_status is Status.BOOKED and event.appointment_at is not None:
        return _("Visit set: %(when)s", when=i18n.day_and_time(event.appointment_at))
    return str(LABELS[event.to_status])


def happened(event: ReferralEvent, *, to_client: bool) -> str:
    """One line of the history of a referral."""
    if event.report is not None:
        if event.source is Source.RELATED_PERSON:
            return (
                _("Your supporter told us: the visit took place")
                if to_client
                else _("A supporter told us: the visit took place")
            )
        if event.role is Role.CLIENT:
            what = told(event)
            return _("You told us: %(what)s", what=what) if to_client else _("Told by the client: %(what)s", what=what)
    if event.by_place:
        return _("The place told us: %(what)s", what=_said_by_place(event))
    if event.from_status is event.to_status is Status.GOT_HELP:
        return _("Your case manager asked again what came of it") if to_client else _("Settled what came of it")
    if event.to_status is Status.BOOKED and event.appointment_at is not None:
        return _("Visit set: %(when)s", when=i18n.day_and_time(event.appointment_at))
    if event.to_status is Status.CLOSED_OTHER and event.reason is not None:
        return _("Closed: %(reason)s", reason=REASONS[event.reason])
    return str(LABELS[event.to_status])


#: What staff press to make a move.
_MOVES: Final[MappingProxyType[Status, Any]] = MappingProxyType(
    {
        Status.SENT: _l("We asked them"),
        Status.ACCEPTED: _l("They said yes"),
        Status.BOOKED: _l("A visit is set"),
        Status.WAITLISTED: _l("They have a waiting list"),
        Status.STARTED: _l("The client has started"),
        Status.PAUSED: _l("Put it on pause"),
        Status.GOT_HELP: _l("The client got the help"),
        Status.THEY_SAID_NO: _l("They cannot help with this"),
        Status.CLOSED_OTHER: _l("Close it for another reason"),
        Status.VOID: _l("It was entered by mistake"),
    }
)


def move_words(status: Status) -> str:
    """What staff press to make this move."""
    return str(_MOVES.get(status, LABELS[status]))


def short_day(moment: datetime) -> str:
    """A day without its weekday, such as "Apr 7"."""
    return _short_day(i18n.here(moment).date(), i18n.language())


@cache
def _short_day(day: date, _code: str) -> str:
    return str(format_skeleton("MMMd", day, locale=i18n.locale()))
