"""Proving who one is from outside: by card, by password, by a code we send. Sessions themselves: sessions.py."""

from portal.accounts import cards, codes, lookups, throttle
from portal.accounts.commands.making import lift_waits
from portal.accounts.models import Account
from portal.accounts.passwords import Passwords
from portal.accounts.refusals import NoMatch, WrongCode
from portal.accounts.throttle import Caller
from portal.audit.events import Event
from portal.cases.models import ContactPoint
from portal.outbox.notices import Notice
from portal.roles import AccountKind
from portal.settings import Settings
from portal.work import Work


def sign_in_with_card(work: Work, number: str, code: str, caller: Caller) -> Account:
    """Who holds this card.

    Raises:
        NoMatch: nobody does.
        Blocked: too many tries before.
    """
    name = cards.clean(number)
    account = lookups.account_named(work, AccountKind.CLIENT, name)
    attempt = throttle.attempt(work, "card", name, caller, account)
    if not lookups.holds_card(work, account, code) or account is None:
        attempt.failed("card", account)
        raise NoMatch
    attempt.worked()
    return _signed_in(work, account, "card")


def sign_in_with_password(
    work: Work, kind: AccountKind, email: str, password: str, caller: Caller, *, settings: Settings
) -> Account:
    """Whose address and password these are.

    Raises:
        NoMatch: nobody's.
        Blocked: too many tries before.
    """
    name = "".join(email.split()).lower()
    account = lookups.account_named(work, kind, name)
    attempt = throttle.attempt(work, f"password {kind.value}", name, caller, account)
    hashing = Passwords.at(settings.password_cost)
    if not hashing.matches(account.password_hash if account else None, password) or account is None:
        attempt.failed("password", account)
        raise NoMatch
    attempt.worked()
    if hashing.is_dated(account.password_hash or ""):
        account.password_hash = hashing.hash(password)
    return _signed_in(work, account, "password")


def ask_for_code(work: Work, typed: str, caller: Caller, *, settings: Settings) -> None:
    """Send a code, if one client with a safe way to be reached is known by this. Says nothing about it either way.

    Raises:
        Blocked: asked for too often.
    """
    identifier = lookups.clean_identifier(typed, settings.country)
    found = lookups.reachable_client(work, identifier)
    # Asking again and again is a way of guessing, too, so each time is counted.
    throttle.attempt(work, "code", identifier, caller, found.account if found else None).asked()
    Passwords.at(settings.password_cost).take_time()
    # By number, phone and address one asks for codes of one account: together they are counted without a word.
    if found is not None and throttle.allows(work, "code to", str(found.account.id)):
        send_code(work, found.account, found.contact, codes.SIGN_IN, caller)


def send_code(work: Work, account: Account, contact: ContactPoint, purpose: str, caller: Caller) -> None:
    """Send a code that works in this browser only."""
    code = codes.make_code(work, account.id, purpose, caller.browser)
    lasts = codes.CODE_LASTS
    work.send(Notice.CODE, to=account.person_id, secret=code, contact_point_id=contact.id, lasts=lasts)
    work.record(Event.CODE_SENT, account, channel=contact.kind.value)


def sign_in_with_code(work: Work, typed: str, caller: Caller) -> Account:
    """Whose code this is, in the browser that asked for it.

    Raises:
        WrongCode: it does not work.
        Blocked: too many tries before.
    """
    attempt = throttle.attempt(work, "enter code", caller.browser.hex(), caller)
    account_id = codes.use_code(work, codes.SIGN_IN, caller.browser, cards.clean(typed))
    account = work.session.get(Account, account_id) if account_id else None
    if account is None or account.disabled_at is not None:
        attempt.failed("code", account)
        raise WrongCode
    attempt.worked()
    lift_waits(work, account)
    return _signed_in(work, account, "code")


def _signed_in(work: Work, account: Account, way: str) -> Account:
    codes.end(work, account.id)
    work.record(Event.SIGNED_IN, account, way=way, kind=account.kind.value)
    return account
