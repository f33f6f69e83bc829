"""Directory places for tests: small, complete, and found by search."""

from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.directory.documents import recount_categories, reindex
from portal.directory.models import (
    Address,
    DirectoryAttribute,
    DirectoryLanguage,
    DirectoryPhone,
    DirectorySource,
    Location,
    Organization,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from portal.directory.text import slug
from tests.make import Make

CHICAGO = ZoneInfo("America/Chicago")


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of 2025 on the stories' wall clock."""
    return datetime(2025, month, day, hour, minute, tzinfo=CHICAGO)


def make_place(
    make: Make,
    name: str = "Counselling centre",
    *,
    phone: str = "555-0142",
    byday: str = "MO,TU,WE,TH,FR",
    cost: str = "Free",
    bring: str = "Insurance card",
    town: str = "Rivertown",
    language: str = "English",
    category: str = "Care",
    description: str = "Talk with somebody who listens.",
    url: str = "",
    checked_on: date | None = date(2025, 4, 1),
) -> UUID:
    """A place of the directory; its service's id."""
    with make.system() as work:
        add = work.session.add
        source = work.session.scalars(select(DirectorySource)).first()
        if source is None:
            source = DirectorySource(name="County list", imported_at=work.now)
            add(source)
            work.session.flush()

        def row(model: type, **values: object) -> UUID:
            made = model(source_id=source.id, external_id=uuid4().hex, **values)
            add(made)
            work.session.flush()
            return made.id

        organization = row(Organization, name="River County")
        service = row(
            Service, organization_id=organization, name=name, description=description, fees_description=cost,
            checked_on=checked_on, url=url,
        )  # fmt: skip
        location = row(Location, organization_id=organization, name=name)
        row(ServiceAtLocation, service_id=service, location_id=location)
        row(Address, location_id=location, address_1="12 Mill Street", city=town, postal_code="60601")
        row(DirectoryPhone, service_id=service, number=phone)
        if byday:
            row(Schedule, service_id=service, freq="WEEKLY", byday=byday, opens_at=time(9), closes_at=time(17))
        row(DirectoryLanguage, service_id=service, name=language, code="en")
        if bring:
            row(RequiredDocument, service_id=service, document=bring)
        term = work.session.scalars(select(TaxonomyTerm.id).where(TaxonomyTerm.name == category)).first()
        if term is None:
            term = row(TaxonomyTerm, name=category, path=slug(category), key=slug(category))
        row(DirectoryAttribute, link_id=service, link_entity="service", taxonomy_term_id=term)
        reindex(work.session, [service])
        recount_categories(work.session, source.id)
        return service
