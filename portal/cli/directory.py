"""`portal directory`: bring a directory in, look into it, take it out."""

import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import click


@click.group()
def directory() -> None:
    """The directory of places and services: import, search, export."""


@directory.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", default=None, help="Whose data it is. Deliveries of one name replace each other.")
@click.option("--licence", default="", help="The licence of the data.")
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program to read.")
def import_command(path: Path, source: str | None, licence: str, as_json: bool) -> None:
    """Import a folder, zip archive or CSV file: HSDS 3.1 or 1.1 tables, or the Ohana dialect.

    Good rows are kept; each bad row is listed with its file, line and reason. Importing again changes only what is new.
    """
    from portal.cli.context import open_session
    from portal.directory.importer import PackageProblem, import_package

    try:
        with open_session() as session:
            report = import_package(session, path, source_name=source, licence=licence)
    except PackageProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(json.dumps(report.as_json(), indent=1, ensure_ascii=False) if as_json else report_text(report))


@directory.command()
@click.argument("words", nargs=-1)
@click.option("--place", default="", help="A town, county or postal code.")
@click.option("--category", default="", help="A category's name, code or id.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="Print the hits for a program to read.")
def search(words: tuple[str, ...], place: str, category: str, page: int, as_json: bool) -> None:
    """Find services by WORDS, category and place. Finding nothing is no error."""
    from portal.cli.context import open_session, read_settings
    from portal.directory.search import Query
    from portal.directory.search import search as find

    query = Query(words=" ".join(words), place=place, category=category, page=page)
    with open_session() as session:
        results = find(session, query, zone=read_settings().zone)
    click.echo(json.dumps(results_json(results), indent=1, ensure_ascii=False) if as_json else results_text(results))


@directory.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the number of rows for a program to read.")
def export(path: Path, as_json: bool) -> None:
    """Write the directory as an HSDS 3.1 tabular package to a new folder, or to a file whose name ends in .zip."""
    from portal.cli.context import open_session
    from portal.directory.export import ExportProblem, export_package

    try:
        with open_session() as session:
            counts = export_package(session, path)
    except ExportProblem as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps({"path": str(path), "tables": counts}, indent=1))
    else:
        filled = (f"  {table}: {count}" for table, count in counts.items() if count)
        click.echo("\n".join((f"Written to {path}:", *filled)))


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
        lines += [title, *listed] if listed else []
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
