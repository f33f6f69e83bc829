"""Story 4.1 through the pages: Elena finds her way with places that Dana offers; Luis is let in on one date."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from portal.demo.places import COUNTY, SOURCE, moved_to
from portal.directory.importer import import_package
from portal.roles import Post
from tests.end_to_end.conftest import PASSWORD, Office
from tests.end_to_end.elena import Story, offers, packs, to_client, to_follow_up
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phones
from tests.make import Make

pytestmark = pytest.mark.browser

NEUROLOGY = "Neurology Clinic"
COUNSELLING = "Counselling for adults"
PHYSIO = "Vestibular Physio (Osprey Landing)"
NEARER = "Vestibular Physio (Larkwater)"
GOAL = "Drive to work again without feeling dizzy."
#: What Elena answers when a way of working is chosen.
ANSWERS = {
    "How many parts of life do you want help with?": "Two",
    "How are day-to-day things now?": "Steady",
    "Could you call a place yourself?": "Yes, with the facts in hand",
    "How often would you like contact?": "Each month",
    "Do you want treatment together with this help?": "A little",
    "Do you want to learn or relearn things?": "No",
    "Shall we build on your own goals, interests, family and community?": "A little",
    "Are there services near that are open to you?": "Plenty, and they work together",
}


@pytest.fixture
def story(live: LiveServer, phones: Phones, office: Office, make: Make) -> Story:
    live.on(4, 7, "09:00")
    with moved_to(COUNTY, date(2025, 4, 5)) as folder, make.system() as work:
        import_package(work.session, folder, source_name=SOURCE)
    return Story(live, phones.phone("dana"), phones.phone("elena"), office.hire("Dana Okafor"))


def test_elena_finds_her_way(story: Story, phones: Phones, office: Office, make: Make) -> None:
    dana_opens_the_case(story)
    dana_offers_three_places(story)
    elena_accepts_all_three(story)
    elena_writes_her_own_goal(story)
    elena_has_a_date(story)
    the_clinic_replies(story)
    luis_is_shown_one_date(story, phones)
    only_the_silent_place_is_asked_about(story)
    too_far_and_a_nearer_one(story)
    how_it_went(story)
    did_it_help(story)
    the_case_is_closed(story)
    the_supervisor_sees_it(story, phones, office, make)


def dana_opens_the_case(story: Story) -> None:
    """1. The helper finds brokerage 100, next offered 77. Elena is asked how she wants to work; the reason is kept."""
    dana = story.dana_signs_in(4, 7, "09:30")
    dana.menu("Open a case")
    dana.write("Name", "Elena Marsh")
    dana.choose("Mostly on my own", of="How do you want to work?")
    dana.unfold("Not sure? Answer some questions together")
    for question, answer in ANSWERS.items():
        dana.choose(answer, of=question)
    dana.choose("A licensed clinician can do this work")
    dana.press("See what fits")
    dana.part("Brokerage").sees("Fits 100 of 100", "Services near: Plenty, and they work together")
    dana.part("Clinical").sees("Fits 77 of 100")
    fits = re.findall(r"Fits (\d+) of 100", dana.text())
    assert fits[:2] == ["100", "77"]
    dana.sees("Mostly on my own")
    dana.sees_nothing_of("Close call")
    dana.picture("fits")
    dana.choose("Brokerage", of="Way of working")
    dana.write("Why this way?", "She makes her own calls, and services are near.")
    dana.press("Open the case")
    dana.heading("Sign-in card")
    dana.press("Make a card")
    story.card = dana.printed_card()
    dana.follow("Done")
    story.case = dana.path.split("/")[2]
    dana.sees("Elena Marsh")
    dana.sees("Brokerage", "Mostly on my own", "She makes her own calls, and services are near.")


def dana_offers_three_places(story: Story) -> None:
    """2. One led by staff, two by Elena, offered in one go; the wish for at least two at the first meeting is met."""
    dana = story.dana
    to_client(dana)
    dana.sees("Places offered at the first meeting: 0 of 2")
    offers(dana, NEUROLOGY, "neurology", "We contact them", "Headaches and dizziness")
    assert not dana.has_button("We asked them"), "nothing is sent before Elena has signed"
    to_client(dana)
    dana.sees("Places offered at the first meeting: 1 of 2")
    dana.follow("Offer several at once")
    packs(dana, "counselling adults", COUNSELLING, "Someone to talk to")
    packs(dana, "vestibular", PHYSIO, "Dizziness")
    dana.picture("pack")
    dana.press("Offer these 2 places")
    dana.sees(NEUROLOGY, COUNSELLING, PHYSIO)
    to_client(dana)
    dana.sees("Places offered at the first meeting: 3. At least 2: done.")
    dana.picture("client")


def elena_accepts_all_three(story: Story) -> None:
    """3. For the clinic she signs a release of 90 days that names it alone; home says whose turn it is."""
    elena = story.elena_at_her_places(4, 7, "10:00")
    elena.press(f"Yes, I want this {COUNSELLING}")
    elena.press(f"Yes, I want this {PHYSIO}")
    elena.follow(f"Yes, I want this {NEUROLOGY}")
    elena.sees(NEUROLOGY)
    elena.sees_nothing_of(COUNSELLING, PHYSIO)
    assert elena.page.locator("main input:checked").count() == 0, "nothing is ticked beforehand"
    expect(elena.page.get_by_label("Last day of your yes")).to_have_value("2025-07-06")
    elena.page.get_by_role("group", name="What may we tell them?").locator("label").first.click()
    elena.write("Your name, to sign", "Elena Marsh")
    elena.picture("release")
    elena.press("Yes, I want this. You may ask them for me")
    elena.sees("We will ask them for you")
    dana = story.dana_signs_in(4, 7, "15:00")
    to_client(dana)
    dana.part("Places").follow(NEUROLOGY)
    dana.press("We asked them")
    dana.sees("We asked them for you (Apr 7)")
    elena = story.elena_signs_in(4, 7, "17:00")
    elena.part("My places").row(NEUROLOGY).sees("We asked them for you (Apr 7)")
    counselling = elena.part(COUNSELLING)
    counselling.sees("Your turn to contact them", "555-0142", "Mon–Fri 9", "Free", "insurance card")
    elena.part(PHYSIO).sees("Your turn to contact them", "555-0136", "Mon–Thu 8", "Insurance card")
    called = counselling.root.get_by_role("link", name="Call").get_attribute("href")
    assert called == "tel:555555-0142"
    elena.picture("home")


def elena_writes_her_own_goal(story: Story) -> None:
    """4. Saved at once in her words; Dana finds it among what she can answer, not as something to allow."""
    elena = story.elena_signs_in(4, 7, "20:30")
    elena.menu("Goals")
    elena.follow("Write a goal")
    elena.write("What do you want?", GOAL)
    elena.unfold("Say more, if you like")
    elena.choose("9", of="How much does it matter, from 1 to 10?")
    elena.choose("5", of="How sure are you that you can do it, from 1 to 10?")
    elena.press("Save my goal")
    elena.heading(GOAL)
    elena.sees("Working on it", "9 of 10", "5 of 10")
    dana = story.dana_signs_in(4, 8, "08:30")
    dana.menu("To answer")
    dana.sees("Elena Marsh", GOAL, "you answer it, you do not allow it")
    assert dana.has_button("Thank them")
    dana.picture("to-answer")


def elena_has_a_date(story: Story) -> None:
    """5. What she tells counts at once, nobody has to confirm it; a slip of the thumb is taken back."""
    elena = story.elena_at_her_places(4, 8, "12:00")
    elena.part(COUNSELLING).sees("Your turn to contact them")
    elena.press(f"I called {COUNSELLING}")
    elena.part(COUNSELLING).sees("You called them (Apr 8). Now they answer", "Their turn")
    elena.picture("called")
    elena.press(f"That was a mistake {COUNSELLING}")
    elena.part(COUNSELLING).sees("Your turn to contact them")
    elena.part(COUNSELLING).sees_nothing_of("You called them")
    elena.follow(f"I have a date {COUNSELLING}")
    elena.write("Day", "2025-04-22")
    elena.write("Time", "10:00")
    elena.press("Save the date")
    elena.part(COUNSELLING).sees("Visit set: Tue, Apr 22, 10:00 AM")
    dana = story.dana_signs_in(4, 8, "13:00")
    to_client(dana)
    dana.part("Places").follow(COUNSELLING)
    dana.sees("Visit set: Tue, Apr 22, 10:00 AM", "Told by the client: I have a date: Tue, Apr 22, 10:00 AM")
    assert not dana.has_button("That is so: make the move")


def the_clinic_replies(story: Story) -> None:
    """6. Accepted, then booked; Elena sees the date and, printable, what to bring."""
    dana = story.dana_signs_in(4, 9, "11:00")
    to_client(dana)
    dana.part("Places").follow(NEUROLOGY)
    dana.follow("They said yes")
    dana.press("Save")
    dana.follow("A visit is set")
    dana.write("Day", "2025-04-29")
    dana.write("Time", "14:30")
    dana.press("Save")
    dana.sees("Visit set: Tue, Apr 29, 2:30 PM")
    elena = story.elena_signs_in(4, 9, "18:00")
    elena.sees("Next date: Tue, Apr 22, 10:00 AM")
    elena.menu("Places")
    elena.follow(f"More about this {NEUROLOGY}")
    elena.sees("Visit set: Tue, Apr 29, 2:30 PM", "Bring", "Photo ID", "List of your medicines")
    assert elena.has_button("Print this place")
    with elena.page.expect_download() as kept:
        elena.page.get_by_role("link", name="Add to my calendar").click()
    assert kept.value.suggested_filename == "appointment.ics"
    assert "SUMMARY:Appointment" in kept.value.path().read_text()
    elena.picture("visit")


def luis_is_shown_one_date(story: Story, phones: Phones) -> None:
    """10. He sees the day and time of the one visit she shares: no place, no need, nothing of counselling or goals."""
    elena, luis = story.elena, phones.phone("luis")
    elena.press("Show this date to my supporters")
    elena.open(f"/cases/{story.case}/supporters")
    elena.follow("Let someone help")
    if elena.path == "/confirm":
        elena.write("Card code, or a code we sent you", story.card[1])
        elena.press("Go on")
    elena.write("Their name", "Luis Marsh")
    elena.write("Who are they to you?", "my brother")
    elena.choose("See the dates you share", "Tell us that you went to a visit")
    elena.press("Go on")
    elena.sees("October 9, 2025")
    elena.press("Yes, make the code")
    code = elena.page.locator("h2 bdi").inner_text()
    luis.open("/join")
    luis.write("The code", code)
    luis.press("Go on")
    luis.write("Your name", "Luis Marsh")
    luis.write("Your email", "luis@mail.example.org")
    luis.write("A password of your own", PASSWORD)
    luis.press("Make my account")
    luis.heading("Shared with you")
    luis.sees("Visit, Tue, Apr 29, 2:30 PM")
    luis.sees_nothing_of(NEUROLOGY, COUNSELLING, PHYSIO, "Headaches", "dizzy", "Apr 22")
    assert not luis.has_button("The visit took place Tue, Apr 29, 2:30 PM"), "it is still to come"
    luis.picture("shared")


def only_the_silent_place_is_asked_about(story: Story) -> None:
    """7. A week without news: "Still want this?" stands at physio, and nowhere else."""
    elena = story.elena_at_her_places(4, 13)
    elena.sees_nothing_of("Still want this?")
    elena = story.elena_at_her_places(4, 14)
    physio = elena.part(PHYSIO)
    physio.sees("Still want this?")
    for answer in ("I called", "Help me", "No thanks"):
        assert physio.has_button(f"{answer} {PHYSIO}")
    assert elena.text().count("Still want this?") == 1
    elena.picture("still")


def too_far_and_a_nearer_one(story: Story) -> None:
    """8. Two weeks: due on Dana's list. Closed for getting there; a nearer one is offered as a new, linked try."""
    dana = story.dana_signs_in(4, 21, "10:00")
    to_follow_up(dana)
    dana.row(PHYSIO).sees("Elena Marsh", "14 days", "Due today", "Your turn to contact them")
    dana.sees_nothing_of(NEUROLOGY, COUNSELLING)
    dana.picture("follow-up")
    dana.follow(PHYSIO)
    dana.follow("Close it for another reason")
    dana.pick("Why", "Getting there")
    dana.choose("The client", of="Who told us?")
    dana.press("Save")
    dana.sees("Closed: Getting there")
    dana.follow("Offer another place instead")
    dana.write("What do you need?", "vestibular")
    dana.press("Search")
    dana.follow(NEARER)
    dana.follow("Refer to this place")
    dana.sees(f"This follows an earlier try: {PHYSIO}.")
    dana.choose("The client contacts them", of="Who contacts the place?")
    dana.write("What it is for", "Dizziness")
    dana.press("Offer this place")
    dana.part("Other tries").sees(PHYSIO)
    to_follow_up(dana)
    dana.sees("Nothing is waiting for you here")
    elena = story.elena_at_her_places(4, 21)
    elena.press(f"Yes, I want this {NEARER}")
    elena.part(NEARER).sees("Your turn to contact them", "555-0135")
    elena.sees_nothing_of("Still want this?")
    elena.unfold("Finished")
    elena.part(PHYSIO).sees("Closed: Getting there")


def how_it_went(story: Story) -> None:
    """9, first part: the day after each visit."""
    elena = story.elena_at_her_places(4, 22, "12:00")
    elena.sees_nothing_of("How did it go?")
    elena = story.elena_at_her_places(4, 23)
    elena.part(COUNSELLING).sees("How did it go?")
    elena.press(f"I went {COUNSELLING}")
    elena.part(COUNSELLING).sees("You’ve started")
    elena = story.elena_at_her_places(4, 30)
    elena.press(f"I got the help {NEUROLOGY}")
    elena.sees_nothing_of("Did this help?")
    elena = story.elena_at_her_places(5, 2)
    elena.follow(f"I have a date {NEARER}")
    elena.write("Day", "2025-05-12")
    elena.write("Time", "9")
    elena.press("Save the date")
    elena.part(NEARER).sees("Visit set: Mon, May 12, 9:00 AM")


def did_it_help(story: Story) -> None:
    """9, second part: two weeks after the help, "Did this help?"; in the end three got help and one was closed."""
    elena = story.elena_at_her_places(5, 13)
    elena.sees_nothing_of("Did this help?")
    elena = story.elena_at_her_places(5, 14)
    elena.sees("Did this help?")
    elena.press(f"Some {NEUROLOGY}")
    elena.sees_nothing_of("Did this help?")
    story.elena_at_her_places(6, 6).press(f"I got the help {COUNSELLING}")
    story.elena_at_her_places(6, 20).press(f"I got the help {NEARER}")
    elena.unfold("Finished")
    for place in (COUNSELLING, NEARER, NEUROLOGY):
        elena.part(place).sees("You got the help")
    elena.part(PHYSIO).sees("Closed: Getting there")
    elena.picture("finished")


def the_case_is_closed(story: Story) -> None:
    """11. Day 90: four places, three led to help, one was too far. The case is closed; her pages stay hers to read."""
    dana = story.dana_signs_in(7, 6, "10:00")
    to_client(dana)
    dana.open(f"{story.case_path}/places")
    dana.part("What came of it").sees(
        "4 places offered", "3 got the help and 1 closed: Getting there", "3 of 4 (75%)", "4 of 4 (100%)", "Some"
    )
    dana.picture("outcomes")
    dana.menu("To answer")
    dana.sees(GOAL)
    dana.press("Thank them")
    dana.sees("Answered. The client can see it.")
    to_client(dana)
    dana.follow("Close this case")
    dana.write("What the client reads", "You drive again. Call us whenever you want to come back.")
    dana.press("Close the case")
    dana.sees("The case is closed. The client can still read everything.")
    elena = story.elena_signs_in(7, 7, "18:00")
    elena.open(f"{story.case_path}/places")
    elena.unfold("Finished")
    elena.part(NEUROLOGY).sees("You got the help")
    assert not elena.has_link("It did not work out"), "it can be read, and not changed"


def the_supervisor_sees_it(story: Story, phones: Phones, office: Office, make: Make) -> None:
    """12. Dana works with 31 of 35, and none of her places has been silent for 30 days."""
    story.live.on(7, 7, "18:30")
    dana = make.staff_named("Dana Okafor")
    for number in range(31):
        make.client(f"Client {number}", profile="brokerage", worker=dana)
    grace, phone = office.hire("Grace Lindqvist", Post.SUPERVISOR), phones.phone("grace", width=1280)
    grace.signs_in(phone)
    phone.menu("Supervision")
    phone.row("Dana Okafor").sees("31 of 35 (89%)")
    phone.sees("0 Places without news for too long")
    phone.picture("supervision")
