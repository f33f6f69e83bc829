"""What needs two features at once: a hope that becomes a goal, and strengths that help with one."""

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.home import commands
from portal.plans import commands as plans
from portal.plans.models import Goal, Lifecycle
from portal.strengths import commands as strengths
from portal.strengths.models import AlreadyGoal, Priority, StrengthEntry, StrengthInGoal, Tense
from portal.work import NotAllowed


@pytest.fixture
def farah(make):
    return make.client("Farah Demir", worker=make.worker("Priya Nair"))


@pytest.fixture
def wish(make, farah):
    with make.work(farah) as work:
        return strengths.add_priority(work, work.get(Case, farah.case), words="Knit again", area="fun").id


@pytest.fixture
def baker(make, farah):
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        return strengths.add(work, case, words="Ran a bakery", tense=Tense.PAST, area="work_learning").id


def test_a_hope_becomes_a_goal_with_the_same_words(make, farah, wish):
    with make.work(farah) as work:
        goal_id = commands.promote(work, work.get(Priority, wish)).id
    with make.work(farah, read_only=True) as work:
        goal = work.get(Goal, goal_id)
        assert (goal.words, goal.area, goal.lifecycle) == ("Knit again", "fun", Lifecycle.ACTIVE)
        assert work.get(Priority, wish).goal_id == goal_id
    assert make.events(farah.case)[1:] == [Event.GOAL_WRITTEN, Event.PRIORITIES_CHANGED]


def test_it_becomes_one_goal_only(make, farah, wish):
    with make.work(farah) as work:
        commands.promote(work, work.get(Priority, wish))
        with pytest.raises(AlreadyGoal):
            commands.promote(work, work.get(Priority, wish))
    with make.work(farah, read_only=True) as work:
        assert len(work.session.scalars(select(Goal)).all()) == 1


def test_staff_make_no_goals_of_it(make, farah, wish):
    priya = make.worker()
    make.joins(priya, farah.case)
    with pytest.raises(NotAllowed), make.work(priya, farah.case) as work:
        commands.promote(work, work.get(Priority, wish))


def test_it_is_one_button(browser, farah, wish):
    mine = browser.as_(farah)
    top = mine.visit(f"/cases/{farah.case}/strengths/top")
    page = top.press("Make it a goal Knit again")
    assert page.says("It is one of your goals now, in your own words.")
    assert page.says("Knit again")
    again = mine.post(
        top.action_of("Make it a goal Knit again"),
        top.fields_of("Make it a goal Knit again") | {"once": "another"},
    )
    assert again.says("You made this a goal already.")
    assert again.follow("See the goal Knit again").url.startswith("/goals/")


def test_a_strength_helps_with_a_goal(make, browser, farah, baker, goal):
    knitting, soup = goal(farah, "Knit a blanket"), goal(farah, "Cook Friday soup")
    mine = browser.as_(farah)
    page = mine.visit(f"/strengths/{baker}").follow("Use it for a goal")
    page = page.press("Save", goals=[str(soup)])
    assert page.url == f"/strengths/{baker}"
    page = mine.visit(f"/goals/{soup}").follow("Change what helps")
    assert page.fields_of("Save")["strengths"] == [str(baker)]
    assert mine.visit(f"/goals/{knitting}/strengths").fields_of("Save")["strengths"] == []
    page = page.press("Save", strengths=[])
    assert page.url == f"/goals/{soup}"
    assert mine.visit(f"/strengths/{baker}/goals").fields_of("Save")["goals"] == []
    assert make.events(farah.case).count(Event.STRENGTH_LINKED) == 2


def test_links_to_goals_not_offered_stay(make, browser, farah, baker, goal):
    done, soup = goal(farah, "Done already"), goal(farah, "Cook Friday soup")
    with make.work(farah) as work:
        strengths.link_goals(work, work.get(StrengthEntry, baker), [done], [done])
        plans.move_goal(work, work.get(Goal, done), Lifecycle.REACHED)
    browser.as_(farah).visit(f"/strengths/{baker}/goals").press("Save", goals=[str(soup)])
    with make.work(farah, read_only=True) as work:
        assert set(work.session.scalars(select(StrengthInGoal.goal_id))) == {done, soup}


def test_a_goal_of_another_case_is_not_offered(make, browser, farah, baker, goal):
    goal(farah, "Mine")
    other = goal(make.client("Other"), "Theirs")
    page = browser.as_(farah).visit(f"/strengths/{baker}/goals").press("Save", goals=[str(other)])
    assert page.status == 422
    with make.system() as work:
        assert not work.session.scalars(select(StrengthInGoal)).all()


def test_nothing_to_choose_from_says_what_to_do_first(browser, farah, baker, make):
    assert browser.as_(farah).visit(f"/strengths/{baker}/goals").has_link("Write a goal")
    elena = make.client("Elena Marsh")
    with make.work(elena) as work:
        goal = plans.write_goal(work, work.get(Case, elena.case), words="Drive")
        work.session.flush()
        goal_id = goal.id
    assert browser.as_(elena).visit(f"/goals/{goal_id}/strengths").has_link("Open my sheet")
