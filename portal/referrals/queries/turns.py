"""Whose turn it is with a place."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from portal import clock
from portal.i18n import _l
from portal.referrals.models import LedBy, Referral, Report, Status
from portal.work import Work


class Turn(StrEnum):
    """Whose turn it is with a place. Every card says so."""

    YOURS = "yours"
    OURS = "ours"
    THEIRS = "theirs"
    NOBODYS = "nobodys"


#: What the client said last that now waits for staff.
_FOR_STAFF = frozenset({Report.HELP, Report.ANOTHER, Report.NOT_WORKED, Report.THEY_SAID_NO})
TURNS: Mapping[Turn, Any] = MappingProxyType(
    {
        Turn.YOURS: _l("Your turn"),
        Turn.OURS: _l("Our turn"),
        Turn.THEIRS: _l("Their turn"),
        Turn.NOBODYS: _l("Nothing to do now"),
    }
)


def whose_turn(work: Work, referral: Referral, *, can_ask: bool) -> Turn:
    """Who is to do something next. What the client told last counts: after "I called" it is the place's turn.

    Args:
        work: the unit of work, which knows what day it is.
        referral: the referral.
        can_ask: whether a live release names the place, for one that staff lead.
    """
    if referral.disputed_at is not None or referral.last_report in _FOR_STAFF:
        return Turn.OURS
    match referral.status:
        case Status.OFFERED:
            waits = referral.accepted_at is None or (referral.led_by is LedBy.STAFF and not can_ask)
            return Turn.YOURS if waits else Turn.OURS
        case Status.YOUR_TURN:
            return Turn.THEIRS if referral.last_report is Report.CALLED else Turn.YOURS
        case Status.ACCEPTED:
            return Turn.YOURS if referral.led_by is LedBy.CLIENT else Turn.OURS
        case Status.BOOKED:
            visit = referral.appointment_at
            return Turn.YOURS if visit is not None and days_since(visit, work) >= 1 else Turn.NOBODYS
        case Status.SENT | Status.WAITLISTED:
            return Turn.THEIRS
    return Turn.NOBODYS


def days_since(moment: datetime, work: Work) -> int:
    """How many days ago this was where the organisation is; negative for what lies ahead."""
    return (work.today - clock.local_date(moment, work.zone)).days
