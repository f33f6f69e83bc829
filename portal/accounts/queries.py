"""What the account page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.access import identities
from portal.accounts import cards, lookups
from portal.accounts.models import Account, SignIn
from portal.cases.models import Person
from portal.roles import AccountKind
from portal.settings import Settings
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Visit:
    """One place where somebody is signed in."""

    id: UUID
    started_at: datetime
    seen_at: datetime
    shared: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One way to be reached, as it is shown."""

    id: UUID
    shown: str
    safe: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the account page shows."""

    account: Account
    person: Person
    contacts: Sequence[Place]
    visits: Sequence[Visit]
    has_card: bool

    @property
    def number(self) -> str:
        """The client number as it is printed."""
        return cards.grouped(self.account.sign_in_name)


def account_page(work: Work, settings: Settings, here: UUID | None) -> OwnAccount:
    """Everything about one's own account.

    Args:
        work: the unit of work.
        settings: for how long a sign-in lasts: those that ran out are not shown.
        here: the row of the session that asks.
    """
    account = lookups.own_account(work)
    return OwnAccount(
        account=account,
        person=work.get(Person, work.actor.id),
        contacts=own_places(work, settings),
        visits=_visits(work, account, settings, here),
        has_card=account.kind is AccountKind.CLIENT and lookups.live_card(work, account.id) is not None,
    )


def own_places(work: Work, settings: Settings) -> list[Place]:
    """The ways to reach whoever asks."""
    known = lookups.own_contacts(work)
    return [Place(point.id, identities.as_written(point, settings.country), point.safe) for point in known]


def _visits(work: Work, account: Account, settings: Settings, here: UUID | None) -> list[Visit]:
    longest_idle = settings.idle_staff if account.kind is AccountKind.STAFF else settings.idle_client
    wanted = select(SignIn).where(
        SignIn.account_id == account.id,
        SignIn.ended_at.is_(None),
        SignIn.started_at > work.now - settings.longest_session,
        SignIn.seen_at > work.now - longest_idle,
    )
    rows = work.session.scalars(wanted.order_by(SignIn.seen_at.desc(), SignIn.id).limit(50))
    return [Visit(row.id, row.started_at, row.seen_at, row.shared, row.id == here) for row in rows]
