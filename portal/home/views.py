"""Pages of home: where each kind of person begins, the client's first page, and what needs two features at once."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.home import commands, forms, front, queries, supporter_views
from portal.home.bp import bp
from portal.i18n import _
from portal.plans.models import Goal
from portal.plans.queries import goal_lines
from portal.roles import AccountKind, Post
from portal.strengths import commands as strength_commands
from portal.strengths import queries as strength_queries
from portal.strengths.forms import QuickWishForm
from portal.strengths.models import Priority, StrengthEntry
from portal.web.gate import allow, public
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work

#: The supporters' pages register themselves on the same blueprint.
__all__ = ["bp", "supporter_views"]


@bp.get("/")
@public("it only says what this is and where to sign in; whoever is signed in goes on to their own first page")
def start(work: Work) -> ResponseReturnValue:
    """Where each kind of person begins."""
    if not work.actor.is_signed_in:
        return page("home/welcome.html")
    if work.actor.kind is not AccountKind.CLIENT:
        return redirect(url_for(_first_page(work)), 303)
    cases = queries.own_cases(work)
    if len(cases) == 1:
        return redirect(url_for("home.show", case_id=cases[0].id), 303)
    return page("home/choose.html", cases=cases)


@bp.get("/cases/<uuid:case_id>/")
@allow(Action.HOME_VIEW, case=Case)
def show(work: Work, case: Case) -> ResponseReturnValue:
    """The client's first page."""
    return page("home/show.html", front=front.front(work, case), ways=front.WAYS, want_form=QuickWishForm())


@bp.post("/priorities/<uuid:priority_id>/promote")
@allow(Action.GOAL_WRITE, priority=Priority)
def promote(work: Work, priority: Priority) -> ResponseReturnValue:
    """The client makes a goal of something that matters most."""
    try:
        goal = commands.promote(work, priority)
    except Refused as no:
        notify(str(no.says), "warn")
        return redirect(url_for("strengths.top", case_id=priority.case_id), 303)
    notify(_("It is one of your goals now, in your own words."))
    return redirect(url_for("plans.goal", goal_id=goal.id), 303)


@bp.route("/strengths/<uuid:entry_id>/goals", methods=["GET", "POST"])
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def strength_goals(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """Which goals one strength helps with."""
    goals = [(line.id, line.words) for line in goal_lines(work, work.get(Case, entry.case_id))]
    form = forms.GoalsForm(goals=[str(id_) for id_ in strength_queries.goals_of(work, entry)])
    form.offer(goals)
    if form.validate_on_submit():
        offered = [id_ for id_, _words in goals]
        strength_commands.link_goals(work, entry, commands.chosen(form.goals.data or [], offered), offered)
        notify(_("Saved."))
        return redirect(url_for("strengths.entry", entry_id=entry.id), 303)
    return form_page("home/strength_goals.html", form, entry=entry, goals=goals)


@bp.route("/goals/<uuid:goal_id>/strengths", methods=["GET", "POST"])
@allow(Action.GOAL_WRITE, goal=Goal)
def goal_strengths(work: Work, goal: Goal) -> ResponseReturnValue:
    """Which strengths help with one goal."""
    case = work.get(Case, goal.case_id)
    offered = strength_queries.on_sheet(work, case)
    form = forms.StrengthsForm(strengths=[str(id_) for id_ in strength_queries.strengths_of(work, goal.id)])
    form.offer(offered)
    if form.validate_on_submit():
        ids = [id_ for id_, _words in offered]
        chosen = commands.chosen(form.strengths.data or [], ids)
        strength_commands.link_strengths(work, case, goal.id, chosen, ids)
        notify(_("Saved."))
        return redirect(url_for("plans.goal", goal_id=goal.id), 303)
    return form_page("home/goal_strengths.html", form, goal=goal, offered=offered)


def _first_page(work: Work) -> str:
    """The endpoint at which staff or a supporter begin."""
    if work.actor.kind is AccountKind.SUPPORTER:
        return "home.supporting"
    if work.allows(Action.SUPERVISION_VIEW) and not work.actor.holds(Post.CASE_MANAGER):
        return "supervision.overview"  # they have no caseload of their own
    if work.allows(Action.CASELOAD_VIEW):
        return "staff.caseload"
    return "admin.people" if work.allows(Action.STAFF_MANAGE) else "accounts.account"
