"""Who is in the cast, as plain values: programmes, staff, teams, and the people who help a client."""

from dataclasses import dataclass
from typing import Any

from portal.cases.models import ContactKind
from portal.roles import Post, Power


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody, and whether they called it safe."""

    kind: ContactKind
    value: str
    safe: bool = True


def phone(value: str, *, safe: bool = True) -> Contact:
    """A phone number."""
    return Contact(ContactKind.PHONE, value, safe)


def email(value: str, *, safe: bool = True) -> Contact:
    """An email address."""
    return Contact(ContactKind.EMAIL, value, safe)


@dataclass(frozen=True, slots=True)
class ProgrammeOf:
    """A part of the made-up organisation."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who works for the made-up organisation. `posts` name a programme, or none for an administrator."""

    key: str
    name: str
    posts: tuple[tuple[Post, str | None], ...]
    note: Any
    #: Whether a visitor would look at them first.
    first: bool = True

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.key}@larkwater-help.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTeam:
    """Staff who share their cases."""

    key: str
    name: str
    programme: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """Somebody who helps a client, with a sign-in of their own once they have joined."""

    key: str
    name: str
    relation: str
    powers: frozenset[Power]
    months: int = 6
    language: str = "en"
    #: What the list of accounts says about them.
    note: Any = ""

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.key}@mail.example.org"
