"""The goal ladder, and how a goal is going."""

from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.forms import LadderForm, RateForm
from portal.plans.models import FILL_ORDER, Goal
from portal.plans.views.blueprint import back_to_goal, back_to_goals, bp, to_goal
from portal.roles import AccountKind
from portal.web.gate import allow
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work


@bp.route("/goals/<uuid:goal_id>/ladder", methods=["GET", "POST"])
@allow(Action.LADDER_WRITE, goal=Goal)
def write_ladder(work: Work, goal: Goal) -> ResponseReturnValue:
    """Write the rungs, what one hopes for first."""
    ladder = queries.ladder_of(work, goal)
    names = ("hoped", "now", "better", "best", "worse")
    held = {name: ladder.text_at(value) for name, value in zip(names, FILL_ORDER, strict=True)} if ladder else {}
    form = LadderForm(data=held)
    if form.validate_on_submit():
        try:
            commands.write_ladder(work, goal, form.texts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your ladder is saved."))
            return to_goal(goal)
    return form_page("plans/ladder.html", form, goal=goal, back=back_to_goal(goal))


@bp.route("/goals/<uuid:goal_id>/rate", methods=["GET", "POST"])
@allow(Action.GOAL_RATE, goal=Goal)
def rate(work: Work, goal: Goal) -> ResponseReturnValue:
    """Say how it is going. The client's word and staff's stand side by side."""
    goal = queries.goal_for(work, goal)
    ladder, words = queries.ladder_of(work, goal), work.actor.kind is not AccountKind.SUPPORTER
    if ladder is None and not words:
        raise NotFound("GoalLadder")
    form = RateForm().offer(ladder, words=words)
    if form.validate_on_submit():
        try:
            commands.rate_goal(work, goal, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. It is saved."))
            return to_goal(goal)
    return form_page("plans/rate.html", form, goal=goal, back=back_to_goal(goal))


@bp.get("/cases/<uuid:case_id>/goals/index")
@allow(Action.INDEX_VIEW, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """The attainment index over time, for whoever supervises this programme."""
    shown = queries.index_page(work, case)
    return page("plans/staff_index.html", shown=shown, back=back_to_goals(work, case))
