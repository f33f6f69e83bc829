"""The caseload: who waits longest comes first, what waits is counted, and it costs the same for sixty as for one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal import clock
from portal.cases.models import Case, Team, TeamMember
from portal.messages import commands as messages
from portal.plans import commands as plans
from portal.referrals import commands as referrals
from portal.referrals.commands import Offer
from portal.referrals.models import LedBy
from portal.staff.queries import caseload as caseloads
from portal.staff.queries.caseload import Show, caseload
from portal.web.waiting import Wait, working_days

MONDAY = datetime(2025, 4, 7, 15, tzinfo=UTC)


@pytest.fixture
def dana(make):
    return make.worker("Dana Okafor")


def client(make, name, worker, **more):
    with clock.frozen_at(MONDAY):
        return make.client(name, profile=more.pop("profile", "brokerage"), worker=worker, **more)


def writes(make, who, words, at):
    with clock.frozen_at(at), make.work(who) as work:
        messages.send(work, work.get(Case, who.case), words)


def goal(make, who, at):
    with clock.frozen_at(at), make.work(who) as work:
        plans.write_goal(work, work.get(Case, who.case), words="Drive again")


def offered(make, who, worker, at):
    with clock.frozen_at(at), make.work(worker, who.case) as work:
        case = work.get(Case, who.case)
        referrals.offer(work, case, Offer(service_id=None, place="Physio", led_by=LedBy.CLIENT))


def seen(make, worker, show=Show.ALL, at=MONDAY, **more):
    with clock.frozen_at(at), make.work(worker, read_only=True) as work:
        return caseload(work, show, **more)


def names(found):
    return [row.name for row in found.rows]


@pytest.mark.parametrize(
    ("since", "today", "days"),
    [
        (date(2025, 4, 7), date(2025, 4, 7), 0),
        (date(2025, 4, 7), date(2025, 4, 8), 1),
        (date(2025, 4, 4), date(2025, 4, 7), 1),
        (date(2025, 4, 4), date(2025, 4, 6), 0),
        (date(2025, 4, 7), date(2025, 4, 28), 15),
        (date(2025, 4, 8), date(2025, 4, 7), 0),
    ],
)
def test_working_days_leave_out_the_weekend(since, today, days):
    assert working_days(since, today) == days


@pytest.mark.parametrize("promised", [1, 2, 3, 7])
def test_working_days_count_as_the_promise_does(promised):
    for offset in range(7):
        asked = date(2025, 4, 7) + timedelta(days=offset)
        assert working_days(asked, clock.working_days_after(asked, promised)) == promised


@pytest.mark.parametrize(("days", "tone", "late"), [(0, "plain", False), (1, "plain", False), (2, "warn", False),
                                                    (3, "error", False), (4, "error", True)])  # fmt: skip
def test_amber_from_half_of_the_promise_and_red_at_its_end(days, tone, late):
    assert (Wait(days, 3).tone, Wait(days, 3).is_late) == (tone, late)


def test_who_waits_longest_comes_first(make, dana):
    late, early, quiet, calm = (client(make, name, dana) for name in ("Late", "Early", "Quiet", "Calm"))
    offered(make, quiet, dana, MONDAY)
    writes(make, late, "Second", MONDAY + timedelta(days=2))
    writes(make, early, "First", MONDAY + timedelta(days=1))
    assert calm.case
    assert names(seen(make, dana, at=MONDAY + timedelta(days=3))) == ["Early", "Late", "Quiet", "Calm"]


def test_what_waits_is_counted_by_kind(make, dana):
    ana = client(make, "Ana", dana)
    writes(make, ana, "One", MONDAY)
    writes(make, ana, "Two", MONDAY + timedelta(hours=1))
    goal(make, ana, MONDAY)
    offered(make, ana, dana, MONDAY)
    (row,) = seen(make, dana, at=MONDAY + timedelta(days=14)).rows
    assert (row.messages, row.words, row.quiet, str(row.wait)) == (2, 1, 1, "10 working days")
    assert (row.model, row.last_contact_at) == ("Brokerage", None)


def test_a_referral_is_quiet_when_the_profile_s_days_are_over(make, dana):
    ana = client(make, "Ana", dana)
    offered(make, ana, dana, MONDAY)
    assert seen(make, dana, at=MONDAY + timedelta(days=13)).rows[0].quiet == 0
    assert names(seen(make, dana, Show.QUIET, at=MONDAY + timedelta(days=13))) == []
    assert names(seen(make, dana, Show.QUIET, at=MONDAY + timedelta(days=14))) == ["Ana"]


def test_story_8_a_silent_place_is_due_on_day_14(browser, make, dana):
    elena = client(make, "Elena Marsh", dana)
    offered(make, elena, dana, MONDAY)
    with clock.frozen_at(MONDAY + timedelta(days=14)):
        page = browser.as_(dana).visit("/caseload").follow("Places gone quiet").follow("Follow up place by place")
        assert page.says("Physio")
        assert page.says("Elena Marsh")
        own = browser.as_(dana).visit(f"/cases/{elena.case}/client")
        assert own.says("14 days without news")


def test_a_reply_takes_the_client_off_the_waiting_list(make, dana):
    ana = client(make, "Ana", dana)
    writes(make, ana, "One", MONDAY)
    assert names(seen(make, dana, Show.WAITING)) == ["Ana"]
    with make.work(dana, ana.case) as work:
        messages.send(work, work.get(Case, ana.case), "Answer")
    assert names(seen(make, dana, Show.WAITING)) == []


def test_reviews_that_are_due_and_closed_cases_have_lists_of_their_own(make, dana):
    ana, bo = client(make, "Ana", dana), client(make, "Bo", dana, closed_on=date(2025, 4, 1))
    with make.system() as work:
        work.session.get(Case, ana.case).review_due_on = date(2025, 4, 7)
    assert names(seen(make, dana, Show.REVIEW)) == ["Ana"]
    assert seen(make, dana, Show.REVIEW).rows[0].review_late
    assert names(seen(make, dana, Show.CLOSED)) == ["Bo"]
    assert bo.case


def test_a_team_shares_its_clients_and_a_supervisor_can_see_all(make, dana):
    programme = make.any_programme
    with make.system() as work:
        team = Team(programme_id=programme, name="Team")
        work.session.add(team)
        work.session.flush()
        work.session.add(TeamMember(team_id=team.id, person_id=dana.id))
        team_id = team.id
    client(make, "Shared", None, team_id=team_id, profile="act")
    client(make, "Not mine", make.worker("Wes"))
    assert names(seen(make, dana)) == ["Shared"]
    grace = make.supervisor()
    assert names(seen(make, grace)) == []
    assert sorted(names(seen(make, grace, everyone=True))) == ["Not mine", "Shared"]
    assert names(seen(make, dana, everyone=True)) == ["Shared"], "only a supervisor sees more"


def test_pages_follow_each_other_by_key(make, dana, monkeypatch):
    monkeypatch.setattr(caseloads, "PAGE", 2)
    people = [client(make, name, dana) for name in ("A", "B", "C", "D", "E")]
    writes(make, people[3], "Hello", MONDAY)
    offered(make, people[4], dana, MONDAY)
    shown, after = [], None
    for _page in range(4):
        found = seen(make, dana, after=after)
        shown += names(found)
        after = found.more_after
        if after is None:
            break
    assert shown[:2] == ["D", "E"]
    assert sorted(shown) == ["A", "B", "C", "D", "E"]


def test_closed_pages_follow_each_other_too(make, dana, monkeypatch):
    monkeypatch.setattr(caseloads, "PAGE", 1)
    client(make, "Old", dana, closed_on=date(2025, 3, 1))
    client(make, "New", dana, closed_on=date(2025, 4, 1))
    first = seen(make, dana, Show.CLOSED)
    assert names(first) == ["New"]
    assert names(seen(make, dana, Show.CLOSED, after=first.more_after)) == ["Old"]


def test_sixty_clients_cost_eight_queries(browser, make, dana):
    for number in range(60):
        client(make, f"Client {number}", dana)
    page = browser.as_(dana).visit("/caseload", budget=8)
    assert len(page.soup.select("tbody tr")) == 60


def test_the_page_tells_it_in_words(browser, make, dana):
    ana = make.client("Ana Ruiz", worker=dana)
    with make.work(ana) as work:
        messages.send(work, work.get(Case, ana.case), "Private words")
    page = browser.as_(dana).visit("/caseload")
    assert page.says("Since today")
    assert "Private words" not in page.html
    assert page.follow("Ana Ruiz").heading.endswith("Ana Ruiz")
    waiting = browser.as_(dana).visit("/caseload").follow("Places gone quiet")
    assert waiting.says("Nobody here")
    assert browser.as_(dana).visit("/caseload?show=nonsense&after=x", status=404)
    assert browser.as_(dana).visit("/caseload?show=nonsense").says("Ana Ruiz")


def test_an_empty_caseload_says_what_to_do(browser, make, dana):
    assert browser.as_(dana).visit("/caseload").follow("Open a case").heading == "Open a case"


def test_a_stranger_s_case_is_not_there(browser, make, dana):
    other = make.client("Other", worker=make.worker("Wes"))
    assert not browser.as_(dana).visit("/caseload").says("Other")
    assert browser.as_(dana).visit(f"/cases/{other.case}/client").status == 404
    assert browser.as_(make.administrator()).visit(f"/cases/{other.case}/client").status == 404
    assert browser.as_(make.administrator()).visit("/caseload").status == 403
    assert browser.as_(other).visit(f"/cases/{other.case}/client").status == 403
