"""Who sees what: private goals are nobody else's, and supporters see what is shared and their own steps."""

import re

import pytest

from portal.cases.models import Case
from portal.plans import commands, queries
from portal.plans.models import Goal, PlanVersion, Progress, Step, Visibility
from portal.roles import Power
from tests.plans.conftest import helped_by, staff

SECRET = "Leave him before winter"


@pytest.fixture
def private(circle):
    """A private goal with a step, a ladder and a rating."""
    goal_id = circle.goal(SECRET, visibility=Visibility.PRIVATE)
    step_id = circle.step(goal_id, "Ask about the shelter")
    with circle.make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, goal_id), {0: "my own door"})
        commands.rate_goal(work, work.get(Goal, goal_id), progress=Progress.MOVING, rung=0)
    return goal_id, step_id


def token_on(page):
    """The CSRF token of any form on a page."""
    return page.soup.select_one("[name=csrf_token]")["value"]


#: For the parts of an address that are one of a few words: the first of them.
WORDS = {"move": "start", "what": "tick", "choice": "use"}


def addresses(app, values):
    """Every address of plans that names a goal or a step, so that one added later is tried too."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("plans.") and {"goal_id", "step_id"} & rule.arguments:
            built = rule.build(values | WORDS)
            assert built is not None, rule
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, built[1]


@pytest.mark.parametrize("who", ["worker", "supervisor", "supporter"])
def test_a_private_goal_does_not_exist_for_anybody_else(circle, make, browser, app, private, who):
    goal_id, step_id = private
    other = {
        "worker": lambda: circle.priya,
        "supervisor": make.supervisor,
        "supporter": lambda: circle.supporter("Kemal", *Power),
    }[who]()
    there = browser.as_(other)
    # A form's keys come from a page the person may see.
    shared = circle.shared_goal("Cook soup")
    page = there.visit(f"/goals/{shared}")
    token = token_on(page)
    values = {"goal_id": goal_id, "step_id": step_id, "item_id": make.nobody_id()}
    seen = 0
    for method, url in addresses(app, values):
        if method == "GET":
            answer = there.client.get(url)
        else:
            data = {"csrf_token": token, "once": "a" * 30 + str(seen), "text": "x", "words": "x"}
            answer = there.client.post(url, data=data)
        seen += 1
        assert answer.status_code in {403, 404}, f"{method} {url} answered {answer.status_code}"
        assert not re.findall(f"{SECRET}|shelter", answer.text), url
    assert seen >= 15
    for url in (f"/cases/{circle.farah.case}/goals", f"/cases/{circle.farah.case}/plan"):
        page = there.visit(url)
        assert not page.says(SECRET)
        assert not page.says("shelter")
        assert page.says("1 private goal") is (who != "supporter"), url


def test_staff_get_the_number_of_private_goals_and_no_more(circle, make, private):
    circle.goal("Cook soup")
    with make.work(circle.priya, circle.farah.case, read_only=True) as work:
        case = work.get(Case, circle.farah.case)
        figures = queries.figures_of(work, case)
        assert (figures.private, figures.active, figures.steps_total) == (1, 1, 0)
        assert queries.private_goals(work, case) == 1
        assert queries.goals_by_id(work, [private[0]]) == {}
        assert queries.next_step_of(work, case) is None
        assert [line.words for line in queries.goal_lines(work, case)] == ["Cook soup"]
        assert queries.natural_share_of(work, case).named == 0
    with make.work(circle.farah, read_only=True) as work:
        case = work.get(Case, circle.farah.case)
        assert [found.text for found in queries.next_steps_of(work, case)] == ["Ask about the shelter"]


def test_a_private_goal_is_not_frozen_into_the_plan(circle, make, browser, private):
    circle.goal("Cook soup")
    browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan/offer").press("Offer this plan to the client")
    with make.system() as work:
        snapshot = work.session.query(PlanVersion).one().snapshot
    assert "Cook soup" in snapshot
    assert SECRET not in snapshot


def test_a_goal_made_private_leaves_old_versions_for_staff(circle, make, browser):
    goal_id = circle.goal("Find my own flat")
    circle.goal("Cook soup")
    page = browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan/offer")
    version = page.press("Offer this plan to the client").url
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, goal_id), words="Find my own flat", visibility=Visibility.PRIVATE)
    assert not browser.as_(circle.priya).visit(version).says("Find my own flat")
    assert browser.as_(circle.farah).visit(version).says("Find my own flat")


def test_hiding_a_goal_hides_the_supporters_own_steps_in_it(circle, make):
    goal_id = circle.shared_goal()
    kemal = circle.supporter("Kemal", Power.MY_STEPS)
    step_id = circle.step(goal_id, "Chop vegetables", helped_by(kemal))
    with make.work(kemal, read_only=True) as work:
        case = work.get(Case, circle.farah.case)
        assert [row.step.text for row in queries.goals_for_supporter(work, case).steps] == ["Chop vegetables"]
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, goal_id), words="Private now", visibility=Visibility.PRIVATE)
    with make.work(kemal, read_only=True) as work:
        assert work.session.get(Step, step_id) is None
        assert queries.goals_for_supporter(work, work.get(Case, circle.farah.case)).steps == []


def seen_by(circle, *powers):
    """What a supporter with these powers sees of two goals with steps."""
    kemal, selin = circle.supporter("Kemal", *powers), circle.supporter("Selin", Power.MY_STEPS)
    shared, kept = circle.shared_goal("Cook soup"), circle.goal("See a doctor about my head")
    circle.step(shared, "Chop vegetables", helped_by(kemal))
    circle.step(shared, "Buy leeks", helped_by(selin))
    circle.step(shared, "Find a pot", staff(circle.priya))
    circle.step(kept, "Drive to the clinic", helped_by(kemal))
    circle.step(kept, "Call the clinic")
    with circle.make.work(kemal, read_only=True) as work:
        found = queries.goals_for_supporter(work, work.get(Case, circle.farah.case))
        steps = {step.text for step in work.session.query(Step)}
        return [goal.words for goal in found.goals], {row.step.text for row in found.steps}, steps


def test_a_supporter_without_powers_sees_nothing(circle):
    assert seen_by(circle) == ([], set(), set())


def test_my_steps_shows_ones_own_steps_and_no_goal(circle):
    own = {"Chop vegetables", "Drive to the clinic"}
    assert seen_by(circle, Power.MY_STEPS) == ([], own, own)


def test_see_goals_shows_shared_goals_and_their_steps(circle):
    shared = {"Chop vegetables", "Buy leeks", "Find a pot"}
    assert seen_by(circle, Power.SEE_GOALS) == (["Cook soup"], {"Chop vegetables"}, shared)


def test_a_supporter_reads_a_shared_goal_and_no_other(circle, browser):
    shared, kept = circle.shared_goal("Cook soup"), circle.goal("See a doctor about my head")
    kemal, selin = circle.supporter("Kemal", Power.SEE_GOALS, Power.CHEER), circle.supporter("Selin", Power.MY_STEPS)
    circle.step(shared, "Buy leeks", helped_by(selin))
    there = browser.as_(kemal)
    page = there.visit(f"/cases/{circle.farah.case}/goals")
    assert page.says("Cook soup")
    assert not page.says("See a doctor")
    assert not page.says("private goal")
    page = page.follow("Cook soup")
    assert page.says("Buy leeks")
    assert page.says("Someone else")
    assert not page.says("Selin")
    assert not page.has_link("Add a small step")
    assert not page.has_link("Change my goal")
    page = page.press("Cheer them on")
    assert page.says("You cheered them on today.")
    there.visit(f"/goals/{kept}", status=404)
    there.visit(f"/cases/{circle.farah.case}/plan", status=403)
    assert browser.as_(circle.farah).visit(f"/goals/{shared}").says("Kemal cheered you on")


def test_a_supporter_with_the_plan_reads_versions_without_hidden_goals(circle, browser):
    circle.goal("See a doctor about my head")
    goal_id = circle.shared_goal("Cook soup")
    circle.step(goal_id, "Buy leeks", helped_by(circle.supporter("Selin", Power.MY_STEPS)))
    page = browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan/offer")
    version = page.press("Offer this plan to the client").url
    there = browser.as_(circle.supporter("Kemal", Power.SEE_PLAN))
    for url in (version, f"/cases/{circle.farah.case}/plan"):
        page = there.visit(url)
        assert page.says("Cook soup"), url
        assert not page.says("See a doctor"), url
        assert page.says("Buy leeks")
        assert not page.says("Selin")
        assert not page.has_link("I agree with this plan")
        assert not page.says("Fingerprint")


def test_a_supporter_learns_neither_why_a_goal_matters_nor_that_another_supporter_said_yes(circle, browser, make):
    selin = circle.supporter("Selin", Power.MY_STEPS)
    parts = {"why_it_matters": "so that I can leave", "visibility": Visibility.WORKER_AND_SUPPORTERS}
    goal_id = circle.goal("Cook soup", **parts)
    step_id = circle.step(goal_id, "Buy leeks", helped_by(selin))
    with make.work(selin) as work:
        commands.accept_step(work, work.get(Step, step_id))
    page = browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan/offer")
    version = page.press("Offer this plan to the client").url
    assert browser.as_(circle.farah).visit(version).says("so that I can leave")
    assert browser.as_(circle.farah).visit(f"/goals/{goal_id}").says("They said yes to this")
    there = browser.as_(circle.supporter("Kemal", Power.SEE_PLAN))
    for url in (version, f"/cases/{circle.farah.case}/plan", f"/goals/{goal_id}"):
        page = there.visit(url)
        assert page.says("Buy leeks"), url
        assert not page.says("so that I can leave"), url
        assert not page.says("said yes to this"), url


def test_a_supporter_does_not_learn_who_else_helps_from_the_plans_services(circle, browser, make):
    circle.step(circle.shared_goal("Cook soup"), "Buy leeks")
    with make.work(circle.priya, circle.farah.case) as work:
        case = work.get(Case, circle.farah.case)
        commands.add_service(work, case, name="Rides to town", provider="Markername", unpaid_relationship="my sister")
    page = browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan/offer")
    version = page.press("Offer this plan to the client").url
    there = browser.as_(circle.supporter("Kemal", Power.SEE_PLAN))
    for url in (version, f"/cases/{circle.farah.case}/plan"):
        assert browser.as_(circle.farah).visit(url).says("Markername"), url
        page = there.visit(url)
        assert page.says("Buy leeks"), url
        assert not page.says("Markername"), url
        assert not page.says("my sister"), url


def test_a_supporter_ticks_their_own_step_in_a_goal_they_cannot_see(circle, browser, make):
    kemal = circle.supporter("Kemal", Power.MY_STEPS)
    step_id = circle.step(circle.goal(), "Chop vegetables", helped_by(kemal))
    other_id = circle.step(circle.goal(), "Call the clinic")
    there = browser.as_(kemal)
    data = {"csrf_token": token_on(there.visit("/no-such-page")), "once": "b" * 32}
    there.client.post(f"/steps/{step_id}/tick", data=data)
    assert circle.look(Step, step_id).done_by_id == kemal.id
    assert there.client.post(f"/steps/{other_id}/tick", data=data | {"once": "c" * 32}).status_code == 404


def test_another_client_and_another_worker_find_nothing(circle, browser, make):
    goal_id = circle.shared_goal()
    for who in (make.client("Another One"), make.worker("Another Worker")):
        browser.as_(who).visit(f"/goals/{goal_id}", status=404)
        browser.as_(who).visit(f"/cases/{circle.farah.case}/plan", status=404)


def test_a_look_by_staff_is_recorded(circle, browser, make):
    goal_id = circle.goal()
    browser.as_(circle.priya).visit(f"/goals/{goal_id}")
    last = make.entries(circle.farah.case)[-1]
    assert (last.event.value, last.subject, last.actor_id) == ("case.opened", "plans.goal", circle.priya.id)
