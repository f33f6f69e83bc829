"""The goal ladder, and how a goal is going."""

from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.forms import LadderForm, RateForm
from portal.plans.models import FILL_ORDER, Goal
from portal.plans.views.blueprint import back_to_goal, bp, to_goal
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work


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
    form = RateForm().offer(queries.ladder_of(work, goal))
    if form.validate_on_submit():
        try:
            commands.rate_goal(work, goal, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. It is saved."))
            return to_goal(goal)
    return form_page("plans/rate.html", form, goal=goal, back=back_to_goal(goal))
