"""Story 4.2 from the second version on: what matters to Farah, copies, the review of July, Emre's week, and August."""

from tests.end_to_end.conftest import PASSWORD
from tests.end_to_end.family import Family, to_goal, to_plan
from tests.end_to_end.phone import Phone

SOUP = {
    "What I hope for": "soup each Friday, with help",
    "Where I am now": "someone else cooks",
    "Better than I hoped": "soup each Friday, alone",
}
KNITTING = ("ten rows, three times a week", "one square a week")


def what_matters_goes_into_version_two(family: Family) -> None:
    """6. "Not mornings" stands in the plan, in Farah's own words, and the next version tells it as added."""
    farah = family.farah
    farah.menu("Goals")
    farah.follow("My plan")
    farah.follow("Say what matters")
    farah.write("In your own words", "not mornings")
    farah.press("Save")
    farah.part("More in the plan").sees("not mornings")


def differences_and_copies(family: Family) -> None:
    """6. What is different in plain words; the copies Farah allows are noted, and she reads the list."""
    priya, farah = family.priya, family.farah
    priya.follow("What is different")
    priya.sees("Version 2 beside version 1.", "Added", "What matters", "not mornings")
    priya.follow("Back to this version")
    priya.follow("A copy was given")
    priya.write("Who got it?", "Kemal Demir")
    priya.choose("Printed", of="How?")
    priya.press("Note it")
    priya.part("Copies given").sees("Kemal Demir", "Printed")
    farah.follow("Version 2")
    farah.part("Copies given").sees("Kemal Demir")
    farah.picture("version")


def review_on_day_42(family: Family) -> None:
    """10. 14 July: Farah rates knitting 0 and soup -1, Priya 0 and 0; both stand beside each other, never as one."""
    farah, priya = family.farah, family.priya
    family.on(7, 13, "18:00")
    family.farah_signs_in()
    _writes_ladder(farah, "Cook Friday soup", SOUP)
    family.on(7, 14, "10:00")
    family.priya_signs_in()
    priya.follow("Review due")
    priya.row("Farah Demir").sees("Due since")
    to_plan(priya, "Plan")
    priya.follow("Look at the plan together")
    priya.press("Start now")
    priya.sees("It is time", "Strengths that came since")
    family.on(7, 14, "18:00")
    family.farah_signs_in()
    _rates(farah, "Knit again", KNITTING[0])
    _rates(farah, "Cook Friday soup", SOUP["Where I am now"])
    family.priya_signs_in()
    _rates_as_staff(priya, "Knit again", KNITTING[0])
    _rates_as_staff(priya, "Cook Friday soup", SOUP["What I hope for"])
    to_plan(priya, "Plan")
    priya.follow("Look at the plan together")
    priya.part("Cook Friday soup").sees("Farah Demir", "someone else cooks", "Staff", "soup each Friday, with help")
    priya.write("On which day do we look again?", "2025-08-31")
    priya.press("Name this day")
    priya.sees("It counts when the other one has said yes.")
    _agrees(farah, "Sun, Aug 31", "August 31")
    farah.picture("review")


def emre_is_paused_for_a_week(family: Family) -> None:
    """11. Emre sees that nothing is there, and not why; after a week Farah lets him go on."""
    farah, emre = family.farah, family.emre
    family.on(7, 20, "12:00")
    family.farah_signs_in()
    farah.open(f"/cases/{family.case}/supporters")
    farah.press("Pause Emre Demir")
    family.on(7, 21, "19:00")
    emre.sign_in_with_password("emre@mail.example.org", PASSWORD, kind="supporter")
    emre.heading("Not available now")
    emre.sees_nothing_of("Farah", "pause", "Knit again")
    family.on(7, 27, "12:00")
    family.farah_signs_in()
    farah.open(f"/cases/{family.case}/supporters")
    farah.press("Go on Emre Demir")
    family.on(7, 28, "19:00")
    family.helper_signs_in(emre)
    emre.part("Goals").sees("Knit again")


def august(family: Family) -> None:
    """12. 31 August: knitting +1, soup 0. Contact moves from every 7 to every 30 days once Farah has agreed."""
    farah, priya = family.farah, family.priya
    family.on(8, 31, "12:00")
    family.farah_signs_in()
    _rates(farah, "Knit again", KNITTING[1])
    _rates(farah, "Cook Friday soup", SOUP["What I hope for"])
    family.priya_signs_in()
    to_plan(priya, "Plan")
    priya.follow("Look at the plan together")
    priya.press("Start now")
    priya.write("On which day do we look again?", "2026-01-12")
    priya.write("How often we are in touch: every so many days", "30")
    priya.press("Name this day")
    priya.menu("Caseload")
    priya.follow("Farah Demir")
    priya.part("This case").sees("In touch every", "7 days")
    _agrees(farah, "Mon, Jan 12", "In touch every 30 days")
    priya.open(f"/cases/{family.case}/client")
    priya.part("This case").sees("30 days", "January 12, 2026")


def _writes_ladder(farah: Phone, goal: str, rungs: dict[str, str]) -> None:
    to_goal(farah, goal)
    farah.follow("Make a ladder")
    for rung, words in rungs.items():
        farah.write(rung, words)
    farah.press("Save my ladder")


def _rates(farah: Phone, goal: str, rung: str) -> None:
    to_goal(farah, goal)
    _rates_here(farah, rung)


def _rates_as_staff(priya: Phone, goal: str, rung: str) -> None:
    priya.menu("Caseload")
    priya.follow("Farah Demir")
    priya.part("Goals").follow(goal)
    _rates_here(priya, rung)


def _rates_here(phone: Phone, rung: str) -> None:
    phone.follow("Say how it is going")
    phone.choose("Moving along", of="How is it going?")
    phone.choose(rung, of="Where on the ladder is it now?")
    phone.press("Save")
    phone.sees("Thank you. It is saved.")


def _agrees(farah: Phone, *seen: str) -> None:
    farah.menu("Goals")
    farah.follow("My plan")
    farah.follow("Look at the plan together")
    farah.part("The next time").sees(seen[-1])
    farah.press("Yes, I agree")
    farah.sees("Agreed. That was a good look at the plan.")
