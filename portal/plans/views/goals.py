"""Goals: the list, one goal, writing and changing it, and where it goes."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.areas import areas_in_use
from portal.cases.models import Case, ReviewItem
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.forms import IDEA, AddGoalForm, GoalForm, LetGoForm, SummaryForm
from portal.plans.models import Goal, Lifecycle
from portal.plans.views.blueprint import back_to_goal, back_to_goals, bp, case_of, say, to_goal
from portal.plans.views.goal_page import beside
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work

#: What a button on a goal's page does, by the last word of its address.
MOVES = {
    "start": Lifecycle.ACTIVE,
    "resume": Lifecycle.ACTIVE,
    "pause": Lifecycle.PAUSED,
    "reach": Lifecycle.REACHED,
}


@bp.get("/cases/<uuid:case_id>/goals")
@allow(Action.GOAL_VIEW, case=Case)
def goals(work: Work, case: Case) -> ResponseReturnValue:
    """All goals, by where they are."""
    return page("plans/goals.html", shown=queries.goals_page(work, case), back=up_to(work, case))


@bp.route("/cases/<uuid:case_id>/goals/new", methods=["GET", "POST"])
@allow(Action.GOAL_WRITE, case=Case)
def write_goal(work: Work, case: Case) -> ResponseReturnValue:
    """Write a goal: one box first."""
    form = GoalForm().offer(areas_in_use(work.session))
    if form.validate_on_submit():
        try:
            goal = commands.write_goal(work, case, words=form.words.data or "", **form.parts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your goal is saved, in your words."))
            return to_goal(goal)
    return form_page("plans/write_goal.html", form, back=back_to_goals(work, case))


@bp.route("/cases/<uuid:case_id>/goals/add", methods=["GET", "POST"])
@allow(Action.GOAL_ADD, case=Case)
def add_goal(work: Work, case: Case) -> ResponseReturnValue:
    """Staff write a goal down for the client."""
    if work.allows(Action.GOAL_WRITE, case):
        return redirect(url_for(".write_goal", case_id=case.id), 303)
    form = AddGoalForm().offer(areas_in_use(work.session))
    if form.validate_on_submit():
        words, proposed = form.words.data or "", form.whose.data == IDEA
        goal = commands.add_goal(work, case, words=words, proposed=proposed, **form.parts())
        notify(_("The goal is saved. The client sees it now."))
        return to_goal(goal)
    return form_page("plans/staff_add_goal.html", form, back=back_to_goals(work, case))


@bp.get("/goals/<uuid:goal_id>")
@allow(Action.GOAL_VIEW, goal=Goal)
def goal(work: Work, goal: Goal) -> ResponseReturnValue:
    """One goal with its steps, its ladder and what staff said."""
    goal = queries.goal_for(work, goal)
    case = case_of(work, goal)
    shown = queries.goal_page(work, case, goal)
    return page(
        "plans/goal.html", shown=shown, goal=goal, back=back_to_goals(work, case), **beside(work, case, goal, shown)
    )


@bp.route("/goals/<uuid:goal_id>/edit", methods=["GET", "POST"])
@allow(Action.GOAL_WRITE, goal=Goal)
def edit_goal(work: Work, goal: Goal) -> ResponseReturnValue:
    """Change a goal. The wording before is kept."""
    form = GoalForm().offer(areas_in_use(work.session), goal.area).edits(work, goal)
    if form.validate_on_submit():
        try:
            commands.change_goal(work, goal, words=form.words.data or "", **form.parts())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your goal is saved, in your words."))
            return to_goal(goal)
    return form_page("plans/edit_goal.html", form, goal=goal, back=back_to_goal(goal))


@bp.post("/goals/<uuid:goal_id>/<any(start, resume, pause, reach):move>")
@allow(Action.GOAL_WRITE, goal=Goal)
def move_goal(work: Work, goal: Goal, move: str) -> ResponseReturnValue:
    """Take a goal up, pause it, or say it is reached."""
    try:
        commands.move_goal(work, goal, MOVES[move])
    except Refused as no:
        say(no)
    else:
        notify(_("You reached your goal. Well done!") if move == "reach" else _("Saved."))
    return to_goal(goal)


@bp.route("/goals/<uuid:goal_id>/let-go", methods=["GET", "POST"])
@allow(Action.GOAL_WRITE, goal=Goal)
def let_go(work: Work, goal: Goal) -> ResponseReturnValue:
    """Let a goal go, or say that it became another. A reason is welcome and not needed."""
    form = LetGoForm()
    if form.validate_on_submit():
        to = Lifecycle(form.what.data)
        try:
            commands.move_goal(work, goal, to, form.because.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. You can take it up again at any time."))
            return _after_ending(goal, to)
    return form_page("plans/let_go.html", form, goal=goal, back=back_to_goal(goal))


@bp.route("/goals/<uuid:goal_id>/summary", methods=["GET", "POST"])
@allow(Action.CASE_WRITE, goal=Goal)
def summarise_goal(work: Work, goal: Goal) -> ResponseReturnValue:
    """Staff's short version, under the client's words."""
    goal = queries.goal_for(work, goal)
    form = SummaryForm().edits(work, goal)
    if form.validate_on_submit():
        commands.summarise_goal(work, goal, form.text.data or "")
        notify(_("Saved. It stands under the client's own words."))
        return to_goal(goal)
    return form_page("plans/staff_summary.html", form, goal=goal, back=back_to_goal(goal))


@bp.post("/goals/<uuid:goal_id>/suggestions/<uuid:item_id>/<any(use, keep):choice>")
@allow(Action.GOAL_WRITE, goal=Goal, item=ReviewItem)
def answer_suggestion(work: Work, goal: Goal, item: ReviewItem, choice: str) -> ResponseReturnValue:
    """Use the wording staff suggested, or keep one's own."""
    try:
        if choice == "use":
            commands.take_suggestion(work, goal, item)
        else:
            commands.keep_own_words(work, goal, item)
    except Refused as no:
        say(no)
    else:
        notify(_("These are your words now.") if choice == "use" else _("Your own words stay."))
    return to_goal(goal)


@bp.post("/goals/<uuid:goal_id>/cheer")
@allow(Action.CHEER, goal=Goal)
def cheer(work: Work, goal: Goal) -> ResponseReturnValue:
    """A supporter cheers the client on."""
    commands.cheer(work, goal)
    notify(_("You cheered them on."))
    if work.allows(Action.GOAL_VIEW, goal):
        return to_goal(goal)
    return redirect(up_to(work, case_of(work, goal))[1], 303)


def _after_ending(goal: Goal, to: Lifecycle) -> ResponseReturnValue:
    """A goal that became another leads to writing that one."""
    if to is Lifecycle.CHANGED:
        return redirect(url_for(".write_goal", case_id=goal.case_id), 303)
    return to_goal(goal)
