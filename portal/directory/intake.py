"""The rows of one package on their way into the tables: read, checked, tied together, and written in batches.

What stays in memory is one short entry for each row of the source: its id and a fingerprint by which an unchanged row
is known.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.directory import kinds
from portal.directory.dialects import SIDE_TABLES, Dialect, Row, renamed
from portal.directory.models import TABLES, DirectorySource, TaxonomyTerm
from portal.directory.packages import Package, TableFile
from portal.directory.records import Record, Records
from portal.directory.report import ImportReport, Problem
from portal.directory.rows import MUST_BELONG, PARENTS, POINTERS, Refused, TableReader
from portal.directory.text import slug
from portal.i18n import _

#: Rows that a referral or a category may point at: closed when their source drops them. All others are deleted.
CLOSED_NOT_DELETED: Final = frozenset({"taxonomy", "taxonomy_term", "organization", "program", "service", "location"})
_BATCH: Final = 2_000
_LINKED: Final = ("service", "organization", "location", "service_at_location", "program", "phone", "contact")


@dataclass(slots=True)
class _Table:
    """One table of the source while it is imported: what it held, what was seen, and what is still to be written."""

    name: str
    reader: TableReader
    known: dict[str, tuple[UUID, str, bool]] = field(default_factory=dict)
    seen: dict[str, UUID] = field(default_factory=dict)
    inserts: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    #: Whether the package speaks of this table at all, so that rows it does not name are gone.
    present: bool = False

    @property
    def model(self) -> Any:
        return TABLES[self.name]

    def find(self, external_id: str) -> UUID | None:
        """Our id of a row that this import kept, or that an earlier one did if the package leaves the table out."""
        found = self.seen.get(external_id)
        if found is None and not self.present and external_id in self.known:
            key, _fingerprint, closed = self.known[external_id]
            return None if closed else key
        return found


class Intake:
    """One import while it runs: its source, its tables and its report."""

    def __init__(self, session: Session, source: DirectorySource, package: Package, now: datetime) -> None:
        self.session, self.source, self.package, self.now = session, source, package, now
        self.dialect = Dialect(package.dialect)
        self.report = ImportReport(source.name, package.dialect)
        self.tables = {name: _Table(name, TableReader(name, ohana=self.dialect.is_ohana)) for name in TABLES}
        self.parents: dict[str, dict[str, tuple[str, str, int]]] = {table: {} for table in PARENTS}
        self.waiting = 0
        for file in package.files:
            self._expect(file)
        for table in self.tables.values():
            self._recall(table)

    def _expect(self, file: TableFile) -> None:
        """Note which tables a file speaks of."""
        if kinds.KINDS[file.kind] and file.kind not in kinds.BESIDE_SERVICES:
            self.tables[kinds.KINDS[file.kind]].present = True
        for column, tables in SIDE_TABLES.get(file.kind, {}).items():
            for table in tables if column in file.header else ():
                self.tables[table].present = True

    def _recall(self, table: _Table) -> None:
        model = table.model
        rows = self.session.execute(
            select(model.external_id, model.id, model.fingerprint, model.closed_at)
            .where(model.source_id == self.source.id)
            .order_by(model.external_id)
            .execution_options(yield_per=5_000)
        )
        for external_id, key, fingerprint, closed_at in rows:
            table.known[external_id] = (key, fingerprint, closed_at is not None)

    # --- reading ---

    def run(self) -> None:
        """Read every file, write every good row, and say goodbye to the rows that are gone."""
        for name, reason in self.package.unread:
            self.report.note(Problem("", name, 0, False, reason))
        for file in self.package.files:
            self._read(file)
        self._flush()
        self._set_parents()
        self._part_with_the_gone()

    def _read(self, file: TableFile) -> None:
        table = kinds.KINDS[file.kind]
        if not table:
            self.report.note(Problem("", file.name, 0, False, _("Not kept: the portal has no use for this table.")))
            return
        self.report.of(table)
        if self.dialect.is_ohana:
            self.tables[table].reader.demand_only(_said(file))
        with file.open() as opened:
            records = Records(opened)
            for record in records:
                self._take(file, table, record)
            if records.legacy_lines:
                reason = _("%(lines)s lines were not UTF-8 and were read as Windows-1252.", lines=records.legacy_lines)
                self.report.note(Problem(table, file.name, 0, False, reason))

    def _take(self, file: TableFile, table: str, record: Record) -> None:
        if record.broken:
            self.report.note(Problem(table, file.name, record.line, True, record.broken))
            return
        if file.kind in kinds.BESIDE_SERVICES:
            self.dialect.set_aside(file.kind, record.values)
            return
        mended = [record.mended] if record.mended else []
        for name, row in self.dialect.spread(file.kind, record.values):
            try:
                notes = self._accept(self.tables[name], row, file.name, record.line)
            except Refused as refused:
                self.report.note(Problem(name, file.name, record.line, True, str(refused)))
                if name == table:
                    return
                continue
            mended += notes
        if mended:
            self.report.note(Problem(table, file.name, record.line, False, " ".join(mended)))

    # --- one row ---

    def _accept(self, table: _Table, row: Row, file: str, line: int) -> list[str]:
        """Put a row down to be written. Gives back what was mended."""
        values, mended = table.reader.read(row)
        values |= self._pointers(table, row, mended)
        parent = _id_in(row, PARENTS[table.name]) if table.name in PARENTS else ""
        print_ = _fingerprint(values, parent)
        external_id = _id_in(row, "id") or f"made:{_natural_key(table.name, values, print_)}"
        if external_id in table.seen:
            if external_id.startswith("made:"):
                return [*mended, _("The row says the same as an earlier one and was left out.")]
            raise Refused(_("The id %(id)s was used before.", id=external_id))
        known = table.known.get(external_id)
        key = known[0] if known else uuid4()
        table.seen[external_id] = key
        if parent:
            self.parents[table.name][external_id] = (parent, file, line)
        counts = self.report.of(table.name)
        if known is None:
            fresh = {"id": key, "source_id": self.source.id, "external_id": external_id, "closed_at": None}
            table.inserts.append(fresh | {"fingerprint": print_} | values | _defaults(table.name))
            counts.added += 1
        elif known[1] != print_ or known[2]:
            table.updates.append({"id": key, "fingerprint": print_, "closed_at": None} | values)
            counts.updated += 1
        else:
            counts.unchanged += 1
        self.waiting += 1
        if self.waiting >= _BATCH:
            self._flush()
        return mended

    def _pointers(self, table: _Table, row: Row, mended: list[str]) -> dict[str, Any]:
        """Our ids for the ids a row points to.

        Raises:
            Refused: it points nowhere, and means nothing without.
        """
        found: dict[str, Any] = {}
        must = ("organization_id",) if row.get("must") == "organization" else table.reader.must_point
        lost = []
        for name in table.reader.pointers:
            external_id = _id_in(row, name)
            target = self.tables[POINTERS[name]].find(external_id) if external_id else None
            if target is None and name in must:
                raise Refused(_points_nowhere(name, external_id))
            if target is None and external_id:
                lost.append(_points_nowhere(name, external_id))
            found[name] = target
        if table.name in MUST_BELONG and not any(found.values()):
            raise Refused(" ".join(lost) or _("It belongs to nothing."))
        if table.name == "attribute":
            return found | self._linked(row)
        mended += [_("%(reason)s The row is kept without it.", reason=reason) for reason in lost]
        if table.name == "service":
            found.pop("location_id", None)  # the older dialect's: asked for, but no column of a service
        return found

    def _linked(self, row: Row) -> dict[str, Any]:
        """What an attribute is about: the row, and the table it was found in."""
        external_id = _id_in(row, "link_id")
        said = row.get("link_entity", "").strip().lower()
        for name in dict.fromkeys((*([said] if said in self.tables else []), *_LINKED)):
            found = self.tables[name].find(external_id) if external_id else None
            if found is not None:
                return {"link_id": found, "link_entity": name}
        raise Refused(_points_nowhere("link_id", external_id))

    # --- writing ---

    def _flush(self) -> None:
        """Write what is waiting, parents before children."""
        for table in self.tables.values():
            if table.inserts:
                self.session.execute(insert(table.model), table.inserts)
                table.inserts = []
            if table.updates:
                self.session.execute(update(table.model), table.updates)
                table.updates = []
        self.waiting = 0

    def _set_parents(self) -> None:
        for name, column in PARENTS.items():
            table = self.tables[name]
            if not table.seen:
                continue
            model = table.model
            now: dict[str, UUID | None] = dict(
                self.session.execute(
                    select(model.external_id, getattr(model, column)).where(model.source_id == self.source.id)
                ).all()
            )
            changes = []
            for external_id, key in table.seen.items():
                parent, file, line = self.parents[name].get(external_id, ("", "", 0))
                target = table.find(parent) if parent else None
                if parent and (target is None or target == key):
                    target = None
                    reason = _("%(reason)s The row is kept without it.", reason=_points_nowhere(column, parent))
                    self.report.note(Problem(name, file, line, False, reason))
                if now.get(external_id) != target:
                    changes.append({"id": key, column: target})
            for start in range(0, len(changes), _BATCH):
                self.session.execute(update(model), changes[start : start + _BATCH])

    def _part_with_the_gone(self) -> None:
        """Close or delete the rows of the source that the package no longer has, children first."""
        for name, table in reversed(self.tables.items()):
            if not table.present:
                continue
            model = table.model
            gone = [key for ext, (key, _print, closed) in table.known.items() if ext not in table.seen and not closed]
            for start in range(0, len(gone), 500):
                some = gone[start : start + 500]
                if name in CLOSED_NOT_DELETED:
                    self.session.execute(update(model).where(model.id.in_(some)).values(closed_at=self.now))
                else:
                    self.session.execute(delete(model).where(model.id.in_(some)))
            if gone:
                self.report.of(name).closed += len(gone)

    def name_categories(self) -> None:
        """Give every category of the source its path from the top."""
        terms = {
            term.id: term
            for term in self.session.execute(
                select(
                    TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.parent_id, TaxonomyTerm.key, TaxonomyTerm.path
                ).where(TaxonomyTerm.source_id == self.source.id)
            )
        }
        changed = []
        for term in terms.values():
            steps, at = [slug(term.name)], term
            while at.parent_id in terms and len(steps) < 12:  # a term that is its own ancestor must not hang us
                at = terms[at.parent_id]
                steps.append(slug(at.name))
            path = "/".join(reversed(steps))
            if (term.key, term.path) != (steps[0], path):
                changed.append({"id": term.id, "key": steps[0], "path": path})
        if changed:
            self.session.execute(update(TaxonomyTerm), changed)


def _said(file: TableFile) -> set[str]:
    """The columns, by their HSDS 3.1 names, that any row of a file fills."""
    with file.open() as opened:
        filled = {name for record in Records(opened) for name, text in record.values.items() if text}
    return set(renamed(file.kind, dict.fromkeys(filled, "x")))


def _id_in(row: Row, name: str) -> str:
    """An id of the source, blanks inside folded."""
    text = row.get(name)
    return " ".join(text.split()) if text else ""


def _points_nowhere(column: str, external_id: str) -> str:
    if not external_id:
        return _("It has no %(columns)s.", columns=column)
    return _("%(column)s %(id)s is not among the rows kept.", column=column, id=repr(external_id))


def _defaults(table: str) -> dict[str, Any]:
    return {"key": "", "path": "", "services": 0} if table == "taxonomy_term" else {}


def _fingerprint(values: dict[str, Any], parent: str) -> str:
    said = "\x1f".join(f"{name}={value}" for name, value in values.items() if value not in (None, ""))
    return hashlib.blake2b(f"{said}\x1f{parent}".encode(), digest_size=12).hexdigest()


def _natural_key(table: str, values: dict[str, Any], print_: str) -> str:
    """What stands in for the id of a row that has none: for a service its name and organisation, else all it says."""
    if table not in {"service", "organization", "program"}:
        return print_
    said = f"{slug(values['name'])}\x1f{values.get('organization_id')}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
