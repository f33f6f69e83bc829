"""The strengths sheet: what is wanted, there now, or worked before; and what matters most."""

from dataclasses import dataclass

from portal.demo.hand import Hand
from portal.plans.models import Goal
from portal.strengths import commands, life_commands
from portal.strengths.models import ResourceKind, StrengthEntry, StrengthKind, Tense


@dataclass(frozen=True, slots=True)
class AddStrength:
    """The client puts something on their sheet."""

    tense: Tense
    area: str
    words: str
    kind: StrengthKind | None = None
    place: ResourceKind | None = None
    shared: bool = False
    key: str = ""

    def play(self, hand: Hand) -> None:
        """Add it, and keep it by its key."""
        entry = commands.add(
            hand.work,
            hand.case,
            words=self.words,
            tense=self.tense,
            area=self.area,
            kind=self.kind,
            resource_kind=self.place,
            shared=self.shared,
        )
        hand.keep(self.key, entry.id)


@dataclass(frozen=True, slots=True)
class SuggestStrength:
    """Staff or a helper suggest something; the client decides."""

    key: str
    tense: Tense
    area: str
    words: str
    kind: StrengthKind | None = None

    def play(self, hand: Hand) -> None:
        """Suggest it, and keep it by its key."""
        entry = commands.suggest(
            hand.work, hand.case, words=self.words, tense=self.tense, area=self.area, kind=self.kind
        )
        hand.keep(self.key, entry.id)


@dataclass(frozen=True, slots=True)
class AcceptStrength:
    """The client takes a suggestion."""

    key: str

    def play(self, hand: Hand) -> None:
        """Take it."""
        commands.accept(hand.work, hand.row(StrengthEntry, self.key))


@dataclass(frozen=True, slots=True)
class SetAside:
    """The client says "not this"."""

    key: str

    def play(self, hand: Hand) -> None:
        """Set it aside."""
        commands.set_aside(hand.work, hand.row(StrengthEntry, self.key))


@dataclass(frozen=True, slots=True)
class ShareStrength:
    """The client lets helpers see an entry."""

    key: str

    def play(self, hand: Hand) -> None:
        """Share it."""
        commands.share(hand.work, hand.row(StrengthEntry, self.key), True)


@dataclass(frozen=True, slots=True)
class Matters:
    """The client puts something on the short list of what matters most; `goal` is the goal it became."""

    words: str
    area: str = ""
    goal: str = ""

    def play(self, hand: Hand) -> None:
        """Put it on the list."""
        priority = commands.add_priority(hand.work, hand.case, words=self.words, area=self.area)
        if self.goal:
            commands.priority_became(hand.work, priority, hand.row(Goal, self.goal).id)


@dataclass(frozen=True, slots=True)
class HelpsWith:
    """The client says that a strength helps with a goal."""

    strength: str
    goal: str

    def play(self, hand: Hand) -> None:
        """Link the two."""
        entry = hand.row(StrengthEntry, self.strength)
        goal_id = hand.row(Goal, self.goal).id
        commands.link_goals(hand.work, entry, [goal_id], [])


@dataclass(frozen=True, slots=True)
class RateLife:
    """The client says how a part of life is, and how they would like it."""

    area: str
    now: int
    want: int
    why: str = ""
    what_helps: str = ""

    def play(self, hand: Hand) -> None:
        """Say it."""
        life_commands.rate_area(
            hand.work, hand.case, self.area, now=self.now, want=self.want, why=self.why, what_helps=self.what_helps
        )
