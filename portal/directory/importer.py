"""Importing a package: every good row kept, every other one reported, all or nothing, and safe to repeat.

Files are read line by line and rows written in batches, in the caller's transaction: nothing is committed here.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal import clock
from portal.directory.documents import recount_categories, reindex
from portal.directory.intake import Intake
from portal.directory.models import DirectoryImport, DirectoryImportProblem, DirectorySource, Service
from portal.directory.packages import PackageProblem, open_package
from portal.directory.report import ImportReport
from portal.i18n import _

__all__ = ["PackageProblem", "import_package"]

_BATCH: Final = 2_000
#: Folder names that say nothing about whose data it is; the folder above them is named too.
_NAMELESS: Final = frozenset({"csv", "data", "output", "hsds", "export", "simple", "all_resources", "sample-csv"})


def import_package(
    session: Session,
    path: Path | str,
    *,
    source_name: str | None = None,
    licence: str = "",
    now: datetime | None = None,
) -> ImportReport:
    """Import a tabular HSDS or Ohana package into the open transaction; the caller commits, or rolls back on error.

    Repeating it changes nothing; a newer delivery updates rows, and closes those it no longer has.

    Args:
        session: in a writing transaction.
        path: a folder, a zip archive or one CSV file.
        source_name: the name that ties deliveries of one provider together; by default the name of the package.
        licence: the licence of the data, kept with the source.
        now: the time of the import; by default the clock's.

    Raises:
        PackageProblem: it cannot be read, nothing of it could be kept, or it would replace what is another's data.
    """
    path, moment = Path(path), now or clock.now()
    with open_package(path) as package:
        name = source_name or _name_of(path)
        source = session.scalars(select(DirectorySource).where(DirectorySource.name == name)).one_or_none()
        if source is None:
            source = DirectorySource(name=name)
            session.add(source)
        source.imported_at, source.licence = moment, licence or source.licence or ""
        session.flush()  # the rows below are tied to the source by its id
        running = Intake(session, source, package, moment)
        running.run()
        _refuse_the_useless(running, guessed=source_name is None)
    running.name_categories()
    report = running.report
    if any(report.total(what) for what in ("added", "updated", "closed")):
        services = select(Service.id).where(Service.source_id == source.id).order_by(Service.name, Service.id)
        reindex(session, session.scalars(services).all())
        recount_categories(session, source.id)
    _keep_report(session, source, path, moment, report)
    return report


def _refuse_the_useless(running: Intake, *, guessed: bool) -> None:
    report, services = running.report, running.tables["service"]
    if not report.total("kept"):
        first = next((f" {problem}" for problem in report.problems if problem.refused), "")
        raise PackageProblem(_("No row could be kept.") + first)
    if guessed and services.known and services.seen and not services.known.keys() & services.seen.keys():
        raise PackageProblem(
            _(
                "There is another directory named %(name)s, and this one has nothing in common with it. Give this one "
                "a name of its own.",
                name=running.source.name,
            )
        )


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
        }
        for position, problem in enumerate(report.problems)
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(DirectoryImportProblem), rows[start : start + _BATCH])


def _name_of(path: Path) -> str:
    whole = path.resolve()
    name = whole.name if whole.is_dir() else whole.stem
    return f"{whole.parent.name}/{name}" if name.lower() in _NAMELESS else name
