"""Opening a package: a folder, a zip archive or a single file, without trusting any of them.

An archive is never unpacked to disk, so a name such as "../x" can lead nowhere; how much it may unfold to is bounded
before and while it is read. A link that leads out of the folder is not followed. What is found in it, `tables` says.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Final

from portal.directory.json_tables import tables_of_json
from portal.directory.mapping import Mapping, mapped_table
from portal.directory.spool import Spool
from portal.directory.tables import Entries, Entry, Package, PackageProblem, TableFile, chosen
from portal.i18n import _

__all__ = ["Package", "PackageProblem", "TableFile", "open_package"]

MOST_FILES: Final = 5_000
MOST_BYTES: Final = 4 * 1024**3
#: A file that unfolds to more than this times its packed size, and is large, is a trap and not a table.
HIGHEST_RATIO: Final = 300
_SMALL: Final = 32 * 1024**2
_TABLES: Final = frozenset({".csv", ".tsv", ".txt"})
_TREES: Final = frozenset({".json", ".ndjson", ".jsonl"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".ods", ".numbers"})


@contextmanager
def open_package(path: Path, mapping: Mapping | None = None) -> Iterator[Package]:
    """Look into a package.

    Args:
        path: a folder, a zip archive or one file.
        mapping: how to read a table of another making.

    Raises:
        PackageProblem: there is no such thing, it cannot be read, or no file of it is a table we know.
    """
    if not path.exists():
        raise PackageProblem(_("There is no file or folder %(path)s.", path=str(path)))
    try:
        with ExitStack() as stack:
            entries = _entries(path, stack)
            spool = Spool()
            stack.callback(spool.close)
            yield _package(entries, spool, mapping)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        if isinstance(problem, RuntimeError) and "password" not in str(problem) and "encrypt" not in str(problem):
            raise
        raise PackageProblem(_("The archive cannot be read: %(reason)s.", reason=str(problem))) from problem
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise PackageProblem(_("The package cannot be read: %(reason)s.", reason=reason)) from problem


@contextmanager
def one_table(path: Path) -> Iterator[Entries]:
    """The one CSV file that a mapping is to be written for.

    Raises:
        PackageProblem: there is no such file, or it cannot be read.
    """
    if not path.exists():
        raise PackageProblem(_("There is no file or folder %(path)s.", path=str(path)))
    try:
        with ExitStack() as stack:
            found = _entries(path, stack)
            yield {name: entry for name, entry in found.items() if PurePosixPath(name).suffix.lower() in _TABLES}
    except (zipfile.BadZipFile, OSError) as problem:
        raise PackageProblem(_("The package cannot be read: %(reason)s.", reason=str(problem))) from problem


def _entries(path: Path, stack: ExitStack) -> Entries:
    ending = path.suffix.lower()
    if path.is_dir():
        return _in_folder(path)
    if ending in _WORKBOOKS:
        raise PackageProblem(
            _("%(path)s is a workbook. Save each of its tables as CSV in UTF-8, and bring those.", path=path.name)
        )
    if zipfile.is_zipfile(path):
        return _in_archive(stack.enter_context(zipfile.ZipFile(path)))
    if ending in _TABLES | _TREES:
        return {path.name: Entry(partial(_open_file, path), path.stat().st_size)}
    raise PackageProblem(_("%(path)s is neither a folder, a zip archive, a CSV file nor a JSON file.", path=path.name))


def _package(entries: Entries, spool: Spool, mapping: Mapping | None) -> Package:
    tables = {name: entry for name, entry in entries.items() if PurePosixPath(name).suffix.lower() in _TABLES}
    described = {name: entry for name, entry in entries.items() if name.endswith("datapackage.json")}
    trees = {name: entry for name, entry in entries.items() if name not in tables and name not in described}
    if mapping is not None:
        return mapped_table(tables, mapping, spool)
    found = chosen(tables | described)
    if found.files:
        unread = [(name, _("Not read: the tables beside it hold the data set.")) for name in sorted(trees)]
        return Package(found.files, (*found.unread, *unread), found.dialect)
    if trees:
        return tables_of_json(trees, spool, found.unread)
    if len(tables) == 1 and found.unread:
        name, reason = found.unread[0]
        raise PackageProblem(
            _(
                "%(file)s is no table of a directory that we know. %(reason)s If it lists places in a way of its own, "
                "“portal directory map” writes a start for saying what its columns are.",
                file=name,
                reason=reason,
            )
        )
    raise PackageProblem(_("No file in it is a table of a directory (services.csv, organizations.csv and so on)."))


def _in_folder(root: Path) -> Entries:
    found: Entries = {}
    real = root.resolve()
    everything = list(islice(root.rglob("*"), MOST_FILES + 1))
    if len(everything) > MOST_FILES:
        raise PackageProblem(_("There are more than %(number)s files.", number=MOST_FILES))
    for file in sorted(everything):
        wanted = file.suffix.lower() in _TABLES | _TREES
        if wanted and file.is_file() and file.resolve().is_relative_to(real):
            found[file.relative_to(root).as_posix()] = Entry(partial(_open_file, file), file.stat().st_size)
    return found


def _open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _in_archive(archive: zipfile.ZipFile) -> Entries:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise PackageProblem(_("There are more than %(number)s files.", number=MOST_FILES))
    if sum(member.file_size for member in members) > MOST_BYTES or any(_is_trap(member) for member in members):
        raise PackageProblem(_("The archive would unfold to far more than a directory holds."))
    found: Entries = {}
    for member in sorted(members, key=lambda member: member.filename):
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if ".." in name.parts or name.is_absolute() or "__MACOSX" in name.parts or name.name.startswith("."):
            continue
        if name.suffix.lower() in _TABLES | _TREES:
            opener: Callable[[], IO[bytes]] = partial(archive.open, member)
            found[name.as_posix()] = Entry(opener, member.file_size)
    return found


def _is_trap(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
