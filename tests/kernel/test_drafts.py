"""What is typed and not sent is kept for its writer: by the script, by a form that comes too late, by the exit."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from portal import clock
from portal.accounts.models import SignIn
from portal.web import drafts
from portal.web.drafts import KEPT_FOR, MOST, Draft
from tests.accounts.conftest import token

WORDS = "I want to sleep without fear"
SENT = "/cases/{}/goals/new"


@pytest.fixture
def ana(make):
    return make.client("Ana Ruiz")


@pytest.fixture
def kept(make):
    """How many drafts there are."""

    def count() -> int:
        with make.system() as work:
            return work.session.scalar(select(func.count(Draft.id)))

    return count


def typing(page):
    """What the script sends while somebody types into the goal's box."""
    return {**page.fields_of("Save my goal"), "words": [WORDS]}


def words_in(page):
    return page.soup.select_one("[name=words]").text.strip()


def test_what_is_typed_is_there_again_and_gone_once_it_is_sent(browser, ana, kept):
    me, url = browser.as_(ana), SENT.format(ana.case)
    page = me.visit(url)
    assert not page.says("We kept it for you")
    assert page.soup.select_one("form[data-draft]")["data-draft"] == "/drafts"
    assert me.client.post("/drafts", data=typing(page)).status_code == 204
    again = browser.as_(ana).visit(url)  # another browser, another day
    assert words_in(again) == WORDS
    assert again.says("We kept it for you")
    again.press("Save my goal")
    assert kept() == 0
    assert words_in(me.visit(url)) == ""


def test_only_its_writer_sees_it(browser, make, ana, kept):
    me = browser.as_(ana)
    me.client.post("/drafts", data=typing(me.visit(SENT.format(ana.case))))
    with make.system() as work:
        place = work.session.scalars(select(Draft.place)).one()
    with make.work(make.client("Ben Ito")) as work:
        assert drafts.kept(work, place) is None
    with make.work(ana) as work:
        mine = drafts.kept(work, place)
        assert mine is not None
        assert mine.fields["words"] == [WORDS]
    with make.system() as work:
        stored = work.session.execute(text("select fields from draft")).scalar_one()
    assert b"sleep" not in bytes(stored)
    assert kept() == 1


def test_it_is_thrown_away_with_one_press(browser, ana, kept):
    me, url = browser.as_(ana), SENT.format(ana.case)
    me.client.post("/drafts", data=typing(me.visit(url)))
    page = me.visit(url).press("Clear what we kept")
    assert page.url == url
    assert words_in(page) == ""
    assert kept() == 0


def test_a_form_that_comes_after_its_time_is_not_lost(browser, ana, kept, make):
    start, url = clock.now(), SENT.format(ana.case)
    with clock.frozen_at(start):
        me = browser.as_(ana)
        page = me.visit(url)
    with clock.frozen_at(start + timedelta(hours=3)):
        late = page.press("Save my goal", words=WORDS)
        assert late.url == "/sign-in"
        assert late.response.request.args["next"] == url
        assert kept() == 1
        assert words_in(browser.as_(ana).visit(url)) == WORDS
    with make.system() as work:
        assert work.session.scalars(select(Draft.person_id)).one() == ana.id


def test_a_form_of_an_ended_session_is_nobodys(browser, ana, kept, make):
    me = browser.as_(ana)
    page = me.visit(SENT.format(ana.case))
    with make.system() as work:
        work.session.scalars(select(SignIn)).one().ended_at = work.now
    page.press("Save my goal", words=WORDS)
    assert kept() == 0


def test_leaving_takes_along_what_was_being_typed(browser, ana, kept):
    me, url = browser.as_(ana), SENT.format(ana.case)
    me.client.set_cookie("left", "1")
    me = browser.as_(ana)
    fields = typing(me.visit(url))
    before = token(me)
    me.client.set_cookie("left", "1")
    assert me.client.post("/exit", data=fields).status_code == 204
    assert token(me) != before
    assert kept() == 1
    assert words_in(browser.as_(ana).visit(url)) == WORDS


def test_nothing_typed_is_nothing_kept(browser, ana, kept):
    me, url = browser.as_(ana), SENT.format(ana.case)
    page = me.visit(url)
    me.client.post("/drafts", data=typing(page))
    assert me.client.post("/drafts", data={**typing(page), "words": " "}).status_code == 205
    assert kept() == 0


@pytest.mark.parametrize(
    "place",
    ["", "//evil.example/|A|w", "/x", "https://evil.example|A|w", "/a|b c|w", "/a|A|", "/" + "a" * 400 + "|A|w"],
)
def test_a_place_that_is_none_of_ours_is_refused(browser, ana, kept, place):
    me = browser.as_(ana)
    fields = {**typing(me.visit(SENT.format(ana.case))), "draft": place}
    assert me.client.post("/drafts", data=fields).status_code == 205
    assert kept() == 0
    assert me.client.post("/drafts/clear", data={**fields, "once": "a1"}).location == "/"


def test_keys_and_passwords_are_not_kept(make, ana):
    with make.work(ana) as work:
        assert drafts.keep(work, ana.id, "/a|B|words", {"words": ["x"], "password": ["secret"], "csrf_token": ["t"]})
    with make.system() as work:
        assert json.loads(work.session.scalars(select(Draft.fields)).one()) == {"words": ["x"]}


def test_a_person_has_so_many_and_not_for_ever(make, ana, kept):
    with make.work(ana) as work:
        for number in range(MOST + 2):
            assert drafts.keep(work, ana.id, f"/goals/{number}|A|words", {"words": ["x"]})
            work.session.flush()
        assert not drafts.keep(work, ana.id, "/long|A|words", {"words": ["x" * (drafts.LONGEST + 1)]})
    assert kept() == MOST
    with clock.frozen_at(clock.now() + KEPT_FOR + timedelta(minutes=1)), make.system() as work:
        drafts.forget_old(work)
    assert kept() == 0
