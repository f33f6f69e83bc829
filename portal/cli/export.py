"""`portal export`: a case as data, for the client or for one receiver whom the client named in a live release."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from uuid import UUID

import click

if TYPE_CHECKING:
    from portal.settings import Settings


@click.group()
def export() -> None:
    """Take one case out as data. Each export is remembered, and the client can see that it was made."""


@export.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--case", "case_id", type=click.UUID, prompt="Case (the number in the address of the client's page)",
              help="Whose data.")  # fmt: skip
@click.option("--reason", prompt="Why is this export made", help="Why; it is kept.")
@click.option("--release", "release_id", type=click.UUID, help="The client's live release; its receiver gets the file.")
@click.option("--for-client", is_flag=True, help="The client's own copy, to give into their hands.")
def fhir(path: Path, case_id: UUID, reason: str, release_id: UUID | None, *, for_client: bool) -> None:
    """Write one case to PATH as an HL7 FHIR R4 bundle: CarePlan, Goal, ServiceRequest, Task and who they name.

    Say who gets it: --release with the release's id, or --for-client. A release decides what is in it; private goals,
    strengths that are not shared, messages and notes never are. The file is new, and only you can read it.
    """
    if (release_id is None) is not for_client:
        raise click.UsageError("Say who gets it: either --release or --for-client.")
    from portal.cli.context import read_settings
    from portal.work import NotFound, Refused

    try:
        _write_export(read_settings(), path, case_id, reason, release_id)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already. Nothing was written.") from None
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written: {problem.strerror}.") from None
    except NotFound as missing:
        raise click.ClickException(f"There is no such {missing.args[0].lower()}.") from None
    except Refused as no:
        raise click.ClickException(str(no.says)) from None
    click.echo(f"Written to {path}.")


def _write_export(settings: "Settings", path: Path, case_id: UUID, reason: str, release_id: UUID | None) -> None:
    """Export, record and write as one: a file that could not be recorded is taken away again."""
    from portal.cases.models import Case
    from portal.cases.releases import Release
    from portal.cli.context import system_work
    from portal.exports.commands import export_fhir

    with _new_file(path) as out, system_work("exporting a case", settings=settings) as work:
        case = work.get(Case, case_id)
        release = work.get(Release, release_id) if release_id else None
        bundle = export_fhir(work, case, reason=reason, organisation=settings.organisation, release=release)
        json.dump(bundle, out, ensure_ascii=False, indent=1)
        out.write("\n")


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """A file that was not there, for nobody else's eyes; gone again when what fills it does not come to its end."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as out:
            yield out
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
