"""Who is asking, and how they stand to a case. Plain frozen values: no session, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Protocol, Self
from uuid import UUID

from portal.profiles.profile import Profile
from portal.roles import STAFF_ROLES, AccountKind, Post, Power, Role


class Subject(Protocol):
    """Anything that belongs to a case."""

    @property
    def case_id(self) -> UUID:
        """The case it belongs to."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands to one case."""

    role: Role
    profile: Profile
    powers: frozenset[Power] = frozenset()
    closed: bool = False
    #: The last day of a supporter's access.
    until: date | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this is work and not family."""
        return self.role in STAFF_ROLES


@dataclass(frozen=True, slots=True)
class Actor:
    """The person asking. `standings` holds the cases looked at in this unit of work, never a whole caseload."""

    person_id: UUID | None = None
    name: str = ""
    kind: AccountKind | None = None
    language: str = ""
    zone: str = ""
    posts: frozenset[tuple[Post, UUID | None]] = frozenset()
    standings: Mapping[UUID, Standing] = field(default_factory=lambda: MappingProxyType({}))
    #: Whether the person proved who they are a short while ago: asked for before lending, exporting, changing access.
    fresh: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.person_id is not None

    @property
    def id(self) -> UUID:
        """The person's id.

        Raises:
            LookupError: nobody is signed in.
        """
        if self.person_id is None:
            raise LookupError("nobody is signed in")
        return self.person_id

    def holds(self, post: Post) -> bool:
        """Whether this member of staff holds such a post anywhere."""
        return any(held is post for held, _ in self.posts)

    def programmes(self, post: Post) -> frozenset[UUID]:
        """The programmes in which this member of staff holds such a post."""
        return frozenset(programme for held, programme in self.posts if held is post and programme is not None)

    def standing(self, subject: Subject | None) -> Standing | None:
        """How the actor stands to the subject's case; None when they do not, or it was not looked up."""
        return None if subject is None else self.standings.get(subject.case_id)

    def at(self, case_id: UUID, standing: Standing) -> Self:
        """The same actor, with their standing in one case known."""
        return replace(self, standings=MappingProxyType({**self.standings, case_id: standing}))


ANONYMOUS = Actor()
