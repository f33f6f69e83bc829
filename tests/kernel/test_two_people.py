"""Two people at once: the second to save sees both texts, with the answer 409, and nothing is lost. On every database.

One mechanism (web.forms.EditForm, Work.hold) for everything that two people can change.
"""

import threading
from dataclasses import dataclass

import pytest

from portal.cases.models import Case
from portal.plans import commands
from portal.plans.commands import Said
from portal.plans.models import Goal, ItemKind, NeedKind, ResourceKind, ServiceLine, Source, Step
from tests.make import Someone
from tests.plans.conftest import Circle, case_in


@dataclass
class Three(Circle):
    """A client and two who work with her."""

    wes: Someone


@pytest.fixture
def circle(make):
    """Farah, Priya and a second worker, Wes."""
    priya, wes = make.worker("Priya Nair"), make.worker("Wes Okafor")
    farah = make.client("Farah Demir", worker=priya)
    make.joins(wes, farah.case)
    return Three(make, farah, priya, wes)


def line(circle):
    with circle.make.work(circle.priya, circle.farah.case) as work:
        return commands.add_service(work, case_in(work), name="Choir", resource_kind=ResourceKind.NATURAL).id


def item(circle):
    with circle.make.work(circle.priya, circle.farah.case) as work:
        said = Said("A ride", need=NeedKind.TRANSPORT, source=Source.OBSERVED)
        return commands.add_item(work, case_in(work), ItemKind.NEED, said).id


def review(circle):
    with circle.make.work(circle.priya, circle.farah.case) as work:
        return commands.open_review(work, case_in(work)).id


def typed(page, button):
    """What stands in the boxes of the form with this button."""
    return {name: "".join(values).strip() for name, values in page.fields_of(button).items()}


#: What two can change: the page, its button, the box, and (for choices) words for the eye.
PLACES = {
    "a service": (lambda c: f"/plan-services/{line(c)}/change", "Save", "reason"),
    "an item": (lambda c: f"/plan-items/{item(c)}/change", "Save", "words"),
    "the facts of a plan": (lambda c: f"/cases/{c.farah.case}/plan/facts", "Save", "monitor_name"),
    "a short version": (lambda c: f"/goals/{c.goal()}/summary", "Save", "text"),
    "a step": (lambda c: f"/steps/{c.step(c.goal(), by=c.priya)}/change", "Save the step", "text"),
    "the words of staff in a review": (lambda c: f"/reviews/{review(c)}/say", "Save", "words"),
}


@pytest.mark.parametrize("place", PLACES)
def test_the_second_sees_both_texts_and_loses_nothing(circle, browser, place):
    address, button, box = PLACES[place]
    url = address(circle)
    first, second = browser.as_(circle.priya).visit(url), browser.as_(circle.wes).visit(url)
    assert first.press(button, **{box: "What Priya wrote"}).status == 200
    met = second.press(button, **{box: "What Wes wrote"})
    assert met.status == 409
    assert met.says("This was changed a moment ago")
    assert met.says("Saved now What Priya wrote What you wrote What Wes wrote")
    assert typed(met, button)[box] == "What Wes wrote", "the box still holds what was typed"
    assert typed(browser.as_(circle.wes).visit(met.url), button)[box] == "What Priya wrote", "nothing was saved"
    done = met.press(button, **{box: "What both wrote"})
    assert done.status == 200
    assert typed(browser.as_(circle.priya).visit(met.url), button)[box] == "What both wrote"


def test_what_only_the_other_one_changed_is_taken_over(circle, browser):
    url = f"/plan-services/{line(circle)}/change"
    first, second = browser.as_(circle.priya).visit(url), browser.as_(circle.wes).visit(url)
    first.press("Save", reason="It helps the grip", until_on="2030-01-01", unit="visits")
    assert second.press("Save", provider="River Clinic").status == 200
    now = typed(browser.as_(circle.priya).visit(url), "Save")
    assert [now[name] for name in ("reason", "provider", "until_on", "unit")] == [
        "It helps the grip", "River Clinic", "2030-01-01", "visits",
    ]  # fmt: skip


def test_the_same_change_twice_is_no_conflict(circle, browser):
    url = f"/plan-services/{line(circle)}/change"
    first, second = browser.as_(circle.priya).visit(url), browser.as_(circle.wes).visit(url)
    first.press("Save", reason="It helps")
    assert second.press("Save", reason="It helps").status == 200


def test_days_and_choices_stand_side_by_side_in_words(circle, browser):
    url = f"/plan-services/{line(circle)}/change"
    first, second = browser.as_(circle.priya).visit(url), browser.as_(circle.wes).visit(url)
    first.press("Save", until_on="2030-01-01", unit="visits")
    met = second.press("Save", until_on="2031-02-03", unit="rides")
    assert met.status == 409
    assert met.says("Saved now Tue, Jan 1, 2030 What you wrote Mon, Feb 3, 2031")
    assert met.says("Saved now Visits What you wrote Rides")


def test_a_page_without_its_marks_saves_nothing_over_somebody(circle, browser):
    url = f"/plan-services/{line(circle)}/change"
    second = browser.as_(circle.wes)
    page = second.visit(url)
    browser.as_(circle.priya).visit(url).press("Save", reason="It helps")
    for seen in ("", "[]", "no marks"):
        assert page.press("Save", seen=seen, reason="Mine").status == 409


def test_a_tick_meanwhile_is_no_conflict(circle, browser, make):
    step_id = circle.step(circle.goal(), by=circle.priya)
    page = browser.as_(circle.priya).visit(f"/steps/{step_id}/change")
    with make.work(circle.farah) as work:
        commands.begin_step(work, work.get(Step, step_id))
    assert page.press("Save the step", due_on="2030-01-01").status == 200


def test_a_client_on_two_screens(circle, browser):
    goal_id = circle.goal()
    phone, library = (browser.as_(circle.farah).visit(f"/goals/{goal_id}/edit") for _screen in range(2))
    phone.press("Save my goal", words="Knit a scarf")
    met = library.press("Save my goal", words="Knit socks")
    assert met.status == 409
    assert met.says("Knit a scarf")
    assert met.says("Knit socks")


def test_client_and_staff_change_the_facts_of_a_plan(circle, browser):
    url = f"/cases/{circle.farah.case}/plan/facts"
    farah, priya = browser.as_(circle.farah).visit(url), browser.as_(circle.priya).visit(url)
    farah.press("Save", met_where="At my kitchen table")
    met = priya.press("Save", met_where="At home", monitor_phone="555-0199")
    assert met.status == 409
    assert met.says("At my kitchen table")
    met.press("Save", met_where="At my kitchen table")
    now = typed(browser.as_(circle.farah).visit(url), "Save")
    assert (now["met_where"], now["monitor_phone"]) == ("At my kitchen table", "555-0199")


@pytest.mark.slow
def test_at_the_very_same_moment_one_waits_for_the_other(circle, app, make):
    """Two transactions that overlap: the second reads what the first has saved, not what stood there before."""
    line_id, held, saved = line(circle), threading.Event(), []

    def second():
        held.wait(5)
        with make.work(circle.wes, circle.farah.case) as work:
            saved.append(work.hold(work.get(ServiceLine, line_id)).reason)

    other = threading.Thread(target=second)
    other.start()
    with make.work(circle.priya, circle.farah.case) as work:
        row = work.hold(work.get(ServiceLine, line_id))
        held.set()
        commands.change_service(work, row, name=row.name, reason="First")
        work.session.flush()
    other.join(10)
    assert saved == ["First"]


def test_a_row_is_held_with_what_hangs_on_it(circle, make):
    goal_id = circle.goal()
    with make.work(circle.farah) as work:
        assert work.hold(work.get(Goal, goal_id)).words
        assert work.hold(work.get(Case, circle.farah.case)).client.name == "Farah Demir"
