"""The text of a plan version: what is frozen when it is offered, written as JSON and read back years later.

What is material (DOMAIN 2.3) is in it: words, services, steps and who does them. Ticks and ratings are not.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from portal.cases.models import Case
from portal.plans.content import Content
from portal.plans.models import DoerKind, Goal, ResourceKind, ServiceLine, Step

#: Written into every snapshot, so that a later release knows how to read this one.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class FrozenStep:
    """One step as it was offered."""

    text: str
    doer: str
    doer_id: str
    doer_name: str
    due_on: str
    resource_kind: str

    @classmethod
    def of(cls, step: Step, case: Case) -> Self:
        """This step now."""
        name = step.doer_person.name if step.doer_person else step.doer_name
        if step.doer is DoerKind.CLIENT:
            name = case.client.name
        person = str(step.doer_person_id or "")
        return cls(step.text, step.doer.value, person, name, _day(step.due_on), step.counted_kind.value)

    def as_seen_by(self, person_id: UUID, instead: str) -> Self:
        """The same with another supporter's name left out."""
        hidden = self.doer == DoerKind.SUPPORTER.value and self.doer_id != str(person_id)
        return replace(self, doer_name=instead) if hidden else self

    @property
    def due(self) -> date | None:
        """Its day."""
        return date.fromisoformat(self.due_on) if self.due_on else None

    @property
    def is_clients(self) -> bool:
        """Whether the client does it."""
        return self.doer == DoerKind.CLIENT.value


@dataclass(frozen=True, slots=True)
class FrozenGoal:
    """One goal as it was offered."""

    id: str
    words: str
    why_it_matters: str
    plain_summary: str
    area: str
    target_on: str
    steps: tuple[FrozenStep, ...]

    @classmethod
    def of(cls, goal: Goal, steps: list[Step], case: Case) -> Self:
        """This goal now, with its steps."""
        return cls(
            str(goal.id), goal.words, goal.why_it_matters, goal.plain_summary, goal.area, _day(goal.target_on),
            tuple(FrozenStep.of(step, case) for step in steps if step.state.counts),
        )  # fmt: skip

    @property
    def target(self) -> date | None:
        """The day the client aims for."""
        return date.fromisoformat(self.target_on) if self.target_on else None


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One service or support as it was offered."""

    name: str
    provider: str
    unpaid_relationship: str
    frequency: str
    reason: str
    resource_kind: str

    @classmethod
    def of(cls, line: ServiceLine) -> Self:
        """This line now."""
        return cls(
            line.name, line.provider, line.unpaid_relationship, line.frequency, line.reason, line.resource_kind.value
        )

    @property
    def kind(self) -> ResourceKind:
        """What kind of help it is."""
        return ResourceKind(self.resource_kind)


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """The whole text of one version."""

    number: int
    goals: tuple[FrozenGoal, ...]
    services: tuple[FrozenLine, ...]

    @classmethod
    def of(cls, content: Content, case: Case, number: int) -> Self:
        """The plan now, as version `number`. Private goals and ideas not yet taken up stay out."""
        kept = (goal for goal in content.goals if goal.lifecycle.is_open and not goal.is_private)
        goals = sorted(kept, key=lambda goal: (goal.created_at, goal.id))  # whatever is paused meanwhile
        return cls(
            number,
            tuple(FrozenGoal.of(goal, content.steps_of(goal), case) for goal in goals),
            tuple(FrozenLine.of(line) for line in content.services),
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a snapshot back."""
        found: dict[str, Any] = json.loads(text)
        goals = (
            FrozenGoal(**{**goal, "steps": tuple(FrozenStep(**step) for step in goal["steps"])})
            for goal in found["goals"]
        )
        return cls(found["number"], tuple(goals), tuple(FrozenLine(**line) for line in found["services"]))

    def text(self) -> str:
        """The snapshot: the same plan always gives the same bytes."""
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, ensure_ascii=False)

    def only(self, goal_ids: set[UUID]) -> Self:
        """The same with these goals alone."""
        return replace(self, goals=tuple(goal for goal in self.goals if UUID(goal.id) in goal_ids))

    def for_supporter(self, person_id: UUID, instead: str) -> Self:
        """The same without the names of other supporters: who else helps is not for them to know (SECURITY D13).

        Why a goal matters stays with the client and staff, as on the goal's own page; so do services, which name the
        people and places round the client.
        """
        return replace(
            self,
            services=(),
            goals=tuple(
                replace(goal, why_it_matters="", steps=tuple(s.as_seen_by(person_id, instead) for s in goal.steps))
                for goal in self.goals
            ),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to agree to."""
        return not self.goals and not self.services


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
