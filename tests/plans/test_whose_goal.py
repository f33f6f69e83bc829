"""Whose goal it is to each side, what others suggest, and that the client notices."""

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import ReviewAnswer, ReviewKind
from portal.outbox.models import OutboxMessage
from portal.plans import commands, queries
from portal.plans.models import (
    AnsweredBefore,
    Goal,
    GoalSuggestion,
    Lifecycle,
    Mark,
    NotFromHere,
    Owner,
    RatedBy,
    Visibility,
    WordsMissing,
)
from portal.roles import Power
from portal.work import NotAllowed, NotFound
from tests.plans.conftest import case_in


def goals_url(circle):
    return f"/cases/{circle.farah.case}/goals"


def told(make, person):
    """How often the outbox holds something for this person."""
    with make.system() as work:
        return len(work.session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == person.id)).all())


def marks(circle, who, goal_id):
    with circle.make.work(who, circle.farah.case, read_only=True) as work:
        found = queries.marks_on(work, work.get(Goal, goal_id))
    return {side.side: side.mark for side in found.sides}, found.differ


def marked(circle, who, goal_id, mark):
    with circle.make.work(who, circle.farah.case) as work:
        commands.mark_goal(work, work.get(Goal, goal_id), mark)


def suggest(circle, who, words, goal_id=None):
    with circle.make.work(who, circle.farah.case) as work:
        if goal_id is None:
            return commands.suggest_goal(work, case_in(work), words).id
        return commands.suggest_wording(work, work.get(Goal, goal_id), words).id


def test_both_sides_mark_and_a_difference_is_told_to_the_other(circle, make):
    goal_id = circle.goal()
    answered = circle.answers(goal_id, ReviewAnswer.THANKS)
    marked(circle, circle.farah, goal_id, Mark.MINE)
    assert marks(circle, circle.farah, goal_id) == ({RatedBy.CLIENT: Mark.MINE, RatedBy.WORKER: None}, False)
    assert not circle.waiting(), "one side alone differs from nobody"
    before = told(make, circle.farah)
    marked(circle, circle.priya, goal_id, Mark.NOT_NOW)
    assert marks(circle, circle.priya, goal_id)[1]
    assert told(make, circle.farah) == before + 1
    marked(circle, circle.farah, goal_id, Mark.OURS)
    assert circle.waiting() == [(ReviewKind.GOAL.value, goal_id)], "staff hear of it where they answer"
    marked(circle, circle.priya, goal_id, Mark.OURS)
    assert marks(circle, circle.farah, goal_id) == ({RatedBy.CLIENT: Mark.OURS, RatedBy.WORKER: Mark.OURS}, False)
    assert make.events(circle.farah.case).count(Event.GOAL_MARKED) == 4
    assert answered


def test_the_same_mark_again_is_nothing_new(circle, make):
    goal_id = circle.goal()
    marked(circle, circle.farah, goal_id, Mark.OURS)
    marked(circle, circle.farah, goal_id, Mark.OURS)
    assert make.events(circle.farah.case).count(Event.GOAL_MARKED) == 1


def test_marks_are_for_client_and_staff_on_goals_that_go_on(circle):
    private, shared = circle.goal(visibility=Visibility.PRIVATE), circle.shared_goal()
    selin = circle.supporter("Selin", *Power)
    marked(circle, circle.farah, private, Mark.MINE)
    with pytest.raises(NotFound):
        marked(circle, circle.priya, private, Mark.OURS)
    with pytest.raises(NotAllowed):
        marked(circle, selin, shared, Mark.OURS)
    with circle.make.work(circle.farah) as work:
        commands.move_goal(work, work.get(Goal, shared), Lifecycle.LET_GO)
    with pytest.raises(NotFromHere):
        marked(circle, circle.farah, shared, Mark.NOT_NOW)


def test_the_pages_show_both_marks_and_what_to_talk_about(circle, browser):
    goal_id = circle.goal("Knit a blanket")
    farah, priya = browser.as_(circle.farah), browser.as_(circle.priya)
    page = farah.visit(f"/goals/{goal_id}").press("Save", mark="mine")
    assert page.says("Saved. Both of you can see it.")
    assert page.says("Mine: I do this my way")
    assert not page.says("Something to talk about")
    page = priya.visit(f"/goals/{goal_id}")
    assert page.says("Theirs: the client does this their way")
    page = page.press("Save", mark="mine")
    assert farah.visit(f"/goals/{goal_id}").says("Yours: you do this your way")
    page = page.press("Save", mark="not_now")
    assert page.says("Something to talk about")
    assert page.says("nobody has to give way")
    assert farah.visit(f"/goals/{goal_id}").says("You and staff see this differently. That is fine.")
    assert farah.visit(goals_url(circle)).says("Something to talk about")
    assert farah.visit(f"/goals/{goal_id}").press("Save").says("Mine: I do this my way")
    assert farah.post(f"/goals/{goal_id}/mark", {**page.fields_of("Save"), "mark": "whoever"}).status == 400


def test_a_supporter_suggests_a_goal_and_always_sees_their_own_words(circle, browser, make):
    emre = circle.supporter("Emre Demir", Power.SUGGEST)
    page = browser.as_(emre).visit(f"/cases/{circle.farah.case}/supporting").follow("Suggest a goal")
    page = page.press("Suggest it", words="Win at backgammon again")
    assert page.says("Thank you. Your idea is waiting for an answer.")
    assert page.says("Win at backgammon again")
    farah = browser.as_(circle.farah)
    page = farah.visit(f"/cases/{circle.farah.case}/")
    assert page.says("An idea for you. You decide.")
    page = page.follow("Win at backgammon again")
    assert page.says("Emre Demir")
    page = page.follow("Say it in my words").press("Save my goal", words="Beat my son at backgammon")
    assert page.heading == "Beat my son at backgammon"
    assert page.says("Working on it"), "said in her words, the idea is her goal"
    assert page.says("This goal began with these words.")
    assert page.says("Win at backgammon again"), "both wordings stay in sight"
    page = browser.as_(emre).visit(f"/cases/{circle.farah.case}/goals/suggest")
    assert page.says("Win at backgammon again")
    assert not page.says("Beat my son"), "what became of it is the client's to say"
    with make.work(circle.farah, read_only=True) as work:
        (goal,) = work.session.scalars(select(Goal)).all()
        assert (goal.owner, goal.words_by_id) == (Owner.SUPPORTER_PROPOSED, circle.farah.id)
        assert goal.visibility is Visibility.WORKER, "who else sees it is for the client to say"
    assert browser.as_(emre).visit(f"/goals/{goal.id}").status == 404


def test_staff_suggest_under_a_model_where_only_the_client_writes(circle, browser):
    page = browser.as_(circle.priya).visit(goals_url(circle))
    assert not page.has_link("Add a goal")
    page = page.follow("Suggest a goal").press("Suggest it", words="Bake one loaf")
    assert page.says("Bake one loaf")
    farah = browser.as_(circle.farah)
    page = farah.visit(goals_url(circle)).follow("Bake one loaf").press("Yes, this is my goal")
    assert page.says("Working on it")
    assert page.says("Priya Nair")


def test_suggested_words_wait_beside_the_clients_own(circle, browser, make):
    goal_id = circle.shared_goal("Knit again")
    selin = circle.supporter("Selin Demir", Power.SUGGEST, Power.SEE_GOALS)
    other = circle.supporter("Kemal Demir", Power.SUGGEST, Power.SEE_GOALS)
    page = browser.as_(selin).visit(f"/goals/{goal_id}").follow("Suggest other words")
    page = page.press("Suggest it", words="Knit a blanket for the baby")
    assert page.heading == "Knit again", "the client's words stand"
    assert page.says("What you suggested")
    assert not browser.as_(other).visit(f"/goals/{goal_id}").says("for the baby"), (
        "another supporter's words are hidden"
    )
    farah = browser.as_(circle.farah)
    assert farah.visit(f"/cases/{circle.farah.case}/").says("New words to look at")
    page = farah.visit(goals_url(circle))
    assert page.says("New words to look at")
    page = page.follow("Knit again")
    assert page.says("Suggested words")
    page = page.press("Keep mine")
    assert page.heading == "Knit again"
    assert page.says("Your own words stay.")
    assert page.says("Knit a blanket for the baby")
    assert not farah.visit(goals_url(circle)).says("New words to look at")
    suggest(circle, circle.priya, "Knit every day", goal_id)
    page = farah.visit(f"/goals/{goal_id}").press("Use this wording")
    assert page.heading == "Knit every day"
    assert page.says("This wording was used.")
    assert page.says("Knit again"), "the old words stay below"
    assert Event.SUGGESTION_TAKEN in make.events(circle.farah.case)
    assert browser.as_(selin).visit(f"/goals/{goal_id}").says("Knit a blanket for the baby")


def test_who_may_suggest_what(circle, browser, make):
    private, goal_id = circle.goal("Mine alone", visibility=Visibility.PRIVATE), circle.goal("Knit again")
    quiet, blind = circle.supporter("Emre", Power.SEE_GOALS), circle.supporter("Kemal", Power.SUGGEST)
    assert browser.as_(quiet).visit(f"/cases/{circle.farah.case}/goals/suggest").status == 403
    assert browser.as_(blind).visit(f"/goals/{goal_id}/suggest").status == 404, "a goal they may not see"
    assert browser.as_(circle.priya).visit(f"/goals/{private}/suggest").status == 404
    assert browser.as_(make.worker("Ola")).visit(f"/cases/{circle.farah.case}/goals/suggest").status == 404
    with pytest.raises(NotFound):
        suggest(circle, circle.priya, "Other words", private)
    with pytest.raises(WordsMissing):
        suggest(circle, circle.priya, "  ", goal_id)
    assert browser.as_(circle.priya).visit(f"/goals/{goal_id}/suggest").press("Suggest it", words=" ").status == 422
    idea = suggest(circle, circle.priya, "Knit every day", goal_id)
    with pytest.raises(NotAllowed), make.work(circle.priya, circle.farah.case) as work:
        commands.answer_wording(work, work.get(GoalSuggestion, idea), take=True)
    with make.work(circle.farah) as work:
        commands.answer_wording(work, work.get(GoalSuggestion, idea), take=False)
    with pytest.raises(AnsweredBefore), make.work(circle.farah) as work:
        commands.answer_wording(work, work.get(GoalSuggestion, idea), take=True)
    begun = suggest(circle, circle.priya, "Bake")
    with pytest.raises(NotFound), make.work(circle.farah) as work:
        commands.answer_wording(work, work.get(GoalSuggestion, begun), take=True)
    with make.work(circle.farah, read_only=True) as work:
        draft = work.get(Goal, work.get(GoalSuggestion, begun).goal_id).id
    with pytest.raises(NotFromHere):
        suggest(circle, circle.priya, "Bake bread", draft)


@pytest.mark.parametrize(
    ("answer", "text"),
    [(ReviewAnswer.THANKS, ""), (ReviewAnswer.COMMENT, "Lovely idea"), (ReviewAnswer.SUGGESTION, "Knit daily")],
)
def test_an_answer_is_noticed_until_it_was_seen(circle, browser, answer, text):
    goal_id = circle.goal("Knit again")
    farah, home = browser.as_(circle.farah), f"/cases/{circle.farah.case}/"
    assert not farah.visit(home, budget=8).says("New answer")
    circle.answers(goal_id, answer, text)
    assert farah.visit(home, budget=8).says("New answer")
    assert not browser.as_(circle.priya).visit(goals_url(circle)).says("New answer")
    page = farah.visit(goals_url(circle))
    assert page.says("New answer")
    page = page.follow("Knit again")
    assert page.soup.select_one("#answers .tag").get_text(strip=True) == "New"
    assert not farah.visit(f"/goals/{goal_id}").soup.select("#answers .tag")
    assert not farah.visit(home).says("New answer")
    assert not farah.visit(goals_url(circle)).says("New answer")


def test_an_answer_is_noticed_wherever_the_goal_stands(circle, browser, make):
    """Home shows a few goals that go on. One with news is among them though it is paused, or the ninth."""
    for number in range(6):
        circle.goal(f"Goal {number}")
    goal_id = circle.goal("The last one")
    with make.work(circle.farah) as work:
        commands.move_goal(work, work.get(Goal, goal_id), Lifecycle.PAUSED)
    circle.answers(goal_id, ReviewAnswer.THANKS)
    page = browser.as_(circle.farah).visit(f"/cases/{circle.farah.case}/")
    assert page.says("The last one")
    assert page.says("New answer")
