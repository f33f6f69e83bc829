"""What hangs on an organisation, a service or a place: replaced by each import, deleted when its source drops it."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.directory.models.rows import Imported, Words, points


class DirectoryContact(Imported, Base):
    """A person or desk to ask for."""

    __tablename__ = "directory_contact"
    HSDS = (
        "organization_id", "service_id", "service_at_location_id", "location_id", "name", "title", "department",
        "email",
    )  # fmt: skip

    organization_id: Mapped[UUID | None] = points("organization")
    service_id: Mapped[UUID | None] = points("service")
    service_at_location_id: Mapped[UUID | None] = points("service_at_location")
    location_id: Mapped[UUID | None] = points("location")
    name: Mapped[Words]
    title: Mapped[Words]
    department: Mapped[Words]
    email: Mapped[Words]


class DirectoryPhone(Imported, Base):
    """A telephone number, with what it belongs to."""

    __tablename__ = "directory_phone"
    HSDS = (
        "location_id", "service_id", "organization_id", "contact_id", "service_at_location_id", "number", "extension",
        "type", "description",
    )  # fmt: skip

    location_id: Mapped[UUID | None] = points("location")
    service_id: Mapped[UUID | None] = points("service")
    organization_id: Mapped[UUID | None] = points("organization")
    contact_id: Mapped[UUID | None] = points("contact")
    service_at_location_id: Mapped[UUID | None] = points("service_at_location")
    number: Mapped[str]
    extension: Mapped[Words]
    type: Mapped[Words]
    description: Mapped[Words]


class Address(Imported, Base):
    """Where a location is, or where post for it goes."""

    __tablename__ = "directory_address"
    HSDS = (
        "location_id", "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
        "country", "address_type",
    )  # fmt: skip

    location_id: Mapped[UUID] = points("location", delete="CASCADE")
    attention: Mapped[Words]
    address_1: Mapped[Words]
    address_2: Mapped[Words]
    city: Mapped[Words]
    region: Mapped[Words]
    state_province: Mapped[Words]
    postal_code: Mapped[Words]
    country: Mapped[Words]
    address_type: Mapped[str] = mapped_column(default="physical")


class Schedule(Imported, Base):
    """When something is open. `closed` is ours: HSDS 3 has no word for "closed on these days" (kept in notes there)."""

    __tablename__ = "directory_schedule"
    HSDS = (
        "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "timezone",
        "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description",
        "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
    )  # fmt: skip

    service_id: Mapped[UUID | None] = points("service")
    location_id: Mapped[UUID | None] = points("location")
    service_at_location_id: Mapped[UUID | None] = points("service_at_location")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    dtstart: Mapped[date | None]
    timezone: Mapped[Words]
    until: Mapped[date | None]
    count: Mapped[int | None]
    wkst: Mapped[Words]
    freq: Mapped[Words]
    interval: Mapped[int | None]
    byday: Mapped[Words]
    byweekno: Mapped[Words]
    bymonthday: Mapped[Words]
    byyearday: Mapped[Words]
    description: Mapped[Words]
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    schedule_link: Mapped[Words]
    attending_type: Mapped[Words]
    notes: Mapped[Words]
    closed: Mapped[bool] = mapped_column(default=False)


class DirectoryLanguage(Imported, Base):
    """A language spoken at a service, a location or behind a number."""

    __tablename__ = "directory_language"
    HSDS = ("service_id", "location_id", "phone_id", "name", "code", "note")

    service_id: Mapped[UUID | None] = points("service")
    location_id: Mapped[UUID | None] = points("location")
    phone_id: Mapped[UUID | None] = points("phone")
    name: Mapped[Words]
    code: Mapped[Words]
    note: Mapped[Words]


class Accessibility(Imported, Base):
    """How a location can be used by people with disabilities."""

    __tablename__ = "directory_accessibility"
    HSDS = ("location_id", "description", "details", "url")

    location_id: Mapped[UUID] = points("location", delete="CASCADE")
    description: Mapped[Words]
    details: Mapped[Words]
    url: Mapped[Words]


class DirectoryAttribute(Imported, Base):
    """That something has a category: `link_entity` names the table, `link_id` the row. For services: its categories."""

    __tablename__ = "directory_attribute"
    HSDS = ("link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label")

    link_id: Mapped[UUID] = mapped_column(index=True)
    link_entity: Mapped[str]
    taxonomy_term_id: Mapped[UUID] = points("taxonomy_term", delete="CASCADE")
    link_type: Mapped[Words]
    value: Mapped[Words]
    label: Mapped[Words]


class CostOption(Imported, Base):
    """What something costs, for whom and when."""

    __tablename__ = "directory_cost_option"
    HSDS = ("service_id", "valid_from", "valid_to", "option", "currency", "amount", "amount_description")

    service_id: Mapped[UUID] = points("service", delete="CASCADE")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    option: Mapped[Words]
    currency: Mapped[Words]
    amount: Mapped[float | None]
    amount_description: Mapped[Words]


class RequiredDocument(Imported, Base):
    """What to bring."""

    __tablename__ = "directory_required_document"
    HSDS = ("service_id", "document", "uri")

    service_id: Mapped[UUID] = points("service", delete="CASCADE")
    document: Mapped[Words]
    uri: Mapped[Words]


class ServiceArea(Imported, Base):
    """Whom a service serves by where they live, which is another thing than how far away it is."""

    __tablename__ = "directory_service_area"
    HSDS = ("service_id", "service_at_location_id", "name", "description", "extent", "extent_type", "uri")

    service_id: Mapped[UUID | None] = points("service")
    service_at_location_id: Mapped[UUID | None] = points("service_at_location")
    name: Mapped[Words]
    description: Mapped[Words]
    extent: Mapped[Words]
    extent_type: Mapped[Words]
    uri: Mapped[Words]


class Funding(Imported, Base):
    """Where the money comes from."""

    __tablename__ = "directory_funding"
    HSDS = ("organization_id", "service_id", "source")

    organization_id: Mapped[UUID | None] = points("organization")
    service_id: Mapped[UUID | None] = points("service")
    source: Mapped[Words]


class OrganizationIdentifier(Imported, Base):
    """A number that a register gave an organisation."""

    __tablename__ = "directory_organization_identifier"
    HSDS = ("organization_id", "identifier_scheme", "identifier_type", "identifier")

    organization_id: Mapped[UUID] = points("organization", delete="CASCADE")
    identifier_scheme: Mapped[Words]
    identifier_type: Mapped[Words]
    identifier: Mapped[Words]


class Unit(Imported, Base):
    """What capacity is counted in."""

    __tablename__ = "directory_unit"
    HSDS = ("name", "scheme", "identifier", "uri")

    name: Mapped[str]
    scheme: Mapped[Words]
    identifier: Mapped[Words]
    uri: Mapped[Words]


class ServiceCapacity(Imported, Base):
    """How much room a service has."""

    __tablename__ = "directory_service_capacity"
    HSDS = ("service_id", "unit_id", "available", "maximum", "description", "updated")

    service_id: Mapped[UUID] = points("service", delete="CASCADE")
    unit_id: Mapped[UUID | None] = points("unit")
    available: Mapped[float | None]
    maximum: Mapped[float | None]
    description: Mapped[Words]
    updated: Mapped[datetime | None]


class DirectoryUrl(Imported, Base):
    """A further web page."""

    __tablename__ = "directory_url"
    HSDS = ("label", "url", "organization_id", "service_id")

    label: Mapped[Words]
    url: Mapped[str]
    organization_id: Mapped[UUID | None] = points("organization")
    service_id: Mapped[UUID | None] = points("service")


Index(
    "ix_directory_attribute_having", DirectoryAttribute.taxonomy_term_id, DirectoryAttribute.link_entity,
    DirectoryAttribute.link_id,
)  # fmt: skip
#: Texts of any length, and only ever compared as a whole: PostgreSQL's hash has no limit to them.
Index("ix_directory_address_postal_code", Address.postal_code, postgresql_using="hash")
Index("ix_directory_service_area_name", ServiceArea.name, postgresql_using="hash")
