"""Opening hours in words. Times are the place's own wall clock, not the reader's. Knows nothing of Flask."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from portal import i18n
from portal.directory.hours import Door, Opening, Rule, spans_on
from portal.i18n import _

Spans = tuple[tuple[time, time], ...]


def today_words(opening: Opening, now: datetime) -> str:
    """Whether one can go there now: "Open today until 5:00 PM"."""
    if opening.door is Door.UNKNOWN:
        return _("We do not know their hours. Call first.")
    if opening.door is Door.OPEN:
        if opening.until is None or opening.until.time() == time(0):
            return _("Open now")
        return _("Open today until %(time)s", time=i18n.clock_time(opening.until.time()))
    if opening.next is None:
        return _("Closed today")
    later, today = opening.next, now.astimezone(opening.next.tzinfo).date()
    if later.date() == today:
        return _("Opens today at %(time)s", time=i18n.clock_time(later.time()))
    return _("Closed now. Opens %(day)s at %(time)s", day=i18n.day(later.date()), time=i18n.clock_time(later.time()))


def week_words(rules: Sequence[Rule], today: date) -> list[tuple[str, str]]:
    """The usual week, days alike joined: [("Mon–Fri", "9:00 AM–5:00 PM"), ("Sat", "10:00 AM–2:00 PM")].

    Days on which the place is closed are left out; a place of which no hours are known has none.
    """
    usual = [rule for rule in rules if not rule.is_exception]
    monday = today - timedelta(days=today.weekday())
    days: list[Spans] = [spans_on(monday + timedelta(days=i), usual) or () for i in range(7)]
    grouped: list[tuple[int, int, Spans]] = []
    for number, spans in enumerate(days):
        if grouped and grouped[-1][2] == spans:
            grouped[-1] = (grouped[-1][0], number, spans)
        else:
            grouped.append((number, number, spans))
    return [(_days(first, last), _hours(spans)) for first, last, spans in grouped if spans]


def usual_words(rules: Sequence[Rule], today: date) -> str:
    """The usual week in one line: "Mon–Fri 9:00 AM–5:00 PM"; empty if it is not known."""
    return "; ".join(f"{days} {hours}" for days, hours in week_words(rules, today))


def _days(first: int, last: int) -> str:
    names = i18n.locale().days["format"]["abbreviated"]
    if first == last:
        return str(names[first])
    return _("%(first)s–%(last)s", first=names[first], last=names[last])


def _hours(spans: Spans) -> str:
    return i18n.listed(
        _("%(first)s–%(last)s", first=i18n.clock_time(start), last=i18n.clock_time(end)) for start, end in spans
    )
