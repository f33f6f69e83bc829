"""Importing a package: every good row kept, every other one reported, safe to repeat and to break off at any moment.

Files are read line by line and rows written in batches. Without a `pace` all of it is one transaction of the caller's;
with one, the caller may commit between two batches. Then what was written stays, the source is marked as unfinished
until the end, and the next import of it trusts nothing to be up to date.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal import clock
from portal.directory.changes import touch
from portal.directory.documents import recount_categories, reindex
from portal.directory.edits import LOCAL
from portal.directory.intake import Intake
from portal.directory.mapping import Mapping
from portal.directory.models import DirectoryImport, DirectoryImportProblem, DirectorySource, Service
from portal.directory.packages import PackageProblem, open_package
from portal.directory.report import ImportReport
from portal.directory.tables import Package
from portal.directory.taxonomies import name_paths, spread_names
from portal.i18n import _

__all__ = ["PackageProblem", "Step", "import_package"]

_BATCH: Final = 2_000
_INDEXED: Final = 500
#: So many ids of a delivery are compared with what is known under its name.
_LOOKED_AT: Final = 200_000
#: More changes than this, and it is quicker to write the search documents of all services anew.
_MANY: Final = 50_000
#: Folder names that say nothing about whose data it is; the folder above them is named too.
_NAMELESS: Final = frozenset({"csv", "data", "output", "hsds", "export", "simple", "all_resources", "sample-csv"})
#: Called between two steps: what is being done ("reading", "indexing"), how much of it is done, and of how much.
Step = Callable[[str, int, int], None]


def import_package(
    session: Session,
    path: Path | str,
    *,
    source_name: str | None = None,
    licence: str = "",
    now: datetime | None = None,
    mapping: Mapping | None = None,
    close_most: bool = False,
    step: Step | None = None,
) -> ImportReport:
    """Import a directory: tables of HSDS 1 to 3.1 or Ohana, JSON, or with a mapping any CSV file.

    Repeating it changes nothing; a newer delivery updates rows, and closes those it no longer has. What people here
    put right stays.

    Args:
        session: in a writing transaction, which the caller commits, or rolls back on error.
        path: a folder, a zip archive or one file.
        source_name: the name that ties deliveries of one provider together; by default the name of the package.
        licence: the licence of the data, kept with the source.
        now: the time of the import; by default the clock's.
        mapping: how to read a table of another making.
        close_most: go on though most services of the source are not in it any more.
        step: called between two steps; it may commit and begin anew.

    Raises:
        PackageProblem: it cannot be read, nothing of it could be kept, or it would replace what is another's data.
    """
    path, moment = Path(path), now or clock.now()
    with open_package(path, mapping) as package:
        source = _source(session, source_name or _name_of(path), licence)
        if source_name is None:
            _refuse_strangers(session, source, package)
        again, anew = source.unfinished, source.unfinished or source.imported_at is None
        source.unfinished, source.imported_at = step is not None, moment
        pace = None if step is None else _reading(step)
        running = Intake(session, source, package, moment, pace=pace, close_most=close_most)
        running.touched.everything = anew
        running.run()
    renamed = name_paths(session, source.id)
    spread_names(session)
    if again:  # nobody knows any more what the one that was broken off had changed
        touch(session, session.scalars(select(Service.id).where(Service.source_id == source.id)).all())
    _make_searchable(session, running, step, anew=renamed or anew)
    _keep_report(session, source, path, moment, running.report)
    source.unfinished = False
    return running.report


def _source(session: Session, name: str, licence: str) -> DirectorySource:
    if name.strip().lower() == LOCAL:
        raise PackageProblem(_("The name %(name)s is that of what is added here. Choose another one.", name=name))
    source = session.scalars(select(DirectorySource).where(DirectorySource.name == name)).one_or_none()
    if source is None:
        source = DirectorySource(name=name, unfinished=False)
        session.add(source)
    source.licence = licence or source.licence or ""
    session.flush()  # the rows are tied to the source by its id
    return source


def _refuse_strangers(session: Session, source: DirectorySource, package: Package) -> None:
    """Refuse to replace a directory of the same name with which this one has nothing in common.

    Raises:
        PackageProblem: so it is.
    """
    known = select(Service.external_id).where(Service.source_id == source.id, Service.closed_at.is_(None))
    first = session.scalars(known.order_by(Service.id).limit(_LOOKED_AT))
    ids, seen = set(first), 0
    for file in package.files if ids else ():
        with suppress(ValueError), file.rows() as rows:
            for seen, record in enumerate(rows if file.kind == "service" else (), 1):
                if not (row_id := record.values.get("id")) or row_id in ids or seen > _LOOKED_AT:
                    return
    if ids and seen:
        raise PackageProblem(
            _(
                "There is another directory named %(name)s, and this one has nothing in common with it. Give this one "
                "a name of its own.",
                name=source.name,
            )
        )


def _reading(step: Step) -> Callable[[int, int], None]:
    return lambda done, total: step("reading", done, total)


def _make_searchable(session: Session, running: Intake, step: Step | None, *, anew: bool) -> None:
    """Write the search documents of the services that changed; of all of them where that is quicker or safer."""
    touched, source = running.touched, running.source
    if not (anew or touched.count):
        return
    if not touched.everything:  # rows of a first delivery say by themselves when they came
        touch(session, touched.services(session))
    if anew or touched.categories or touched.count > _MANY:
        services: list[UUID] = list(
            session.scalars(select(Service.id).where(Service.source_id == source.id).order_by(Service.name, Service.id))
        )
    else:
        services = touched.services(session)
    for start in range(0, len(services), _INDEXED):
        reindex(session, services[start : start + _INDEXED])
        if step is not None:
            step("indexing", start + _INDEXED, len(services))
    recount_categories(session, source.id)


def _keep_report(session: Session, source: DirectorySource, path: Path, now: datetime, report: ImportReport) -> None:
    told = report.as_json()
    counts = {"totals": told["totals"], "tables": told["tables"]}
    run = DirectoryImport(source_id=source.id, at=now, package=path.name, dialect=report.dialect, counts=counts)
    session.add(run)
    session.flush()  # the problems below are tied to the run by its id
    rows = [
        {
            "import_id": run.id,
            "position": position,
            "file": problem.file,
            "line": problem.line,
            "refused": problem.refused,
            "reason": problem.reason,
            "row": problem.row_id[:200],
            "name": problem.name[:200],
        }
        for position, problem in enumerate(report.problems)
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(DirectoryImportProblem), rows[start : start + _BATCH])


def _name_of(path: Path) -> str:
    whole = path.resolve()
    name = whole.name if whole.is_dir() else whole.stem
    return f"{whole.parent.name}/{name}" if name.lower() in _NAMELESS else name
