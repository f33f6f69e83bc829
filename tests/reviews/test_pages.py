"""Pages of a review: client and staff walk through it together and end it with a day."""

import pytest

from portal.plans import commands
from portal.plans.models import Goal, PlanReview, Progress
from portal.roles import Power
from tests.plans.conftest import Circle, case_in

#: Strengths, goals, ratings and the whole plan on one page; as many whatever there is of them.
QUERIES = 20
LADDER = {-1: "one row and my hand tires", 0: "ten rows, three times a week"}


@pytest.fixture
def circle(make):
    """Farah and Priya, with one goal both have rated and a plan that was offered."""
    priya = make.worker("Priya Nair")
    made = Circle(make, make.client("Farah Demir", worker=priya), priya)
    goal_id = made.goal()
    made.step(goal_id)
    with make.work(made.priya, made.farah.case) as work:
        commands.offer_plan(work, case_in(work))
    with make.work(made.farah) as work:
        goal = work.get(Goal, goal_id)
        commands.write_ladder(work, goal, LADDER)
        commands.rate_goal(work, goal, progress=Progress.MOVING, rung=0)
    with make.work(made.priya, made.farah.case) as work:
        commands.rate_goal(work, work.get(Goal, goal_id), progress=Progress.STUCK, rung=-1)
    return made


def review_url(circle):
    return f"/cases/{circle.farah.case}/review"


def test_a_review_from_the_wish_to_the_day(circle, browser, make):
    farah, priya = browser.as_(circle.farah), browser.as_(circle.priya)
    farah.visit(f"/cases/{circle.farah.case}/plan").press("Ask to look at the plan again")
    assert priya.visit("/caseload", query={"show": "review"}).says("The client asked")
    page = priya.visit("/to-answer").follow("Answer Farah Demir").press("Look at the plan together Farah Demir")
    assert page.heading == "Look at the plan together"
    for words in ("Knit a blanket for my grandson.", "ten rows, three times a week", "one row and my hand tires",
                  "0 of 1 step done", "The client asked"):  # fmt: skip
        assert page.says(words), words
    page = page.follow("Write how it goes").press("Save", words="We met every week")
    page = page.press("Name this day", next_on="2030-08-25", contact_every_days="30")
    assert page.status == 422
    assert page.says("That is too far away.")
    with make.system() as work:
        soon = work.today.replace(year=work.today.year + 1, day=1).isoformat()
    page = page.press("Name this day", next_on=soon, contact_every_days="x")
    assert page.says("Write a number of days from 1 to 365.")
    page = page.press("Name this day", next_on=soon, contact_every_days="30")
    assert not page.has_button("Yes, I agree"), "who named it waits for the other one"
    page = farah.visit(f"/cases/{circle.farah.case}/plan").follow("Look at the plan together")
    assert page.says("In touch every 30 days")
    assert page.says("Priya Nair")
    assert page.says("We met every week")
    page = page.press("Yes, I agree")
    assert page.says("Earlier looks at the plan")
    assert not page.has_button("Yes, I agree")
    assert priya.visit(f"/cases/{circle.farah.case}/client").says("30 days")


def test_staff_begin_because_something_big_changed(circle, browser):
    page = browser.as_(circle.priya).visit(review_url(circle), budget=QUERIES).press("Start now: something big changed")
    assert page.says("Something big changed")
    assert (
        not browser.as_(circle.farah)
        .visit(review_url(circle), budget=QUERIES)
        .has_button("Start now: something big changed")
    )


def test_who_is_not_of_the_case_finds_nothing(circle, browser, make):
    with make.work(circle.priya, circle.farah.case) as work:
        review_id = commands.open_review(work, case_in(work)).id
    selin = circle.supporter("Selin", *Power)
    for outsider in (make.client("Ana Ruiz"), make.worker("Wes")):
        for url in (review_url(circle), f"/reviews/{review_id}/say"):
            assert browser.as_(outsider).visit(url).status == 404
    assert browser.as_(selin).visit(review_url(circle), budget=QUERIES).status == 403
    assert browser.as_(selin).visit(f"/reviews/{review_id}/say").status == 404
    assert circle.look(PlanReview, review_id).staff_words == ""
