"""How each part of life is now, and how the client would like it. Nobody has to say."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.areas import areas_in_use
from portal.cases.models import Case
from portal.i18n import _
from portal.roles import AccountKind
from portal.strengths import forms, life_commands, life_queries, prompts
from portal.strengths.views.blueprint import back_to_sheet, bp
from portal.web.gate import allow
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work


@bp.get("/cases/<uuid:case_id>/strengths/life")
@allow(Action.STRENGTH_VIEW, case=Case)
def life(work: Work, case: Case) -> ResponseReturnValue:
    """What the client said about each part of life, and what they said before."""
    if work.actor.kind is AccountKind.SUPPORTER:
        raise NotFound("life")  # what is shared entry by entry says nothing about how somebody is
    areas = areas_in_use(work.session)
    said = life_queries.ratings(work, case)
    kept = [(key, areas.label_of(key)) for key in sorted(said) if not areas.has(key)]
    listed = [(area.key, str(area.label)) for area in areas.offered] + kept
    return page("strengths/life.html", areas=listed, said=said, prompts=prompts, back=back_to_sheet(case.id))


@bp.route("/cases/<uuid:case_id>/strengths/life/<area>", methods=["GET", "POST"])
@allow(Action.STRENGTH_WRITE, case=Case)
def rate_life(work: Work, case: Case, area: str) -> ResponseReturnValue:
    """The client says how one part of life is."""
    areas = areas_in_use(work.session)
    if not areas.has(area):
        raise NotFound("area")
    form = forms.LifeRatingForm()
    if form.validate_on_submit():
        try:
            life_commands.rate_area(work, case, area, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. What you said before is kept too."))
            return redirect(url_for("strengths.life", case_id=case.id), 303)
    back = (_("Back"), url_for("strengths.life", case_id=case.id))
    return form_page("strengths/rate_life.html", form, area=area, label=areas.label_of(area), back=back)
