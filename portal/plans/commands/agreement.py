"""Marking whose goal it is, and suggesting goals and words. What is suggested stands beside the client's own words."""

from uuid import uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.outbox.notices import Notice
from portal.plans.commands.goals import new_goal, reword
from portal.plans.commands.whose import own_case, side_of
from portal.plans.models import (
    Goal,
    GoalMark,
    GoalSuggestion,
    Lifecycle,
    Mark,
    NotFromHere,
    Owner,
    RatedBy,
    differ,
)
from portal.work import NotFound, Work


def mark_goal(work: Work, goal: Goal, mark: Mark) -> None:
    """The client or staff say whose goal it is. Where the two see it differently, the other side is told.

    Raises:
        NotAllowed, NotFound: it is not for the actor to say, or not theirs to know.
        NotFromHere: it is an idea that waits for a yes, or has ended.
    """
    work.require(Action.GOAL_MARK, goal)
    side = side_of(work, goal, Action.GOAL_MARK)
    if not goal.lifecycle.is_open:
        raise NotFromHere
    before = _marks(work, goal)
    if before.get(side) is mark:
        return
    work.session.add(
        GoalMark(
            case_id=goal.case_id, goal_id=goal.id, side=side, by_id=work.actor.id, mark=mark, marked_at=work.now
        )
    )  # fmt: skip
    work.record(Event.GOAL_MARKED, goal, by=side.value, mark=mark.value)
    if differ((before | {side: mark}).values()) and not goal.is_private:
        _tell(work, goal, side)


def _marks(work: Work, goal: Goal) -> dict[RatedBy, Mark]:
    wanted = select(GoalMark.side, GoalMark.mark).where(GoalMark.goal_id == goal.id)
    rows = work.session.execute(wanted.order_by(GoalMark.marked_at, GoalMark.id))
    return {row.side: row.mark for row in rows}


def _tell(work: Work, goal: Goal, side: RatedBy) -> None:
    case = work.get(Case, goal.case_id)
    if side is RatedBy.CLIENT:
        work.ask(case, ReviewKind.GOAL, goal)
    else:
        work.send(Notice.SOMETHING_NEW, to=case.client_id)


def suggest_goal(work: Work, case: Case, words: str) -> GoalSuggestion:
    """Staff or a supporter suggest a goal. It waits for the client's yes as a draft; the suggestion keeps these words.

    Raises:
        NotAllowed: the actor may not suggest here.
        WordsMissing: it has no words.
    """
    work.require(Action.GOAL_SUGGEST, case)
    standing = work.standing(case)
    assert standing is not None, "whoever may suggest stands in the case"
    side = RatedBy.of(standing.role)
    owner = Owner.SUPPORTER_PROPOSED if side is RatedBy.SUPPORTER else Owner.WORKER_PROPOSED
    goal = new_goal(work, case, words, {}, owner=owner, state=Lifecycle.DRAFT)
    return _suggest(work, case, goal, words, side, began_it=True)


def suggest_wording(work: Work, goal: Goal, words: str) -> GoalSuggestion:
    """Staff or a supporter suggest other words for a goal. The client's own stay until the client takes them.

    Raises:
        NotAllowed, NotFound: the actor may not suggest here, or not know of the goal.
        NotFromHere: the goal is an idea that nobody took up, or has ended.
        WordsMissing: there are none.
    """
    work.require(Action.GOAL_SUGGEST, goal)
    side = side_of(work, goal, Action.GOAL_SUGGEST)
    if not goal.lifecycle.is_open:
        raise NotFromHere
    return _suggest(work, work.get(Case, goal.case_id), goal, words, side, began_it=False)


def _suggest(work: Work, case: Case, goal: Goal, words: str, side: RatedBy, *, began_it: bool) -> GoalSuggestion:
    made = GoalSuggestion(
        id=uuid4(), case_id=case.id, goal_id=goal.id, began_it=began_it, words=words, by_id=work.actor.id, side=side,
        suggested_at=work.now,
    )  # fmt: skip
    work.session.add(made)
    work.record(Event.GOAL_SUGGESTED, goal, by=side.value, new=began_it)
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return made


def answer_wording(work: Work, suggestion: GoalSuggestion, *, take: bool) -> None:
    """The client takes the words that were suggested, or keeps their own. Both stay readable.

    Raises:
        NotAllowed: somebody else tried.
        NotFound: it is a whole goal that was suggested: that is answered as a goal.
        AnsweredBefore: the client said so before.
    """
    goal = work.get(Goal, suggestion.goal_id)
    own_case(work, goal)
    if suggestion.began_it:
        raise NotFound(GoalSuggestion.__name__)
    suggestion.decide(take=take, at=work.now)
    if take:
        reword(work, goal, suggestion.words)
        work.record(Event.GOAL_CHANGED, goal, reworded=True, visibility=goal.visibility.value)
    work.record(Event.SUGGESTION_TAKEN if take else Event.SUGGESTION_LEFT, goal)
