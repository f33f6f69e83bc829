"""One place: everything about it; keep it, have it sent to one's phone, ask about it, say that something is wrong."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.resources import commands, queries
from portal.resources.forms import AskForm, TellForm
from portal.resources.models import Wrong
from portal.resources.views.blueprint import bp, previous
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.get("/cases/<uuid:case_id>/find-help/<uuid:service_id>")
@allow(Action.RESOURCE_SEARCH, case=Case)
def show(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """One place with everything about it."""
    return _place_page(work, case, service_id, AskForm())


@bp.post("/cases/<uuid:case_id>/find-help/<uuid:service_id>/save")
@allow(Action.PLACE_SAVE, case=Case)
def save(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Save a place."""
    commands.save(work, case, queries.place(work, service_id).service_id)
    notify(_("Saved. You find it under Find help."))
    return _back_to(case, service_id)


@bp.post("/cases/<uuid:case_id>/find-help/<uuid:service_id>/drop")
@allow(Action.PLACE_SAVE, case=Case)
def drop(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Take a place off the list."""
    commands.drop(work, case, service_id)
    notify(_("It is no longer on your list."))
    return _back_to(case, service_id)


@bp.post("/cases/<uuid:case_id>/find-help/<uuid:service_id>/send")
@allow(Action.PLACE_SAVE, case=Case)
def send(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Have a note sent to one's phone that leads back here."""
    form = AskForm()
    try:
        commands.send(work, case, queries.place(work, service_id).service_id)
    except Refused as no:
        form.refuse(no)
        return _place_page(work, case, service_id, form)
    notify(_("Saved, and a note is on its way to you. It does not name the place."))
    return _back_to(case, service_id)


@bp.get("/kept")
@allow(Action.ACCOUNT_VIEW)
def kept(work: Work) -> ResponseReturnValue:
    """Where the note leads: the client's own saved places."""
    case_id = queries.own_case(work)
    return redirect(url_for(".search", case_id=case_id) if case_id else url_for("home.start"), 303)


@bp.post("/cases/<uuid:case_id>/find-help/<uuid:service_id>/ask")
@allow(Action.PLACE_ASK, case=Case)
def ask(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Ask staff about a place."""
    form = AskForm()
    if not form.validate_on_submit():
        return _place_page(work, case, service_id, form)
    name = queries.place(work, service_id).name
    commands.ask(work, case, service_id=service_id, place=name, words=form.words.data or "")
    notify(_("Sent. Your case manager will answer you."))
    return _back_to(case, service_id)


@bp.route("/cases/<uuid:case_id>/ask-for-a-place", methods=["GET", "POST"])
@allow(Action.PLACE_ASK, case=Case)
def ask_for_one(work: Work, case: Case) -> ResponseReturnValue:
    """Ask staff to find a place."""
    form = AskForm()
    if form.validate_on_submit():
        try:
            commands.ask(work, case, service_id=None, place="", words=form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Sent. Your case manager will answer you."))
            return redirect(url_for(".search", case_id=case.id), 303)
    return form_page("resources/ask.html", form)


@bp.route("/cases/<uuid:case_id>/find-help/<uuid:service_id>/wrong", methods=["GET", "POST"])
@allow(Action.PLACE_TELL, case=Case)
def tell(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Say that something about a place is wrong."""
    form, hit = TellForm(), queries.place(work, service_id)
    if form.validate_on_submit():
        commands.tell(work, case, service_id, wrong=Wrong(form.wrong.data), words=form.words.data or "")
        notify(_("Thank you. Somebody will look into it. We do not keep who told us."))
        return _back_to(case, service_id)
    back = (_("Back to the place"), url_for(".show", case_id=case.id, service_id=service_id))
    return form_page("resources/tell.html", form, hit=hit, back=back)


def _place_page(work: Work, case: Case, service_id: UUID, form: PortalForm) -> ResponseReturnValue:
    place = queries.place_page(work, case, service_id)
    return form_page("resources/show.html", form, place=place, previous=previous(), today=work.today)


def _back_to(case: Case, service_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", case_id=case.id, service_id=service_id), 303)
