"""The search document of each service: gathered from the tables, analysed, and written beside them."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.directory import index_sql
from portal.directory.hours import DAYS, Rule
from portal.directory.models import (
    Address,
    CostOption,
    DirectoryAttribute,
    DirectoryLanguage,
    DirectoryPhone,
    DirectoryProgram,
    Location,
    Organization,
    Schedule,
    SearchDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceStatus,
    TaxonomyTerm,
)
from portal.directory.text import plain_tokens, slug, tokens

SEARCHABLE: Final = (ServiceStatus.ACTIVE, ServiceStatus.TEMPORARILY_CLOSED)
_BATCH: Final = 500
_SUMMARY: Final = 240
_MARKUP = re.compile(r"<[^<>]{1,400}>")
#: The kinds of number one does not ring to talk.
_SILENT_PHONES: Final = frozenset({"fax", "sms", "text", "textphone", "tty", "tdd", "pager", "modem"})


@dataclass(slots=True)
class Gathered:
    """Everything one document is made from; rows as the queries below give them."""

    service: Any
    places: list[Any] = field(default_factory=list)
    addresses: list[Any] = field(default_factory=list)
    phones: list[Any] = field(default_factory=list)
    schedules: list[Any] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    costs: list[list[Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)


def category_token(path: str) -> str:
    """The filter token of a category, the same for equal categories of different sources."""
    return "c" + hashlib.blake2s(path.encode(), digest_size=8).hexdigest()


def lineage(path: str) -> list[str]:
    """A category's path and those of all categories above it."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def rule_of(row: Any) -> Rule | None:
    """A schedule row as a rule, or None if it does not say which days it speaks of.

    Where RRULE takes the day from `dtstart`, so do we.
    """
    byday, bymonthday = row.byday, row.bymonthday
    if row.freq and row.dtstart and not byday and not bymonthday:
        byday = DAYS[row.dtstart.weekday()] if row.freq == "WEEKLY" else ""
        bymonthday = str(row.dtstart.day) if row.freq == "MONTHLY" else ""
    ends = min(filter(None, (row.valid_to, row.until)), default=None)
    rule = Rule(
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        byday=byday,
        freq=row.freq,
        interval=row.interval or 1,
        dtstart=row.dtstart,
        bymonthday=bymonthday,
        valid_from=row.valid_from,
        valid_to=ends,
        closed=row.closed,
    )
    return rule if rule.is_usable else None


def rules_of(schedules: Iterable[Any], location_id: UUID | None, link_id: UUID | None) -> list[Rule]:
    """The rules that hold for a service: its own, or else those at its first place.

    Hours of its other places stay out: mixed into one week they would send people to a closed door.

    Args:
        schedules: all rows of the service and of its places.
        location_id: its first place.
        link_id: the service-at-location that stands for the service at that place.
    """
    rows = list(schedules)
    return _read(row for row in rows if row.service_id) or rules_at(rows, location_id, link_id)


def rules_at(schedules: Iterable[Any], location_id: UUID | None, link_id: UUID | None) -> list[Rule]:
    """The rules that hold at one place: those of the service there, or else those of the place itself."""
    rows = list(schedules)
    ours = [row for row in rows if link_id is not None and row.service_at_location_id == link_id]
    return _read(ours or (row for row in rows if location_id is not None and row.location_id == location_id))


def _read(schedules: Iterable[Any]) -> list[Rule]:
    return [rule for row in schedules if (rule := rule_of(row)) is not None]


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
    written, queue = 0, iter(dict.fromkeys(service_ids))
    following = (session.scalar(select(func.max(SearchDocument.number))) or 0) + 1
    while batch := list(islice(queue, _BATCH)):
        known = dict(
            session.execute(
                select(SearchDocument.service_id, SearchDocument.number).where(SearchDocument.service_id.in_(batch))
            ).all()
        )
        session.execute(delete(SearchDocument).where(SearchDocument.service_id.in_(batch)))
        documents, texts = [], []
        for service_id, gathered in _gather(session, batch).items():
            number = known.get(service_id)
            if number is None:
                number, following = following, following + 1
            documents.append(
                {
                    "id": uuid4(),
                    "service_id": service_id,
                    "number": number,
                    "sort_name": slug(gathered.service.name)[:200],
                    "card": card(gathered),
                }
            )
            texts.append((number, _texts(gathered)))
        if documents:
            session.execute(insert(SearchDocument), documents)
        index_sql.put(session, texts)
        written += len(documents)
    return written


def recount_categories(session: Session, source_id: UUID) -> None:
    """Count anew how many searchable services each category of a source has, with those below it."""
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


def _gather(session: Session, ids: Sequence[UUID]) -> dict[UUID, Gathered]:
    services = (
        select(
            Service.id, Service.name, Service.alternate_name, Service.description, Service.keywords, Service.status,
            Service.eligibility_description, Service.fees_description, Service.assured_date, Service.checked_on,
            Service.resource_kind, Service.organization_id, Organization.name.label("organization"),
            Organization.alternate_name.label("organization_other"), DirectoryProgram.name.label("program"),
        )
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .outerjoin(DirectoryProgram, DirectoryProgram.id == Service.program_id)
        .where(Service.id.in_(ids), Service.closed_at.is_(None), Service.status.in_(SEARCHABLE))
        .order_by(Service.name, Service.id)
    )  # fmt: skip
    found = {row.id: Gathered(row) for row in session.execute(services)}
    if not found:
        return found
    by_place, by_link = _gather_places(session, found)
    _gather_owned(session, found, by_place, by_link)
    costs = select(CostOption).where(CostOption.service_id.in_(found)).order_by(CostOption.amount, CostOption.id)
    for cost in session.scalars(costs):
        found[cost.service_id].costs.append([cost.option, cost.amount, cost.currency, cost.amount_description])
    terms = (
        select(DirectoryAttribute.link_id, TaxonomyTerm.path)
        .join(TaxonomyTerm, TaxonomyTerm.id == DirectoryAttribute.taxonomy_term_id)
        .where(DirectoryAttribute.link_id.in_(found), DirectoryAttribute.link_entity == "service")
        .order_by(TaxonomyTerm.path)
    )
    for service_id, path in session.execute(terms):
        found[service_id].paths.append(path)
    return found


def _gather_places(
    session: Session, found: dict[UUID, Gathered]
) -> tuple[dict[UUID, list[Gathered]], dict[UUID, list[Gathered]]]:
    """Fill in the places; give back who is at which location and who has which service-at-location."""
    by_place: dict[UUID, list[Gathered]] = defaultdict(list)
    by_link: dict[UUID, list[Gathered]] = defaultdict(list)
    places = (
        select(
            ServiceAtLocation.id.label("link_id"), ServiceAtLocation.service_id, Location.id, Location.name,
            Location.alternate_name, Location.latitude, Location.longitude, Location.location_type,
        )
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.service_id.in_(found), Location.closed_at.is_(None))
        .order_by(Location.location_type != "physical", Location.name, Location.id)
    )  # fmt: skip
    for place in session.execute(places):
        gathered = found[place.service_id]
        gathered.places.append(place)
        by_place[place.id].append(gathered)
        by_link[place.link_id].append(gathered)
    addresses = select(
        Address.location_id, Address.address_1, Address.address_2, Address.city, Address.region,
        Address.state_province, Address.postal_code, Address.address_type,
    ).where(Address.location_id.in_(by_place)).order_by(Address.address_type != "physical", Address.id)  # fmt: skip
    for address in session.execute(addresses):
        for gathered in by_place[address.location_id]:
            gathered.addresses.append(address)
    return by_place, by_link


def _gather_owned(
    session: Session,
    found: dict[UUID, Gathered],
    by_place: dict[UUID, list[Gathered]],
    by_link: dict[UUID, list[Gathered]],
) -> None:
    by_organization: dict[UUID, list[Gathered]] = defaultdict(list)
    for gathered in found.values():
        if gathered.service.organization_id:
            by_organization[gathered.service.organization_id].append(gathered)
    owners: dict[str, dict[UUID, list[Gathered]]] = {
        "service_id": {service_id: [gathered] for service_id, gathered in found.items()},
        "service_at_location_id": by_link,
        "location_id": by_place,
        "organization_id": by_organization,
    }

    def share(model: Any, names: Sequence[str], take: Callable[[Gathered, Any], None]) -> None:
        columns = [getattr(model, name) for name in names if name in owners]
        wanted = or_(*(column.in_(owners[column.key]) for column in columns if owners[column.key]))
        for row in session.execute(select(*(getattr(model, name) for name in names)).where(wanted).order_by(model.id)):
            takers = [g for column in columns for g in owners[column.key].get(getattr(row, column.key), ())]
            for gathered in {id(g): g for g in takers}.values():
                take(gathered, row)

    share(
        DirectoryPhone,
        ("service_id", "service_at_location_id", "location_id", "organization_id", "number", "extension", "type"),
        lambda gathered, row: gathered.phones.append(row),
    )
    share(
        Schedule,
        (
            "service_id", "service_at_location_id", "location_id", "freq", "interval", "byday", "bymonthday", "dtstart",
            "valid_from", "valid_to", "until", "opens_at", "closes_at", "closed",
        ),
        lambda gathered, row: gathered.schedules.append(row),
    )  # fmt: skip
    share(
        DirectoryLanguage,
        ("service_id", "location_id", "name", "code"),
        lambda gathered, row: gathered.languages.append(row.name or row.code),
    )
    share(
        ServiceArea,
        ("service_id", "service_at_location_id", "name"),
        lambda gathered, row: gathered.areas.append(row.name),
    )


def first_phone(phones: Iterable[Any]) -> Any | None:
    """The number to ring: the service's own before that of its place, that before its organisation's; never a fax."""

    def distance(phone: Any) -> int:
        if phone.service_id or phone.service_at_location_id:
            return 0
        return 1 if phone.location_id else 2

    speaking = [phone for phone in phones if phone.type.lower() not in _SILENT_PHONES]
    return min(speaking, key=distance, default=None)


def address_line(address: Any) -> str:
    """Street and number in one line."""
    return ", ".join(part for part in (address.address_1, address.address_2) if part)


def card(gathered: Gathered) -> dict[str, Any]:
    """What a result card shows, in values JSON knows. Empty things are left out."""
    service, phone = gathered.service, first_phone(gathered.phones)
    place = next(iter(gathered.places), None)
    first = (place.id, place.link_id) if place is not None else (None, None)
    address = next((a for a in gathered.addresses if place is not None and a.location_id == place.id), None)
    if address is None:
        address = next(iter(gathered.addresses), None)
    checked = max(filter(None, (service.checked_on, service.assured_date)), default=None)
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
    }
    if address is not None:
        said |= {"address": address_line(address), "town": address.city, "postal_code": address.postal_code}
    return {name: value for name, value in said.items() if value not in (None, "", [], 0)}


def _texts(gathered: Gathered) -> dict[str, str]:
    service = gathered.service
    steps = list(dict.fromkeys(step for path in gathered.paths for step in lineage(path)))
    places: list[str | None] = [*gathered.areas]
    for address in gathered.addresses:
        places += [address.city, address.region, address.state_province, address.postal_code]
    for place in gathered.places:
        places += [place.name, place.alternate_name]
    return {
        "name": tokens((service.name, service.alternate_name)),
        "organization": tokens((service.organization, service.organization_other, service.program)),
        "category": tokens(step.rsplit("/", 1)[-1] for step in steps),
        "description": tokens((service.description, service.keywords, service.eligibility_description)),
        "place": plain_tokens(places) + " " + tokens(places),
        "filters": " ".join(category_token(step) for step in steps),
    }
