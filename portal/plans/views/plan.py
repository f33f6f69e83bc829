"""The plan: as it is now, offering it, its versions and what is new in them."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.models import PlanVersion, VersionState
from portal.plans.signing_forms import AskReviewForm
from portal.plans.views.blueprint import back_to_plan, back_to_version, bp, to_plan, to_version
from portal.plans.wording import CHOICES, agreement
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work


@bp.get("/cases/<uuid:case_id>/plan")
@allow(Action.PLAN_VIEW, case=Case)
def plan(work: Work, case: Case) -> ResponseReturnValue:
    """The whole plan on one page, on paper too."""
    shown = queries.plan_page(work, case)
    return page("plans/plan.html", shown=shown, today=work.today, back=up_to(work, case))


@bp.route("/cases/<uuid:case_id>/plan/offer", methods=["GET", "POST"])
@allow(Action.PLAN_OFFER, case=Case)
def offer(work: Work, case: Case) -> ResponseReturnValue:
    """Look at the plan once more, then offer it: its text is frozen."""
    form = PortalForm()
    if form.validate_on_submit():
        try:
            version = commands.offer_plan(work, case)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("The plan is offered. The client can answer now."))
            return to_version(version)
    frozen = queries.preview(work, case)
    changes = queries.changes_since(work, case, frozen)
    return form_page("plans/staff_offer.html", form, back=back_to_plan(case), frozen=frozen, changes=changes)


@bp.get("/plan-versions/<uuid:version_id>")
@allow(Action.PLAN_VIEW, version=PlanVersion)
def version(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """One version as it was offered, who signed it and what came of it."""
    case = work.get(Case, version.case_id)
    if version.state is VersionState.WORKING:
        return to_plan(case)
    shown = queries.version_page(work, case, version)
    facts = {"choices": CHOICES, "today": work.today, "back": back_to_plan(case)}
    return page("plans/version.html", shown=shown, version=version, **facts)


@bp.get("/plan-versions/<uuid:version_id>/print")
@allow(Action.PLAN_VIEW, version=PlanVersion)
def print_version(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """One version for paper, with the sentence to sign and lines for names."""
    shown = queries.version_page(work, work.get(Case, version.case_id), version)
    facts = {"sentence": agreement(version.number), "choices": CHOICES, "today": work.today}
    return page("plans/version_printed.html", shown=shown, version=version, **facts)


@bp.get("/plan-versions/<uuid:version_id>/changes")
@allow(Action.PLAN_VIEW, version=PlanVersion)
def changes(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """What is new in this version since the one before."""
    found = queries.changes_before(work, work.get(Case, version.case_id), version)
    if found is None:
        raise NotFound("PlanVersion")
    return page("plans/changes.html", changes=found, back=back_to_version(version))


@bp.get("/cases/<uuid:case_id>/plan/changes")
@allow(Action.PLAN_VIEW, case=Case)
def changes_now(work: Work, case: Case) -> ResponseReturnValue:
    """What is different now from the newest version."""
    found = queries.changes_since(work, case)
    if found is None:
        raise NotFound("PlanVersion")
    return page("plans/changes.html", changes=found, back=back_to_plan(case))


@bp.route("/cases/<uuid:case_id>/plan/review", methods=["GET", "POST"])
@allow(Action.REVIEW_ASK, case=Case)
def ask_review(work: Work, case: Case) -> ResponseReturnValue:
    """The client asks to look at the plan again: one press on the plan, or with words from here."""
    form = AskReviewForm()
    if form.validate_on_submit():
        commands.ask_review(work, case, words=form.words.data or "")
        notify(_("We got your wish to look at the plan again."))
        return redirect(url_for("plans.plan", case_id=case.id), 303)
    return form_page("plans/ask_review.html", form, back=back_to_plan(case))
