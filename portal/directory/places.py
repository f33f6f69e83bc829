"""Where a town, a county or a postal code is: the middle of the directory's own addresses there, or of a census list.

Nothing is asked of anybody outside: what a person types never leaves the portal. A postal code we have no address in
lies, near enough, where those lie that begin with the same three digits (the same sorting centre).
"""

import csv
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import bindparam, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from portal.directory.marks import LEAST_MILES, MOST_MILES, area_key, hashed
from portal.directory.models import Address, Location, SearchPlace
from portal.directory.text import slug

_BATCH: Final = 5_000
_ORDER: Final = {"zip": 0, "town": 1, "county": 2}
_POINT = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
#: The states and territories of the United States by their letters (USPS Publication 28, Appendix B).
STATES: Final[Mapping[str, str]] = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado",
    "ct": "connecticut", "de": "delaware", "fl": "florida", "ga": "georgia", "hi": "hawaii", "id": "idaho",
    "il": "illinois", "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky", "la": "louisiana",
    "me": "maine", "md": "maryland", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota", "ms": "mississippi",
    "mo": "missouri", "mt": "montana", "ne": "nebraska", "nv": "nevada", "nh": "new hampshire", "nj": "new jersey",
    "nm": "new mexico", "ny": "new york", "nc": "north carolina", "nd": "north dakota", "oh": "ohio",
    "ok": "oklahoma", "or": "oregon", "pa": "pennsylvania", "ri": "rhode island", "sc": "south carolina",
    "sd": "south dakota", "tn": "tennessee", "tx": "texas", "ut": "utah", "vt": "vermont", "va": "virginia",
    "wa": "washington", "wv": "west virginia", "wi": "wisconsin", "wy": "wyoming", "dc": "district of columbia",
    "pr": "puerto rico", "gu": "guam", "vi": "virgin islands", "as": "american samoa",
}  # fmt: skip


class NoPoint(ValueError):
    """What was given as a point of the map is none."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place somebody named: what it is called, its middle if it is known, and the areas that it lies in."""

    name: str
    latitude: float | None
    longitude: float | None
    areas: tuple[str, ...]

    @property
    def point(self) -> tuple[float, float] | None:
        """Its middle."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def point_of(text: str) -> tuple[float, float]:
    """Latitude and longitude from "41.7,-99.5".

    Raises:
        NoPoint: it is not two numbers with a comma between, or no place on earth.
    """
    found = _POINT.match(text)
    if not found:
        raise NoPoint(text)
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise NoPoint(text)
    return latitude, longitude


def miles_of(text: str) -> float:
    """A distance in miles, held between the least and the most one can ask for.

    Raises:
        NoPoint: it is no number.
    """
    try:
        miles = float(text)
    except ValueError:
        raise NoPoint(text) from None
    if not math.isfinite(miles):
        raise NoPoint(text)
    return min(MOST_MILES, max(LEAST_MILES, miles))


def short_zip(place: str) -> str:
    """A place with "94403-1234" cut to "94403": directories hold the five digits."""
    return " ".join(part[:5] if len(part) == 10 and part[5] == "-" else part for part in place.split())


def is_empty(session: Session) -> bool:
    """Whether no address has been counted yet."""
    return session.scalars(select(SearchPlace.id).where(SearchPlace.listed.is_(False)).limit(1)).first() is None


def refresh(session: Session) -> None:
    """Make the names of places anew from the addresses of the directory. Those of a list stay."""
    session.execute(delete(SearchPlace).where(SearchPlace.listed.is_(False)))
    said = (
        select(
            Address.postal_code, Address.city, Address.region, Address.state_province, Location.latitude,
            Location.longitude,
        )
        .join(Location, Location.id == Address.location_id)
        .where(Location.closed_at.is_(None), or_(Address.city != "", Address.postal_code != ""))
        .order_by(Address.id)
    )  # fmt: skip
    gathered: dict[tuple[str, str, str], _Middle] = {}
    for row in session.execute(said.execution_options(yield_per=_BATCH)):
        county, state = row.region or "", slug(row.state_province or "")
        code = short_zip(row.postal_code or "")
        if code:
            _put(gathered, ("zip", slug(code), ""), _Middle(code, county, state), row)
        if row.city:
            _put(gathered, ("town", slug(row.city), state), _Middle(row.city, county, state), row)
        if county:
            _put(gathered, ("county", area_key(county), state), _Middle(county, county, state), row)
    rows = [middle.row(*key) for key, middle in gathered.items() if key[1]]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(SearchPlace), rows[start : start + _BATCH])


@dataclass(slots=True)
class _Middle:
    name: str
    county: str
    state: str
    latitude: float = 0.0
    longitude: float = 0.0
    points: int = 0
    addresses: int = 0

    def row(self, kind: str, key: str, _state: str) -> dict[str, Any]:
        known = self.points > 0
        return {
            "id": uuid4(), "kind": kind, "key": key, "name": self.name, "county": area_key(self.county),
            "state": self.state, "latitude": self.latitude / self.points if known else None,
            "longitude": self.longitude / self.points if known else None, "services": self.addresses, "listed": False,
        }  # fmt: skip


def _put(gathered: dict[tuple[str, str, str], _Middle], key: tuple[str, str, str], first: _Middle, row: Any) -> None:
    middle = gathered.setdefault(key, first)
    middle.addresses += 1
    if row.latitude is not None and row.longitude is not None:
        middle.latitude, middle.longitude = middle.latitude + row.latitude, middle.longitude + row.longitude
        middle.points += 1


def load_list(session: Session, path: Path) -> int:
    """Take postal codes with their middles from a file of the US Census Bureau (the ZCTA gazetteer), or one like it.

    The file is text with a heading: GEOID (or zip), INTPTLAT (or latitude), INTPTLONG (or longitude), tabs or commas
    between. What an earlier list said is dropped.

    Returns:
        How many were taken.

    Raises:
        NoPoint: it is no such file.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        heading = opened.readline()
        between = "\t" if "\t" in heading else ","
        names = [name.strip().lower() for name in heading.split(between)]
        at = [_column(names, *wanted) for wanted in _COLUMNS]
        rows = [row for line in csv.reader(opened, delimiter=between) if (row := _listed(line, at))]
    if not rows:
        raise NoPoint(path.name)
    session.execute(delete(SearchPlace).where(SearchPlace.listed))
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(SearchPlace), rows[start : start + _BATCH])
    return len(rows)


_COLUMNS: Final = (
    ("geoid", "zcta5", "zip", "zipcode", "postal_code"),
    ("intptlat", "latitude", "lat"),
    ("intptlong", "longitude", "lng", "lon"),
)


def _column(names: list[str], *wanted: str) -> int:
    for name in wanted:
        if name in names:
            return names.index(name)
    raise NoPoint(wanted[0])


def _listed(line: list[str], at: list[int]) -> dict[str, Any] | None:
    try:
        code, latitude, longitude = line[at[0]].strip(), *point_of(f"{line[at[1]].strip()},{line[at[2]].strip()}")
    except (IndexError, NoPoint):
        return None
    return {
        "id": uuid4(), "kind": "zip", "key": slug(code.zfill(5)), "name": code.zfill(5), "county": "", "state": "",
        "latitude": latitude, "longitude": longitude, "services": 0, "listed": True,
    }  # fmt: skip


_NAMED = select(
    SearchPlace.kind, SearchPlace.key, SearchPlace.name, SearchPlace.county, SearchPlace.state, SearchPlace.latitude,
    SearchPlace.longitude, SearchPlace.services,
).where(SearchPlace.key.in_(bindparam("keys", expanding=True)))  # fmt: skip
_NEARBY = select(func.avg(SearchPlace.latitude), func.avg(SearchPlace.longitude)).where(
    SearchPlace.kind == "zip",
    SearchPlace.key.between(bindparam("first"), bindparam("last")),
    SearchPlace.latitude.is_not(None),
)


def place_of(session: Session, said: str) -> Spot | None:
    """The place that somebody names: a postal code, a town (with its state or without), or a county.

    Of several towns of one name the one with most addresses is meant. None if the directory knows no such place.
    """
    name = slug(short_zip(said))
    if not name:
        return None
    shorter, _blank, last = name.rpartition(" ")
    state = last if last in STATES else next((code for code, full in STATES.items() if name.endswith(f" {full}")), "")
    full = STATES.get(state, "")
    town = name.removesuffix(f" {full}") if full and name.endswith(f" {full}") else shorter if last in STATES else name
    keys = {name, town, area_key(name), area_key(town), *(word for word in name.split() if word.isdigit())} - {""}
    rows = list(session.execute(_NAMED, {"keys": sorted(keys)}))
    if rows:
        best = min(rows, key=lambda row: (bool(state) and row.state != state, _ORDER[row.kind], -row.services, row.key))
        located = best if best.latitude is not None else next((r for r in rows if r.latitude is not None), best)
        return Spot(best.name, located.latitude, located.longitude, _areas(rows, best))
    if name.isdigit() and len(name) == 5:
        middle = session.execute(_NEARBY, {"first": name[:3] + "00", "last": name[:3] + "99"}).one()
        if middle[0] is not None:
            return Spot(name, middle[0], middle[1], (hashed("a", name),))
    return None


def _areas(rows: Iterable[Any], best: Any) -> tuple[str, ...]:
    """The area tokens that a service which helps people there may carry: itself, its county, its state, everywhere."""
    names = [area_key(best.key), area_key(best.name), best.county, best.state, STATES.get(best.state, "")]
    names += [row.county for row in rows if row.key == best.key and row.state == best.state]
    return tuple(dict.fromkeys(hashed("a", name) for name in (*names, "everywhere") if name))


def middles(session: Session, addresses: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """Points for places that have none of their own, by their postal code and town. One query."""
    wanted = set(addresses)
    keys = sorted({slug(short_zip(part)) for pair in wanted for part in pair if part} - {""})
    points: dict[str, tuple[float, float]] = {}
    for start in range(0, len(keys), _BATCH):
        for row in session.execute(_NAMED, {"keys": keys[start : start + _BATCH]}):
            if row.latitude is not None and row.kind != "county":
                points.setdefault(row.key, (row.latitude, row.longitude))
    found = {}
    for code, town in wanted:
        point = points.get(slug(short_zip(code))) or points.get(slug(town))
        if point:
            found[code, town] = point
    return found
