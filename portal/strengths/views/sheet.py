"""The sheet: one column of it, all of it on paper, something new, and suggestions."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.areas import Areas, areas_in_use
from portal.cases.models import Case
from portal.i18n import _
from portal.roles import AccountKind
from portal.strengths import commands, forms, life_queries, prompts, queries
from portal.strengths.models import MOST_LETTERS, Tense
from portal.strengths.views.blueprint import back_to_sheet, bp
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import Work


@bp.get("/cases/<uuid:case_id>/strengths")
@allow(Action.STRENGTH_VIEW, case=Case)
def sheet(work: Work, case: Case) -> ResponseReturnValue:
    """One column of the sheet, "What I want" first."""
    areas = areas_in_use(work.session)
    return _sheet(work, case, areas, _blank(work, case, areas))


@bp.post("/cases/<uuid:case_id>/strengths")
@allow(Action.STRENGTH_WRITE, case=Case)
def add(work: Work, case: Case) -> ResponseReturnValue:
    """The client adds something."""
    areas = areas_in_use(work.session)
    form = forms.ShareableForm().offer(areas)
    if form.validate_on_submit():
        values = form.values()
        commands.add(work, case, **values)
        notify(_("Saved. It is on your sheet."))
        return redirect(url_for("strengths.sheet", case_id=case.id, show=values["tense"].value), 303)
    return _sheet(work, case, areas, form)


@bp.get("/cases/<uuid:case_id>/strengths/all")
@allow(Action.STRENGTH_VIEW, case=Case)
def whole(work: Work, case: Case) -> ResponseReturnValue:
    """The whole sheet at once: every part of life in three columns, on one sheet of paper."""
    areas = areas_in_use(work.session)
    return page(
        "strengths/whole.html",
        sheet=queries.sheet(work, case, areas),
        said=life_queries.ratings(work, case),
        wishes=queries.wishes(work, case),
        tenses=list(Tense),
        heads=[_("Part of life"), *(str(tense.label) for tense in Tense)],
        today=work.today,
        back=back_to_sheet(case.id),
    )


@bp.route("/cases/<uuid:case_id>/strengths/suggest", methods=["GET", "POST"])
@allow(Action.STRENGTH_SUGGEST, case=Case)
def suggest(work: Work, case: Case) -> ResponseReturnValue:
    """Staff or a supporter suggest something; the client decides."""
    form = forms.StrengthForm(tense=Tense.NOW.value).offer(areas_in_use(work.session))
    if form.validate_on_submit():
        commands.suggest(work, case, **form.values())
        notify(_("Thank you. Your idea is waiting for an answer."))
        here = "strengths.sheet" if work.allows(Action.STRENGTH_VIEW, case) else "strengths.suggest"
        return redirect(url_for(here, case_id=case.id), 303)
    mine = queries.own_suggestions(work, case)
    return form_page("strengths/suggest.html", form, suggestions=mine, most=MOST_LETTERS, back=up_to(work, case))


def _sheet(work: Work, case: Case, areas: Areas, form: forms.StrengthForm | None) -> Response:
    show = _shown()
    return form_page(
        "strengths/sheet.html",
        form,
        sheet=queries.sheet(work, case, areas),
        wishes=queries.wishes(work, case),
        show=show,
        columns=[
            (tense.label, url_for("strengths.sheet", case_id=case.id, show=tense.value), tense is show)
            for tense in Tense
        ],
        prompts=prompts,
        most=MOST_LETTERS,
        back=None if work.actor.kind is AccountKind.CLIENT else up_to(work, case),
    )


def _shown() -> Tense:
    """The column asked for: the first unless the address names another, or the form that was sent does."""
    asked = request.form.get("tense") or request.args.get("show", "")
    return next((tense for tense in Tense if tense.value == asked), Tense.WANT)


def _blank(work: Work, case: Case, areas: Areas) -> forms.StrengthForm | None:
    """The form this reader may use here: for a new entry, for a suggestion, or none."""
    area = request.args.get("area", "")
    start = {"tense": _shown().value, "area": area if areas.has(area) else None}
    if work.allows(Action.STRENGTH_WRITE, case):
        return forms.ShareableForm(data=start).offer(areas)
    return forms.StrengthForm(data=start).offer(areas) if work.allows(Action.STRENGTH_SUGGEST, case) else None
