"""`portal directory taxonomy`, `taxonomies` and `licence`: the lists of categories, and which may be passed on."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What the list is called. A further delivery under one name updates it.")
@click.option("--licence", default="", help="Its licence. Without one it is never exported.")
@click.option("--language", default="en", show_default=True, help="The language of the names in it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program to read.")
def taxonomy(path: Path, name: str, licence: str, language: str, as_json: bool) -> None:
    """Bring in a list of categories: a CSV or JSON file such as Open Eligibility, or your own.

    A column name_es holds each name in Spanish, name_ar in Arabic, and so on.
    """
    from portal.cli.context import open_session
    from portal.directory.taxonomy_file import TaxonomyProblem, load_taxonomy

    try:
        with open_session() as session:
            report = load_taxonomy(session, path, name=name, licence=licence, language=language)
    except TaxonomyProblem as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps(asdict(report), indent=1, ensure_ascii=False))
        return
    click.echo(f"{report.name}: {report.terms} categories, named in {', '.join(report.languages)}.")
    for line, reason in report.problems:
        click.echo(f"  {path.name}, line {line}: {reason}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list for a program to read.")
def taxonomies(as_json: bool) -> None:
    """List the taxonomies there are, and whether each goes into exports."""
    from portal.cli.context import open_session
    from portal.directory.licences import listed

    with open_session() as session:
        found = listed(session)
    if as_json:
        told = [{**asdict(one), "id": str(one.id or ""), "exported": one.is_shared} for one in found]
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for one in found:
        click.echo(taxonomy_text(one))


@click.command()
@click.argument("name")
@click.argument("text")
def licence(name: str, text: str) -> None:
    """Say that the taxonomy NAME may be passed on under the licence TEXT; "none" takes it back."""
    from portal.cli.context import open_session
    from portal.directory.licences import say_licence

    with open_session() as session:
        changed = say_licence(session, name, "" if text.lower() == "none" else text)
    if not changed:
        raise click.ClickException(f"there is no taxonomy {name!r}; 'portal directory taxonomies' lists them")
    click.echo(f"{name}: {text}")


def taxonomy_text(one: Any) -> str:
    """One taxonomy as a line that a person reads."""
    may = f"exported under {one.licence}" if one.is_shared else "never exported: its licence is not known"
    spoken = f", named in {', '.join(one.languages)}" if one.languages else ""
    name = one.name or "(no name)"
    return f"{name} ({one.source}): {one.terms} categories, {one.in_use} in use{spoken}; {may}"
