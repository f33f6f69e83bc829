"""What a supporter sees, and nothing else: by power, by what is kept back, and from the moment it is taken."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.cases.models import Case, CaseMember
from portal.messages import commands as messages
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind, Visibility
from portal.referrals.models import LedBy, Referral, Status
from portal.roles import AccountKind, Power, Role
from portal.strengths import commands as strengths

#: What each kind of thing says that no other does, and the powers that open it.
OPENS = {
    "VISIT": {Power.SEE_NEXT, Power.SEE_RESOURCES, Power.REPORT_FOR},
    "PLACE-MARK": {Power.SEE_RESOURCES},
    "BRING-MARK": {Power.SEE_RESOURCES},
    "GOAL-MARK": {Power.SEE_GOALS, Power.SEE_PLAN},
    "STEP-MARK": {Power.MY_STEPS},
    "Suggest a strength": {Power.SUGGEST},
    "Read the strengths": {Power.SEE_STRENGTHS},
    "Read the plan": {Power.SEE_PLAN},
    "Write to staff": {Power.MESSAGE_WORKER},
}
NEVER = ("NEED-MARK", "WHY-MARK", "MESSAGE-MARK", "NOTE-MARK", "Other Supporter", "PRIVATE-MARK", "STRENGTH-MARK")
HIDDEN = ("HIDDEN-GOAL", "HIDDEN-STEP", "HIDDEN-PLACE", "HIDDEN-STRENGTH")


class World:
    """Farah's case: one shared thing of each kind, and things nobody may see."""

    def __init__(self, make):
        self.make = make
        self.worker = make.worker("Priya Nair")
        self.farah = make.client("Farah Demir", worker=self.worker)
        self.other = make.supporter(self.farah, "Other Supporter", powers=[*Power])
        self.at = clock.now() + timedelta(days=2)

    def lend(self, *powers, name="Selin Demir"):
        """A supporter with these powers, and a step and a visit to see with them."""
        selin = self.make.supporter(self.farah, name, powers=powers, ends_on=clock.now().date() + timedelta(days=90))
        self._shared(selin)
        return selin

    def _shared(self, selin):
        with self.make.work(self.farah) as work:
            case = work.get(Case, self.farah.case)
            goal = plans.write_goal(
                work, case, words="GOAL-MARK", visibility=Visibility.WORKER_AND_SUPPORTERS, why_it_matters="WHY-MARK"
            )
            work.session.flush()
            plans.add_step(work, goal, text="STEP-MARK", doer=Doer(DoerKind.SUPPORTER, selin.id))
            strengths.add(work, case, words="STRENGTH-MARK", shared=True)
            messages.send(work, case, "MESSAGE-MARK")
        self.visit("PLACE-MARK", shared=True)

    def visit(self, place, *, shared):
        with self.make.system() as work:
            work.session.add(
                Referral(
                    case_id=self.farah.case,
                    place=place,
                    led_by=LedBy.CLIENT,
                    need="NEED-MARK",
                    what_to_bring="BRING-MARK",
                    shared_with_supporters=shared,
                    offered_by_id=self.worker.id,
                    created_at=work.now,
                    status=Status.BOOKED,
                    appointment_at=self.at if shared else self.at + timedelta(days=1),
                    last_news_at=work.now,
                )
            )

    def keep_back(self):
        """Things the client keeps to herself, or to staff."""
        with self.make.work(self.farah) as work:
            case = work.get(Case, self.farah.case)
            for words, who in [("HIDDEN-GOAL", Visibility.WORKER), ("PRIVATE-MARK", Visibility.PRIVATE)]:
                goal = plans.write_goal(work, case, words=words, visibility=who)
                work.session.flush()
                plans.add_step(work, goal, text="HIDDEN-STEP", doer=Doer(DoerKind.CLIENT))
            strengths.add(work, case, words="HIDDEN-STRENGTH")
        self.visit("HIDDEN-PLACE", shared=False)
        with self.make.work(self.worker, self.farah.case) as work:
            messages.keep_note(work, work.get(Case, self.farah.case), "NOTE-MARK")

    def page(self, browser, who):
        return browser.as_(who).visit(f"/cases/{self.farah.case}/supporting", status=200)

    def member(self, who, **changes):
        with self.make.system() as work:
            row = work.session.scalars(select(CaseMember).where(CaseMember.person_id == who.id)).one()
            for name, value in changes.items():
                setattr(row, name, value)
            return row.id


@pytest.fixture
def world(make):
    return World(make)


def seen(page):
    """What stands in the shared part of the page, keys of forms left out."""
    part = page.soup.select_one("#shared")
    return " ".join(part.get_text(" ").split())


@pytest.mark.parametrize("power", Power)
def test_one_power_shows_its_own_and_nothing_else(browser, world, power):
    selin = world.lend(power)
    world.keep_back()
    page = world.page(browser, selin)
    text = seen(page).replace("Visit,", "VISIT")
    for mark, powers in OPENS.items():
        assert (mark in text) is (power in powers), f"{mark} with {power}"
    for mark in (*NEVER, *HIDDEN[:2], HIDDEN[3]):
        assert mark not in page.html
    assert ("HIDDEN-PLACE" in page.html) is (power is Power.SEE_RESOURCES), "see_resources opens all places"


def test_with_no_power_there_is_a_page_and_nothing_on_it(browser, world):
    selin = world.lend()
    assert seen(world.page(browser, selin)) == ""


def test_a_power_that_was_not_lent_opens_no_address(browser, world):
    selin = world.lend(Power.SEE_NEXT)
    me = browser.as_(selin)
    for part in ("goals", "plan", "strengths", "places", "messages", "messages/mine", "notes", "supporters", "circle",
                 "who-looked", "releases", "strengths/suggest", ""):  # fmt: skip
        page = me.visit(f"/cases/{world.farah.case}/{part}")
        assert page.status in {403, 404}, part
        assert "MARK" not in page.html


def test_what_is_kept_back_leaves_no_gap(browser, world):
    powers = [power for power in Power if power is not Power.SEE_RESOURCES]
    selin = world.lend(*powers)
    before = seen(world.page(browser, selin))
    world.keep_back()
    assert seen(world.page(browser, selin)) == before


def test_a_supporter_cheers_and_ticks(browser, world, make):
    selin = world.lend(Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS)
    world.page(browser, selin).press("Send a cheer GOAL-MARK")
    page = world.page(browser, selin)
    assert page.says("You cheered today")
    page.press("I did this STEP-MARK")
    assert world.page(browser, selin).has_button("That was a mistake STEP-MARK")
    assert [entry.role for entry in make.entries(world.farah.case)][-1] == "supporter"


def test_a_supporter_tells_that_a_visit_took_place(browser, world):
    world.at = clock.now() - timedelta(hours=2)
    selin = world.lend(Power.REPORT_FOR)
    button = re.search(r"The visit took place[^<]*", seen(world.page(browser, selin)))
    assert button
    label = next(b for b in world.page(browser, selin).soup.select("button") if "took place" in b.get_text())
    page = world.page(browser, selin).press(" ".join(label.get_text(" ").split()))
    assert page.says("Thank you for telling us.")


def test_every_page_says_whose_it_is_and_until_when(browser, world):
    selin = world.lend(Power.SUGGEST, Power.SEE_NEXT)
    page = world.page(browser, selin)
    assert page.says("You see what Farah Demir shares with you, until")
    assert page.follow("Suggest a strength").says("You see what Farah Demir shares with you, until")
    assert "Farah" not in page.title


def test_the_first_page_leads_to_the_one_case(browser, world, make):
    selin = world.lend(Power.SEE_NEXT)
    assert browser.as_(selin).visit("/supporting").url == f"/cases/{world.farah.case}/supporting"
    assert browser.as_(selin).visit("/").url == f"/cases/{world.farah.case}/supporting"


def test_of_two_cases_one_is_chosen(browser, world, make):
    selin = world.lend(Power.SEE_NEXT)
    ana = make.client("Ana Ruiz")
    with make.system() as work:
        add = CaseMember(case_id=ana.case, person_id=selin.id, role=Role.SUPPORTER, powers=[], started_at=work.now)
        work.session.add(add)
    page = browser.as_(selin).visit("/supporting")
    assert page.heading == "People you help"
    assert page.follow("Ana Ruiz").status == 200


class TestTakingBack:
    @pytest.fixture
    def ways(self):
        """Every way a grant can be no longer live."""
        now = clock.now()
        return {
            "paused": {"paused_at": now},
            "stopped": {"ended_at": now},
            "over": {"ends_on": now.date() - timedelta(days=2)},
        }

    def test_counts_at_the_next_request_of_an_open_session(self, browser, world, ways):
        selin = world.lend(*Power)
        me = browser.as_(selin)
        address = f"/cases/{world.farah.case}/supporting"
        assert "GOAL-MARK" in me.visit(address, status=200).html
        for change in ways.values():
            world.member(selin, **change)
            for part in ("supporting", "goals", "plan", "strengths", "messages/mine", "strengths/suggest"):
                page = me.visit(f"/cases/{world.farah.case}/{part}", status=404)
                assert "MARK" not in page.html
            world.member(selin, paused_at=None, ended_at=None, ends_on=None)
            assert me.visit(address).status == 200

    def test_a_form_that_was_open_does_nothing_any_more(self, browser, world, make):
        selin = world.lend(Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS)
        page = world.page(browser, selin)
        world.member(selin, paused_at=clock.now())
        before = make.events(world.farah.case)
        for label in ("Send a cheer GOAL-MARK", "I did this STEP-MARK"):
            assert page.press(label).status == 404
        assert make.events(world.farah.case) == before

    def test_reads_the_same_whatever_the_reason(self, browser, world, make, ways):
        answers = set()
        for name, change in {**ways, "closed": {}}.items():
            who = world.lend(Power.SEE_GOALS, name="Same Name")
            if name == "closed":
                with make.system() as work:
                    work.session.get(Case, world.farah.case).closed_on = work.today
            else:
                world.member(who, **change)
            me = browser.as_(who)
            answers.add((me.visit("/supporting").everything, me.visit(f"/cases/{world.farah.case}/supporting").status))
        assert len(answers) == 1
        text, status = answers.pop()
        assert status == 404
        assert "Not available now" in text
        for telling in ("Farah", "pause", "stop", "end", "Demir"):
            assert telling not in text.replace("depend", "")

    def test_reads_like_never_having_been_asked(self, browser, world, make):
        stranger = make.person("Same Name", AccountKind.SUPPORTER)
        who = world.lend(Power.SEE_GOALS, name="Same Name")
        world.member(who, ended_at=clock.now())
        assert browser.as_(who).visit("/supporting").everything == browser.as_(stranger).visit("/supporting").everything


class TestPreview:
    @pytest.mark.parametrize("powers", [[Power.SEE_NEXT], [Power.SEE_GOALS, Power.CHEER, Power.MY_STEPS], [*Power]])
    def test_the_client_sees_what_they_see(self, browser, world, powers):
        selin = world.lend(*powers)
        world.keep_back()
        member_id = world.member(selin)
        preview = browser.as_(world.farah).visit(f"/supporters/{member_id}/preview", status=200)
        assert seen(preview) == seen(world.page(browser, selin))
        assert preview.says("This is the page of Selin Demir.")
        assert all(button.find_parent("fieldset", disabled=True) for button in preview.soup.select("#shared button"))

    def test_also_before_saying_yes(self, browser, world, make):
        me = browser.as_(world.farah)
        page = me.visit(f"/cases/{world.farah.case}/supporters/new")
        page = page.press("Go on", name="Selin", usual=["see_goals"]).follow("See what they will see")
        assert seen(page) == "Goals No goals to show now."
        world.lend(Power.SEE_NEXT, name="Kemal")
        assert "GOAL-MARK" in seen(me.visit(page.url))
        assert "STEP-MARK" not in seen(me.visit(page.url))

    def test_is_for_the_client_alone(self, browser, world):
        selin = world.lend(Power.SEE_GOALS)
        address = f"/supporters/{world.member(selin)}/preview"
        for who, statuses in [(selin, {403, 404}), (world.worker, {403}), (world.other, {403, 404})]:
            assert browser.as_(who).visit(address).status in statuses

    def test_is_of_supporters_alone(self, browser, world):
        address = f"/supporters/{world.member(world.worker)}/preview"
        browser.as_(world.farah).visit(address, status=404)


def test_an_answer_of_staff_is_told_until_it_was_seen(browser, world):
    selin = world.lend(Power.MESSAGE_WORKER)
    page = world.page(browser, selin).follow("Write to staff").press("Send my message", body="Hello")
    assert not world.page(browser, selin).says("There is an answer for you.")
    thread = browser.as_(world.worker).visit(f"/cases/{world.farah.case}/messages").follow("Selin Demir")
    thread.press("Send my message", body="I got it")
    assert world.page(browser, selin).says("There is an answer for you.")
    page = world.page(browser, selin).follow("Write to staff")
    assert page.says("I got it")
    assert not world.page(browser, selin).says("There is an answer for you.")


def test_the_page_costs_no_more_with_more_to_see(browser, world):
    selin = world.lend(*Power)
    world.page(browser, selin)
    small = world.page(browser, selin).queries
    for _more in range(4):
        world._shared(selin)
    assert world.page(browser, selin).queries == small <= 10
