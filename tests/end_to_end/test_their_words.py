"""On a phone: one question at a time, a sheet that prints on one page, marks that differ, a tick taken back."""

import re

import pytest

from portal.cases.models import Case
from portal.plans import commands as plans
from portal.plans.models import Goal, Mark
from portal.strengths import commands as strengths
from portal.strengths.models import Tense
from tests.end_to_end.conftest import Client, Office
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phone, Phones
from tests.make import Make, Someone

pytestmark = pytest.mark.browser

#: A full sheet: four things in each box of seven parts of life.
FULL = ("Knit with the Thursday circle", "Bread on Sundays", "A warm kitchen", "My daughter calls")


@pytest.fixture
def worker(make: Make) -> Someone:
    return make.worker("Priya Nair")


@pytest.fixture
def farah(office: Office, worker: Someone) -> Client:
    return office.client("Farah Demir", worker=worker)


def test_a_client_is_asked_answers_and_takes_things_back(
    live: LiveServer, phones: Phones, make: Make, farah: Client, worker: Someone
) -> None:
    phone = phones.phone("farah")
    phone.sign_in_with_card(farah.number, farah.code)
    _is_asked_one_question_at_a_time(phone)
    _says_how_life_is(phone)
    _sees_things_differently(phone, make, farah, worker)
    _takes_a_tick_back(phone)
    _prints_a_full_sheet_on_one_page(phone, make, farah)


def _is_asked_one_question_at_a_time(phone: Phone) -> None:
    phone.menu("Strengths")
    phone.follow("Ask me one question at a time")
    phone.heading("What do I want?")
    phone.write("In your own words", "A quiet room")
    phone.press("Go on")
    phone.sees("My money, benefits and things I own")
    phone.press("Go on")
    phone.sees("My work and learning")
    phone.picture("question")
    phone.write("In your own words", "Bake again")
    phone.press("Stop for today")
    phone.sees("You can go on another day.", "Bake again")
    phone.follow("Ask me one question at a time")
    phone.sees("People who matter to me")


def _says_how_life_is(phone: Phone) -> None:
    phone.menu("Strengths")
    phone.follow("How my life is")
    phone.follow("Say how it is What I do for fun")
    phone.choose("Not so good", of="How is it now?")
    phone.choose("Just right for me", of="How would you like it to be?")
    phone.write("Why did you choose these?", "My hands stop before I want to.")
    phone.press("Save")
    phone.part("What I do for fun").sees("Not so good", "Just right for me", "My hands stop before I want to.")
    phone.picture("life")


def _sees_things_differently(phone: Phone, make: Make, farah: Client, worker: Someone) -> None:
    phone.menu("Goals")
    phone.follow("Write a goal")
    phone.write("What do you want?", "Bake one loaf")
    phone.press("Save my goal")
    phone.unfold("Say how you see it")
    phone.choose("Mine: I do this my way", of="How do you see this goal?")
    phone.part("Whose goal is it?").press("Save")
    phone.part("Whose goal is it?").sees("Mine: I do this my way", "Has not said yet")
    with make.work(worker, farah.who.case) as work:
        (goal,) = work.session.query(Goal).all()
        plans.mark_goal(work, goal, Mark.NOT_NOW)
        plans.suggest_wording(work, goal, "Bake one loaf by Sunday")
    phone.menu("Goals")
    phone.sees("New words to look at")
    phone.follow("Bake one loaf")
    phone.part("Whose goal is it?").sees("Something to talk about")
    phone.part("What others suggested").sees("Bake one loaf by Sunday", "Your words")
    phone.picture("goal")
    phone.press("Keep mine")
    phone.heading("Bake one loaf")


def _takes_a_tick_back(phone: Phone) -> None:
    phone.follow("Add a small step")
    phone.write("What is the step?", "Buy flour")
    phone.choose("Me", of="Who does it?")
    phone.pick("Does it go with something you have?", "A strength: Bake again")
    phone.press("Save the step")
    phone.part("Small steps").sees("Goes with:", "Bake again")
    phone.menu("Home")
    phone.press("I did this Buy flour")
    phone.menu("Home")
    phone.sees("Done today")
    phone.press("That was a mistake Buy flour")
    phone.sees_nothing_of("Done today")
    phone.sees("Your next step", "Buy flour")


def _prints_a_full_sheet_on_one_page(phone: Phone, make: Make, farah: Client) -> None:
    with make.work(farah.who) as work:
        case = work.get(Case, farah.who.case)
        for area in ("home", "money", "work_learning", "people", "health", "fun", "meaning"):
            for tense in Tense:
                for words in FULL[:2]:
                    strengths.add(work, case, words=words, tense=tense, area=area)
        for words in FULL:
            strengths.add_priority(work, case, words=words)
    phone.menu("Strengths")
    phone.follow("See the whole sheet, to read or print")
    phone.sees("Now: Not so good")
    paper = phone.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1, "the whole sheet is one page"
