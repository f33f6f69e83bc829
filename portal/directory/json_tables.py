"""The tables in JSON files: each object laid flat, and the rows gathered by kind."""

from collections import defaultdict
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from portal.directory import kinds
from portal.directory.json_files import Pages, lines, objects
from portal.directory.opened import NoText
from portal.directory.spool import Spool
from portal.directory.tables import Entries, Package, PackageProblem, TableFile, in_order
from portal.directory.trees import flat, kind_of
from portal.i18n import _

_BY_LINE: Final = frozenset({".ndjson", ".jsonl"})
_MOST_STRANGE: Final = 200
#: What describes data, and is none.
_DESCRIPTIONS: Final = frozenset(
    {"$schema", "$id", "$ref", "openapi", "swagger", "properties", "resources", "tabular_required"}
)


class _Reading:
    def __init__(self, spool: Spool) -> None:
        self.spool, self.pages = spool, Pages()
        self.unread: list[tuple[str, str]] = []
        self.odd: dict[str, set[str]] = defaultdict(set)

    def read(self, name: str, entries: Entries) -> None:
        rows = 0
        stem = PurePosixPath(name).stem
        with entries[name].open() as file:
            by_line = PurePosixPath(name).suffix.lower() in _BY_LINE
            for found in lines(file) if by_line else objects(file, self.pages):
                if found.broken:
                    reason = _("From line %(line)s: %(reason)s", line=found.line, reason=found.broken)
                    self.unread.append((name, reason))
                    continue
                kind = kind_of(found.tree, found.within or stem)
                if kind is None or kinds.KINDS[kind] == "" or _DESCRIPTIONS & found.tree.keys():
                    continue
                for below, row in flat(kind, found.tree, self.odd[name].add):
                    if row is None:
                        self.spool.mention(below)
                    else:
                        self.spool.add(below, row, name, found.line)
                        rows += 1
        if not rows:
            reason = _("Not read: nothing in it is a service, an organization or what belongs to one.")
            self.unread.append((name, reason))
        for odd in sorted(self.odd.get(name, ()))[:_MOST_STRANGE]:
            reason = _("“%(name)s” is not kept: the portal has no use for it.", name=odd)
            self.unread.append((name, reason))


def tables_of_json(entries: Entries, spool: Spool, unread: tuple[tuple[str, str], ...]) -> Package:
    """The tables in these files.

    Raises:
        PackageProblem: nothing in them is known.
    """
    reading = _Reading(spool)
    reading.unread += unread
    for name in sorted(entries):
        try:
            reading.read(name, entries)
        except NoText as problem:
            reading.unread.append((name, _("Not read: %(reason)s.", reason=str(problem))))
    found = spool.kinds
    if not any(header for header, _size in found.values()):
        raise PackageProblem(_("No file in it is a table of a directory (services.csv, organizations.csv and so on)."))
    only = next(iter(entries)) if len(entries) == 1 else "JSON"
    files = [TableFile(kind, only, header, size, partial(spool.rows, kind)) for kind, (header, size) in found.items()]
    dialect = kinds.dialect_of({kind: set(header) for kind, (header, _size) in found.items()})
    dialect = dialect.replace("Ohana", "HSDS 3")  # that one knows no JSON
    if reading.pages.is_part:
        reason = _("The pages hold %(held)s of %(all)s, so nothing that is missing was closed.")
        said = reason % {"held": reading.pages.held, "all": reading.pages.announced}
        reading.unread.append((only, said))
    return Package(in_order(files), tuple(reading.unread), f"{dialect} JSON", reading.pages.is_part)
