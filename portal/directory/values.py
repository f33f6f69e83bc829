"""Single values as people really write them. Each reader gives the value, and a sentence if it had to mend it.

A value that cannot be read for certain raises `Unreadable` with the reason.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from portal.directory import mending
from portal.directory.hours import DAYS
from portal.i18n import _

Read = tuple[Any, str]

_BLANKS: Final = frozenset({"null", "\\n", "nan", "<null>", "#n/a"})
_DATE_FORMS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
_MONTH_FIRST: Final = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m.%d.%Y")
_DAY_FIRST: Final = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo",
            "june jun junio", "july jul julio", "august aug agosto ago", "september sep sept septiembre setiembre",
            "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_NAMES: Final = {
    name: code
    for code, names in zip(
        DAYS,
        (
            "mo mon monday mondays lunes lun l 1", "tu tue tues tuesday tuesdays martes mar 2",
            "we wed weds wednesday wednesdays miercoles miércoles mie x 3",
            "th thu thur thurs thursday thursdays jueves jue j 4", "fr fri friday fridays viernes vie v 5",
            "sa sat saturday saturdays sabado sábado sab s 6", "su sun sunday sundays domingo dom d 7 0",
        ),
        strict=True,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?\s*(?:z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_RULE_DAY = re.compile(r"^[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)$")
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_BLANK_RUN, _LINE_RUN = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*\n\s*")


class Unreadable(ValueError):
    """A value that cannot be read for certain. Its text is a sentence for the report."""


def clean(text: str, *, lines: bool = True) -> str:
    """Text without blanks around or runs of them inside; "NULL" is empty. One line only unless `lines`."""
    plain = _LINE_RUN.sub("\n\n", _BLANK_RUN.sub(" ", text)).strip() if lines else " ".join(text.split())
    return "" if plain.lower() in _BLANKS else plain


def as_line(text: str) -> Read:
    """Text of one line."""
    return _no_longer_than(mending.LONGEST_LINE, *mending.line(clean(text, lines=False)))


def as_text(text: str) -> Read:
    """Text that may have paragraphs."""
    return _no_longer_than(mending.LONGEST_TEXT, *mending.text(clean(text)))


def _no_longer_than(most: int, text: str, note: str) -> Read:
    if len(text) > most:
        raise Unreadable(_("it has %(letters)s letters, and %(most)s are enough.", letters=len(text), most=most))
    return text, note


def as_date(text: str) -> Read:
    """A day. Month before day where both could be, as HSDS comes from the United States; two-digit years from 1969.

    A day that only one reading allows needs no remark.
    """
    found, certain = _date_of(text)
    return found, "" if found is None or certain else _read_as(text, found.isoformat())


def _date_of(text: str) -> tuple[date | None, bool]:
    """The day, and whether it was written in the order of the specification or could be read in no other."""
    plain = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", clean(text, lines=False))
    if not plain:
        return None, True
    for form in _DATE_FORMS:
        if found := _strptime(plain, form):
            return found, True
    for form in _MONTH_FIRST:
        if found := _strptime(plain, form):
            return found, found.day > 12 or found.day == found.month
    for form in _DAY_FIRST:
        if found := _strptime(plain, form):
            return found, False
    if found := _spelled(plain):
        return found, True
    raise Unreadable(_("%(value)s is not a date.", value=repr(text)))


def _strptime(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _spelled(text: str) -> date | None:
    """A date with its month in letters: "December 24, 2014", "24 de diciembre de 2014"."""
    parts = [part for part in re.findall(r"[^\W\d_]+|\d+", text.lower()) if part not in {"de", "del", "of", "th", "st"}]
    if len(parts) != 3:
        return None
    month = next((_MONTHS[part] for part in parts if part in _MONTHS), None)
    numbers = [part for part in parts if part.isdigit()]
    if month is None or len(numbers) != 2:
        return None
    day, year = (numbers[0], numbers[1]) if len(numbers[0]) <= 2 else (numbers[1], numbers[0])
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def as_moment(text: str) -> Read:
    """A moment; without a zone it is read as UTC."""
    plain = clean(text, lines=False)
    if not plain:
        return None, ""
    try:
        found = datetime.fromisoformat(plain.replace("z", "Z"))
    except ValueError:
        day, _mended = as_date(plain)
        found = datetime.combine(day, time(0))
    return found if found.tzinfo else found.replace(tzinfo=UTC), ""


def as_time(text: str) -> Read:
    """A time of day: "9:30", "5:00 PM", "17:00:00Z", "9am", "noon". 24:00 is midnight."""
    plain = clean(text, lines=False).lower()
    if not plain:
        return None, ""
    plain = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}.get(plain, plain)
    found = _TIME.fullmatch(plain)
    if found is None and re.fullmatch(r"\d{3,4}", plain):
        found = _TIME.fullmatch(f"{plain[:-2]}:{plain[-2:]}")
    if found is None or (found[2] is None and found[4] is None):
        raise Unreadable(_("%(value)s is not a time.", value=repr(text)))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[4]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    try:
        return time(hour, minute), ""
    except ValueError:
        raise Unreadable(_("%(value)s is not a time.", value=repr(text))) from None


def as_number(text: str) -> Read:
    """A number; one comma and no point is a decimal comma."""
    plain = clean(text, lines=False).strip("$£€ ")
    if not plain:
        return None, ""
    mended = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    try:
        number = float(Decimal(mended))
    except InvalidOperation:
        raise Unreadable(_("%(value)s is not a number.", value=repr(text))) from None
    if abs(number) > 1e12:
        raise Unreadable(_("%(value)s is not a number.", value=repr(text)))
    return number, "" if mended == plain else _read_as(text, mended)


def as_age(text: str) -> Read:
    """An age in years: "18", and also "18+", "18 and over" or "18 years"."""
    plain = clean(text, lines=False)
    found = re.fullmatch(
        r"(\d{1,3})\s*(?:\+|(?:years?|yrs?|años)\b.*|(?:and|or) (?:over|up|older|above))", plain.lower()
    )
    return (float(found[1]), _read_as(text, found[1])) if found else as_number(text)


def as_whole(text: str) -> Read:
    """A whole number."""
    number, mended = as_number(text)
    if number is None:
        return None, ""
    if number != int(number) or abs(number) > 2**31 - 1:
        raise Unreadable(_("%(value)s is not a whole number.", value=repr(text)))
    return int(number), mended


def as_year(text: str) -> Read:
    """A year, also out of a date."""
    plain = clean(text, lines=False)
    if re.fullmatch(r"\d{4}(\.0)?", plain):
        return int(plain[:4]), ""
    found, certain = _date_of(plain)
    odd = found is not None and not certain and found.day > 12  # the day before the month: whose date is this?
    return (found.year if found else None), _read_as(text, str(found.year)) if odd and found else ""


def as_flag(text: str) -> Read:
    """Yes or no; nothing is no."""
    plain = clean(text, lines=False).lower()
    if plain in {"", "false", "f", "no", "n", "0", "open"}:
        return False, ""
    if plain in {"true", "t", "yes", "y", "1", "closed", "x", "si", "sí"}:
        return True, ""
    raise Unreadable(_("%(value)s is neither yes nor no.", value=repr(text)))


def as_address(text: str) -> Read:
    """An address on the web; one that starts with www. gets its scheme."""
    plain = clean(text, lines=False)
    if not plain:
        return "", ""
    full = plain if "://" in plain or plain.startswith(("mailto:", "tel:")) else f"http://{plain}"
    try:
        parts = urlsplit(full)
    except ValueError:
        parts = urlsplit("")
    usable = parts.scheme in {"http", "https"} and re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc) and "." in parts.netloc
    if not usable or " " in full or "\\" in full:
        raise Unreadable(_("%(value)s is not a web address.", value=repr(text)))
    return full, "" if full == plain else _read_as(text, full)


def as_email(text: str) -> Read:
    """An e-mail address; of several the first."""
    plain = clean(text, lines=False).removeprefix("mailto:")
    if not plain or _EMAIL.fullmatch(plain):
        return plain, ""
    found = _EMAIL.search(plain)
    if found is None:
        raise Unreadable(_("%(value)s is not an e-mail address.", value=repr(text)))
    return found[0], _read_as(text, found[0])


def as_phone(text: str) -> Read:
    """A telephone number as people write it, without quotation marks around it or a dot behind."""
    plain = clean(text, lines=False)
    bare = plain.strip("\"'.,; ").removeprefix("tel:")
    if plain and sum(c.isdigit() for c in bare) < 3:
        raise Unreadable(_("%(value)s is not a telephone number.", value=repr(text)))
    return bare, "" if bare == plain else _read_as(text, bare)


def as_days(text: str) -> Read:
    """Days of the week as RRULE names them: "MO,TU" from "Monday, Tuesday", "1", "Mon-Fri", "lunes"."""
    plain = clean(text, lines=False)
    codes = [part.strip().upper() for part in plain.split(",") if part.strip()]
    if all(_RULE_DAY.match(code) for code in codes):
        return ",".join(codes), ""
    found: list[str] = []
    for part in re.split(r"[,;/&]|\by\b|\band\b", plain.lower()):
        ends = [_DAY_NAMES.get(end.strip(" .")) for end in re.split(r"\s*(?:-|–|\bto\b|\ba\b|\bthrough\b)\s*", part)]
        if not part.strip():
            continue
        if len(ends) > 2 or None in ends:
            raise Unreadable(_("%(value)s is not a day of the week.", value=repr(text)))
        first, last = DAYS.index(str(ends[0])), DAYS.index(str(ends[-1]))
        found += [DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return ",".join(dict.fromkeys(found)), ""


def one_of(choices: dict[str, str], default: str) -> Callable[[str], Read]:
    """A reader for words of a fixed list; `choices` maps what is met to what is stored."""

    def read(text: str) -> Read:
        plain = clean(text, lines=False).lower().replace("_", " ")
        if not plain:
            return default, ""
        if plain not in choices:
            raise Unreadable(_("%(value)s is not a known word here.", value=repr(text)))
        return choices[plain], ""

    return read


def as_list(text: str) -> list[str]:
    """The items of a list in one cell, each once; commas, semicolons or bars between, none of them inside brackets."""
    if not text:
        return []
    plain = clean(text, lines=False).strip("[]{}")
    between = ";" if ";" in plain else r"\|" if "|" in plain else r",(?![^(]*\))"
    parts = (part.strip().strip("\"'").strip() for part in re.split(between, plain))
    return list(dict.fromkeys(part for part in parts if part))


def as_names(text: str) -> Read:
    """Names by language, from lines of a code and a name; nothing where there are none."""
    said = [line.partition(" ") for line in text.splitlines()]
    return {code: name for code, _blank, name in said if code and name} or None, ""


def language_name(code: str) -> str:
    """The English name of a language code, or the code where nobody knows it."""
    try:
        return Locale.parse(code.strip(), sep="-" if "-" in code else "_").get_language_name("en") or code
    except (ValueError, UnknownLocaleError, TypeError):
        return code


def _read_as(text: str, value: str) -> str:
    return _("%(given)s was read as %(value)s.", given=repr(text), value=value)
