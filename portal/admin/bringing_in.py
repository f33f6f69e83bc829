"""Bringing a directory in from a file that an administrator handed over: starting it, and what the job does."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.directory.importer import PackageProblem, import_package
from portal.directory.mapping import Mapping, MappingProblem
from portal.directory.models import DirectorySource
from portal.directory.records import without_controls
from portal.i18n import _l
from portal.jobs.commands import start
from portal.jobs.kinds import JobKind, JobPhase
from portal.jobs.models import Job, Slot
from portal.jobs.running import CannotGoOn, Running
from portal.work import Refused, Work

_PHASES: Final = {"reading": JobPhase.READING, "indexing": JobPhase.INDEXING}
_REPORT: Final = "text/csv; charset=utf-8"


class NothingInIt(Refused):
    """The file is empty."""

    field = "file"
    says = _l("The file is empty. Choose another one.")


class WrongMapping(Refused):
    """The second file says not how to read the first."""

    field = "mapping"


def hand_over(
    work: Work,
    *,
    file_name: str,
    given: Iterable[bytes],
    mapping: bytes = b"",
    source: str = "",
    licence: str = "",
    close_most: bool = False,
) -> Job:
    """Queue the import of a file.

    Args:
        file_name: what it was called, for its ending.
        given: the file, in parts.
        mapping: how to read a table of another making.
        source: whose data it is; "" for the name of the file.
        licence: its licence.
        close_most: go on though it lacks most of what the source had.

    Raises:
        WrongMapping: the mapping cannot be used.
    """
    if mapping:
        try:
            Mapping.parse(mapping)
        except MappingProblem as problem:
            raise WrongMapping(str(problem)) from None
    inputs = {
        "file": _plain(file_name),
        "source": source,
        "licence": licence,
        "close_most": close_most,
    }
    parts = (mapping,) if mapping else ()
    job = start(work, JobKind.DIRECTORY_IMPORT, Action.DIRECTORY_MANAGE, inputs=inputs, given=given, mapping=parts)
    work.record(Event.DIRECTORY_HANDED_OVER, job)
    return job


def _plain(file_name: str) -> str:
    """The last part of a name, as a file of ours may be called."""
    name = PurePath(without_controls(file_name).replace("\\", "/")).name.lstrip(". ")
    return name[-120:] or "directory"


def bring_in(running: Running) -> dict[str, Any]:
    """Do the import. What came of it: whose it is, and how many rows were kept, repaired and refused.

    Raises:
        CannotGoOn: nothing of it could be used.
    """
    wanted = running.inputs
    path = running.file(Slot.GIVEN, wanted["file"])
    if path is None:
        raise CannotGoOn(str(NothingInIt.says))
    mapping = running.file(Slot.MAPPING)
    with running.work() as work:

        def step(phase: str, done: int, total: int) -> None:
            running.save(work, _PHASES[phase], done, total)

        try:
            report = import_package(
                work.session, path, source_name=wanted["source"] or None, licence=wanted["licence"],
                mapping=Mapping.parse(mapping.read_bytes()) if mapping else None, close_most=wanted["close_most"],
                step=step,
            )  # fmt: skip
        except PackageProblem as problem:
            raise CannotGoOn(str(problem)) from None
        if report.problems:
            name = f"report-{PurePath(wanted['file']).stem}.csv"
            running.give(work, name, _REPORT, (line.encode() for line in report.as_csv()))
        told = report.as_json()
        source = work.session.scalars(select(DirectorySource).where(DirectorySource.name == report.source)).one()
        work.record(Event.DIRECTORY_IMPORTED, source, by=str(running.started_by_id), **told["totals"])
    return {name: told[name] for name in ("source", "dialect", "totals", "tables")}
