"""Who may touch a goal, asked by the commands themselves: a second lock behind the policy's."""

from portal.access.actions import Action
from portal.cases.models import Case
from portal.plans.models import Goal, RatedBy
from portal.work import NotAllowed, NotFound, Work


def own_case(work: Work, goal: Goal) -> Case:
    """The case of a goal, for its client alone.

    Raises:
        NotAllowed: somebody else asks.
    """
    case = work.get(Case, goal.case_id)
    clients_own(work, case)
    return case


def clients_own(work: Work, case: Case) -> None:
    """Go on only as the client: a command called from anywhere obeys it.

    Raises:
        NotAllowed: somebody else asks.
    """
    if work.actor.person_id != case.client_id:
        raise NotAllowed(Action.GOAL_WRITE, case.id)


def not_private(goal: Goal) -> None:
    """Go on only with a goal that others may know of.

    Raises:
        NotFound: it is private.
    """
    if goal.is_private:
        raise NotFound("Goal")


def side_of(work: Work, goal: Goal, action: Action) -> RatedBy:
    """From which side the actor speaks about a goal.

    Raises:
        NotAllowed: they do not stand in its case.
        NotFound: it is private, and they are not its client.
    """
    standing = work.standing(goal)
    if standing is None:
        raise NotAllowed(action, goal.case_id)
    side = RatedBy.of(standing.role)
    if side is not RatedBy.CLIENT:
        not_private(goal)
    return side
