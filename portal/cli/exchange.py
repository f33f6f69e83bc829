"""`portal directory export`: the directory for others to take away."""

import json
from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--form", type=click.Choice(["csv", "json"]), default=None, help="Tables or trees; tables by default.")
@click.option("--overwrite", is_flag=True, help="Replace what is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print the number of rows for a program to read.")
def export(path: Path, form: str | None, overwrite: bool, as_json: bool) -> None:
    """Write the directory in the form of HSDS 3.1 to PATH.

    A new folder, or a name ending in .zip, gets a package: CSV tables, or JSON trees with --form json. A name ending
    in .json or .ndjson gets all services with all that hangs on them.
    """
    from portal.cli.context import open_session
    from portal.directory.export import ExportProblem, Form, described, export_directory

    try:
        with open_session() as session:
            exported = export_directory(session, path, form=Form(form) if form else None, overwrite=overwrite)
    except ExportProblem as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        told = {"path": str(path), "tables": exported.counts, "left_out": exported.withheld}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join((f"Written to {path}:", *described(exported))))
