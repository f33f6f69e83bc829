"""A table of places in a way of its own, read as its mapping file says: which column is what.

The file is TOML: `[columns]` names a target for each column, `[split]` says what stands between the items of a list in
one cell, `[fixed]` gives values that no column has. `portal directory map` writes a first one. Each row of the table is
one service; rows with the same service and organisation are one service at several places.
"""

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from portal.directory import kinds
from portal.directory.models import TABLES
from portal.directory.opened import NoText
from portal.directory.records import Records, column_name
from portal.directory.spoken_hours import weekly
from portal.directory.spool import Spool
from portal.directory.tables import Entries, Package, PackageProblem, TableFile, in_order
from portal.directory.text import slug
from portal.directory.trees import flat
from portal.i18n import _

#: What a column can be: parts of a service's tree, by the name of their table.
_LISTS: Final[dict[str, str]] = {
    "phone": "phones",
    "language": "languages",
    "required_document": "required_documents",
    "service_area": "service_areas",
    "cost_option": "cost_options",
    "contact": "contacts",
    "funding": "funding",
    "url": "additional_urls",
}
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Targets that are no column of a table: a category, and hours as people write them.
WORDS: Final = ("category", "hours", *(f"hours.{day}" for day in _DAYS))
_LARGEST: Final = 256 * 1024


class MappingProblem(Exception):
    """A mapping file that cannot be used. The text says why in one sentence."""


def targets() -> frozenset[str]:
    """Everything a column can be said to be."""
    own = {
        f"{table}.{name}"
        for table in ("organization", "service", "location", "address", "accessibility", *_LISTS)
        for name in ("id", *TABLES[table].HSDS)
        if not name.endswith("_id")
    }
    return frozenset(own | {*WORDS, "service.keywords", "service.payments_accepted"})


@dataclass(frozen=True, slots=True)
class Mapping:
    """By column name, as `column_name` writes it, what the column is; and the rest of the file."""

    columns: dict[str, str]
    split: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str | bytes) -> "Mapping":
        """Read a mapping file.

        Raises:
            MappingProblem: it is no TOML, or names something that no column can be.
        """
        try:
            read = tomllib.loads(text if isinstance(text, str) else text.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise MappingProblem(_("The mapping file cannot be read: %(reason)s.", reason=str(problem))) from None
        parts = {name: read.get(name, {}) for name in ("columns", "split", "fixed")}
        if any(not isinstance(part, dict) for part in parts.values()) or len(text) > _LARGEST:
            raise MappingProblem(_("The mapping file needs a part [columns] with a line for each column."))
        columns = {column_name(name): str(target).strip() for name, target in parts["columns"].items() if target}
        fixed = {str(name): str(value) for name, value in parts["fixed"].items()}
        known = targets()
        for target in (*columns.values(), *fixed):
            if target not in known:
                raise MappingProblem(_("“%(target)s” is nothing that a column can be.", target=target))
        if not {"service.name", "organization.name"} & {*columns.values(), *fixed}:
            raise MappingProblem(_("The mapping says neither service.name nor organization.name."))
        split = {column_name(name): str(between) for name, between in parts["split"].items() if between}
        return cls(columns, split, fixed)

    def tree(self, row: dict[str, str]) -> dict[str, Any]:
        """One row as the tree of a service, as HSDS 3.1 nests it."""
        parts = self._parts(row)
        organization, service = parts.one("organization"), parts.one("service")
        organization.setdefault("name", service.get("name", ""))
        service.setdefault("name", organization["name"])
        organization.setdefault("id", _key("organization", organization["name"]))
        service.setdefault("id", _key("service", organization["id"], service["name"]))
        place = parts.one("location")
        address = parts.one("address")
        if place or address:
            place.setdefault("id", _key("location", organization["id"], *address.values(), *place.values()))
            place |= {"addresses": [address] if address else [], "accessibility": parts.many("accessibility")}
            service["service_at_locations"] = [{"id": f"{service['id']}@{place['id']}", "location": place}]
        for table, name in _LISTS.items():
            service[name] = parts.many(table)
        service["attributes"] = [
            {"taxonomy_term": {"id": _key("category", name), "name": name}, "id": _key(service["id"], name)}
            for name in parts.words("category")
        ]
        return service | {"organization": organization, "schedules": parts.schedules()}

    def _parts(self, row: dict[str, str]) -> "_Parts":
        found = _Parts()
        for target, value in self.fixed.items():
            found.add(target, value)
        for column, target in self.columns.items():
            text = row.get(column, "")
            between = self.split.get(column)
            for value in text.split(between) if between else (text,):
                found.add(target, value.strip())
        return found


class _Parts:
    """What one row says, by target; several columns may say the same kind of thing."""

    def __init__(self) -> None:
        self._said: dict[str, list[str]] = {}

    def add(self, target: str, value: str) -> None:
        if value:
            self._said.setdefault(target, []).append(value)

    def words(self, target: str) -> list[str]:
        return list(dict.fromkeys(self._said.get(target, ())))

    def one(self, table: str) -> dict[str, Any]:
        """What is said of the one row of a table; two columns for one field are two lines of it."""
        found = self._of(table)
        return {name: "\n".join(dict.fromkeys(values)) for name, values in found.items()}

    def many(self, table: str) -> list[dict[str, Any]]:
        """Rows of a table: the first value of every column is one, the second another."""
        found = self._of(table)
        most = max(map(len, found.values()), default=0)
        return [{name: values[at] for name, values in found.items() if at < len(values)} for at in range(most)]

    def _of(self, table: str) -> dict[str, list[str]]:
        return {
            target.partition(".")[2]: values
            for target, values in self._said.items()
            if target.partition(".")[0] == table
        }

    def schedules(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for text in self.words("hours"):
            found += weekly(text) or [{"description": text}]
        for day in _DAYS:
            for text in self.words(f"hours.{day}"):
                found += weekly(text, day) or [{"byday": day, "freq": "WEEKLY", "description": text}]
        return found


def mapped_table(entries: Entries, mapping: Mapping, spool: Spool) -> Package:
    """The tables that a mapping makes of one CSV file.

    Raises:
        PackageProblem: there is not exactly one such file, or it lacks the columns that the mapping names.
    """
    if len(entries) != 1:
        raise PackageProblem(_("A mapping is for one CSV file, and there are %(number)s.", number=len(entries)))
    name, entry = next(iter(entries.items()))
    unread: list[tuple[str, str]] = []
    try:
        with entry.open() as file:
            records = Records(file)
            missing = [column for column in mapping.columns if column not in records.header]
            if len(missing) == len(mapping.columns):
                raise PackageProblem(_("The file has none of the columns that the mapping names."))
            unread += [(name, _("There is no column “%(column)s”.", column=column)) for column in missing]
            for record in records:
                _spool(spool, mapping, record.values, name, record.line)
                if record.broken:
                    unread.append((name, _("From line %(line)s: %(reason)s", line=record.line, reason=record.broken)))
            unread += [(name, remark) for remark in records.remarks]
    except NoText as problem:
        raise PackageProblem(_("%(file)s was not read: %(reason)s.", file=name, reason=str(problem))) from None
    found = spool.kinds
    files = [TableFile(kind, name, header, size, partial(spool.rows, kind)) for kind, (header, size) in found.items()]
    return Package(in_order(files), tuple(unread), "CSV")


def _spool(spool: Spool, mapping: Mapping, row: dict[str, str], file: str, line: int) -> None:
    tree = mapping.tree(row)
    for kind, below in flat("service", tree, lambda _name: None):
        if below is None:
            spool.mention(kind)
        elif kinds.KINDS[kind] != "service" or below.get("name"):
            spool.add(kind, below, file, line)


def _key(*parts: str) -> str:
    said = "\x1f".join(slug(part) or part for part in parts)
    return "made:" + hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
