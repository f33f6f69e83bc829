"""One question a page, how a part of life is, and wordings that stay in sight of whoever wrote them."""

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.areas import AREAS, OrganisationArea
from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.roles import Power
from portal.strengths import commands, life_commands, life_queries, queries
from portal.strengths.models import (
    LifeAreaRating,
    NothingSaid,
    OutOfFive,
    StrengthEntry,
    TalkPlace,
    Tense,
    TooLong,
    after,
    questions,
)
from portal.work import NotAllowed

KEYS = [area.key for area in AREAS]


def at(who, more=""):
    return f"/cases/{who.case}/strengths{more}"


@pytest.fixture
def farah(family, browser):
    return browser.as_(family.farah)


def test_the_talk_asks_what_is_wanted_first():
    asked = questions(KEYS)
    assert asked[0] == (Tense.WANT, "home")
    assert [tense for tense, _area in asked] == [Tense.WANT] * 7 + [Tense.NOW] * 7 + [Tense.PAST] * 7
    assert after((Tense.WANT, "meaning"), KEYS) == (Tense.NOW, "home")
    assert after((Tense.PAST, "meaning"), KEYS) is None
    assert after((Tense.NOW, "gone"), KEYS) == (Tense.NOW, "home"), "a part that is offered no more"


def test_one_question_a_page_and_on_where_it_was_left(farah, family, make):
    page = farah.visit(at(family.farah)).follow("Ask me one question at a time")
    assert page.heading == "What do I want?"
    assert page.says("My home and daily life")
    page = page.press("Go on", words="A quiet room")
    assert page.says("My money, benefits and things I own")
    page = page.press("Go on")
    assert page.says("My work and learning"), "without an answer it is left out"
    page = page.press("Stop for today", words="Bake again")
    assert page.url == at(family.farah)
    assert page.says("You can go on another day.")
    assert page.says("Bake again")
    page = farah.visit(at(family.farah, "/talk"))
    assert page.says("People who matter to me")
    page = page.follow("The question before")
    assert page.says("What you wrote here before")
    assert page.says("Bake again")
    page = page.follow("What I have now")
    assert page.heading == "What do I have or do well now?"
    page = page.follow("What I do for fun").press("Go on", words="I like to cook")
    assert page.says("What gives me meaning")
    with make.work(family.farah, read_only=True) as work:
        entries = work.session.scalars(select(StrengthEntry).order_by(StrengthEntry.created_at)).all()
        assert [(e.words, e.tense, e.area, e.shared) for e in entries] == [
            ("A quiet room", Tense.WANT, "home", False),
            ("Bake again", Tense.WANT, "work_learning", False),
            ("I like to cook", Tense.NOW, "fun", False),
        ]
    assert Event.TALK_MOVED in make.events(family.farah.case)


def test_after_the_last_question_it_can_begin_anew(farah, family, make):
    page = farah.visit(at(family.farah, "/talk/past/meaning")).press("Go on", words="Feast days")
    assert page.says("That was the last question.")
    with make.work(family.farah, read_only=True) as work:
        assert not work.session.scalars(select(TalkPlace)).all()
    assert farah.visit(at(family.farah, "/talk")).heading == "What do I want?"


def test_nothing_counts_questions_or_loses_what_was_typed(farah, family, browser):
    page = farah.visit(at(family.farah, "/talk"))
    assert "21" not in page.text
    assert not page.soup.select("progress, meter, .progress")
    page = page.press("Go on", words="x" * 301)
    assert page.status == 422
    assert page.fields_of("Go on")["words"][0].strip() == "x" * 301
    assert farah.visit(at(family.farah, "/talk/later/home")).status == 404
    assert farah.visit(at(family.farah, "/talk/want/garden")).status == 404
    assert browser.as_(family.priya).visit(at(family.farah, "/talk")).status == 403
    assert browser.as_(family.emre).visit(at(family.farah, "/talk/want/home")).status == 403


def test_only_the_client_is_asked(make, family):
    with pytest.raises(NotAllowed), make.work(family.priya, family.farah.case) as work:
        life_commands.answer(work, work.get(Case, family.farah.case), (Tense.WANT, "home"), "Her wish", KEYS)
    with pytest.raises(TooLong), make.work(family.farah) as work:
        life_commands.answer(work, work.get(Case, family.farah.case), (Tense.WANT, "home"), "x" * 301, KEYS)


def test_how_life_is_then_and_now(farah, family, browser, make):
    page = farah.visit(at(family.farah)).follow("How my life is").follow("Say how it is What I do for fun")
    page = page.press("Save", now="2", want="5", why="My hands", what_helps="Someone beside me")
    assert page.says("Saved. What you said before is kept too.")
    for words in ("Not so good", "Just right for me", "My hands", "Someone beside me"):
        assert page.says(words), words
    page = page.follow("Say it anew What I do for fun").press("Save", now="4")
    assert page.says("What was said before")
    assert page.says("Good")
    assert page.says("Not so good"), "what was said before is kept"
    for nobodys_score in ("gap", "Gap", "of 5", "3 points"):
        assert nobodys_score not in page.text
    whole = farah.visit(at(family.farah, "/all"), budget=7)
    assert whole.says("Now: Good")
    staff = browser.as_(family.priya).visit(at(family.farah, "/life"))
    assert staff.says("My hands")
    assert not staff.has_link("Say it anew What I do for fun")
    assert browser.as_(family.emre).visit(at(family.farah, "/life")).status == 404, "how somebody is, is not lent"
    assert not browser.as_(family.emre).visit(at(family.farah, "/all")).says("Now: Good")
    assert make.events(family.farah.case) == [Event.LIFE_RATED, Event.LIFE_RATED]


def test_a_rating_without_a_number_or_off_the_scale(farah, family, make):
    page = farah.visit(at(family.farah, "/life/fun")).press("Save", why="I cannot say")
    assert page.status == 422
    assert page.says("Choose how it is now, or how you would like it.")
    assert page.fields_of("Save")["why"][0].strip() == "I cannot say"
    assert farah.visit(at(family.farah, "/life/garden")).status == 404
    for wrong, refusal in (({"now": None, "want": None}, NothingSaid), ({"now": 6, "want": None}, OutOfFive)):
        with pytest.raises(refusal), make.work(family.farah) as work:
            life_commands.rate_area(work, work.get(Case, family.farah.case), "fun", **wrong)
    with pytest.raises(NotAllowed), make.work(family.priya, family.farah.case) as work:
        life_commands.rate_area(work, work.get(Case, family.farah.case), "fun", now=1, want=None)
    with make.work(family.farah, read_only=True) as work:
        assert not life_queries.ratings(work, work.get(Case, family.farah.case))
        assert not work.session.scalars(select(LifeAreaRating)).all()


def test_a_supporters_words_stay_in_their_sight_when_the_client_writes_others(make, farah, family, idea, browser):
    id_ = idea(family.emre, family.farah.case, "Best soup in the street")
    with make.work(family.farah) as work:
        commands.accept(work, work.get(StrengthEntry, id_))
        for words in ("My soup", "My mother's soup"):
            commands.change(work, work.get(StrengthEntry, id_), words=words, tense=Tense.NOW, area="home")
    emre = browser.as_(family.emre)
    page = emre.visit(at(family.farah, "/suggest"))
    assert page.says("Best soup in the street")
    assert not page.says("My soup")
    assert emre.visit(f"/strengths/{id_}").status == 404
    for reader in (farah, browser.as_(family.priya)):
        page = reader.visit(f"/strengths/{id_}")
        assert page.says("My mother's soup")
        assert page.says("As Emre Demir suggested it")
        assert page.says("Best soup in the street")
    assert farah.visit(f"/strengths/{id_}").says("My words from before")
    other = make.supporter(family.farah, "Kemal", powers=[Power.SUGGEST])
    with make.work(other, family.farah.case, read_only=True) as work:
        assert not queries.own_suggestions(work, work.get(Case, family.farah.case))


def test_an_answer_about_a_strength_is_noticed_until_it_was_seen(make, farah, family, write, browser):
    id_, home = write(family.farah, "Ran a bakery", Tense.PAST), f"/cases/{family.farah.case}/"
    with make.work(family.priya, family.farah.case) as work:
        (item,) = work.session.scalars(select(ReviewItem)).all()
        work.answered(work.get(Case, family.farah.case), item, ReviewAnswer.COMMENT, "Tell me about the ovens")
        work.record(Event.REVIEW_ANSWERED, item)
    page = farah.visit(home, budget=8)
    assert page.says("1 new answer about your strengths")
    page = page.follow("1 new answer about your strengths")
    assert page.says("New answers")
    assert not browser.as_(family.priya).visit(at(family.farah)).says("New answers")
    assert page.follow("Ran a bakery").says("Tell me about the ovens")
    assert not farah.visit(home).says("new answer about")
    assert not farah.visit(at(family.farah), budget=6).says("New answers")
    assert farah.visit(f"/strengths/{id_}").says("Tell me about the ovens")


def test_the_sheet_follows_the_organisations_parts_of_life(make, farah, family, write):
    write(family.farah, "Ran a bakery", Tense.NOW, "work_learning")
    with make.system() as work:
        for rank, (key, labels, offered) in enumerate(
            [
                ("own_faith", {"en": "Our elders and land"}, True),
                ("fun", {}, True),
                ("work_learning", {"en": "Work"}, False),
            ]
        ):
            work.session.add(OrganisationArea(key=key, rank=rank, labels=labels, offered=offered))
    page = farah.visit(at(family.farah), query={"show": "now"}, budget=6)
    assert [found.get_text(strip=True) for found in page.soup.select(".card > h3")] == [
        "Our elders and land", "What I do for fun", "Work",
    ], "ours in their order; what is offered no more stays while something stands there"  # fmt: skip
    page = page.press("Add it", words="The river", area="own_faith")
    assert page.says("The river")
    entry = page.follow("Ran a bakery").follow("Change it")
    assert entry.fields_of("Save")["area"] == ["work_learning"]
    assert entry.press("Save", words="Ran two bakeries").says("Ran two bakeries")
    page = farah.visit(at(family.farah, "/talk"))
    assert page.says("Our elders and land")
    wrong = {**farah.visit(at(family.farah)).fields_of("Add it"), "words": "A house", "area": "home"}
    assert farah.post(at(family.farah), wrong).status == 422, "home is not offered here"
