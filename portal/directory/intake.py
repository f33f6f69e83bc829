"""The rows of one package on their way into the tables: read, checked, tied together, and written in batches.

What stays in memory is one short entry for each row of the tables that others point at, and of the table being read:
its id and a fingerprint by which an unchanged row is known.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.directory import kinds
from portal.directory.dialects import SIDE_TABLES, Dialect, Row, renamed
from portal.directory.ledger import Ledger
from portal.directory.models import TABLES, DirectorySource
from portal.directory.opened import NoText
from portal.directory.records import Record
from portal.directory.report import ImportReport, Problem
from portal.directory.rows import MUST_BELONG, PARENTS, POINTERS, Refused, TableReader
from portal.directory.tables import Package, PackageProblem, TableFile
from portal.directory.text import slug
from portal.directory.touched import Touched
from portal.i18n import _

_BATCH: Final = 2_000
_LINKED: Final = ("service", "organization", "location", "service_at_location", "program", "phone", "contact")
#: The tables whose rows others point at; their ids are needed to the end.
_POINTED_AT: Final = frozenset(POINTERS.values())
#: A delivery that would close more services than this, and more than half of all, is more likely broken than true.
_FEW: Final = 100
_LONGEST_ID: Final = 200

#: Called between two steps: how many bytes were read, and of how many.
Pace = Callable[[int, int], None]


class Intake:
    """One import while it runs: its source, its tables and its report."""

    def __init__(
        self,
        session: Session,
        source: DirectorySource,
        package: Package,
        now: datetime,
        *,
        pace: Pace | None = None,
        close_most: bool = False,
    ) -> None:
        self.session, self.source, self.package, self.now = session, source, package, now
        self.dialect = Dialect(package.dialect)
        self.report = ImportReport(source.name, package.dialect)
        self.touched = Touched()
        self.tables = {
            name: Ledger(name, TableReader(name, ohana=self.dialect.is_ohana), source.id, now, self.touched)
            for name in TABLES
        }
        self.parents: dict[str, dict[str, tuple[str, str, int]]] = {table: {} for table in PARENTS}
        self.waiting = 0
        self._pace, self._close_most = pace, close_most
        self._total, self._read_bytes = sum(file.size for file in package.files), 0
        for file in package.files:
            for table in _spoken_of(file):
                self.tables[table].present = not package.is_part

    # --- reading ---

    def run(self) -> None:
        """Read every file, write every good row, and say goodbye to the rows that are gone.

        Raises:
            PackageProblem: nothing of it could be kept, or it lacks most of what the source had.
        """
        for name, reason in self.package.unread:
            self.report.note(Problem("", name, 0, False, reason))
        for place, file in enumerate(self.package.files):
            self._read(file)
            self._read_bytes += file.size
            self._settle({name for later in self.package.files[place + 1 :] for name in _spoken_of(later)})
        self._flush()
        self._refuse_the_useless()
        self._set_parents()
        for table in reversed(self.tables.values()):
            self._part_with_the_gone(table)

    def _refuse_the_useless(self) -> None:
        if not self.report.total("kept"):
            first = next((f" {problem}" for problem in self.report.problems if problem.refused), "")
            raise PackageProblem(_("No row could be kept.") + first)
        services = self.tables["service"]
        if not services.present:
            return
        services.recall(self.session)
        gone, open_ones = len(services.gone), sum(not closed for _key, _print, closed in services.known.values())
        if gone > max(_FEW, open_ones // 2) and not self._close_most:
            raise PackageProblem(
                _(
                    "It lacks %(gone)s of the %(all)s services of %(name)s, so it looks broken, and none of them was "
                    "closed. If it is right, say that most may be closed.",
                    gone=gone,
                    all=open_ones,
                    name=self.source.name,
                )
            )

    def _settle(self, still_to_come: set[str]) -> None:
        """Finish the tables that nothing will add to, and that nothing points at."""
        for name, table in self.tables.items():
            if table.present and name not in still_to_come and name not in _POINTED_AT and table.seen:
                self._flush()
                self._part_with_the_gone(table)
                table.forget()

    def _read(self, file: TableFile) -> None:
        table = kinds.KINDS[file.kind]
        if not table:
            self.report.note(Problem("", file.name, 0, False, _("Not kept: the portal has no use for this table.")))
            return
        self.report.of(table)
        try:
            if self.dialect.is_ohana:
                self.tables[table].reader.demand_only(_said(file))
            with file.rows() as rows:
                for record in rows:
                    self._take(file, table, record)
                    if self.waiting >= _BATCH:
                        self._flush(rows.position)
                for reason in rows.remarks:
                    self.report.note(Problem(table, file.name, 0, False, reason))
        except NoText as problem:
            self.report.note(Problem("", file.name, 0, False, _("Not read: %(reason)s.", reason=str(problem))))

    def _take(self, file: TableFile, table: str, record: Record) -> None:
        where = record.file or file.name
        if record.broken:
            self.report.note(Problem(table, where, record.line, True, record.broken))
            return
        if file.kind in kinds.BESIDE_SERVICES:
            self.dialect.set_aside(file.kind, record.values)
            return
        mended = [record.mended] if record.mended else []
        row_id = record.values.get("id", "")
        name = record.values.get("name", "")
        for entity, row in self.dialect.spread(file.kind, record.values):
            try:
                notes = self._accept(self.tables[entity], row, where, record.line)
            except Refused as refused:
                self.report.note(Problem(entity, where, record.line, True, str(refused), row_id, name))
                if entity == table:
                    return
                continue
            mended += notes
        if mended:
            self.report.note(Problem(table, where, record.line, False, " ".join(mended), row_id, name))

    # --- one row ---

    def _accept(self, table: Ledger, row: Row, file: str, line: int) -> list[str]:
        """Put a row down to be written. Gives back what was mended."""
        table.recall(self.session)
        values, mended = table.reader.read(row)
        said = repr(list(values.values()))
        pointers = self._pointers(table, row, mended)
        values |= pointers
        parent = _id_in(row, PARENTS[table.name]) if table.name in PARENTS else ""
        pointed = [_id_in(row, name) if target is not None else "" for name, target in pointers.items()]
        print_ = _fingerprint(said, *pointed, parent)
        external_id = _id_in(row, "id") or f"made:{_natural_key(table.name, values, print_)}"
        if external_id in table.seen:
            if external_id.startswith("made:") or self._says_the_same(table, external_id, print_):
                return [*mended, _("The row says the same as an earlier one and was left out.")]
            raise Refused(_("The id %(id)s was used before.", id=external_id))
        if parent:
            self.parents[table.name][external_id] = (parent, file, line)
        counts = self.report.of(table.name)
        done = table.put(external_id, print_, values | _defaults(table.name))
        setattr(counts, done, getattr(counts, done) + 1)
        self.waiting += 1
        return mended

    def _says_the_same(self, table: Ledger, external_id: str, print_: bytes) -> bool:
        """Whether a row that came before with this id is this very row."""
        return table.print_of(external_id) == print_

    def _pointers(self, table: Ledger, row: Row, mended: list[str]) -> dict[str, Any]:
        """Our ids for the ids a row points to.

        Raises:
            Refused: it points nowhere, and means nothing without.
        """
        found: dict[str, Any] = {}
        must = ("organization_id",) if row.get("must") == "organization" else table.reader.must_point
        lost = []
        for name in table.reader.pointers:
            external_id = _id_in(row, name)
            target = self._find(POINTERS[name], external_id, mended) if external_id else None
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
        said = (row.get("link_entity") or row.get("link_type") or "").strip().lower()  # HSDS 2 knows only the latter
        for name in dict.fromkeys((*([said] if said in self.tables else []), *_LINKED)):
            found = self._find(name, external_id) if external_id else None
            if found is not None:
                return {"link_id": found, "link_entity": name}
        raise Refused(_points_nowhere("link_id", external_id))

    def _find(self, name: str, external_id: str, mended: list[str] | None = None) -> UUID | None:
        """Our id for an id of the source; a number that a spreadsheet gave a ".0" is still that number."""
        table = self.tables[name]
        table.recall(self.session)
        found = table.find(external_id)
        if found is None and mended is not None and external_id.endswith(".0"):
            found = table.find(external_id[:-2])
            if found is not None:
                mended.append(_("%(given)s was read as %(value)s.", given=repr(external_id), value=external_id[:-2]))
        return found

    # --- writing ---

    def _flush(self, position: int = 0) -> None:
        """Write what is waiting, parents before children, and let others write, too."""
        for table in self.tables.values():
            table.write(self.session)
        self.waiting = 0
        if self._pace is not None:
            self._pace(min(self._read_bytes + position, self._total), self._total)

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
                    self.report.note(Problem(name, file, line, False, reason, external_id))
                if now.get(external_id) != target:
                    changes.append({"id": key, column: target})
            for start in range(0, len(changes), _BATCH):
                self.session.execute(update(model), changes[start : start + _BATCH])
                self._flush(self._total)

    def _part_with_the_gone(self, table: Ledger) -> None:
        """Close or delete the rows of a table that the package no longer has."""
        if not table.present:
            return
        table.recall(self.session)
        gone = table.gone
        if gone:
            self.report.of(table.name).closed += len(gone)
        for start in range(0, len(gone), _BATCH):
            table.part_with(self.session, gone[start : start + _BATCH])
            self._flush(self._total)


def _spoken_of(file: TableFile) -> Iterator[str]:
    """The tables that a file fills."""
    if kinds.KINDS[file.kind] and file.kind not in kinds.BESIDE_SERVICES:
        yield kinds.KINDS[file.kind]
    for column, tables in SIDE_TABLES.get(file.kind, {}).items():
        if column in file.header:
            yield from tables


def _said(file: TableFile) -> set[str]:
    """The columns, by their HSDS 3.1 names, that any row of a file fills."""
    with file.rows() as rows:
        filled = {name for record in rows for name, text in record.values.items() if text}
    return set(renamed(file.kind, dict.fromkeys(filled, "x")))


def _id_in(row: Row, name: str) -> str:
    """An id of the source, blanks inside folded."""
    text = row.get(name)
    if not text:
        return ""
    plain = " ".join(text.split())
    if len(plain) <= _LONGEST_ID:
        return plain
    return f"{plain[:40]}…{hashlib.blake2b(plain.encode(), digest_size=12).hexdigest()}"  # an index has no room for it


def _points_nowhere(column: str, external_id: str) -> str:
    if not external_id:
        return _("It has no %(columns)s.", columns=column)
    return _("%(column)s %(id)s is not among the rows kept.", column=column, id=repr(external_id))


def _defaults(table: str) -> dict[str, Any]:
    return {"key": "", "path": "", "services": 0} if table == "taxonomy_term" else {}


def _fingerprint(*said: str) -> bytes:
    """By what an unchanged row is known: what it says, and the source's own ids of what it points to."""
    return hashlib.blake2b("\x1f".join(said).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _natural_key(table: str, values: dict[str, Any], print_: bytes) -> str:
    """What stands in for the id of a row that has none: for a service its name and organisation, else all it says."""
    if table not in {"service", "organization", "program"}:
        return print_.hex()
    said = f"{slug(values['name'])}\x1f{values.get('organization_id')}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
