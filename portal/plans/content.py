"""What the plan of one case holds now: goals, steps, services and what was said, in four queries whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case
from portal.plans.models import Goal, Lifecycle, PlanItem, ServiceLine, Step, Visibility
from portal.work import Work

#: Goals on the plan page: what is going on, what rests, what is proposed.
ON_PLAN = (Lifecycle.ACTIVE, Lifecycle.PAUSED, Lifecycle.DRAFT)


@dataclass(frozen=True, slots=True)
class Content:
    """Goals with their steps, services, and what was said in it: needs, risks, who came."""

    goals: Sequence[Goal]
    steps: dict[UUID, list[Step]]
    services: Sequence[ServiceLine] = field(default=())
    items: Sequence[PlanItem] = field(default=())

    def steps_of(self, goal: Goal) -> list[Step]:
        """The steps of one goal, oldest first."""
        return self.steps.get(goal.id, [])


def is_client(work: Work, case: Case) -> bool:
    """Whether the person asking is the client of this case."""
    return work.actor.person_id == case.client_id


def shown_goals(*, own: bool) -> Select[Goal]:
    """The goals of `case` that a reader may read at all: a private goal is for its client's eyes only.

    Args:
        own: whether the reader is that client, see `is_client`.
    """
    wanted = select(Goal).where(Goal.case_id == bindparam("case"))
    return wanted if own else wanted.where(Goal.visibility != Visibility.PRIVATE)


def goals_on_plan(work: Work, case: Case) -> Sequence[Goal]:
    """The goals of the plan page, going on first, then resting, then proposed; each oldest first."""
    found = work.session.scalars(_on_plan(own=is_client(work, case)), {"case": case.id})
    return sorted(found, key=lambda goal: ON_PLAN.index(goal.lifecycle))


@cache
def _on_plan(*, own: bool) -> Select[Goal]:
    """Built once: making a statement costs as much as running it."""
    return shown_goals(own=own).where(Goal.lifecycle.in_(ON_PLAN)).order_by(Goal.created_at, Goal.id)


def steps_for(work: Work, goal_ids: Sequence[UUID]) -> dict[UUID, list[Step]]:
    """The steps of these goals, oldest first, with the people who do them."""
    found: dict[UUID, list[Step]] = {}
    rows = work.session.scalars(_steps(), {"goals": goal_ids})
    # Steps written in one go have one time: then the one that is due first comes first.
    for step in sorted(rows, key=lambda step: (step.created_at, step.due_on or date.max)):
        found.setdefault(step.goal_id, []).append(step)
    return found


@cache
def _steps() -> Select[Step]:
    return (
        select(Step)
        .where(Step.goal_id.in_(bindparam("goals", expanding=True)))
        .options(joinedload(Step.doer_person))
        .order_by(Step.created_at, Step.id)
    )


_SERVICES = (
    select(ServiceLine)
    .where(ServiceLine.case_id == bindparam("case"), ServiceLine.ended_on.is_(None))
    .order_by(ServiceLine.created_at, ServiceLine.id)
)


def services_on(work: Work, case: Case) -> Sequence[ServiceLine]:
    """The services and supports on the plan today, oldest first."""
    return work.session.scalars(_SERVICES, {"case": case.id}).all()


_ITEMS = (
    select(PlanItem)
    .where(PlanItem.case_id == bindparam("case"), PlanItem.taken_out_on.is_(None))
    .order_by(PlanItem.created_at, PlanItem.id)
)


def items_on(work: Work, case: Case) -> Sequence[PlanItem]:
    """What was said in the plan and stands: needs, risks, what matters, who came. Oldest first."""
    return work.session.scalars(_ITEMS, {"case": case.id}).all()


def content_of(work: Work, case: Case) -> Content:
    """The whole plan as this reader may see it."""
    goals = goals_on_plan(work, case)
    steps = steps_for(work, [goal.id for goal in goals])
    return Content(goals, steps, services_on(work, case), items_on(work, case))
