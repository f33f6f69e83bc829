"""`portal directory`: bring a directory in, look into it, take it out."""

import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from portal.cli.exchange import export
from portal.cli.taxonomies import licence, taxonomies, taxonomy

if TYPE_CHECKING:
    from portal.directory.mapping import Mapping
    from portal.directory.report import ImportReport
    from portal.work import Work


#: So many rows of each kind are shown in the terminal.
MOST_LISTED = 200


@click.group()
def directory() -> None:
    """The directory of places and services: import, search, export."""


@directory.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", default=None, help="Whose data it is. Deliveries of one name replace each other.")
@click.option("--licence", default="", help="The licence of the data.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), help="What the columns of a CSV file are.")
@click.option("--report", "report_to", type=click.Path(path_type=Path), help="Write each bad row to this CSV file.")
@click.option("--close-most", is_flag=True, help="Go on though most services of the source are not in it any more.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program to read.")
def import_command(*, path: Path, source: str | None, licence: str, mapping: Path | None, report_to: Path | None,
                   close_most: bool, quiet: bool, as_json: bool) -> None:  # fmt: skip
    """Import a folder, zip archive or file: HSDS 1 to 3.1 or Open Referral UK, as CSV or JSON, or Ohana CSV.

    Any other CSV file comes in with a mapping ('portal directory map' writes a first one). Good rows are kept; each bad
    row is listed with its file, line and reason. Importing again changes only what is new, closes what is gone and
    leaves alone what people here put right. It can be stopped at any time: run it again, and it ends where it would
    have. People can go on working meanwhile.
    """
    from portal.cli.context import system_work
    from portal.cli.pacing import LARGE_CACHE_MB, Paced
    from portal.directory.importer import PackageProblem, import_package
    from portal.directory.mapping import MappingProblem

    try:
        columns = _mapping(mapping)
        with system_work("an import", cache_mb=LARGE_CACHE_MB) as work, Paced(work, quiet=quiet) as paced:
            report = import_package(
                work.session, path, source_name=source, licence=licence, mapping=columns, close_most=close_most,
                step=paced.step,
            )  # fmt: skip
            record_import(work, report)
    except (PackageProblem, MappingProblem) as problem:
        raise click.ClickException(str(problem)) from None
    if report_to is not None:
        report_to.write_text("".join(report.as_csv()), encoding="utf-8", newline="")
    click.echo(json.dumps(report.as_json(), indent=1, ensure_ascii=False) if as_json else report_text(report))


def _mapping(path: Path | None) -> "Mapping | None":
    from portal.directory.mapping import Mapping, MappingProblem

    if path is None:
        return None
    try:
        return Mapping.parse(path.read_bytes())
    except OSError as problem:
        raise MappingProblem(f"{path}: {problem.strerror}") from None


@directory.command("map")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path), help="Write it to this new file.")
def map_command(path: Path, target: Path | None) -> None:
    """Write a first mapping for a CSV file: what each of its columns probably is, for you to put right."""
    from portal.directory.guessing import draft
    from portal.directory.packages import PackageProblem, one_table

    try:
        with one_table(path) as entries:
            text = draft(entries)
    except PackageProblem as problem:
        raise click.ClickException(str(problem)) from None
    if target is None:
        click.echo(text)
        return
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as problem:
        raise click.ClickException(f"{target}: {problem.strerror}") from None
    click.echo(f"Written to {target}. Look through it, then: portal directory import {path} --map {target}")


@directory.command()
@click.argument("words", nargs=-1)
@click.option("--place", default="", help="A town, county or postal code.")
@click.option("--category", default="", help="A category's name, code or id.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print the hits for a program to read.")
def search(words: tuple[str, ...], place: str, category: str, page: int, as_json: bool) -> None:
    """Find services by WORDS, category and place. Finding nothing is no error."""
    from portal.cli.context import open_session, read_settings
    from portal.directory import synonyms
    from portal.directory.search import Query
    from portal.directory.search import search as find

    synonyms.use(read_settings().instance / "words")
    query = Query(words=" ".join(words), place=place, category=category, page=page)
    with open_session() as session:
        results = find(session, query, zone=read_settings().zone)
    click.echo(json.dumps(results_json(results), indent=1, ensure_ascii=False) if as_json else results_text(results))


@directory.command("postal-codes")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def postal_codes(path: Path) -> None:
    """Take the middles of postal codes from a file of the US Census Bureau (ZCTA gazetteer), for "within 10 miles".

    Without it, a postal code lies where the directory's own addresses in it lie.
    """
    from portal.cli.context import open_session
    from portal.directory.places import NoPoint, load_list

    try:
        with open_session() as session:
            taken = load_list(session, path)
    except (NoPoint, UnicodeDecodeError):
        raise click.ClickException("the file has no columns GEOID, INTPTLAT and INTPTLONG with numbers") from None
    click.echo(f"{taken} postal codes. Run “portal directory reindex” so that addresses without a point get one.")


@directory.command("reindex")
def reindex_command() -> None:
    """Make the search index of every place anew. It is never needed after an import."""
    from sqlalchemy import select

    from portal.cli.context import open_session
    from portal.directory.documents import reindex
    from portal.directory.models import Service

    with open_session() as session:
        written = reindex(session, session.scalars(select(Service.id).order_by(Service.name, Service.id)).all())
    click.echo(f"{written} places can be found.")


for _command in (export, taxonomy, taxonomies, licence):
    directory.add_command(_command)


def record_import(work: "Work", report: "ImportReport") -> None:
    """Remember who brought what in: the shell."""
    from sqlalchemy import select

    from portal.audit.events import Event
    from portal.directory.models import DirectorySource

    source = work.session.scalars(select(DirectorySource).where(DirectorySource.name == report.source)).one()
    work.record(Event.DIRECTORY_IMPORTED, source, **report.as_json()["totals"])


def report_text(report: Any) -> str:
    """An import report as lines a person reads: a line for each table, then one for each repaired or refused row."""
    lines = [f"Imported as {report.source!r}, read as {report.dialect}."]
    names = ("kept", "added", "updated", "unchanged", "closed", "repaired", "refused")
    lines.append(f"{'table':<26}" + "".join(f"{name:>11}" for name in names))
    for table, counts in (*report.tables.items(), ("all", None)):
        numbers = [report.total(name) if counts is None else getattr(counts, name) for name in names]
        if any(numbers):
            lines.append(f"{table:<26}" + "".join(f"{number:>11}" for number in numbers))
    for title, wanted in (("Refused:", True), ("Repaired and noted:", False)):
        listed = [f"  {problem}" for problem in report.problems if problem.refused is wanted]
        lines += [title, *listed[:MOST_LISTED]] if listed else []
        if len(listed) > MOST_LISTED:
            lines.append(f"  ... and {len(listed) - MOST_LISTED} more; --report FILE lists them all")
    if report.unlisted:
        lines.append(f"  ... and {report.unlisted} more")
    return "\n".join(lines)


def results_text(results: Any) -> str:
    """Search results as lines a person reads."""
    some = " (no service has all the words; these have some)" if results.widened else ""
    lines = [f"{'More than ' if results.capped else ''}{results.total} found{some}."]
    for hit in results.hits:
        door = hit.opening.door.value
        hours = "hours not known" if door == "unknown" else f"{door} now"
        said = (hit.name, hit.organization, hit.address, hit.town, hit.phone, hours)
        lines.append(" | ".join(part for part in said if part))
    if results.has_more:
        lines.append(f"More: --page {results.page + 1}")
    return "\n".join(lines)


def results_json(results: Any) -> dict[str, Any]:
    """Search results in values JSON knows."""

    def plain(value: Any) -> Any:
        if isinstance(value, Enum):
            return value.value
        return str(value) if isinstance(value, UUID | date) else list(value) if isinstance(value, tuple) else value

    hits = []
    for hit in results.hits:
        told = {name: plain(getattr(hit, name)) for name in hit.__slots__ if name != "opening"}
        times = [[start.isoformat("minutes"), end.isoformat("minutes")] for start, end in hit.opening.today]
        hits.append(told | {"open_now": hit.opening.door.value, "open_today": times})
    names = ("total", "capped", "page", "size", "has_more", "widened")
    return {name: getattr(results, name) for name in names} | {"hits": hits}
