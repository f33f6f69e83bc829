"""The pages of messages, as each reader sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.models import ReadMark
from portal.cases.models import Case
from portal.messages import commands
from portal.messages.models import Message, Thread
from portal.roles import Power, Role
from tests.make import Make

MONDAY = datetime(2025, 4, 7, 17, tzinfo=UTC)


@pytest.fixture
def worker(make):
    return make.worker("Dana Okafor")


@pytest.fixture
def elena(make, worker):
    return make.client("Elena Marsh", profile="brokerage", worker=worker)


def address(who):
    return f"/cases/{who.case}/messages"


def say(make: Make, who, case_id, *words):
    for text in words:
        with make.work(who, case_id) as work:
            commands.send(work, work.get(Case, case_id), text)


def fill(make: Make, client, worker, count):
    """A thread of so many messages, in turns."""
    with make.system() as work:
        thread = Thread.started(client.case, None, MONDAY)
        work.session.add(thread)
        for number in range(count):
            who, role = [(client, Role.CLIENT), (worker, Role.CASE_MANAGER)][number % 2]
            work.session.add(thread.add(who.id, role, f"word-{number:03}.", MONDAY + timedelta(minutes=number)))


def test_a_client_writes_and_is_told_when_to_expect_an_answer(browser, make, elena):
    me = browser.as_(elena)
    with clock.frozen_at(MONDAY):
        page = browser.as_(elena).visit(address(elena))
    assert page.says("You can expect an answer by Thu, Apr 10.")
    assert page.text.index("expect an answer") < page.text.index("Send my message")
    assert page.says("A message is not for an emergency")
    page = me.visit(address(elena)).press("Send my message", body="My head hurts")
    assert page.says("Your message was sent.")
    assert page.says("My head hurts")
    assert page.says("Sent")


def test_a_whole_team_s_inbox_says_so(browser, make):
    client = make.client(profile="act")
    assert browser.as_(client).visit(address(client)).says("Your whole team can read this and write back.")


def test_an_empty_message_is_not_sent(browser, make, elena):
    page = browser.as_(elena).visit(address(elena)).press("Send my message", body="  ")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.says("Write some words first.")


def test_a_double_press_sends_once(browser, make, elena):
    page = browser.as_(elena).visit(address(elena))
    fields = {**page.fields_of("Send my message"), "body": ["Only once"]}
    first = page.browser.post(page.action_of("Send my message"), fields)
    second = page.browser.post(page.action_of("Send my message"), fields)
    assert first.status == second.status == 200
    with make.system() as work:
        assert len(work.session.scalars(select(Message)).all()) == 1


def test_staff_answer_on_the_same_page(browser, make, elena, worker):
    say(make, elena, elena.case, "My head hurts")
    page = browser.as_(worker).visit(address(elena))
    assert page.says("My head hurts")
    assert page.says("New")
    assert not page.says("You can expect an answer")
    page = page.press("Send my message", body="Thank you for telling me")
    assert not page.says("New ")
    read = browser.as_(elena).visit(address(elena))
    assert read.says("Thank you for telling me")
    assert read.says("Case manager")


def test_a_message_is_new_until_it_was_seen(browser, make, elena, worker):
    say(make, worker, elena.case, "Hello")
    me = browser.as_(elena)
    assert me.visit(address(elena)).soup.select(".bubble--new")
    assert not me.visit(address(elena)).soup.select(".bubble--new")
    say(make, worker, elena.case, "Hello again")
    assert len(me.visit(address(elena)).soup.select(".bubble--new")) == 1


def test_staff_s_new_ones_stay_until_they_are_answered(browser, make, elena, worker):
    say(make, elena, elena.case, "Hello", "Are you there?")
    staff = browser.as_(worker)
    staff.visit(address(elena))
    assert len(staff.visit(address(elena)).soup.select(".bubble--new")) == 2


def test_a_client_is_told_that_staff_have_seen_it(browser, make, elena, worker):
    say(make, elena, elena.case, "Hello")
    assert browser.as_(elena).visit(address(elena)).soup.select_one(".bubble__status").text == "Sent"
    browser.as_(worker).visit(address(elena))
    assert browser.as_(elena).visit(address(elena)).soup.select_one(".bubble__status").text == "Seen"


def test_older_messages_are_a_page_away(browser, make, elena, worker):
    fill(make, elena, worker, 103)
    page = browser.as_(elena).visit(address(elena))
    shown = [re.findall(r"word-(\d+)", page.text)]
    assert shown[0] == [f"{n:03}" for n in range(53, 103)]
    page = page.follow("Older messages")
    assert re.findall(r"word-(\d+)", page.text) == [f"{n:03}" for n in range(3, 53)]
    page = page.follow("Older messages")
    assert re.findall(r"word-(\d+)", page.text) == ["000", "001", "002"]
    assert not page.has_link("Older messages")


def test_looking_at_older_ones_reads_no_new_one(browser, make, elena, worker):
    fill(make, elena, worker, 60)
    with make.system() as work:
        oldest = work.session.scalars(select(Message).order_by(Message.sent_at).offset(9)).first()
    browser.as_(elena).visit(address(elena), query={"before": oldest.id}, status=200)
    with make.system() as work:
        assert not work.session.scalars(select(ReadMark)).all()


@pytest.mark.parametrize("before", ["x", "8c1b6c9e-0000-4000-8000-000000000000"])
def test_a_made_up_place_in_the_thread_is_not_found(browser, elena, make, worker, before):
    fill(make, elena, worker, 2)
    browser.as_(elena).visit(address(elena), query={"before": before}, status=404)


@pytest.mark.parametrize("count", [10, 500])
def test_a_long_thread_costs_what_a_short_one_does(browser, make, elena, worker, count):
    fill(make, elena, worker, count)
    me = browser.as_(elena)
    me.visit(address(elena))  # the first look is remembered
    assert me.visit(address(elena)).queries <= 6


def test_a_client_of_another_case_finds_nothing(browser, make, elena):
    other = make.client("Olga")
    browser.as_(other).visit(address(elena), status=404)


def test_a_closed_case_is_read_only(browser, make, worker):
    client = make.client("Cleo", worker=worker, closed_on=clock.now().date())
    page = browser.as_(client).visit(address(client))
    assert not page.has_button("Send my message")
    assert page.says("This case is closed.")


class TestSupporter:
    @pytest.fixture
    def luis(self, make, elena):
        return make.supporter(elena, powers=[Power.MESSAGE_WORKER])

    def test_writes_to_staff_and_the_client_reads_it(self, browser, make, elena, worker, luis):
        say(make, elena, elena.case, "A private matter")
        page = browser.as_(luis).visit(f"{address(luis)}/mine").press("Send my message", body="She isn't eating")
        assert page.says("She isn't eating")
        assert not page.says("A private matter")
        page = browser.as_(elena).visit(address(elena))
        assert not page.says("She isn't eating")
        page = page.follow("Luis Marsh")
        assert page.says("She isn't eating")
        assert page.says("Supporter")
        assert not page.has_button("Send my message")
        answered = browser.as_(worker).visit(page.url).press("Send my message", body="I got it")
        assert answered.says("I got it")
        assert browser.as_(luis).visit(f"{address(luis)}/mine").says("I got it")

    def test_cannot_open_the_client_s_thread(self, browser, make, elena, luis):
        say(make, elena, elena.case, "A private matter")
        page = browser.as_(luis).visit(address(elena), status=403)
        assert not page.says("A private matter")
        with make.system() as work:
            thread = work.session.scalars(select(Thread)).one()
        assert browser.as_(luis).visit(f"/threads/{thread.id}").status in {403, 404}

    def test_the_client_cannot_write_into_it(self, browser, make, elena, luis):
        browser.as_(luis).visit(f"{address(luis)}/mine").press("Send my message", body="Hello")
        page = browser.as_(elena).visit(address(elena))
        fields = {**page.fields_of("Send my message"), "body": ["Sneaked in"]}
        url = page.follow("Luis Marsh").url
        assert browser.as_(elena).client.post(url, data=fields).status_code in {400, 403}

    def test_without_the_power_there_is_no_page(self, browser, make, elena):
        emre = make.supporter(elena, "Emre", powers=[Power.SEE_NEXT, Power.SEE_GOALS])
        assert browser.as_(emre).visit(f"{address(elena)}/mine").status == 403


class TestNotes:
    def test_staff_keep_one_in_words_unlike_a_message(self, browser, make, elena, worker):
        page = browser.as_(worker).visit(f"/cases/{elena.case}/notes")
        assert page.says("Only staff read this. It is not sent.")
        assert not page.has_button("Send my message")
        page = page.press("Keep this note", note="Seemed tired today")
        assert page.says("Seemed tired today")
        assert page.says("The note is kept. Only staff can read it.")

    def test_its_field_is_no_message_s_field(self, browser, elena, worker):
        staff = browser.as_(worker)
        note = staff.visit(f"/cases/{elena.case}/notes").fields_of("Keep this note")
        message = staff.visit(address(elena)).fields_of("Send my message")
        assert {"note"} == set(note) - set(message)

    def test_a_client_never_sees_one(self, browser, make, elena, worker):
        with make.work(worker, elena.case) as work:
            commands.keep_note(work, work.get(Case, elena.case), "MARKER-NOTE")
        me = browser.as_(elena)
        assert "MARKER-NOTE" not in me.visit(f"/cases/{elena.case}/notes", status=403).html
        assert "MARKER-NOTE" not in me.visit(address(elena)).html
        assert not me.visit(address(elena)).has_link("Private notes of staff")

    def test_an_empty_one_is_not_kept(self, browser, elena, worker):
        page = browser.as_(worker).visit(f"/cases/{elena.case}/notes").press("Keep this note", note=" ")
        assert page.status == 422
        assert page.says("Write some words first.")
