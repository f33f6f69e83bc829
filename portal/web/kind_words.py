"""A gentle hint on words that may hurt, for what staff write and clients will read. It never blocks.

The list is the domain guide's ("Words", DOMAIN 3), in English; text in another language gets no hint. It is never held
against a client's own words.
"""

import re
from dataclasses import dataclass
from typing import Any

from portal.i18n import _l


@dataclass(frozen=True, slots=True)
class Hint:
    """A word as it was written, and what could stand there instead."""

    word: str
    instead: Any


_LIST: tuple[tuple[str, Any], ...] = (
    (r"non-?complian(?:t|ce)|refused|resistant", _l("chose not to, said no thanks, prefers something else")),
    (r"no-?shows?", _l("missed, could not make it")),
    (r"problems?|deficits?|weakness(?:es)?|dysfunction(?:al)?", _l("what gets in the way, what you want to change")),
    (r"relapse[ds]?", _l("a hard patch, symptoms came back")),
    (r"(?:clean|dirty) (?:test|urine|screen)s?", _l("test result positive or negative")),
    (r"compliance|compliant|adherence", _l("what we agreed, how it is going")),
    (r"high-risk|frequent flyers?", _l("needs more support now, a familiar face")),
    (r"unrealistic", _l("a big hope: what is the first step?")),
    (r"caretakers?|enablers?", _l("supporter")),
    (r"discharged?|terminat(?:ed?|ion)", _l("finish, hand over")),
    (r"must|should", _l("you can, you might like to")),
    (r"failed referrals?", _l("it did not work out: let us try another")),
)
_WORDS = tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), instead) for pattern, instead in _LIST)


def hints_on(text: str) -> list[Hint]:
    """What could be said more kindly, each once, in the order of the list."""
    hints: list[Hint] = []
    for pattern, instead in _WORDS:
        found = pattern.search(text)
        if found and not any(found.group() in hint.word for hint in hints):
            hints.append(Hint(found.group(), instead))
    return hints
