"""Keeping the directory right, for staff: what people say is wrong, what to check, what is twice there; edit, add."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.directory.models import Service
from portal.i18n import _
from portal.resources import commands, queries
from portal.resources.forms import WRONG_WORDS, AnswerWordForm, LookUpForm, PlaceForm, TwinForm, term_id
from portal.resources.models import PlaceWord, WordOutcome
from portal.resources.views.blueprint import bp
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import NotFound, Refused, Work


@bp.route("/places/upkeep", methods=["GET", "POST"])
@allow(Action.PLACE_KEEP)
def upkeep(work: Work) -> ResponseReturnValue:
    """What waits: words from people, places to check, entries that look alike (?show=…); look a place up."""
    form = LookUpForm()
    found = queries.look_up(work, form.words.data) if form.validate_on_submit() and form.words.data else ()
    show = request.args.get("show", "words")
    keeping = queries.keeping(work, found, look_for_twins=show == "twins")
    return form_page("resources/upkeep.html", form, keeping=keeping, show=show, outcomes=WordOutcome, wrong=WRONG_WORDS)


@bp.post("/places/words/<uuid:word_id>")
@allow(Action.PLACE_KEEP, word=PlaceWord)
def answer_word(work: Work, word: PlaceWord) -> ResponseReturnValue:
    """Say what was found about what somebody told."""
    form = AnswerWordForm()
    if form.outcome.data not in set(WordOutcome):
        raise NotFound("outcome")
    try:
        commands.answer(work, word, WordOutcome(form.outcome.data))
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(_("Thank you. It is off the list."))
    return redirect(url_for(".upkeep"), 303)


@bp.post("/places/twins")
@allow(Action.PLACE_KEEP)
def judge(work: Work) -> ResponseReturnValue:
    """Decide whether two entries are one place."""
    form = TwinForm()
    first, second = term_id(form.first.data), term_id(form.second.data)
    hide = term_id(form.hide.data)
    if first is None or second is None or first == second or hide not in {None, first, second}:
        raise NotFound("twins")
    commands.judge(work, work.get(Service, first).id, work.get(Service, second).id, hide)
    notify(_("Saved."))
    return redirect(url_for(".upkeep", show="twins"), 303)


@bp.post("/places/<uuid:service_id>/checked")
@allow(Action.PLACE_KEEP, service=Service)
def checked(work: Work, service: Service) -> ResponseReturnValue:
    """Note that a place was checked today."""
    commands.check(work, service)
    notify(_("Noted: checked today."))
    return redirect(url_for(".upkeep", show="check"), 303)


@bp.route("/places/<uuid:service_id>/edit", methods=["GET", "POST"])
@allow(Action.PLACE_KEEP, service=Service)
def edit(work: Work, service: Service) -> ResponseReturnValue:
    """Put a place right."""
    form = PlaceForm()
    if form.validate_on_submit():
        try:
            commands.edit_place(work, service, form.facts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. New lists will not undo it."))
            return redirect(url_for(".upkeep"), 303)
    elif not form.is_submitted():
        form.show(queries.detail_of(work, service.id))
    return _edit_page(work, form, service.id)


@bp.route("/places/new", methods=["GET", "POST"])
@allow(Action.PLACE_KEEP)
def add(work: Work) -> ResponseReturnValue:
    """Add a place that no list has."""
    form = PlaceForm()
    if form.validate_on_submit():
        try:
            service = commands.add_place(work, form.facts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Added. People can find it now."))
            return redirect(url_for(".edit", service_id=service.id), 303)
    return _edit_page(work, form, None)


def _edit_page(work: Work, form: PlaceForm, service_id: UUID | None) -> ResponseReturnValue:
    back = (_("Directory to keep"), url_for(".upkeep"))
    detail = queries.detail_of(work, service_id) if service_id else None
    return form_page("resources/edit.html", form, detail=detail, back=back)
