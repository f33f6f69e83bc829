"""What a supporter sees of referrals: dates the client shares, and more only where the client lends more."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal import clock
from portal.cases.models import Case
from portal.referrals.models import Referral, Status
from portal.roles import Power, Role
from portal.work import Work

#: For so long after a visit a supporter can tell that it took place.
TELL_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SharedDate:
    """A visit as a supporter may know it: day and time, and place and what to bring only with see_resources."""

    referral_id: UUID
    at: datetime
    place: str
    what_to_bring: str
    may_tell: bool


def shared_dates(work: Work, case: Case) -> list[SharedDate]:
    """The visits a supporter may know of, soonest first. Reads columns, not rows: never the need or the reason."""
    standing = work.standing(case)
    if standing is None or standing.role is not Role.SUPPORTER:
        return []
    more = Power.SEE_RESOURCES in standing.powers
    start = datetime.combine(work.today, time(0), ZoneInfo(work.zone)) - TELL_WITHIN
    rows = work.session.execute(
        select(Referral.id, Referral.appointment_at, Referral.place, Referral.what_to_bring)
        .where(Referral.case_id == case.id, Referral.status == Status.BOOKED, Referral.appointment_at >= start)
        .order_by(Referral.appointment_at, Referral.id)
    )
    tells = Power.REPORT_FOR in standing.powers
    found = []
    for referral_id, at, place, bring in rows:
        assert at is not None  # a comparison in the query leaves those out
        may_tell = tells and clock.local_date(at, work.zone) <= work.today and at <= work.now
        shown = (place, bring) if more else ("", "")
        found.append(SharedDate(referral_id, at, *shown, may_tell))
    return found
