"""Categories, organisations, services and places: what a referral or a search can point at.

Their rows are never deleted, only closed.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock
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
    """A list of categories, such as Open Eligibility.

    `licence` is ours: under which terms it may be passed on. A taxonomy that may not is never exported, see
    `portal.directory.licences`.
    """

    __tablename__ = "directory_taxonomy"
    HSDS = ("name", "description", "uri", "version")

    name: Mapped[str]
    description: Mapped[Words]
    uri: Mapped[Words]
    version: Mapped[Words]
    licence: Mapped[Words] = mapped_column(default="", server_default="")


class TaxonomyTerm(Imported, Base):
    """One category. `key` is its folded name; `path` holds the keys from the top down, a slash between.

    Equal paths of two sources are one category. `services` counts the searchable services that have it or one below it;
    an import counts anew.

    Names in other languages are ours too, by language code. `names` holds what the term's own file says; `shown` what
    people see: the own ones, or else those of a term of the same path or name, see `portal.directory.taxonomies`.
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
    names: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=dict, server_default="{}")
    shown: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")


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

    #: When it, or what hangs on it, last changed here: see `portal.directory.changes`.
    changed_at: Mapped[datetime | None] = mapped_column(default=clock.now, onupdate=clock.now, index=True)

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


#: What others page through is in the order of ids: an index that holds only the open ones is read, and no row. The
#: closed ones are few, so "not among the closed" is quick as well.
Index(
    "ix_directory_service_open", Service.id,
    sqlite_where=Service.closed_at.is_(None), postgresql_where=Service.closed_at.is_(None),
)  # fmt: skip
for _model in (Service, Location):
    Index(
        f"ix_{_model.__tablename__}_closed", _model.id,
        sqlite_where=_model.closed_at.is_not(None), postgresql_where=_model.closed_at.is_not(None),
    )  # fmt: skip
Index("ix_directory_location_position", Location.latitude, Location.longitude)
