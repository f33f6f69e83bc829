"""Sessions, cookies, addresses and links: what keeps them from being taken over."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.accounts import commands
from portal.accounts.models import Account
from portal.audit.events import Event
from tests.accounts.conftest import PASSWORD, card, is_in, token
from tests.browser import Browser

# --- Sessions ---


def test_the_token_is_new_at_sign_in(browser, holder):
    browser.visit("/sign-in")
    before = token(browser)
    card(browser, holder)
    assert token(browser) != before
    planted = Browser(browser.app)
    planted.client.set_cookie("portal", before)
    assert not is_in(planted), "a token that somebody planted opens nothing"


def test_signing_in_as_another_signs_the_first_out(browser, holder, make):
    ana = browser.as_(make.client("Ben Ito"))
    copied = Browser(browser.app)
    copied.client.set_cookie("portal", token(ana))
    fields = {**browser.visit("/sign-in").fields_of("Sign in"), "number": holder.number, "code": holder.code}
    fields["csrf_token"] = ana.visit("/account").soup.select_one("[name=csrf_token]")["value"]
    assert ana.client.post("/sign-in", data=fields).status_code == 303
    assert ana.visit("/account").says("Ana Ruiz")
    assert not is_in(copied)


def test_a_copied_cookie_is_dead_after_signing_out(browser, make, recorded):
    ana = browser.as_(make.client())
    copied = Browser(browser.app)
    copied.client.set_cookie("portal", token(ana))
    assert is_in(copied)
    fields = ana.visit("/account").fields_of("Sign out")
    answer = ana.client.post("/sign-out", data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signed-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(ana)
    assert not is_in(copied)
    assert recorded()[-1].event is Event.SIGNED_OUT
    assert ana.visit("/signed-out", status=200).heading == "You are signed out"


def test_on_a_shared_computer_signing_out_says_what_it_does(browser, make):
    ana = browser.as_(make.client(), shared=True)
    page = ana.visit("/account")
    assert page.says("We sign you out after 15 minutes without use.")
    assert page.press("Finish and clear this computer").heading == "You are signed out"


def test_every_page_of_a_client_can_be_left_at_once(browser, make):
    for page in (browser.visit("/sign-in"), browser.as_(make.client()).visit("/account")):
        link = page.soup.select_one("a[data-exit]")
        assert link is not None
        assert link["href"] == "/exit"


@pytest.mark.parametrize(("method", "status"), [("get", 303), ("post", 204)])
def test_leaving_ends_the_session_and_goes_elsewhere(browser, make, settings, method, status):
    ana = browser.as_(make.client())
    copied = Browser(browser.app)
    copied.client.set_cookie("portal", token(ana))
    answer = getattr(ana.client, method)("/exit")
    assert answer.status_code == status
    # What the script sends in the background is led nowhere: the page's own rules would forbid it to go there.
    assert answer.headers.get("Location") == (settings.exit_url if method == "get" else None)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not is_in(copied)
    assert getattr(ana.client, method)("/exit").status_code == status, "signed out, too"


def test_back_is_nobody_even_before_the_word_that_one_has_left(browser, make):
    """On a bad signal the background request comes late or never; the browser itself says that it has left."""
    ana = browser.as_(make.client())
    copied = Browser(browser.app)
    copied.client.set_cookie("portal", token(ana))
    ana.client.set_cookie("left", "1")
    assert ana.client.get("/account").status_code == 303
    assert ana.client.get_cookie("left") is None
    assert not is_in(ana)
    assert not is_in(copied)


def test_who_left_is_still_known_when_the_word_comes(browser, make, recorded):
    ana = browser.as_(make.client())
    ana.client.set_cookie("left", "1")
    ana.client.post("/exit")
    assert recorded()[-1].event is Event.SIGNED_OUT
    assert not is_in(ana)


@pytest.mark.parametrize(("path", "method"), [("/exit", "get"), ("/sign-out", "post")])
def test_leaving_works_without_a_database(browser, make, monkeypatch, path, method):
    ana = browser.as_(make.client())
    fields = ana.visit("/account").fields_of("Sign out")
    before = token(ana)

    def away(*_):
        raise OperationalError("select", {}, Exception("away"))

    with monkeypatch.context() as broken:
        broken.setattr("portal.accounts.sessions._actor_of", away)
        answer = getattr(ana.client, method)(path, data=fields)
        assert answer.status_code == 303
        assert token(ana) != before
        assert browser.client.get("/account").status_code == 503
    assert not is_in(ana)


@pytest.mark.parametrize(
    ("kind", "shared", "minutes"),
    [("client", True, 15), ("client", False, 60), ("supporter", False, 60), ("staff", False, 30)],
)
def test_a_session_ends_when_it_is_idle(browser, make, kind, shared, minutes):
    people = {"client": make.client, "supporter": lambda: make.supporter(make.client()), "staff": make.worker}
    start = clock.now()
    with clock.frozen_at(start):
        who = browser.as_(people[kind](), shared=shared)
    with clock.frozen_at(start + timedelta(minutes=minutes)):
        assert is_in(who)
    with clock.frozen_at(start + timedelta(minutes=2 * minutes)):
        assert is_in(who), "each page starts the time again"
    with clock.frozen_at(start + timedelta(minutes=3 * minutes, seconds=1)):
        assert not is_in(who)


def test_no_session_lasts_longer_than_twelve_hours(browser, make):
    start = clock.now()
    with clock.frozen_at(start):
        ana = browser.as_(make.client())
    for minutes in range(0, 12 * 60 + 1, 45):
        with clock.frozen_at(start + timedelta(minutes=minutes)):
            assert is_in(ana)
    with clock.frozen_at(start + timedelta(hours=12, seconds=1)):
        assert not is_in(ana)


def test_after_the_time_is_up_one_signs_in_and_goes_on(browser, holder, make):
    start = clock.now()
    with clock.frozen_at(start):
        ana = browser.as_(holder.who)
    with clock.frozen_at(start + timedelta(hours=2)):
        page = ana.visit("/account")
        assert page.heading == "Sign in"
        assert page.press("Sign in", number=holder.number, code=holder.code).heading == "My account"


# --- Addresses and headers ---

ELSEWHERE = [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "/%09/evil.example",
    "///evil.example", "/a//evil.example", "javascript:alert(1)", "/a?x=//evil.example", "/a#b", "/\n/evil.example", "",
    "account", "/é", "/a b", "/@evil.example", "/.evil.example", "/exit", "/sign-out", "/" + "a" * 400, "/account\x00",
]  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
def test_next_never_leads_elsewhere(browser, holder, where):
    answer = card(browser, holder, next=where)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("where", ["/", "/account", "/cases/7e0c0bd6-1b3c-4c5f-9f61-0d7a7a2f6a11/goals", "/to-answer/"])
def test_next_leads_to_our_own_pages(browser, holder, where):
    assert card(browser, holder, next=where).headers["Location"] == where


def test_an_unknown_host_is_refused(browser):
    assert browser.client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
    assert browser.client.post("/sign-in/code", headers={"Host": "evil.example"}).status_code == 400


def test_no_page_may_be_kept(browser, make):
    ana = browser.as_(make.client())
    for path in ("/account", "/account/contacts", "/confirm", "/signed-out"):
        assert ana.client.get(path).headers["Cache-Control"] == "no-store"
    for path in (
        "/sign-in",
        "/sign-in/code",
        "/sign-in/code/enter",
        "/sign-in/staff",
        "/sign-in/supporter",
        "/account",
    ):
        assert browser.client.get(path).headers["Cache-Control"] == "no-store"


def test_cookies_hold_nothing_and_go_with_the_browser(another_app, holder, app):
    secure = another_app(origin="https://portal.example.org")
    browser = Browser(secure)
    base = "https://portal.example.org"
    page = browser.client.get("/sign-in", base_url=base)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    data = {"csrf_token": found[1], "number": holder.number, "code": holder.code}
    answer = browser.client.post("/sign-in", data=data, base_url=base, headers={"Referer": f"{base}/sign-in"})
    assert answer.status_code == 303
    language = browser.client.post(
        "/language", data={**data, "language": "es"}, base_url=base, headers={"Referer": f"{base}/sign-in"}
    )
    cookies = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    cookies += language.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} >= {"__Host-portal", "__Host-device"}
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert "Expires" not in cookie
        assert "Max-Age" not in cookie
        assert str(holder.who.id) not in cookie
        assert str(holder.who.account_id) not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-in/code/enter", "/sign-in/staff", "/sign-out", "/language"]
)
def test_a_form_of_another_site_is_refused(browser, path):
    assert browser.client.post(path, data={"number": "1", "code": "1"}).status_code == 400


def test_a_stale_form_never_shows_a_secret(browser):
    answer = browser.client.post("/sign-in/staff", data={"email": "x@example.org", "password": PASSWORD})
    assert PASSWORD not in answer.text


# --- Welcome links ---


def welcome(make, who):
    with make.system() as work:
        return commands.send_welcome(work, work.get(Account, who.account_id))


def test_looking_at_a_welcome_link_does_not_use_it(browser, make, with_password):
    wes = with_password(make.worker(), "wes@example.org")
    address = f"/welcome/{welcome(make, wes)}"
    for _ in range(2):
        assert browser.client.get(address).status_code == 200
        assert browser.client.head(address).status_code == 200
    page = browser.visit(address).press("Save my password", password="password")
    assert page.status == 422
    page = browser.visit(address).press("Save my password", password="seven tall trees bend")
    assert page.heading == "Sign in as staff"
    page = page.press("Sign in", email="wes@example.org", password="seven tall trees bend")
    assert browser.visit("/account").says("wes@example.org")
    assert browser.visit(address, status=404).heading == "This link has ended"


@pytest.mark.parametrize("made_up", ["x", "a" * 43, "é", "%00", "a" * 3000])
def test_a_made_up_link_is_answered_plainly(browser, made_up):
    assert browser.client.get(f"/welcome/{made_up}").status_code == 404
