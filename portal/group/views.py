"""The group's pages for staff, and the client's page of ideas."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.group import commands, queries
from portal.group.consent import name_ok
from portal.group.forms import FollowUpForm, IdeasForm, OfferForm, TurnForm
from portal.group.models import GroupIdea, GroupTurn, IdeaState
from portal.i18n import _
from portal.plans.models import Goal
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work

bp = Blueprint("group", __name__)


@bp.get("/group-supervision")
@allow(Action.CASELOAD_VIEW)
def queue(work: Work) -> ResponseReturnValue:
    """Whose turn it is: the longest since the last one first."""
    return page("group/staff_queue.html", turns=queries.turns(work))


@bp.route("/cases/<uuid:case_id>/group", methods=["GET", "POST"])
@allow(Action.GROUP_HOLD, case=Case)
def prepare(work: Work, case: Case) -> ResponseReturnValue:
    """Choose the goal of a turn, and look back on the turns before."""
    form, goals = TurnForm(), queries.goals_to_talk_about(work, case)
    form.goal.choices = [(str(goal.id), goal.words) for goal in goals]
    if form.validate_on_submit():
        try:
            turn = commands.hold_turn(work, case, work.get(Goal, UUID(form.goal.data)))
        except Refused as no:
            form.refuse(no)
        else:
            return _to_turn(turn)
    facts = {"goals": goals, "turns": queries.latest_turns(work, case), "named": name_ok(work, case)}
    return form_page("group/staff_prepare.html", form, **facts, back=up_to(work, case))


@bp.get("/group-turns/<uuid:turn_id>")
@allow(Action.GROUP_VIEW, turn=GroupTurn)
def turn(work: Work, turn: GroupTurn) -> ResponseReturnValue:
    """One turn: write ideas down, offer some to the client, see what they said."""
    return _turn_page(work, turn, IdeasForm(), OfferForm())


@bp.post("/group-turns/<uuid:turn_id>/ideas")
@allow(Action.GROUP_HOLD, turn=GroupTurn)
def note(work: Work, turn: GroupTurn) -> ResponseReturnValue:
    """Write ideas down."""
    form = IdeasForm()
    if form.validate_on_submit():
        try:
            commands.note_ideas(work, turn, form.lines)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Written down. The client sees an idea when you offer it."))
            return _to_turn(turn)
    return _turn_page(work, turn, form, OfferForm())


@bp.post("/group-turns/<uuid:turn_id>/offer")
@allow(Action.GROUP_HOLD, turn=GroupTurn)
def offer(work: Work, turn: GroupTurn) -> ResponseReturnValue:
    """Offer some of them to the client as options."""
    form = _offering(work, turn, OfferForm())
    if form.validate_on_submit():
        try:
            chosen = [work.get(GroupIdea, UUID(id_)) for id_ in form.ideas.data or ()]
            commands.offer_ideas(work, work.get(Case, turn.case_id), chosen)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("The client can see them now, and takes or leaves them."))
            return _to_turn(turn)
    return _turn_page(work, turn, IdeasForm(), form)


@bp.route("/group-ideas/<uuid:idea_id>/follow-up", methods=["GET", "POST"])
@allow(Action.GROUP_HOLD, idea=GroupIdea)
def follow_up(work: Work, idea: GroupIdea) -> ResponseReturnValue:
    """Write what came of an idea, for the next time the team meets."""
    form = FollowUpForm(data={"came_of": idea.came_of})
    if form.validate_on_submit():
        try:
            commands.follow_up(work, idea, form.came_of.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. The team sees it next time."))
            return _to_turn(work.get(GroupTurn, idea.turn_id))
    back = (_("Back to the ideas"), url_for(".turn", turn_id=idea.turn_id))
    return form_page("group/staff_follow_up.html", form, idea=idea, back=back)


@bp.get("/cases/<uuid:case_id>/ideas")
@allow(Action.IDEA_VIEW, case=Case)
def ideas(work: Work, case: Case) -> ResponseReturnValue:
    """The client's page: ideas of the team to take or to leave, and whether the team may know their name."""
    found = queries.ideas_of(work, case)
    groups = [(state, [idea for idea in found if idea.state is state]) for state in IdeaState]
    facts = {"ideas": dict(groups), "named": name_ok(work, case)}
    return page("group/ideas.html", **facts, states=IdeaState, back=up_to(work, case))


@bp.post("/group-ideas/<uuid:idea_id>/<any(take, leave):answer>")
@allow(Action.IDEA_ANSWER, idea=GroupIdea)
def answer(work: Work, idea: GroupIdea, answer: str) -> ResponseReturnValue:
    """The client takes an idea or leaves it."""
    try:
        commands.answer_idea(work, idea, take=answer == "take")
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(_("It is yours now.") if answer == "take" else _("Fine. You can change your mind."))
    return redirect(url_for(".ideas", case_id=idea.case_id), 303)


@bp.post("/cases/<uuid:case_id>/ideas/name/<any(yes, no):known>")
@allow(Action.IDEA_ANSWER, case=Case)
def name(work: Work, case: Case, known: str) -> ResponseReturnValue:
    """The client says whether the team may know their name."""
    commands.choose_name(work, case, known=known == "yes")
    notify(_("Saved."))
    return redirect(url_for(".ideas", case_id=case.id), 303)


def _to_turn(turn: GroupTurn) -> ResponseReturnValue:
    return redirect(url_for(".turn", turn_id=turn.id), 303)


def _offering(work: Work, turn: GroupTurn, form: OfferForm) -> OfferForm:
    noted = [idea for idea in queries.ideas_in(work, turn) if idea.state is IdeaState.NOTED]
    form.ideas.choices = [(str(idea.id), idea.words) for idea in noted]
    return form


def _turn_page(work: Work, turn: GroupTurn, form: IdeasForm, offering: OfferForm) -> ResponseReturnValue:
    ideas = queries.ideas_in(work, turn)
    noted = [idea for idea in ideas if idea.state is IdeaState.NOTED]
    offering.ideas.choices = [(str(idea.id), idea.words) for idea in noted]
    goal = work.get(Goal, turn.goal_id)
    facts = {"turn": turn, "goal": None if goal.is_private else goal, "ideas": ideas, "noted": noted}
    back = (_("Back to the turns"), url_for(".prepare", case_id=turn.case_id))
    has_errors = form.has_errors or offering.has_errors
    return form_page("group/staff_turn.html", form if not offering.has_errors else offering, ideas_form=form,
                     offering=offering, has_errors=has_errors, **facts, back=back)  # fmt: skip
