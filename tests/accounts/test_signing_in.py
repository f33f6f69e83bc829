"""Signing in as people meet it: with a card, a password or a code; and nobody learns who has an account."""

import re
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from portal import clock
from portal.accounts import commands
from portal.accounts.models import Account, SignIn
from portal.accounts.passwords import Passwords
from tests.accounts.conftest import PASSWORD, card, is_in, token
from tests.browser import Browser

# --- The card ---


def test_a_client_signs_in_with_a_card(browser, holder):
    page = browser.visit("/sign-in", status=200, budget=6)
    assert page.heading == "Sign in"
    assert page.has_link("I support someone")
    assert page.has_link("I work here")
    answer = card(browser, holder, number=holder.number.replace(" ", "-"), code=holder.code.lower())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.visit("/account", status=200).says("Ana Ruiz")


def test_a_card_is_for_shared_computers_unless_one_says_otherwise(browser, holder, make):
    page = browser.visit("/sign-in")
    assert page.soup.select_one("[name=shared]").has_attr("checked")
    for field in page.soup.select("[name=number], [name=code]"):
        assert field["autocomplete"] == "off"
    card(browser, holder)
    card(Browser(browser.app), holder, shared=[])
    with make.system() as work:
        shared = work.session.scalars(select(SignIn.shared).order_by(SignIn.started_at)).all()
    assert shared == [True, False]


def test_only_ones_own_device_gets_a_mark(browser, holder):
    card(browser, holder)
    assert browser.client.get_cookie("device") is None
    own = Browser(browser.app)
    card(own, holder, shared=[])
    mark = own.client.get_cookie("device")
    assert mark is not None
    assert mark.http_only


def test_empty_boxes_say_what_to_write(browser, holder):
    page = browser.visit("/sign-in").press("Sign in")
    assert page.status == 422
    assert page.says("Write your client number.")
    assert page.title.startswith("Error:")


def test_who_is_signed_in_needs_no_sign_in_page(browser, make):
    ana = browser.as_(make.client())
    for door in ("/sign-in", "/sign-in/code", "/sign-in/code/enter", "/sign-in/staff", "/sign-in/supporter"):
        answer = ana.client.get(door, query_string={"next": "/account"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account")


# --- Nobody learns who has an account ---


def seen(answer):
    """Everything an answer shows that could differ: status, place, text; tokens and what was typed left out."""
    text = re.sub(r'(name="(csrf_token|once)"|name="(number|email|known_by)"[^>]*?) value="[^"]*"', "", answer.text)
    return answer.status_code, answer.headers.get("Location"), re.sub(r'value="[^"]*"', "", text)


def test_a_wrong_code_and_a_number_nobody_has_look_the_same(browser, holder, make):
    answers = [card(Browser(browser.app), holder, code="WRONG CODE"), card(Browser(browser.app), holder, number="7")]
    with make.system() as work:
        commands.disable_account(work, work.get(Account, holder.who.account_id))
    answers.append(card(Browser(browser.app), holder))
    assert seen(answers[0]) == seen(answers[1]) == seen(answers[2])
    assert answers[0].status_code == 422
    assert "These do not match" in answers[0].text


@pytest.mark.parametrize("door", ["staff", "supporter"])
def test_a_wrong_password_and_an_address_nobody_has_look_and_last_the_same(
    browser, make, with_password, door, monkeypatch
):
    if door == "staff":
        with_password(make.worker(), "known@example.org")
    else:
        with_password(make.supporter(make.client()), "known@example.org")
    looked, verify = [], Passwords.matches

    def counted(hashing, stored, password):
        looked.append(stored)
        return verify(hashing, stored, password)

    monkeypatch.setattr(Passwords, "matches", counted)
    answers = []
    for email, password in (
        ("known@example.org", "wrong"),
        ("new@example.org", "wrong"),
        ("@", PASSWORD),
        ("k" * 254, "x"),
    ):
        other = Browser(browser.app)
        page = other.visit(f"/sign-in/{door}")
        fields = page.fields_of("Sign in")
        answers.append(other.client.post(f"/sign-in/{door}", data={**fields, "email": email, "password": password}))
    assert len({seen(answer) for answer in answers}) == 1
    assert answers[0].status_code == 422
    assert len(looked) == 4, "as much work for nobody as for somebody"


def test_asking_for_a_code_is_answered_the_same(browser, holder, make, sent, monkeypatch):
    make.contact(holder.who, "ana@example.org")
    work_done = []
    monkeypatch.setattr(Passwords, "take_time", lambda _self: work_done.append(1))
    answers = []
    for known_by in ("ana@example.org", "nobody@example.org", holder.number, "12345678", "not anything"):
        other = Browser(browser.app)
        fields = other.visit("/sign-in/code").fields_of("Send me a code")
        answers.append(other.client.post("/sign-in/code", data={**fields, "known_by": known_by}))
    assert {seen(answer) for answer in answers} == {(303, "/sign-in/code/enter", answers[0].text)}
    assert len(sent()) == 2
    assert len(work_done) == 5


def test_a_wrong_code_looks_the_same_whether_one_was_sent_or_not(browser, holder, make):
    make.contact(holder.who, "ana@example.org")
    answers = []
    for known_by in ("ana@example.org", "nobody@example.org"):
        other = Browser(browser.app)
        other.visit("/sign-in/code").press("Send me a code", known_by=known_by)
        fields = other.visit("/sign-in/code/enter").fields_of("Sign in")
        codes = ["000000" for _ in range(6)]
        answers.append([seen(other.client.post("/sign-in/code/enter", data={**fields, "code": c}))[:2] for c in codes])
    assert answers[0] == answers[1] == [(422, None)] * 5 + [(429, None)]


def test_the_page_that_asks_to_wait_is_the_same_for_all(browser, holder, settings):
    pages = []
    with clock.frozen_at(clock.now()):
        for number in (holder.number, "7654 3210"):
            for _ in range(5):
                assert card(browser, holder, number=number, code="WRONG").status_code == 422
            pages.append(card(browser, holder, number=number))
    assert seen(pages[0]) == seen(pages[1])
    assert pages[0].status_code == 429
    assert settings.office_phone in pages[0].text
    assert "You can try again at" in pages[0].text
    assert pages[0].headers["Retry-After"] == "61"
    assert not is_in(browser)


def test_the_count_of_wrong_tries_survives_the_refusal(browser, holder):
    """The gate rolls back what is refused; a counted try stays."""
    statuses = [card(browser, holder, code="WRONG").status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


# --- Codes ---


def test_a_client_signs_in_with_a_code(browser, holder, make, sent):
    make.contact(holder.who, "ana@example.org")
    page = browser.visit("/sign-in/code", query={"next": "/account"})
    page = page.press("Send me a code", known_by="Ana@Example.org")
    assert page.heading == "Enter your code"
    assert page.says("If we know you, a code is on its way.")
    box = page.soup.select_one("[name=code]")
    assert (box["autocomplete"], box["inputmode"]) == ("one-time-code", "numeric")
    assert not box.has_attr("maxlength") or int(box["maxlength"]) > 10, "a pasted code with spaces fits"
    page = page.press("Sign in", code=f" {sent()[-1].secret} ")
    assert page.heading == "My account"


def test_nothing_that_was_typed_stands_in_an_address(browser, holder, make):
    make.contact(holder.who, "ana@example.org")
    page = browser.visit("/sign-in/code").press("Send me a code", known_by="ana@example.org")
    assert "ana@" not in page.html
    assert page.response.request.query_string == b""


def test_a_code_used_twice_at_the_same_moment_signs_in_once(browser, holder, make, sent):
    make.contact(holder.who, "ana@example.org")
    browser.visit("/sign-in/code").press("Send me a code", known_by=holder.number)
    data = {**browser.visit("/sign-in/code/enter").fields_of("Sign in"), "code": sent()[-1].secret}
    start, answers = Barrier(4), []

    def use():
        client = browser.app.test_client()
        client.set_cookie("portal", token(browser))
        start.wait()
        answers.append(client.post("/sign-in/code/enter", data=data).status_code)

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422, 422, 422]
    with make.system() as work:
        assert len(work.session.scalars(select(SignIn)).all()) == 1
