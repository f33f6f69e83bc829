"""One row of ours as HSDS 3.1 wants it: its columns, their types, and what the standard demands that nobody gave us.

Both forms are made from it: the CSV files of `export` and the JSON trees of `nested`.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from portal.directory.models import TABLES
from portal.directory.rows import POINTERS

#: HSDS 3.1 file names, in the order they are written: what is pointed at comes first.
FILES: Final[dict[str, str]] = {
    "taxonomy": "taxonomies.csv",
    "taxonomy_term": "taxonomy_terms.csv",
    "organization": "organizations.csv",
    "program": "programs.csv",
    "service": "services.csv",
    "location": "locations.csv",
    "service_at_location": "service_at_location.csv",
    "contact": "contacts.csv",
    "phone": "phones.csv",
    "address": "addresses.csv",
    "schedule": "schedules.csv",
    "language": "languages.csv",
    "accessibility": "accessibility.csv",
    "attribute": "attributes.csv",
    "cost_option": "cost_options.csv",
    "required_document": "required_documents.csv",
    "service_area": "service_areas.csv",
    "funding": "funding.csv",
    "organization_identifier": "organization_identifiers.csv",
    "unit": "units.csv",
    "service_capacity": "service_capacity.csv",
    "url": "url.csv",
    "metadata": "metadata.csv",
    "meta_table_description": "meta_table_descriptions.csv",
}
#: Tables we hold nothing of.
EMPTY: Final = {
    "metadata": (
        "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name", "previous_value",
        "replacement_value", "updated_by",
    ),
    "meta_table_description": ("name", "language", "character_set"),
}  # fmt: skip
NUMBERS: Final = frozenset(
    {
        "latitude", "longitude", "minimum_age", "maximum_age", "amount", "available", "maximum", "count", "interval",
        "year_incorporated",
    }
)  # fmt: skip
#: Stands where HSDS demands a part of an address that nobody gave us.
NOT_GIVEN: Final = "-"
_URI_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
#: Columns that are ours, and that the rules below look at.
_ALSO: Final = {"schedule": ("closed",)}


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of an HSDS 3.1 CSV file in the order of the specification; `id` comes first."""
    names = ("id", *(EMPTY.get(table) or TABLES[table].HSDS))
    if table == "service":  # deprecated in HSDS 3, but still a column of the CSV form
        at = names.index("wait_time") + 1
        return (*names[:at], "fees", *names[at:])
    return names


def read_columns(table: str) -> list[Any]:
    """The columns of ours to select, so that `finished` can read the row."""
    model = TABLES[table]
    return [getattr(model, name) for name in ("id", *model.HSDS, *_ALSO.get(table, ()))]


def stand_in(service_id: UUID) -> dict[str, Any]:
    """The id of the organisation that stands in for one nobody gave us: HSDS knows no service without."""
    return {"id": str(uuid5(service_id, "organization"))}


def finished(table: str, row: Any) -> dict[str, Any]:
    """What a row says, by the names of HSDS 3.1 and in values JSON knows; what is empty is left out.

    Pointers are there as ids, whether or not what they point at goes out too: that is for the caller to look after.
    """
    told: dict[str, Any] = {"id": str(row.id)}
    for name in TABLES[table].HSDS:
        value = _plain(name, getattr(row, name))
        if value not in (None, ""):
            told[name] = value
    finish = _FINISH.get(table)
    if finish is not None:
        finish(told, row)
    return told


def pointers_of(table: str) -> tuple[str, ...]:
    """The columns of a table that point to a row of another."""
    return tuple(name for name in TABLES[table].HSDS if name in POINTERS)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str):
        if value and not value.isascii() and name.endswith(("url", "uri", "website", "logo", "schedule_link")):
            return quote(value, safe=_URI_SAFE)
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    return value


# --- what HSDS 3.1 demands beyond what we hold ---


def _describe(told: dict[str, Any], _row: Any) -> None:
    told.setdefault("description", told["name"])


def _address(told: dict[str, Any], _row: Any) -> None:
    for name in ("address_1", "city", "state_province", "postal_code", "country"):
        told.setdefault(name, NOT_GIVEN)


def _phone(told: dict[str, Any], row: Any) -> None:
    """An extension is a number by the specification; one with letters is said in words."""
    extension = told.pop("extension", "")
    if extension.isascii() and extension.isdigit() and str(int(extension)) == extension:
        told["extension"] = int(extension)
    elif extension:
        told["description"] = " ".join(part for part in (row.description, extension) if part)


def _schedule(told: dict[str, Any], row: Any) -> None:
    """A time zone is a number by the specification, and "closed" has no column: the notes say it."""
    zone = str(told.pop("timezone", ""))
    if _NUMBER.fullmatch(zone):
        told["timezone"] = _plain("timezone", float(zone))
    if row.closed and "closed" not in f"{row.notes} {row.description}".lower():
        told["notes"] = " ".join(part for part in ("Closed.", row.notes) if part)


def _identifier(told: dict[str, Any], _row: Any) -> None:
    told.setdefault("identifier_type", "identifier")


_FINISH: Final[dict[str, Callable[[dict[str, Any], Any], None]]] = {
    "taxonomy": _describe,
    "taxonomy_term": _describe,
    "organization": _describe,
    "program": _describe,
    "address": _address,
    "phone": _phone,
    "schedule": _schedule,
    "organization_identifier": _identifier,
}


def is_whole(table: str, told: dict[str, Any]) -> bool:
    """Whether a row says enough to be one of HSDS 3.1; the few that do not are left out."""
    return table != "service_capacity" or all(name in told for name in ("unit_id", "available", "updated"))
