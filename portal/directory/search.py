"""Finding services: by words, place, distance, category and everything else a query can say; a bounded cost each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from portal import clock, i18n
from portal.directory import index_sql, marks
from portal.directory.asking import Query, Question, read
from portal.directory.categories import Category, categories_in_use
from portal.directory.hits import STALE_AFTER, Hit, cost_line, hit_from, is_stale, rules_in
from portal.directory.hours import is_open
from portal.directory.index_sql import Wanted
from portal.directory.models import SearchDocument, SearchSite
from portal.directory.places import miles_of
from portal.directory.synonyms import Concept

__all__ = [
    "NEARBY",
    "Category",
    "Hit",
    "Query",
    "Results",
    "categories_in_use",
    "cost_line",
    "hit_from",
    "hit_of",
    "is_stale",
    "nearby",
    "search",
]

#: Results are counted and paged up to here; "more than 1,000" tells a person as much as the exact number.
MOST_RESULTS: Final = 1_000
LARGEST_PAGE: Final = 100
#: Places not checked for long sink among so many neighbours in the ranking; a multiple of the page.
_BLOCK: Final = 5
#: A stale place counts so much of what it would.
_STALE_WORTH: Final = 0.6
#: Of how many of the best the doors are looked at when only open ones are wanted.
_DOORS: Final = 200
#: Of words that more services have than are shown, so many matches are ranked.
_RANKED: Final = 2_000
#: If fewer places have all that a sentence says, those that have most of it follow.
_FEW: Final = 5
#: How near others are looked for by default, in miles (ohana-api's "nearby").
NEARBY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `total` is exact unless `capped`; `widened` says that no service had all the words.

    `near` names the place that distances are from. `unknown` holds words the directory does not have with what they may
    have been meant to be; `mended` says that the hits are those of the first of these, because there were none.
    """

    hits: tuple[Hit, ...]
    total: int
    capped: bool
    page: int
    size: int
    has_more: bool
    widened: bool = False
    near: str = ""
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    mended: bool = False
    concepts: tuple[Concept, ...] = ()


class _Row(NamedTuple):
    number: int
    miles: float | None


@dataclass(frozen=True, slots=True)
class _Found:
    rows: Sequence[_Row]
    total: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class _Here:
    """The moment, zone and window that a search is about."""

    session: Session
    query: Query
    now: datetime
    zone: str
    size: int
    offset: int

    @property
    def cutoff(self) -> Any:
        return clock.local_date(self.now, self.zone) - STALE_AFTER

    @property
    def hour(self) -> str:
        local = self.now.astimezone(ZoneInfo(self.zone))
        return marks.slot(local.weekday(), local.hour)


def search(session: Session, query: Query, *, now: datetime | None = None, zone: str | None = None) -> Results:
    """Find services: all words must occur; a sentence of which nothing has all words falls back to most of them.

    Args:
        session: any session; the directory is public, so no scope is needed.
        query: what is looked for.
        now: the moment "open now" speaks of; by default the clock's.
        zone: the IANA zone of the places; by default the reader's.
    """
    size, page = max(1, min(query.size, LARGEST_PAGE)), max(1, query.page)
    here = _Here(session, query, now or clock.now(), zone or i18n.zone_name(), size, (page - 1) * size)
    question = read(session, query, here.hour) if here.offset < MOST_RESULTS else None
    if question is None:
        return Results((), 0, False, page, size, False)
    found, widened, mended = _find(here, question), False, False
    if not found.total and question.unknown:
        question, mended = question.mended(), True
        found = _find(here, question)
    things = len(question.concepts)
    if not found.total and (question.sentence or things > 2):
        found, widened = _relaxed(here, question), True
    elif found.total < _FEW and question.sentence and things > 1:
        found = _loosened(here, question, found)
    hits = _hits(here, found.rows)
    return Results(
        hits=tuple(hits),
        total=min(found.total, MOST_RESULTS),
        capped=found.total > MOST_RESULTS,
        page=page,
        size=size,
        has_more=found.has_more and here.offset + size < MOST_RESULTS,
        widened=widened and bool(hits),
        near=question.spot.name if question.spot and _circle(here, question) else "",
        unknown=question.unknown,
        mended=mended and bool(found.total),
        concepts=question.concepts,
    )


def count(session: Session, query: Query, *, now: datetime, zone: str) -> int:
    """How many services a query finds, counted no further than one past the most that is shown."""
    return search(session, replace(query, page=1, size=1), now=now, zone=zone).total


def _loosened(here: _Here, question: Question, whole: _Found) -> _Found:
    """What has all of a sentence's things, which is little, and after it what has most of them."""
    more = _relaxed(here, question)
    if more.total <= whole.total:
        return whole
    first = {row.number for row in whole.rows}
    rows = [*whole.rows, *(row for row in more.rows if row.number not in first)][: here.size]
    return _Found(rows, more.total, more.has_more)


def _relaxed(here: _Here, question: Question) -> _Found:
    """What has most of the things that a sentence is about; then half of them; then any."""
    things = len(question.concepts)
    found = _Found((), 0, False)
    for least in dict.fromkeys((math.ceil(things * 0.6), math.ceil(things / 2), 1)):
        if 0 < least < things and not found.total:
            found = _find(here, question, least)
    return found


def _find(here: _Here, question: Question, least: int = 0) -> _Found:
    circle = _circle(here, question)
    if here.query.open_now:
        return _open(here, question, least)
    if circle:
        return _near(here, question.wanted(least=least, near=_cells(circle)), circle, here.size + 1, here.offset)
    if question.concepts:
        return _ranked(here, question.wanted(least=least))
    return _listed(here, question.wanted())


def _circle(here: _Here, question: Question) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius in miles of where to look, if it is to be a circle."""
    query, spot = here.query, question.spot
    if spot is None or spot.point is None or question.place or (query.serves and query.place):
        return None
    return (*spot.point, miles_of(str(5.0 if query.miles is None else query.miles)))


def _cells(circle: tuple[float, float, float]) -> list[str]:
    return marks.cells_round(*circle)


def _ranked(here: _Here, wanted: Wanted) -> _Found:
    """The best, ranked inside the index; within a block of neighbours those checked lately come first."""
    total = _count(here.session, wanted)
    if not total:
        return _Found((), 0, False)
    block = here.size * _BLOCK
    start = here.offset // block * block
    if total > MOST_RESULTS:
        rows = _best_of_common(here, wanted, start + block + 1)[start:]
    else:
        rows = _best_rows(here, wanted, block + 1, start)
    cutoff = here.cutoff
    ordered = sorted(rows[:block], key=lambda row: (_worth(row, cutoff), -row.number))
    window = [_Row(row.number, None) for row in ordered[here.offset - start :][: here.size]]
    return _Found(window, total, total > here.offset + len(window))


def _best_of_common(here: _Here, wanted: Wanted, limit: int) -> list[Any]:
    """The best for words that very many services have: those named for them, then those that merely mention them."""
    named = _best_rows(here, replace(wanted, strong=True), limit, among=_RANKED)
    if len(named) == limit:
        return named
    known = {row.number for row in named}
    others = _best_rows(here, wanted, limit, among=_RANKED)
    return [*named, *(row for row in others if row.number not in known)][:limit]


def _best_rows(here: _Here, wanted: Wanted, limit: int, offset: int = 0, *, among: int = 0) -> list[Any]:
    best = index_sql.best(here.session, wanted, limit=limit, offset=offset, among=among).subquery()
    statement = select(best.c.number, best.c.score, SearchDocument.checked_on).join(
        SearchDocument, SearchDocument.number == best.c.number
    )
    return sorted(here.session.execute(statement), key=lambda row: (row.score, -row.number))


def _worth(row: Any, cutoff: Any) -> float:
    stale = row.checked_on is None or row.checked_on < cutoff
    return float(row.score) * (_STALE_WORTH if stale else 1)


def _listed(here: _Here, wanted: Wanted) -> _Found:
    """Everything that matches, by name; those not checked for long come last, unless they are very many."""
    found = index_sql.hits(here.session, wanted).subquery() if wanted else None
    statement = select(SearchDocument.number)
    total = _count(here.session, wanted)
    order: list[Any] = [SearchDocument.sort_name, SearchDocument.id]
    if found is not None:
        statement = statement.where(SearchDocument.number.in_(select(found.c.number)))
        if total <= MOST_RESULTS:
            order.insert(0, _stale(SearchDocument.checked_on, here.cutoff))
    page = statement.order_by(*order).limit(here.size + 1).offset(here.offset)
    rows = [_Row(number, None) for number in here.session.scalars(page)]
    return _Found(rows[: here.size], total, len(rows) > here.size)


def _stale(checked_on: Any, cutoff: Any) -> ColumnElement[Any]:
    return case((or_(checked_on.is_(None), checked_on < cutoff), 1), else_=0)


def _near(
    here: _Here, wanted: Wanted, circle: tuple[float, float, float], limit: int, offset: int
) -> _Found:  # fmt: skip
    """Within a circle: with words the best, nearer ones counting more; without, the nearest first."""
    inside = _inside(here, wanted, circle).subquery()
    stale = _stale(inside.c.checked_on, here.cutoff)
    if wanted.concepts and not here.query.nearest:
        closeness = 1.0 / (1.0 + inside.c.away / (circle[2] ** 2))
        order: ColumnElement[Any] = inside.c.score * closeness * case((stale == 1, _STALE_WORTH), else_=1.0)
    else:
        order = inside.c.away * case((stale == 1, 1 / _STALE_WORTH**2), else_=1.0)
    statement = (
        select(inside.c.number, inside.c.away, func.count().over().label("total"))
        .order_by(order, inside.c.number.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = here.session.execute(statement).all()
    found = [_Row(row.number, math.sqrt(row.away)) for row in rows[: limit - 1]]
    total = rows[0].total if rows else here.session.scalar(select(func.count()).select_from(inside)) if offset else 0
    return _Found(found, total or 0, len(rows) == limit)


def _inside(here: _Here, wanted: Wanted, circle: tuple[float, float, float]) -> Select[Any]:
    """Documents with a site in the circle: score, square of the miles to the nearest, and when they were checked."""
    latitude, longitude, miles = circle
    high, wide = marks.box(latitude, miles)
    site = SearchSite
    narrow = marks.MILES_A_DEGREE * math.cos(math.radians(latitude))
    up, across = (site.latitude - latitude) * marks.MILES_A_DEGREE, (site.longitude - longitude) * narrow
    away = up * up + across * across
    box = (
        site.latitude.between(latitude - high, latitude + high),
        site.longitude.between(longitude - wide, longitude + wide),
        away <= miles * miles,
    )
    only_cells = not (wanted.concepts or wanted.place or wanted.without) and len(wanted.filters) == 1
    nearest = func.min(away).label("away")
    if only_cells:
        plain = (
            select(site.number, literal(0.0).label("score"), nearest, func.max(site.checked_on).label("checked_on"))
            .where(*box)
            .group_by(site.number)
        )
        return cast(Select[Any], plain)
    found = index_sql.hits(here.session, wanted).cte("found").prefix_with("MATERIALIZED")
    return (
        select(
            found.c.number, func.min(found.c.score).label("score"), nearest,
            func.max(site.checked_on).label("checked_on"),
        )
        .join_from(found, site, site.number == found.c.number)
        .where(*box)
        .group_by(found.c.number)
    )  # fmt: skip


def _open(here: _Here, question: Question, least: int) -> _Found:
    """Of the best those whose door is open at this very minute, which the index knows to the hour only."""
    circle = _circle(here, question)
    if circle:
        wanted = question.wanted(least=least, near=_cells(circle))
        rows = list(_near(here, wanted, circle, _DOORS + 1, 0).rows)
    else:
        wanted = question.wanted(least=least)
        if question.concepts:
            best = index_sql.best(here.session, wanted, limit=_DOORS)
            rows = [_Row(row.number, None) for row in here.session.execute(best)]
        else:
            found = index_sql.hits(here.session, wanted).limit(_DOORS)
            rows = [_Row(row.number, None) for row in here.session.execute(found)]
    looked_at = here.session.execute(_CARDS, {"numbers": [row.number for row in rows]})
    cards = {row.number: row.card for row in looked_at}
    ajar = [row for row in rows if is_open(here.now, rules_in(cards.get(row.number, {})), here.zone)]
    page = ajar[here.offset : here.offset + here.size]
    return _Found(page, len(ajar), len(ajar) > here.offset + here.size)


_CARDS = select(SearchDocument.number, SearchDocument.service_id, SearchDocument.card).where(
    SearchDocument.number.in_(bindparam("numbers", expanding=True))
)


def _hits(here: _Here, rows: Sequence[_Row]) -> list[Hit]:
    if not rows:
        return []
    cards = {row.number: row for row in here.session.execute(_CARDS, {"numbers": [row.number for row in rows]})}
    return [
        hit_from(card.service_id, card.card, here.now, here.zone, miles=row.miles)
        for row in rows
        if (card := cards.get(row.number)) is not None
    ]


def _count(session: Session, wanted: Wanted) -> int:
    """How many match, counted no further than one past the most that is shown."""
    matching: Select[Any] = index_sql.hits(session, wanted) if wanted else select(SearchDocument.number)
    return session.scalar(select(func.count()).select_from(matching.limit(MOST_RESULTS + 1).subquery())) or 0


def hit_of(session: Session, service_ids: Sequence[UUID], now: datetime, zone: str) -> dict[UUID, Hit]:
    """The cards of these services, for pages that list places found earlier. Services no longer searchable are absent.

    One query, whatever the number.
    """
    rows = session.execute(
        select(SearchDocument.service_id, SearchDocument.card)
        .where(SearchDocument.service_id.in_(service_ids))
        .order_by(SearchDocument.sort_name, SearchDocument.id)
    )
    return {row.service_id: hit_from(row.service_id, row.card, now, zone) for row in rows}


def nearby(session: Session, service_id: UUID, miles: float = NEARBY, *, now: datetime, zone: str) -> list[Hit]:
    """Other services within so many miles of this one, the nearest first; none if it is nowhere on the map.

    Raises:
        NoPoint: the distance is no number.
    """
    radius = miles_of(str(miles))
    own = session.execute(
        select(SearchSite.latitude, SearchSite.longitude)
        .join(SearchDocument, SearchDocument.number == SearchSite.number)
        .where(SearchDocument.service_id == service_id)
        .order_by(SearchSite.id)
    ).first()
    if own is None:
        return []
    query = Query(point=(own.latitude, own.longitude), miles=radius, size=LARGEST_PAGE)
    return [hit for hit in search(session, query, now=now, zone=zone).hits if hit.service_id != service_id]
