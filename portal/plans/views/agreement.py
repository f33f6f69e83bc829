"""Whose goal it is to each side, and what staff and supporters suggest."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.forms import MarkForm, SuggestForm
from portal.plans.models import Goal, GoalSuggestion, Mark
from portal.plans.views.blueprint import back_to_goal, bp, case_of, say, to_goal
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.post("/goals/<uuid:goal_id>/mark")
@allow(Action.GOAL_MARK, goal=Goal)
def mark_goal(work: Work, goal: Goal) -> ResponseReturnValue:
    """Say whose goal it is: mine, ours, or not now."""
    goal = queries.goal_for(work, goal)
    form = MarkForm().offer("", None)
    if not form.validate_on_submit():
        notify(_("Choose one of these."), "warn")
        return to_goal(goal)
    try:
        commands.mark_goal(work, goal, Mark(form.mark.data))
    except Refused as no:
        say(no)
    else:
        notify(_("Saved. Both of you can see it."))
    return to_goal(goal)


@bp.route("/cases/<uuid:case_id>/goals/suggest", methods=["GET", "POST"])
@allow(Action.GOAL_SUGGEST, case=Case)
def suggest_goal(work: Work, case: Case) -> ResponseReturnValue:
    """Staff or a supporter suggest a goal; the client decides."""
    form = SuggestForm()
    if form.validate_on_submit():
        commands.suggest_goal(work, case, form.words.data or "")
        notify(_("Thank you. Your idea is waiting for an answer."))
        return redirect(url_for(".suggest_goal", case_id=case.id), 303)
    mine = queries.own_suggestions(work, case)
    return form_page("plans/suggest.html", form, goal=None, suggestions=mine, back=up_to(work, case))


@bp.route("/goals/<uuid:goal_id>/suggest", methods=["GET", "POST"])
@allow(Action.GOAL_SUGGEST, goal=Goal)
def suggest_wording(work: Work, goal: Goal) -> ResponseReturnValue:
    """Staff or a supporter suggest other words for a goal; the client's own stay."""
    goal = queries.goal_for(work, goal)
    form = SuggestForm()
    if form.validate_on_submit():
        try:
            commands.suggest_wording(work, goal, form.words.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. Your idea is waiting for an answer."))
            return to_goal(goal)
    mine = queries.own_suggestions(work, case_of(work, goal), goal)
    return form_page("plans/suggest.html", form, goal=goal, suggestions=mine, back=back_to_goal(goal))


@bp.post("/goal-suggestions/<uuid:suggestion_id>/<any(use, keep):choice>")
@allow(Action.GOAL_WRITE, suggestion=GoalSuggestion)
def answer_wording(work: Work, suggestion: GoalSuggestion, choice: str) -> ResponseReturnValue:
    """The client uses the words that were suggested, or keeps their own."""
    try:
        commands.answer_wording(work, suggestion, take=choice == "use")
    except Refused as no:
        say(no)
    else:
        notify(_("These are your words now.") if choice == "use" else _("Your own words stay."))
    return redirect(url_for(".goal", goal_id=suggestion.goal_id), 303)
