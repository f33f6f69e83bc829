"""The directory as an HSDS 3.1 tabular package: a folder or a zip archive that other systems and validators read.

Every table of HSDS 3.1 gets its file, with its heading alone where we hold nothing: a package that leaves out a table
another one points at is refused by validators. Ids are our own. Rows closed by an import are left out.
"""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models import TABLES, Service
from portal.directory.rows import MUST_BELONG, MUST_POINT, POINTERS
from portal.i18n import _

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
_EMPTY: Final = {
    "metadata": (
        "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name", "previous_value",
        "replacement_value", "updated_by",
    ),
    "meta_table_description": ("name", "language", "character_set"),
}  # fmt: skip
_NUMBERS: Final = frozenset(
    {
        "latitude", "longitude", "minimum_age", "maximum_age", "amount", "available", "maximum", "count", "interval",
        "year_incorporated",
    }
)  # fmt: skip
#: Stands where HSDS demands a part of an address that nobody gave us.
_NOT_GIVEN: Final = "-"
_URI_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"


class ExportProblem(Exception):
    """Nothing was written. The text says why in one sentence."""


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of an HSDS 3.1 CSV file in the order of the specification; `id` comes first."""
    names = ("id", *(_EMPTY.get(table) or TABLES[table].HSDS))
    if table == "service":  # deprecated in HSDS 3, but still a column of the CSV form
        at = names.index("wait_time") + 1
        return (*names[:at], "fees", *names[at:])
    return names


def export_package(session: Session, path: Path | str) -> dict[str, int]:
    """Write the directory to a new or empty folder, or to a zip archive if the name ends in ".zip".

    Returns:
        How many rows each table has.

    Raises:
        ExportProblem: the folder holds files already, or the path cannot be written.
    """
    path = Path(path)
    try:
        with _target(path) as opened:
            counts = _Export(session).write(opened)
            with opened("datapackage.json") as file:
                json.dump(_description(), file, indent=1)
    except OSError as problem:
        raise ExportProblem(
            _("%(path)s cannot be written: %(reason)s.", path=str(path), reason=str(problem.strerror))
        ) from problem
    return counts


Opener = Callable[[str], Any]


@contextmanager
def _target(path: Path) -> Iterator[Opener]:
    """Something that opens files by name for writing text; an archive appears whole or not at all."""
    if path.suffix.lower() == ".zip":
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
                yield lambda name: _in_archive(archive, name)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        return
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportProblem(_("%(path)s is there already and is not an empty folder.", path=str(path)))
    path.mkdir(parents=True, exist_ok=True)
    yield lambda name: (path / name).open("w", encoding="utf-8", newline="")


@contextmanager
def _in_archive(archive: zipfile.ZipFile, name: str) -> Iterator[IO[str]]:
    with archive.open(name, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        yield file


class _Export:
    """One run: remembers what was written, so that nothing points at a row that was left out."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._written: dict[str, set[UUID]] = {table: set() for table in POINTERS.values()}
        self._codes: set[str] = set()

    def write(self, opened: Opener) -> dict[str, int]:
        counts = {}
        for table, file_name in FILES.items():
            with opened(file_name) as file:
                writer = csv.DictWriter(file, columns_of(table), restval="", lineterminator="\r\n")
                writer.writeheader()
                counts[table] = sum(1 for row in self._rows(table) if writer.writerow(row))
        return counts

    def _rows(self, table: str) -> Iterator[dict[str, str]]:
        if table in _EMPTY:
            return
        if table == "organization":
            yield from self._stand_ins()
        model: Any = TABLES[table]
        rows = select(model).where(model.closed_at.is_(None)).order_by(model.source_id, model.external_id, model.id)
        for row in self._session.scalars(rows.execution_options(yield_per=2_000)):
            told = self._told(table, row)
            if told is not None:
                if table in self._written:
                    self._written[table].add(row.id)
                yield told

    def _stand_ins(self) -> Iterator[dict[str, str]]:
        """An organisation for each service whose own one nobody gave us: HSDS knows no service without."""
        alone = select(Service.id, Service.name).where(Service.organization_id.is_(None), Service.closed_at.is_(None))
        for key, name in self._session.execute(alone.order_by(Service.external_id, Service.id)):
            yield {"id": str(_stand_in(key)), "name": name, "description": name}

    def _told(self, table: str, row: Any) -> dict[str, str] | None:
        """A row as text, or None if it must be left out."""
        told = {"id": str(row.id)} | {name: _text(name, getattr(row, name)) for name in row.HSDS}
        pointers = [name for name in POINTERS if name in row.HSDS]
        for name in pointers:
            if getattr(row, name) not in self._written[POINTERS[name]]:
                told[name] = ""
        if table == "service" and not told["organization_id"]:
            told["organization_id"] = str(_stand_in(row.id)) if row.organization_id is None else ""
            if not told["organization_id"]:
                return None
        if any(not told[name] for name in MUST_POINT.get(table, ())):
            return None
        if table in MUST_BELONG and not any(told[name] for name in pointers):
            return None
        if table == "attribute" and not self._links(row):
            return None
        finish = getattr(self, f"_finish_{table}", None)
        return told if finish is None or finish(told, row) is not False else None

    def _links(self, row: Any) -> bool:
        written = self._written.get(row.link_entity)
        return written is None or row.link_id in written

    # --- what HSDS 3.1 demands beyond what we hold ---

    def _finish_taxonomy(self, told: dict[str, str], _row: Any) -> None:
        told["description"] = told["description"] or told["name"]

    _finish_organization = _finish_program = _finish_taxonomy

    def _finish_taxonomy_term(self, told: dict[str, str], row: Any) -> None:
        self._finish_taxonomy(told, row)
        if told["code"] in self._codes:  # "unique" by the specification, also across taxonomies
            told["code"] = ""
        self._codes.add(told["code"])

    def _finish_address(self, told: dict[str, str], _row: Any) -> None:
        for name in ("address_1", "city", "state_province", "postal_code", "country"):
            told[name] = told[name] or _NOT_GIVEN

    def _finish_phone(self, told: dict[str, str], row: Any) -> None:
        if not row.extension.isdigit():  # a number by the specification
            told["extension"] = ""
            told["description"] = " ".join(part for part in (row.description, row.extension) if part)

    def _finish_schedule(self, told: dict[str, str], row: Any) -> None:
        told["timezone"] = told["timezone"] if re.fullmatch(r"[+-]?\d+(\.\d+)?", told["timezone"]) else ""
        if row.closed and "closed" not in f"{row.notes} {row.description}".lower():
            told["notes"] = " ".join(part for part in ("Closed.", row.notes) if part)

    def _finish_organization_identifier(self, told: dict[str, str], _row: Any) -> None:
        told["identifier_type"] = told["identifier_type"] or "identifier"

    def _finish_service_capacity(self, told: dict[str, str], _row: Any) -> bool:
        return bool(told["unit_id"] and told["available"] and told["updated"])


def _stand_in(service_id: UUID) -> UUID:
    return uuid5(service_id, "organization")


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    text = str(value)
    if name.endswith(("url", "uri", "website", "logo", "schedule_link")) and not text.isascii():
        return quote(text, safe=_URI_SAFE)
    return text


def _description() -> dict[str, Any]:
    """The datapackage.json: which file is which table, and what points where."""
    resources = []
    for table, file_name in FILES.items():
        names = columns_of(table)
        fields = [{"name": name, "type": "number" if name in _NUMBERS else "string"} for name in names]
        keys = [
            {"fields": name, "reference": {"resource": POINTERS[name], "fields": "id"}}
            for name in names
            if name in POINTERS
        ]
        schema: dict[str, Any] = {"fields": fields, "primaryKey": "id"}
        if keys:
            schema["foreignKeys"] = keys
        resources.append({"name": table, "path": file_name, "format": "csv", "schema": schema})
    return {
        "name": "human_services_data",
        "title": "HSDS 3.1",
        "resources": resources,
    }
