"""The sheet as its client, staff and supporters meet it."""

import pytest
from sqlalchemy import select

from portal.cases.areas import AREAS
from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.roles import Power
from portal.strengths.models import StrengthEntry, StrengthStatus, Tense


def at(who, more=""):
    return f"/cases/{who.case}/strengths{more}"


def part(page, label):
    """What stands in one part of life."""
    (found,) = [section for section in page.soup.select(".card:has(> h3)") if label in section.h3.get_text()]
    return found.get_text(" ")


@pytest.fixture
def farah(family, browser):
    return browser.as_(family.farah)


def test_the_sheet_opens_on_what_i_want(farah, family):
    page = farah.visit(at(family.farah))
    assert page.heading == "My strengths"
    assert page.says("What do I want?")
    assert page.soup.select_one("nav.tabs [aria-current=page]").get_text() == "What I want"
    assert page.has_button("Add it")


def test_one_box_is_enough(farah, family):
    page = farah.visit(at(family.farah)).press("Add it", words="Knit a blanket for my grandson.")
    assert page.says("Saved. It is on your sheet.")
    assert page.says("Knit a blanket for my grandson.")
    assert page.says("Anything else")


def test_each_thing_goes_where_it_belongs(farah, family):
    page = farah.visit(at(family.farah), query={"show": "past", "area": "work_learning"})
    page = page.press("Add it", words="Ran a bakery for 19 years.")
    assert page.says("What worked for me before?")
    assert "Ran a bakery for 19 years." in part(page, "My work and learning")
    assert "Ran a bakery" not in farah.visit(at(family.farah)).text


def test_an_empty_box_says_so_and_loses_nothing(farah, family):
    page = farah.visit(at(family.farah)).press("Add it", words="  ", area="fun", kind="skill")
    assert page.status == 422
    assert page.says("Write a few words first. They can be short.")
    assert page.fields_of("Add it")["area"] == ["fun"]


def test_too_many_letters(farah, family):
    page = farah.visit(at(family.farah)).press("Add it", words="x" * 301)
    assert page.status == 422
    assert page.says("This is 1 letter too long. You can use up to 300.")


def test_a_double_tap_adds_once(make, farah, family):
    page = farah.visit(at(family.farah))
    data = {**page.fields_of("Add it"), "words": "Once"}
    first, second = (farah.post(page.action_of("Add it"), data) for _tap in range(2))
    assert first.status == second.status == 200
    with make.system() as work:
        assert len(work.session.scalars(select(StrengthEntry)).all()) == 1


def test_ideas_of_staff_wait_for_the_client(browser, farah, family):
    priya = browser.as_(family.priya)
    page = priya.visit(at(family.farah))
    assert not page.has_button("Add it")
    page = page.press("Suggest it", words="Patient teacher", tense="now", area="work_learning")
    assert page.says("Waiting for an answer")
    page = farah.visit(at(family.farah), query={"show": "now"})
    assert page.says("Suggested by Priya Nair")
    page = page.press("Yes, add it Patient teacher")
    assert page.says("It is on your sheet now.")
    assert "Patient teacher" in part(page, "My work and learning")


def test_no_thanks_keeps_it_in_reach(farah, family, idea):
    idea(family.priya, family.farah.case, "Good with numbers")
    page = farah.visit(at(family.farah)).press("No thanks Good with numbers")
    assert page.says("We put it aside. You can bring it back at any time.")
    assert page.says("Set aside for now")
    page = page.follow("Good with numbers").press("Bring it back")
    assert page.says("It is on your sheet now.")


def test_accepting_twice_explains_itself(farah, family, idea):
    idea(family.priya, family.farah.case, "Good with numbers")
    sheet = farah.visit(at(family.farah), query={"show": "now"})
    sheet.press("Yes, add it Good with numbers")
    data = sheet.fields_of("Yes, add it Good with numbers") | {"once": "another"}
    page = farah.post(sheet.action_of("Yes, add it Good with numbers"), data)
    assert page.says("That is on your sheet already.")


def test_staff_read_the_sheet_and_change_nothing(browser, family, write):
    id_ = write(family.farah, "My family eats together every night.", Tense.NOW, "people")
    priya = browser.as_(family.priya)
    page = priya.visit(at(family.farah), query={"show": "now"}).follow("My family eats together every night.")
    assert not any(page.has_button(label) for label in ("Set it aside", "Share it with my supporters"))
    assert not page.has_link("Change it")
    for path in ("edit", "goals"):
        assert priya.visit(f"/strengths/{id_}/{path}").status == 403
    assert priya.visit(at(family.farah, "/top")).status == 403


def test_supporters_see_what_is_shared(browser, farah, family, write, idea):
    shared = write(family.farah, "Backgammon on Sundays", Tense.NOW)
    kept = write(family.farah, "My blood pressure is fine", Tense.NOW, "health")
    idea(family.priya, family.farah.case, "Patient teacher")
    page = farah.visit(f"/strengths/{shared}").press("Share it with my supporters")
    assert page.says("You, staff and the supporters you chose")
    emre = browser.as_(family.emre)
    page = emre.visit(at(family.farah), query={"show": "now"})
    assert page.says("Backgammon on Sundays")
    assert not any(page.says(words) for words in ("blood pressure", "Patient teacher", "What matters"))
    assert emre.visit(f"/strengths/{idea(family.emre, family.farah.case, 'Good cook')}").status == 404
    assert not page.soup.select("h3")[1:], "a part of life with nothing shared in it is not even named"
    assert emre.visit(f"/strengths/{kept}").status == 404
    assert emre.visit(f"/strengths/{shared}", status=200).says("Backgammon")
    farah.visit(f"/strengths/{shared}").press("Stop sharing it")
    assert emre.visit(f"/strengths/{shared}").status == 404


def test_a_supporter_who_only_suggests(browser, make, farah, family):
    selin = browser.as_(make.supporter(family.farah, "Selin", powers=[Power.SUGGEST]))
    assert selin.visit(at(family.farah)).status == 403
    page = selin.visit(at(family.farah, "/suggest"))
    page = page.press("Suggest it", words="Best soup in the street", area="fun")
    assert page.says("Thank you. Your idea is waiting for an answer.")
    assert page.says("What you suggested")
    assert page.says("Best soup in the street")
    assert farah.visit(at(family.farah)).says("Suggested by Selin")
    assert selin.visit(at(family.farah, "/suggest")).press("Suggest it", words="").status == 422


def test_a_supporter_without_powers_is_let_in_nowhere(browser, make, family):
    kemal = browser.as_(make.supporter(family.farah, "Kemal"))
    assert kemal.visit(at(family.farah)).status == 403
    assert kemal.visit(at(family.farah, "/suggest")).status == 403
    assert browser.as_(make.client("Other")).visit(at(family.farah)).status == 404


def test_changing_words_shows_the_old_ones(farah, family, write):
    id_ = write(family.farah, "Knit")
    page = farah.visit(f"/strengths/{id_}").follow("Change it")
    page = page.press("Save", words="Knit a blanket", kind="person", resource_kind="natural")
    assert page.says("Knit a blanket")
    assert page.says("Part of my own life: family, friends, neighbors")
    assert page.says("My words from before")
    assert page.status == 200


def test_what_was_set_aside_cannot_be_changed(make, farah, family, write):
    id_ = write(family.farah, "Knit")
    page = farah.visit(f"/strengths/{id_}/edit")
    farah.visit(f"/strengths/{id_}").press("Set it aside")
    page = page.press("Save", words="Other")
    assert page.status == 422
    assert page.says("Put this on your sheet first.")


def answered(make, family, id_, kind, text=""):
    with make.work(family.priya, family.farah.case) as work:
        item = work.session.scalars(select(ReviewItem).where(ReviewItem.subject_id == id_)).one()
        work.answered(work.get(Case, family.farah.case), item, kind, text)
        work.session.info["recorded"] = True


def test_both_wordings_stay_in_sight(make, farah, family, write):
    id_ = write(family.farah, "I bake good", Tense.NOW)
    answered(make, family, id_, ReviewAnswer.SUGGESTION, "I am a skilled baker")
    page = farah.visit(at(family.farah), query={"show": "now"})
    assert page.says("New words to look at")
    page = page.follow("I bake good")
    assert page.says("Priya Nair suggests other words")
    page = page.press("Use the new words")
    assert page.says("You took these words.")
    assert page.says("I bake good")  # kept below


def test_thanks_reach_the_client(make, farah, family, write):
    id_ = write(family.farah, "Ran a bakery", Tense.PAST)
    answered(make, family, id_, ReviewAnswer.THANKS)
    page = farah.visit(f"/strengths/{id_}")
    assert page.says("Thank you!")
    assert page.says("Priya Nair answered")


def test_what_matters_most_in_order_without_script(farah, family, write):
    id_ = write(family.farah, "Knit again")
    page = farah.visit(f"/strengths/{id_}").press("This matters most to me")
    assert page.says("Number 1")
    for words in ("Cook Friday soup", "Win at backgammon"):
        page = page.press("Add it", words=words)
    page = page.press("Up Win at backgammon")
    order = [quote.get_text() for quote in page.soup.select("blockquote")]
    assert order == ["Knit again", "Win at backgammon", "Cook Friday soup"]
    page = page.press("Down Knit again")
    page = page.press("Take it off Cook Friday soup")
    assert [quote.get_text() for quote in page.soup.select("blockquote")] == ["Win at backgammon", "Knit again"]
    page = farah.visit(f"/strengths/{id_}").press("This matters most to me")
    assert page.says("That is on your list already.")
    assert farah.visit(at(family.farah)).says("What matters most now")


def test_the_list_is_full_at_four(farah, family):
    page = farah.visit(at(family.farah, "/top"))
    stale = page
    for words in "abcd":
        page = page.press("Add it", words=words)
    assert not page.has_button("Add it")
    page = farah.post(stale.action_of("Add it"), stale.fields_of("Add it") | {"words": "e", "once": "another"})
    assert page.status == 422
    assert page.says("Your list holds four. Take one off to make room.")


def test_the_whole_sheet_for_paper(farah, family, write):
    write(family.farah, "Knit a blanket", Tense.WANT, "fun")
    write(family.farah, "Ran a bakery", Tense.PAST, "work_learning")
    page = farah.visit(at(family.farah)).follow("See the whole sheet, to read or print")
    rows = {row.th.select_one(".cell__in").get_text(): row.get_text(" ") for row in page.soup.select("tbody tr")}
    assert list(rows) == [str(area.label) for area in AREAS]
    assert "Knit a blanket" in rows["What I do for fun"]
    assert "Ran a bakery" in rows["My work and learning"]


def test_there_is_no_meter(farah, family, write):
    write(family.farah, "Knit")
    page = farah.visit(at(family.farah))
    assert not page.soup.select("progress, meter")
    assert "%" not in page.text


@pytest.mark.parametrize("show", list(Tense))
def test_sixty_entries_cost_no_more_than_one(make, farah, family, write, show):
    write(family.farah, "first", show)
    few = farah.visit(at(family.farah), query={"show": show.value}, budget=6)
    with make.work(family.farah) as work:
        from portal.strengths import commands

        case = work.get(Case, family.farah.case)
        for number in range(59):
            commands.add(work, case, words=f"Thing {number}", tense=show, area=AREAS[number % 7].key)
    many = farah.visit(at(family.farah), query={"show": show.value}, budget=6)
    assert many.queries == few.queries
    assert farah.visit(at(family.farah, "/all"), budget=6).says("Thing 58")


def test_a_closed_case_is_to_read(make, browser, family, write, idea):
    id_ = write(family.farah, "Knit")
    idea(family.priya, family.farah.case, "Patient teacher")
    with make.system() as work:
        work.get(Case, family.farah.case).closed_on = work.today
    farah = browser.as_(family.farah)
    page = farah.visit(at(family.farah))
    assert page.says("This is your sheet to keep.")
    assert not page.soup.select("main form")
    assert not farah.visit(f"/strengths/{id_}").soup.select("main form")
    with make.system() as work:
        entry = work.session.scalars(select(StrengthEntry).where(StrengthEntry.id == id_)).one()
        assert entry.status is StrengthStatus.VISIBLE
