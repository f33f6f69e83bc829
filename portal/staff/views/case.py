"""Who works on a case, and closing it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case, CaseMember, Person
from portal.i18n import _
from portal.staff import choices, commands
from portal.staff.forms import AddWorkerForm, CloseForm, EndWorkerForm
from portal.staff.queries.client import staff_of
from portal.staff.refusals import NobodyChosen
from portal.staff.views.blueprint import bp
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify
from portal.web.words import ROLES
from portal.work import Refused, Work


@bp.route("/cases/<uuid:case_id>/staff", methods=["GET", "POST"])
@allow(Action.CASE_ASSIGN, case=Case)
def workers(work: Work, case: Case) -> ResponseReturnValue:
    """Who works on this case; a supervisor adds a colleague, and the client is told."""
    form = AddWorkerForm()
    form.worker.offer(choices.colleagues(work, [case.programme_id]))
    if form.validate_on_submit():
        try:
            _add(work, case, form)
        except Refused as no:
            no.field = "words" if no.field == "body" else no.field
            form.refuse(no)
        else:
            notify(_("Added. The client has a message about it."))
            return redirect(url_for(".workers", case_id=case.id), 303)
    return _workers_page(work, case, form)


@bp.route("/case-staff/<uuid:colleague_id>/end", methods=["GET", "POST"])
@allow(Action.CASE_ASSIGN, colleague=CaseMember)
def end_worker(work: Work, colleague: CaseMember) -> ResponseReturnValue:
    """Let a colleague's work on this case end, now or after a day."""
    case, form = work.get(Case, colleague.case_id), EndWorkerForm()
    if form.validate_on_submit():
        try:
            commands.end_worker(work, colleague, last_day=form.last_day.day)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return redirect(url_for(".workers", case_id=case.id), 303)
    back = (case.client.name, url_for(".workers", case_id=case.id))
    person = work.get(Person, colleague.person_id)
    return form_page("staff/end_worker.html", form, person=person, colleague=colleague, back=back)


@bp.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@allow(Action.CASE_WRITE, case=Case)
def close(work: Work, case: Case) -> ResponseReturnValue:
    """Close a case, with words to the client."""
    form = CloseForm()
    if form.validate_on_submit():
        try:
            commands.close_case(work, case, words=form.words.data or "")
        except Refused as no:
            no.field = "words" if no.field == "body" else no.field
            form.refuse(no)
        else:
            notify(_("The case is closed. The client can still read everything."))
            return redirect(url_for(".client", case_id=case.id), 303)
    return form_page("staff/close.html", form, back=up_to(work, case))


def _add(work: Work, case: Case, form: AddWorkerForm) -> None:
    chosen = form.worker.id_chosen
    if chosen is None:
        raise NobodyChosen
    commands.add_worker(work, case, chosen, words=form.words.data or "", until=form.until.day)


def _workers_page(work: Work, case: Case, form: AddWorkerForm) -> ResponseReturnValue:
    return form_page("staff/workers.html", form, staff=staff_of(work, case), roles=ROLES, back=up_to(work, case))
