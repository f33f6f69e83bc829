"""Goals, their ladders and their small steps."""

from dataclasses import dataclass, field

from portal.demo.hand import Hand
from portal.plans import commands
from portal.plans.commands import GoalParts
from portal.plans.models import (
    Doer,
    DoerKind,
    Goal,
    Lifecycle,
    Link,
    LinkKind,
    Mark,
    Progress,
    ResourceKind,
    Step,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class WriteGoal:
    """The client writes a goal in their own words. `target` is in days from the day of seeding."""

    key: str
    words: str
    why: str = ""
    area: str = ""
    importance: int | None = None
    confidence: int | None = None
    barriers: str = ""
    target: int | None = None
    seen_by: Visibility = Visibility.WORKER

    def play(self, hand: Hand) -> None:
        """Write it, and keep it by its key."""
        goal = commands.write_goal(hand.work, hand.case, words=self.words, **self.parts(hand))
        hand.keep(self.key, goal.id)

    def parts(self, hand: Hand) -> GoalParts:
        """Everything but the words."""
        return GoalParts(
            why_it_matters=self.why,
            barriers=self.barriers,
            importance=self.importance,
            confidence=self.confidence,
            area=self.area,
            target_on=None if self.target is None else hand.memory.on(self.target),
            visibility=self.seen_by,
        )


@dataclass(frozen=True, slots=True)
class AddGoal:
    """Staff put a goal on the plan: one the client told them, or an idea of their own."""

    key: str
    words: str
    area: str = ""
    why: str = ""
    idea: bool = False

    def play(self, hand: Hand) -> None:
        """Add it, and keep it by its key."""
        parts = GoalParts(area=self.area, why_it_matters=self.why)
        goal = commands.add_goal(hand.work, hand.case, words=self.words, proposed=self.idea, **parts)
        hand.keep(self.key, goal.id)


@dataclass(frozen=True, slots=True)
class ChangeGoal:
    """The client finds better words."""

    key: str
    words: str

    def play(self, hand: Hand) -> None:
        """Change the words; the old ones stay."""
        commands.change_goal(hand.work, hand.row(Goal, self.key), words=self.words)


@dataclass(frozen=True, slots=True)
class MoveGoal:
    """The client pauses a goal, reaches it, or lets it go."""

    key: str
    to: Lifecycle
    because: str = ""

    def play(self, hand: Hand) -> None:
        """Move it."""
        commands.move_goal(hand.work, hand.row(Goal, self.key), self.to, self.because)


@dataclass(frozen=True, slots=True)
class Summarise:
    """Staff write a short version under the client's words."""

    key: str
    text: str

    def play(self, hand: Hand) -> None:
        """Write it."""
        commands.summarise_goal(hand.work, hand.row(Goal, self.key), self.text)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The client's five rungs, from "worse than now" up."""

    key: str
    worse: str
    now: str
    hoped: str
    better: str = ""
    best: str = ""

    def play(self, hand: Hand) -> None:
        """Write them."""
        rungs = {-2: self.worse, -1: self.now, 0: self.hoped, 1: self.better, 2: self.best}
        commands.write_ladder(hand.work, hand.row(Goal, self.key), rungs)


@dataclass(frozen=True, slots=True)
class RateGoal:
    """Somebody says how a goal is going."""

    key: str
    progress: Progress | None = None
    rung: int | None = None

    def play(self, hand: Hand) -> None:
        """Say it."""
        commands.rate_goal(hand.work, hand.row(Goal, self.key), progress=self.progress, rung=self.rung)


@dataclass(frozen=True, slots=True)
class AddStep:
    """A small step. `doer` is "client", somebody of the cast, or any other name; `due` in days from today."""

    goal: str
    text: str
    doer: str = "client"
    due: int | None = None
    key: str = ""
    place: ResourceKind = ResourceKind.NONE
    referral: str = ""
    staff: bool = field(default=False)
    strength: str = ""

    def play(self, hand: Hand) -> None:
        """Add it, and keep it by its key."""
        step = commands.add_step(
            hand.work,
            hand.row(Goal, self.goal),
            text=self.text,
            doer=self._doer(hand),
            due_on=None if self.due is None else hand.memory.on(self.due),
            resource_kind=self.place,
            link=self._link(hand),
        )
        hand.keep(self.key, step.id)

    def _link(self, hand: Hand) -> Link | None:
        if self.strength:
            return Link(LinkKind.STRENGTH, hand.id_of(self.strength))
        return Link(LinkKind.REFERRAL, hand.id_of(self.referral)) if self.referral else None

    def _doer(self, hand: Hand) -> Doer:
        if self.doer == "client":
            return Doer(DoerKind.CLIENT)
        person_id = hand.memory.people.get(self.doer)
        if person_id is None:
            return Doer(DoerKind.OTHER, name=self.doer)
        return Doer(DoerKind.STAFF if self.staff else DoerKind.SUPPORTER, person_id)


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody marks steps done."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        object.__setattr__(self, "keys", keys)

    def play(self, hand: Hand) -> None:
        """Tick each."""
        for key in self.keys:
            commands.tick_step(hand.work, hand.row(Step, key))


@dataclass(frozen=True, slots=True)
class Cheer:
    """A helper cheers the client on."""

    goal: str

    def play(self, hand: Hand) -> None:
        """Cheer."""
        commands.cheer(hand.work, hand.row(Goal, self.goal))


@dataclass(frozen=True, slots=True)
class MarkGoal:
    """The client or staff say whose goal it is."""

    key: str
    mark: Mark

    def play(self, hand: Hand) -> None:
        """Say it."""
        commands.mark_goal(hand.work, hand.row(Goal, self.key), self.mark)


@dataclass(frozen=True, slots=True)
class SuggestGoal:
    """Staff or a helper suggest a goal, or other words for the goal named here."""

    words: str
    goal: str = ""

    def play(self, hand: Hand) -> None:
        """Suggest it."""
        if self.goal:
            commands.suggest_wording(hand.work, hand.row(Goal, self.goal), self.words)
        else:
            commands.suggest_goal(hand.work, hand.case, self.words)
