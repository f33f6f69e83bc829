"""Which state follows which, what a step allows whom, and what a frozen text refuses. No database."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from portal.plans.measures import done_of, natural_share
from portal.plans.models import (
    AlreadyAnswered,
    Doer,
    DoerKind,
    FrozenText,
    Goal,
    GoalLadder,
    LadderRating,
    Lifecycle,
    NoName,
    NotFromHere,
    NotOnLadder,
    NotYourStep,
    OutOfTen,
    PlanSignature,
    PlanVersion,
    PrivateStep,
    ResourceKind,
    RungsMissing,
    ServiceLine,
    Step,
    StepClosed,
    StepState,
    VersionState,
    Visibility,
    WordsMissing,
)
from portal.roles import Role

NOW = datetime(2025, 6, 9, 15, tzinfo=UTC)
TODAY = date(2025, 6, 9)
ME = uuid4()


def goal(state=Lifecycle.ACTIVE, visibility=Visibility.WORKER):
    return Goal(id=uuid4(), case_id=uuid4(), words="Knit", words_by_id=ME, words_at=NOW, lifecycle=state,
                visibility=visibility)  # fmt: skip


def step(doer=DoerKind.CLIENT, person=None, state=StepState.TODO, **more):
    return Step(text="Cast on", doer=doer, doer_person_id=person, state=state, **more)


LEGAL = {
    (Lifecycle.DRAFT, Lifecycle.ACTIVE),
    (Lifecycle.DRAFT, Lifecycle.LET_GO),
    (Lifecycle.ACTIVE, Lifecycle.PAUSED),
    (Lifecycle.ACTIVE, Lifecycle.REACHED),
    (Lifecycle.ACTIVE, Lifecycle.CHANGED),
    (Lifecycle.ACTIVE, Lifecycle.LET_GO),
    (Lifecycle.PAUSED, Lifecycle.ACTIVE),
    (Lifecycle.PAUSED, Lifecycle.REACHED),
    (Lifecycle.PAUSED, Lifecycle.CHANGED),
    (Lifecycle.PAUSED, Lifecycle.LET_GO),
    (Lifecycle.REACHED, Lifecycle.ACTIVE),
    (Lifecycle.CHANGED, Lifecycle.ACTIVE),
    (Lifecycle.LET_GO, Lifecycle.ACTIVE),
}


@pytest.mark.parametrize("before", Lifecycle)
@pytest.mark.parametrize("after", Lifecycle)
def test_a_goal_moves_only_where_it_may(before, after):
    found = goal(before)
    if (before, after) in LEGAL:
        found.move(after, NOW)
        assert found.lifecycle is after
    else:
        with pytest.raises(NotFromHere):
            found.move(after, NOW)
        assert found.lifecycle is before


def test_a_new_wording_keeps_the_old_one():
    found = goal()
    old = found.reword("Knit a blanket", ME, NOW)
    assert found.words == "Knit a blanket"
    assert old is not None
    assert old.words == "Knit"
    assert found.reword("Knit a blanket", ME, NOW) is None


def test_a_goal_has_words_and_numbers_on_the_scale():
    with pytest.raises(WordsMissing):
        goal().reword("  ", ME, NOW)
    for number in (0, 11, -1):
        with pytest.raises(OutOfTen) as refused:
            goal().importance = number
        assert refused.value.field == "importance"
    found = goal()
    found.importance, found.confidence = 1, 10
    assert (found.importance, found.confidence) == (1, 10)


@pytest.mark.parametrize(
    ("doer", "client", "worker"),
    [
        (DoerKind.CLIENT, True, True),
        (DoerKind.OTHER, True, True),
        (DoerKind.STAFF, False, True),
        (DoerKind.SUPPORTER, True, False),
    ],
)
def test_who_ticks_which_step(doer, client, worker):
    assert step(doer).is_ticked_by(ME, Role.CLIENT) is client
    assert step(doer).is_ticked_by(ME, Role.CASE_MANAGER) is worker
    assert not step(doer).is_ticked_by(ME, Role.SUPPORTER)


def test_a_supporter_ticks_their_own_step_only():
    mine, other = step(DoerKind.SUPPORTER, ME), step(DoerKind.SUPPORTER, uuid4())
    mine.tick(ME, Role.SUPPORTER, TODAY, NOW)
    assert (mine.state, mine.done_on, mine.done_by_id) == (StepState.DONE, TODAY, ME)
    with pytest.raises(NotYourStep):
        other.tick(ME, Role.SUPPORTER, TODAY, NOW)


def test_ticking_twice_keeps_the_first_day():
    found = step()
    found.tick(ME, Role.CLIENT, TODAY, NOW)
    found.tick(ME, Role.CLIENT, date(2025, 6, 20), NOW)
    assert found.done_on == TODAY
    found.untick(ME, Role.CLIENT)
    assert (found.state, found.done_on, found.done_by_id) == (StepState.TODO, None, None)


@pytest.mark.parametrize("state", [StepState.CHANGED, StepState.SKIPPED])
def test_a_closed_step_stays_closed(state):
    for act in (
        lambda found: found.tick(ME, Role.CLIENT, TODAY, NOW),
        lambda found: found.untick(ME, Role.CLIENT),
        lambda found: found.start(ME, Role.CLIENT),
        lambda found: found.skip(),
        lambda found: found.replace(),
    ):
        found = step(state=state)
        with pytest.raises(StepClosed):
            act(found)
        assert found.state is state


def test_a_done_step_is_not_left_out_or_started():
    found = step(state=StepState.DONE)
    with pytest.raises(StepClosed):
        found.skip()
    with pytest.raises(StepClosed):
        found.start(ME, Role.CLIENT)


def test_a_private_goal_has_steps_for_its_client_alone():
    private = goal(visibility=Visibility.PRIVATE)
    for doer in (Doer(DoerKind.STAFF, uuid4()), Doer(DoerKind.SUPPORTER, uuid4())):
        with pytest.raises(PrivateStep):
            step().give_to(doer, private)
    found = step()
    found.give_to(Doer(DoerKind.OTHER, name="Ben"), private)
    assert found.doer_name == "Ben"
    assert found.is_private


def test_somebody_else_has_a_name():
    with pytest.raises(NoName):
        step().give_to(Doer(DoerKind.OTHER), goal())


def test_a_step_is_late_the_day_after():
    found = step(due_on=TODAY)
    assert not found.is_late(TODAY)
    assert found.is_late(date(2025, 6, 10))
    found.tick(ME, Role.CLIENT, TODAY, NOW)
    assert not found.is_late(date(2025, 6, 10))


@pytest.mark.parametrize(
    ("texts", "ok"),
    [
        ({0: "ten rows"}, True),
        ({0: "ten rows", -1: "one row"}, True),
        ({0: "a", -1: "b", 1: "c"}, True),
        ({0: "a", -1: "b", 1: "c", 2: "d", -2: "e"}, True),
        ({}, False),
        ({-1: "one row"}, False),
        ({0: "a", 1: "c"}, False),
        ({0: "a", -1: "b", 1: "c", -2: "e"}, False),
        ({0: "a", -1: "b", 2: "d"}, False),
    ],
)
def test_the_ladder_is_filled_in_its_order(texts, ok):
    found = GoalLadder(goal_id=uuid4())
    if ok:
        found.write(texts, NOW)
        assert dict(found.rungs) == texts
    else:
        with pytest.raises(RungsMissing):
            found.write(texts, NOW)


def test_a_rating_is_on_the_ladder():
    assert LadderRating(value=0).is_achieved
    assert LadderRating(value=2).is_achieved
    assert not LadderRating(value=-1).is_achieved
    for value in (-3, 3):
        with pytest.raises(NotOnLadder):
            LadderRating(value=value)


def test_natural_share_as_the_story_tells_it():
    kinds = [
        step(resource_kind=ResourceKind.NONE),
        step(DoerKind.SUPPORTER, ME, resource_kind=ResourceKind.NONE),
        step(DoerKind.STAFF, ME, resource_kind=ResourceKind.NATURAL),
        step(DoerKind.SUPPORTER, ME, resource_kind=ResourceKind.NATURAL),
        step(DoerKind.SUPPORTER, ME, resource_kind=ResourceKind.NATURAL),
        step(DoerKind.STAFF, ME, resource_kind=ResourceKind.FORMAL),
    ]
    share = natural_share(found.counted_kind for found in kinds)
    assert (share.natural, share.named, share.percent) == (4, 5, 80)
    assert natural_share([ResourceKind.NONE]).percent is None


def test_what_was_left_out_does_not_count():
    states = [StepState.DONE] * 5 + [StepState.TODO, StepState.CHANGED, StepState.SKIPPED]
    found = done_of(step(state=state) for state in states)
    assert (found.done, found.total) == (5, 6)


def offered(text="the plan"):
    found = PlanVersion(id=uuid4(), number=1, state=VersionState.WORKING)
    found.offer(text, ME, NOW)
    return found


def test_a_version_is_frozen():
    found = offered()
    assert found.is_intact
    with pytest.raises(FrozenText):
        found.snapshot = "another plan"
    with pytest.raises(FrozenText):
        found.hash = "0" * 64


def test_a_changed_byte_is_found_and_undoes_every_signature():
    found = offered("the plan")
    signature = PlanSignature(version_id=found.id, version_hash=found.hash)
    assert signature.holds_for(found)
    found.__dict__["snapshot"] = "the plaN"  # as if the row had been changed in the database
    assert not found.is_intact
    assert not signature.holds_for(found)


def test_a_signature_belongs_to_one_version():
    first, second = offered("one"), offered("two")
    signature = PlanSignature(version_id=first.id, version_hash=first.hash)
    assert not signature.holds_for(second)


ANSWERS = (VersionState.AGREED, VersionState.CHANGES_ASKED, VersionState.NOT_AGREED)


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_version_is_answered_once(answer):
    found = offered()
    found.respond(answer, NOW, "not mornings")
    assert (found.state, found.answer, found.answer_words) == (answer, answer, "not mornings")
    for second in ANSWERS:
        with pytest.raises(AlreadyAnswered):
            found.respond(second, NOW)
    found.supersede(NOW)
    assert found.state is VersionState.SUPERSEDED
    assert found.answer is answer
    with pytest.raises(AlreadyAnswered):
        found.end(NOW)


def test_a_version_is_not_offered_twice():
    found = offered()
    with pytest.raises(AlreadyAnswered):
        found.offer("again", ME, NOW)


def test_a_service_ends_once():
    line = ServiceLine(name="Choir", started_on=TODAY)
    line.end(TODAY)
    with pytest.raises(NotFromHere):
        line.end(TODAY)
