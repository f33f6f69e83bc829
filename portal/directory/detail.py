"""One service with everything its page shows, in three statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal import clock, i18n
from portal.directory.gathering import address_line, first_phone, rules_at, rules_of
from portal.directory.hanging import (
    FOR_A_PAGE,
    Access,
    Contact,
    Hours,
    Link,
    Owners,
    Phone,
    access_of,
    cost_of,
    hanging,
    hours_of,
    of_kind,
    phone_of,
)
from portal.directory.hits import cost_line, is_stale
from portal.directory.hours import Opening, Rule, opening
from portal.directory.languages import spoken
from portal.directory.models import (
    Address,
    DirectoryProgram,
    DirectorySource,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from portal.directory.taxonomies import name_in


@dataclass(frozen=True, slots=True)
class Place:
    """A location where the service is given, and the hours of the service there, if they are known apart."""

    location: Location
    address: Address | None
    address_line: str
    accessibility: tuple[Access, ...]
    phones: tuple[Phone, ...]
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
    phone: Phone | None
    phones: tuple[Phone, ...]
    contacts: tuple[Contact, ...]
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    areas: tuple[str, ...]
    what_to_bring: tuple[str, ...]
    cost: str
    urls: tuple[Link, ...]
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


_HEAD = (
    select(Service, Organization, DirectoryProgram, DirectorySource)
    .join(DirectorySource, DirectorySource.id == Service.source_id)
    .outerjoin(Organization, Organization.id == Service.organization_id)
    .outerjoin(DirectoryProgram, DirectoryProgram.id == Service.program_id)
    .where(Service.id == bindparam("service"))
)
_PLACES = (
    select(ServiceAtLocation.id, Location, Address)
    .join(Location, Location.id == ServiceAtLocation.location_id)
    .outerjoin(Address, Address.location_id == Location.id)
    .where(ServiceAtLocation.service_id == bindparam("service"), Location.closed_at.is_(None))
    .order_by(
        Location.location_type != "physical", Location.name, Location.id, Address.address_type != "physical", Address.id
    )
)


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
    head = session.execute(_HEAD, {"service": service_id}).one_or_none()
    if head is None:
        return None
    service, organization, program, source = head
    links = _links(session, service_id)
    owner = [service.organization_id] if service.organization_id else []
    places_ = [location.id for location, _address in links.values()]
    rows = hanging(session, Owners([service_id], owner, places_, list(links)), FOR_A_PAGE)
    phones = [phone_of(row) for row in of_kind(rows, "phone")]
    schedules = [hours_of(row) for row in of_kind(rows, "hours")]
    moment, there = now or clock.now(), zone or i18n.zone_name()
    first = next(((location.id, link) for link, (location, _address) in links.items()), (None, None))
    rules = rules_of(schedules, *first)
    access = [access_of(row) for row in of_kind(rows, "access")]
    places = _places(links, (phones, schedules, access), (moment, there))
    checked = max(filter(None, (service.checked_on, service.assured_date)), default=None)
    return ServiceDetail(
        service=service,
        organization=organization,
        program=program,
        source=source,
        places=places,
        phone=first_phone(phones),
        phones=tuple(phone for phone in phones if not phone.location_id),
        contacts=tuple(Contact(row.a, row.b, row.c, row.d) for row in of_kind(rows, "contact")),
        languages=tuple(sorted({spoken(row.a, row.b) for row in of_kind(rows, "language")})),
        categories=tuple(sorted({name_in(row.a, json.loads(row.c or "{}")) for row in of_kind(rows, "category")})),
        areas=tuple(row.a or row.b for row in of_kind(rows, "area")),
        what_to_bring=tuple(row.a or row.b for row in of_kind(rows, "bring")),
        cost=service.fees_description or cost_line([cost_of(row) for row in of_kind(rows, "cost")]),
        urls=tuple(Link(row.a, row.b) for row in of_kind(rows, "url")),
        rules=tuple(rules),
        by_place=len(places) > 1 and any(place.rules for place in places) and not any(x.service_id for x in schedules),
        hours_notes=tuple(dict.fromkeys(n for row in schedules for n in (row.description, row.notes) if n)),
        opening=opening(moment, rules, there),
        checked_on=checked,
        stale=is_stale(checked, clock.local_date(moment, there)),
    )


def _links(session: Session, service_id: UUID) -> dict[UUID, tuple[Location, Address | None]]:
    """The places of a service, by the row that ties them to it; of several addresses the first."""
    found: dict[UUID, tuple[Location, Address | None]] = {}
    for link_id, location, address in session.execute(_PLACES, {"service": service_id}):
        found.setdefault(link_id, (location, address))
    return found


def _places(
    links: dict[UUID, tuple[Location, Address | None]],
    there: tuple[Sequence[Phone], Sequence[Hours], Sequence[Access]],
    here: tuple[datetime, str],
) -> tuple[Place, ...]:
    phones, schedules, access = there
    found: list[Any] = []
    for link_id, (location, address) in links.items():
        rules = rules_at(schedules, location.id, link_id)
        found.append(
            Place(
                location=location,
                address=address,
                address_line=address_line(address) if address else "",
                accessibility=tuple(row for row in access if row.location_id == location.id),
                phones=tuple(phone for phone in phones if phone.location_id == location.id),
                rules=tuple(rules),
                opening=opening(here[0], rules, here[1]),
            )
        )
    return tuple(found)
