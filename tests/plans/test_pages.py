"""Pages of goals and the plan, as the client, staff and supporters meet them."""

import re
from datetime import UTC, date, datetime

import pytest

from portal import clock
from portal.cases.models import ReviewAnswer
from portal.plans import commands
from portal.plans.models import Goal, Lifecycle, PlanVersion, Step, StepState, Visibility
from portal.roles import Power
from tests.plans.conftest import helped_by, staff


def goals_url(circle):
    return f"/cases/{circle.farah.case}/goals"


def plan_url(circle):
    return f"/cases/{circle.farah.case}/plan"


def test_a_client_writes_a_goal_with_one_box(circle, browser):
    page = browser.as_(circle.farah).visit(goals_url(circle)).follow("Write a goal")
    assert "<details" in page.html, "the rest is folded away"
    page = page.press("Save my goal", words="Knit a blanket for my grandson.")
    assert page.status == 200
    assert page.says("Knit a blanket for my grandson.")
    assert "Knit" not in page.title
    assert "Knit" not in page.url
    assert page.says("Your goal is saved, in your words.")


def test_everything_a_client_says_about_a_goal_is_kept_and_shown(circle, browser):
    page = browser.as_(circle.farah).visit(f"{goals_url(circle)}/new").press(
        "Save my goal", words="Cook Friday soup", why_it_matters="We eat together", importance="9", confidence="4",
        area="people", barriers="My hand tires", target_on="2027-04-22", visibility="worker_and_supporters",
    )  # fmt: skip
    for words in (
        "We eat together",
        "9 of 10",
        "4 of 10",
        "People who matter to me",
        "My hand tires",
        "April 22, 2027",
    ):
        assert page.says(words), words
    page = page.follow("Change my goal")
    assert page.fields_of("Save my goal")["importance"] == ["9"]
    assert page.fields_of("Save my goal")["visibility"] == ["worker_and_supporters"]
    page = page.press("Save my goal", words="Cook soup on Fridays")
    assert page.says("Cook soup on Fridays")
    assert page.says("The words before")
    assert page.says("Cook Friday soup")


def test_an_empty_goal_keeps_what_was_typed(circle, browser):
    page = browser.as_(circle.farah).visit(f"{goals_url(circle)}/new")
    page = page.press("Save my goal", words="  ", barriers="My hand tires")
    assert page.status == 422
    assert page.says("Write what you want, in your own words.")
    assert "My hand tires" in page.html


@pytest.mark.parametrize("extra", [{"importance": "11"}, {"area": "no such area"}, {"visibility": "everybody"}])
def test_made_up_choices_are_refused(circle, browser, extra):
    page = browser.as_(circle.farah).visit(f"{goals_url(circle)}/new").press("Save my goal", words="Knit", **extra)
    assert page.status == 422


def test_extra_fields_change_nothing(circle, browser, make):
    farah = browser.as_(circle.farah)
    page = farah.visit(f"{goals_url(circle)}/new")
    data = page.fields_of("Save my goal") | {
        "words": ["Knit"], "owner": ["worker_proposed"], "lifecycle": ["reached"], "plain_summary": ["x"],
        "case_id": [str(make.nobody_id())],
    }  # fmt: skip
    farah.post(page.action_of("Save my goal"), data)
    with make.system() as work:
        goal = work.session.query(Goal).one()
        assert (goal.lifecycle, goal.plain_summary, goal.case_id) == (Lifecycle.ACTIVE, "", circle.farah.case)


def test_a_goal_is_posted_by_a_single_button_elsewhere(circle, browser):
    """A priority becomes a goal with the same words: the form has nothing but the words and the area."""
    farah = browser.as_(circle.farah)
    page = farah.visit(f"{goals_url(circle)}/new")
    sent = page.fields_of("Save my goal")
    keys = {name: sent[name] for name in ("csrf_token", "once")}
    page = farah.post(page.action_of("Save my goal"), keys | {"words": ["Win at backgammon"], "area": ["fun"]})
    assert page.says("Win at backgammon")
    assert page.says("What I do for fun")
    assert page.says("Me and the staff who help me")


def test_pausing_reaching_and_letting_go(circle, browser):
    page = browser.as_(circle.farah).visit(f"/goals/{circle.goal()}")
    page = page.press("Pause it")
    assert page.says("On pause")
    page = page.press("Go on with it").press("I reached it")
    assert page.says("You reached your goal. Well done!")
    assert page.says("Reached")
    page = page.press("Take it up again").follow("Let it go")
    page = page.press("Save", what="let_go", because="My hands are tired")
    assert page.says("Let go")
    assert page.says("My hands are tired")


def test_a_goal_that_became_another_leads_to_writing_it(circle, browser):
    goal_id = circle.goal()
    page = browser.as_(circle.farah).visit(f"/goals/{goal_id}/let-go").press("Save", what="changed")
    assert page.heading == "Write a goal"
    assert circle.look(Goal, goal_id).lifecycle is Lifecycle.CHANGED


def test_a_move_from_the_wrong_place_says_so_kindly(circle, browser, make):
    goal_id = circle.goal()
    page = browser.as_(circle.farah).visit(f"/goals/{goal_id}")
    with make.work(circle.farah) as work:
        commands.move_goal(work, work.get(Goal, goal_id), Lifecycle.REACHED)
    page = page.press("Pause it")
    assert page.says("That is not possible from here.")


def test_the_client_sees_both_wordings_and_decides(circle, browser):
    goal_id = circle.goal("Knit")
    circle.answers(goal_id, ReviewAnswer.SUGGESTION, "Knit a blanket, row by row")
    farah = browser.as_(circle.farah)
    page = farah.visit(f"/goals/{goal_id}")
    assert page.says("Your words")
    assert page.says("Suggested words")
    assert page.says("Priya Nair")
    page = page.press("Keep mine")
    assert page.says("You kept your own words.")
    assert not page.has_button("Use this wording")
    assert circle.look(Goal, goal_id).words == "Knit"


def test_using_a_suggested_wording_makes_it_ones_own(circle, browser):
    goal_id = circle.goal("Knit")
    circle.answers(goal_id, ReviewAnswer.SUGGESTION, "Knit a blanket, row by row")
    page = browser.as_(circle.farah).visit(f"/goals/{goal_id}").press("Use this wording")
    assert page.heading == "Knit a blanket, row by row" or page.says("Knit a blanket, row by row")
    assert circle.look(Goal, goal_id).words == "Knit a blanket, row by row"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(ReviewAnswer.THANKS, "Thank you for writing this."), (ReviewAnswer.COMMENT, "What a lovely idea")],
)
def test_staffs_answer_shows_on_the_goal(circle, browser, answer, shown):
    goal_id = circle.goal()
    circle.answers(goal_id, answer, "What a lovely idea" if answer is ReviewAnswer.COMMENT else "")
    assert browser.as_(circle.farah).visit(f"/goals/{goal_id}").says(shown)


def test_an_idea_of_staffs_waits_for_the_clients_yes(make, browser):
    dana = make.worker("Dana Okafor")
    elena = make.client("Elena Marsh", profile="brokerage", worker=dana)
    page = browser.as_(dana).visit(f"/cases/{elena.case}/goals").follow("Add a goal")
    page = page.press("Save the goal", words="Try the walking group", whose="idea")
    assert page.says("This waits for the client's yes")
    assert not page.has_button("Yes, this is my goal")
    mine = browser.as_(elena)
    page = mine.visit(f"/cases/{elena.case}/goals").follow("Try the walking group")
    assert page.press("Yes, this is my goal").says("Working on it")


def test_staff_cannot_add_a_goal_where_only_the_client_writes(circle, browser):
    priya = browser.as_(circle.priya)
    assert not priya.visit(goals_url(circle)).has_link("Add a goal")
    priya.visit(f"{goals_url(circle)}/add", status=403)


def test_the_client_goes_to_their_own_page_for_a_new_goal(make, browser):
    elena = make.client("Elena Marsh", profile="brokerage")
    assert browser.as_(elena).visit(f"/cases/{elena.case}/goals/add").heading == "Write a goal"


def test_the_ladder_hangs_with_the_best_on_top(circle, browser):
    page = browser.as_(circle.farah).visit(f"/goals/{circle.goal()}").follow("Make a ladder")
    assert re.findall(r'<textarea[^>]*name="(\w+)"', page.html) == ["hoped", "now", "better", "best", "worse"]
    refused = page.press("Save my ladder", hoped="ten rows", better="one square a week")
    assert refused.status == 422
    assert refused.says("Fill the boxes from the top.")
    page = page.press(
        "Save my ladder", hoped="ten rows", now="one row and my hand tires", better="a square", best="the blanket",
        worse="can't hold needles",
    )  # fmt: skip
    order = [page.text.index(words) for words in ("the blanket", "a square", "ten rows", "one row", "can't hold")]
    assert order == sorted(order)
    page = page.follow("Say how it is going").press("Save", progress="moving", rung="0")
    assert page.says("Moving along")
    assert page.says("You: here")
    assert "index" not in page.text.lower()
    assert not re.search(r"\b37\.6|43\.8\b", page.text)
    page = page.follow("Say how it is going").press("Save")
    assert page.status == 422
    assert page.says("Choose how it is going.")


def test_staff_rate_beside_the_client(circle, browser):
    goal_id = circle.goal()
    page = browser.as_(circle.priya).visit(f"/goals/{goal_id}").follow("Say how it is going")
    page = page.press("Save", progress="stuck")
    assert page.says("Stuck for now")
    assert page.says("Has not said yet")
    assert browser.as_(circle.farah).visit(f"/goals/{goal_id}").says("You have not said yet")


def test_steps_are_added_changed_left_out_and_ticked(circle, browser):
    goal_id = circle.goal()
    page = browser.as_(circle.farah).visit(f"/goals/{goal_id}").follow("Add a small step")
    page = page.press("Save the step", text="Cast on 10 stitches", doer="client", due_on="2027-06-11")
    assert page.says("0 of 1 step done")
    assert page.says("By Fri, Jun 11")
    page = page.follow("Change Cast on 10 stitches")
    assert page.fields_of("Save the step")["due_on"] == ["2027-06-11"]
    page = page.press("Save the step", text="Cast on 5 stitches")
    assert page.says("Changed into another step")
    page = page.press("I started Cast on 5 stitches").press("I did this Cast on 5 stitches")
    assert page.says("1 of 1 step done")
    assert page.says("Well done.")
    page = page.press("That was a mistake Cast on 5 stitches").press("Leave it out Cast on 5 stitches")
    assert page.says("Left out")


def test_a_step_for_somebody_without_an_account_has_a_name(circle, browser):
    page = browser.as_(circle.farah).visit(f"/goals/{circle.goal()}/steps/new")
    refused = page.press("Save the step", text="Drive me there", doer="other")
    assert refused.status == 422
    assert refused.says("Write who does this.")
    assert page.press("Save the step", text="Drive me there", doer="other", doer_name="Ben next door").says(
        "Ben next door"
    )


def test_a_made_up_doer_is_refused(circle, browser, make):
    page = browser.as_(circle.farah).visit(f"/goals/{circle.goal()}/steps/new")
    for doer in (f"staff:{make.nobody_id()}", "supporter:", "x"):
        assert page.press("Save the step", text="Drive me", doer=doer).status == 422


def test_a_step_ticked_from_the_plan_leads_back_to_the_plan(circle, browser):
    circle.step(circle.goal())
    page = browser.as_(circle.farah).visit(plan_url(circle))
    page = page.press("I did this Cast on 10 stitches")
    assert page.url == plan_url(circle)
    assert page.says("1 of 1 step done")


def test_staff_do_not_tick_a_supporters_step_nor_the_client_staffs(circle, browser):
    goal_id = circle.shared_goal()
    selin = circle.supporter("Selin", Power.MY_STEPS)
    circle.step(goal_id, "Wind wool", helped_by(selin))
    circle.step(goal_id, "Ask the library", staff(circle.priya))
    assert not browser.as_(circle.priya).visit(plan_url(circle)).has_button("This is done Wind wool")
    assert not browser.as_(circle.farah).visit(plan_url(circle)).has_button("This is done Ask the library")
    assert browser.as_(circle.priya).visit(plan_url(circle)).has_button("I did this Ask the library")


def test_the_plan_is_offered_changed_and_agreed(circle, browser):
    circle.step(circle.goal())
    priya, farah = browser.as_(circle.priya), browser.as_(circle.farah)
    page = priya.visit(plan_url(circle)).follow("Offer this plan").press("Offer this plan to the client")
    assert page.heading == "Plan, version 1"
    page = farah.visit(plan_url(circle)).follow("Read it and answer").follow("I want a change")
    page = page.press("Send", words="not mornings")
    assert page.says("not mornings")
    assert page.says("A change was asked for")
    priya.visit(plan_url(circle)).follow("Offer this plan").press("Offer this plan to the client")
    page = farah.visit(plan_url(circle)).follow("Read it and answer").follow("I agree with this plan")
    assert page.says("I have read version 2 of my plan and I agree with it.")
    assert page.press("Sign", typed_name=" ").status == 422
    page = page.press("Sign", typed_name="Farah Demir")
    assert page.says("Agreed")
    assert page.says("Farah Demir")
    page = priya.visit(plan_url(circle)).follow("Version 2").follow("Sign this version")
    page = page.press("Sign", typed_name="Priya Nair")
    assert page.says("Priya Nair")
    assert not page.has_link("Sign this version")
    page = farah.visit(plan_url(circle))
    assert page.says("A newer version took its place")
    assert page.says("A change was asked for")


def test_disagreeing_is_kept_with_its_reasons(circle, browser):
    circle.goal()
    browser.as_(circle.priya).visit(f"{plan_url(circle)}/offer").press("Offer this plan to the client")
    page = browser.as_(circle.farah).visit(plan_url(circle)).follow("Read it and answer").follow("I do not agree")
    page = page.press("Send", words="too much at once")
    assert page.says("Not agreed")
    assert page.says("too much at once")
    assert not page.has_link("I agree with this plan")


def test_an_answer_given_twice_says_so(circle, browser, make):
    circle.goal()
    browser.as_(circle.priya).visit(f"{plan_url(circle)}/offer").press("Offer this plan to the client")
    page = browser.as_(circle.farah).visit(plan_url(circle)).follow("Read it and answer")
    agree, change, disagree = (
        page.follow(text) for text in ("I agree with this plan", "I want a change", "I do not agree")
    )
    agree.press("Sign", typed_name="Farah")
    for stale in (change, disagree):
        answer = stale.press("Send", words="wait")
        assert answer.status == 422
        assert answer.says("not waiting for an answer any more")
    with make.system() as work:
        assert work.session.query(PlanVersion).one().answer_words == ""


def test_nothing_to_offer(circle, browser):
    page = browser.as_(circle.priya).visit(f"{plan_url(circle)}/offer")
    assert page.says("There is nothing in the plan yet.")
    assert not page.has_button("Offer this plan to the client")


def test_the_client_signs_on_their_own_page(circle, browser, make):
    circle.goal()
    browser.as_(circle.priya).visit(f"{plan_url(circle)}/offer").press("Offer this plan to the client")
    with make.system() as work:
        version_id = work.session.query(PlanVersion).one().id
    assert browser.as_(circle.farah).visit(f"/plan-versions/{version_id}/sign").url.endswith("/agree")


def test_services_are_put_on_and_taken_off(circle, browser):
    page = browser.as_(circle.priya).visit(plan_url(circle)).follow("Add a service")
    page = page.press("Put it on the plan", name="Hand therapy", provider="River Clinic", reason="It helps the grip")
    assert page.says("Hand therapy")
    assert page.says("It helps the grip")
    seen = browser.as_(circle.farah).visit(plan_url(circle))
    assert seen.says("Hand therapy")
    assert not seen.has_button("Take it off the plan Hand therapy")
    assert not page.press("Take it off the plan Hand therapy").says("River Clinic")


def test_the_client_asks_for_a_review_once(circle, browser):
    page = browser.as_(circle.farah).visit(plan_url(circle)).press("Ask to look at the plan again")  # one tap
    assert page.says("You asked to look at the plan again.")
    assert not page.has_button("Ask to look at the plan again")
    assert browser.as_(circle.priya).visit(plan_url(circle)).says("The client asked to look at the plan again.")


def test_staff_write_a_short_version_under_the_words(circle, browser):
    goal_id = circle.goal()
    page = browser.as_(circle.priya).visit(f"/goals/{goal_id}").follow("Write a short version")
    page.press("Save", text="Fine hand work")
    page = browser.as_(circle.farah).visit(f"/goals/{goal_id}")
    assert page.says("Fine hand work")
    assert page.says("Knit a blanket for my grandson.")


def test_many_goals_get_a_gentle_word(circle, browser):
    for number in range(4):
        circle.goal(f"Goal {number}")
    assert browser.as_(circle.farah).visit(goals_url(circle)).says("You can pause one if it feels like a lot.")
    assert not browser.as_(circle.priya).visit(goals_url(circle)).says("You can pause one")


def test_what_people_wrote_is_text_and_never_markup(circle, browser):
    mark = "<b id='xss'>&amp; \" '</b>"
    goal_id = circle.goal(mark, visibility=Visibility.WORKER_AND_SUPPORTERS)
    circle.step(goal_id, mark)
    for url in (f"/goals/{goal_id}", goals_url(circle), plan_url(circle), f"/goals/{goal_id}/steps/new"):
        page = browser.as_(circle.farah).visit(url)
        assert not page.soup.select("#xss"), url
        assert mark in page.soup.get_text(), url


def test_a_closed_case_is_read_and_not_written(make, browser):
    farah = make.client("Farah Demir", closed_on=date(2025, 7, 6))
    page = browser.as_(farah).visit(f"/cases/{farah.case}/plan")
    assert page.status == 200
    assert not page.has_link("Write a goal")
    browser.as_(farah).visit(f"/cases/{farah.case}/goals/new", status=403)


def test_a_double_tap_writes_one_goal(circle, browser, make):
    farah = browser.as_(circle.farah)
    page = farah.visit(f"{goals_url(circle)}/new")
    data = page.fields_of("Save my goal") | {"words": ["Knit"]}
    first, second = (farah.post(page.action_of("Save my goal"), data) for _tap in range(2))
    assert first.url == second.url
    with make.system() as work:
        assert work.session.query(Goal).count() == 1


def test_a_late_step_tells_its_day(circle, browser):
    with clock.frozen_at(datetime(2025, 6, 1, tzinfo=UTC)):
        step_id = circle.step(circle.goal(), due_on=date(2025, 6, 3))
    page = browser.as_(circle.farah).visit(plan_url(circle))
    assert page.says("Was for Tue, Jun 3")
    assert circle.look(Step, step_id).state is StepState.TODO
