"""How far a client has come: wins in their words, no streaks, and nothing of a private goal for anybody else."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from portal import clock
from portal.cases.models import Case
from portal.plans import commands
from portal.plans.models import Doer, DoerKind, Goal, LadderRating, Lifecycle, Progress, RatedBy, Visibility
from portal.progress.queries import how_far
from portal.progress.wins import WinKind, climbs
from portal.referrals.models import LedBy, Referral, Status
from portal.roles import Power

JUNE = datetime(2025, 6, 2, 15, tzinfo=UTC)
RUNGS = {
    -2: "can't hold needles",
    -1: "one row and my hand tires",
    0: "ten rows, three times a week",
    1: "one square a week",
    2: "finish the blanket",
}


@pytest.fixture
def priya(make):
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, priya):
    return make.client("Farah Demir", worker=priya, opened_on=date(2025, 6, 2))


def at(days):
    return clock.frozen_at(JUNE + timedelta(days=days))


@pytest.fixture
def knitting(make, farah, priya):
    """A goal with its ladder, two ratings of the client and one of staff, and three steps done."""
    with at(0), make.work(farah) as work:
        case = work.get(Case, farah.case)
        goal = commands.write_goal(work, case, words="Knit a blanket for my grandson.")
        commands.write_ladder(work, goal, RUNGS)
        mine = commands.add_step(work, goal, text="Cast on 10 stitches", doer=Doer(DoerKind.CLIENT))
        other = commands.add_step(work, goal, text="Wind wool", doer=Doer(DoerKind.OTHER, name="Selin"))
    with at(1), make.work(priya, farah.case) as work:
        staff = commands.add_step(
            work, work.get(Goal, goal.id), text="Ask the library", doer=Doer(DoerKind.STAFF, priya.id)
        )
        work.session.flush()
        commands.tick_step(work, staff)
    with at(3), make.work(farah) as work:
        for step in (mine, other):
            commands.tick_step(work, work.get(type(step), step.id))
    for days, who, rung in ((42, farah, 0), (42, priya, 0), (90, farah, 1)):
        with at(days), make.work(who, farah.case) as work:
            commands.rate_goal(work, work.get(Goal, goal.id), progress=Progress.MOVING, rung=rung)
    return goal.id


def test_a_way_down_is_no_win_and_no_loss():
    goal = uuid4()

    def rating(value, by=RatedBy.CLIENT):
        return LadderRating(goal_id=goal, value=value, said=RUNGS[value], rated_by=by, rated_on=date(2025, 6, 2))

    values = [rating(-1), rating(0), rating(-2), rating(0), rating(2, RatedBy.WORKER), rating(1), rating(-1)]
    assert [said for _goal, _on, said in climbs(values)] == [RUNGS[0], RUNGS[1]]


def test_the_way_so_far(make, farah, knitting):
    with at(91), make.work(farah) as work:
        case = work.get(Case, farah.case)
        commands.move_goal(work, work.get(Goal, knitting), Lifecycle.REACHED)
        work.session.add(
            Referral(case_id=case.id, place="Hand clinic", led_by=LedBy.CLIENT, status=Status.GOT_HELP,
                     offered_by_id=farah.id, created_at=work.now, last_news_at=work.now, finished_at=work.now)
        )  # fmt: skip
        work.session.flush()
        far = how_far(work, case)
        assert [(win.kind, win.words, win.by) for win in far.wins] == [
            (WinKind.GOAL, "Knit a blanket for my grandson.", ""),
            (WinKind.PLACE, "Hand clinic", ""),
            (WinKind.LADDER, RUNGS[1], ""),
            (WinKind.LADDER, RUNGS[0], ""),
            (WinKind.STEP, "Cast on 10 stitches", ""),
            (WinKind.STEP, "Wind wool", "Selin"),  # what staff did is not the client's win, and counts below
        ]
        assert (far.done, far.total, far.reached, far.places) == (3, 3, 1, 1)
        (path,) = far.paths
        assert path.sides == [RatedBy.CLIENT, RatedBy.WORKER]
        assert path.line_of(RatedBy.CLIENT) == [3, 4]
        assert path.line_of(RatedBy.WORKER) == [3, None]
        assert (path.first, path.last) == (RUNGS[0], RUNGS[1])
        assert path.marks() == [(date(2025, 7, 14), 3), (date(2025, 8, 31), 4)]
        assert path.others() == [(RatedBy.WORKER, date(2025, 7, 14), RUNGS[0])]


def test_the_clients_page_and_what_staff_see(make, browser, farah, priya, knitting):
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        secret = commands.write_goal(work, case, words="Leave him", visibility=Visibility.PRIVATE)
        step = commands.add_step(work, secret, text="Pack a bag", doer=Doer(DoerKind.CLIENT))
        work.session.flush()
        commands.tick_step(work, step)
    page = browser.as_(farah).visit(f"/cases/{farah.case}/", budget=8).follow("How far I’ve come")
    assert page.heading == "How far I’ve come"
    for words in (
        "Cast on 10 stitches",
        RUNGS[1],
        "Selin did this for you",
        "Pack a bag",
        "Sun, Aug 31, 2025",
    ):
        assert page.says(words), words
    assert page.says("3 steps done") is False  # four, with the private one
    seen = browser.as_(priya).visit(f"/cases/{farah.case}/client").follow("How far they have come")
    assert seen.says("Cast on 10 stitches")
    assert seen.says("Staff: here")
    assert not seen.says("Pack a bag")
    assert not seen.says("Leave him")
    assert make.entries(farah.case)[-1].subject == "progress.show"
    for words in ("streak", "missed", "in a row"):
        assert not page.says(words)


def test_many_wins_come_a_page_at_a_time(make, browser, farah):
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        for number in range(4):
            goal = commands.write_goal(work, case, words=f"Goal {number}")
            for step in range(10):
                made = commands.add_step(work, goal, text=f"Step {number}-{step}", doer=Doer(DoerKind.CLIENT))
                work.session.flush()
                commands.tick_step(work, made)
    page = browser.as_(farah).visit(f"/cases/{farah.case}/how-far", budget=9)
    assert page.text.count("Step done") == 12
    assert page.follow("Show all 40").text.count("Step done") == 40


def test_before_anything_went_well(browser, farah):
    page = browser.as_(farah).visit(f"/cases/{farah.case}/how-far")
    assert page.says("Nothing here yet")
    assert page.follow("See my goals").heading == "My goals"


def test_it_is_nobody_elses(make, browser, farah):
    supporter = make.supporter(farah, powers=list(Power))
    stranger, xena = make.client("Bo"), make.worker("Xena", programme=make.programme("There"))
    for address in (f"/cases/{farah.case}/how-far", f"/cases/{farah.case}/paper/keepsake"):
        assert browser.as_(supporter).visit(address).status == 403
        for who in (stranger, xena):
            assert browser.as_(who).visit(address).status == 404


def test_a_closed_case_stays_readable(make, browser, farah, priya, knitting):
    with make.system() as work:
        case = work.session.get_one(Case, farah.case)
        case.closed_on = date(2025, 9, 1)
    mine = browser.as_(farah)
    home = mine.visit(f"/cases/{farah.case}/")
    assert home.says("These pages are yours to keep")
    assert home.follow("How far I’ve come").says("Cast on 10 stitches")
    for address in (
        "goals",
        "plan",
        "strengths",
        "places",
        "messages",
        "releases",
        "who-looked",
        "paper/plan",
        "ideas",
    ):
        page = mine.visit(f"/cases/{farah.case}/{address}")
        assert page.status == 200, address
        assert page.url.endswith(address), "not sent to sign in"
    keepsake = home.follow("Print my keepsake")
    assert keepsake.says("From June 2, 2025 to September 1, 2025")
    assert browser.as_(priya).visit(f"/cases/{farah.case}/client").follow("Print a keepsake for them").status == 200
