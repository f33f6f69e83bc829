"""Rows of older dialects as rows of HSDS 3.1: `spread` turns one row of a file into one or more rows of our tables.

What maps to what is fact of the specifications: HSDS 1.1 to 3.0 as its changelog says it, Ohana as ohana-api's importer
reads it. Values stay text here; `rows` reads them. Ids stay those of the source.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from portal.directory.values import as_list, clean

Row = dict[str, str]
Spread = Iterator[tuple[str, Row]]

#: Column names met in the wild for those of HSDS 3.1, for every kind. A column that has its own name already wins.
_ALIASES: Final[Row] = {
    "organisation_id": "organization_id",
    "org_id": "organization_id",
    "zip": "postal_code",
    "zip_code": "postal_code",
    "zipcode": "postal_code",
    "postcode": "postal_code",
    "state": "state_province",
    "province": "state_province",
    "lat": "latitude",
    "lng": "longitude",
    "lon": "longitude",
    "long": "longitude",
    "opens": "opens_at",
    "closes": "closes_at",
    "start_date": "valid_from",
    "end_date": "valid_to",
    "original_text": "description",
    "phone_number": "number",
    "number_type": "type",
}
_BY_KIND: Final[dict[str, Row]] = {
    "organization": {"url": "website", "alternative_name": "alternate_name", "date_incorporated": "year_incorporated"},
    "service": {
        "website": "url",
        "fees": "fees_description",
        "eligibility": "eligibility_description",
        "accepted_payments": "payments_accepted",
        "eligibility_criteria": "eligibility_description",
    },
    "location": {"website": "url", "short_desc": "description"},
    "phone": {"department": "description"},
    "language": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "service_area": {"service_area": "name"},
    "regular_schedule": {"weekday": "byday", "day": "byday"},
    "taxonomy_term": {"taxonomy_name": "taxonomy"},
    "service_attribute": {"taxonomy_id": "taxonomy_term_id", "taxonomy_detail": "value"},
    "attribute": {"taxonomy_id": "taxonomy_term_id"},
}
#: A column that holds names in another language. It is the portal's own, and no other table has one.
_NAME_IN: Final = re.compile(r"name_([a-z]{2,3})")
#: The tables that lists in one cell, or columns of another table, also fill: what to expect of a file's heading.
SIDE_TABLES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "organization": {"funding_sources": ("funding",)},
    "location": {
        "accessibility": ("accessibility",),
        "languages": ("language",),
        "email": ("contact",),
        "address_1": ("address",),
        "city": ("address",),
    },
    "service": {
        "location_id": ("service_at_location",),
        "required_documents": ("required_document",),
        "service_areas": ("service_area",),
        "languages": ("language",),
        "funding_sources": ("funding",),
        "taxonomy_ids": ("attribute",),
    },
    "phone": {"language": ("language",)},
    "taxonomy_term": {"vocabulary": ("taxonomy",)},
    "postal_address": {"organization_id": ("location",)},
}


@dataclass(slots=True)
class Dialect:
    """One package being read: its dialect, and what one file tells about the rows of a later one."""

    name: str
    eligibility: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    payments: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _organization_of: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    @property
    def is_ohana(self) -> bool:
        """Whether the stricter rules of ohana-api's own importer hold."""
        return self.name == "Ohana"

    def spread(self, kind: str, values: Row) -> Spread:
        """The rows of our tables that one row of a file says. The first must be kept for the others to make sense."""
        row = renamed(kind, values)
        how: Callable[[Row], Spread] | None = getattr(self, f"_{kind}", None)
        if how is None:
            yield kind, row
        else:
            yield from how(row)

    def set_aside(self, kind: str, values: Row) -> None:
        """Keep a row that belongs into a service's own row (HSDS 1 eligibility and payments)."""
        text = clean(values.get("eligibility" if kind == "eligibility" else "payment", ""))
        kept = self.eligibility if kind == "eligibility" else self.payments
        if text and text not in kept[values.get("service_id", "")]:
            kept[values.get("service_id", "")].append(text)

    def _organization(self, row: Row) -> Spread:
        funding = as_list(row.pop("funding_sources", ""))
        yield "organization", row
        for source in funding:
            yield "funding", {"organization_id": row.get("id", ""), "source": source}

    def _location(self, row: Row) -> Spread:
        key = row.get("id", "")
        self._organization_of[key] = row.get("organization_id", "")
        if row.get("virtual", "").lower() in {"true", "t", "yes", "1"}:
            row.setdefault("location_type", "virtual")
        latitude, longitude = row.get("latitude", ""), row.get("longitude", "")
        if not longitude and latitude.count(",") == 1 and "." in latitude:  # both in one cell
            row["latitude"], row["longitude"] = latitude.split(",")
        email, languages, access = row.pop("email", ""), row.pop("languages", ""), row.pop("accessibility", "")
        yield "location", row
        if any(row.get(name) for name in ("address_1", "city", "postal_code")):
            yield "address", {**row, "id": f"location:{key}" if key else "", "location_id": key}
        if email:
            yield "contact", {"location_id": key, "email": email}
        for name in as_list(languages):
            yield "language", {"location_id": key, "name": name}
        for what in as_list(access):
            yield "accessibility", {"location_id": key, "description": what.replace("_", " ").capitalize()}

    def _service(self, row: Row) -> Spread:
        key, location = row.get("id", ""), row.pop("location_id", "")
        if location and not row.get("organization_id"):
            row["organization_id"] = self._organization_of.get(location, "")
        whom = [row.pop("audience", ""), row.get("eligibility_description", ""), *self.eligibility.pop(key, ())]
        row["eligibility_description"] = "\n".join(text for text in whom if text and text.lower().strip(".") != "none")
        paid = [row.get("payments_accepted", ""), *self.payments.pop(key, ())]
        row["payments_accepted"] = ", ".join(text for text in paid if text)
        lists = {name: as_list(row.pop(name, "")) for name in SIDE_TABLES["service"] if name != "location_id"}
        yield "service", row | ({"location_id": location} if self.is_ohana else {})
        if location:
            yield "service_at_location", {"id": f"{key}@{location}", "service_id": key, "location_id": location}
        for name in lists["required_documents"]:
            yield "required_document", {"service_id": key, "document": name}
        for name in lists["service_areas"]:
            yield "service_area", {"service_id": key, "name": name}
        for name in lists["languages"]:
            yield "language", {"service_id": key, "name": name}
        for name in lists["funding_sources"]:
            yield "funding", {"service_id": key, "source": name}
        for term in lists["taxonomy_ids"]:
            yield "attribute", {"link_id": key, "link_entity": "service", "taxonomy_term_id": term}

    def _phone(self, row: Row) -> Spread:
        languages = as_list(row.pop("language", ""))
        yield "phone", row
        for code in languages:
            yield "language", {"phone_id": row.get("id", ""), "code" if len(code) <= 3 else "name": code}

    def _address(self, row: Row) -> Spread:
        further = [row.get("address_2", ""), row.pop("address_3", ""), row.pop("address_4", "")]
        row["address_2"] = ", ".join(text for text in further if text)
        yield "address", row

    def _postal_address(self, row: Row) -> Spread:
        """A postal address; one of an organisation hangs on a postal location, as HSDS 3 knows no other way."""
        organization = row.pop("organization_id", "")
        if organization and not row.get("location_id"):
            row["location_id"] = f"postal:{organization}"
            if self._first(row["location_id"]):
                post = {"id": row["location_id"], "organization_id": organization, "location_type": "postal"}
                yield "location", post | {"must": "organization"}
        row["address_type"] = "postal"
        row["id"] = f"postal:{row['id']}" if row.get("id") else ""
        yield from self._address(row)

    def _regular_schedule(self, row: Row) -> Spread:
        row.setdefault("freq", "WEEKLY")
        yield "schedule", row | {"must": "day"}

    def _holiday_schedule(self, row: Row) -> Spread:
        row["id"] = f"holiday:{row['id']}" if row.get("id") else ""
        row["valid_to"] = row.get("valid_to") or row.get("valid_from", "")
        yield "schedule", row | {"must": "dates"}

    def _service_attribute(self, row: Row) -> Spread:
        row["id"] = f"service:{row['id']}" if row.get("id") else ""
        row["link_id"], row["link_entity"] = row.pop("service_id", ""), "service"
        yield "attribute", row

    def _taxonomy_term(self, row: Row) -> Spread:
        row["names"] = names_said(row)
        vocabulary = clean(row.pop("vocabulary", ""), lines=False)
        if self.is_ohana and "taxonomy_id" in row and not row.get("id"):
            row["id"] = row["code"] = row.pop("taxonomy_id")
        if not self.is_ohana and row.get("parent_id") == "0":
            row["parent_id"] = ""
        if vocabulary:
            row.setdefault("taxonomy", vocabulary)
            row["taxonomy_id"] = row.get("taxonomy_id") or f"vocabulary:{vocabulary}"
            if row["taxonomy_id"].startswith("vocabulary:") and self._first(row["taxonomy_id"]):
                yield "taxonomy", {"id": row["taxonomy_id"], "name": vocabulary}
        yield "taxonomy_term", row

    def _first(self, made_id: str) -> bool:
        """Whether a row that we make ourselves has not been made yet."""
        if made_id in self._made:
            return False
        self._made.add(made_id)
        return True


def names_said(row: Row) -> str:
    """The names of a category in other languages, from columns such as `name_es`: lines of a code and a name."""
    said = {match[1]: clean(text, lines=False) for name, text in row.items() if (match := _NAME_IN.fullmatch(name))}
    return "\n".join(f"{code} {name}" for code, name in said.items() if name)


def renamed(kind: str, values: Row) -> Row:
    """A row of a kind under the column names of HSDS 3.1."""
    row = dict(values)
    for name, new in _plan(kind, tuple(values)):
        if not row.get(new):
            row[new] = row.pop(name)
    return row


@lru_cache(maxsize=512)
def _plan(kind: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Which of these columns have another name in HSDS 3.1, and which."""
    own = _BY_KIND.get(kind, {})
    pairs = ((name, own.get(name) or _ALIASES.get(name)) for name in names)
    return tuple((name, new) for name, new in pairs if new and new != name)
