"""People with something to sign in with."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from portal.accounts import commands
from portal.accounts.models import Account
from portal.accounts.throttle import Caller
from portal.audit.models import SystemEntry
from portal.cases.models import Person
from portal.outbox.models import OutboxMessage
from portal.roles import AccountKind
from portal.settings import Settings
from tests.make import Make, Someone

PASSWORD = "four green birds sing"
HERE = Caller("192.0.2.7", b"browser one")


@dataclass(frozen=True)
class Holder:
    """A client with a card."""

    who: Someone
    number: str
    code: str


@pytest.fixture
def holder(make: Make) -> Holder:
    """Ana, with a printed card."""
    return card_for(make, make.client("Ana Ruiz"))


def card_for(make: Make, who: Someone) -> Holder:
    """A number and a card for this client."""
    with make.system() as work:
        work.session.delete(work.get(Account, who.account_id))  # made without anything to sign in with
        work.session.flush()
        account = commands.create_client_account(work, work.get(Person, who.id))
        card = commands.issue_card(work, account)
        return Holder(Someone(who.id, who.name, who.kind, account.id, who.case_id), card.number, card.code)


@pytest.fixture
def with_password(make: Make, settings: Settings) -> Callable[[Someone, str], Someone]:
    """Give a member of staff or a supporter an address and a password: `with_password(who, "wes@example.org")`."""

    def give(who: Someone, email: str) -> Someone:
        with make.system() as work:
            work.session.delete(work.get(Account, who.account_id))
            work.session.flush()
            person = work.get(Person, who.id)
            if who.kind is AccountKind.SUPPORTER:
                account = commands.create_supporter_account(work, person, email, PASSWORD, settings=settings)
            else:
                account = commands.create_staff_account(work, person, email)
                commands.set_password(work, account, PASSWORD, settings=settings)
            return Someone(who.id, who.name, who.kind, account.id, who.case_id, who.posts)

    return give


@pytest.fixture
def sent(make: Make) -> Callable[[], list[OutboxMessage]]:
    """What waits in the outbox, oldest first."""

    def look() -> list[OutboxMessage]:
        with make.system() as work:
            return list(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)))

    return look


@pytest.fixture
def recorded(make: Make) -> Callable[[], list[SystemEntry]]:
    """What the organisation's record tells, oldest first."""

    def look() -> list[SystemEntry]:
        with make.system() as work:
            return list(work.session.scalars(select(SystemEntry).order_by(SystemEntry.seq)))

    return look


def card(browser, holder, **changes):
    """Sign in with a card, and give back the bare answer."""
    page = browser.visit("/sign-in")
    typed = {"number": holder.number, "code": holder.code, **changes}
    return browser.client.post("/sign-in", data={**page.fields_of("Sign in"), **typed})


def token(browser):
    cookie = browser.client.get_cookie("portal")
    return cookie.value if cookie else None


def is_in(browser):
    return browser.client.get("/account").status_code == 200
