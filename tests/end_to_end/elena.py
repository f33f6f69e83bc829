"""Elena Marsh, her brother, her case manager and the supervisor: who they are, and what they do more than once."""

from dataclasses import dataclass

from tests.end_to_end.conftest import StaffMember
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phone


@dataclass
class Story:
    """Both people in the story, each with a phone, and the clock."""

    live: LiveServer
    dana: Phone
    elena: Phone
    worker: StaffMember
    card: tuple[str, str] = ("", "")
    case: str = ""

    @property
    def case_path(self) -> str:
        """Where the pages of Elena's case begin."""
        return f"/cases/{self.case}"

    def dana_signs_in(self, month: int, day: int, time: str) -> Phone:
        self.live.on(month, day, time)
        self.worker.signs_in(self.dana)
        self.dana.heading("Caseload")
        return self.dana

    def elena_signs_in(self, month: int, day: int, time: str) -> Phone:
        self.live.on(month, day, time)
        self.elena.sign_in_with_card(*self.card)
        self.elena.heading("Hello, Elena Marsh")
        return self.elena

    def elena_at_her_places(self, month: int, day: int, time: str = "18:00") -> Phone:
        elena = self.elena_signs_in(month, day, time)
        elena.menu("Places")
        elena.heading("My places")
        return elena


def to_client(dana: Phone) -> None:
    """From anywhere to Elena's page."""
    dana.menu("Caseload")
    dana.follow("Elena Marsh")


def offers(dana: Phone, place: str, words: str, who: str, need: str) -> None:
    """From Elena's page: find the place in the directory and offer it."""
    dana.follow("Find a place")
    dana.write("What do you need?", words)
    dana.press("Search")
    dana.follow(place)
    dana.follow("Refer to this place")
    dana.choose(who, of="Who contacts the place?")
    dana.write("What it is for", need)
    dana.choose("Offered at the first meeting")
    dana.press("Offer this place")
    dana.heading(place)


def packs(dana: Phone, words: str, place: str, need: str) -> None:
    """On the page of the pack: look for a place, and put it in."""
    dana.write("What is needed?", words)
    dana.press("Search")
    dana.page.get_by_role("group", name="Which of these?").locator("label", has_text=place).click()
    dana.write("What it is for", need)
    dana.choose("The client contacts them", of="Who contacts the place?")
    dana.press("Put into the pack")
    dana.part("In the pack").sees(place, need)


def to_follow_up(dana: Phone) -> None:
    """From anywhere to the list of places gone quiet."""
    dana.menu("Caseload")
    dana.follow("Places gone quiet")
    dana.follow("Follow up place by place")
    dana.heading("Places to follow up")
