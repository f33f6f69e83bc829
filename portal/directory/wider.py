"""When nothing is found: the nearest wider searches that do find something, the smallest step first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from portal.directory.asking import Query
from portal.directory.search import count
from portal.directory.synonyms import concepts

#: So many are offered, and so many are tried to find them.
OFFERED: Final = 3
_TRIED: Final = 14
_CIRCLES: Final = (25.0, 50.0)


class Step(StrEnum):
    """What a wider search leaves out or adds."""

    OPEN_LATER = "open_later"
    ANY_PAPERS = "any_papers"
    ANY_AGE = "any_age"
    ANY_COST = "any_cost"
    ANY_ACCESS = "any_access"
    ANYBODY = "anybody"
    ANY_LANGUAGE = "any_language"
    FARTHER = "farther"
    SERVES = "serves"
    ANYWHERE = "anywhere"
    ANY_KIND = "any_kind"
    FEWER_WORDS = "fewer_words"


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider search: what it changes, the query, how many places it finds, and its new distance or words."""

    step: Step
    query: Query
    total: int
    told: str = ""


def wider(session: Session, query: Query, *, now: datetime, zone: str) -> list[Wider]:
    """Up to three wider searches that find something. A dozen counts at most.

    Args:
        session: any session.
        query: what found nothing.
        now: the moment "open now" speaks of.
        zone: the IANA zone of the places.
    """
    found: list[Wider] = []
    for tried, (step, other, told) in enumerate(_steps(replace(query, page=1))):
        if len(found) == OFFERED or tried == _TRIED:
            break
        if total := count(session, other, now=now, zone=zone):
            found.append(Wider(step, other, total, told))
    return found


def _steps(query: Query) -> Iterator[tuple[Step, Query, str]]:
    if query.open_now or query.evenings or query.weekends:
        yield Step.OPEN_LATER, replace(query, open_now=False, evenings=False, weekends=False), ""
    if query.place and query.miles is not None and not query.serves:
        for miles in _CIRCLES:
            if miles > query.miles:
                yield Step.FARTHER, replace(query, miles=miles), str(int(miles))
    if query.place and not query.serves:
        yield Step.SERVES, replace(query, serves=True, miles=None), query.place
    for step, asked_for, other in (
        (Step.ANY_PAPERS, query.no_papers, replace(query, no_papers=False)),
        (Step.ANY_AGE, query.age is not None, replace(query, age=None)),
        (Step.ANYBODY, query.audience, replace(query, audience="")),
        (Step.ANY_ACCESS, query.wheelchair, replace(query, wheelchair=False)),
        (Step.ANY_COST, query.free, replace(query, free=False)),
        (Step.ANY_LANGUAGE, query.language, replace(query, language=())),
    ):
        if asked_for:
            yield step, other, ""
    if query.place:
        yield Step.ANYWHERE, replace(query, place="", miles=None, serves=False), ""
    if query.category and query.words:
        yield Step.ANY_KIND, replace(query, category=None), ""
    things = concepts(query.words)
    if len(things) > 1:
        for concept in things:
            told = " ".join(concept.said)
            yield Step.FEWER_WORDS, replace(query, words=told), told
