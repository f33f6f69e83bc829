"""The text of a plan version: what is frozen when it is offered, written as JSON and read back years later.

All that people agree to is in it. Ticks and ratings are not. What of it is material, so that a change asks for a new
version, is told by `FrozenPlan.material` (DOMAIN 2.3).
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from portal.cases.models import Case, ReviewReason
from portal.plans.content import Content
from portal.plans.models import (
    DoerKind,
    Frame,
    Goal,
    Interval,
    ItemKind,
    NeedKind,
    PlanItem,
    ResourceKind,
    ServiceLine,
    Source,
    Step,
    Unit,
)
from portal.plans.models.service import amount_in_words

#: Written into every snapshot, so that a later release knows how to read this one.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class FrozenStep:
    """One step as it was offered."""

    text: str
    doer: str
    doer_id: str
    doer_name: str
    due_on: str
    resource_kind: str
    #: Since format 2: which step this is, and which it took the place of.
    id: str = ""
    replaces: str = ""

    @classmethod
    def of(cls, step: Step, case: Case) -> Self:
        """This step now."""
        name = step.doer_person.name if step.doer_person else step.doer_name
        if step.doer is DoerKind.CLIENT:
            name = case.client.name
        person = str(step.doer_person_id or "")
        return cls(
            step.text, step.doer.value, person, name, _day(step.due_on), step.counted_kind.value, str(step.id),
            str(step.replaces_id or ""),
        )  # fmt: skip

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
    #: Since format 2: which line this is, where the reason comes from, how much, from when to when, who directs it.
    id: str = ""
    reason_source: str = ""
    quantity: int = 0
    unit: str = ""
    interval: str = ""
    started_on: str = ""
    until_on: str = ""
    self_directed: bool = False

    @classmethod
    def of(cls, line: ServiceLine) -> Self:
        """This line now."""
        return cls(
            line.name, line.provider, line.unpaid_relationship, line.frequency, line.reason, line.resource_kind.value,
            str(line.id), line.reason_source or "", line.quantity or 0, line.unit.value if line.unit else "",
            line.interval.value if line.interval else "", _day(line.started_on), _day(line.until_on),
            bool(line.self_directed),
        )  # fmt: skip

    @property
    def kind(self) -> ResourceKind:
        """What kind of help it is."""
        return ResourceKind(self.resource_kind)

    @property
    def counted_in(self) -> Unit | None:
        """What it is counted in."""
        return Unit(self.unit) if self.unit else None

    @property
    def each(self) -> Interval | None:
        """In how much time."""
        return Interval(self.interval) if self.interval else None

    @property
    def amount(self) -> str:
        """How much in how much time, in words; empty when nobody counted."""
        return amount_in_words(self.quantity, self.counted_in, self.each)

    @property
    def begins(self) -> date | None:
        """From when."""
        return _read_day(self.started_on)

    @property
    def ends(self) -> date | None:
        """Until when."""
        return _read_day(self.until_on)


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """Something said in the plan: a need, a risk, what matters, who came."""

    id: str
    kind: str
    words: str
    more: str
    need: str
    source: str

    @classmethod
    def of(cls, item: PlanItem) -> Self:
        """This item now."""
        need = item.need.value if item.need else ""
        return cls(str(item.id), item.kind.value, item.words, item.more, need, item.source.value)

    @property
    def need_kind(self) -> NeedKind | None:
        """Which kind of need."""
        return NeedKind(self.need) if self.need else None

    @property
    def told_by(self) -> Source:
        """Where it comes from."""
        return Source(self.source)


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """The whole text of one version."""

    number: int
    goals: tuple[FrozenGoal, ...]
    services: tuple[FrozenLine, ...]
    items: tuple[FrozenItem, ...] = ()
    frame: Frame = field(default_factory=Frame)
    review_on: str = ""
    review_reason: str = ""

    @classmethod
    def of(cls, content: Content, case: Case, number: int, frame: Frame | None = None) -> Self:
        """The plan now, as version `number`. Private goals and ideas not yet taken up stay out."""
        kept = (goal for goal in content.goals if goal.lifecycle.is_open and not goal.is_private)
        goals = sorted(kept, key=lambda goal: (goal.created_at, goal.id))  # whatever is paused meanwhile
        why = case.review_reason or ReviewReason.TIME
        return cls(
            number,
            tuple(FrozenGoal.of(goal, content.steps_of(goal), case) for goal in goals),
            tuple(FrozenLine.of(line) for line in content.services),
            tuple(FrozenItem.of(item) for item in content.items),
            frame or Frame(),
            _day(case.review_due_on),
            why.value if case.review_due_on else "",
        )

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a snapshot back, of this format or an older one."""
        found: dict[str, Any] = json.loads(text)
        goals = (
            FrozenGoal(**{**goal, "steps": tuple(FrozenStep(**step) for step in goal["steps"])})
            for goal in found["goals"]
        )
        return cls(
            found["number"],
            tuple(goals),
            tuple(FrozenLine(**line) for line in found["services"]),
            tuple(FrozenItem(**item) for item in found.get("items", ())),
            Frame.read(json.dumps(found["frame"]) if "frame" in found else None),
            found.get("review_on", ""),
            found.get("review_reason", ""),
        )

    def text(self) -> str:
        """The snapshot: the same plan always gives the same bytes."""
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, ensure_ascii=False)

    def material(self) -> str:
        """What is material in it: the words of goals, steps and who does them, services, risks and what helps.

        A change of any of these asks for a new version (DOMAIN 2.3). A day, a tick, a rating or a strength does not.
        """
        goals = [
            [goal.id, goal.words, [[step.text, step.doer, step.doer_id or step.doer_name] for step in goal.steps]]
            for goal in self.goals
        ]
        risks = [[item.kind, item.words, item.more] for item in self.items if item.kind in _MATERIAL_ITEMS]
        return json.dumps([goals, [asdict(line) for line in self.services], risks], sort_keys=True, ensure_ascii=False)

    @property
    def part_ids(self) -> set[str]:
        """The ids of its goals and services: parts that can start by themselves."""
        return {goal.id for goal in self.goals} | {line.id for line in self.services}

    def items_of(self, kind: str) -> list[FrozenItem]:
        """What of this kind was said."""
        return [item for item in self.items if item.kind == kind]

    def only(self, goal_ids: set[UUID]) -> Self:
        """The same with these goals alone."""
        return replace(self, goals=tuple(goal for goal in self.goals if UUID(goal.id) in goal_ids))

    def for_supporter(self, person_id: UUID, instead: str) -> Self:
        """The same without the names of other supporters: who else helps is not for them to know (SECURITY D13).

        Why a goal matters stays with the client and staff, as on the goal's own page; so do services, needs, risks and
        who came, which name the people and places round the client.
        """
        return replace(
            self,
            services=(),
            items=(),
            frame=Frame(),
            review_on="",
            review_reason="",
            goals=tuple(
                replace(goal, why_it_matters="", steps=tuple(s.as_seen_by(person_id, instead) for s in goal.steps))
                for goal in self.goals
            ),
        )

    @property
    def review(self) -> date | None:
        """When it is looked at again."""
        return _read_day(self.review_on)

    @property
    def review_why(self) -> ReviewReason | None:
        """Why it is looked at again."""
        return ReviewReason(self.review_reason) if self.review_reason else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to agree to."""
        return not self.goals and not self.services


_MATERIAL_ITEMS = frozenset({ItemKind.RISK.value, ItemKind.BACKUP.value})


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
