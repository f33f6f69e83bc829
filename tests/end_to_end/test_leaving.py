"""Leaving: the exit button and signing out, and what Back shows then, with the back/forward cache on (SECURITY T1)."""

import pytest
from playwright.sync_api import expect

from portal.cases.models import Case
from portal.plans import commands as plans
from tests.end_to_end.conftest import Client, Office
from tests.end_to_end.live import CONTROL, WEATHER, LiveServer
from tests.end_to_end.phone import Phone, Phones
from tests.make import Make

pytestmark = pytest.mark.browser

SECRET = "Sleep in my own bed without fear"


@pytest.fixture
def ana(office: Office, make: Make) -> Client:
    client = office.client()
    with make.work(client.who) as work:
        plans.write_goal(work, work.get(Case, client.who.case), words=SECRET)
    return client


def looks_at_private_pages(phone: Phone, ana: Client) -> None:
    """Home, goals, one goal, and home again: several private pages in the history."""
    ana.signs_in(phone)
    phone.heading("Hello, Ana Ruiz")
    phone.menu("Goals")
    phone.sees(SECRET)
    phone.follow(SECRET)
    phone.heading(SECRET)
    phone.menu("Home")
    phone.sees(SECRET)


def nothing_private_by_going_back(phone: Phone, ana: Client) -> None:
    """Back as often as it goes: never a private page, whether kept by the browser or asked for again."""
    for _press in range(6):
        phone.back()
        phone.shows_nowhere(SECRET, ana.who.name)
    phone.open(f"{ana.case}/goals")
    phone.heading("Sign in")


def test_back_brings_a_whole_page_where_it_may(phones: Phones):
    """The control: this browser does keep pages, so the tests below can fail."""
    phone = phones.phone("control")
    phone.open(CONTROL[0])
    phone.page.evaluate("window.kept = true")
    phone.open(CONTROL[1])
    phone.back()
    assert phone.page.evaluate("[location.pathname, window.kept]") == [CONTROL[0], True]


def test_the_exit_button_leaves_nothing_behind(phones: Phones, ana: Client, live: LiveServer):
    phone = phones.phone("ana")
    looks_at_private_pages(phone, ana)
    phone.root.get_by_role("link", name="Leave this site").click()
    expect(phone.page.locator("h1")).to_have_text("Sunny all day")
    assert phone.page.url == live.elsewhere
    nothing_private_by_going_back(phone, ana)


def test_three_presses_of_shift_leave_too(phones: Phones, ana: Client, live: LiveServer):
    phone = phones.phone("ana")
    looks_at_private_pages(phone, ana)
    for _press in range(3):
        phone.page.keyboard.press("Shift")
    phone.page.wait_for_url("**" + WEATHER)
    nothing_private_by_going_back(phone, ana)


def test_the_exit_works_without_script(phones: Phones, ana: Client, live: LiveServer):
    phone = phones.phone("ana", java_script_enabled=False)
    looks_at_private_pages(phone, ana)
    phone.follow("Leave this site")
    assert phone.page.url == live.elsewhere
    for _press in range(3):
        phone.back()
        phone.heading("Sign in")


def test_after_signing_out_back_shows_nothing(phones: Phones, ana: Client):
    phone = phones.phone("ana")
    looks_at_private_pages(phone, ana)
    phone.press("Sign out")
    phone.heading("You are signed out")
    nothing_private_by_going_back(phone, ana)


def test_text_that_was_not_sent_stays_with_its_writer_alone(phones: Phones, ana: Client):
    """What stood in a box when one left is nowhere in the browser (SECURITY T3); the server keeps it for its writer."""
    phone = phones.phone("ana")
    ana.signs_in(phone)
    phone.open(f"{ana.case}/messages")
    box = phone.root.get_by_role("textbox")
    assert box.get_attribute("autocomplete") == "off"
    box.press_sequentially(SECRET)
    phone.root.get_by_role("link", name="Leave this site").click()
    phone.page.wait_for_url("**" + WEATHER)
    nothing_private_by_going_back(phone, ana)
    ana.signs_in(phone)
    phone.open(f"{ana.case}/messages")
    expect(phone.root.get_by_role("textbox")).to_have_value(SECRET)
    phone.press("Clear what we kept")
    expect(phone.root.get_by_role("textbox")).to_have_value("")
