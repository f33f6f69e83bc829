"""Finding services by words, category and place: at most four queries a page, however many services there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from portal import clock, i18n
from portal.directory import index_sql
from portal.directory.documents import category_token
from portal.directory.hours import Opening, Rule, opening
from portal.directory.index_sql import Wanted
from portal.directory.models import ResourceKind, SearchDocument, ServiceStatus, TaxonomyTerm
from portal.directory.text import asked, slug, words

#: Results are counted and paged up to here; "more than 1,000" tells a person as much as the exact number.
MOST_RESULTS: Final = 1_000
LARGEST_PAGE: Final = 100
#: After so many days without a check a place is shown with "call first" (DOMAIN 2.4, resource record).
STALE_AFTER: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What somebody looks for; all of it optional, none of it ever an error.

    `category` is a term's id, its name or its code, or several of them (any of them will do); categories below it
    count too. `place` is a town, county or postal code. Pages count from 1.
    """

    words: str = ""
    category: str | UUID | Sequence[str | UUID] | None = None
    place: str = ""
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One service as a result card shows it. Text is as the source wrote it; `summary` is plain text."""

    service_id: UUID
    name: str
    organization: str
    summary: str
    status: ServiceStatus
    resource_kind: ResourceKind
    location_id: UUID | None
    places: int
    address: str
    town: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    phone: str
    extension: str
    cost: str
    languages: tuple[str, ...]
    checked_on: date | None
    stale: bool
    opening: Opening
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `total` is exact unless `capped`; `widened` says that no service had all the words."""

    hits: tuple[Hit, ...]
    total: int
    capped: bool
    page: int
    size: int
    has_more: bool
    widened: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A category in use. `services` counts the services that have it or one below it; `depth` is 0 at the top."""

    id: UUID
    name: str
    path: str
    depth: int
    services: int


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether what we know was checked too long ago, or never, so that calling first is wise."""
    return checked_on is None or today - checked_on > STALE_AFTER


def search(session: Session, query: Query, *, now: datetime | None = None, zone: str | None = None) -> Results:
    """Find services: all words must occur; a sentence of which nothing has all words falls back to any of them.

    Args:
        session: any session; the directory is public, so no scope is needed.
        query: what is looked for.
        now: the moment "open now" speaks of; by default the clock's.
        zone: the IANA zone of the places; by default the reader's.
    """
    size = max(1, min(query.size, LARGEST_PAGE))
    page = max(1, query.page)
    offset = (page - 1) * size
    filters = _category_filters(session, query.category)
    groups, sentence = asked(query.words)
    place = tuple(dict.fromkeys(words(_short_zip(query.place))))
    if filters is None or offset >= MOST_RESULTS:
        return Results((), 0, False, page, size, False)
    wanted = Wanted(every=groups, place=place, filters=filters)
    rows = _page(session, wanted, size + 1, offset)
    widened = False
    if not rows and sentence and len(groups) > 1:
        wanted = Wanted(some=groups, place=place, filters=filters)
        rows = _page(session, wanted, size + 1, offset)
        widened = bool(rows)
    total = offset + len(rows) if 0 < len(rows) <= size else _count(session, wanted)
    moment = now or clock.now()
    hits = tuple(hit_from(row.service_id, row.card, moment, zone or i18n.zone_name()) for row in rows[:size])
    has_more = len(rows) > size and offset + size < MOST_RESULTS
    return Results(hits, min(total, MOST_RESULTS), total > MOST_RESULTS, page, size, has_more, widened)


_IN_USE = (
    select(TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.path, TaxonomyTerm.services)
    .where(TaxonomyTerm.services > 0, TaxonomyTerm.closed_at.is_(None))
    .order_by(TaxonomyTerm.path, TaxonomyTerm.id)
)


def categories_in_use(session: Session) -> list[Category]:
    """The categories some searchable service has, top ones first and each followed by those below it."""
    merged: dict[str, Category] = {}
    for row in session.execute(_IN_USE):
        before = merged.get(row.path)
        merged[row.path] = Category(
            before.id if before else row.id,
            before.name if before else row.name,
            row.path,
            row.path.count("/"),
            row.services + (before.services if before else 0),
        )
    return sorted(merged.values(), key=lambda category: category.path.split("/"))


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


def _short_zip(place: str) -> str:
    """A place with "94403-1234" cut to "94403": directories hold the five digits."""
    return " ".join(part[:5] if len(part) == 10 and part[5] == "-" else part for part in place.split())


def _category_filters(session: Session, category: str | UUID | Sequence[str | UUID] | None) -> tuple[str, ...] | None:
    """The index tokens of what was asked for; None if the directory has no such thing; empty if nothing was asked."""
    several = [category] if isinstance(category, str | UUID) else list(category or ())
    # PostgreSQL has no text with a NUL in it, and no category has such a name.
    several = [part.replace("\0", "") if isinstance(part, str) else part for part in several]
    several = [one for one in several if not isinstance(one, str) or one.strip()]
    if not several:
        return ()
    ids, names = set[UUID](), set[str]()
    for one in several:
        try:
            ids.add(one if isinstance(one, UUID) else UUID(one))
        except ValueError:
            names.add(str(one).strip())
    paths = session.scalars(
        select(TaxonomyTerm.path)
        .where(
            or_(
                TaxonomyTerm.id.in_(ids),
                TaxonomyTerm.key.in_({slug(name) for name in names} - {""}),
                TaxonomyTerm.code.in_(names),
            )
        )
        .distinct()
        .order_by(TaxonomyTerm.path)
    ).all()
    return tuple(category_token(path) for path in paths) or None


def _page(session: Session, wanted: Wanted, limit: int, offset: int) -> Sequence[Any]:
    """One page of documents: ranked inside the index where there are words, otherwise by name."""
    document = select(SearchDocument.service_id, SearchDocument.card)
    if wanted.words:
        found = index_sql.hits(session, wanted, limit=limit, offset=offset).subquery()
        statement = document.join(found, found.c.number == SearchDocument.number).order_by(
            found.c.score, found.c.number.desc()
        )
    else:
        statement = document.order_by(SearchDocument.sort_name, SearchDocument.id).limit(limit).offset(offset)
        if wanted:
            found = index_sql.hits(session, wanted).subquery()
            statement = statement.where(SearchDocument.number.in_(select(found.c.number)))
    return session.execute(statement).all()


def _count(session: Session, wanted: Wanted) -> int:
    """How many match, counted no further than one past the most that is shown."""
    matching: Select[Any] = index_sql.hits(session, wanted) if wanted else select(SearchDocument.number)
    return session.scalar(select(func.count()).select_from(matching.limit(MOST_RESULTS + 1).subquery())) or 0


def hit_from(service_id: UUID, card: dict[str, Any], now: datetime, zone: str) -> Hit:
    """A stored card as a hit; also for queries that join `SearchDocument` themselves."""
    checked = date.fromisoformat(card["checked"]) if "checked" in card else None
    status = ServiceStatus(card.get("status", ServiceStatus.ACTIVE))
    rules = [Rule.from_json(rule) for rule in card.get("rules", ())] if status is ServiceStatus.ACTIVE else []
    return Hit(
        service_id=service_id,
        name=card["name"],
        organization=card.get("organization", ""),
        summary=card.get("summary", ""),
        status=status,
        resource_kind=ResourceKind(card["kind"]),
        location_id=UUID(card["location"]) if "location" in card else None,
        places=card.get("places", 0),
        address=card.get("address", ""),
        town=card.get("town", ""),
        postal_code=card.get("postal_code", ""),
        latitude=card.get("latitude"),
        longitude=card.get("longitude"),
        phone=card.get("phone", ""),
        extension=card.get("extension", ""),
        cost=card.get("cost") or cost_line(card.get("costs", ())),
        languages=tuple(card.get("languages", ())),
        checked_on=checked,
        stale=is_stale(checked, clock.local_date(now, zone)),
        opening=opening(now, rules, zone),
        rules=tuple(rules),
    )


def cost_line(costs: Sequence[Sequence[Any]]) -> str:
    """Cost options in one line, amounts as the language being spoken writes them."""
    lines = []
    for option, amount, currency, description in costs:
        money = "" if amount is None else i18n.money(amount, currency) if currency else i18n.number(amount)
        price = " ".join(part for part in (money, description) if part)
        lines.append(f"{option}: {price}" if option and price else option or price)
    return "; ".join(line for line in lines if line)
