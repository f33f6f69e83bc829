"""Reading a day or a time as people write it: the browser's own form, numbers in the language's order, month names."""

import re
from datetime import date, time

from babel import Locale

from portal import i18n

_NUMBERS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read_day(text: str) -> date | None:
    """The day this text names in the language being spoken, or None."""
    plain = text.strip().lower().translate(_NUMBERS)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return _made(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{2}|\d{4})", plain):
        first, second, year = map(int, found.groups())
        month_first = i18n.locale().date_formats["short"].pattern.lower().startswith("m")
        month, day = (first, second) if month_first else (second, first)
        return _made(year + 2000 if year < 100 else year, month, day)
    return _with_month_name(plain)


def _with_month_name(plain: str) -> date | None:
    numbers = [int(part) for part in re.findall(r"\d+", plain)]
    words = [word.strip(".") for word in re.findall(r"[^\W\d_]+\.?", plain)]
    month = next((_month(word) for word in words if _month(word)), None)
    if month is None or len(numbers) != 2:
        return None
    day, year = sorted(numbers)
    return _made(year + 2000 if year < 100 else year, month, day)


def _month(word: str) -> int | None:
    for locale in (i18n.locale(), Locale("en")):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                if word == name.lower().strip("."):
                    return int(number)
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time of day this text names: "14:30", "2:30 pm", "10", "9.15"; or None."""
    plain = text.strip().lower().translate(_NUMBERS).replace(" ", " ")
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?\s?m\.?|p\.?\s?m\.?|ص|م)?", plain)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half in {"p", "م"} else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None
