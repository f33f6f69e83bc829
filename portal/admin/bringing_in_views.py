"""The page on which an administrator hands over a directory. The work itself is a job with a page of its own."""

from collections.abc import Iterator
from typing import IO

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.access.actions import Action
from portal.admin.bringing_in import NothingInIt, hand_over
from portal.admin.forms import BringInForm
from portal.i18n import _
from portal.jobs.models import Job
from portal.web.gate import allow
from portal.web.render import form_page
from portal.work import Refused, Work

bp = Blueprint("bringing_in", __name__)
_PART = 1024**2


@bp.route("/admin/directory/import", methods=["GET", "POST"])
@allow(Action.DIRECTORY_MANAGE, uploads=True)
def bring_in(work: Work) -> ResponseReturnValue:
    """Hand over a directory."""
    form = BringInForm()
    if form.validate_on_submit():
        try:
            job = _hand_over(work, form)
        except Refused as no:
            form.refuse(no)
        else:
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    return form_page("admin/bring_in.html", form, back=(_("Directory"), url_for("admin.directory")))


def _hand_over(work: Work, form: BringInForm) -> Job:
    file: FileStorage = form.file.data
    if not file.stream.read(1):
        raise NothingInIt
    file.stream.seek(0)
    mapping: FileStorage | None = form.mapping.data
    return hand_over(
        work,
        file_name=file.filename or "",
        given=_parts(file.stream),
        mapping=mapping.stream.read() if mapping else b"",
        source=form.source.data or "",
        licence=form.licence.data or "",
        close_most=form.close_most.data,
    )


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    while part := stream.read(_PART):
        yield part
