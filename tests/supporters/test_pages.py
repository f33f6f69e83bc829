"""The client's pages about supporters, and the two that staff have."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import CaseMember
from portal.roles import Power
from portal.supporters.models import SupportInvite


@pytest.fixture
def worker(make):
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, worker):
    return make.client("Farah Demir", worker=worker)


def address(who):
    return f"/cases/{who.case}/supporters"


def member(make, who):
    with make.system() as work:
        return work.session.scalars(select(CaseMember).where(CaseMember.person_id == who.id)).one()


def ask(page, **typed):
    return page.press("Go on", **{"Their name": "Selin", "usual": ["see_goals", "cheer"], **typed})


def test_somebody_is_asked_in_three_screens(browser, farah, make):
    me = browser.as_(farah)
    page = me.visit(address(farah)).follow("Let someone help")
    page = ask(page, relation="my daughter")
    assert page.says("Is this what you want to share?")
    assert page.says("See the goals you share")
    assert not page.says("See your plan")
    assert page.says("They may look at once")
    page = page.press("Yes, make the code")
    assert page.status == 200
    code = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", page.text)
    assert code
    assert page.says("http://localhost/join")
    assert make.events(farah.case) == [Event.SUPPORTER_INVITED] * 2
    listed = page.follow("Done")
    assert listed.says("Waits for them.")
    assert code.group() not in listed.html


def test_nothing_is_ticked_beforehand_and_the_end_is_half_a_year(browser, farah):
    page = browser.as_(farah).visit(f"{address(farah)}/new")
    assert not page.soup.select("[checked]")
    assert page.soup.select_one("[name=ends_on]")["value"]
    assert page.says("It can be one year away at most.")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"usual": []}, "Choose at least one thing they can see or do."),
        ({"name": " "}, "Write their name."),
        ({"ends_on": "2020-01-01"}, "Choose a day after today, and within one year."),
        ({"ends_on": (clock.now() + timedelta(days=500)).date().isoformat()}, "within one year"),
    ],
)
def test_what_is_missing_is_said(browser, farah, typed, says):
    page = ask(browser.as_(farah).visit(f"{address(farah)}/new"), **typed)
    assert page.status == 422
    assert page.says(says)


def test_a_power_nobody_offers_is_not_lent(browser, farah):
    page = ask(browser.as_(farah).visit(f"{address(farah)}/new"), usual=["everything"])
    assert page.status == 422


def test_a_double_press_asks_once(browser, farah, make):
    page = browser.as_(farah).visit(f"{address(farah)}/new")
    fields = {**page.fields_of("Go on"), "name": ["Selin"], "usual": ["cheer"]}
    for _press in range(2):
        assert page.browser.post(page.url, fields).says("Is this what you want to share?")
    with make.system() as work:
        assert len(work.session.scalars(select(SupportInvite)).all()) == 1


def test_an_invitation_is_changed_until_its_code_is_out(browser, farah):
    page = ask(browser.as_(farah).visit(f"{address(farah)}/new"))
    changing = page.follow("Change")
    assert [box["value"] for box in changing.soup.select("[checked]")] == ["see_goals", "cheer"]
    page = changing.press("Go on", usual=["suggest"])
    assert page.says("Suggest a strength")
    assert not page.says("Cheer you on")
    page.press("Yes, make the code")
    again = page.browser.visit(page.url)
    assert not again.has_link("Change")
    late = page.browser.visit(f"{page.url}/change").press("Go on", usual=["my_steps"])
    assert late.status == 422
    assert late.says("This has changed in the meantime.")


def test_an_invitation_is_taken_back(browser, farah):
    page = ask(browser.as_(farah).visit(f"{address(farah)}/new"))
    check = page.url
    page = page.press("Do not share")
    assert page.says("The invitation is taken back.")
    assert page.says("Nobody sees your pages")
    page.browser.visit(check, status=404)


def test_lending_asks_for_a_fresh_sign_in_and_stopping_does_not(browser, farah, make):
    selin = make.supporter(farah, "Selin", powers=[Power.CHEER])
    stale = browser.as_(farah, fresh=False)
    assert "/confirm" in stale.visit(f"{address(farah)}/new").url
    assert "/confirm" in stale.visit(f"/supporters/{member(make, selin).id}/change").url
    assert stale.visit(address(farah)).press("Stop Selin").says("Stopped.")


def test_the_list_says_who_sees_what_until_when(browser, farah, make):
    day = clock.now().date() + timedelta(days=30)
    selin = make.supporter(farah, "Selin Demir", powers=[Power.CHEER, Power.SEE_GOALS], ends_on=day)
    page = browser.as_(farah).visit(address(farah))
    for words in ("Selin Demir", "Can see now", "Cheer you on", "Last day:", "Has not looked yet"):
        assert page.says(words)
    browser.as_(selin).visit(f"/cases/{farah.case}/supporting", status=200)
    assert browser.as_(farah).visit(address(farah)).says("Last looked:")


def test_what_they_see_is_changed(browser, farah, make):
    make.supporter(farah, "Selin", powers=[Power.CHEER], ends_on=clock.now().date() + timedelta(days=30))
    page = browser.as_(farah).visit(address(farah)).follow("Change Selin")
    assert page.heading == "Change what they see"
    page = page.press("Save", more=["see_plan"])
    assert page.says("Saved. This counts from now on.")
    assert page.says("See your plan")


def test_pause_go_on_and_stop(browser, farah, make):
    make.supporter(farah, "Emre", powers=[Power.CHEER])
    page = browser.as_(farah).visit(address(farah)).press("Pause Emre")
    assert page.says("Paused")
    page = page.press("Go on Emre")
    assert page.says("Can see now")
    page = page.press("Stop Emre")
    assert page.says("People who no longer see anything")
    assert not page.has_button("Stop Emre")


def test_all_sharing_stops_two_presses_from_anywhere(browser, farah, make):
    emre, selin = (make.supporter(farah, name, powers=[Power.CHEER]) for name in ("Emre", "Selin"))
    page = browser.as_(farah).visit(f"/cases/{farah.case}/messages").follow("Home")
    page = page.press("Stop all sharing now")
    assert page.says("All sharing has stopped.")
    for who in (emre, selin):
        browser.as_(who).visit(f"/cases/{farah.case}/supporting", status=404)


def test_nobody_else_may_look_or_lend(browser, farah, make, worker):
    selin = make.supporter(farah, "Selin", powers=[*Power])
    other = make.client("Olga")
    for who, status in [(selin, 403), (worker, 403), (other, 404)]:
        assert browser.as_(who).visit(address(farah)).status == status
        assert browser.as_(who).visit(f"{address(farah)}/new").status == status


def test_a_list_of_many_costs_the_same(browser, farah, make):
    for number in range(12):
        make.supporter(farah, f"Friend {number}", powers=[Power.CHEER])
    assert browser.as_(farah).visit(address(farah)).queries <= 6


class TestStaff:
    def test_see_who_supports_and_stop_one_silently(self, browser, farah, make, worker):
        emre = make.supporter(farah, "Emre", powers=[Power.CHEER])
        page = browser.as_(worker).visit(f"/cases/{farah.case}/circle").follow("Stop this supporter Emre")
        assert page.press("Stop this supporter", reason=" ").status == 422
        page = page.press("Stop this supporter", reason="MARKER-REASON")
        assert page.says("MARKER-REASON")
        neutral = browser.as_(emre).visit("/supporting")
        assert neutral.heading == "Not available now"
        shown = browser.as_(farah).visit(address(farah))
        assert shown.says("stopped by staff. You can ask us why.")
        assert not shown.says("MARKER-REASON")

    def test_a_client_has_no_such_page(self, browser, farah):
        browser.as_(farah).visit(f"/cases/{farah.case}/circle", status=403)

    def test_only_a_supporter_can_be_stopped_so(self, browser, farah, make, worker):
        browser.as_(worker).visit(f"/supporters/{member(make, worker).id}/stop-by-staff", status=404)
