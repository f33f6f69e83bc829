"""The main job in other ways: with the keyboard alone, without JavaScript, with an impatient thumb."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.cases.models import Case
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind
from portal.referrals import commands as referrals
from portal.referrals.models import LedBy
from tests.end_to_end.conftest import Client, Office
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phones
from tests.make import Make
from tests.referrals.places import make_place

pytestmark = pytest.mark.browser

GOAL, STEP, PLACE = "Sing in the choir again", "Ask Rosa when they meet", "Voice class"
#: More presses of Tab than this to reach something, and a person without a mouse gives up.
MOST_TABS = 60
_FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e)
  if (e === document.body) return {name: '', seen: true, inside: true} // after the last thing, before the first
  const name = e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || ''
  const box = e.getBoundingClientRect()
  return {
    name: name.replace(/\\s+/g, ' ').trim(),
    seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none',
    inside: box.bottom > 0 && box.top < innerHeight,
  }
}"""


@pytest.fixture
def ana(office: Office, make: Make) -> Client:
    """Ana has a goal with one step of hers, and a place that her case manager offered."""
    worker = make.worker()
    client = office.client(worker=worker)
    service = make_place(make, PLACE)
    with make.work(client.who) as work:
        goal = plans.write_goal(work, work.get(Case, client.who.case), words=GOAL)
        work.session.flush()
        plans.add_step(work, goal, text=STEP, doer=Doer(DoerKind.CLIENT))
    with make.work(worker, client.who.case) as work:
        offer = referrals.Offer(service_id=service, place=PLACE, led_by=LedBy.CLIENT, need="To sing")
        referrals.offer(work, work.get(Case, client.who.case), offer)
    return client


@dataclass
class Keyboard:
    """Fingers that know Tab, Enter, Space and letters."""

    page: Page

    def to(self, name: str) -> None:
        """Press Tab until the thing with this name has the focus; the focus can be seen all the way."""
        passed = []
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(_FOCUS)
            assert focus["seen"], f"the focus cannot be seen on “{focus['name']}”"
            if focus["name"] == name:
                assert focus["inside"], f"“{name}” has the focus outside of the screen"
                return
            passed.append(focus["name"])
        raise AssertionError(f"Tab does not lead to “{name}”: {passed}")

    def type(self, name: str, text: str) -> None:
        """Go to the box with this label and type."""
        self.to(name)
        self.page.keyboard.type(text)

    def enter(self, name: str) -> None:
        """Go to the link or button with this text, press Enter, and wait for the next page."""
        self.to(name)
        self.enter_here()

    def enter_here(self) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")


def test_the_main_job_with_the_keyboard_alone(phones: Phones, ana: Client):
    phone = phones.phone("ana", width=1280)
    keys = Keyboard(phone.page)
    phone.open("/sign-in")
    keys.type("Client number", ana.number)
    keys.type("Card code", ana.code)
    keys.to("Other people use this computer or phone, too")
    phone.page.keyboard.press("Space")
    keys.enter("Sign in")
    phone.heading("Hello, Ana Ruiz")

    # The first Tab leads past the navigation.
    phone.page.keyboard.press("Tab")
    assert phone.page.evaluate(_FOCUS)["name"] == "Skip to main content"
    keys.enter_here()
    keys.enter(f"I did this {STEP}")
    phone.sees("Well done. The step is marked as done.")

    keys.enter("Goals")
    keys.enter("Write a goal")
    keys.type("What do you want?", "Walk to the river")
    keys.enter("Save my goal")
    phone.heading("Walk to the river")

    keys.enter("Places")
    keys.enter(f"Yes, I want this {PLACE}")
    keys.enter(f"I called {PLACE}")
    phone.sees("Thank you for telling us.")

    keys.enter("Messages")
    keys.type("Your message", "I called them today.")
    keys.enter("Send my message")
    phone.sees("I called them today.")
    keys.enter("Sign out")
    phone.heading("You are signed out")


def test_the_main_job_without_script(phones: Phones, ana: Client, make: Make):
    phone = phones.phone("ana", java_script_enabled=False)
    ana.signs_in(phone)
    phone.heading("Hello, Ana Ruiz")
    for number in ("988", "911"):
        called = phone.part("In danger, or need someone now?").root.get_by_role("link", name=number)
        expect(called).to_have_attribute("href", f"tel:{number}")
    phone.press(f"I did this {STEP}")
    phone.sees("Well done. The step is marked as done.")

    phone.menu("Goals")
    phone.follow("Write a goal")
    phone.write("What do you want?", "Walk to the river")
    phone.unfold("Say more, if you like")
    phone.choose("7", of="How much does it matter, from 1 to 10?")
    phone.press("Save my goal")
    phone.heading("Walk to the river")
    phone.sees("7 of 10")

    phone.menu("Strengths")
    phone.write("In your own words", "I can hold a tune")
    phone.press("Add it")
    phone.sees("Saved. It is on your sheet.", "I can hold a tune")

    phone.menu("Places")
    phone.press(f"Yes, I want this {PLACE}")
    phone.follow(f"I have a date {PLACE}")
    phone.press("Save the date")
    phone.sees("Please look at this again", "Write the day of the visit.")
    phone.write("Day", (make.now().date() + timedelta(days=15)).isoformat())
    phone.write("Time", "10:00")
    phone.press("Save the date")
    phone.part(PLACE).sees("Visit set:", "10:00 AM")

    phone.follow("Find help")
    phone.write("What do you need?", "voice")
    phone.press("Search")
    phone.follow(PLACE)
    phone.press("Save this place")

    phone.menu("Messages")
    phone.write("Your message", "I called them today.")
    phone.press("Send my message")
    phone.sees("I called them today.")

    phone.page.locator("summary", has_text="English").click()
    phone.press("العربية")
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    phone.sees("I called them today.")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_tap_sends_one_message(phones: Phones, ana: Client, make: Make, script: bool):
    phone = phones.phone("ana", java_script_enabled=script)
    ana.signs_in(phone)
    phone.open(f"{ana.case}/messages")
    phone.write("Your message", "Only once, please.")
    with phone.page.expect_navigation(wait_until="domcontentloaded"):
        phone.root.get_by_role("button", name="Send my message").dblclick(no_wait_after=True)
    phone.open(f"{ana.case}/messages")
    phone.sees("Only once, please.")
    assert phone.text().count("Only once, please.") == 1


def test_the_same_form_sent_twice_at_one_moment_sends_one_message(phones: Phones, ana: Client, live: LiveServer):
    phone = phones.phone("ana")
    ana.signs_in(phone)
    phone.open(f"{ana.case}/messages")
    phone.write("Your message", "Only once, please.")
    answers = phone.page.evaluate(
        """async () => {
          const form = [...document.forms].find(one => one.querySelector('textarea'))
          const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})
          return (await Promise.all([send(), send(), send()])).map(answer => [answer.status, answer.url])
        }"""
    )
    assert {status for status, _url in answers} == {200}
    assert len({url for _status, url in answers}) == 1, "each was led to the same page"
    assert live.asked.count(f"POST {ana.case}/messages") == 3
    phone.open(f"{ana.case}/messages")
    phone.sees("Only once, please.")
    assert phone.text().count("Only once, please.") == 1
