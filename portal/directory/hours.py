"""Opening hours: what is open today, now and next. Pure functions on plain records; no database, no clock.

Three answers are possible, not two: open, closed, and unknown ("call first"). HSDS says hours in RRULE-like rows; an
exception is a row with dates that is either marked closed or has hours of its own (HSDS 3.1, schedule).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: A dated rule at most this long speaks of a holiday or a week off, and replaces the usual hours of its days.
LONGEST_EXCEPTION: Final = timedelta(days=31)
#: How far ahead the next opening is looked for.
HORIZON_DAYS: Final = 35
#: A date of the year 1 says "every year" (Ohana's way to write a yearly holiday).
EVERY_YEAR: Final = 1

_BY_DAY = re.compile(r"([+-]?\d{1,2})?\s*(MO|TU|WE|TH|FR|SA|SU)")
_WHOLE_DAY_ENDS = (time(23, 59), time(23, 59, 59), time(0))


class Door(StrEnum):
    """Whether the door is open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rule:
    """One schedule row. Dates are the place's own; times are its wall clock; `byday` as in RRULE ("MO,WE", "1SA")."""

    opens_at: time | None = None
    closes_at: time | None = None
    byday: str = ""
    freq: str = ""
    interval: int = 1
    dtstart: date | None = None
    bymonthday: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    closed: bool = False

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """A rule as `as_json` wrote it."""
        values = dict(stored)
        for name in ("opens_at", "closes_at"):
            if name in values:
                values[name] = time.fromisoformat(values[name])
        for name in ("dtstart", "valid_from", "valid_to"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """What differs from a rule that says nothing, in values JSON knows."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in said.items()}

    @property
    def is_usable(self) -> bool:
        """Whether it is certain which days the rule speaks of."""
        return bool(self.byday or self.bymonthday or self.is_exception)

    @property
    def is_exception(self) -> bool:
        """Whether the rule replaces the usual hours of the days it names."""
        if self.valid_from is None or self.valid_to is None:
            return False
        return self.closed or self.valid_to - self.valid_from <= LONGEST_EXCEPTION

    def covers(self, day: date) -> bool:
        """Whether the rule's dates hold on `day`."""
        if self.valid_from and self.valid_to and self.valid_from.year == self.valid_to.year == EVERY_YEAR:
            first, last = (self.valid_from.month, self.valid_from.day), (self.valid_to.month, self.valid_to.day)
            this = (day.month, day.day)
            return first <= this <= last if first <= last else this >= first or this <= last
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def falls_on(self, day: date) -> bool:
        """Whether `day` is one of the days the rule names."""
        return self.covers(day) and self._names(day) and self._in_step(day)

    def _names(self, day: date) -> bool:
        if self.bymonthday and not self.byday:
            wanted = {int(n) for n in re.findall(r"-?\d+", self.bymonthday)}
            return day.day in wanted or day.day - days_in_month(day) - 1 in wanted
        if not self.byday:
            return True
        counts = _named_days(self.byday).get(day.weekday())
        if not counts:
            return False
        nth, from_end = (day.day - 1) // 7 + 1, -((days_in_month(day) - day.day) // 7 + 1)
        return not counts.isdisjoint((0, nth, from_end))

    def _in_step(self, day: date) -> bool:
        """Every second week or month, counted from `dtstart`; without a start every one counts."""
        if self.interval <= 1 or self.dtstart is None:
            return True
        if self.freq == "MONTHLY":
            months = (day.year - self.dtstart.year) * 12 + day.month - self.dtstart.month
            return months % self.interval == 0
        start = self.dtstart - timedelta(days=self.dtstart.weekday())
        return (day - start).days // 7 % self.interval == 0

    @property
    def span(self) -> tuple[time, time] | None:
        """From when to when, or None where the rule gives no usable times. Equal times other than 0:00 say nothing."""
        if self.closed or self.opens_at is None or self.closes_at is None:
            return None
        if self.opens_at == self.closes_at and self.opens_at != time(0):
            return None
        return self.opens_at, self.closes_at


@dataclass(frozen=True, slots=True)
class Opening:
    """The answer for one moment.

    `today` holds today's spans on the wall clock (an empty tuple: closed today); `until` is when an open door closes;
    `next` is when a closed door opens again, if that is known. Both are aware, in the place's zone.
    """

    door: Door
    today: tuple[tuple[time, time], ...] = ()
    until: datetime | None = None
    next: datetime | None = None


@cache
def _named_days(byday: str) -> dict[int, frozenset[int]]:
    """The weekdays of "MO,1SA", each with which of a month it is: counted from its start or end, 0 for every one."""
    found: dict[int, set[int]] = {}
    for count, code in _BY_DAY.findall(byday.upper()):
        found.setdefault(DAYS.index(code), set()).add(int(count or 0))
    return {weekday: frozenset(counts) for weekday, counts in found.items()}


def days_in_month(day: date) -> int:
    """How many days the month of `day` has."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day


def knows(rules: Iterable[Rule]) -> bool:
    """Whether these rules say anything about usual hours: at least one with times that is no exception."""
    return any(rule.span is not None and not rule.is_exception for rule in rules)


def spans_on(day: date, rules: Sequence[Rule]) -> tuple[tuple[time, time], ...] | None:
    """From when to when the place is open on `day`, in order; empty if closed; None if nothing is known of that day.

    An exception that falls on the day replaces the usual hours. A named weekday without times is a closed day.
    """
    falling = [rule for rule in rules if rule.falls_on(day)]
    exceptions = [rule for rule in falling if rule.is_exception]
    if any(rule.closed for rule in exceptions):
        return ()
    if any(rule.span for rule in exceptions):
        falling = exceptions
    usual = [rule for rule in rules if not rule.is_exception and rule.covers(day)]
    if falling is not exceptions and not knows(usual):
        return None
    return tuple(sorted({rule.span for rule in falling if rule.span is not None}))


def spans_on_weekday(weekday: int, rules: Iterable[Rule]) -> list[tuple[time, time]]:
    """The usual spans of a weekday (0 is Monday), those of every other week or one day of the month among them."""
    found = set()
    for rule in rules:
        if rule.span is not None and not rule.is_exception:
            named = _named_days(rule.byday)
            if weekday in named or not named:
                found.add(rule.span)
    return sorted(found)


def is_open(moment: datetime, rules: Sequence[Rule], zone: str) -> bool:
    """Whether the place is surely open at `moment`. As `opening`, without looking ahead: for many places at once."""
    here = ZoneInfo(zone)
    yesterday = moment.astimezone(here).date() - timedelta(days=1)
    return any(start <= moment < end for start, end in _real_spans(yesterday, 2, rules, here))


def opening(moment: datetime, rules: Sequence[Rule], zone: str) -> Opening:
    """Whether the place is open at `moment`.

    Args:
        moment: an aware time.
        rules: the schedule rows of the place.
        zone: the IANA name of the zone whose wall clock the rules speak of.
    """
    here = ZoneInfo(zone)
    today = moment.astimezone(here).date()
    spans = spans_on(today, rules)
    if spans is None and spans_on(today - timedelta(days=1), rules) is None:
        return Opening(Door.UNKNOWN)
    for start, end in _real_spans(today - timedelta(days=1), 2, rules, here):
        if start <= moment < end:
            return Opening(Door.OPEN, spans or (), until=_carried_on(end, rules, here).astimezone(here))
    if spans is None:
        return Opening(Door.UNKNOWN)
    coming = (start for start, _end in _real_spans(today, HORIZON_DAYS, rules, here) if start > moment)
    following = next(coming, None)
    return Opening(Door.CLOSED, spans, next=following.astimezone(here) if following else None)


def _carried_on(end: datetime, rules: Sequence[Rule], here: ZoneInfo) -> datetime:
    """The end of a chain of spans that touch, so that a place open round the clock does not close at midnight."""
    for start, following in _real_spans(end.astimezone(here).date() - timedelta(days=1), 9, rules, here):
        if start <= end < following:
            end = following
    return end


def _real_spans(first: date, count: int, rules: Sequence[Rule], here: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The spans of some days as moments, by the day they start on."""
    for offset in range(count):
        day = first + timedelta(days=offset)
        for opens, closes in spans_on(day, rules) or ():
            last = day if closes > opens and closes not in _WHOLE_DAY_ENDS[:2] else day + timedelta(days=1)
            ends = time(0) if closes in _WHOLE_DAY_ENDS else closes
            start = datetime.combine(day, opens, here).astimezone(UTC)
            yield start, datetime.combine(last, ends, here).astimezone(UTC)
