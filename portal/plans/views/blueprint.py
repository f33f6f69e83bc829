"""The blueprint that every page of plans hangs on, and the ways back from them."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases.models import Case
from portal.i18n import _
from portal.plans.models import Goal, PlanVersion
from portal.roles import AccountKind
from portal.web.navigation import up_to
from portal.web.render import notify
from portal.work import Refused, Work

bp = Blueprint("plans", __name__)


def case_of(work: Work, goal: Goal) -> Case:
    """The case a goal belongs to; the gate has loaded it."""
    return work.get(Case, goal.case_id)


def to_goal(goal: Goal) -> ResponseReturnValue:
    """Go to the page of this goal."""
    return redirect(url_for("plans.goal", goal_id=goal.id), 303)


def to_plan(case: Case) -> ResponseReturnValue:
    """Go to the plan."""
    return redirect(url_for("plans.plan", case_id=case.id), 303)


def back_to_goal(goal: Goal) -> tuple[str, str]:
    """One step up from a form about a goal. The goal's words stay out of it: `back` is chrome, not content."""
    return _("Back to the goal"), url_for("plans.goal", goal_id=goal.id)


def back_to_plan(case: Case) -> tuple[str, str]:
    """One step up from a page about the plan."""
    return _("Back to the plan"), url_for("plans.plan", case_id=case.id)


def back_to_goals(work: Work, case: Case) -> tuple[str, str]:
    """One step up from a goal."""
    label = _("My goals") if work.actor.kind is AccountKind.CLIENT else _("Goals")
    return label, url_for("plans.goals", case_id=case.id)


def whence(work: Work, case: Case, goal_id: object) -> ResponseReturnValue:
    """Back to the page a button stood on, as the button's form says: "plan", "home" or the goal."""
    place = request.form.get("to", "")
    if place == "home" or work.actor.kind is AccountKind.SUPPORTER:
        return redirect(up_to(work, case)[1], 303)
    if place == "plan":
        return to_plan(case)
    return redirect(url_for("plans.goal", goal_id=goal_id), 303)


def say(refusal: Refused) -> None:
    """A refusal of a single button, at the top of the next page."""
    notify(str(refusal.says), "warn")


def to_version(version: PlanVersion) -> ResponseReturnValue:
    """Go to the page of this version."""
    return redirect(url_for("plans.version", version_id=version.id), 303)


def back_to_version(version: PlanVersion) -> tuple[str, str]:
    """One step up from a page about one version."""
    return _("Back to this version"), url_for("plans.version", version_id=version.id)
