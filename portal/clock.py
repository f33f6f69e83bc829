"""The time. The only call to the system clock, so that tests and the demo can say what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("portal_frozen_time", default=None)


def now() -> datetime:
    """The time in UTC, or the time that `frozen_at` holds."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` (aware). For seeding the demo and for tests, never for a request."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def zone(name: str) -> tzinfo:
    """The zone with this IANA name, such as "America/Chicago"."""
    return ZoneInfo(name)


def local_date(moment: datetime, zone_name: str) -> date:
    """The day that `moment` falls on in this zone."""
    return moment.astimezone(ZoneInfo(zone_name)).date()


def working_days_after(day: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day
