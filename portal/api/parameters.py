"""What may be asked, by the names of the HSDS 3.1 API: read from an address, a form or a JSON body. Knows no Flask."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from portal.directory.catalogue import Wish

#: How many a page holds: when nobody says, at most, and at most of whole trees.
USUAL_PAGE: Final = 50
LARGEST_PAGE: Final = 1_000
LARGEST_FULL_PAGE: Final = 100
_LONGEST: Final = 500
_LAST_PAGE: Final = 10_000_000
_YES, _NO = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off", ""})


class BadParameter(ValueError):
    """A parameter that cannot be read. The text names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what is wished for, and how the answer is to look. `size` is none where nobody said."""

    wish: Wish
    page: int
    size: int | None
    ndjson: bool
    full: bool
    minimal: bool
    full_service: bool

    @property
    def page_size(self) -> int:
        """How many a page holds: what was asked, as far as we give so many."""
        return min(self.size or USUAL_PAGE, LARGEST_FULL_PAGE if self.full or self.full_service else LARGEST_PAGE)


def read(address: Mapping[str, str], body: Any) -> Asked:
    """Read a question. Unknown parameters are left aside, as the specification has it for profiles.

    Args:
        address: the parameters in the address.
        body: those of a form or of a JSON body; they win.

    Raises:
        BadParameter: one cannot be read.
    """
    said = _said(address, body)
    form = said.get("format", "").lower()
    if form not in {"", "json", "ndjson"}:
        raise BadParameter("format: json or ndjson")
    size = _whole(said, "per_page", LARGEST_PAGE * 1_000)
    return Asked(
        wish=Wish(
            **{name: said.get(name, "") for name in _TEXTS},
            modified_after=_moment(said.get("modified_after", "")),
            proximity=_metres(said.get("proximity", "")),
            top_only=_flag(said, "top_only"),
        ),
        page=_whole(said, "page", _LAST_PAGE) or 1,
        size=size,
        ndjson=form == "ndjson",
        full=_flag(said, "full"),
        minimal=_flag(said, "minimal"),
        full_service=_flag(said, "full_service"),
    )


_TEXTS: Final = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "postcode", "parent_id")


def _said(address: Mapping[str, str], body: Any) -> dict[str, str]:
    """Every parameter as clean text."""
    if not isinstance(body, Mapping):
        raise BadParameter("the body: an object with parameters in it")
    found = {}
    for name, value in [*address.items(), *body.items()]:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        plain = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
        if len(plain) > _LONGEST:
            raise BadParameter(f"{name}: at most {_LONGEST} characters")
        found[name] = plain
    return found


def _whole(said: Mapping[str, str], name: str, most: int) -> int | None:
    text = said.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < 1:
        raise BadParameter(f"{name}: a whole number from 1")
    return min(int(text), most)


def _flag(said: Mapping[str, str], name: str) -> bool:
    text = said.get(name, "").lower()
    if text not in _YES | _NO:
        raise BadParameter(f"{name}: true or false")
    return text in _YES


def _moment(text: str) -> datetime | None:
    """A day or a moment in ISO 8601; without a zone it is UTC. A "+" in an address often arrives as a blank."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace("T", " ").replace(" ", "T", 1).replace(" ", "+"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadParameter("modified_after: a moment such as 2025-04-07T15:00:00Z") from None


def _metres(text: str) -> float | None:
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or found < 0:
        raise BadParameter("proximity: a number of metres")
    return found
