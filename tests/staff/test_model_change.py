"""Another way of working for a case: seen before it is done, told to the client, noted, never by itself."""

from datetime import timedelta

import pytest

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewReason
from portal.profiles import registry
from portal.staff.commands import change_model
from portal.staff.model_change import what_changes
from portal.staff.refusals import NotOffered, ReasonMissing, SameModel
from portal.work import NotAllowed, Refused
from tests.plans.conftest import case_in


@pytest.fixture
def priya(make):
    """A case manager."""
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, priya):
    """Her client, worked with by strengths."""
    return make.client("Farah Demir", worker=priya)


def change(make, who, farah, **more):
    given = {
        "profile_key": "brokerage",
        "reason": "She wants to do it alone",
        "words": "As you wished.",
        "wish": "Alone",
    }
    with make.work(who, farah.case) as work:
        change_model(work, case_in(work), **{**given, "allowed": (), **more})


def test_it_is_changed_with_a_reason_and_a_message(make, priya, farah):
    with make.system() as work:
        work.get(Case, farah.case).contact_every_days = 30
    change(make, priya, farah)
    with make.system() as work:
        case = work.get(Case, farah.case)
        assert (case.profile_key, case.reason, case.wish) == ("brokerage", "She wants to do it alone", "Alone")
        assert (case.contact_days, case.review_reason) == (90, ReviewReason.CHANGE)
        assert case.review_due_on == work.today + timedelta(days=90)
    events = make.events(farah.case)
    assert (events.count(Event.PROFILE_CHOSEN), events.count(Event.MESSAGE_SENT)) == (1, 1)
    (facts,) = [entry.facts for entry in make.entries(farah.case) if entry.event is Event.PROFILE_CHOSEN]
    assert facts == {"chosen": "brokerage", "before": "strengths"}


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"profile_key": "strengths"}, SameModel),
        ({"profile_key": "clinical", "allowed": ("brokerage", "strengths")}, NotOffered),
        ({"profile_key": "none such"}, NotOffered),
        ({"reason": " "}, ReasonMissing),
        ({"words": ""}, Refused),
    ],
)
def test_it_is_not_changed(make, priya, farah, more, refusal):
    with pytest.raises(refusal):
        change(make, priya, farah, **more)
    with make.system() as work:
        assert work.get(Case, farah.case).profile_key == "strengths"


def test_only_staff_of_an_open_case(make, priya, farah):
    with pytest.raises(NotAllowed):
        change(make, farah, farah)
    with make.system() as work:
        work.get(Case, farah.case).closed_on = work.today
    with pytest.raises(NotAllowed) as no:
        change(make, priya, farah)
    assert no.value.action is Action.CASE_MODEL


def test_every_setting_that_differs_is_told(make):
    strengths, brokerage = registry.by_key("strengths"), registry.by_key("brokerage")
    told = {setting.name: (setting.now, setting.then) for setting in what_changes(strengths, brokerage)}
    assert told["We are in touch"] == ("every 7 days", "every 90 days")
    assert told["Who writes goals"] == ("The client; staff suggest", "The client and staff")
    assert "When the client tells news about a place" not in told, "it is the same in both"
    for profile in registry.ALL:
        assert what_changes(profile, profile) == []


def test_what_it_means_is_seen_before_it_is_done(browser, make, priya, farah):
    page = browser.as_(priya).visit(f"/cases/{farah.case}/client").follow("Change the way of working")
    assert page.says("Now: Strengths-based.")
    assert not page.has_button("Change it to: Brokerage")
    page = page.press("See what it means", profile="brokerage", wish="Mostly alone")
    for words in ("every 90 days", "The plan they agreed to stays in force.", "Your caseload would be at"):
        assert page.says(words), words
    again = page.press("Change it to: Brokerage", profile="clinical", reason="x", words="y")
    assert again.has_button("Change it to: Clinical"), "another choice is shown first, not done"
    with make.system() as work:
        assert work.get(Case, farah.case).profile_key == "strengths"
    page = page.press("Change it to: Brokerage", reason=" ", words="As you wished.")
    assert (page.status, page.says("As you wished.")) == (422, True)
    page = page.press("Change it to: Brokerage", reason="She asked", words="As you wished.")
    assert page.says("Changed. The client has a message about it.")
    assert page.says("Brokerage")
    assert browser.as_(farah).visit(f"/cases/{farah.case}/messages").says("As you wished.")


def test_two_of_staff_at_once(browser, make, priya, farah):
    wes = make.worker("Wes Okafor")
    make.joins(wes, farah.case)
    url = f"/cases/{farah.case}/model"
    first, second = (browser.as_(who).visit(url) for who in (priya, wes))
    first = first.press("See what it means", profile="brokerage")
    first.press("Change it to: Brokerage", reason="She asked", words="As you wished.")
    met = second.press("See what it means", profile="clinical")
    assert met.status == 409
    assert met.says("Saved now Brokerage What you wrote Clinical")


def test_who_may_not(browser, make, farah):
    assert browser.as_(farah).visit(f"/cases/{farah.case}/model").status == 403
    assert browser.as_(make.worker("Wes")).visit(f"/cases/{farah.case}/model").status == 404
