"""A win: something that went well, on one day, in the client's own words. Plain values in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.i18n import _l
from portal.plans.models import LadderRating, RatedBy

#: The rung "where I am now" (DOMAIN 2.2): what lies above it is a win.
_STARTS_AT = -1


class WinKind(StrEnum):
    """What went well."""

    GOAL = "goal"
    LADDER = "ladder"
    PLACE = "place"
    STEP = "step"

    @property
    def label(self) -> Any:
        """What happened, in plain words."""
        return {
            WinKind.GOAL: _l("Goal reached"),
            WinKind.LADDER: _l("Higher on the ladder"),
            WinKind.PLACE: _l("Got the help"),
            WinKind.STEP: _l("Step done"),
        }[self]


@dataclass(frozen=True, slots=True)
class Win:
    """One thing that went well."""

    on: date
    kind: WinKind
    #: The client's words, or the name of the place.
    words: str
    #: Whether only the client may see it.
    private: bool = False
    #: Who did it, when it was somebody other than the client.
    by: str = ""


def newest_first(wins: Iterable[Win]) -> list[Win]:
    """The newest on top; of one day the greatest first."""
    kinds = list(WinKind)
    return sorted(wins, key=lambda win: (-win.on.toordinal(), kinds.index(win.kind), win.words))


def climbs(ratings: Iterable[LadderRating]) -> list[tuple[UUID, date, str]]:
    """When the client saw themselves higher on a ladder than ever before: the goal, the day and the rung's words.

    Args:
        ratings: of any goals and sides, oldest first. A way down is nobody's win and nobody's loss: it is left out.
    """
    best: dict[UUID, int] = {}
    found = []
    for rating in ratings:
        if rating.rated_by is RatedBy.CLIENT and rating.value > best.get(rating.goal_id, _STARTS_AT):
            best[rating.goal_id] = rating.value
            found.append((rating.goal_id, rating.rated_on, rating.said))
    return found
