"""The caseload and the queue of what waits for an answer, and answering from it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.i18n import _
from portal.plans.models import Doer, DoerKind
from portal.referrals.models import ReferralEvent
from portal.staff import commands
from portal.staff.forms import AnswerForm, FirstStepForm
from portal.staff.queries import caseload as caseloads
from portal.staff.queries import queue as queues
from portal.staff.queries.caseload import Show
from portal.staff.refusals import NotForThis
from portal.staff.views.blueprint import after, bp, chosen, everyone
from portal.web.forms import PortalForm
from portal.web.gate import allow
from portal.web.render import notify, page
from portal.work import Refused, Work


@bp.get("/caseload")
@allow(Action.CASELOAD_VIEW)
def caseload(work: Work) -> ResponseReturnValue:
    """Everyone the actor works with, who waits longest first."""
    show, whose = chosen(Show, Show.ALL), everyone()
    found = caseloads.caseload(work, show, everyone=whose, after=after())
    return page("staff/caseload.html", found=found, show=show.value, everyone=whose, supervises=_supervises(work))


@bp.get("/to-answer")
@allow(Action.CASELOAD_VIEW)
def queue(work: Work) -> ResponseReturnValue:
    """What clients wrote and nobody has answered, the oldest first; the oldest is open to be answered."""
    whose = everyone()
    found = queues.queue(work, everyone=whose, after=after())
    facts = {"found": found, "everyone": whose, "supervises": _supervises(work), "answers": ReviewAnswer}
    return page("staff/queue.html", form=AnswerForm(), step=None, **facts)


@bp.get("/to-answer/<uuid:item_id>")
@allow(Action.REVIEW_ANSWER, item=ReviewItem)
def item(work: Work, item: ReviewItem) -> ResponseReturnValue:
    """One of them, to be answered."""
    return _item_page(work, item, AnswerForm())


@bp.post("/to-answer/<uuid:item_id>")
@allow(Action.REVIEW_ANSWER, item=ReviewItem)
def answer(work: Work, item: ReviewItem) -> ResponseReturnValue:
    """Thank, comment, suggest a wording, reply, or confirm what was told."""
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            _answer(work, item, form)
        except Refused as no:
            no.field = "words" if no.field == "body" else no.field
            form.refuse(no)
        else:
            notify(_("Answered. The client can see it."))
            return redirect(url_for(".queue"), 303)
    return _item_page(work, item, form)


@bp.post("/to-answer/<uuid:item_id>/step")
@allow(Action.REVIEW_ANSWER, item=ReviewItem)
def first_step(work: Work, item: ReviewItem) -> ResponseReturnValue:
    """Put a first step for a goal into the plan."""
    form = _step_form(work, item)
    if form.validate_on_submit():
        try:
            case, doer = work.get(Case, item.case_id), _doer(work, form)
            commands.add_to_plan(work, case, item, text=form.text.data or "", doer=doer, due_on=form.due_on.day)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Added to the plan. The client can see it."))
            return redirect(url_for(".queue"), 303)
    return _item_page(work, item, form)


def _answer(work: Work, item: ReviewItem, form: AnswerForm) -> None:
    case, words, pressed = work.get(Case, item.case_id), form.words.data or "", form.answer.data or ""
    if pressed == "confirm":
        told = queues.item_of(work, item).claim
        if told is None:
            raise NotForThis
        commands.confirm_report(work, case, item, work.get(ReferralEvent, told))
    elif pressed == ReviewAnswer.REPLIED:
        commands.reply(work, case, item, words)
    elif pressed in set(ReviewAnswer):
        commands.answer_item(work, case, item, ReviewAnswer(pressed), words)
    else:
        raise NotForThis


def _item_page(work: Work, item: ReviewItem, form: PortalForm) -> ResponseReturnValue:
    found = queues.item_of(work, item)
    step = form if isinstance(form, FirstStepForm) else _step_form(work, item)
    answers = AnswerForm() if isinstance(form, FirstStepForm) else form
    back = (_("To answer"), url_for(".queue"))
    facts = {"item": found, "step": step, "asked": form, "answers": ReviewAnswer, "back": back}
    referral, others = queues.next_best(work, item)
    status = 422 if request.method == "POST" and form.has_errors else 200
    return page("staff/item.html", status, form=answers, answered=item.answered_at is not None,
                referral=referral, others=others, **facts)  # fmt: skip


def _step_form(work: Work, item: ReviewItem) -> FirstStepForm:
    form = FirstStepForm()
    client = work.get(Case, item.case_id).client.name
    form.doer.choices = [(DoerKind.CLIENT.value, client), (DoerKind.STAFF.value, _("Me"))]
    return form


def _doer(work: Work, form: FirstStepForm) -> Doer:
    kind = DoerKind(form.doer.data)
    return Doer(kind, work.actor.id if kind is DoerKind.STAFF else None)


def _supervises(work: Work) -> bool:
    return work.allows(Action.SUPERVISION_VIEW)
