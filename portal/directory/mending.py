"""Damage that text suffers on its way through programs, and its certain repair: nothing here guesses."""

import html
import re
from typing import Final

from portal.i18n import _

#: Longer than this no name is, and no description.
LONGEST_LINE: Final = 1_000
LONGEST_TEXT: Final = 100_000
_TAG: Final = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
#: How letters look that were written as UTF-8 and read as something older.
_READ_WRONG: Final = re.compile("[ÃÂÅÐÑØÙâ][\u0080-\u00bf\u0152-\u2122]")


def as_it_was_meant(text: str) -> str:
    """Text that was written as UTF-8 and read as Windows-1252, read rightly; any other text as it is."""
    if not _READ_WRONG.search(text):
        return text
    raw = bytearray()
    for letter in text:
        if ord(letter) < 0x100:
            raw.append(ord(letter))
            continue
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            return text  # a letter that no such mistake makes: the text was read rightly
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def line(text: str) -> tuple[str, str]:
    """One line as it was meant: no wrongly read letters, no markup. With a sentence if that changed it."""
    meant = as_it_was_meant(text)
    if "&" in meant and ";" in meant:
        meant = html.unescape(meant)
    if "<" in meant:
        meant = " ".join(_TAG.sub(" ", meant).split())
    return (text, "") if meant == text else (meant, _read_as(text, meant))


def text(given: str) -> tuple[str, str]:
    """Text of several lines, which may hold markup, as it was meant."""
    meant = as_it_was_meant(given)
    if "&" in meant and ";" in meant and "<" not in meant:
        meant = html.unescape(meant)
    return (given, "") if meant == given else (meant, _read_as(given, meant))


def _read_as(given: str, meant: str) -> str:
    return _("%(given)s was read as %(value)s.", given=repr(_short(given)), value=_short(meant))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
