"""Putting a place right here: the edit stays when its source is imported again, and can be taken back.

`local_edit` is the one way to change a row of the directory by hand, `add_local` the one way to add one. Both remember
who did it and when, and keep search up to date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.directory.changes import touch
from portal.directory.documents import reindex
from portal.directory.models import TABLES, DirectoryChange, DirectoryEdit, DirectorySource, Imported
from portal.directory.rows import POINTERS, TableReader
from portal.directory.touched import Touched

#: The source of what people add here. No import may take its name.
LOCAL: Final = "local"
#: Edited like a field: that a row is closed here though its source still lists it.
CLOSED: Final = "closed_at"
#: The portal's own columns of a service, which no source speaks of.
_OURS: Final = frozenset({"resource_kind", "checked_on", "checked_by", "local_note"})
Row = TypeVar("Row", bound=Imported)


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where the value of a field comes from: the name of a source, or "" for somebody here, and since when.

    `theirs` is what the source says where somebody here put the field right; None where it was not.
    """

    source: str
    at: datetime | None
    by_id: UUID | None = None
    theirs: str | None = None


def said(value: Any) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def entity_of(row: Imported) -> str:
    """The HSDS name of the table a row is in."""
    return next(name for name, model in TABLES.items() if isinstance(row, model))


def local_edit(
    session: Session, row: Imported, values: Mapping[str, Any], *, by_id: UUID | None, now: datetime
) -> tuple[str, ...]:
    """Change fields of a row by hand. An import will leave them alone from now on.

    Args:
        row: of any table of the directory.
        values: by column name, values of the column's type. The portal's own columns of a service may be among them.
        by_id: who did it.
        now: when.

    Returns:
        The fields that changed; a value that is there already is no change.
    """
    entity, own = entity_of(row), row.source_id == local_source(session).id
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    known = set(session.scalars(select(DirectoryEdit.field).where(DirectoryEdit.row_id == row.id)))
    for name in changed:
        before = said(getattr(row, name))
        change = {"entity": entity, "row_id": row.id, "field": name, "at": now, "by_id": by_id}
        session.add(DirectoryChange(**change, source_id=None, before=before, after=said(values[name])))
        if not own and name not in _OURS and name not in known:
            session.add(DirectoryEdit(**change, source_id=row.source_id, theirs=before))
        setattr(row, name, values[name])
    if changed:
        session.flush()  # the documents below are read from the tables
        _show(session, row)
    return changed


def take_back(session: Session, row: Imported, field: str, *, by_id: UUID | None, now: datetime) -> bool:
    """Let a field be what its source says again. False if nobody had put it right."""
    edit = session.scalars(
        select(DirectoryEdit).where(DirectoryEdit.row_id == row.id, DirectoryEdit.field == field)
    ).one_or_none()
    if edit is None:
        return False
    reader = TableReader(entity_of(row), ohana=False)
    value = None if field == CLOSED else reader.value_of(field, edit.theirs)
    change = {"entity": edit.entity, "row_id": row.id, "field": field, "at": now, "source_id": row.source_id}
    session.add(DirectoryChange(**change, by_id=by_id, before=said(getattr(row, field)), after=edit.theirs))
    setattr(row, field, value)
    session.execute(delete(DirectoryEdit).where(DirectoryEdit.id == edit.id))
    session.flush()  # the documents below are read from the tables
    _show(session, row)
    return True


def add_local(
    session: Session, model: type[Row], values: Mapping[str, Any], *, by_id: UUID | None, now: datetime
) -> Row:
    """Add a row that no source has: a place, or a number of one that a source lists. Imports never touch it."""
    key = uuid4()
    made: Any = model  # a mapped class; its columns are not known here
    row: Row = made(id=key, source_id=local_source(session).id, external_id=str(key), added_at=now, **values)
    session.add(row)
    session.flush()  # what comes after may point at it
    added = {"entity": entity_of(row), "row_id": key, "field": "id", "at": now, "by_id": by_id}
    session.add(DirectoryChange(**added, source_id=None, before="", after=str(key)))
    _show(session, row)
    return row


def local_source(session: Session) -> DirectorySource:
    """The source of what people add here, made when first asked for."""
    found = session.scalars(select(DirectorySource).where(DirectorySource.name == LOCAL)).one_or_none()
    if found is None:
        found = DirectorySource(name=LOCAL, licence="")
        session.add(found)
        session.flush()  # its rows name it
    return found


def sources_of(session: Session, row: Imported) -> dict[str, FieldSource]:
    """For every field of a row where its value comes from and since when. Three queries."""
    name = session.scalar(select(DirectorySource.name).where(DirectorySource.id == row.source_id)) or ""
    first = FieldSource("" if name == LOCAL else name, row.added_at)
    found = dict.fromkeys((field for field in type(row).HSDS if field not in POINTERS), first)
    for change in history_of(session, [row.id]):
        source = name if change.source_id is not None else ""
        found[change.field] = FieldSource(source, change.at, change.by_id)
    for edit in session.scalars(select(DirectoryEdit).where(DirectoryEdit.row_id == row.id).order_by(DirectoryEdit.id)):
        found[edit.field] = FieldSource("", edit.at, edit.by_id, edit.theirs)
    return found


def history_of(session: Session, row_ids: Sequence[UUID]) -> Sequence[DirectoryChange]:
    """Every change of these rows, oldest first."""
    wanted = select(DirectoryChange).where(DirectoryChange.row_id.in_(row_ids))
    return session.scalars(wanted.order_by(DirectoryChange.at, DirectoryChange.id)).all()


def _show(session: Session, row: Imported) -> None:
    touched = Touched()
    touched.add(entity_of(row), row.id, {name: getattr(row, name) for name in Touched.POINTERS if hasattr(row, name)})
    services = touched.services(session)
    touch(session, services)
    reindex(session, services)
