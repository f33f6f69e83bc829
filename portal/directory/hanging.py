"""Everything that hangs on some services and their places, in one statement however many tables it comes from.

The tables are laid one under the other (UNION ALL), each with its own meaning for the columns a to h. A page about one
service and the search documents of five hundred are read by the same statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Select, String, Uuid, bindparam, literal, null, or_, select, union_all
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from portal.directory.models import (
    Accessibility,
    CostOption,
    DirectoryAttribute,
    DirectoryContact,
    DirectoryLanguage,
    DirectoryPhone,
    DirectoryUrl,
    RequiredDocument,
    Schedule,
    ServiceArea,
    TaxonomyTerm,
)


class Phone(NamedTuple):
    """A telephone number, with what it belongs to."""

    id: UUID
    service_id: UUID | None
    service_at_location_id: UUID | None
    location_id: UUID | None
    organization_id: UUID | None
    number: str
    extension: str
    type: str
    description: str


class Hours(NamedTuple):
    """A schedule row, as `portal.directory.hours` needs it."""

    service_id: UUID | None
    service_at_location_id: UUID | None
    location_id: UUID | None
    freq: str
    interval: int | None
    byday: str
    bymonthday: str
    dtstart: date | None
    valid_from: date | None
    valid_to: date | None
    until: date | None
    opens_at: time | None
    closes_at: time | None
    closed: bool
    description: str
    notes: str


class Access(NamedTuple):
    """How a place can be used by people with disabilities."""

    location_id: UUID
    description: str
    details: str
    url: str


class Contact(NamedTuple):
    """A person or desk to ask for."""

    name: str
    title: str
    department: str
    email: str


class Link(NamedTuple):
    """A further web page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Owners:
    """What things can hang on: services, their organisations, their places, and the services at those places."""

    services: Sequence[UUID]
    organizations: Sequence[UUID] = ()
    places: Sequence[UUID] = ()
    links: Sequence[UUID] = ()

    def values(self) -> dict[str, Any]:
        """As the statement takes them."""
        return {
            "service_id": self.services,
            "organization_id": self.organizations,
            "location_id": self.places,
            "service_at_location_id": self.links,
        }


_OWNERS: Final = ("service_id", "service_at_location_id", "location_id", "organization_id")
_WIDTH: Final = 13


def _arm(kind: str, model: Any, columns: Sequence[str], *, owners: Sequence[str]) -> Select[Any]:
    """One table of the union: what it belongs to, what orders it, and its columns as text."""
    owned = [getattr(model, name) if name in owners else sql_cast(null(), Uuid) for name in _OWNERS]
    texts = [sql_cast(getattr(model, name), String) for name in columns]
    texts += [sql_cast(null(), String)] * (_WIDTH - len(texts))
    wanted = or_(*(getattr(model, name).in_(bindparam(name, expanding=True)) for name in owners))
    return _laid(kind, model, owned, texts).where(wanted)


def _laid(kind: str, model: Any, owned: Sequence[Any], texts: Sequence[Any]) -> Select[Any]:
    head = (literal(kind).label("kind"), model.id.label("id"), model.external_id.label("external_id"))
    named = [column.label(name) for name, column in zip(_OWNERS, owned, strict=True)]
    return select(*head, *named, *(text.label("abcdefghijklm"[at]) for at, text in enumerate(texts)))


def _categories() -> Select[Any]:
    nothing = sql_cast(null(), Uuid)
    texts = [
        sql_cast(TaxonomyTerm.name, String),
        sql_cast(TaxonomyTerm.path, String),
        sql_cast(TaxonomyTerm.shown, String),
    ]
    texts += [sql_cast(null(), String)] * (_WIDTH - len(texts))
    laid = _laid("category", DirectoryAttribute, (DirectoryAttribute.link_id, nothing, nothing, nothing), texts)
    return laid.join(TaxonomyTerm, TaxonomyTerm.id == DirectoryAttribute.taxonomy_term_id).where(
        DirectoryAttribute.link_id.in_(bindparam("service_id", expanding=True)),
        DirectoryAttribute.link_entity == "service",
        TaxonomyTerm.closed_at.is_(None),
    )


_FOUR: Final = _OWNERS
_SERVICE_AND_PLACE: Final = ("service_id", "service_at_location_id", "location_id")
_HOURS: Final = (
    "freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "valid_to", "until", "opens_at", "closes_at",
    "closed", "description", "notes",
)  # fmt: skip
_SEARCHED: Final = (
    _arm("phone", DirectoryPhone, ("number", "extension", "type", "description"), owners=_FOUR),
    _arm("hours", Schedule, _HOURS, owners=_SERVICE_AND_PLACE),
    _arm("language", DirectoryLanguage, ("name", "code"), owners=("service_id", "location_id")),
    _arm("area", ServiceArea, ("name", "description"), owners=("service_id", "service_at_location_id")),
    _arm("cost", CostOption, ("option", "amount", "currency", "amount_description"), owners=("service_id",)),
    _arm("bring", RequiredDocument, ("document", "uri"), owners=("service_id",)),
    _arm("access", Accessibility, ("description", "details", "url"), owners=("location_id",)),
    _categories(),
)
_SHOWN: Final = (
    _arm("contact", DirectoryContact, ("name", "title", "department", "email"), owners=_SERVICE_AND_PLACE),
    _arm("url", DirectoryUrl, ("label", "url"), owners=("service_id",)),
)
#: What a search document is made from, and what a page about one service shows beside.
FOR_DOCUMENTS: Final = union_all(*_SEARCHED)
FOR_A_PAGE: Final = union_all(*_SEARCHED, *_SHOWN)


def hanging(session: Session, owners: Owners, wanted: Any = FOR_DOCUMENTS) -> list[Any]:
    """All rows that hang on these, in a lasting order. `kind` says what each is; the readers below make sense of it."""
    rows = session.execute(wanted, owners.values()).all()
    return sorted(rows, key=lambda row: (row.kind, row.external_id, row.id))


def phone_of(row: Any) -> Phone:
    """A row of kind "phone"."""
    return Phone(
        row.id, row.service_id, row.service_at_location_id, row.location_id, row.organization_id,
        row.a, row.b, row.c, row.d,
    )  # fmt: skip


def hours_of(row: Any) -> Hours:
    """A row of kind "hours"."""
    starts, first, last, until = (date.fromisoformat(text) if text else None for text in (row.e, row.f, row.g, row.h))
    opens, closes = (time.fromisoformat(text) if text else None for text in (row.i, row.j))
    return Hours(
        row.service_id, row.service_at_location_id, row.location_id, row.a, int(row.b) if row.b else None, row.c, row.d,
        starts, first, last, until, opens, closes, row.k in {"1", "true", "t"}, row.l, row.m,
    )  # fmt: skip


def access_of(row: Any) -> Access:
    """A row of kind "access"."""
    return Access(row.location_id, row.a, row.b, row.c)


def cost_of(row: Any) -> list[Any]:
    """A row of kind "cost", as `cards.cost_line` takes it."""
    return [row.a, float(row.b) if row.b else None, row.c, row.d]


def of_kind(rows: Iterable[Any], kind: str) -> list[Any]:
    """The rows of one kind."""
    return [row for row in rows if row.kind == kind]


def owner_ids(rows: Iterable[Any]) -> set[UUID]:
    """Every id that these rows hang on."""
    return {cast(UUID, getattr(row, name)) for row in rows for name in _OWNERS if getattr(row, name)}
