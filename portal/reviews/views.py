"""Pages of a review: begin, walk through it together, say how it goes, agree on the day of the next."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case, ReviewReason
from portal.i18n import _
from portal.plans import commands
from portal.plans.models import PlanReview
from portal.reviews import queries
from portal.reviews.forms import DayForm, SayForm
from portal.roles import AccountKind
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work

bp = Blueprint("reviews", __name__)


@bp.get("/cases/<uuid:case_id>/review")
@allow(Action.REVIEW_VIEW, case=Case)
def show(work: Work, case: Case) -> ResponseReturnValue:
    """The review that goes on, or what one would look at."""
    return _page(work, case, DayForm())


@bp.post("/cases/<uuid:case_id>/review/begin")
@allow(Action.REVIEW_WRITE, case=Case)
def begin(work: Work, case: Case) -> ResponseReturnValue:
    """Begin to look at the plan together."""
    commands.open_review(work, case)
    return _to_review(case)


@bp.post("/cases/<uuid:case_id>/review/begin-after-change")
@allow(Action.PLAN_RECORD, case=Case)
def begin_after_change(work: Work, case: Case) -> ResponseReturnValue:
    """Staff begin one because something big changed."""
    commands.open_review(work, case, ReviewReason.CHANGE)
    return _to_review(case)


@bp.route("/reviews/<uuid:review_id>/say", methods=["GET", "POST"])
@allow(Action.REVIEW_WRITE, review=PlanReview)
def say(work: Work, review: PlanReview) -> ResponseReturnValue:
    """Say how it goes, in one's own box."""
    form, case = SayForm(), work.get(Case, review.case_id)
    form.for_client = work.actor.kind is AccountKind.CLIENT
    form.edits(work, review)
    if form.validate_on_submit():
        try:
            commands.say_in_review(work, review, form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return _to_review(case)
    return form_page("reviews/say.html", form, review=review, back=_back(case))


@bp.post("/reviews/<uuid:review_id>/day")
@allow(Action.REVIEW_WRITE, review=PlanReview)
def propose(work: Work, review: PlanReview) -> ResponseReturnValue:
    """Name the day of the next review."""
    form, case = DayForm(), work.get(Case, review.case_id)
    if form.validate_on_submit():
        day, days, both = form.next_on.day, form.contact_days, bool(form.together.data)
        try:
            commands.propose_day(work, review, next_on=day, contact_every_days=days, together=both)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return _to_review(case)
    return _page(work, case, form)


@bp.post("/reviews/<uuid:review_id>/agree")
@allow(Action.REVIEW_WRITE, review=PlanReview)
def agree(work: Work, review: PlanReview) -> ResponseReturnValue:
    """Say yes to the day the other one named."""
    try:
        commands.agree_day(work, review)
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(_("Agreed. That was a good look at the plan."))
    return _to_review(work.get(Case, review.case_id))


def _page(work: Work, case: Case, form: PortalForm) -> ResponseReturnValue:
    shown = queries.review_page(work, case)
    return form_page("reviews/show.html", form, shown=shown, today=work.today, back=_back_to_plan(case))


def _to_review(case: Case) -> ResponseReturnValue:
    return redirect(url_for("reviews.show", case_id=case.id), 303)


def _back(case: Case) -> tuple[str, str]:
    return _("Back to the review"), url_for("reviews.show", case_id=case.id)


def _back_to_plan(case: Case) -> tuple[str, str]:
    return _("Back to the plan"), url_for("plans.plan", case_id=case.id)
