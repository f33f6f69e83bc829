"""The team talks about a goal; its ideas are offered, taken and followed up."""

from dataclasses import dataclass

from portal.demo.hand import Hand
from portal.group import commands
from portal.group.models import GroupIdea
from portal.plans.models import Goal


@dataclass(frozen=True, slots=True)
class TeamTalk:
    """Staff hold a turn about a goal, note the ideas (by key) and offer those named in `offered`."""

    goal: str
    ideas: tuple[tuple[str, str], ...]
    offered: tuple[str, ...] = ()

    def play(self, hand: Hand) -> None:
        """Hold it."""
        turn = commands.hold_turn(hand.work, hand.case, hand.row(Goal, self.goal))
        noted = commands.note_ideas(hand.work, turn, [words for _key, words in self.ideas])
        for (key, _words), idea in zip(self.ideas, noted, strict=True):
            hand.keep(key, idea.id)
        if self.offered:
            chosen = [hand.row(GroupIdea, key) for key in self.offered]
            commands.offer_ideas(hand.work, hand.case, chosen)


@dataclass(frozen=True, slots=True)
class TakeIdea:
    """The client takes an idea of the team, or leaves it."""

    key: str
    take: bool = True

    def play(self, hand: Hand) -> None:
        """Answer."""
        commands.answer_idea(hand.work, hand.row(GroupIdea, self.key), take=self.take)


@dataclass(frozen=True, slots=True)
class CameOf:
    """Staff write what came of an idea."""

    key: str
    words: str

    def play(self, hand: Hand) -> None:
        """Write it."""
        commands.follow_up(hand.work, hand.row(GroupIdea, self.key), self.words)
