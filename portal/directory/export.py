"""The directory for others to take away, in both forms of HSDS 3.1: CSV tables and JSON trees.

Tables: every table of HSDS 3.1 gets its file, with its heading alone where we hold nothing, because a package that
leaves out a table another one points at is refused by validators. Trees: see `nested`. In both, ids are our own, rows
closed by an import are left out, and so are categories of taxonomies that may not be passed on (`licences`).

Nothing that is there already is written over unless that is asked for, and a file appears whole or not at all.
"""

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.directory import catalogue, licences
from portal.directory.catalogue import Listing, Wish
from portal.directory.models import TABLES, Organization, Service
from portal.directory.nested import Tree, Trees
from portal.directory.rows import MUST_BELONG, MUST_POINT, POINTERS
from portal.directory.standard import (
    EMPTY,
    FILES,
    NUMBERS,
    columns_of,
    finished,
    is_whole,
    pointers_of,
    read_columns,
    stand_in,
)
from portal.i18n import _

__all__ = ["FILES", "ExportProblem", "Exported", "Form", "columns_of", "export_directory", "export_package"]

_BATCH: Final = 200
#: What a package of trees is made of: file, how its things are listed, and how their trees are made.
_TREES: Final[dict[str, tuple[Callable[[Session, Wish], Listing], Callable[[Trees, list[UUID]], list[Tree]]]]] = {
    "services": (catalogue.services, lambda trees, ids: trees.services(ids, full=True)),
    "organizations": (catalogue.organizations, lambda trees, ids: trees.organizations(ids, full=True)),
    "taxonomies": (catalogue.taxonomies, lambda trees, ids: trees.taxonomies(ids)),
    "taxonomy_terms": (catalogue.terms, lambda trees, ids: trees.terms(ids)),
}


class ExportProblem(Exception):
    """Nothing was written. The text says why in one sentence."""


class Form(StrEnum):
    """The two forms of HSDS 3.1."""

    TABLES = "csv"
    TREES = "json"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many rows or trees of each kind, and the taxonomies that stayed here with their terms."""

    counts: dict[str, int]
    withheld: list[str] = field(default_factory=list)


def export_package(session: Session, path: Path | str) -> dict[str, int]:
    """Write the directory as tables to a new or empty folder, or to a zip archive if the name ends in ".zip".

    Returns:
        How many rows each table has.

    Raises:
        ExportProblem: something is there already, or the path cannot be written.
    """
    return export_directory(session, path).counts


def export_directory(
    session: Session, path: Path | str, *, form: Form | None = None, overwrite: bool = False
) -> Exported:
    """Write the directory.

    Args:
        session: any session; the directory is public.
        path: a name ending in ".json" gives one page of whole services, as `/hsds/services?full=true` would on a page
            without end; one in ".ndjson" the same with a service a line; any other a package: ".zip" an archive, else
            a folder.
        form: tables or trees, for a package; by default tables.
        overwrite: replace the file, or the files of that name in the folder.

    Raises:
        ExportProblem: something is there already, or the path cannot be written.
    """
    path = Path(path)
    lines = path.suffix.lower()
    if lines in {".json", ".ndjson"} and form is Form.TABLES:
        raise ExportProblem(_("Tables need more than one file: name a folder, or a file that ends in .zip."))
    try:
        if lines in {".json", ".ndjson"}:
            with _new_file(path, overwrite=overwrite) as file:
                counts = {"services": _write_trees(session, "services", file, a_line_each=lines == ".ndjson")}
        else:
            with _target(path, overwrite=overwrite) as opened:
                counts = _write_package(session, form or Form.TABLES, opened)
    except OSError as problem:
        raise ExportProblem(
            _("%(path)s cannot be written: %(reason)s.", path=str(path), reason=str(problem.strerror))
        ) from problem
    return Exported(counts, licences.withheld(licences.listed(session)))


Opener = Callable[[str], Any]


def _write_package(session: Session, form: Form, opened: Opener) -> dict[str, int]:
    if form is Form.TABLES:
        counts = _Tables(session).write(opened)
        with opened("datapackage.json") as file:
            json.dump(_description(session), file, indent=1, ensure_ascii=False)
        return counts
    counts = {}
    for name in _TREES:
        with opened(f"{name}.json") as file:
            counts[name] = _write_trees(session, name, file, a_line_each=False)
    return counts


@contextmanager
def _target(path: Path, *, overwrite: bool) -> Iterator[Opener]:
    """Something that opens files by name for writing text; a package appears whole or not at all."""
    if path.suffix.lower() == ".zip":
        with (
            _new(path, overwrite=overwrite) as whole,
            zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            yield lambda name: _in_archive(archive, name)
        return
    if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not overwrite)):
        raise ExportProblem(_("%(path)s is there already and is not an empty folder.", path=str(path)))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.mkdir(parents=True)
        yield lambda name: (unfinished / name).open("w", encoding="utf-8", newline="")
        path.mkdir(exist_ok=True)
        for file in sorted(unfinished.iterdir()):
            file.replace(path / file.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _new(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A place to write a file that takes its name only when it is whole."""
    if path.is_dir() or (path.exists() and not overwrite):
        raise ExportProblem(_("%(path)s is there already. Nothing was written over it.", path=str(path)))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _new_file(path: Path, *, overwrite: bool) -> Iterator[IO[str]]:
    with _new(path, overwrite=overwrite) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _in_archive(archive: zipfile.ZipFile, name: str) -> Iterator[IO[str]]:
    with archive.open(name, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        yield file


# --- trees ---


def _write_trees(session: Session, name: str, file: IO[str], *, a_line_each: bool) -> int:
    """Write all trees of a kind, a batch at a time: a line each, or as one page of the API that holds everything."""
    listing, make = _TREES[name]
    wanted, trees, count = listing(session, Wish()), Trees(session), 0
    if not a_line_each:
        total = wanted.count()
        page = {"total_items": total, "total_pages": 1, "page_number": 1, "size": total}
        page |= {"first_page": True, "last_page": True, "empty": not total}
        file.write(json.dumps(page)[:-1] + ', "contents": [\n')
    for ids in wanted.batches(_BATCH):
        for tree in make(trees, ids):
            file.write("" if a_line_each or not count else ",\n")
            file.write(json.dumps(tree, ensure_ascii=False) + ("\n" if a_line_each else ""))
            count += 1
    if not a_line_each:
        file.write("\n]}\n")
    return count


# --- tables ---


class _Tables:
    """One run: remembers what was written, so that nothing points at a row that was left out."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._written: dict[str, set[UUID]] = {table: set() for table in POINTERS.values()}
        self._codes: set[str] = set()
        self._shared = licences.shared_terms(session)
        self._taxonomies = licences.shared_taxonomies(session)

    def write(self, opened: Opener) -> dict[str, int]:
        counts = {}
        for table, file_name in FILES.items():
            with opened(file_name) as file:
                writer = csv.DictWriter(file, columns_of(table), restval="", lineterminator="\r\n")
                writer.writeheader()
                counts[table] = sum(1 for row in self._rows(table) if writer.writerow(row))
        return counts

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        if table in EMPTY:
            return
        if table == "organization":
            yield from self._stand_ins()
        model: Any = TABLES[table]
        rows = select(*read_columns(table)).where(model.closed_at.is_(None), *self._only(table))
        rows = rows.order_by(model.source_id, model.external_id, model.id)
        for row in self._session.execute(rows.execution_options(yield_per=2_000)):
            told = self._told(table, row)
            if told is not None:
                if table in self._written:
                    self._written[table].add(row.id)
                yield told

    def _only(self, table: str) -> Sequence[ColumnElement[bool]]:
        """What may be passed on."""
        if table == "taxonomy":
            return [TABLES[table].id.in_(self._taxonomies)]
        return [self._shared] if table == "taxonomy_term" else []

    def _stand_ins(self) -> Iterator[dict[str, str]]:
        """An organisation for each service whose own one nobody gave us, or is gone: HSDS knows no service without."""
        alone = (
            select(Service.id, Service.name)
            .outerjoin(Organization, Organization.id == Service.organization_id)
            .where(or_(Organization.id.is_(None), Organization.closed_at.is_not(None)), Service.closed_at.is_(None))
        )
        for key, name in self._session.execute(alone.order_by(Service.external_id, Service.id)):
            yield stand_in(key) | {"name": name, "description": name}

    def _told(self, table: str, row: Any) -> dict[str, Any] | None:
        """A row of a file, or None if it must be left out."""
        told, pointers = finished(table, row), pointers_of(table)
        for name in pointers:
            if getattr(row, name) not in self._written[POINTERS[name]]:
                told.pop(name, None)
        if table == "service":
            told.setdefault("organization_id", stand_in(row.id)["id"])
        if any(name not in told for name in MUST_POINT.get(table, ())) or not is_whole(table, told):
            return None
        if table in MUST_BELONG and not any(name in told for name in pointers):
            return None
        if table == "attribute" and not self._links(row):
            return None
        if table == "taxonomy_term":
            self._code_once(told)
        elif table == "phone" and row.extension.isascii() and row.extension.isdigit():
            told["extension"] = row.extension  # a number, and here with its leading zeros
            told.pop("description", None)
            told |= {"description": row.description} if row.description else {}
        return told

    def _links(self, row: Any) -> bool:
        written = self._written.get(row.link_entity)
        return written is None or row.link_id in written

    def _code_once(self, told: dict[str, Any]) -> None:
        """A code is unique by the specification, also across taxonomies."""
        if told.get("code") in self._codes:
            del told["code"]
        self._codes.add(told.get("code", ""))


def _description(session: Session) -> dict[str, Any]:
    """The datapackage.json: which file is which table, what points where, and under which licences the data came."""
    resources = []
    for table, file_name in FILES.items():
        names = columns_of(table)
        fields = [{"name": name, "type": "number" if name in NUMBERS else "string"} for name in names]
        keys = [
            {"fields": name, "reference": {"resource": POINTERS[name], "fields": "id"}}
            for name in names
            if name in POINTERS
        ]
        schema: dict[str, Any] = {"fields": fields, "primaryKey": "id"}
        if keys:
            schema["foreignKeys"] = keys
        resources.append({"name": table, "path": file_name, "format": "csv", "schema": schema})
    told: dict[str, Any] = {"name": "human_services_data", "title": "HSDS 3.1", "version": "3.1"}
    if sources := _sources(session):
        told["sources"] = sources
    return told | {"resources": resources}


def _sources(session: Session) -> list[dict[str, str]]:
    """Whose data it is and, as far as anybody said, under which licence: an attribution that goes along."""
    return [{"title": f"{name} ({licence})" if licence else name} for name, licence in licences.sources(session)]


def described(exported: Exported) -> Iterable[str]:
    """What was written, as lines that a person reads."""
    yield from (f"  {name}: {count}" for name, count in exported.counts.items() if count)
    for name in exported.withheld:
        title = name or _("(no name)")
        yield "  " + _("Left out: the taxonomy %(name)s and its categories. Its licence is not known.", name=title)
