"""Find help: search the directory, look at a place, save it, ask staff about it."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.directory.search import Query
from portal.i18n import _
from portal.resources import commands, queries
from portal.resources.forms import AskForm, SearchForm, page_number, term_id
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import NotFound, Refused, Work

bp = Blueprint("resources", __name__)


@bp.route("/cases/<uuid:case_id>/find-help", methods=["GET", "POST"])
@allow(Action.RESOURCE_SEARCH, case=Case)
def search(work: Work, case: Case) -> ResponseReturnValue:
    """Search by words and town (sent, never in the address), or look through a category (?category=)."""
    form = SearchForm()
    query = form.query() if form.validate_on_submit() else None
    if not form.is_submitted() and (category := term_id(request.args.get("category"))):
        query = Query(category=category, page=page_number(request.args.get("page")))
        form.category.data = str(category)
    found = queries.find(work, case, query)
    return form_page("resources/search.html", form, found=found, query=query, previous=_previous())


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
    return redirect(url_for("resources.show", case_id=case.id, service_id=service_id), 303)


@bp.post("/cases/<uuid:case_id>/find-help/<uuid:service_id>/drop")
@allow(Action.PLACE_SAVE, case=Case)
def drop(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """Take a place off the list."""
    commands.drop(work, case, service_id)
    notify(_("It is no longer on your list."))
    return redirect(url_for("resources.show", case_id=case.id, service_id=service_id), 303)


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
    return redirect(url_for("resources.show", case_id=case.id, service_id=service_id), 303)


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
            return redirect(url_for("resources.search", case_id=case.id), 303)
    return form_page("resources/ask.html", form)


def _place_page(work: Work, case: Case, service_id: UUID, form: AskForm) -> ResponseReturnValue:
    place = queries.place_page(work, case, service_id)
    return form_page("resources/show.html", form, place=place, previous=_previous(), today=work.today)


def _previous() -> UUID | None:
    """The referral for which staff look for another place, carried from page to page."""
    named = request.args.get("previous")
    found = term_id(named)
    if named and found is None:
        raise NotFound("previous")
    return found
