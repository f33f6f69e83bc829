"""What happens in a client's case so far: who does what, and when. Values only; the seeding plays them."""

from dataclasses import dataclass
from typing import Any, Protocol

from portal.demo.hand import Hand
from portal.demo.people import Contact, Supporter

#: Who acts in a scene when it is the client.
CLIENT = "client"


class Act(Protocol):
    """One thing somebody does: it calls the command that a page would call."""

    def play(self, hand: Hand) -> None:
        """Do it."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """What one person does in one go.

    `ago` counts days back from the day of seeding; `at` is the time of that day, or, as a number, minutes before now.
    """

    ago: int
    at: str | int
    who: str
    acts: tuple[Act, ...]


def scene(ago: int, at: str | int, who: str, *acts: Act) -> Scene:
    """A scene, written as it is read: when, who, and what they do."""
    return Scene(ago, at, who, acts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client: who they are, how the work with them is set up, and everything that happened so far."""

    key: str
    name: str
    profile: str
    worker: str
    #: How many days ago the case was opened.
    opened: int
    scenes: tuple[Scene, ...] = ()
    team: str = ""
    language: str = "en"
    wish: str = ""
    reason: str = ""
    contacts: tuple[Contact, ...] = ()
    helpers: tuple[Supporter, ...] = ()
    #: What the list of accounts says about them; empty for one more person in a caseload.
    note: Any = ""
