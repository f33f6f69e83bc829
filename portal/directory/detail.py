"""One service with everything its page shows, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal import clock, i18n
from portal.directory.documents import address_line, first_phone, rules_at, rules_of
from portal.directory.hours import Opening, Rule, opening
from portal.directory.models import (
    Accessibility,
    Address,
    CostOption,
    DirectoryAttribute,
    DirectoryContact,
    DirectoryLanguage,
    DirectoryPhone,
    DirectoryProgram,
    DirectorySource,
    DirectoryUrl,
    Location,
    Organization,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)
from portal.directory.search import cost_line, is_stale


@dataclass(frozen=True, slots=True)
class Place:
    """A location where the service is given, and the hours of the service there, if they are known apart."""

    location: Location
    address: Address | None
    address_line: str
    accessibility: tuple[Accessibility, ...]
    phones: tuple[DirectoryPhone, ...]
    rules: tuple[Rule, ...]
    opening: Opening


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """All the service page shows. `hours_notes` are hours that only people can read.

    `by_place` says that it has several places and each has hours of its own: then `rules` and `opening` speak of the
    first one only.
    """

    service: Service
    organization: Organization | None
    program: DirectoryProgram | None
    source: DirectorySource
    places: tuple[Place, ...]
    phone: DirectoryPhone | None
    phones: tuple[DirectoryPhone, ...]
    contacts: tuple[DirectoryContact, ...]
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    areas: tuple[str, ...]
    what_to_bring: tuple[str, ...]
    cost: str
    urls: tuple[DirectoryUrl, ...]
    rules: tuple[Rule, ...]
    by_place: bool
    hours_notes: tuple[str, ...]
    opening: Opening
    checked_on: date | None
    stale: bool

    @property
    def gone(self) -> bool:
        """Whether the source no longer has the service: a page reached from an old referral says so."""
        return self.service.closed_at is not None


def service_detail(
    session: Session, service_id: UUID, *, now: datetime | None = None, zone: str | None = None
) -> ServiceDetail | None:
    """The service with this id, also one that is inactive or gone from its source, or None.

    Args:
        session: any session; the directory is public.
        service_id: our id of the service.
        now: the moment "open now" speaks of; by default the clock's.
        zone: the IANA zone of the place; by default the reader's.
    """
    head = session.execute(
        select(Service, Organization, DirectoryProgram, DirectorySource)
        .join(DirectorySource, DirectorySource.id == Service.source_id)
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .outerjoin(DirectoryProgram, DirectoryProgram.id == Service.program_id)
        .where(Service.id == service_id)
    ).one_or_none()
    if head is None:
        return None
    service, organization, program, source = head
    links = session.execute(
        select(ServiceAtLocation.id, Location)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.service_id == service_id, Location.closed_at.is_(None))
        .order_by(Location.location_type != "physical", Location.name, Location.id)
    ).all()
    locations = [link.Location for link in links]
    owners = _Owners(service_id, service.organization_id, [link.id for link in links], [x.id for x in locations])
    phones = _owned(session, DirectoryPhone, owners, "organization_id")
    schedules = _owned(session, Schedule, owners)
    moment, there = now or clock.now(), zone or i18n.zone_name()
    first = (links[0].Location.id, links[0].id) if links else (None, None)
    rules = rules_of(schedules, *first)
    places = _places(session, links, phones, schedules, (moment, there))
    checked = max(filter(None, (service.checked_on, service.assured_date)), default=None)
    return ServiceDetail(
        service=service,
        organization=organization,
        program=program,
        source=source,
        places=places,
        phone=first_phone(phones),
        phones=tuple(phone for phone in phones if not phone.location_id),
        contacts=tuple(_owned(session, DirectoryContact, owners)),
        languages=tuple(sorted({x.name or x.code for x in _owned(session, DirectoryLanguage, owners)})),
        categories=tuple(_categories(session, service_id)),
        areas=tuple(area.name or area.description for area in _owned(session, ServiceArea, owners)),
        what_to_bring=tuple(_of_service(session, RequiredDocument, service_id, lambda row: row.document or row.uri)),
        cost=service.fees_description or cost_line(_costs(session, service_id)),
        urls=tuple(_owned(session, DirectoryUrl, owners)),
        rules=tuple(rules),
        by_place=len(places) > 1 and any(place.rules for place in places) and not any(x.service_id for x in schedules),
        hours_notes=tuple(dict.fromkeys(n for row in schedules for n in (row.description, row.notes) if n)),
        opening=opening(moment, rules, there),
        checked_on=checked,
        stale=is_stale(checked, clock.local_date(moment, there)),
    )


@dataclass(frozen=True, slots=True)
class _Owners:
    service: UUID
    organization: UUID | None
    links: Sequence[UUID]
    locations: Sequence[UUID]


def _owned(session: Session, model: Any, owners: _Owners, *also: str) -> list[Any]:
    """The rows of a table that belong to the service, its places, or what else is named."""
    conditions: list[ColumnElement[bool]] = [model.service_id == owners.service]
    if hasattr(model, "service_at_location_id") and owners.links:
        conditions.append(model.service_at_location_id.in_(owners.links))
    if hasattr(model, "location_id") and owners.locations:
        conditions.append(model.location_id.in_(owners.locations))
    if "organization_id" in also and owners.organization is not None:
        conditions.append(model.organization_id == owners.organization)
    return list(session.scalars(select(model).where(or_(*conditions)).order_by(model.id)))


def _of_service(session: Session, model: Any, service_id: UUID, take: Any) -> list[Any]:
    rows = session.scalars(select(model).where(model.service_id == service_id).order_by(model.external_id, model.id))
    return [take(row) for row in rows]


def _costs(session: Session, service_id: UUID) -> list[list[Any]]:
    return _of_service(
        session, CostOption, service_id, lambda row: [row.option, row.amount, row.currency, row.amount_description]
    )


def _categories(session: Session, service_id: UUID) -> Sequence[str]:
    return session.scalars(
        select(TaxonomyTerm.name)
        .join(DirectoryAttribute, DirectoryAttribute.taxonomy_term_id == TaxonomyTerm.id)
        .where(DirectoryAttribute.link_id == service_id, DirectoryAttribute.link_entity == "service")
        .group_by(TaxonomyTerm.name)
        .order_by(TaxonomyTerm.name)
    ).all()


def _places(
    session: Session,
    links: Sequence[Any],
    phones: Sequence[DirectoryPhone],
    schedules: Sequence[Schedule],
    here: tuple[datetime, str],
) -> tuple[Place, ...]:
    if not links:
        return ()
    ids = [link.Location.id for link in links]
    addresses: dict[UUID, Address] = {}
    found = session.scalars(
        select(Address).where(Address.location_id.in_(ids)).order_by(Address.address_type != "physical", Address.id)
    )
    for address in found:
        addresses.setdefault(address.location_id, address)
    access = session.scalars(
        select(Accessibility).where(Accessibility.location_id.in_(ids)).order_by(Accessibility.external_id)
    ).all()
    rules = {link.id: rules_at(schedules, link.Location.id, link.id) for link in links}
    return tuple(
        Place(
            location=location,
            address=addresses.get(location.id),
            address_line=address_line(addresses[location.id]) if location.id in addresses else "",
            accessibility=tuple(row for row in access if row.location_id == location.id),
            phones=tuple(phone for phone in phones if phone.location_id == location.id),
            rules=tuple(rules[link_id]),
            opening=opening(here[0], rules[link_id], here[1]),
        )
        for link_id, location in links
    )
