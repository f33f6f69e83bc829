"""What staff see of the directory's upkeep: what people say is wrong, what was not checked for long, what is twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.directory.detail import ServiceDetail, service_detail
from portal.directory.hits import STALE_AFTER
from portal.directory.models import SearchDocument, Service
from portal.directory.search import Hit, Query, search
from portal.directory.twins import Twin, twins
from portal.resources.models import PlaceTwin, PlaceWord
from portal.work import NotFound, Work

#: How many lines of each kind one page shows.
PAGE = 30


@dataclass(frozen=True, slots=True)
class WordWaiting:
    """What somebody says is wrong with a place."""

    word: PlaceWord
    name: str


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A place nobody has checked for long."""

    service_id: UUID
    name: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """The page of upkeep. Counts are of everything that waits; `found` is what a name was looked up for."""

    words: Sequence[WordWaiting]
    words_waiting: int
    stale: Sequence[ToCheck]
    stale_waiting: int
    twins: Sequence[Twin]
    found: Sequence[Hit]


def keeping(work: Work, found: Sequence[Hit] = (), *, look_for_twins: bool = False) -> Keeping:
    """What waits. Four queries, and three more where twins are looked for.

    Args:
        work: the unit of work.
        found: places that a name was looked up for.
        look_for_twins: whether to look for entries that are one place.
    """
    session = work.session
    open_words = (
        select(PlaceWord, Service.name)
        .join(Service, Service.id == PlaceWord.service_id)
        .where(PlaceWord.answered_at.is_(None))
        .order_by(PlaceWord.told_at, PlaceWord.id)
        .limit(PAGE)
    )
    words = [WordWaiting(word, name) for word, name in session.execute(open_words)]
    waiting = session.scalar(select(func.count(PlaceWord.id)).where(PlaceWord.answered_at.is_(None))) or 0
    cutoff = work.today - STALE_AFTER
    old = or_(SearchDocument.checked_on.is_(None), SearchDocument.checked_on < cutoff)
    stale = (
        select(SearchDocument.service_id, Service.name, SearchDocument.checked_on)
        .join(Service, Service.id == SearchDocument.service_id)
        .where(old)
        .order_by(SearchDocument.checked_on.is_not(None), SearchDocument.checked_on, SearchDocument.id)
        .limit(PAGE)
    )
    to_check = [ToCheck(service_id, name, checked) for service_id, name, checked in session.execute(stale)]
    stale_waiting = session.scalar(select(func.count(SearchDocument.id)).where(old)) or 0
    alike = twins(session, _judged(work), PAGE) if look_for_twins else []
    return Keeping(words, waiting, to_check, stale_waiting, alike, found)


def _judged(work: Work) -> set[tuple[UUID, UUID]]:
    rows = work.session.execute(select(PlaceTwin.first_id, PlaceTwin.second_id).order_by(PlaceTwin.id))
    return {(first, second) for first, second in rows}


def look_up(work: Work, words: str) -> Sequence[Hit]:
    """Places by words, for staff who want to put one right."""
    return search(work.session, Query(words=words, size=PAGE), now=work.now, zone=work.zone).hits


def detail_of(work: Work, service_id: UUID) -> ServiceDetail:
    """Everything about a place, for staff to put right.

    Raises:
        NotFound: the directory never had it.
    """
    detail = service_detail(work.session, service_id, now=work.now, zone=work.zone)
    if detail is None:
        raise NotFound("service")
    return detail
