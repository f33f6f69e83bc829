"""Small steps: adding, changing, and the one-press forms that tick them."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.plans import commands, queries
from portal.plans.forms import StepForm
from portal.plans.measures import next_talk
from portal.plans.models import Goal, Step
from portal.plans.views.around import around
from portal.plans.views.blueprint import back_to_goal, bp, case_of, say, to_goal, whence
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/goals/<uuid:goal_id>/steps/new", methods=["GET", "POST"])
@allow(Action.STEP_ADD, goal=Goal)
def add_step(work: Work, goal: Goal) -> ResponseReturnValue:
    """Add a small step."""
    goal = queries.goal_for(work, goal)
    form = _step_form(work, goal)
    if form.validate_on_submit():
        try:
            commands.add_step(work, goal, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("The step is saved."))
            return to_goal(goal)
    return _step_page(work, goal, form, None)


@bp.route("/steps/<uuid:step_id>/change", methods=["GET", "POST"])
@allow(Action.STEP_ADD, step=Step)
def change_step(work: Work, step: Step) -> ResponseReturnValue:
    """Change a step that is still open."""
    step = queries.standing_step(work, queries.step_for(work, step), hold=request.method == "POST")
    goal = work.get(Goal, step.goal_id)
    form = _step_form(work, goal, step).edits(work, step)
    if form.validate_on_submit():
        try:
            commands.change_step(work, step, **form.values())
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("The step is saved."))
            return to_goal(goal)
    return _step_page(work, goal, form, step)


def _step_form(work: Work, goal: Goal, step: Step | None = None) -> StepForm:
    """The form with the people and things there are to choose from, and what the step goes with already."""
    case = case_of(work, goal)
    things = list(around().offered(work, case))
    held = step.link if step is not None else None
    if held is not None and all(thing.link != held for thing in things):
        things += around().named(work, [held]).linked.values()
    return StepForm().offer(queries.helpers_of(work, case), things, natural_first=case.profile.natural_first)


def _step_page(work: Work, goal: Goal, form: StepForm, step: Step | None) -> ResponseReturnValue:
    case = case_of(work, goal)
    talk = next_talk(case.last_contact_at, case.profile.contact_every_days, work.now, work.zone)
    near = case.profile.natural_first
    facts = {"goal": goal, "step": step, "next_talk": talk, "natural_first": near, "back": back_to_goal(goal)}
    return form_page("plans/step.html", form, **facts)


@bp.post("/steps/<uuid:step_id>/<any(tick, untick, begin):what>")
@allow(Action.STEP_TICK, step=Step)
def tick(work: Work, step: Step, what: str) -> ResponseReturnValue:
    """Mark a step done, not done after all, or started."""
    step = queries.step_for(work, step)
    acts = {"tick": commands.tick_step, "untick": commands.untick_step, "begin": commands.begin_step}
    try:
        acts[what](work, step)
    except Refused as no:
        say(no)
    else:
        notify(_("Well done. The step is marked as done.") if what == "tick" else _("Saved."))
    return whence(work, work.get(Case, step.case_id), step.goal_id)


@bp.post("/steps/<uuid:step_id>/skip")
@allow(Action.STEP_ADD, step=Step)
def skip_step(work: Work, step: Step) -> ResponseReturnValue:
    """Leave a step out."""
    step = queries.step_for(work, step)
    try:
        commands.skip_step(work, step)
    except Refused as no:
        say(no)
    else:
        notify(_("The step is left out."))
    return whence(work, work.get(Case, step.case_id), step.goal_id)


@bp.post("/steps/<uuid:step_id>/small-enough")
@allow(Action.STEP_ADD, step=Step)
def keep_size(work: Work, step: Step) -> ResponseReturnValue:
    """Say that a step is small enough for its day: the question is not asked again."""
    step = queries.step_for(work, step)
    try:
        commands.keep_size(work, step)
    except Refused as no:
        say(no)
    return whence(work, work.get(Case, step.case_id), step.goal_id)


@bp.post("/steps/<uuid:step_id>/accept")
@allow(Action.STEP_TICK, step=Step)
def accept_step(work: Work, step: Step) -> ResponseReturnValue:
    """A supporter says they can do their step."""
    step = queries.step_for(work, step)
    try:
        commands.accept_step(work, step)
    except Refused as no:
        say(no)
    else:
        notify(_("Thank you for doing this step."))
    return whence(work, work.get(Case, step.case_id), step.goal_id)
