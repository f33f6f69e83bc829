"""Categories, organisations, services and places: what a referral or a search can point at.

Their rows are never deleted, only closed.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, WordEnum
from portal.directory.models.rows import Imported, Words, points


class ResourceKind(StrEnum):
    """How formal a place is: a natural support of the community, something between, or a formal service."""

    NATURAL = "natural"
    SEMI_FORMAL = "semi_formal"
    FORMAL = "formal"


class ServiceStatus(StrEnum):
    """HSDS 3.1 service.status."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Taxonomy(Imported, Base):
    """A list of categories, such as Open Eligibility."""

    __tablename__ = "directory_taxonomy"
    HSDS = ("name", "description", "uri", "version")

    name: Mapped[str]
    description: Mapped[Words]
    uri: Mapped[Words]
    version: Mapped[Words]


class TaxonomyTerm(Imported, Base):
    """One category. `key` is its folded name; `path` holds the keys from the top down, a slash between.

    Equal paths of two sources are one category. `services` counts the searchable services that have it or one below it;
    an import counts anew.
    """

    __tablename__ = "directory_taxonomy_term"
    HSDS = ("code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id", "term_uri")

    code: Mapped[Words]
    name: Mapped[str]
    description: Mapped[Words]
    parent_id: Mapped[UUID | None] = points("taxonomy_term")
    taxonomy: Mapped[Words]
    language: Mapped[Words]
    taxonomy_id: Mapped[UUID | None] = points("taxonomy")
    term_uri: Mapped[Words]
    key: Mapped[str] = mapped_column(default="", index=True)
    path: Mapped[str] = mapped_column(default="", index=True)
    services: Mapped[int] = mapped_column(default=0)


class Organization(Imported, Base):
    """Who runs services."""

    __tablename__ = "directory_organization"
    HSDS = (
        "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id", "year_incorporated",
        "legal_status", "logo", "uri", "parent_organization_id",
    )  # fmt: skip

    name: Mapped[str]
    alternate_name: Mapped[Words]
    description: Mapped[Words]
    email: Mapped[Words]
    website: Mapped[Words]
    tax_status: Mapped[Words]
    tax_id: Mapped[Words]
    year_incorporated: Mapped[int | None]
    legal_status: Mapped[Words]
    logo: Mapped[Words]
    uri: Mapped[Words]
    parent_organization_id: Mapped[UUID | None] = points("organization")


class DirectoryProgram(Imported, Base):
    """A programme of an organisation that groups services."""

    __tablename__ = "directory_program"
    HSDS = ("organization_id", "name", "alternate_name", "description")

    organization_id: Mapped[UUID | None] = points("organization")
    name: Mapped[str]
    alternate_name: Mapped[Words]
    description: Mapped[Words]


class Service(Imported, Base):
    """What somebody can get help with. The last block of columns is the portal's own and survives every import."""

    __tablename__ = "directory_service"
    HSDS = (
        "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "fees_description", "wait_time", "accreditations",
        "eligibility_description", "minimum_age", "maximum_age", "assured_date", "assurer_email", "licenses", "alert",
        "last_modified",
    )  # fmt: skip

    organization_id: Mapped[UUID | None] = points("organization")
    program_id: Mapped[UUID | None] = points("program")
    name: Mapped[str]
    alternate_name: Mapped[Words]
    description: Mapped[Words]
    url: Mapped[Words]
    email: Mapped[Words]
    status: Mapped[ServiceStatus] = mapped_column(WordEnum(ServiceStatus), default=ServiceStatus.ACTIVE)
    interpretation_services: Mapped[Words]
    application_process: Mapped[Words]
    fees_description: Mapped[Words]
    wait_time: Mapped[Words]
    accreditations: Mapped[Words]
    eligibility_description: Mapped[Words]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    assured_date: Mapped[date | None]
    assurer_email: Mapped[Words]
    licenses: Mapped[Words]
    alert: Mapped[Words]
    last_modified: Mapped[datetime | None]
    #: From older dialects, which HSDS 3 has no place for: words to find it by, and how one can pay.
    keywords: Mapped[Words]
    payments_accepted: Mapped[Words]

    resource_kind: Mapped[ResourceKind] = mapped_column(WordEnum(ResourceKind), default=ResourceKind.FORMAL)
    checked_on: Mapped[date | None]
    checked_by: Mapped[Words]
    local_note: Mapped[Words]


class Location(Imported, Base):
    """A place, or a way to be reached that is no place (postal, virtual)."""

    __tablename__ = "directory_location"
    HSDS = (
        "location_type", "url", "organization_id", "name", "alternate_name", "description", "transportation",
        "latitude", "longitude", "external_identifier", "external_identifier_type",
    )  # fmt: skip

    location_type: Mapped[str] = mapped_column(default="physical")
    url: Mapped[Words]
    organization_id: Mapped[UUID | None] = points("organization")
    name: Mapped[Words]
    alternate_name: Mapped[Words]
    description: Mapped[Words]
    transportation: Mapped[Words]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    external_identifier: Mapped[Words]
    external_identifier_type: Mapped[Words]


class ServiceAtLocation(Imported, Base):
    """That a service is given at a place."""

    __tablename__ = "directory_service_at_location"
    HSDS = ("service_id", "location_id", "description")

    service_id: Mapped[UUID] = points("service", delete="CASCADE")
    location_id: Mapped[UUID] = points("location", delete="CASCADE")
    description: Mapped[Words]
