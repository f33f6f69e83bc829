"""What a supporter sees of goals and steps. Their scope hides the rest: the counts here are of what they may see."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.actions import Action
from portal.cases.models import Case
from portal.plans.models import Cheer, Goal, Lifecycle, Step
from portal.plans.queries.rows import StepRow, step_rows
from portal.work import Work


@dataclass(frozen=True, slots=True)
class SharedGoal:
    """A goal the client shares, and whether this supporter cheered today."""

    id: UUID
    words: str
    lifecycle: Lifecycle
    may_cheer: bool
    cheered_today: bool


@dataclass(frozen=True, slots=True)
class Supporting:
    """One supporter's goals and steps in one case."""

    goals: list[SharedGoal]
    steps: list[StepRow]

    @property
    def open_steps(self) -> list[StepRow]:
        """Their steps still to do."""
        return [row for row in self.steps if row.step.state.is_open]


def goals_for_supporter(work: Work, case: Case) -> Supporting:
    """The goals shared with this supporter and their own steps, in three queries."""
    states = (Lifecycle.ACTIVE, Lifecycle.PAUSED, Lifecycle.REACHED)
    goals = (
        select(Goal.id, Goal.words, Goal.lifecycle)
        .where(Goal.case_id == case.id, Goal.lifecycle.in_(states))
        .order_by(Goal.created_at, Goal.id)
    )
    own = (
        select(Step)
        .where(Step.case_id == case.id, Step.doer_person_id == work.actor.id)
        .options(joinedload(Step.doer_person))
        .order_by(Step.due_on.is_(None), Step.due_on, Step.created_at, Step.id)
    )
    today = select(Cheer.goal_id).where(
        Cheer.case_id == case.id, Cheer.person_id == work.actor.id, Cheer.cheered_on == work.today
    )
    cheered = set(work.session.scalars(today))
    may = work.allows(Action.CHEER, case) and work.allows(Action.GOAL_VIEW, case)
    return Supporting(
        goals=[
            SharedGoal(id_, words, state, may and id_ not in cheered, id_ in cheered)
            for id_, words, state in work.session.execute(goals)
        ],
        steps=[row for row in step_rows(work, case, work.session.scalars(own)) if row.step.state.counts],
    )
