"""Which files of a package are which tables: by the package's own description, by their names, or by their headings."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, Final, NamedTuple, Protocol

from portal.directory import kinds
from portal.directory.opened import NoText
from portal.directory.records import Record, Records, column_name
from portal.i18n import _

_LARGEST_DESCRIPTION: Final = 8 * 1024**2


class PackageProblem(Exception):
    """Nothing can be imported. The text says why in one sentence."""


class Entry(NamedTuple):
    """A file of a package: how to open it, and how many bytes it has."""

    open: Callable[[], IO[bytes]]
    size: int


Entries = dict[str, Entry]


class Rows(Protocol):
    """The records of a table while they are read."""

    def __iter__(self) -> Iterator[Record]:
        """Each record in its order."""

    @property
    def position(self) -> int:
        """How many bytes were read so far."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of the table as a whole, once it was read."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """What holds the rows of a kind. `name` is its path inside the package, `size` its bytes."""

    kind: str
    name: str
    header: frozenset[str]
    size: int
    rows: Callable[[], AbstractContextManager[Rows]]


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of one data set, in the order they are to be read, and the files left unread with the reason.

    `is_part`: it says itself that there is more, so nothing that it lacks is gone.
    """

    files: tuple[TableFile, ...]
    unread: tuple[tuple[str, str], ...]
    dialect: str
    is_part: bool = False


@contextmanager
def _records_in(entry: Entry) -> Iterator[Records]:
    with entry.open() as file:
        yield Records(file)


def in_order(files: list[TableFile]) -> tuple[TableFile, ...]:
    """Parents before children."""
    order = list(kinds.KINDS)
    return tuple(sorted(files, key=lambda file: (order.index(file.kind), file.name)))


def chosen(entries: Entries) -> Package:
    """The data set in these files: of several folders the one with the most tables. It may have none."""
    folders: dict[str, Entries] = defaultdict(dict)
    for name, entry in entries.items():
        folders[str(PurePosixPath(name).parent)][name] = entry
    described = {name for folder in list(folders) for name in _spread_out(folder, folders)}
    looked = [
        (folder, *_tables(entries, _named_kinds(folder, entries)))
        for folder, entries in sorted(folders.items())
        if folder not in described
    ]
    _folder, best, _strange = max(
        looked, key=lambda one: (len({file.kind for file in one[1]}), -len(one[0])), default=("", (), [])
    )
    unread: list[tuple[str, str]] = []
    for _folder, files, strange in looked:
        unread += strange
        if files is not best:
            unread += [(file.name, _("Not read: another folder holds the data set.")) for file in files]
    headers: dict[str, set[str]] = defaultdict(set)
    for file in best:
        headers[file.kind] |= file.header
    return Package(in_order(list(best)), tuple(unread), kinds.dialect_of(headers))


def _spread_out(folder: str, folders: dict[str, Entries]) -> list[str]:
    """The sub-folders that a data package's description says its tables are in; their files move to the package."""
    entries = folders[folder]
    moved: list[str] = []
    for name in _described(folder, entries):
        parent = str(PurePosixPath(name).parent)
        if parent != folder and name in folders.get(parent, {}) and not _is_package(folders[parent]):
            entries[name] = folders[parent][name]
            moved.append(parent)
    return moved


def _is_package(entries: Entries) -> bool:
    return any(PurePosixPath(name).name == "datapackage.json" for name in entries)


def _named_kinds(folder: str, entries: Entries) -> dict[str, str]:
    """The kinds that a datapackage.json gives to files whose own names may say nothing."""
    named = {}
    for name, title in _described(folder, entries).items():
        kind = kinds.kind_of_name(column_name(title))
        if kind and name in entries:
            named[name] = kind
    return named


def _described(folder: str, entries: Entries) -> dict[str, str]:
    """File name and resource name of the resources in a folder's datapackage.json; empty if it cannot be read."""
    entry = next((entry for name, entry in entries.items() if name.endswith("datapackage.json")), None)
    if entry is None:
        return {}
    with entry.open() as file:
        try:
            described: Any = json.loads(file.read(_LARGEST_DESCRIPTION))
        except (ValueError, RecursionError):
            return {}
    resources = described.get("resources") if isinstance(described, dict) else None
    found = {}
    for resource in resources if isinstance(resources, list) else []:
        title, paths = (resource.get("name"), resource.get("path")) if isinstance(resource, dict) else (None, None)
        for path in paths if isinstance(paths, list) else [paths]:
            if isinstance(title, str) and isinstance(path, str) and ".." not in PurePosixPath(path).parts:
                found[(PurePosixPath(folder) / path).as_posix() if folder != "." else path] = title
    return found


def _tables(entries: Entries, named: dict[str, str]) -> tuple[tuple[TableFile, ...], list[tuple[str, str]]]:
    """The tables among the files of one folder, and the files that are none."""
    found: list[TableFile] = []
    unsure: list[TableFile] = []
    strange: list[tuple[str, str]] = []
    for name, entry in entries.items():
        if name.endswith("datapackage.json"):
            continue
        try:
            with _records_in(entry) as records:
                header = frozenset(records.header)
        except NoText as problem:
            strange.append((name, _("Not read: %(reason)s.", reason=str(problem))))
            continue
        if not header:
            strange.append((name, _("Not read: the file is empty.")))
            continue
        kind = named.get(name) or kinds.kind_of_name(_stem(name))
        kind = kinds.settle(kind, header) if kind else None
        sure = kind is not None and kinds.fits(kind, header)
        table = TableFile(kind if kind and sure else "", name, header, entry.size, partial(_records_in, entry))
        (found if sure else unsure).append(table)
    for by_name in (True, False):
        guessed = _guessed(unsure, {file.kind for file in found}, by_name=by_name)
        found += guessed
        unsure = [one for one in unsure if one.name not in {file.name for file in guessed}]
    reason = _("Not read: its name and heading are not those of a table we know.")
    return tuple(found), strange + [(one.name, reason) for one in unsure]


def _guessed(unsure: list[TableFile], taken: set[str], *, by_name: bool) -> list[TableFile]:
    """Files whose kind the end of their name, or their heading, tells; only where one file alone claims a free kind."""
    claims: dict[str, list[TableFile]] = defaultdict(list)
    for one in unsure:
        kind = kinds.kind_of_ending(_stem(one.name)) if by_name else kinds.kind_of_header(one.header)
        if kind and kind not in taken and kinds.fits(kind, one.header):
            settled = kinds.settle(kind, one.header)
            claims[kind].append(TableFile(settled, one.name, one.header, one.size, one.rows))
    return [files[0] for files in claims.values() if len(files) == 1]


def _stem(name: str) -> str:
    return column_name(re.sub(r"\.\w+$", "", PurePosixPath(name).name))
