"""Hours as people write them in one cell ("Mon-Fri 9am-5pm; Sat 10-2"), where they can be read in one way only."""

import re
from typing import Final

from portal.directory.hours import DAYS
from portal.directory.values import Unreadable, as_days, as_time

_SPAN: Final = re.compile(
    r"(?P<days>.*?)[\s:,]*"
    r"(?P<opens>\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?\s?m?\.?)?|noon|midnight)"
    r"\s*(?:-|–|—|to|until|till|a|hasta)\s*"
    r"(?P<closes>\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?\s?m?\.?)?|noon|midnight)\.?",
    re.IGNORECASE,
)
_ALWAYS: Final = re.compile(
    r"24\s*/\s*7|24 hours(?: a day)?(?:, | )?(?:7 days(?: a week)?)?|open 24 hours", re.IGNORECASE
)
_EVERY_DAY: Final = re.compile(r"daily|every ?day|7 days(?: a week)?|all week|todos los días|diario", re.IGNORECASE)
_CLOSED: Final = re.compile(r"closed|cerrado|-|n/?a", re.IGNORECASE)
_HALF: Final = re.compile(r"([ap])\.?\s?m?\.?$", re.IGNORECASE)


def weekly(text: str, day: str = "") -> list[dict[str, str]] | None:
    """The rows of a schedule that a text says.

    Args:
        text: such as "Mon-Fri 9am-5pm; Sat 10am-2pm".
        day: the day it speaks of, if a column is for one day.

    Returns:
        One row for each part, or None where the text cannot be read for certain: then it is for people to read.
    """
    plain = " ".join(text.split()).strip(" .")
    if _ALWAYS.fullmatch(plain):
        return [_row(day or ",".join(DAYS), "00:00", "23:59")]
    if day and _CLOSED.fullmatch(plain):
        return [{"freq": "WEEKLY", "byday": day, "description": plain}]
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n|]|,(?=\s*[A-Za-z])", plain))):
        row = _part(part, day)
        if row is None:
            return None
        found.append(row)
    return found or None


def _part(text: str, day: str) -> dict[str, str] | None:
    span = _SPAN.fullmatch(text)
    if span is None:
        return None
    named = span["days"].strip(" :,")
    if day and not named:
        days = day
    elif _EVERY_DAY.fullmatch(named):
        days = ",".join(DAYS)
    else:
        try:
            days = as_days(named)[0]
        except Unreadable:
            return None
    times = _times(span["opens"].strip(), span["closes"].strip())
    return _row(days, *times) if days and times else None


def _times(opens: str, closes: str) -> tuple[str, str] | None:
    """Both times; one that does not say its half of the day takes it from the other, if that makes a span."""
    halves = [_HALF.search(opens), _HALF.search(closes)]
    if halves[1] and not halves[0] and opens[:1].isdigit():
        half = halves[1][1].lower()
        for guess in (half, "a" if half == "p" else "p"):
            first, last = _time(f"{opens}{guess}m"), _time(closes)
            if first and last and first < last:
                return first, last
        return None
    first, last = _time(opens), _time(closes)
    return (first, last) if first and last else None


def _time(text: str) -> str:
    try:
        found = as_time(text.replace(" ", ""))[0]
    except Unreadable:
        return ""
    return found.isoformat("minutes") if found is not None else ""


def _row(days: str, opens: str, closes: str) -> dict[str, str]:
    return {"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes}
