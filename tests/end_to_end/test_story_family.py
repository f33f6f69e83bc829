"""Story 4.2, played through the pages: Farah, her family and Priya build on strengths."""

import re

import pytest
from playwright.sync_api import expect

from portal.roles import Post
from tests.end_to_end.conftest import Office
from tests.end_to_end.family import (
    Family,
    adds_step,
    becomes_a_shared_goal,
    farah_adds,
    farah_opens_the_offer,
    in_order,
    joins,
    priya_offers_the_plan,
    to_goal,
    to_plan,
)
from tests.end_to_end.family_later import (
    august,
    differences_and_copies,
    emre_is_paused_for_a_week,
    review_on_day_42,
    what_matters_goes_into_version_two,
)
from tests.end_to_end.family_team import grace_reads_the_index, the_team_has_ideas
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import Phones

pytestmark = pytest.mark.browser

KNIT = "Knit a blanket for my grandson."
LADDER = {
    "What I hope for": "ten rows, three times a week",
    "Where I am now": "one row and my hand tires",
    "Better than I hoped": "one square a week",
    "Much better": "finish the blanket",
    "Worse than now": "can't hold needles",
}
#: What each of the family may do. Kemal may also read the plan, and Selin the strengths that are shared.
USUAL = (
    "See the dates you share",
    "See the goals you share",
    "Cheer you on",
    "See and tick the steps they do",
    "Suggest a strength",
)
NATURAL, FORMAL = "Family, friends or a place open to all", "A service or a professional"


@pytest.fixture
def family(live: LiveServer, phones: Phones, office: Office) -> Family:
    live.on(6, 2, "09:00")
    names = ("priya", "farah", "kemal", "selin", "emre", "grace")
    priya, farah, kemal, selin, emre, grace = map(phones.phone, names)
    worker, lead = office.hire("Priya Nair"), office.hire("Grace Lindqvist", Post.SUPERVISOR)
    return Family(live, priya, farah, kemal, selin, emre, grace, worker, lead)


def test_a_family_builds_on_strengths(family: Family) -> None:
    priya_opens_the_case(family)
    farah_writes_what_she_wants_has_and_did(family)
    family_comes_in_with_codes(family)
    others_suggest_and_farah_decides(family)
    priorities_become_goals(family)
    knitting_gets_a_ladder(family)
    six_small_steps(family)
    plan_in_two_versions(family)
    supporters_see_their_part_only(family)
    five_of_six_are_done(family)
    the_team_has_ideas(family)
    review_on_day_42(family)
    emre_is_paused_for_a_week(family)
    august(family)
    grace_reads_the_index(family)


def priya_opens_the_case(family: Family) -> None:
    priya = family.priya
    family.priya_signs_in()
    priya.menu("Open a case")
    priya.write("Name", "Farah Demir")
    priya.choose("Strengths-based", of="Way of working")
    priya.write("Why this way?", "Farah knows what she wants back, and her family is there every day.")
    priya.press("Open the case")
    priya.heading("Sign-in card")
    found = re.search(r"/cases/([0-9a-f-]+)/card", priya.path)
    assert found
    family.case = found[1]
    priya.press("Make a card")
    family.card = priya.printed_card()
    priya.picture("card")


def farah_writes_what_she_wants_has_and_did(family: Family) -> None:
    """1. The first box is "What do I want?"; a want, something she has, something that worked before."""
    farah = family.farah
    family.on(6, 2, "16:00")
    family.farah_signs_in()
    farah.picture("home")
    farah.menu("Strengths")
    farah.sees("What do I want?")
    first = farah.page.locator("main form textarea").first
    expect(first.locator("xpath=ancestor::*[contains(@class, 'card')]").locator("h2")).to_have_text("What do I want?")
    farah_adds(farah, "What I want", KNIT, "What I do for fun")
    farah_adds(farah, "What I have now", "My family eats together every night.", "People who matter to me")
    farah_adds(farah, "What worked before", "Ran a bakery for 19 years.", "My work and learning")
    farah.follow("See the whole sheet, to read or print")
    farah.sees(KNIT, "My family eats together every night.", "Ran a bakery for 19 years.")


def family_comes_in_with_codes(family: Family) -> None:
    """Each of the three is invited by Farah with a code she says aloud, and makes an account of their own."""
    farah = family.farah
    family.on(6, 2, "16:20")
    for phone, name, relation, more in (
        (family.kemal, "Kemal Demir", "my husband", ["See your plan"]),
        (family.selin, "Selin Demir", "my daughter", ["See the strengths you share"]),
        (family.emre, "Emre Demir", "my son", []),
    ):
        farah.open(f"/cases/{family.case}/supporters")
        farah.heading("My supporters")
        farah.follow("Let someone help")
        if farah.path == "/confirm":
            farah.write("Card code, or a code we sent you", family.card[1])
            farah.press("Go on")
        farah.write("Their name", name)
        farah.write("Who are they to you?", relation)
        farah.choose(*USUAL, *more)
        farah.press("Go on")
        farah.sees("Nothing is shared yet.", "December 2, 2025")
        farah.press("Yes, make the code")
        code = farah.page.locator("h2 bdi").inner_text()
        joins(phone, code, name)
    farah.open(f"/cases/{family.case}/supporters")
    for name in ("Kemal Demir", "Selin Demir", "Emre Demir"):
        farah.part(name).sees("Can see now", "Last day: December 2, 2025")
    farah.picture("supporters")


def others_suggest_and_farah_decides(family: Family) -> None:
    """2. Priya and Emre suggest; Farah takes both and shares one with her family."""
    priya, emre, farah = family.priya, family.emre, family.farah
    family.on(6, 3, "15:00")
    family.priya_signs_in()
    priya.follow("Farah Demir")
    priya.part("Strengths").follow("See all : Strengths")
    priya.write("Your idea", "Patient teacher")
    priya.unfold("Say more about it")
    priya.choose("What I have now", of="When is this?")
    priya.press("Suggest it")
    priya.part("Waiting for an answer").sees("Patient teacher")
    family.on(6, 3, "19:30")
    family.helper_signs_in(emre)
    emre.follow("Suggest a strength")
    emre.write("Your idea", "Best soup in the street")
    emre.press("Suggest it")
    emre.part("What you suggested").sees("Best soup in the street")
    family.on(6, 4, "17:00")
    family.farah_signs_in()
    farah.follow("2 new ideas for you to look at")
    ideas = farah.part("Ideas for you")
    ideas.sees("Patient teacher", "Suggested by Priya Nair", "Best soup in the street", "Suggested by Emre Demir")
    farah.picture("ideas")
    farah.press("Yes, add it Patient teacher")
    farah.sees("It is on your sheet now.")
    farah.press("Yes, add it Best soup in the street")
    farah.follow("Best soup in the street")
    farah.press("Share it with my supporters")
    farah.sees("Supporters you chose can see this now.", "You, staff and the supporters you chose")


def priorities_become_goals(family: Family) -> None:
    """3. Three things that matter most, in order; the first two become goals. A goal about health stays with staff."""
    farah = family.farah
    farah.menu("Strengths")
    farah.follow("Make a list")
    for words in ("Knit again", "Cook Friday soup", "Win at backgammon"):
        farah.write("What matters to you now?", words)
        farah.press("Add it")
        farah.sees(words)
    assert in_order(farah.text(), "Number 1", "Knit again", "Number 2", "Cook Friday soup", "Number 3", "Win at")
    becomes_a_shared_goal(farah, family.case, "Knit again")
    becomes_a_shared_goal(farah, family.case, "Cook Friday soup")
    farah.menu("Goals")
    farah.sees("Knit again", "Cook Friday soup")
    farah.sees_nothing_of("Win at backgammon")
    farah.follow("Write a goal")
    farah.write("What do you want?", "Let the doctor look at my left hand.")
    farah.unfold("Say more, if you like")
    farah.choose("My health and feeling well", of="Which part of your life is it about?")
    farah.press("Save my goal")
    farah.heading("Let the doctor look at my left hand.")
    farah.sees("Me and the staff who help me")


def knitting_gets_a_ladder(family: Family) -> None:
    """4. The ladder in her words, the best on top."""
    farah = family.farah
    to_goal(farah, "Knit again")
    farah.follow("Make a ladder")
    for rung, words in LADDER.items():
        farah.write(rung, words)
    farah.press("Save my ladder")
    farah.heading("Knit again")
    ladder = farah.page.get_by_role("list", name="Ladder, the best on top").inner_text()
    assert in_order(
        ladder, "Much better", "finish the blanket", "Better than I hoped", "one square a week", "What I hope for",
        "ten rows, three times a week", "Where I am now", "one row and my hand tires", "Worse than now",
        "can't hold needles",
    )  # fmt: skip
    farah.picture("ladder")


def six_small_steps(family: Family) -> None:
    """5. Farah writes her own and her family's, Priya hers."""
    farah, priya = family.farah, family.priya
    adds_step(farah, "Cast on 10 stitches, Wed", "Me", due="2025-06-04")
    adds_step(farah, "Sit with Mama and wind wool, Tue & Thu", "Selin Demir", kind=NATURAL)
    farah.part("Small steps").sees("0 of 2 steps done", "You", "By Wed, Jun 4", "Selin Demir")
    to_goal(farah, "Cook Friday soup")
    adds_step(farah, "Chop soft vegetables with Kemal Fri", "Kemal Demir", kind=NATURAL)
    becomes_a_shared_goal(farah, family.case, "Win at backgammon")
    adds_step(farah, "Backgammon with Emre Sun 20 minutes", "Emre Demir", kind=NATURAL)
    family.on(6, 5, "15:20")
    family.priya_signs_in()
    priya.follow("Farah Demir")
    priya.part("Goals").sees("Knit again", "Cook Friday soup", "Win at backgammon")
    priya.part("Goals").follow("Knit again")
    adds_step(priya, "Ask the library knitting circle about Thursday", "Me", kind=NATURAL)
    adds_step(priya, "Ask the OT about thicker needles", "Me", kind=FORMAL)
    priya.part("Small steps").sees("0 of 4 steps done")
    priya.picture("goal")


def plan_in_two_versions(family: Family) -> None:
    """6. Version 1 offered, a change asked; version 2 agreed and signed by both; the family says yes to its steps."""
    farah, priya = family.farah, family.priya
    family.on(6, 9, "14:00")
    priya_offers_the_plan(family, 1)
    family.on(6, 9, "18:00")
    family.farah_signs_in()
    farah_opens_the_offer(farah, 1)
    farah.follow("I want a change")
    farah.write("What would you like to change?", "not mornings")
    farah.press("Send")
    farah.sees("A change was asked for", "not mornings")
    what_matters_goes_into_version_two(family)
    family.on(6, 10, "10:00")
    family.priya_signs_in()
    priya.menu("To answer")
    priya.sees("not mornings")
    priya_offers_the_plan(family, 2, signed_in=True)
    family.on(6, 10, "18:00")
    family.farah_signs_in()
    farah_opens_the_offer(farah, 2)
    farah.follow("I agree with this plan")
    farah.write("Write your name to sign", "Farah Demir")
    farah.press("Sign")
    farah.sees("Thank you. You and your plan agree now.", "Agreed")
    farah.part("Signed").sees("Farah Demir", "Tue, Jun 10")
    family.on(6, 10, "18:30")
    family.priya_signs_in()
    to_plan(priya, "Plan")
    priya.follow("Version 2")
    priya.follow("Sign this version")
    priya.write("Write your name to sign", "Priya Nair")
    priya.press("Sign")
    priya.part("Signed").sees("Farah Demir", "Priya Nair")
    farah.menu("Goals")
    farah.follow("My plan")
    versions = farah.part("Versions of the plan")
    versions.row("Version 2").sees("Agreed", "Offered on Tue, Jun 10")
    versions.row("Version 1").sees("Offered on Mon, Jun 9", "A change was asked for")
    farah.picture("plan")
    differences_and_copies(family)


def supporters_see_their_part_only(family: Family) -> None:
    """7. Each signs in alone: shared goals, own steps, a cheer; nobody sees the goal about health."""
    family.on(6, 13, "18:50")
    own = {
        family.kemal: "Chop soft vegetables with Kemal Fri",
        family.selin: "Sit with Mama and wind wool, Tue & Thu",
        family.emre: "Backgammon with Emre Sun 20 minutes",
    }
    for phone, step in own.items():
        family.helper_signs_in(phone)
        phone.part("Goals").sees("Knit again", "Cook Friday soup", "Win at backgammon")
        phone.part("Steps you do").sees(step)
        phone.sees_nothing_of("Let the doctor look at my left hand.", "My family eats together", "Ran a bakery")
        for other in set(own.values()) - {step}:
            phone.sees_nothing_of(other)
        phone.press(f"I can do this {step}")
        phone.part("Steps you do").sees("You said yes to this")
    kemal, selin, emre = own
    kemal.press("Send a cheer Cook Friday soup")
    kemal.sees("You cheered them on today.")
    kemal.menu("Home")
    kemal.part("Goals").sees("You cheered today")
    kemal.press(f"I did this {own[kemal]}")
    kemal.sees("Well done. The step is marked as done.")
    kemal.picture("home")
    kemal.follow("Read the plan")
    kemal.heading("The plan")
    kemal.sees("Knit again", "Version 2", "1 of 6 steps done")
    kemal.sees_nothing_of("Let the doctor look at my left hand.")
    selin.follow("Read the strengths")
    selin.follow("See the whole sheet, to read or print")
    selin.sees("Best soup in the street")
    selin.sees_nothing_of("Ran a bakery", "My family eats together", KNIT)
    selin.menu("Home")
    assert not emre.has_link("Read the plan")
    assert not emre.has_link("Read the strengths")


def five_of_six_are_done(family: Family) -> None:
    """8. Five of six steps done; 80 % of those that name somebody name a person or place of her own life."""
    farah, priya = family.farah, family.priya
    for phone, step in (
        (family.selin, "Sit with Mama and wind wool, Tue & Thu"),
        (family.emre, "Backgammon with Emre Sun 20 minutes"),
    ):
        phone.press(f"I did this {step}")
        phone.sees("Well done. The step is marked as done.")
    family.on(6, 14, "12:00")
    family.farah_signs_in()
    farah.press("I did this Cast on 10 stitches, Wed")
    farah.sees("Well done. The step is marked as done.")
    family.on(6, 23, "11:00")
    family.priya_signs_in()
    to_plan(priya, "Plan")
    priya.press("I did this Ask the library knitting circle about Thursday")
    priya.sees("5 of 6 steps done")
    priya.sees("80% of the steps that name somebody name a person or place from the client's own life (4 of 5).")
    family.on(6, 23, "18:00")
    family.farah_signs_in()
    to_goal(farah, "Cook Friday soup")
    farah.sees("Kemal Demir cheered you on, Fri, Jun 13.", "1 of 1 step done")
    farah.follow("My goals")
    farah.follow("My plan")
    farah.sees("5 of 6 steps done")
    farah.sees_nothing_of("80%")
