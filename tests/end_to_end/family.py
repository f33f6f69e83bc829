"""Farah Demir, her family and her case manager: who they are, and what they do on the pages more than once."""

import re
from dataclasses import dataclass

from tests.end_to_end.conftest import PASSWORD, StaffMember
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phone


@dataclass
class Family:
    """Everybody in the story, each with a phone of their own."""

    live: LiveServer
    priya: Phone
    farah: Phone
    kemal: Phone
    selin: Phone
    emre: Phone
    grace: Phone
    worker: StaffMember
    lead: StaffMember
    card: tuple[str, str] = ("", "")
    case: str = ""

    def on(self, month: int, day: int, time: str = "12:00") -> None:
        self.live.on(month, day, time)

    def farah_signs_in(self) -> None:
        self.farah.sign_in_with_card(*self.card)
        self.farah.heading("Hello, Farah Demir")

    def priya_signs_in(self) -> None:
        self.worker.signs_in(self.priya)
        self.priya.heading("Caseload")

    def helper_signs_in(self, phone: Phone) -> None:
        phone.sign_in_with_password(f"{phone.owner}@mail.example.org", PASSWORD, kind="supporter")
        phone.heading("Shared with you")


def farah_adds(farah: Phone, column: str, words: str, area: str) -> None:
    if not farah.page.get_by_role("link", name=column, exact=True).get_attribute("aria-current"):
        farah.follow(column)
    farah.write("In your own words", words)
    farah.unfold("Say more about it")
    farah.choose(area, of="Which part of life?")
    farah.press("Add it")
    farah.sees("Saved. It is on your sheet.")
    farah.part(area).sees(words)


def joins(phone: Phone, code: str, name: str) -> None:
    """Come in with a code and an account of one's own."""
    phone.open("/join")
    phone.write("The code", code)
    phone.press("Go on")
    phone.heading("Make your own account")
    phone.write("Your name", name)
    phone.write("Your email", f"{phone.owner}@mail.example.org")
    phone.write("A password of your own", PASSWORD)
    phone.press("Make my account")
    phone.heading("Shared with you")
    phone.sees("You see what Farah Demir shares with you, until December 2, 2025.")


def becomes_a_shared_goal(farah: Phone, case: str, words: str) -> None:
    farah.open(f"/cases/{case}/strengths/top")
    farah.press(f"Make it a goal {words}")
    farah.heading(words)
    farah.follow("Change my goal")
    farah.choose("Me, staff and my supporters", of="Who can see this goal?")
    farah.press("Save my goal")
    farah.heading(words)
    farah.sees("Me, staff and my supporters")


def to_goal(phone: Phone, words: str) -> None:
    """From anywhere to the page of this goal."""
    phone.menu("Goals")
    phone.follow(words)
    phone.heading(words)


def adds_step(phone: Phone, text: str, doer: str, *, due: str = "", kind: str = "") -> None:
    phone.follow("Add a small step")
    phone.write("What is the step?", text)
    phone.choose(doer, of="Who does it?")
    if due:
        phone.write("By which day?", due)
    if kind:
        phone.unfold("Say more, if you like")
        phone.choose(kind, of="Does the step bring in a person or a place?")
    phone.press("Save the step")
    phone.part("Small steps").sees(text)


def to_plan(priya: Phone, link: str) -> None:
    """From anywhere to Farah's plan."""
    priya.menu("Caseload")
    priya.follow("Farah Demir")
    priya.follow(link)
    priya.heading("The plan")


def priya_offers_the_plan(family: Family, number: int, *, signed_in: bool = False) -> None:
    priya = family.priya
    if not signed_in:
        family.priya_signs_in()
    to_plan(priya, "Plan")
    priya.follow("Offer this plan")
    priya.sees("Knit again", "Cast on 10 stitches, Wed", "Ask the OT about thicker needles")
    priya.press("Offer this plan to the client")
    priya.heading(f"Plan, version {number}")


def farah_opens_the_offer(farah: Phone, number: int) -> None:
    farah.menu("Goals")
    farah.follow("My plan")
    farah.sees("A plan waits for your answer", f"Version {number}")
    farah.follow("Read it and answer")
    farah.heading(f"Plan, version {number}")


def in_order(text: str, *parts: str) -> bool:
    """Whether these stand in the text, each after the one before."""
    return re.search(".*?".join(map(re.escape, parts)), text, re.DOTALL) is not None
