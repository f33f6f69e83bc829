"""What a step goes with, whether it is small enough, and taking a tick back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case
from portal.directory.models import DirectorySource, Service
from portal.plans import commands
from portal.plans.models import DoerKind, Goal, Link, LinkKind, ResourceKind, Step, StepClosed
from portal.referrals.commands import offers
from portal.referrals.models import LedBy
from portal.resources.models import SavedPlace
from portal.roles import Power
from portal.strengths import commands as strengths
from portal.strengths.models import ResourceKind as Nearness
from portal.strengths.models import StrengthEntry, StrengthKind
from tests.plans.conftest import ME, case_in


@pytest.fixture
def things(circle, make):
    """Something of each kind: an everyday skill, a sister, a place that goes on, a saved place."""
    with make.system() as work:
        source = DirectorySource(name="test")
        work.session.add(source)
        work.session.flush()
        library = Service(source_id=source.id, external_id="1", name="Library knitting circle", description="Knit")
        work.session.add(library)
        work.session.flush()
        found = {"place": library.id}
        work.session.add(SavedPlace(case_id=circle.farah.case, service_id=library.id, saved_at=work.now))
    with make.work(circle.farah) as work:
        case = case_in(work)
        found["skill"] = strengths.add(work, case, words="Ran a bakery for 19 years").id
        sister = strengths.add(
            work, case, words="My sister", kind=StrengthKind.PERSON, resource_kind=Nearness.NATURAL
        )  # fmt: skip
        found["sister"] = sister.id
    with make.work(circle.priya, circle.farah.case) as work:
        offer = offers.Offer(service_id=None, place="Hand clinic", led_by=LedBy.CLIENT)
        found["referral"] = offers.offer(work, work.get(Case, circle.farah.case), offer).id
    return found


def test_a_step_offers_what_there_is_and_leads_to_it(circle, browser, things, make):
    goal_id = circle.goal("Bake one loaf")
    farah = browser.as_(circle.farah)
    page = farah.visit(f"/goals/{goal_id}/steps/new")
    offered = [option.get_text() for option in page.soup.select("select[name=link] option")]
    assert offered == [
        "Nothing of these", "A strength: My sister", "A strength: Ran a bakery for 19 years",
        "A saved place: Library knitting circle", "A place: Hand clinic",
    ], "what is near to everyday life comes first under this model"  # fmt: skip
    page = page.press("Save the step", text="Ask her for flour", doer="client", link=f"strength:{things['sister']}")
    assert page.says("Goes with: My sister")
    page = page.follow("My sister")
    assert page.heading == "Something I want"
    for kind, words in (("referral", "Hand clinic"), ("place", "Library knitting circle")):
        page = farah.visit(f"/goals/{goal_id}/steps/new")
        page = page.press("Save the step", text=f"Go there: {kind}", doer="client", link=f"{kind}:{things[kind]}")
        assert page.says(f"Goes with: {words}")
        assert page.follow(words).status == 200
    first, second, third = circle.steps(goal_id)
    assert first.resource_kind is ResourceKind.NATURAL, "the sister says herself that she is one of her own people"
    assert first.link == Link(LinkKind.STRENGTH, things["sister"])
    assert (second.resource_kind, third.resource_kind) == (ResourceKind.FORMAL, ResourceKind.NONE)
    # Three kinds of links, and the reading is recorded: a query for each.
    staff_page = browser.as_(circle.priya).visit(f"/goals/{goal_id}", budget=17)
    assert staff_page.says("Goes with: My sister")
    shared = circle.supporter("Selin", *Power)
    with make.work(circle.farah) as work:
        work.get(Goal, goal_id)
    assert browser.as_(shared).visit(f"/goals/{goal_id}").status == 404


def test_a_changed_step_keeps_what_it_goes_with(circle, browser, things, make):
    goal_id = circle.goal("Bake one loaf")
    step_id = circle.step(goal_id, "Find my old recipe", link=Link(LinkKind.STRENGTH, things["skill"]))
    with make.work(circle.farah) as work:
        strengths.set_aside(work, work.get(StrengthEntry, things["skill"]))
    farah = browser.as_(circle.farah)
    page = farah.visit(f"/steps/{step_id}/change")
    assert page.fields_of("Save the step")["link"] == [f"strength:{things['skill']}"], "set aside, yet still the link"
    page = page.press("Save the step", text="Find my recipe book")
    (old, new) = circle.steps(goal_id)
    assert old.link == new.link == Link(LinkKind.STRENGTH, things["skill"])
    page = farah.visit(f"/steps/{new.id}/change").press("Save the step", link="")
    assert circle.look(Step, new.id).link is None
    page = farah.visit(f"/steps/{new.id}/change")
    wrong = {**page.fields_of("Save the step"), "link": f"strength:{goal_id}"}
    assert farah.post(f"/steps/{new.id}/change", wrong).status == 422, "only what is offered"


def test_another_model_does_not_put_the_natural_first(make, browser):
    priya = make.worker("Priya Nair")
    tom = make.client("Tom Reed", profile="clinical", worker=priya)
    make.supporter(tom, "Ann Reed", powers=[Power.MY_STEPS])
    with make.work(tom) as work:
        goal_id = commands.write_goal(work, case_in(work), words="Sleep through the night").id
    page = browser.as_(tom).visit(f"/goals/{goal_id}/steps/new")
    doers = [label.get_text() for label in page.soup.select("#doer, [name=doer]") for label in label.parent("label")]
    assert doers == ["Me", "Priya Nair", "Ann Reed", "Someone else"]
    farah = make.client("Farah Demir", worker=priya)
    make.supporter(farah, "Selin Demir", powers=[Power.MY_STEPS])
    with make.work(farah) as work:
        goal_id = commands.write_goal(work, case_in(work), words="Knit again").id
    page = browser.as_(farah).visit(f"/goals/{goal_id}/steps/new")
    doers = [label.get_text() for label in page.soup.select("#doer, [name=doer]") for label in label.parent("label")]
    assert doers == ["Me", "Selin Demir", "Priya Nair", "Someone else"]


def test_a_step_that_is_too_big_is_asked_about_once(circle, browser, make):
    """Under the strengths model client and staff talk each week. A step for later may be made smaller, or kept."""
    today = clock.local_date(make.now(), "America/Chicago")
    soon, late = today + timedelta(days=7), today + timedelta(days=9)
    goal_id = circle.goal("Knit again")
    circle.step(goal_id, "Buy wool", due_on=soon)
    big = circle.step(goal_id, "Knit a whole square", due_on=late)
    farah = browser.as_(circle.farah)
    assert farah.visit(f"/goals/{goal_id}/steps/new").says("A step that can be done before then is a good size.")
    page = farah.visit(f"/goals/{goal_id}")
    assert page.text.count("small enough to do before then?") == 1
    assert page.has_link("Make it smaller Knit a whole square")
    page = page.press("It is fine so Knit a whole square")
    assert not page.says("small enough to do before then?")
    assert Event.STEP_CHANGED in make.events(circle.farah.case)
    with make.work(circle.farah) as work:
        step = work.get(Step, big)
        commands.change_step(work, step, text=step.text, doer=ME, due_on=late + timedelta(days=1))
    assert farah.visit(f"/goals/{goal_id}").says("small enough to do before then?"), "another day, another question"
    with make.work(circle.farah) as work:
        commands.skip_step(work, work.get(Step, big))
    with pytest.raises(StepClosed), make.work(circle.farah) as work:
        commands.keep_size(work, work.get(Step, big))


def test_a_tick_can_be_taken_back_from_home(circle, browser, make):
    goal_id = circle.goal("Knit again")
    circle.step(goal_id, "Cast on")
    circle.step(goal_id, "Wind wool")
    farah, home = browser.as_(circle.farah), f"/cases/{circle.farah.case}/"
    assert not farah.visit(home).says("Done today")
    page = farah.visit(home).press("I did this Cast on")
    page = farah.visit(home, budget=8)
    assert page.says("Done today")
    page = page.press("That was a mistake Cast on")
    assert page.url == home
    assert not page.says("Done today")
    assert [step.done_on for step in circle.steps(goal_id)] == [None, None]
    assert make.events(circle.farah.case)[-1] is Event.STEP_UNTICKED
    page.press("I did this Cast on")
    page = farah.visit(f"/goals/{goal_id}")
    assert page.press("That was a mistake Cast on").says("0 of 2 steps done")


def test_only_todays_own_last_tick_is_offered(circle, browser, make):
    goal_id = circle.goal("Knit again")
    first, second = circle.step(goal_id, "Cast on"), circle.step(goal_id, "Wind wool")
    with clock.frozen_at(datetime(2025, 6, 9, 15, tzinfo=UTC)), make.work(circle.farah) as work:
        commands.tick_step(work, work.get(Step, first))
    with make.work(circle.priya, circle.farah.case) as work:
        commands.tick_step(work, work.get(Step, second))
    page = browser.as_(circle.farah).visit(f"/cases/{circle.farah.case}/")
    assert not page.says("Done today"), "one was long ago, the other staff's to take back"
    third, fourth = circle.step(goal_id, "Third"), circle.step(goal_id, "Fourth")
    for step_id in (fourth, third):
        with make.work(circle.farah) as work:
            commands.tick_step(work, work.get(Step, step_id))
    page = browser.as_(circle.farah).visit(f"/cases/{circle.farah.case}/")
    assert page.has_button("That was a mistake Third")
    assert not page.has_button("That was a mistake Fourth")


def test_a_full_goal_stays_within_its_queries(circle, browser, things, make):
    """Every kind of link, marks, suggestions, answers, a ladder with ratings: what it costs does not grow."""
    goal_id = circle.goal("Bake one loaf", area="home")
    with make.work(circle.farah) as work:
        goal = work.get(Goal, goal_id)
        commands.write_ladder(work, goal, {0: "one loaf", -1: "none"})
        commands.rate_goal(work, goal, rung=-1)
        for kind, name in ((LinkKind.STRENGTH, "skill"), (LinkKind.REFERRAL, "referral"), (LinkKind.PLACE, "place")):
            for count in range(5):
                commands.add_step(work, goal, text=f"{name} {count}", doer=ME, link=Link(kind, things[name]))
        strengths.link_strengths(work, case_in(work), goal_id, [things["skill"]], [things["skill"]])
        assert {step.doer for step in work.session.scalars(select(Step))} == {DoerKind.CLIENT}
    farah = browser.as_(circle.farah)
    farah.visit(f"/goals/{goal_id}", budget=15)
    browser.as_(circle.priya).visit(f"/goals/{goal_id}", budget=18)
