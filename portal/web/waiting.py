"""How long somebody has waited, in working days, and whether the promised answer is near or late. Without Flask."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal import clock
from portal.i18n import _, ngettext
from portal.work import Work


def working_days(since: date, today: date) -> int:
    """Working days (Monday to Friday) after `since` up to and including `today`: as clock.working_days_after counts."""
    if today <= since:
        return 0
    weeks, rest = divmod((today - since).days, 7)
    return weeks * 5 + sum((since + timedelta(days=number)).weekday() < 5 for number in range(1, rest + 1))


def late_before(work: Work, promised: int) -> datetime:
    """What has waited since before this moment has waited longer than so many working days."""
    day = work.today
    while working_days(day, work.today) <= promised:
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(work.zone))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long something from the client has waited for staff."""

    days: int
    promised: int

    @classmethod
    def since(cls, work: Work, moment: datetime, promised: int) -> "Wait":
        """The wait of what came at this moment, against the working days the profile promises."""
        return cls(working_days(clock.local_date(moment, work.zone), work.today), promised)

    @property
    def is_late(self) -> bool:
        """Whether the promised day has passed."""
        return self.days > self.promised

    @property
    def tone(self) -> str:
        """Amber from half of the promised time on, red when it is used up."""
        if self.days >= self.promised:
            return "error"
        return "warn" if self.days * 2 >= self.promised else "plain"

    def __str__(self) -> str:
        if self.days == 0:
            return _("Since today")
        return ngettext("%(num)s working day", "%(num)s working days", self.days)
