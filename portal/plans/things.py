"""What stands around a goal in other features: strengths that help, places a step leads to.

Features do not import each other. Plans says here what it would like to know; home, which knows them all, tells it,
and gives itself in when the application is made.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from portal.cases.models import Case
from portal.plans.models import Goal, Link, ResourceKind
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a step can go with: in whose words, and the page and its values where one looks at it."""

    link: Link
    words: str
    endpoint: str
    values: Mapping[str, UUID]
    #: How near to everyday life it is; NONE where it names nobody.
    nearness: ResourceKind = ResourceKind.NONE


@dataclass(frozen=True, slots=True)
class Named:
    """Things by what steps say of them, and those that help with a goal."""

    linked: Mapping[Link, Thing] = field(default_factory=dict)
    helping: Sequence[Thing] = ()


class Around(Protocol):
    """What plans asks of those who know other features. Each answer holds what this reader may see."""

    def offered(self, work: Work, case: Case) -> Sequence[Thing]:
        """What a step of this case may go with: strengths on the sheet, places that are going on, saved places."""
        ...

    def named(self, work: Work, links: Collection[Link], goal: Goal | None = None) -> Named:
        """These things, whatever became of them since; and the strengths that the client says help with a goal."""
        ...
