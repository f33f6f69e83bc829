"""Why a service is among the results: the category, the name or the sentence in which it has what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.directory.hits import Hit
from portal.directory.models import Service
from portal.directory.synonyms import Concept
from portal.directory.text import stems, words

#: A passage shown is at most so many letters long.
_LONGEST: Final = 160
_SENTENCES: Final = re.compile(r"(?<=[.!?¿¡\n])\s+")
_MARKUP: Final = re.compile(r"<[^<>]{1,400}>")


class Where(StrEnum):
    """Where the words were found."""

    CATEGORY = "category"
    OTHER_NAME = "other_name"
    WHO = "who"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: where the words stand, and the category or passage they stand in, as the source wrote it."""

    where: Where
    text: str


_TEXTS = select(Service.id, Service.alternate_name, Service.eligibility_description, Service.description).where(
    Service.id.in_(bindparam("ids", expanding=True))
)


def reasons(session: Session, hits: Sequence[Hit], concepts: Sequence[Concept]) -> dict[UUID, tuple[Reason, ...]]:
    """For each hit what it has of the question that its name, organisation and summary do not show. One query."""
    if not hits or not concepts:
        return {}
    rows = {row.id: row for row in session.execute(_TEXTS, {"ids": [hit.service_id for hit in hits]})}
    return {hit.service_id: tuple(_reasons(hit, rows.get(hit.service_id), concepts)) for hit in hits}


def _reasons(hit: Hit, row: Any, concepts: Sequence[Concept]) -> list[Reason]:
    found: dict[Reason, None] = {}
    seen = _stems(f"{hit.name} {hit.organization}")
    for concept in concepts:
        wanted = concept.stems()
        category = next((name for name in hit.categories if _stems(name) & wanted), None)
        if category is not None:
            found[Reason(Where.CATEGORY, category)] = None
        elif not seen & wanted and row is not None:
            reason = _passage(row, concept)
            if reason is not None:
                found[reason] = None
    return list(found)[:2]


def _passage(row: Any, concept: Concept) -> Reason | None:
    own, wanted = {stem for group in concept.own for stem in group}, concept.stems()
    for looked_for in (own, wanted):
        for where, text in (
            (Where.OTHER_NAME, row.alternate_name),
            (Where.WHO, row.eligibility_description),
            (Where.TEXT, row.description),
        ):
            passage = next((part for part in _SENTENCES.split(_plain(text)) if _stems(part) & looked_for), None)
            if passage is not None:
                return Reason(where, _cut(passage, looked_for))
    return None


def _plain(text: str) -> str:
    return _MARKUP.sub(" ", text)


def _stems(text: str) -> set[str]:
    return {stem for word in words(text) for stem in stems(word)}


def _cut(passage: str, wanted: frozenset[str] | set[str]) -> str:
    """A passage cut round the first word that was looked for."""
    parts = passage.split()
    plain = " ".join(parts)
    if len(plain) <= _LONGEST:
        return plain
    at = next((number for number, part in enumerate(parts) if _stems(part) & wanted), 0)
    first = max(0, at - 10)
    kept = " ".join(parts[first : at + 14])[:_LONGEST].rsplit(" ", 1)[0]
    return f"{'… ' if first else ''}{kept} …"
