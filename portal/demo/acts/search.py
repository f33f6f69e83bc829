"""What clients find in the directory by themselves."""

from dataclasses import dataclass

from portal.demo.hand import Hand
from portal.resources import commands
from portal.resources.models import Wrong


@dataclass(frozen=True, slots=True)
class SavePlace:
    """The client saves a place for later."""

    service: str

    def play(self, hand: Hand) -> None:
        """Save it."""
        commands.save(hand.work, hand.case, hand.memory.services[self.service])


@dataclass(frozen=True, slots=True)
class AskPlace:
    """The client asks staff for a place, in their own words."""

    words: str
    service: str = ""

    def play(self, hand: Hand) -> None:
        """Ask."""
        service_id = hand.memory.services[self.service] if self.service else None
        commands.ask(hand.work, hand.case, service_id=service_id, place=self.service, words=self.words)


@dataclass(frozen=True, slots=True)
class TellWrong:
    """Somebody says that what the directory tells of a place is wrong."""

    service: str
    wrong: Wrong
    words: str = ""

    def play(self, hand: Hand) -> None:
        """Tell it."""
        commands.tell(hand.work, hand.case, hand.memory.services[self.service], wrong=self.wrong, words=self.words)
