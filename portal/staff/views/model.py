"""Changing a case's way of working, with what it means before it is done."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.cases.offered import profiles_in_use
from portal.i18n import _
from portal.profiles import registry
from portal.staff import choices, commands
from portal.staff.model_change import what_changes
from portal.staff.model_forms import ModelForm
from portal.staff.views.blueprint import bp
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.portal import portal
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/cases/<uuid:case_id>/model", methods=["GET", "POST"])
@allow(Action.CASE_MODEL, case=Case)
def change_model(work: Work, case: Case) -> ResponseReturnValue:
    """Another way of working: choose it, see what it means, then do it."""
    profiles = profiles_in_use(work.session, portal().settings.profiles)
    form = ModelForm().offer(profiles).edits(work, case)
    if form.validate_on_submit() and form.confirms:
        try:
            _change(work, case, form)
        except Refused as no:
            no.field = "words" if no.field == "body" else no.field
            form.refuse(no)
        else:
            notify(_("Changed. The client has a message about it."))
            return redirect(url_for(".client", case_id=case.id), 303)
    chosen = form.profile.data if form.is_submitted() and form.profile.data in {p.key for p in profiles} else None
    return _model_page(work, case, form, chosen)


def _change(work: Work, case: Case, form: ModelForm) -> None:
    commands.change_model(
        work, case, profile_key=form.profile.data or "", reason=form.reason.data or "", words=form.words.data or "",
        wish=form.wish.data or "", allowed=portal().settings.profiles,
    )  # fmt: skip


def _model_page(work: Work, case: Case, form: ModelForm, chosen: str | None) -> ResponseReturnValue:
    then = registry.by_key(chosen) if chosen and chosen != case.profile_key else None
    form.looked.data = chosen or ""
    facts = {
        "then": then,
        "settings": what_changes(case.profile, then) if then else [],
        "full": choices.capacity(work, work.actor.id).with_one_more(then).percent if then else None,
        "hints": {p.key: p.about for p in profiles_in_use(work.session, portal().settings.profiles)},
    }
    return form_page("staff/model.html", form, back=up_to(work, case), **facts)
