"""Making accounts and cards, ending them, and the ways to reach somebody."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from portal.access import identities
from portal.accounts import cards, codes, lookups, passwords, throttle
from portal.accounts.models import Account, Card, SignIn
from portal.accounts.passwords import Passwords
from portal.accounts.refusals import BadEmail, BadPhone, EmailTaken, LinkEnded
from portal.audit.events import Event
from portal.cases.models import ContactKind, ContactPoint, Person
from portal.outbox.notices import Notice
from portal.roles import AccountKind
from portal.settings import Settings
from portal.work import NotFound, Work


def create_client_account(work: Work, person: Person) -> Account:
    """A client's account with a new client number; the one they have, if they have one. Next: issue_card."""
    found = lookups.account_of(work, person.id, AccountKind.CLIENT)
    if found is not None:
        return found
    number = cards.new_number()
    while lookups.account_named(work, AccountKind.CLIENT, number) is not None:
        number = cards.new_number()
    return _create(work, person, AccountKind.CLIENT, number)


def create_staff_account(work: Work, person: Person, email: str, *, tell: bool = True) -> Account:
    """An account for a member of staff, who chooses a password by the link we send to this address.

    Args:
        work: the unit of work.
        person: who they are.
        email: what they sign in with.
        tell: send the link now; without, the caller does, because send_welcome gives back the link's secret.

    Raises:
        BadEmail: it is no address.
        EmailTaken: another member of staff has it.
    """
    account = _create(work, person, AccountKind.STAFF, _free_email(work, AccountKind.STAFF, email))
    # A work address is the organisation's own, so it may be written to.
    add_contact(work, person, ContactKind.EMAIL, account.sign_in_name, safe=True)
    if tell:
        send_welcome(work, account)
    return account


def create_supporter_account(
    work: Work, person: Person, email: str, password: str, *, settings: Settings
) -> Account:  # fmt: skip
    """A supporter's own account. Nothing is sent to the address unless they call it safe.

    Raises:
        BadEmail: it is no address.
        EmailTaken: another supporter has it.
        WeakPassword: it would be guessed.
    """
    account = _create(work, person, AccountKind.SUPPORTER, _free_email(work, AccountKind.SUPPORTER, email))
    add_contact(work, person, ContactKind.EMAIL, account.sign_in_name)
    set_password(work, account, password, settings=settings)
    return account


def _free_email(work: Work, kind: AccountKind, email: str) -> str:
    name = _email(email)
    taken = select(Account.id).where(Account.name_hash == lookups.name_hash(work.session.key_ring, kind, name))
    if work.session.scalars(taken).first() is not None:
        raise EmailTaken
    return name


def _email(typed: str) -> str:
    try:
        return identities.normalised(ContactKind.EMAIL, typed, "")
    except identities.NoContact:
        raise BadEmail from None


def _create(work: Work, person: Person, kind: AccountKind, name: str) -> Account:
    account = Account(
        person_id=person.id,
        kind=kind,
        sign_in_name=name,
        name_hash=lookups.name_hash(work.session.key_ring, kind, name),
        created_at=work.now,
    )
    work.session.add(account)
    work.session.flush()  # for its id
    work.record(Event.ACCOUNT_CREATED, account, kind=kind.value)
    return account


def disable_account(work: Work, account: Account) -> None:
    """Let nobody in by this account any more, and put out whoever is."""
    account.disabled_at = work.now
    end_sessions(work, account)
    codes.end(work, account.id)
    work.record(Event.ACCOUNT_DISABLED, account, kind=account.kind.value)


def enable_account(work: Work, account: Account) -> None:
    """Let its owner in again."""
    account.disabled_at = None
    work.record(Event.ACCOUNT_ENABLED, account, kind=account.kind.value)


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What stands on a card, in groups of four. The code is shown this once and kept as a hash."""

    number: str
    code: str


def issue_card(work: Work, account: Account) -> PrintedCard:
    """A new card. The one before ends, and so does whatever was opened with it.

    Raises:
        NotFound: this is no client's account.
    """
    if account.kind is not AccountKind.CLIENT:
        raise NotFound("Card")
    code = cards.new_code()
    ended = update(Card).where(Card.account_id == account.id, Card.ended_at.is_(None)).values(ended_at=work.now)
    work.session.execute(ended)
    work.session.add(
        Card(
            account_id=account.id,
            code_hash=lookups.card_hash(work, account.id, code),
            issued_at=work.now,
            issued_by_id=work.actor.person_id or account.person_id,
        )
    )
    end_sessions(work, account)
    lift_waits(work, account)
    work.record(Event.CARD_ISSUED, account)
    return PrintedCard(cards.grouped(account.sign_in_name), cards.grouped(code))


def lift_waits(work: Work, account: Account) -> None:
    """Let somebody try again at once: staff know who stands before them."""
    name, kind = account.sign_in_name, account.kind.value
    contacts = identities.safe_contacts_of(work.session, account.person_id)
    asked = (("code", value) for value in (name, *(contact.value for contact in contacts)))
    throttle.lift(
        work, ("card", name), (f"password {kind}", name), ("confirm", name), ("code to", str(account.id)), *asked
    )


def send_welcome(work: Work, account: Account) -> str:
    """Send a link by which the owner chooses a password. It works once, for a day.

    Returns:
        the link's secret, for an installation without mail; nobody else may see it.
    """
    token = codes.make_link(work, account.id, codes.WELCOME)
    work.send(Notice.STAFF_WELCOME, to=account.person_id, secret=token, lasts=codes.LINK_LASTS)
    return token


def set_password(work: Work, account: Account, password: str, *, settings: Settings) -> None:
    """Give an account this password. Ends its links and codes.

    Raises:
        WeakPassword: it would be guessed.
    """
    passwords.check(password, settings=settings, name=account.sign_in_name)
    account.password_hash = Passwords.at(settings.password_cost).hash(password)
    codes.end(work, account.id)
    work.record(Event.PASSWORD_CHANGED, account)


def accept_welcome(work: Work, token: str, password: str, *, settings: Settings) -> Account:
    """Choose a password by a welcome link. Whoever was signed in is put out.

    Raises:
        LinkEnded: the link does not work.
        WeakPassword: the password would be guessed; the page that says so leaves the link as it was.
    """
    link = codes.live_link(work, codes.WELCOME, token)
    account = work.session.get(Account, link.account_id) if link else None
    if link is None or account is None or account.disabled_at is not None or not codes.use_link(work, link):
        raise LinkEnded
    set_password(work, account, password, settings=settings)
    end_sessions(work, account)
    return account


def end_sessions(work: Work, account: Account, *, but: UUID | None = None) -> None:
    """Sign out everywhere, except `but` when one is named."""
    ended = update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
    if but is not None:
        ended = ended.where(SignIn.id != but)
    work.session.execute(ended.values(ended_at=work.now), execution_options={"synchronize_session": False})


def add_contact(
    work: Work, person: Person, kind: ContactKind, value: str, *, country: str = "US", safe: bool = False
) -> ContactPoint:
    """A way to reach somebody. Nothing is sent to it unless its owner calls it safe.

    Raises:
        BadEmail: it is no address.
        BadPhone: it is no number.
    """
    try:
        plain = identities.normalised(kind, value, country)
    except identities.NoContact:
        raise (BadEmail if kind is ContactKind.EMAIL else BadPhone)() from None
    hashed = identities.contact_hash(work.session.key_ring, plain)
    made = ContactPoint(
        person_id=person.id, kind=kind, value=plain, value_hash=hashed, safe=safe, created_at=work.now
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()  # for its id
    work.record(Event.CONTACT_CHANGED, made, kind=kind.value, safe=safe)
    return made


def forget_old(work: Work) -> None:
    """Remove counts and codes that no longer matter. The worker calls it now and then."""
    throttle.forget_old(work)
    codes.forget_old(work)
