"""The languages a service speaks, in the reader's language: directories say "Spanish", "es", "spa" or "Español"."""

from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from portal import i18n
from portal.directory.text import fold
from portal.i18n import _

#: The languages whose own names for languages are known when a directory's word is read.
_READ: Final = ("en", "es", "ar", "fr", "de", "pt", "zh", "vi")
#: Names that directories use and Babel does not.
_OTHERS: Final = {"mandarin": "zh", "mandarin chinese": "zh", "cantonese": "yue", "farsi": "fa", "tagalog": "fil",
                  "sign language": "ase", "asl": "ase", "american sign language (asl)": "ase", "castellano": "es",
                  "creole": "ht", "haitian": "ht", "filipino/tagalog": "fil"}  # fmt: skip


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The code of each language by its folded names. Where two share one, the earlier language of `_READ` decides."""
    found = dict(_OTHERS)
    for speaker in _READ:
        for code, name in Locale.parse(speaker).languages.items():
            found.setdefault(fold(str(name)), str(code))
    for code in map(str, Locale.parse("en").languages):
        try:
            own = Locale.parse(code).get_display_name(code)
        except (UnknownLocaleError, ValueError):
            continue
        found.setdefault(fold(own or code), code)
    return found


@lru_cache(maxsize=4_000)
def code_of(name: str, code: str = "") -> str:
    """The code that Babel knows a language by, from the name or code a directory gives; empty if nobody knows it."""
    known = Locale.parse("en").languages
    aliases = get_global("language_aliases")
    for said in (code, name):
        short = said.strip().replace("_", "-").lower()
        short = str(aliases.get(short, short))
        for one in (short, short.partition("-")[0]):
            if one in known and len(one) <= 3:
                return one
    outer, _bracket, inner = name.partition("(")
    parts = (name, inner.rstrip(") "), outer)  # "Chinese (Mandarin)": the narrower word first
    return next((found for part in parts if (found := _codes().get(fold(part.strip())))), "")


def spoken(name: str, code: str = "") -> str:
    """A language named in the language being spoken; as the directory wrote it where nobody knows it."""
    return _spoken(name, code, i18n.language())


@lru_cache(maxsize=10_000)
def _spoken(name: str, code: str, reader: str) -> str:
    found = code_of(name, code)
    if found == "ase":
        return _("American Sign Language")  # the one language of our directories that Babel names in English only
    if reader == "en" and name and fold(name) in _OTHERS:
        return name  # "Farsi" is what its speakers call it in English; Babel says "Persian"
    said = Locale.parse(reader, sep="-").languages.get(found) or name or code
    return said[:1].upper() + said[1:]
