"""Opening a package: a folder, a zip archive or a single CSV file, without trusting any of them.

An archive is never unpacked to disk, so a name such as "../x" can lead nowhere; how much it may unfold to is bounded
before and while it is read. A link that leads out of the folder is not followed.
"""

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from portal.directory import kinds
from portal.directory.records import Records, column_name
from portal.i18n import _

MOST_FILES: Final = 5_000
MOST_BYTES: Final = 4 * 1024**3
#: A file that unfolds to more than this times its packed size, and is large, is a trap and not a table.
HIGHEST_RATIO: Final = 300
_SMALL: Final = 32 * 1024**2
_ENDINGS: Final = (".csv", ".tsv", ".txt")
_LARGEST_DESCRIPTION: Final = 8 * 1024**2


class PackageProblem(Exception):
    """Nothing can be imported. The text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of a package that holds rows of a kind. `name` is its path inside the package."""

    kind: str
    name: str
    header: frozenset[str]
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one data set, in the order they are to be read, and the files left unread with the reason."""

    files: tuple[TableFile, ...]
    unread: tuple[tuple[str, str], ...]
    dialect: str


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Look into a package.

    Raises:
        PackageProblem: there is no such thing, it cannot be read, or no file of it is a table we know.
    """
    if not path.exists():
        raise PackageProblem(_("There is no file or folder %(path)s.", path=str(path)))
    try:
        if path.is_dir():
            yield _chosen(_in_folder(path))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _chosen(_in_archive(archive))
        elif path.suffix.lower() in _ENDINGS:
            yield _chosen({path.name: lambda: path.open("rb")})
        else:
            raise PackageProblem(_("%(path)s is neither a folder, a zip archive nor a CSV file.", path=str(path)))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as problem:
        if isinstance(problem, RuntimeError) and "password" not in str(problem) and "encrypt" not in str(problem):
            raise
        raise PackageProblem(_("The archive cannot be read: %(reason)s.", reason=str(problem))) from problem
    except OSError as problem:
        raise PackageProblem(_("The package cannot be read: %(reason)s.", reason=str(problem.strerror))) from problem


def _in_folder(root: Path) -> dict[str, Callable[[], IO[bytes]]]:
    found: dict[str, Callable[[], IO[bytes]]] = {}
    real = root.resolve()
    everything = list(islice(root.rglob("*"), MOST_FILES + 1))
    if len(everything) > MOST_FILES:
        raise PackageProblem(_("There are more than %(number)s files.", number=MOST_FILES))
    for file in sorted(everything):
        wanted = file.suffix.lower() in _ENDINGS or file.name == "datapackage.json"
        if wanted and file.is_file() and file.resolve().is_relative_to(real):
            found[file.relative_to(root).as_posix()] = partial(_open_file, file)
    return found


def _open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _in_archive(archive: zipfile.ZipFile) -> dict[str, Callable[[], IO[bytes]]]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise PackageProblem(_("There are more than %(number)s files.", number=MOST_FILES))
    if sum(member.file_size for member in members) > MOST_BYTES or any(_is_trap(member) for member in members):
        raise PackageProblem(_("The archive would unfold to far more than a directory holds."))
    found: dict[str, Callable[[], IO[bytes]]] = {}
    for member in sorted(members, key=lambda member: member.filename):
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if ".." in name.parts or name.is_absolute() or "__MACOSX" in name.parts or name.name.startswith("."):
            continue
        if name.suffix.lower() in _ENDINGS or name.name == "datapackage.json":
            found[name.as_posix()] = partial(archive.open, member)
    return found


def _is_trap(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)


def _chosen(entries: dict[str, Callable[[], IO[bytes]]]) -> Package:
    """The data set in these files: of several folders the one with the most tables."""
    folders: dict[str, dict[str, Callable[[], IO[bytes]]]] = defaultdict(dict)
    for name, opener in entries.items():
        folders[str(PurePosixPath(name).parent)][name] = opener
    described = {name for folder in list(folders) for name in _spread_out(folder, folders)}
    looked = [
        (folder, *_tables(entries, _named_kinds(folder, entries)))
        for folder, entries in sorted(folders.items())
        if folder not in described
    ]
    _folder, best, _strange = max(
        looked, key=lambda one: (len({file.kind for file in one[1]}), -len(one[0])), default=("", (), [])
    )
    if not best:
        raise PackageProblem(_("No file in it is a table of a directory (services.csv, organizations.csv and so on)."))
    unread: list[tuple[str, str]] = []
    for _folder, files, strange in looked:
        unread += strange
        if files is not best:
            unread += [(file.name, _("Not read: another folder holds the data set.")) for file in files]
    headers: dict[str, set[str]] = defaultdict(set)
    for file in best:
        headers[file.kind] |= file.header
    order = list(kinds.KINDS)
    return Package(
        tuple(sorted(best, key=lambda file: (order.index(file.kind), file.name))),
        tuple(unread),
        kinds.dialect_of(headers),
    )


def _spread_out(folder: str, folders: dict[str, dict[str, Callable[[], IO[bytes]]]]) -> list[str]:
    """The sub-folders that a data package's description says its tables are in; their files move to the package."""
    entries = folders[folder]
    moved: list[str] = []
    for name in _described(folder, entries):
        parent = str(PurePosixPath(name).parent)
        if parent != folder and name in folders.get(parent, {}) and not _is_package(folders[parent]):
            entries[name] = folders[parent][name]
            moved.append(parent)
    return moved


def _is_package(entries: dict[str, Callable[[], IO[bytes]]]) -> bool:
    return any(PurePosixPath(name).name == "datapackage.json" for name in entries)


def _named_kinds(folder: str, entries: dict[str, Callable[[], IO[bytes]]]) -> dict[str, str]:
    """The kinds that a datapackage.json gives to files whose own names may say nothing."""
    named = {}
    for name, title in _described(folder, entries).items():
        kind = kinds.kind_of_name(column_name(title))
        if kind and name in entries:
            named[name] = kind
    return named


def _described(folder: str, entries: dict[str, Callable[[], IO[bytes]]]) -> dict[str, str]:
    """File name and resource name of the resources in a folder's datapackage.json; empty if it cannot be read."""
    opener = next((opener for name, opener in entries.items() if name.endswith("datapackage.json")), None)
    if opener is None:
        return {}
    with opener() as file:
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


def _tables(
    entries: dict[str, Callable[[], IO[bytes]]], named: dict[str, str]
) -> tuple[tuple[TableFile, ...], list[tuple[str, str]]]:
    """The tables among the files of one folder, and the files that are none."""
    found: list[TableFile] = []
    unsure: list[tuple[str, frozenset[str], Callable[[], IO[bytes]]]] = []
    strange: list[tuple[str, str]] = []
    for name, opener in entries.items():
        if name.endswith("datapackage.json"):
            continue
        with opener() as file:
            header = frozenset(Records(file).header)
        if not header:
            strange.append((name, _("Not read: the file is empty.")))
            continue
        kind = named.get(name) or kinds.kind_of_name(_stem(name))
        kind = kinds.settle(kind, header) if kind else None
        if kind and kinds.fits(kind, header):
            found.append(TableFile(kind, name, header, opener))
        else:
            unsure.append((name, header, opener))
    found += _guessed(unsure, {file.kind for file in found}, by_name=True)
    unsure = [one for one in unsure if one[0] not in {file.name for file in found}]
    found += _guessed(unsure, {file.kind for file in found}, by_name=False)
    unsure = [one for one in unsure if one[0] not in {file.name for file in found}]
    reason = _("Not read: its name and heading are not those of a table we know.")
    return tuple(found), strange + [(name, reason) for name, *_rest in unsure]


def _guessed(
    unsure: list[tuple[str, frozenset[str], Callable[[], IO[bytes]]]], taken: set[str], *, by_name: bool
) -> list[TableFile]:
    """Files whose kind the end of their name, or their heading, tells; only where one file alone claims a free kind."""
    claims: dict[str, list[TableFile]] = defaultdict(list)
    for name, header, opener in unsure:
        kind = kinds.kind_of_ending(_stem(name)) if by_name else kinds.kind_of_header(header)
        if kind and kind not in taken and kinds.fits(kind, header):
            claims[kind].append(TableFile(kinds.settle(kind, header), name, header, opener))
    return [files[0] for files in claims.values() if len(files) == 1]


def _stem(name: str) -> str:
    return column_name(re.sub(r"\.\w+$", "", PurePosixPath(name).name))
