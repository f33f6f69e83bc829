"""What is different between two versions of a plan: what was added, changed, taken out. Plain values in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.i18n import _l
from portal.plans.frozen import FrozenGoal, FrozenItem, FrozenLine, FrozenPlan, FrozenStep


class Change(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_OUT = "taken_out"

    @property
    def label(self) -> Any:
        """In plain words."""
        return {
            Change.ADDED: _l("Added"),
            Change.CHANGED: _l("Changed"),
            Change.TAKEN_OUT: _l("Taken out"),
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its tag; the word says it too."""
        return {Change.ADDED: "good", Change.CHANGED: "info", Change.TAKEN_OUT: "warn"}[self]


#: What a part is called.
PARTS: Mapping[str, Any] = {
    "goal": _l("Goal"),
    "why": _l("Why it matters"),
    "summary": _l("Short version"),
    "target": _l("Day to aim for"),
    "step": _l("Small step"),
    "doer": _l("Who does the step"),
    "due": _l("By when"),
    "service": _l("Service or support"),
    "participant": _l("Who came"),
    "preference": _l("What matters"),
    "need": _l("Need"),
    "risk": _l("What could get in the way"),
    "backup": _l("If it does not work"),
    "led_by": _l("Who led the talk"),
    "met_on": _l("The day of the talk"),
    "met_where": _l("Where it was"),
    "language": _l("Language of the plan"),
    "formats": _l("Form of the plan"),
    "monitor_name": _l("Who watches over the plan"),
    "monitor_phone": _l("Their phone"),
    "review_on": _l("Next look at the plan"),
}
#: Parts whose texts are days, for the page to say in the language of its reader.
DAYS = frozenset({"target", "due", "met_on", "review_on"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not as it was: which, what happened, and both texts. `about` is the goal or step it is in."""

    change: Change
    part: str
    before: str = ""
    after: str = ""
    about: str = ""

    @property
    def name(self) -> Any:
        """What the part is called."""
        return PARTS[self.part]

    @property
    def before_day(self) -> date | None:
        """The day it was."""
        return date.fromisoformat(self.before) if self.is_day and self.before else None

    @property
    def after_day(self) -> date | None:
        """The day it is."""
        return date.fromisoformat(self.after) if self.is_day and self.after else None

    @property
    def is_day(self) -> bool:
        """Whether its texts are days."""
        return self.part in DAYS


def differences(before: FrozenPlan, after: FrozenPlan) -> list[Difference]:
    """Everything that is different, in the order of the plan: goals, their steps, services, what was said, facts."""
    return [
        *_goals(before.goals, after.goals),
        *_services(before.services, after.services),
        *_items(before.items, after.items),
        *_frame(before, after),
    ]


def _one(part: str, before: str, after: str, about: str = "") -> Iterable[Difference]:
    if before != after:
        change = Change.CHANGED if before and after else Change.ADDED if after else Change.TAKEN_OUT
        yield Difference(change, part, before, after, about)


def _goals(before: Sequence[FrozenGoal], after: Sequence[FrozenGoal]) -> Iterable[Difference]:
    old = {goal.id: goal for goal in before}
    for goal in after:
        was = old.pop(goal.id, None)
        yield from _one("goal", was.words if was else "", goal.words)
        if was:
            yield from _one("why", was.why_it_matters, goal.why_it_matters, goal.words)
            yield from _one("summary", was.plain_summary, goal.plain_summary, goal.words)
            yield from _one("target", was.target_on, goal.target_on, goal.words)
        yield from _steps(was.steps if was else (), goal.steps, goal.words)
    for goal in old.values():
        yield Difference(Change.TAKEN_OUT, "goal", goal.words)


def _steps(before: Sequence[FrozenStep], after: Sequence[FrozenStep], goal: str) -> Iterable[Difference]:
    left = list(before)
    for step in after:
        was = _same_step(left, step)
        if was is not None:
            left.remove(was)
            yield from _one("doer", was.doer_name, step.doer_name, step.text)
            yield from _one("due", was.due_on, step.due_on, step.text)
        yield from _one("step", was.text if was else "", step.text, goal)
    for step in left:
        yield Difference(Change.TAKEN_OUT, "step", step.text, about=goal)


def _same_step(left: Sequence[FrozenStep], step: FrozenStep) -> FrozenStep | None:
    """The step as it was: the same, the one it took the place of, or (before ids were kept) one of the same words."""
    for was in left:
        if was.id and was.id in {step.id, step.replaces}:
            return was
    return next((was for was in left if was.text == step.text), None)


def line_text(line: FrozenLine) -> str:
    """A service as one text: what, from whom, how often, why."""
    parts = (line.name, line.provider, line.unpaid_relationship, line.frequency, line.amount, line.reason,
             line.reason_source)  # fmt: skip
    return "\n".join(part for part in parts if part)


def _services(before: Sequence[FrozenLine], after: Sequence[FrozenLine]) -> Iterable[Difference]:
    old = {line.id or line.name: line for line in before}
    for line in after:
        was = old.pop(line.id, None) or old.pop(line.name, None)
        if was is None or _comparable(was) != _comparable(line):
            yield Difference(
                Change.CHANGED if was else Change.ADDED, "service", line_text(was) if was else "", line_text(line)
            )
    for line in old.values():
        yield Difference(Change.TAKEN_OUT, "service", line_text(line))


def _comparable(line: FrozenLine) -> tuple[object, ...]:
    return (
        line.name, line.provider, line.unpaid_relationship, line.frequency, line.reason, line.reason_source,
        line.resource_kind, line.quantity, line.unit, line.interval, line.until_on, line.self_directed,
    )  # fmt: skip


def _items(before: Sequence[FrozenItem], after: Sequence[FrozenItem]) -> Iterable[Difference]:
    old = {item.id: item for item in before}
    for item in after:
        was = old.pop(item.id, None)
        yield from _one(item.kind, _said(was) if was else "", _said(item))
    for item in old.values():
        yield Difference(Change.TAKEN_OUT, item.kind, _said(item))


def _said(item: FrozenItem) -> str:
    kind = str(item.need_kind.label) if item.need_kind else ""
    return "\n".join(part for part in (kind, item.words, item.more) if part)


def _frame(before: FrozenPlan, after: FrozenPlan) -> Iterable[Difference]:
    was, now = before.frame, after.frame
    yield from _one("led_by", str(was.leader.label), str(now.leader.label))
    for part in ("met_on", "met_where", "language", "monitor_name", "monitor_phone"):
        yield from _one(part, getattr(was, part), getattr(now, part))
    yield from _one("formats", _forms(before), _forms(after))
    yield from _one("review_on", before.review_on, after.review_on)


def _forms(plan: FrozenPlan) -> str:
    return ", ".join(str(form.label) for form in plan.frame.wanted_forms)
