"""A picture and a made-up example for each part of life, so that a blank box is less blank. Values only."""

from typing import Any

from portal.i18n import _l
from portal.strengths.models import Tense

ICONS: dict[str, str] = {
    "home": "home",
    "money": "note",
    "work_learning": "plan",
    "people": "people",
    "health": "heart",
    "fun": "star",
    "meaning": "strength",
}
#: By area: what somebody might want, have now, or have had before.
_EXAMPLES: dict[str, tuple[Any, Any, Any]] = {
    "home": (_l("A quiet room of my own"), _l("I keep my place clean"), _l("I lived on my own for two years")),
    "money": (_l("Pay my bills on time"), _l("I have a bank card"), _l("I saved up for a bike")),
    "work_learning": (_l("Work with animals"), _l("I can use a sewing machine"), _l("I drove a truck for six years")),
    "people": (_l("See my sister more"), _l("My neighbor checks on me"), _l("A teacher who believed in me")),
    "health": (_l("Sleep through the night"), _l("I walk each morning"), _l("Talking to a nurse helped")),
    "fun": (_l("Learn to play cards"), _l("I like to cook"), _l("I sang with friends")),
    "meaning": (_l("Help other people"), _l("My faith gives me hope"), _l("Feast days with my family")),
}
_PLACES = {Tense.WANT: 0, Tense.NOW: 1, Tense.PAST: 2}


def icon_of(area: str) -> str:
    """The drawing beside this part of life."""
    return ICONS.get(area, "star")


def example_of(area: str, tense: Tense) -> str:
    """What somebody might write here; nothing for a part of life this release does not know."""
    found = _EXAMPLES.get(area)
    return str(found[_PLACES[tense]]) if found else ""
