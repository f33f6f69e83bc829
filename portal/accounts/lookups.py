"""Finding accounts, cards and ways to be reached: what commands and pages alike have to look up."""

import hmac
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.access import identities
from portal.accounts import cards
from portal.accounts.models import Account, Card
from portal.cases.models import ContactKind, ContactPoint
from portal.crypto import KeyRing
from portal.roles import AccountKind
from portal.work import NotFound, Work

#: An id that no account has: so that a name nobody has costs the same queries.
NOBODY = UUID(int=0)


def name_hash(ring: KeyRing, kind: AccountKind, name: str) -> bytes:
    """By which an account is found. One address may name a member of staff and a supporter."""
    return ring.lookup(f"sign-in {kind.value}", name)


def account_named(work: Work, kind: AccountKind, name: str) -> Account | None:
    """The account that signs in with this cleaned number or address, if it may."""
    wanted = select(Account).where(
        Account.name_hash == name_hash(work.session.key_ring, kind, name), Account.disabled_at.is_(None)
    )
    return work.session.scalars(wanted).first()


def account_of(work: Work, person_id: UUID, kind: AccountKind) -> Account | None:
    """A person's account of this kind, disabled or not."""
    return work.session.scalars(select(Account).where(Account.person_id == person_id, Account.kind == kind)).first()


def own_account(work: Work) -> Account:
    """The account of whoever asks.

    Raises:
        NotFound: nobody is signed in.
    """
    found = account_of(work, work.actor.id, work.actor.kind) if work.actor.kind else None
    if found is None:
        raise NotFound("Account")
    return found


def live_card(work: Work, account_id: UUID) -> Card | None:
    """The card that works."""
    wanted = select(Card).where(Card.account_id == account_id, Card.ended_at.is_(None)).order_by(Card.issued_at.desc())
    return work.session.scalars(wanted).first()


def card_hash(work: Work, account_id: UUID, code: str) -> bytes:
    """What is stored of a card's code."""
    return work.session.key_ring.lookup("card", f"{account_id} {code}")


def holds_card(work: Work, account: Account | None, typed: str) -> bool:
    """Whether this is the code on the card that works. Costs the same when there is no account."""
    account_id = account.id if account else NOBODY
    card = live_card(work, account_id)
    given = card_hash(work, account_id, cards.clean(typed))
    return hmac.compare_digest(bytes(card.code_hash) if card else bytes(len(given)), given)


def clean_identifier(typed: str, country: str) -> str:
    """A client number, phone number or email address in the form it is looked up in; what is none of them as typed."""
    if "@" in typed:
        return _normalised(ContactKind.EMAIL, typed, country)
    number = cards.clean(typed)
    return number if cards.is_number(number) else _normalised(ContactKind.PHONE, typed, country)


def _normalised(kind: ContactKind, typed: str, country: str) -> str:
    try:
        return identities.normalised(kind, typed, country)
    except identities.NoContact:
        return cards.clean(typed)


@dataclass(frozen=True, slots=True)
class Reachable:
    """A client's account, and the one place a code may go to."""

    account: Account
    contact: ContactPoint


def reachable_client(work: Work, identifier: str) -> Reachable | None:
    """The one client with this cleaned number, phone or address, if they called a way to reach them safe.

    A phone that two clients share leads to neither: we could not say whose code it is without a name in the message.
    """
    if cards.is_number(identifier):
        account = account_named(work, AccountKind.CLIENT, identifier)
        contacts = identities.safe_contacts_of(work.session, account.person_id if account else NOBODY)
        return Reachable(account, contacts[0]) if account and contacts else None
    contacts = identities.safe_contacts_like(work.session, identifier)
    wanted = select(Account).where(
        Account.person_id.in_([contact.person_id for contact in contacts]),
        Account.kind == AccountKind.CLIENT,
        Account.disabled_at.is_(None),
    )
    accounts = work.session.scalars(wanted.order_by(Account.id)).all()
    if len(accounts) != 1:
        return None
    return Reachable(accounts[0], next(c for c in contacts if c.person_id == accounts[0].person_id))


def own_contacts(work: Work) -> list[ContactPoint]:
    """The ways to reach whoever asks."""
    wanted = select(ContactPoint).where(ContactPoint.person_id == work.actor.id)
    return list(work.session.scalars(wanted.order_by(ContactPoint.created_at, ContactPoint.id)))
