"""Writing the plan: its short facts, what is said in it, and the services on it."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.draft_forms import FrameForm, ItemForm, ServiceForm
from portal.plans.models import ItemKind, PlanItem, ServiceLine
from portal.plans.views.blueprint import back_to_plan, bp, say, to_plan
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/cases/<uuid:case_id>/plan/facts", methods=["GET", "POST"])
@allow(Action.PLAN_WRITE, case=Case)
def facts(work: Work, case: Case) -> ResponseReturnValue:
    """Who led, when and where, in what form, who watches over the plan."""
    form = _frame_form(work, case)
    if form.validate_on_submit():
        commands.write_frame(work, case, form.frame())
        notify(_("Saved."))
        return to_plan(case)
    return form_page("plans/facts.html", form, back=back_to_plan(case))


@bp.route("/cases/<uuid:case_id>/plan/new/<any(participant, preference, need, risk, backup):kind>",
          methods=["GET", "POST"])  # fmt: skip
@allow(Action.PLAN_WRITE, case=Case)
def add_item(work: Work, case: Case, kind: str) -> ResponseReturnValue:
    """Say something in the plan."""
    form = ItemForm()
    if form.validate_on_submit():
        try:
            commands.add_item(work, case, ItemKind(kind), form.said(ItemKind(kind)))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return to_plan(case)
    return _item_page(form, case, kind, url_for(".add_item", case_id=case.id, kind=kind))


@bp.route("/plan-items/<uuid:part_id>/change", methods=["GET", "POST"])
@allow(Action.PLAN_WRITE, part=PlanItem)
def change_item(work: Work, part: PlanItem) -> ResponseReturnValue:
    """Say it in other words."""
    form, case = ItemForm().edits(work, part), work.get(Case, part.case_id)
    if form.validate_on_submit():
        try:
            commands.change_item(work, part, form.said(part.kind))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return to_plan(case)
    return _item_page(form, case, part.kind.value, url_for(".change_item", part_id=part.id))


@bp.post("/plan-items/<uuid:part_id>/take-out")
@allow(Action.PLAN_WRITE, part=PlanItem)
def take_out_item(work: Work, part: PlanItem) -> ResponseReturnValue:
    """Take something out of the plan."""
    try:
        commands.take_out_item(work, part)
    except Refused as no:
        say(no)
    else:
        notify(_("It is out of the plan. Older versions keep it."))
    return to_plan(work.get(Case, part.case_id))


@bp.route("/cases/<uuid:case_id>/plan/services/new", methods=["GET", "POST"])
@allow(Action.PLAN_SERVICE_WRITE, case=Case)
def add_service(work: Work, case: Case) -> ResponseReturnValue:
    """Staff put a service on the plan."""
    form = ServiceForm()
    if form.validate_on_submit():
        commands.add_service(work, case, name=form.name.data or "", **form.parts())
        notify(_("The service is on the plan."))
        return to_plan(case)
    return _service_page(form, case, url_for(".add_service", case_id=case.id))


@bp.route("/plan-services/<uuid:line_id>/change", methods=["GET", "POST"])
@allow(Action.PLAN_SERVICE_WRITE, line=ServiceLine)
def change_service(work: Work, line: ServiceLine) -> ResponseReturnValue:
    """Staff change what the plan says about a service."""
    form, case = ServiceForm().edits(work, line), work.get(Case, line.case_id)
    if form.validate_on_submit():
        try:
            commands.change_service(work, line, name=form.name.data or "", **form.parts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved."))
            return to_plan(case)
    return _service_page(form, case, url_for(".change_service", line_id=line.id), line=line)


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


def _frame_form(work: Work, case: Case) -> FrameForm:
    form = FrameForm().offer(portal().settings.languages)
    if request.method == "POST":
        work.hold(case)  # the facts may stand in no row yet: whoever writes them holds the case
    form.frame_now = queries.frame_of(work, case)
    return form.edits(work, case)


def _item_page(form: ItemForm, case: Case, kind: str, action: str) -> ResponseReturnValue:
    return form_page("plans/item.html", form, kind=kind, action=action, back=back_to_plan(case))


def _service_page(form: ServiceForm, case: Case, action: str, **more: Any) -> ResponseReturnValue:
    return form_page("plans/staff_service.html", form, action=action, back=back_to_plan(case), **{"line": None, **more})
