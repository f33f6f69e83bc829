"""The plan: as it is now, its versions, and the client's answer to one."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries, wording
from portal.plans.forms import AskChangeForm, AskReviewForm, DisagreeForm, ServiceForm, SignForm
from portal.plans.models import PlanVersion, ServiceLine
from portal.plans.views.blueprint import back_to_plan, bp, say, to_plan
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work


@bp.get("/cases/<uuid:case_id>/plan")
@allow(Action.PLAN_VIEW, case=Case)
def plan(work: Work, case: Case) -> ResponseReturnValue:
    """The whole plan on one page, on paper too."""
    shown = queries.plan_page(work, case)
    return page("plans/plan.html", shown=shown, today=work.today, back=up_to(work, case))


@bp.route("/cases/<uuid:case_id>/plan/services/new", methods=["GET", "POST"])
@allow(Action.PLAN_SERVICE_WRITE, case=Case)
def add_service(work: Work, case: Case) -> ResponseReturnValue:
    """Staff put a service on the plan."""
    form = ServiceForm()
    if form.validate_on_submit():
        commands.add_service(work, case, **form.values())
        notify(_("The service is on the plan."))
        return to_plan(case)
    return form_page("plans/staff_service.html", form, back=back_to_plan(case))


@bp.post("/plan-services/<uuid:line_id>/end")
@allow(Action.PLAN_SERVICE_WRITE, line=ServiceLine)
def end_service(work: Work, line: ServiceLine) -> ResponseReturnValue:
    """Staff take a service off the plan."""
    try:
        commands.end_service(work, line)
    except Refused as no:
        say(no)
    else:
        notify(_("The service is off the plan."))
    return to_plan(work.get(Case, line.case_id))


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
            return redirect(url_for(".version", version_id=version.id), 303)
    return form_page("plans/staff_offer.html", form, frozen=queries.preview(work, case), back=back_to_plan(case))


@bp.get("/plan-versions/<uuid:version_id>")
@allow(Action.PLAN_VIEW, version=PlanVersion)
def version(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """One version as it was offered, who signed it and what came of it."""
    case = work.get(Case, version.case_id)
    shown = queries.version_page(work, case, version)
    return page("plans/version.html", shown=shown, version=version, today=work.today, back=back_to_plan(case))


@bp.route("/plan-versions/<uuid:version_id>/agree", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion)
def agree(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Agree with a version and sign it."""
    form = SignForm()
    if form.validate_on_submit():
        try:
            commands.agree_to_plan(work, version, typed_name=form.typed_name.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. You and your plan agree now."))
            return _to_version(version)
    return _sign_page(work, version, form, wording.agreement(version.number))


@bp.route("/plan-versions/<uuid:version_id>/sign", methods=["GET", "POST"])
@allow(Action.PLAN_SIGN, version=PlanVersion)
def sign(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Staff sign a version; a client who comes here goes to their own page for it."""
    if work.allows(Action.PLAN_ANSWER, version):
        return redirect(url_for(".agree", version_id=version.id), 303)
    form = SignForm()
    if form.validate_on_submit():
        try:
            commands.sign_plan(work, version, typed_name=form.typed_name.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("You have signed this version."))
            return _to_version(version)
    return _sign_page(work, version, form, wording.staff_agreement(version.number))


@bp.route("/plan-versions/<uuid:version_id>/ask-change", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion)
def ask_change(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Ask for a change before agreeing."""
    form = AskChangeForm()
    if form.validate_on_submit():
        try:
            commands.ask_for_changes(work, version, words=form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("We got your wish. You will see a new version."))
            return _to_version(version)
    back = back_to_plan(work.get(Case, version.case_id))
    return form_page("plans/ask_change.html", form, version=version, back=back)


@bp.route("/plan-versions/<uuid:version_id>/disagree", methods=["GET", "POST"])
@allow(Action.PLAN_ANSWER, version=PlanVersion)
def disagree(work: Work, version: PlanVersion) -> ResponseReturnValue:
    """Say no, with reasons that are kept."""
    form = DisagreeForm()
    if form.validate_on_submit():
        try:
            commands.disagree_with_plan(work, version, words=form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("We have kept your answer. We will talk with you about it."))
            return _to_version(version)
    back = back_to_plan(work.get(Case, version.case_id))
    return form_page("plans/disagree.html", form, version=version, back=back)


@bp.route("/cases/<uuid:case_id>/plan/review", methods=["GET", "POST"])
@allow(Action.REVIEW_ASK, case=Case)
def ask_review(work: Work, case: Case) -> ResponseReturnValue:
    """The client asks to look at the plan again."""
    form = AskReviewForm()
    if form.validate_on_submit():
        commands.ask_review(work, case, words=form.words.data or "")
        notify(_("We got your wish to look at the plan again."))
        return to_plan(case)
    return form_page("plans/ask_review.html", form, back=back_to_plan(case))


def _to_version(version: PlanVersion) -> ResponseReturnValue:
    return redirect(url_for(".version", version_id=version.id), 303)


def _sign_page(work: Work, version: PlanVersion, form: SignForm, sentence: str) -> ResponseReturnValue:
    shown = queries.version_page(work, work.get(Case, version.case_id), version)
    back = back_to_plan(work.get(Case, version.case_id))
    return form_page("plans/sign.html", form, version=version, sentence=sentence, shown=shown, back=back)
