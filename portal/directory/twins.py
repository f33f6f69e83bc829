"""Entries that are likely one place: the same number and nearly the same name, or the same name at the same address."""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models import SearchDocument
from portal.directory.text import STOP_WORDS, slug, words

#: Of two names so large a share of the words must be the same.
_ALIKE: Final = 0.6
#: A number or address that more entries share belongs to an organisation with many services, not to one place.
_SHARED_BY: Final = 12
_BATCH: Final = 2_000


class Sign(StrEnum):
    """Why two entries look like one place."""

    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    service_id: UUID
    name: str
    organization: str
    address: str
    town: str
    phone: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Two entries that are likely one place, and the signs of it."""

    first: Side
    second: Side
    signs: tuple[Sign, ...]
    likeness: float


def twins(session: Session, judged: Container[tuple[UUID, UUID]], most: int) -> list[Twin]:
    """The likeliest pairs, those that were judged left out. Reads every card once, in batches.

    Args:
        session: any session.
        judged: pairs that somebody decided about, the smaller id first.
        most: how many.
    """
    sides: dict[UUID, Side] = {}
    groups: dict[tuple[Sign, str], list[UUID]] = defaultdict(list)
    rows = select(SearchDocument.service_id, SearchDocument.card).order_by(SearchDocument.number)
    for service_id, card in session.execute(rows.execution_options(yield_per=_BATCH)):
        side = _side(service_id, card)
        sides[service_id] = side
        for key in _keys(side):
            groups[key].append(service_id)
    signs: dict[tuple[UUID, UUID], list[Sign]] = defaultdict(list)
    for (sign, _text), members in groups.items():
        for first, second in _pairs(members):
            signs[first, second].append(sign)
    found = (_twin(sides[a], sides[b], told) for (a, b), told in signs.items() if (a, b) not in judged)
    likely = [twin for twin in found if twin is not None]
    return sorted(likely, key=lambda t: (-len(t.signs), -t.likeness, t.first.name, str(t.first.service_id)))[:most]


def _side(service_id: UUID, card: dict[str, Any]) -> Side:
    told = (str(card.get(name, "")) for name in ("name", "organization", "address", "town", "phone"))
    return Side(service_id, *told)


def _keys(side: Side) -> Iterator[tuple[Sign, str]]:
    digits = "".join(c for c in side.phone if c.isdigit())[-10:]
    if len(digits) >= 7:
        yield Sign.PHONE, digits
    if side.address and side.town:
        yield Sign.ADDRESS, slug(f"{side.address} {side.town}")
    yield Sign.NAME, slug(f"{side.name} {side.town}")


def _pairs(members: list[UUID]) -> Iterator[tuple[UUID, UUID]]:
    if len(members) <= _SHARED_BY:
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                yield min(first, second), max(first, second)


def _twin(first: Side, second: Side, signs: list[Sign]) -> Twin | None:
    likeness = _likeness(first.name, second.name)
    if likeness < _ALIKE or (signs == [Sign.NAME] and slug(first.organization) != slug(second.organization)):
        return None
    return Twin(first, second, tuple(dict.fromkeys(signs)), likeness)


def _likeness(first: str, second: str) -> float:
    """The share of words that two names have in common (Jaccard)."""
    a, b = ({word for word in words(name) if word not in STOP_WORDS} or set(words(name)) for name in (first, second))
    return len(a & b) / len(a | b) if a | b else 0.0
