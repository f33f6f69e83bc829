"""A running portal on the database under test, and phones to use it with."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright

from portal.accounts import commands as accounts
from portal.accounts.models import Account
from portal.admin import commands as admin
from portal.cases.models import Person
from portal.roles import Post
from portal.settings import Settings
from tests.chromium import find_chromium, launch_arguments
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phone, Phones, Watch
from tests.make import Make, Someone

PASSWORD = "kettle window seven rivers"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once a worker."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium a worker; each phone is a context of its own in it.

    Playwright switches the back/forward cache off, and then a page that comes back with Back is never seen (SECURITY
    T13): here it is on, as it is for people.
    """
    program = find_chromium()
    if program is None:
        assert os.environ.get("CI") != "true", "Chromium is missing"
        pytest.skip("Chromium is not installed")
    browser = playwright.chromium.launch(
        executable_path=program,
        args=launch_arguments(),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live_portal(portal_app: Flask, settings: Settings) -> Iterator[LiveServer]:
    """The server, once a worker. `portal_app` has made the tables."""
    server = LiveServer(settings)
    yield server
    server.stop()


@pytest.fixture
def live(app: Flask, live_portal: LiveServer) -> LiveServer:
    """The running portal, with nothing in it yet."""
    live_portal.now = None
    live_portal.faults.clear()
    live_portal.asked.clear()
    return live_portal


@pytest.fixture
def phones(chromium: Browser, live: LiveServer) -> Iterator[Phones]:
    """Phones for this test's people."""
    made = Phones(chromium, Watch(live))
    yield made
    made.collect()


@dataclass(frozen=True)
class StaffMember:
    """A member of staff and what they sign in with."""

    name: str
    email: str

    def signs_in(self, phone: Phone) -> None:
        """Sign in, as after every pause longer than half an hour."""
        phone.sign_in_with_password(self.email, PASSWORD)


@dataclass(frozen=True)
class Client:
    """A client with a card."""

    who: Someone
    number: str
    code: str

    @property
    def case(self) -> str:
        """Where the pages of this client begin."""
        return f"/cases/{self.who.case}"

    def signs_in(self, phone: Phone) -> None:
        """Sign in with the card."""
        phone.sign_in_with_card(self.number, self.code)


@dataclass(frozen=True)
class Office:
    """The organisation before its first client."""

    make: Make
    settings: Settings

    def hire(self, name: str, *posts: Post) -> StaffMember:
        """Add a member of staff who has chosen a password."""
        email = f"{name.split(maxsplit=1)[0].lower()}@office.example.org"
        programme_id = self.make.any_programme  # before a transaction is open: SQLite has one writer
        with self.make.system() as work:
            placed = [(post, programme_id) for post in posts or (Post.CASE_MANAGER,)]
            account, _link = admin.add_staff(work, name=name, email=email, posts=placed)
            accounts.set_password(work, account, PASSWORD, settings=self.settings)
        return StaffMember(name, email)

    def client(self, name: str = "Ana Ruiz", **more: Any) -> Client:
        """Open a case and print a card for it; `more` as for make.client."""
        who = self.make.client(name, **more)
        with self.make.system() as work:
            work.session.delete(work.get(Account, who.account_id))  # made without anything to sign in with
            work.session.flush()
            account = accounts.create_client_account(work, work.get(Person, who.id))
            card = accounts.issue_card(work, account)
            return Client(replace(who, account_id=account.id), card.number, card.code)


@pytest.fixture
def office(make: Make, settings: Settings) -> Office:
    """An organisation with one programme."""
    return Office(make, settings)
