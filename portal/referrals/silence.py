"""From when on a silent referral is somebody's to ask after: the days that each profile says (DOMAIN 3)."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_

from portal.cases.models import Case
from portal.profiles import registry
from portal.profiles.profile import Nudges
from portal.referrals.models import Referral
from portal.work import Work


class Watch(StrEnum):
    """Who asks after a silent referral, each after so many days as the case's profile says."""

    CLIENT = "client"
    STAFF = "staff"
    SUPERVISOR = "supervisor"

    def days(self, nudges: Nudges) -> int | None:
        """After how many days, or None for never."""
        days: int | None = getattr(nudges, self.value)
        return days


def gone_quiet(
    work: Work, watch: Watch, since: Any = Referral.quiet_from, *, days: int | None = None
) -> ColumnElement[bool]:
    """The condition that a referral has been silent for too long. The query it stands in has to hold `Case` too.

    Args:
        work: the unit of work, which knows what day it is.
        watch: whose patience is meant.
        since: the column that says from when; `Case.silent_since` for a case as a whole.
        days: silent for at least so many days; by default what each case's profile says for `watch`.
    """
    if days is not None:
        return since < silent_before(work, days)  # type: ignore[no-any-return]  # a comparison is a condition
    patience = ((profile.key, watch.days(profile.nudges)) for profile in registry.ALL)
    return or_(
        *(
            and_(Case.profile_key == key, since < silent_before(work, wanted))
            for key, wanted in patience
            if wanted is not None
        )
    )


def silent_before(work: Work, days: int) -> datetime:
    """The end of the day that lies `days` days back, where the organisation is."""
    day = work.today - timedelta(days=days - 1)
    return datetime.combine(day, time(0), ZoneInfo(work.zone))
