"""What commands do and leave in the record; who may not do it however they come."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem
from portal.plans import commands, queries
from portal.plans.models import (
    Cheer,
    Doer,
    DoerKind,
    Goal,
    GoalWording,
    Lifecycle,
    NotFromHere,
    NotOnLadder,
    NotYourStep,
    Owner,
    Progress,
    Step,
    StepState,
    Visibility,
)
from portal.roles import Power
from portal.work import NotAllowed, NotFound
from tests.plans.conftest import ME, case_in, helped_by, staff


def test_a_goal_is_saved_at_once_in_the_clients_words(circle, make):
    words = "  Drive to work again\n“without” feeling dizzy 🚗  "
    goal = circle.look(Goal, circle.goal(words, importance=9, confidence=5, area="work_learning"))
    assert goal.words == words
    assert (goal.lifecycle, goal.owner, goal.visibility) == (Lifecycle.ACTIVE, Owner.CLIENT, Visibility.WORKER)
    assert (goal.importance, goal.confidence, goal.area) == (9, 5, "work_learning")
    assert circle.waiting() == [("goal", goal.id)]
    assert make.events(circle.farah.case) == [Event.GOAL_WRITTEN]
    assert "Drive" not in str(make.entries(circle.farah.case)[-1].facts)


def test_a_private_goal_asks_nobody(circle):
    circle.goal(visibility=Visibility.PRIVATE)
    assert circle.waiting() == []


def test_a_goal_that_becomes_private_leaves_the_queue(circle, make):
    first, second = circle.goal("One"), circle.goal("Two")
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, first), words="One", visibility=Visibility.PRIVATE)
    assert circle.waiting() == [("goal", second)]
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, second), words="Two", visibility=Visibility.PRIVATE)
    assert circle.look(Case, circle.farah.case).waiting_since is None


def test_changing_keeps_the_wording_before(circle, make):
    goal_id = circle.goal("Knit")
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, goal_id), words="Knit again", importance=8)
    with make.system() as work:
        assert [old.words for old in work.session.scalars(select(GoalWording))] == ["Knit"]
        assert work.get(Goal, goal_id).words == "Knit again"
    assert make.events(circle.farah.case)[-1] is Event.GOAL_CHANGED


def test_saving_a_goal_as_it_was_asks_nobody(circle, make):
    goal_id = circle.goal("Knit", importance=8)
    circle.answers(goal_id, ReviewAnswer.THANKS)
    before = make.events(circle.farah.case)
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, goal_id), words="Knit", importance=8)
    assert circle.waiting() == []
    assert make.events(circle.farah.case) == before


@pytest.mark.parametrize("who", ["worker", "supporter"])
def test_nobody_else_changes_the_clients_words(circle, make, who):
    goal_id = circle.shared_goal()
    ladder = {0: "ten rows"}
    with make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, goal_id), ladder)
    item_id = circle.answers(goal_id, ReviewAnswer.SUGGESTION, "Do crafts")
    other = circle.priya if who == "worker" else circle.supporter("Selin", *Power)
    item = circle.look(ReviewItem, item_id)
    acts = (
        lambda work, goal: commands.change_goal(work, goal, words="Do crafts"),
        lambda work, goal: commands.move_goal(work, goal, Lifecycle.PAUSED),
        lambda work, goal: commands.write_ladder(work, goal, {0: "something else"}),
        lambda work, goal: commands.take_suggestion(work, goal, item),
        lambda work, goal: commands.keep_own_words(work, goal, item),
        lambda work, goal: commands.write_goal(work, case_in(work), words="Theirs"),
        lambda work, goal: commands.ask_review(work, case_in(work)),
    )
    for act in acts:
        with pytest.raises(NotAllowed), make.work(other, circle.farah.case) as work:
            act(work, work.get(Goal, goal_id))
    goal = circle.look(Goal, goal_id)
    assert (goal.words, goal.lifecycle) == ("Knit a blanket for my grandson.", Lifecycle.ACTIVE)


def test_staff_write_what_they_were_told_where_the_model_lets_them(make):
    dana = make.worker("Dana Okafor")
    elena = make.client("Elena Marsh", profile="brokerage", worker=dana)
    with make.work(dana, elena.case) as work:
        told = commands.add_goal(work, case_in(work), words="See my mother").id
        idea = commands.add_goal(work, case_in(work), words="Try the walking group", proposed=True).id
    with make.system() as work:
        assert (work.get(Goal, told).owner, work.get(Goal, told).lifecycle) == (Owner.CLIENT, Lifecycle.ACTIVE)
        assert (work.get(Goal, idea).owner, work.get(Goal, idea).lifecycle) == (
            Owner.WORKER_PROPOSED,
            Lifecycle.DRAFT,
        )
    with make.work(elena) as work:
        commands.move_goal(work, work.get(Goal, idea), Lifecycle.ACTIVE)


def test_staff_add_no_goal_where_only_the_client_writes(circle, make):
    with pytest.raises(NotAllowed), make.work(circle.priya, circle.farah.case) as work:
        commands.add_goal(work, case_in(work), words="Do crafts")


def test_the_client_takes_a_suggested_wording_or_keeps_theirs(circle, make):
    taken, kept = circle.goal("Knit"), circle.goal("Cook soup")
    first = circle.answers(taken, ReviewAnswer.SUGGESTION, "Knit a blanket, row by row")
    second = circle.answers(kept, ReviewAnswer.SUGGESTION, "Improve cooking skills")
    with make.work(circle.farah) as work:
        commands.take_suggestion(work, work.get(Goal, taken), work.get(ReviewItem, first))
        commands.keep_own_words(work, work.get(Goal, kept), work.get(ReviewItem, second))
    assert circle.look(Goal, taken).words == "Knit a blanket, row by row"
    assert circle.look(Goal, taken).words_by_id == circle.farah.id
    assert circle.look(Goal, kept).words == "Cook soup"
    assert (circle.look(ReviewItem, first).taken, circle.look(ReviewItem, second).taken) == (True, False)
    assert {Event.SUGGESTION_TAKEN, Event.SUGGESTION_LEFT} <= set(make.events(circle.farah.case))
    with pytest.raises(commands.NoSuggestion), make.work(circle.farah) as work:
        commands.take_suggestion(work, work.get(Goal, kept), work.get(ReviewItem, second))


def test_a_suggestion_about_another_goal_is_none(circle, make):
    one, other = circle.goal("One"), circle.goal("Other")
    item_id = circle.answers(one, ReviewAnswer.SUGGESTION, "Something")
    with pytest.raises(commands.NoSuggestion), make.work(circle.farah) as work:
        commands.take_suggestion(work, work.get(Goal, other), work.get(ReviewItem, item_id))


def test_a_summary_stands_under_the_words(circle, make):
    goal_id = circle.goal("Knit")
    with make.work(circle.priya, circle.farah.case) as work:
        commands.summarise_goal(work, work.get(Goal, goal_id), "Fine hand work")
    goal = circle.look(Goal, goal_id)
    assert (goal.words, goal.plain_summary) == ("Knit", "Fine hand work")


def test_both_sides_rate_and_neither_is_averaged(circle, make):
    goal_id = circle.goal()
    with make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, goal_id), {0: "ten rows", -1: "one row and my hand tires"})
        commands.rate_goal(work, work.get(Goal, goal_id), progress=Progress.MOVING, rung=0)
    with make.work(circle.priya, circle.farah.case) as work:
        commands.rate_goal(work, work.get(Goal, goal_id), progress=Progress.STUCK, rung=-1)
    with make.work(circle.farah) as work:
        farah, priya = queries.goal_page(work, case_in(work), work.get(Goal, goal_id)).ratings
        assert (str(farah.progress), farah.rung) == ("Moving along", "ten rows")
        assert (str(priya.progress), priya.rung) == ("Stuck for now", "one row and my hand tires")
    assert make.events(circle.farah.case).count(Event.GOAL_RATED) == 2


@pytest.mark.parametrize(("values", "refusal"), [({}, commands.NothingRated), ({"rung": 2}, NotOnLadder)])
def test_a_rating_says_something_that_is_there(circle, make, values, refusal):
    goal_id = circle.goal()
    with make.work(circle.farah) as work:
        commands.write_ladder(work, work.get(Goal, goal_id), {0: "ten rows"})
    with pytest.raises(refusal), make.work(circle.farah) as work:
        commands.rate_goal(work, work.get(Goal, goal_id), **values)


def test_a_cheer_counts_once_a_day(circle, make):
    goal_id = circle.shared_goal()
    selin = circle.supporter("Selin", Power.SEE_GOALS, Power.CHEER)
    for _press in range(3):
        with make.work(selin) as work:
            commands.cheer(work, work.get(Goal, goal_id))
    with make.system() as work:
        assert work.session.scalar(select(func.count(Cheer.id))) == 1
    assert make.events(circle.farah.case).count(Event.CHEERED) == 1


def test_steps_are_for_people_who_help_here(circle, make):
    goal_id = circle.goal()
    stranger, ended = make.worker("Nobody"), circle.supporter("Gone")
    with make.system() as work:
        member = next(m for m in work.session.scalars(select(CaseMember)) if m.person_id == ended.id)
        member.ended_at = work.now
    for doer in (staff(stranger), helped_by(ended), helped_by(circle.priya), Doer(DoerKind.STAFF, circle.farah.id)):
        with pytest.raises(commands.NotOfThisCase):
            circle.step(goal_id, doer=doer)
    circle.step(goal_id, doer=staff(circle.priya))
    assert [found.doer for found in circle.steps(goal_id)] == [DoerKind.STAFF]


def test_a_supervisor_may_take_a_step(circle, make):
    grace = make.supervisor()
    circle.step(circle.goal(), doer=staff(grace), by=grace)


def test_an_ended_goal_takes_no_more_steps(circle, make):
    goal_id = circle.goal()
    with make.work(circle.farah) as work:
        commands.move_goal(work, work.get(Goal, goal_id), Lifecycle.REACHED)
    with pytest.raises(NotFromHere):
        circle.step(goal_id)


def test_new_words_make_a_new_step_and_a_new_day_does_not(circle, make):
    goal_id = circle.goal()
    step_id = circle.step(goal_id, "Cast on 10 stitches")
    with make.work(circle.farah) as work:
        same = commands.change_step(
            work, work.get(Step, step_id), text="Cast on 10 stitches", doer=ME, due_on=date(2025, 6, 11)
        )
        assert same.id == step_id
    with make.work(circle.farah) as work:
        new = commands.change_step(work, work.get(Step, step_id), text="Cast on 5 stitches", doer=ME)
        assert new.replaces_id == step_id
    assert sorted(found.state for found in circle.steps(goal_id)) == [StepState.CHANGED, StepState.TODO]


def test_staff_change_their_own_steps_only(circle, make):
    goal_id = circle.goal()
    hers, mine = circle.step(goal_id, "Hers"), circle.step(goal_id, "Mine", staff(circle.priya), by=circle.priya)
    for act in (
        lambda work: commands.change_step(work, work.get(Step, hers), text="Other", doer=ME),
        lambda work: commands.skip_step(work, work.get(Step, hers)),
    ):
        with pytest.raises(NotAllowed), make.work(circle.priya, circle.farah.case) as work:
            act(work)
    with make.work(circle.priya, circle.farah.case) as work:
        commands.skip_step(work, work.get(Step, mine))
    assert circle.look(Step, hers).text == "Hers"


def test_ticking_is_recorded_and_can_be_undone(circle, make):
    step_id = circle.step(circle.goal())
    with make.work(circle.farah) as work:
        commands.tick_step(work, work.get(Step, step_id))
    assert circle.look(Step, step_id).state is StepState.DONE
    with make.work(circle.farah) as work:
        commands.untick_step(work, work.get(Step, step_id))
        commands.begin_step(work, work.get(Step, step_id))
    assert circle.look(Step, step_id).state is StepState.DOING
    assert [event for event in make.events(circle.farah.case) if event.value.startswith("step.")] == [
        Event.STEP_ADDED, Event.STEP_TICKED, Event.STEP_UNTICKED, Event.STEP_CHANGED,
    ]  # fmt: skip


def test_a_supporter_accepts_and_ticks_only_their_own(circle, make):
    goal_id = circle.shared_goal()
    selin, kemal = circle.supporter("Selin", *Power), circle.supporter("Kemal", *Power)
    hers, his = circle.step(goal_id, doer=helped_by(selin)), circle.step(goal_id, doer=helped_by(kemal))
    with make.work(selin) as work:
        commands.accept_step(work, work.get(Step, hers))
        commands.tick_step(work, work.get(Step, hers))
    for act in (commands.accept_step, commands.tick_step):
        with pytest.raises(NotYourStep), make.work(selin) as work:
            act(work, work.get(Step, his))
    assert circle.look(Step, hers).accepted_at is not None


def test_staff_do_nothing_with_a_private_goal(circle, make):
    goal_id = circle.goal(visibility=Visibility.PRIVATE)
    step_id = circle.step(goal_id)
    for act in (
        lambda work: commands.summarise_goal(work, work.get(Goal, goal_id), "x"),
        lambda work: commands.rate_goal(work, work.get(Goal, goal_id), progress=Progress.STUCK),
        lambda work: commands.add_step(work, work.get(Goal, goal_id), text="x", doer=ME),
        lambda work: commands.tick_step(work, work.get(Step, step_id)),
        lambda work: commands.change_step(work, work.get(Step, step_id), text="x", doer=ME),
        lambda work: commands.skip_step(work, work.get(Step, step_id)),
    ):
        with pytest.raises(NotFound), make.work(circle.priya, circle.farah.case) as work:
            act(work)
