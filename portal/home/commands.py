"""What a client does that touches two features at once."""

from collections.abc import Collection
from uuid import UUID

from portal.cases.models import Case
from portal.plans import commands as plans
from portal.plans.models import Goal
from portal.strengths import commands as strengths
from portal.strengths.models import Priority
from portal.work import Work


def promote(work: Work, priority: Priority) -> Goal:
    """The client makes a goal of something that matters most, with the same words.

    Raises:
        AlreadyGoal: they made one of it before.
    """
    priority.expect_no_goal()
    case = work.get(Case, priority.case_id)
    goal = plans.write_goal(work, case, words=priority.words, area=priority.area)
    work.session.flush()  # the priority points at the goal
    strengths.priority_became(work, priority, goal.id)
    return goal


def chosen(ids: Collection[str], offered: Collection[UUID]) -> list[UUID]:
    """Those of the offered ids that were chosen on a form."""
    return [id_ for id_ in offered if str(id_) in ids]
