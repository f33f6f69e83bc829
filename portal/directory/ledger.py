"""One table of a source while it is imported: what it held, what was seen, what is to be written and what changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.directory.edits import CLOSED, said
from portal.directory.models import TABLES, DirectoryChange, DirectoryEdit
from portal.directory.rows import POINTERS, TableReader
from portal.directory.touched import Touched

#: Rows that a referral or a category may point at: closed when their source drops them. All others are deleted.
CLOSED_NOT_DELETED: Final = frozenset({"taxonomy", "taxonomy_term", "organization", "program", "service", "location"})
_AT_ONCE: Final = 500
#: Our id of a row, its fingerprint, and whether it is closed.
Known = tuple[UUID, bytes, bool]


@dataclass(slots=True)
class Ledger:
    """What an import knows of one table. `present`: the package speaks of it, so rows it does not name are gone."""

    name: str
    reader: TableReader
    source_id: UUID
    now: datetime
    touched: Touched
    present: bool = False
    known: dict[str, Known] = field(default_factory=dict)
    seen: dict[str, UUID] = field(default_factory=dict)
    #: Fingerprints of what was seen and is not as it was known.
    _prints: dict[str, bytes] = field(default_factory=dict)
    _inserts: list[dict[str, Any]] = field(default_factory=list)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    #: By row, the fields that people here have put right.
    _edits: dict[UUID, set[str]] = field(default_factory=dict)
    _recalled: bool = False

    @property
    def model(self) -> Any:
        """The mapped class."""
        return TABLES[self.name]

    def recall(self, session: Session) -> None:
        """Read what the table held before, when it is needed for the first time."""
        if self._recalled:
            return
        self._recalled, model = True, self.model
        rows = session.execute(
            select(model.external_id, model.id, model.fingerprint, model.closed_at.is_not(None))
            .where(model.source_id == self.source_id)
            .order_by(model.external_id)
            .execution_options(yield_per=5_000)
        )
        for external_id, key, print_, closed in rows:
            self.known[external_id] = (key, bytes.fromhex(print_), bool(closed))
        edits = select(DirectoryEdit.row_id, DirectoryEdit.field).where(
            DirectoryEdit.source_id == self.source_id, DirectoryEdit.entity == self.name
        )
        for row_id, name in session.execute(edits.order_by(DirectoryEdit.id)):
            self._edits.setdefault(row_id, set()).add(name)

    def forget(self) -> None:
        """Let go of the memory, once nothing can ask for a row of this table any more."""
        self.known, self.seen, self._prints = {}, {}, {}

    def find(self, external_id: str) -> UUID | None:
        """Our id of a row that this import kept, or that an earlier one did if the package leaves the table out."""
        found = self.seen.get(external_id)
        if found is None and not self.present and external_id in self.known:
            key, _print, closed = self.known[external_id]
            return None if closed else key
        return found

    def print_of(self, external_id: str) -> bytes:
        """The fingerprint of a row that was seen."""
        return self._prints.get(external_id) or self.known[external_id][1]

    def put(self, external_id: str, print_: bytes, values: dict[str, Any]) -> str:
        """Put a row down to be written. Gives back what that is: "added", "updated" or "unchanged"."""
        known = self.known.get(external_id)
        key = known[0] if known else uuid4()
        self.seen[external_id] = key
        if known is None:
            self._prints[external_id] = print_
            values.update(
                id=key, source_id=self.source_id, external_id=external_id, fingerprint=print_.hex(),
                added_at=self.now, closed_at=None,
            )  # fmt: skip
            self._inserts.append(values)
            self.touched.add(self.name, key, values)
            return "added"
        closed = known[2] and CLOSED not in self._edits.get(key, ())
        if known[1] != print_:
            self._prints[external_id] = print_
        if known[1] == print_ and not closed:
            return "unchanged"
        self._updates.append({"id": key, "fingerprint": print_.hex(), CLOSED: None} | values)
        self.touched.add(self.name, key, values)
        return "updated"

    def write(self, session: Session) -> None:
        """Write what is waiting, with the story of each field that changed."""
        if self._inserts:
            # With its nulls written out, each row has the same columns, and one statement serves them all.
            session.execute(insert(self.model).execution_options(render_nulls=True), self._inserts)
            self._inserts = []
        if self._updates:
            self._remember_changes(session)
            plain = [row for row in self._updates if row["id"] not in self._edits]
            if plain:
                session.execute(update(self.model), plain)
            for row in self._updates:
                if row["id"] in self._edits:
                    self._write_beside_edits(session, row)
            self._updates = []

    def _remember_changes(self, session: Session) -> None:
        fields = [name for name in self.reader.columns if name not in POINTERS]
        columns = [getattr(self.model, name) for name in fields]
        changes = []
        for start in range(0, len(self._updates), _AT_ONCE):
            new = {row["id"]: row for row in self._updates[start : start + _AT_ONCE]}
            old_rows = select(self.model.id, *columns).where(self.model.id.in_(new)).order_by(self.model.id)
            for key, *old in session.execute(old_rows):
                for name, before in zip(fields, old, strict=True):
                    after = new[key][name]
                    if before != after and name not in self._edits.get(key, ()):
                        changes.append(self._change(key, name, said(before), said(after)))
        if changes:
            session.execute(insert(DirectoryChange), changes)

    def _change(self, key: UUID, name: str, before: str, after: str) -> dict[str, Any]:
        return {
            "id": uuid4(), "entity": self.name, "row_id": key, "field": name, "at": self.now,
            "source_id": self.source_id, "by_id": None, "before": before, "after": after,
        }  # fmt: skip

    def _write_beside_edits(self, session: Session, row: dict[str, Any]) -> None:
        """Write all of a row but what people here have put right; note what the source says of that."""
        edited = self._edits[row["id"]]
        session.execute(update(self.model), [{name: value for name, value in row.items() if name not in edited}])
        for name in sorted(edited):
            mine = (DirectoryEdit.row_id == row["id"], DirectoryEdit.field == name)
            theirs = said(row.get(name))
            session.execute(
                update(DirectoryEdit)
                .where(*mine, DirectoryEdit.theirs != theirs)
                .values(theirs=theirs, theirs_at=self.now)
            )

    @property
    def gone(self) -> list[UUID]:
        """The rows that the source had and has no longer."""
        return [key for name, (key, _print, closed) in self.known.items() if name not in self.seen and not closed]

    def part_with(self, session: Session, gone: Iterable[UUID]) -> None:
        """Close or delete rows that are gone."""
        keys, model = list(gone), self.model
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            self._touch(session, some)
            if self.name in CLOSED_NOT_DELETED:
                session.execute(update(model).where(model.id.in_(some)).values(closed_at=self.now))
            else:
                session.execute(delete(model).where(model.id.in_(some)))

    def _touch(self, session: Session, keys: list[UUID]) -> None:
        names = [name for name in Touched.POINTERS if hasattr(self.model, name)]
        columns = [getattr(self.model, name) for name in names]
        rows = session.execute(select(self.model.id, *columns).where(self.model.id.in_(keys)).order_by(self.model.id))
        for key, *values in rows:
            self.touched.add(self.name, key, dict(zip(names, values, strict=True)))
