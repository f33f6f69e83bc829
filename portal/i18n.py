"""Words, dates and numbers in the language being spoken now. Built on Babel; knows nothing of Flask.

The language lives in a context variable, not in a request, so that a message sent by the worker speaks the reader's
language too. Lazy text (`_l`) is for import time only: labels, enumerations, profiles.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import LazyProxy, NullTranslations, Translations

from portal import clock

TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"
SOURCE_LANGUAGE: Final = "en"

#: A day farther from today than this is written with its year: "Tue, Apr 8" alone would be read as the nearest one.
YEAR_IS_PLAIN_FOR: Final = timedelta(days=182)

_ARABIC_SCRIPT: Final = re.compile("[\u0600-\u06ff]")

_language: ContextVar[str] = ContextVar("portal_language", default=SOURCE_LANGUAGE)
_zone: ContextVar[str] = ContextVar("portal_zone", default="UTC")


def is_translated(language: str) -> bool:
    """Whether the portal speaks this language: the source language, or one with a file of translations."""
    return language == SOURCE_LANGUAGE or _file(language).exists()


def _file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language; the source language has none. Read from the .po file once a process."""
    if language == SOURCE_LANGUAGE or not is_translated(language):
        return NullTranslations()
    with _file(language).open("rb") as source:
        compiled = BytesIO()
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The code of the language being spoken now."""
    return _language.get()


def locale() -> Locale:
    """The locale being spoken now."""
    return _locale(_language.get())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-")


def direction(code: str | None = None) -> str:
    """Which way a language is written: "ltr" or "rtl"."""
    return _locale(code or language()).text_direction


@cache
def own_name(code: str) -> str:
    """The name of a language in itself, as a chooser shows it."""
    found = _locale(code)
    name = found.get_display_name(code) or code
    return name[:1].upper() + name[1:]


@contextmanager
def speaking(code: str, zone: str | None = None) -> Iterator[None]:
    """Speak this language, and tell times in this zone, inside the block."""
    token = _language.set(code)
    zone_token = _zone.set(zone or _zone.get())
    try:
        yield
    finally:
        _language.reset(token)
        _zone.reset(zone_token)


def speak(code: str, zone: str) -> None:
    """Speak this language from now on in this context. The web edge calls it once a request."""
    _language.set(code)
    _zone.set(zone)


def _(text: str, **places: Any) -> str:
    """This text in the language being spoken, its %(named)s places filled."""
    found = catalogue(_language.get()).gettext(text)
    return found % places if places else found


def ngettext(one: str, many: str, num: int, **places: Any) -> str:
    """The form for `num` in the language being spoken; `%(num)s` is filled with the number as it is written there."""
    found = catalogue(_language.get()).ngettext(one, many, num)
    return found % {"num": number(num), **places}


def pgettext(context: str, text: str, **places: Any) -> str:
    """As `_`, for a short word that needs its context to be translated."""
    found = catalogue(_language.get()).pgettext(context, text)
    return str(found) % places if places else str(found)


def _l(text: str) -> Any:
    """Text translated when it is shown, not when the module is read."""
    return LazyProxy(lambda: _(text), enable_cache=False)


def lazy_pgettext(context: str, text: str) -> Any:
    """As `_l`, with a context."""
    return LazyProxy(lambda: pgettext(context, text), enable_cache=False)


def here(moment: datetime) -> datetime:
    """This moment as the clock on the reader's wall shows it."""
    return moment.astimezone(ZoneInfo(_zone.get()))


def zone_name() -> str:
    """The IANA name of the reader's time zone."""
    return _zone.get()


def day(value: date | datetime, *, year: bool = False) -> str:
    """A day with its weekday, such as "Tue, Apr 8"; with `year`, or half a year away from today, "Tue, Apr 8, 2025"."""
    plain = here(value).date() if isinstance(value, datetime) else value
    year = year or abs(plain - here(clock.now()).date()) > YEAR_IS_PLAIN_FOR
    return _day(plain, "yMMMEd" if year else "MMMEd", language())


def short_day(value: date | datetime) -> str:
    """A day without its weekday, for tables with many: "Apr 8", or "Apr 8, 2027" in another year."""
    plain = here(value).date() if isinstance(value, datetime) else value
    return _day(plain, "MMMd" if plain.year == here(clock.now()).year else "yMMMd", language())


@cache
def _day(value: date, skeleton: str, code: str) -> str:
    return format_skeleton(skeleton, value, locale=_locale(code))


def long_day(value: date | datetime) -> str:
    """A day in full, such as "April 8, 2025"."""
    plain = here(value).date() if isinstance(value, datetime) else value
    return _long_day(plain, language())


@cache
def _long_day(value: date, code: str) -> str:
    return format_date(value, "long", locale=_locale(code))


def clock_time(value: datetime | time) -> str:
    """A time of day, such as "2:30 PM"."""
    plain = here(value).time() if isinstance(value, datetime) else value
    return _clock_time(plain.replace(second=0, microsecond=0, tzinfo=None), language())


@cache
def _clock_time(value: time, code: str) -> str:
    return format_time(value, "short", locale=_locale(code))


def day_and_time(value: datetime) -> str:
    """A day and the time on it."""
    return _("%(day)s, %(time)s", day=day(value), time=clock_time(value))


def ago(value: datetime, now: datetime) -> str:
    """How long before `now` this was, in words, such as "3 days ago"."""
    return format_timedelta(value - now, add_direction=True, locale=locale())


def number(value: float) -> str:
    """A number as it is written in the language being spoken."""
    return _number(value, language())


@lru_cache(maxsize=10_000)
def _number(value: float, code: str) -> str:
    return format_decimal(value, locale=_locale(code))


def money(value: float, currency: str) -> str:
    """An amount with its currency."""
    return format_currency(value, currency, locale=locale())


def percent(value: float) -> str:
    """A share in percent (0 to 100) as it is written in the language being spoken, with one decimal at most: "37%"."""
    pattern = locale().percent_formats[None].pattern.replace("##0", "##0.#")
    return format_percent(value / 100, pattern, locale=locale())


def listed(items: Iterable[object]) -> str:
    """Several things named one after the other, such as "food, rent, and a doctor". Empty ones are left out."""
    return format_list([text for item in items if (text := str(item))], locale=locale())


def in_a_line(parts: Iterable[str | None]) -> str:
    """The parts of an address with the comma of the script it is written in: it is no sentence, and has no "and"."""
    kept = [part for part in parts if part]
    return ("، " if any(_ARABIC_SCRIPT.search(part) for part in kept) else ", ").join(kept)
