"""What somebody who is signed in does with their own account."""

from collections.abc import Set
from uuid import UUID

from portal.accounts import cards, codes, lookups, throttle
from portal.accounts.commands.making import end_sessions, set_password
from portal.accounts.commands.signing_in import send_code
from portal.accounts.models import Account, SignIn
from portal.accounts.passwords import Passwords
from portal.accounts.refusals import WrongPassword
from portal.accounts.throttle import Caller
from portal.audit.events import Event
from portal.cases.models import Person
from portal.roles import AccountKind
from portal.settings import Settings
from portal.work import NotFound, Work


def change_password(
    work: Work, current: str, password: str, caller: Caller, *, settings: Settings, here: UUID | None
) -> None:
    """Change one's own password. Every other place where one is signed in is signed out.

    Raises:
        WrongPassword: the current one is not right.
        WeakPassword: the new one would be guessed.
        Blocked: too many tries before.
    """
    account = lookups.own_account(work)
    attempt = throttle.attempt(work, "confirm", account.sign_in_name, caller, account)
    if not Passwords.at(settings.password_cost).matches(account.password_hash, current):
        attempt.failed("password", account)
        raise WrongPassword
    attempt.worked()
    set_password(work, account, password, settings=settings)
    end_sessions(work, account, but=here)


def send_confirm_code(work: Work, caller: Caller) -> bool:
    """Send whoever is signed in a code to confirm with; False when no way to reach them is safe.

    Raises:
        Blocked: asked for too often.
    """
    account = lookups.own_account(work)
    contacts = [contact for contact in lookups.own_contacts(work) if contact.safe]
    throttle.attempt(work, "code", account.sign_in_name, caller, account).asked()
    if contacts:
        send_code(work, account, contacts[0], codes.CONFIRM, caller)
    return bool(contacts)


def confirm(work: Work, typed: str, caller: Caller, *, settings: Settings) -> None:
    """Show again who one is: by password; a client by card code or by a code we sent.

    Raises:
        WrongPassword: it is not right.
        Blocked: too many tries before.
    """
    account = lookups.own_account(work)
    attempt = throttle.attempt(work, "confirm", account.sign_in_name, caller, account)
    if not _proves(work, account, typed, caller, settings):
        attempt.failed("confirm", account)
        raise WrongPassword
    attempt.worked()
    work.record(Event.CONFIRMED, account)


def _proves(work: Work, account: Account, typed: str, caller: Caller, settings: Settings) -> bool:
    if account.kind is not AccountKind.CLIENT:
        return Passwords.at(settings.password_cost).matches(account.password_hash, typed)
    code = cards.clean(typed)
    if len(code) == codes.CODE_LENGTH:
        return codes.use_code(work, codes.CONFIRM, caller.browser, code) == account.id
    return lookups.holds_card(work, account, code)


def end_session(work: Work, session_id: UUID) -> None:
    """Sign out one of one's own places.

    Raises:
        NotFound: it is nobody's, or somebody else's.
    """
    account = lookups.own_account(work)
    row = work.session.get(SignIn, session_id)
    if row is None or row.account_id != account.id:
        raise NotFound("SignIn")
    if row.ended_at is None:
        row.ended_at = work.now
        work.record(Event.SIGNED_OUT, account, elsewhere=True)


def end_other_sessions(work: Work, here: UUID | None) -> None:
    """Sign out every place but this one."""
    account = lookups.own_account(work)
    end_sessions(work, account, but=here)
    work.record(Event.SIGNED_OUT, account, elsewhere=True)


def choose_language(work: Work, language: str) -> None:
    """Remember the language of whoever is signed in: pages and messages speak it from now on."""
    if work.actor.is_signed_in:
        person = work.get(Person, work.actor.id)
        if person.language != language:
            person.language = language
            work.record(Event.LANGUAGE_CHOSEN, person, language=language)


def call_safe(work: Work, safe: Set[UUID]) -> None:
    """Say which of one's own ways to be reached are safe. Every other one is not used."""
    for contact in lookups.own_contacts(work):
        is_safe = contact.id in safe
        if contact.safe is not is_safe:
            contact.safe = is_safe
            work.record(Event.CONTACT_CHANGED, contact, kind=contact.kind.value, safe=is_safe)
