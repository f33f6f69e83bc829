"""Checking the record."""

import json

import click

from portal.cli.context import system_work


@click.group()
def audit() -> None:
    """The record of who did and saw what."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(*, as_json: bool) -> None:
    """Check that no entry of the record was changed or removed."""
    from portal.audit import chain

    with system_work("checking the record", read_only=True) as work:
        faults = list(chain.faults(work.session))
    if as_json:
        click.echo(json.dumps({"ok": not faults, "faults": faults}))
    elif not faults:
        click.echo("The record is whole.")
    if faults:
        for fault in faults if not as_json else []:
            click.echo(fault, err=True)
        raise SystemExit(1)
