"""Keys that go places, for staff who like them: off while somebody types, off for good when they say so."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.conftest import Office
from tests.end_to_end.phone import Phones

pytestmark = pytest.mark.browser


def test_keys_go_places_and_can_be_switched_off(office: Office, phones: Phones) -> None:
    dana = office.hire("Dana Okafor")
    desk = phones.phone("Dana", width=1280)
    dana.signs_in(desk)
    keyboard, page = desk.page.keyboard, desk.page
    keyboard.press("2")
    desk.heading("To answer")
    keyboard.press("?")
    desk.heading("Keyboard shortcuts")
    desk.sees("Caseload", "Places to follow up", "Next row")
    keyboard.press("j")  # no list on this page: nothing happens
    page.get_by_role("button", name="Switch these keys off in this browser").click()
    keyboard.press("1")
    expect(page.get_by_role("button", name="Switch these keys on again")).to_be_visible()
    desk.heading("Keyboard shortcuts")
    page.get_by_role("button", name="Switch these keys on again").click()
    keyboard.press("1")
    desk.heading("Caseload")


def test_letters_stay_letters_and_j_walks_down_a_list(office: Office, phones: Phones) -> None:
    dana = office.hire("Dana Okafor")
    office.client("Ana Ruiz", worker=office.make.worker())
    desk = phones.phone("Dana", width=1280)
    dana.signs_in(desk)
    desk.open("/cases/new")
    box = desk.page.locator("main input[type=text]").first
    box.focus()
    desk.page.keyboard.type("j1?")
    expect(box).to_have_value("j1?")
    desk.open("/account")
    assert desk.page.evaluate("document.querySelectorAll('[data-key]').length") >= 3
