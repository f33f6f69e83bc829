"""Coming in with a code: an account of one's own, nothing told beforehand, guesses limited."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Account
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, Person
from portal.roles import AccountKind, Power
from portal.supporters import commands
from portal.supporters.models import SupportInvite, Terms

PASSWORD = "four wide winter windows"


@pytest.fixture
def farah(make):
    return make.client("Farah Demir", worker=make.worker("Priya Nair"))


@pytest.fixture
def code(make, farah):
    with make.work(farah) as work:
        terms = Terms(frozenset({Power.SEE_GOALS}), work.today + timedelta(days=90), "my daughter")
        invite = commands.draft_invite(work, work.get(Case, farah.case), "MARK-NAME", terms)
        return commands.make_code(work, invite)


def typed(browser, code):
    return browser.visit("/join").press("Go on", **{"The code": code})


def account(page, **changes):
    filled = {"name": "Selin Demir", "email": "selin@example.org", "password": PASSWORD, **changes}
    return page.press("Make my account", **filled)


def test_somebody_new_makes_an_account_and_is_in(browser, make, farah, code):
    page = typed(browser, code.lower().replace("-", " "))
    assert page.heading == "Make your own account"
    page = account(page)
    assert page.url == f"/cases/{farah.case}/supporting"
    assert page.says("You see what Farah Demir shares with you")
    last = make.entries(farah.case)[-2:]
    assert Event.SUPPORTER_JOINED in {entry.event for entry in last}
    with make.system() as work:
        person = work.session.scalars(select(Person).join(Account).where(Account.kind == AccountKind.SUPPORTER)).one()
        assert person.name == "Selin Demir"


def test_the_account_signs_in_later(browser, make, farah, code):
    account(typed(browser, code))
    browser.client.delete_cookie("portal")
    page = browser.visit("/sign-in/supporter")
    page = page.press(_main_button(page), email="Selin@example.org", password=PASSWORD)
    assert page.url == f"/cases/{farah.case}/supporting"


def _main_button(page):
    form = page.soup.select_one("[name=password]").find_parent("form")
    return " ".join(form.select_one("button").get_text(" ").split())


def test_nothing_is_told_before_they_are_in(browser, farah, code):
    for page in (browser.visit("/join"), typed(browser, code), account(typed(browser, code), password="short")):
        for telling in ("Farah", "Demir,", "MARK-NAME", "my daughter", "goal", str(farah.case)):
            assert telling not in page.text.replace("Selin Demir", "")


def test_somebody_with_an_account_comes_in_at_once(browser, make, farah, code):
    selin = make.person("Selin", AccountKind.SUPPORTER)
    page = typed(browser.as_(selin), code)
    assert page.url == f"/cases/{farah.case}/supporting"
    with make.system() as work:
        assert work.session.scalars(select(CaseMember).where(CaseMember.person_id == selin.id)).one().ended_at is None


@pytest.mark.parametrize("kind", [AccountKind.CLIENT, AccountKind.STAFF])
def test_nobody_comes_in_on_somebody_else_s_sign_in(browser, make, code, kind):
    page = browser.as_(make.person("Somebody", kind)).visit("/join")
    assert page.heading == "Sign out first"
    assert not page.has_button("Go on")


def test_a_code_works_once(browser, make, farah, code):
    first, second = typed(browser, code), typed(type(browser)(browser.app), code)
    account(first)
    page = account(second, email="other@example.org")
    assert page.status == 422
    assert page.says("This code does not work.")
    with make.system() as work:
        assert len(work.session.scalars(select(Account).where(Account.kind == AccountKind.SUPPORTER)).all()) == 1


@pytest.mark.parametrize("wrong", ["AAAA-BBBB-CCCC", "x", "../..", "٣"])
def test_wrong_codes_all_read_the_same(browser, farah, code, wrong):
    page = typed(browser, wrong)
    assert page.status == 422
    assert page.says("This code does not work. Ask the person who gave it to you for a new one.")


def test_a_cancelled_or_old_code_reads_like_a_wrong_one(browser, make, farah, code):
    with clock.frozen_at(clock.now() + timedelta(days=8)):
        assert typed(browser, code).says("This code does not work.")
    with make.work(farah) as work:
        commands.cancel_invite(work, work.session.scalars(select(SupportInvite)).one())
    assert typed(browser, code).says("This code does not work.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "short"}, "15"),
        ({"email": "no address"}, "Write an email address"),
        ({"name": ""}, "Write your name."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(browser, make, farah, code, changes, says):
    page = account(typed(browser, code), **changes)
    assert page.status == 422
    assert page.says(says)
    assert account(page).url == f"/cases/{farah.case}/supporting", "the code still works"


def test_guessing_is_slowed_down(browser, make, farah, code):
    statuses = [typed(browser, f"AAAA-BBBB-CC{number}").status for number in range(2, 7)]
    assert statuses == [422] * 5
    page = browser.visit("/join").press("Go on", **{"The code": code})
    assert page.status == 429


def test_a_stopped_invitation_s_open_form_makes_nothing(browser, make, farah, code):
    page = typed(browser, code)
    with make.work(farah) as work:
        commands.stop_all(work, work.get(Case, farah.case))
    assert account(page).says("This code does not work.")
    assert not re.search("Farah", account(page).text)
