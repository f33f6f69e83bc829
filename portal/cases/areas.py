"""The seven parts of life that strengths and goals are sorted by (DOMAIN 2.1): a key that is stored, and a label."""

from dataclasses import dataclass
from typing import Any

from portal.i18n import _l


@dataclass(frozen=True, slots=True)
class Area:
    """One part of life: its stored key and what a client calls it."""

    key: str
    label: Any


AREAS: tuple[Area, ...] = (
    Area("home", _l("My home and daily life")),
    Area("money", _l("My money, benefits and things I own")),
    Area("work_learning", _l("My work and learning")),
    Area("people", _l("People who matter to me")),
    Area("health", _l("My health and feeling well")),
    Area("fun", _l("What I do for fun")),
    Area("meaning", _l("What gives me meaning: faith, culture, values")),
)
_BY_KEY = {area.key: area for area in AREAS}


def choices() -> list[tuple[str, Any]]:
    """The areas as a form offers them."""
    return [(area.key, area.label) for area in AREAS]


def is_area(key: str) -> bool:
    """Whether this is the key of an area."""
    return key in _BY_KEY


def label_of(key: str) -> str:
    """What a client calls this area; the key itself when this release does not know it."""
    return str(_BY_KEY[key].label) if key in _BY_KEY else key
