"""The states of a referral, the moves between them and who may make each: DOMAIN 2.4, as data."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from portal.i18n import _l


class Status(StrEnum):
    """How far a referral has come. The labels clients read are in LABELS."""

    DRAFT = "draft"
    OFFERED = "offered"
    SAID_NO = "said_no"
    YOUR_TURN = "your_turn"
    SENT = "sent"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    WAITLISTED = "waitlisted"
    STARTED = "started"
    PAUSED = "paused"
    GOT_HELP = "got_help"
    THEY_SAID_NO = "they_said_no"
    CLOSED_OTHER = "closed_other"
    VOID = "void"


class Setter(StrEnum):
    """In whose hands a move is. What a place answers comes in through staff, or by the link it was given."""

    CLIENT = "client"
    STAFF = "staff"
    PLACE = "place"


class LedBy(StrEnum):
    """Who contacts the place: the client, staff, or both together (a warm hand-over)."""

    CLIENT = "client"
    STAFF = "staff"
    WARM = "warm"


class Urgency(StrEnum):
    """How soon the help is needed."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class Source(StrEnum):
    """How we know: the five sources of HL7's SDOH guide (DOMAIN 2)."""

    SELF_REPORTED = "self_reported"
    RELATED_PERSON = "related_person"
    OBSERVED = "observed"
    ADMINISTRATIVE = "administrative"
    DERIVED = "derived"


class Report(StrEnum):
    """What a client (or a supporter) can tell us about a referral with one tap."""

    WANTED = "wanted"
    CALLED = "called"
    THEY_SAID_YES = "they_said_yes"
    WAITLIST = "waitlist"
    DATE = "date"
    WENT = "went"
    PAUSE = "pause"
    GOT_HELP = "got_help"
    THEY_SAID_NO = "they_said_no"
    NOT_WORKED = "not_worked"
    NO_THANKS = "no_thanks"
    HELP = "help"
    ANOTHER = "another"
    HELPED = "helped"
    #: The place, or staff, say that the help was got; the client says it was not.
    NO_HELP = "no_help"
    #: What was told before was a slip of the finger.
    MISTAKE = "mistake"


class Rating(StrEnum):
    """The client's answer to "Did this help?"."""

    YES = "yes"
    SOME = "some"
    NO = "no"


class ClosureReason(StrEnum):
    """Why a referral was closed without help from this place."""

    CHANGED_MY_MIND = "changed_my_mind"
    NO_LONGER_NEEDED = "no_longer_needed"
    NOT_ELIGIBLE = "not_eligible"
    PLACE_FULL = "place_full"
    NO_REPLY = "no_reply"
    COULD_NOT_REACH = "could_not_reach"
    COST = "cost"
    GETTING_THERE = "getting_there"
    OPENING_HOURS = "opening_hours"
    LANGUAGE_OR_ACCESS = "language_or_access"
    NOT_SAFE = "not_safe"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    PLACE_GONE = "place_gone"
    OTHER = "other"


_GOING: Final = frozenset({Status.STARTED, Status.GOT_HELP, Status.CLOSED_OTHER})
_ASKED: Final = _GOING | {Status.ACCEPTED, Status.BOOKED, Status.WAITLISTED, Status.THEY_SAID_NO}
_NONE: Final[frozenset[Status]] = frozenset()

#: From each state, where it may go next. Any state but void may also become void, see Referral.move.
MOVES: Final[Mapping[Status, frozenset[Status]]] = MappingProxyType(
    {
        Status.DRAFT: frozenset({Status.OFFERED}),
        Status.OFFERED: frozenset({Status.YOUR_TURN, Status.SENT, Status.SAID_NO, Status.CLOSED_OTHER}),
        Status.YOUR_TURN: _ASKED,
        Status.SENT: _ASKED,
        Status.ACCEPTED: _GOING | {Status.BOOKED, Status.WAITLISTED},
        Status.BOOKED: _GOING | {Status.BOOKED},
        Status.WAITLISTED: frozenset(
            {Status.ACCEPTED, Status.BOOKED, Status.STARTED, Status.THEY_SAID_NO, Status.CLOSED_OTHER}
        ),
        Status.STARTED: frozenset({Status.PAUSED, Status.GOT_HELP, Status.CLOSED_OTHER}),
        Status.PAUSED: _GOING,
        Status.SAID_NO: _NONE,
        Status.GOT_HELP: _NONE,
        Status.THEY_SAID_NO: _NONE,
        Status.CLOSED_OTHER: _NONE,
        Status.VOID: _NONE,
    }
)
#: Final states never open again: another try is a new, linked referral.
FINAL: Final = frozenset(status for status, following in MOVES.items() if not following)
OPEN: Final = frozenset(Status) - FINAL - {Status.DRAFT}

#: While a place can be told and can answer: before a visit is set or anything has come of it.
ANSWERABLE: Final = frozenset({Status.OFFERED, Status.YOUR_TURN, Status.SENT, Status.ACCEPTED, Status.WAITLISTED})

_BOTH: Final = frozenset({Setter.CLIENT, Setter.STAFF})
#: What a place itself can answer about one it was asked for.
_ALL: Final = frozenset(Setter)
_CLIENT: Final = frozenset({Setter.CLIENT})
_STAFF: Final = frozenset({Setter.STAFF})
#: Who may set a state. Where a profile lets clients only suggest, commands ask staff to make the client's move.
SETTERS: Final[Mapping[Status, frozenset[Setter]]] = MappingProxyType(
    {
        Status.DRAFT: _STAFF,
        Status.OFFERED: _STAFF,
        Status.SAID_NO: _CLIENT,
        Status.YOUR_TURN: _CLIENT,
        Status.SENT: _STAFF,
        Status.ACCEPTED: _ALL,
        Status.BOOKED: _ALL,
        Status.WAITLISTED: _ALL,
        Status.STARTED: _BOTH,
        Status.PAUSED: _BOTH,
        Status.GOT_HELP: _BOTH,
        Status.THEY_SAID_NO: _ALL,
        Status.CLOSED_OTHER: _BOTH,
        Status.VOID: _STAFF,
    }
)

#: The state a report is about; those that are not here are news without a move.
TARGETS: Final[Mapping[Report, Status]] = MappingProxyType(
    {
        Report.THEY_SAID_YES: Status.ACCEPTED,
        Report.WAITLIST: Status.WAITLISTED,
        Report.DATE: Status.BOOKED,
        Report.WENT: Status.STARTED,
        Report.PAUSE: Status.PAUSED,
        Report.GOT_HELP: Status.GOT_HELP,
        Report.THEY_SAID_NO: Status.THEY_SAID_NO,
        Report.NOT_WORKED: Status.CLOSED_OTHER,
        Report.NO_THANKS: Status.CLOSED_OTHER,
    }
)

#: What a client reads. Dates and reasons are added by words.says.
LABELS: Final[Mapping[Status, Any]] = MappingProxyType(
    {
        Status.DRAFT: _l("Not offered yet"),
        Status.OFFERED: _l("Suggested for you"),
        Status.SAID_NO: _l("You said no thanks"),
        Status.YOUR_TURN: _l("Your turn to contact them"),
        Status.SENT: _l("We asked them for you"),
        Status.ACCEPTED: _l("They said yes"),
        Status.BOOKED: _l("Visit set"),
        Status.WAITLISTED: _l("On their waiting list"),
        Status.STARTED: _l("You’ve started"),
        Status.PAUSED: _l("On pause"),
        Status.GOT_HELP: _l("You got the help"),
        Status.THEY_SAID_NO: _l("They can’t help with this"),
        Status.CLOSED_OTHER: _l("Closed"),
        Status.VOID: _l("Entered by mistake"),
    }
)

REASONS: Final[Mapping[ClosureReason, Any]] = MappingProxyType(
    {
        ClosureReason.GETTING_THERE: _l("Getting there"),
        ClosureReason.COST: _l("Cost"),
        ClosureReason.OPENING_HOURS: _l("Opening hours"),
        ClosureReason.LANGUAGE_OR_ACCESS: _l("Language or access"),
        ClosureReason.NOT_SAFE: _l("Did not feel safe or respected"),
        ClosureReason.CHANGED_MY_MIND: _l("Changed my mind"),
        ClosureReason.NO_LONGER_NEEDED: _l("No longer needed"),
        ClosureReason.MOVED: _l("Moved"),
        ClosureReason.NOT_ELIGIBLE: _l("Not for people in my situation"),
        ClosureReason.PLACE_FULL: _l("The place is full"),
        ClosureReason.NO_REPLY: _l("No reply from the place"),
        ClosureReason.COULD_NOT_REACH: _l("We could not reach you"),
        ClosureReason.PLACE_GONE: _l("The place is no longer there"),
        ClosureReason.DUPLICATE: _l("Listed twice"),
        ClosureReason.OTHER: _l("Something else"),
    }
)
#: Those a client can choose from (marked * in DOMAIN 2.4), and those staff can.
CLIENT_REASONS: Final = (
    ClosureReason.GETTING_THERE,
    ClosureReason.COST,
    ClosureReason.OPENING_HOURS,
    ClosureReason.LANGUAGE_OR_ACCESS,
    ClosureReason.NOT_SAFE,
    ClosureReason.CHANGED_MY_MIND,
    ClosureReason.NO_LONGER_NEEDED,
    ClosureReason.MOVED,
    ClosureReason.OTHER,
)
STAFF_REASONS: Final = tuple(REASONS)
#: Closed for one of these, a referral says nothing about how well the place could be reached (metric `linkage`).
NOT_ABOUT_THE_PLACE: Final = frozenset(
    {
        ClosureReason.CHANGED_MY_MIND,
        ClosureReason.NO_LONGER_NEEDED,
        ClosureReason.MOVED,
        ClosureReason.DUPLICATE,
    }
)
