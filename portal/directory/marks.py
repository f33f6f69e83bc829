"""The filter tokens of a search document: what can be asked for beside words. Each is letters and digits only.

A token that most services would carry costs as much as reading them all, so what is usual has none: what is unusual is
marked instead, and a search leaves the marked ones out (too young, too old, asks for papers).
"""

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from datetime import time
from functools import cache
from typing import Final

from babel import Locale

from portal.directory.hours import DAYS, Rule, spans_on_weekday
from portal.directory.text import slug, stems, words

#: Degrees of latitude to a mile, and the largest and smallest circle one can ask for (ohana-api's limits).
MILES_A_DEGREE: Final = 69.0
MOST_MILES, LEAST_MILES = 50.0, 0.1
#: Ages are asked in whole years; from here on they are all one.
OLDEST: Final = 99
#: After this hour a weekday counts as evening.
EVENING: Final = time(18)
FREE, WHEELCHAIR, PAPERS, EVENINGS, WEEKENDS = "free", "wheel", "papers", "evening", "weekend"

_FREE = re.compile(r"\b(free|no (?:cost|charge|fee)s?|gratis|gratuit\w*|sin costo|without charge)\b", re.IGNORECASE)
_NOT_FREE = re.compile(r"\bnot free\b|\bno es gratis\b|\bfree (?:parking|of)\b", re.IGNORECASE)
_WHEELS = re.compile(
    r"wheel ?chair|step[- ]free|no steps|\bramps?\b|\blift\b|\belevator\b|\bada\b|accessible|silla de ruedas|"
    r"sin escalones|rampa|accesible|disabled_parking|restroom",
    re.IGNORECASE,
)
_NO_WHEELS = re.compile(r"\b(?:no|not|without|un|inac\w*)\b[^.]{0,20}(?:wheel|access|ramp)|inaccesible", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?:ids?|identification|identificaci\w+|photo|passport|pasaporte|license|licencia|social security|proof|"
    r"comprobante|birth certificate|acta|pay ?stubs?|papers?|documents?|documentos?|statements?|letter)\b",
    re.IGNORECASE,
)
_GENERIC_AREA = re.compile(
    r"\b(?:county|counties|city of|town of|village of|state of|parish|borough|condado(?: de)?|area|residents?)\b"
)
_EVERYWHERE: Final = frozenset(
    {"nationwide", "national", "usa", "us", "all", "everywhere", "statewide", "unitedstates", "countrywide"}
    | {"worldwide", "nacional", "anywhere"}
)


def hashed(letter: str, text: str) -> str:
    """A token for a text of any length: the same for equal texts of different sources."""
    return letter + hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def category(path: str) -> str:
    """The token of a category, by its path."""
    return hashed("c", path)


def cell(latitude: float, longitude: float) -> str:
    """The token of the tenth of a degree that a point lies in."""
    return f"g{math.floor(latitude * 10) + 900}x{math.floor(longitude * 10) + 1800}"


def cells_round(latitude: float, longitude: float, miles: float) -> list[str]:
    """The cells that a circle touches."""
    high, wide = box(latitude, miles)
    rows = range(math.floor((latitude - high) * 10), math.floor((latitude + high) * 10) + 1)
    columns = range(math.floor((longitude - wide) * 10), math.floor((longitude + wide) * 10) + 1)
    return [f"g{row + 900}x{column + 1800}" for row in rows for column in columns]


def box(latitude: float, miles: float) -> tuple[float, float]:
    """Half the height and half the width of a circle, in degrees."""
    return miles / MILES_A_DEGREE, miles / (MILES_A_DEGREE * max(0.05, math.cos(math.radians(latitude))))


@cache
def _language_codes() -> dict[str, str]:
    """Languages by their names in English, Spanish, Arabic and themselves."""
    found: dict[str, str] = {}
    for speaking in ("ar", "es", "en"):
        for code, name in Locale(speaking).languages.items():
            if len(code) in {2, 3}:
                found[slug(name)] = code
    return found


@cache
def language_code(said: str) -> str:
    """The code of a language that is named or coded; its name as one word if it has none we know."""
    name = slug(said)
    codes = _language_codes()
    first = name.split(" ")[0] if name else ""
    if len(first) in {2, 3} and first in codes.values() and name not in codes:
        return first
    return codes.get(name) or codes.get(first) or name.replace(" ", "")


def language(said: str) -> str:
    """The token of a language, however it is named."""
    code = language_code(said)
    return f"l{code}" if code.isascii() and code.isalnum() and len(code) <= 3 else hashed("l", code)


def slot(weekday: int, hour: int) -> str:
    """The token of one hour of the week."""
    return f"h{weekday * 24 + hour}"


def opening(rules: Sequence[Rule]) -> list[str]:
    """The hours of the week in which a place is usually open at some time, and whether in evenings and at weekends.

    Exceptions and every-other-week rules count as open: the exact answer is given on the results.
    """
    found: dict[str, None] = {}
    for weekday in range(len(DAYS)):
        for start, end in spans_on_weekday(weekday, rules):
            last = end.hour + (1 if end.minute else 0) if end > start else 24
            found |= dict.fromkeys(slot(weekday, hour) for hour in range(start.hour, last))
            if end <= start and end != time(0):
                following = (weekday + 1) % 7
                tail = end.hour + (1 if end.minute else 0)
                found |= dict.fromkeys(slot(following, hour) for hour in range(tail))
            if weekday >= 5:
                found[WEEKENDS] = None
            elif end > EVENING or end <= start:
                found[EVENINGS] = None
    return list(found)


def too_young_or_old(least: float | None, most: float | None) -> list[str]:
    """A token for every age that a service is not for."""
    low = max(0, min(OLDEST, math.ceil(least))) if least else 0
    high = OLDEST if most is None or most >= OLDEST else max(0, math.floor(most))
    if high < low:
        return []
    return [f"n{age}" for age in (*range(low), *range(high + 1, OLDEST + 1))]


def age(years: float) -> str:
    """The token that a service which is not for this age carries."""
    return f"n{max(0, min(OLDEST, int(years)))}"


def is_free(costs: Iterable[Sequence[object]], fees: str) -> bool:
    """Whether something is given for nothing, at least to some."""
    rows = list(costs)
    if any(row[1] == 0 or _FREE.search(str(row[0] or "")) for row in rows):
        return True
    return bool(_FREE.search(fees)) and not _NOT_FREE.search(fees)


def has_wheelchair_access(texts: Iterable[str]) -> bool:
    """Whether some text says that a wheelchair gets in, and none that it does not."""
    said = " ".join(texts)
    return bool(_WHEELS.search(said)) and not _NO_WHEELS.search(said)


def asks_for_papers(documents: Iterable[str]) -> bool:
    """Whether one must bring something with a name on it."""
    return any(_PAPERS.search(text) for text in documents)


def areas(names: Iterable[str]) -> list[str]:
    """The tokens of the areas that a service helps people from: "Ada and Elm Counties" is two."""
    found: dict[str, None] = {}
    for name in names:
        for part in re.split(r"[,;/&]| and | y ", name):
            key = area_key(part)
            if key:
                found[hashed("a", "everywhere" if key.replace(" ", "") in _EVERYWHERE else key)] = None
    return list(found)


def area_key(name: str) -> str:
    """An area's name without the words that say what kind of area it is."""
    return " ".join(_GENERIC_AREA.sub(" ", slug(name)).split())


def emails(addresses: Iterable[str]) -> list[str]:
    """Tokens for whole addresses, and for the domains of those that are the organisation's own."""
    found: dict[str, None] = {}
    for address in addresses:
        name, _at, domain = address.strip().lower().rpartition("@")
        if name and domain:
            found[hashed("e", f"{name}@{domain}")] = None
            if domain not in PUBLIC_MAIL:
                found[hashed("d", domain)] = None
    return list(found)


#: Domains that say nothing about who somebody is (ohana-api's list, and a few more).
PUBLIC_MAIL: Final = frozenset(
    {"gmail.com", "aol.com", "hotmail.com", "yahoo.com", "sbcglobal.net", "outlook.com", "icloud.com", "msn.com"}
    | {"comcast.net", "live.com"}
)


def organization(name: str) -> list[str]:
    """Tokens for the words of an organisation's name."""
    return [f"o{stem}" for word in words(name) for stem in stems(word)]


def organization_groups(said: str) -> list[list[str]]:
    """For each word that somebody says of an organisation, the tokens one of which its name must have."""
    return [[f"o{stem}" for stem in stems(word)] for word in words(said)]


def email(said: str) -> str:
    """The token of an address, or of the domain of one that the index does not know by itself."""
    name, _at, domain = said.strip().lower().rpartition("@")
    return hashed("e", f"{name}@{domain}") if name else hashed("d", domain)


#: Whom a place is made for: a key and the words, folded, that say so in a name, a category or who may come.
AUDIENCES: Final[dict[str, frozenset[str]]] = {
    key: frozenset(stem for word in said.split() for stem in stems(word))
    for key, said in {
        "children": "child children kid kids niño ninos ninas infantil baby babies bebe toddler",
        "young": "teen teens teenager youth adolescent joven jovenes adolescente young",
        "older": "senior seniors elder elders elderly older mayores ancianos abuelos grandparents",
        "families": "family families parent parents familia familias padres mother father mothers fathers",
        "women": "women woman mujer mujeres female girls",
        "men": "men fathers hombres male",
        "lgbtq": "lgbt lgbtq gay lesbian trans transgender nonbinary queer",
        "veterans": "veteran veterans veteranos military",
        "immigrants": "immigrant immigrants immigration refugee refugees inmigrante inmigrantes refugiados asylum",
        "disability": "disability disabled disabilities discapacidad deaf blind wheelchair",
        "homeless": "homeless shelter unhoused hogar",
        "prison": "prison jail reentry incarcerated parole carcel prisoners",
    }.items()
}


def audiences(texts: Iterable[str | None]) -> list[str]:
    """The tokens of those whom a name, a category or a rule of who may come speaks of."""
    said = {stem for text in texts if text for word in words(text) for stem in stems(word)}
    return [f"w{key}" for key, telling in AUDIENCES.items() if said & telling]


def audience(key: str) -> str:
    """The token of one of AUDIENCES; of no service for any other word."""
    return f"w{key}" if key in AUDIENCES else "wnobody"
