"""The search document of each service: gathered from the tables, analysed, and written beside them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from portal.directory import index_sql, lexicon, marks, places
from portal.directory.gathering import SEARCHABLE, Gathered, address_line, first_phone, gather, rules_at, rules_of
from portal.directory.models import (
    EDITION,
    DirectoryAttribute,
    SearchDocument,
    SearchFacet,
    SearchSite,
    ServiceStatus,
    TaxonomyTerm,
)
from portal.directory.taxonomies import all_names
from portal.directory.text import plain_tokens, slug, tokens

__all__ = [
    "SEARCHABLE",
    "address_line",
    "category_token",
    "first_phone",
    "lineage",
    "recount_categories",
    "reindex",
    "renew",
    "rules_at",
    "rules_of",
    "shortened",
]

_BATCH: Final = 500
#: From so many services on, one call is an import.
_MANY: Final = 200
_SUMMARY: Final = 240
#: Lists on a card are cut here: it is a card, and the place's page has everything.
_LISTED: Final = 12
_MARKUP = re.compile(r"<[^<>]{1,400}>")
Points = dict[tuple[str, str], tuple[float, float]]

category_token = marks.category

_NUMBERS = select(SearchDocument.service_id, SearchDocument.number, SearchDocument.id).where(
    SearchDocument.service_id.in_(bindparam("ids", expanding=True))
)
_LAST = select(func.max(SearchDocument.number))
_SITES_GONE = delete(SearchSite).where(SearchSite.number.in_(bindparam("numbers", expanding=True)))


def lineage(path: str) -> list[str]:
    """A category's path and those of all categories above it."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def shortened(text: str, length: int) -> str:
    """Plain text without markup, cut at a word."""
    plain = " ".join(_MARKUP.sub(" ", text).split())
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def reindex(session: Session, service_ids: Iterable[UUID]) -> int:
    """Write the search documents of these services anew, in the transaction of the session.

    Call it in every change of a service or of what hangs on it. Services nobody should find lose their document.

    Returns:
        How many documents were written.
    """
    wanted = list(dict.fromkeys(service_ids))
    if len(wanted) >= _MANY and places.is_empty(session):
        places.refresh(session)  # so that addresses without a point of their own can be lent one
    written, queue, following = 0, iter(wanted), 0
    fresh, changed, spoken = lexicon.Tally(), lexicon.Tally(), Counter[str]()
    while batch := list(islice(queue, _BATCH)):
        known = {row.service_id: row for row in session.execute(_NUMBERS, {"ids": batch})}
        gathered = gather(session, batch)
        if any(service_id not in known for service_id in gathered):
            following = following or (session.scalar(_LAST) or 0) + 1
        following = _write(session, gathered, known, following)
        gone = [row.id for service_id, row in known.items() if service_id not in gathered]
        if gone:
            session.execute(delete(SearchDocument).where(SearchDocument.id.in_(gone)))
        for service_id, one in gathered.items():
            (changed if service_id in known else fresh).add(*_told(one))
            if service_id not in known:
                spoken.update({marks.language_code(name) for name in one.languages})
        written += len(gathered)
    lexicon.learn(session, fresh, changed)
    _count_languages(session, spoken)
    return written


def renew(session: Session) -> int:
    """Make documents anew that an earlier release made otherwise. Nothing to do, and one small query, if there is none.

    Returns:
        How many were made.
    """
    old = select(SearchDocument.service_id).where(SearchDocument.edition < EDITION).order_by(SearchDocument.number)
    found = session.scalars(old).all()
    if not found:
        return 0
    index_sql.weigh(session)
    places.refresh(session)
    return reindex(session, found)


def _count_languages(session: Session, spoken: Counter[str]) -> None:
    if not spoken:
        return
    known = {row.key: row for row in session.scalars(select(SearchFacet).where(SearchFacet.kind == "language"))}
    for code, services in spoken.items():
        row = known.get(code)
        if row is None:
            session.add(SearchFacet(kind="language", key=code, name=code, services=services))
        else:
            row.services += services


def _write(session: Session, gathered: dict[UUID, Gathered], known: dict[UUID, Any], following: int) -> int:
    """Write the documents of one batch, their index rows and their points. Gives back the next free number."""
    lent, names = _lent(session, gathered), _names_of(session, gathered.values())
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    sites: list[dict[str, Any]] = []
    texts: dict[bool, list[tuple[int, dict[str, str]]]] = {True: [], False: []}
    for service_id, one in gathered.items():
        before = known.get(service_id)
        number = following if before is None else before.number
        following += before is None
        points = _points(one, lent)
        row = {
            "id": uuid4() if before is None else before.id,
            "service_id": service_id,
            "number": number,
            "sort_name": slug(one.service.name)[:200],
            "card": card(one),
            "checked_on": _checked(one.service),
            "edition": EDITION,
        }
        (fresh if before is None else changed).append(row)
        texts[before is None].append((number, _texts(one, points, names)))
        at = {"number": number, "checked_on": row["checked_on"]}
        sites += [{"id": uuid4(), "latitude": a, "longitude": b, **at} for a, b in points]
    if fresh:
        session.execute(insert(SearchDocument), fresh)
    if changed:
        session.execute(update(SearchDocument), changed)
        session.execute(_SITES_GONE, {"numbers": [row["number"] for row in changed]})
    index_sql.put(session, texts[True])
    index_sql.replace(session, texts[False])
    if sites:
        session.execute(insert(SearchSite), sites)
    return following


def _lent(session: Session, gathered: dict[UUID, Gathered]) -> Points:
    """Points for the addresses of places that have none of their own."""
    lost = {
        (address.postal_code, address.city)
        for one in gathered.values()
        for address in one.addresses
        if address.latitude is None
    }
    return places.middles(session, lost) if lost else {}


def _points(one: Gathered, lent: Points) -> list[tuple[float, float]]:
    found = {(place.latitude, place.longitude) for place in one.places if place.latitude is not None}
    found -= {point for point in found if point[1] is None}
    for address in one.addresses:
        if address.latitude is None and (address.postal_code, address.city) in lent:
            found.add(lent[address.postal_code, address.city])
    return sorted(found)


def _checked(service: Any) -> Any:
    return max(filter(None, (service.checked_on, service.assured_date)), default=None)


def recount_categories(session: Session, source_id: UUID) -> None:
    """Count anew how many searchable services each category of a source has, with those below it.

    This ends an import, so the names of places are made anew from its addresses, too.
    """
    places.refresh(session)
    used = (
        select(TaxonomyTerm.path, DirectoryAttribute.link_id)
        .join(DirectoryAttribute, DirectoryAttribute.taxonomy_term_id == TaxonomyTerm.id)
        .join(SearchDocument, SearchDocument.service_id == DirectoryAttribute.link_id)
        .where(TaxonomyTerm.source_id == source_id)
        .distinct()
        .order_by(DirectoryAttribute.link_id)
    )
    counted: Counter[str] = Counter()
    last, seen = None, set[str]()
    for path, service_id in session.execute(used.execution_options(yield_per=5_000)):
        if service_id != last:
            last, seen = service_id, set()
        for step in lineage(path):
            if step not in seen:
                seen.add(step)
                counted[step] += 1
    terms = select(TaxonomyTerm.id, TaxonomyTerm.path, TaxonomyTerm.services).where(TaxonomyTerm.source_id == source_id)
    changed = [
        {"id": term.id, "services": counted[term.path]}
        for term in session.execute(terms)
        if term.services != counted[term.path]
    ]
    if changed:
        session.execute(update(TaxonomyTerm), changed)


def card(gathered: Gathered) -> dict[str, Any]:
    """What a result card shows, in values JSON knows. Empty things are left out."""
    service, phone = gathered.service, first_phone(gathered.phones)
    place = next(iter(gathered.places), None)
    first = (place.id, place.link_id) if place is not None else (None, None)
    address = next((a for a in gathered.addresses if place is not None and a.location_id == place.id), None)
    if address is None:
        address = next(iter(gathered.addresses), None)
    checked = _checked(service)
    said = {
        "name": service.name,
        "organization": service.organization,
        "summary": shortened(service.description, _SUMMARY),
        "status": "" if service.status is ServiceStatus.ACTIVE else service.status.value,
        "kind": service.resource_kind.value,
        "checked": checked.isoformat() if checked else None,
        "cost": shortened(service.fees_description, _SUMMARY),
        "costs": [] if service.fees_description else gathered.costs,
        "languages": sorted(set(gathered.languages)),
        "places": len(gathered.places),
        "location": str(place.id) if place is not None else None,
        "latitude": place.latitude if place is not None else None,
        "longitude": place.longitude if place is not None else None,
        "phone": phone.number if phone is not None else None,
        "extension": phone.extension if phone is not None else None,
        "rules": [rule.as_json() for rule in rules_of(gathered.schedules, *first)],
        "categories": list(dict.fromkeys(gathered.categories))[:_LISTED],
        "areas": list(dict.fromkeys(filter(None, gathered.areas)))[:_LISTED],
        "bring": list(dict.fromkeys(filter(None, gathered.bring)))[:_LISTED],
        "wheelchair": marks.has_wheelchair_access(gathered.access) or None,
        "least_age": service.minimum_age,
        "most_age": service.maximum_age,
    }
    if address is not None:
        said |= {"address": address_line(address), "town": address.city, "postal_code": address.postal_code}
    return {name: value for name, value in said.items() if value not in (None, "", [], 0)}


def _told(gathered: Gathered) -> tuple[list[str], list[str]]:
    """The names and categories of a service, and what else is said of it, for the list of words."""
    service = gathered.service
    named = (service.name, service.alternate_name, service.organization, *gathered.categories)
    told = (service.description, service.keywords, service.eligibility_description)
    return [text for text in named if text], [text for text in told if text]


def _names_of(session: Session, gathered: Iterable[Gathered]) -> dict[str, tuple[str, ...]]:
    """Every name, in every language, of the categories of these services and of those above them."""
    return all_names(session, {step for one in gathered for path in one.paths for step in lineage(path)})


def _texts(
    gathered: Gathered, points: Sequence[tuple[float, float]], names: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    service = gathered.service
    steps = list(dict.fromkeys(step for path in gathered.paths for step in lineage(path)))
    places_named: list[str | None] = [*gathered.areas]
    for address in gathered.addresses:
        places_named += [address.city, address.region, address.state_province, address.postal_code]
    for place in gathered.places:
        places_named += [place.name, place.alternate_name]
    return {
        "name": tokens((service.name, service.alternate_name)),
        "organization": tokens((service.organization, service.organization_other, service.program)),
        "category": tokens(name for step in steps for name in (step.rsplit("/", 1)[-1], *names.get(step, ()))),
        "description": tokens((service.description, service.keywords, service.eligibility_description)),
        "place": plain_tokens(places_named) + " " + tokens(places_named),
        "filters": " ".join(_marks_of(gathered, steps, points)),
    }


def _marks_of(gathered: Gathered, steps: Sequence[str], points: Sequence[tuple[float, float]]) -> list[str]:
    """What can be asked for beside words."""
    service, places_ = gathered.service, gathered.places
    first = (places_[0].id, places_[0].link_id) if places_ else (None, None)
    usable = service.status is ServiceStatus.ACTIVE
    rules = rules_of(gathered.schedules, *first) if usable else []
    found = [
        index_sql.EVERY,
        *(marks.category(step) for step in steps),
        *(marks.language(name) for name in gathered.languages),
        *(marks.cell(latitude, longitude) for latitude, longitude in points),
        *marks.opening(rules),
        *marks.too_young_or_old(service.minimum_age, service.maximum_age),
        *marks.areas(filter(None, gathered.areas)),
        *marks.organization(service.organization or ""),
        *marks.emails(filter(None, (service.email, service.organization_email))),
        *marks.audiences((service.name, service.eligibility_description, *gathered.categories)),
    ]
    if marks.is_free(gathered.costs, service.fees_description):
        found.append(marks.FREE)
    if marks.has_wheelchair_access(gathered.access):
        found.append(marks.WHEELCHAIR)
    if marks.asks_for_papers(gathered.bring):
        found.append(marks.PAPERS)
    return list(dict.fromkeys(found))
