"""Who can sign in to the demo, and how. Worked out from the cast, so nothing that opens an account is kept anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.accounts import cards
from portal.demo import keys
from portal.demo.cast import CLIENTS, STAFF
from portal.demo.people import StaffMember, Supporter
from portal.demo.scenes import Client
from portal.i18n import _, _l
from portal.profiles import registry
from portal.roles import AccountKind, Post


class Group(StrEnum):
    """The parts of the list."""

    CLIENTS = "clients"
    SUPPORTERS = "supporters"
    STAFF = "staff"
    MORE = "more"

    @property
    def label(self) -> Any:
        """Its heading."""
        return {
            Group.CLIENTS: _l("Clients"),
            Group.SUPPORTERS: _l("People who support a client"),
            Group.STAFF: _l("People who work here"),
            Group.MORE: _l("More people"),
        }[self]


#: The pages on which each kind of account signs in.
_PAGES = {
    AccountKind.CLIENT: "/sign-in",
    AccountKind.SUPPORTER: "/sign-in/supporter",
    AccountKind.STAFF: "/sign-in/staff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One account: who, what for, where to sign in and with what."""

    key: str
    name: str
    kind: AccountKind
    role: str
    group: Group
    language: str
    note: str
    #: The client number or email address, and the card code or password.
    sign_in_name: str
    secret: str

    @property
    def first_name(self) -> str:
        """What a button calls them."""
        return self.name.split()[0]

    @property
    def path(self) -> str:
        """The page where they sign in."""
        return _PAGES[self.kind]

    @property
    def typed(self) -> tuple[str, str]:
        """What they type, as it is printed."""
        if self.kind is AccountKind.CLIENT:
            return cards.grouped(self.sign_in_name), cards.grouped(self.secret)
        return self.sign_in_name, self.secret

    def as_json(self, origin: str) -> dict[str, Any]:
        """The same for a program."""
        by_card = self.kind is AccountKind.CLIENT
        names = ("client_number", "card_code") if by_card else ("email", "password")
        values = dict(zip(names, (self.sign_in_name, self.secret), strict=True))
        return {
            "name": self.name,
            "role": self.role,
            "language": self.language,
            "sign_in": {"way": "card" if by_card else "password", "url": f"{origin}{self.path}", **values},
            "note": self.note,
        }


def accounts() -> list[Listed]:
    """Everybody who can sign in, part by part, in the order of the stories and in the language being spoken."""
    found = [*_clients(), *_helpers(), *_staff()]
    return sorted(found, key=lambda listed: list(Group).index(listed.group))


def account_of(key: str) -> Listed | None:
    """One of them."""
    return next((listed for listed in accounts() if listed.key == key), None)


def grouped() -> list[tuple[Group, list[Listed]]]:
    """The list in its parts."""
    everybody = accounts()
    return [(group, [listed for listed in everybody if listed.group is group]) for group in Group]


def _clients() -> Iterator[Listed]:
    return (_client(client) for client in CLIENTS)


def _client(client: Client) -> Listed:
    return Listed(
        key=client.key,
        name=client.name,
        kind=AccountKind.CLIENT,
        role=AccountKind.CLIENT.value,
        group=Group.CLIENTS if client.note else Group.MORE,
        language=client.language,
        note=str(client.note or registry.by_key(client.profile).name),
        sign_in_name=keys.client_number(client.key),
        secret=keys.card_code(client.key),
    )


def _helpers() -> Iterator[Listed]:
    return (_helper(client, helper) for client in CLIENTS for helper in client.helpers)


def _helper(client: Client, helper: Supporter) -> Listed:
    return Listed(
        key=helper.key,
        name=helper.name,
        kind=AccountKind.SUPPORTER,
        role=AccountKind.SUPPORTER.value,
        group=Group.SUPPORTERS,
        language=helper.language,
        note=str(helper.note or _("Helps %(name)s.", name=client.name)),
        sign_in_name=helper.email,
        secret=keys.password(helper.key),
    )


def _staff() -> Iterator[Listed]:
    return (_member(member) for member in STAFF)


def _member(member: StaffMember) -> Listed:
    posts = [post for post, _programme in member.posts]
    role = next(post for post in (Post.ADMINISTRATOR, Post.SUPERVISOR, Post.CASE_MANAGER) if post in posts)
    return Listed(
        key=member.key,
        name=member.name,
        kind=AccountKind.STAFF,
        role=role.value,
        group=Group.STAFF if member.first else Group.MORE,
        language="en",
        note=str(member.note),
        sign_in_name=member.email,
        secret=keys.password(member.key),
    )
