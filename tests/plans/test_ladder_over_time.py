"""The ladder rated by client, staff and supporter over time, and the index that only supervisors read."""

from datetime import UTC, date, datetime

import pytest

from portal import clock
from portal.cases.models import Case
from portal.plans import commands, queries
from portal.plans.measures import attainment_index, next_talk
from portal.plans.models import Goal, RatedBy, Visibility
from portal.roles import Post, Power, Role
from portal.work import NotFound
from tests.plans.test_story import LADDER

SOUP = {0: "soup every Friday with help", -1: "I stir, others do the rest", 1: "soup alone"}


@pytest.mark.parametrize(
    ("ratings", "index"),
    [
        ([(1, -1), (1, -1)], 37.6),
        ([(1, 0), (1, -1)], 43.8),
        ([(1, 1), (1, 0)], 56.2),
        ([(1, 0), (1, 1), (1, -1)], 50.0),
        ([(3, 0), (1, -1)], 47.1),
        ([], None),
    ],
)
def test_the_index_has_the_checked_values(ratings, index):
    """DOMAIN 2.2, by the corrected form of the formula."""
    assert attainment_index(ratings) == index


def rate(circle, who, goal_id, rung, on):
    with (
        clock.frozen_at(datetime(2025, on[0], on[1], 16, tzinfo=UTC)),
        circle.make.work(who, circle.farah.case) as work,
    ):
        commands.rate_goal(work, work.get(Goal, goal_id), rung=rung)


def ladder(circle, words, rungs, **parts):
    goal_id = circle.goal(words, visibility=Visibility.WORKER_AND_SUPPORTERS, **parts)
    with circle.make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, goal_id), rungs)
    return goal_id


@pytest.fixture
def grace(circle, make):
    """Supervises Farah's programme."""
    return make.supervisor("Grace Lindqvist")


def test_the_story_of_two_ladders(circle, browser, grace, make):
    """Story 4.2, steps 10 and 12: 37.6, then 43.8, then 56.2 by Farah's own ratings; Priya's stand beside them."""
    knit, soup = ladder(circle, "Knit again", LADDER, importance=10), ladder(circle, "Cook Friday soup", SOUP)
    circle.goal("Win at backgammon")
    rate(circle, circle.farah, knit, 0, (7, 14))
    rate(circle, circle.farah, soup, -1, (7, 14))
    rate(circle, circle.priya, knit, 0, (7, 14))
    rate(circle, circle.priya, soup, 0, (7, 14))
    rate(circle, circle.farah, knit, 1, (8, 31))
    rate(circle, circle.farah, soup, 0, (8, 31))
    page = browser.as_(grace).visit(f"/cases/{circle.farah.case}/goals").follow("Ladder index")
    table = page.soup.select("table.table")[-1]
    rows = [[cell.get_text() for cell in row.select(".cell__in")] for row in table.select("tbody tr")]
    assert [row[1:] for row in rows] == [["37.6", "37.6", "–"], ["43.8", "50", "–"], ["56.2", "50", "–"]]
    assert rows[0][0] == "When the ladders were written"
    assert "Jul 14" in rows[1][0]
    assert "Aug 31" in rows[2][0]
    for who in (circle.farah, circle.priya):
        assert browser.as_(who).visit(f"/cases/{circle.farah.case}/goals/index").status == 403
        assert not browser.as_(who).visit(f"/cases/{circle.farah.case}/goals").has_link("Ladder index")
    elsewhere = make.supervisor("Ann Other", programme=make.programme("Elsewhere"))
    make.joins(elsewhere, circle.farah.case, Role.CASE_MANAGER)
    page = browser.as_(elsewhere).visit(f"/cases/{circle.farah.case}/goals/index")
    assert page.status == 404, "supervising another programme opens nothing here"


def test_what_matters_more_weighs_more_when_every_goal_says_so(circle, grace, make):
    knit = ladder(circle, "Knit again", LADDER, importance=3)
    ladder(circle, "Cook soup", SOUP, importance=1)
    hidden = ladder(circle, "My own business", SOUP, importance=9)
    with make.work(circle.farah) as work:
        commands.change_goal(
            work, work.get(Goal, hidden), words="My own business", visibility=Visibility.PRIVATE
        )  # fmt: skip
    rate(circle, circle.farah, knit, 0, (7, 14))
    with make.work(grace, circle.farah.case, read_only=True) as work:
        page = queries.index_page(work, work.get(Case, circle.farah.case))
    assert page.goals == 2
    assert [(row.client, row.staff, row.client_weighed) for row in page.rows] == [
        (37.6, 37.6, attainment_index([(3, -1), (1, -1)])),
        (43.8, None, 47.1),
    ]


def test_a_case_without_ladders_has_no_index(circle, browser, grace, make):
    assert browser.as_(grace).visit(f"/cases/{circle.farah.case}/goals/index").says("No ladders yet")
    both = make.worker("Wes Okafor", posts=[Post.SUPERVISOR])
    with make.work(both, circle.farah.case, read_only=True) as work:
        assert not queries.index_page(work, work.get(Case, circle.farah.case)).rows
    with pytest.raises(NotFound), make.work(circle.priya, circle.farah.case, read_only=True) as work:
        queries.index_page(work, work.get(Case, circle.farah.case))


def test_three_sides_stand_on_the_ladder_and_over_time(circle, browser):
    knit = ladder(circle, "Knit again", LADDER)
    selin = circle.supporter("Selin Demir", Power.SEE_GOALS)
    rate(circle, circle.farah, knit, -1, (6, 2))
    rate(circle, circle.priya, knit, 0, (6, 9))
    page = browser.as_(selin).visit(f"/goals/{knit}")
    assert "here," not in page.text, "how others rate is not lent"
    page = page.follow("Say how it is going")
    assert not page.says("How is it going? (you"), "the word for it is between client and staff"
    assert "progress" not in page.fields_of("Save")
    page = page.press("Save", rung="1")
    assert page.says("You: here,")
    rate(circle, circle.farah, knit, 0, (6, 16))
    page = browser.as_(circle.farah).visit(f"/goals/{knit}")
    assert page.says("You: here, Mon, Jun 16")
    assert page.says("Staff: here, Mon, Jun 9")
    assert page.says("Selin Demir: here,")
    history = [row.get_text(" ") for row in page.soup.select("#going tbody tr")]
    assert len(history) == 4
    assert "one row and my hand tires" in history[0], "the picture's own table, oldest first"
    assert "Selin Demir" in history[3]
    with circle.make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, knit), {**LADDER, 0: "twenty rows"})
    page = browser.as_(circle.farah).visit(f"/goals/{knit}")
    assert page.says("In the words the ladder had then")
    assert page.says("ten rows, three times a week")
    staff = browser.as_(circle.priya).visit(f"/goals/{knit}")
    assert staff.says("The client: here, Mon, Jun 16")
    with circle.make.work(circle.farah, read_only=True) as work:
        latest = queries.ratings_of(work, work.get(Goal, knit), words=True).latest
        assert [(found.side, found.rung) for found in latest] == [
            (RatedBy.CLIENT, LADDER[0]), (RatedBy.WORKER, LADDER[0]), (RatedBy.SUPPORTER, LADDER[1]),
        ]  # fmt: skip


def test_a_supporter_rates_only_what_is_shared_and_has_a_ladder(circle, browser):
    bare, hidden = circle.shared_goal("No ladder"), circle.goal("Not shared")
    emre = browser.as_(circle.supporter("Emre", Power.SEE_GOALS))
    assert not emre.visit(f"/goals/{bare}").has_link("Say how it is going")
    assert emre.visit(f"/goals/{bare}/rate").status == 404
    assert emre.visit(f"/goals/{hidden}/rate").status == 404
    cheers = browser.as_(circle.supporter("Kemal", Power.CHEER, Power.SEE_PLAN))
    assert cheers.visit(f"/goals/{bare}/rate").status == 403


@pytest.mark.parametrize(
    ("last", "talk"),
    [(None, (6, 16)), ((6, 5), (6, 12)), ((5, 1), (6, 16)), ((6, 2), (6, 16)), ((6, 9), (6, 16))],
)
def test_the_next_talk_is_never_in_the_past(last, talk):
    now = datetime(2025, 6, 9, 15, tzinfo=UTC)
    spoken = datetime(2025, last[0], last[1], 15, tzinfo=UTC) if last else None
    assert next_talk(spoken, 7, now, "America/Chicago") == date(2025, talk[0], talk[1])
