"""Services, and the plan offered, answered and signed version by version."""

from datetime import UTC, datetime

import pytest

from portal import clock
from portal.audit.events import Event
from portal.plans import commands, queries
from portal.plans.models import (
    AlreadySigned,
    Goal,
    Lifecycle,
    NothingToOffer,
    PlanVersion,
    ResourceKind,
    ServiceLine,
    Step,
    VersionState,
    Visibility,
)
from portal.roles import Power
from portal.work import NotAllowed
from tests.plans.conftest import case_in


def test_a_plan_needs_something_to_offer(circle, make):
    circle.goal(visibility=Visibility.PRIVATE)
    with pytest.raises(NothingToOffer), make.work(circle.priya, circle.farah.case) as work:
        commands.offer_plan(work, case_in(work))


def offer(circle):
    with circle.make.work(circle.priya, circle.farah.case) as work:
        return commands.offer_plan(work, case_in(work)).id


def test_versions_as_the_story_tells_them(circle, make):
    circle.goal()
    with clock.frozen_at(datetime(2025, 6, 9, 15, tzinfo=UTC)):
        first = offer(circle)
    with make.work(circle.farah) as work:
        commands.ask_for_changes(work, work.get(PlanVersion, first), words="not mornings")
    assert ("plan_change", first) in circle.waiting()
    with clock.frozen_at(datetime(2025, 6, 10, 15, tzinfo=UTC)):
        second = offer(circle)
        with make.work(circle.farah) as work:
            commands.agree_to_plan(work, work.get(PlanVersion, second), typed_name="Farah Demir")
        with make.work(circle.priya, circle.farah.case) as work:
            commands.sign_plan(work, work.get(PlanVersion, second), typed_name="Priya Nair")
    v1, v2 = circle.look(PlanVersion, first), circle.look(PlanVersion, second)
    assert (v1.state, v1.answer, v1.answer_words) == (
        VersionState.SUPERSEDED,
        VersionState.CHANGES_ASKED,
        "not mornings",
    )
    assert (v2.number, v2.state) == (2, VersionState.AGREED)
    with make.work(circle.farah) as work:
        shown = queries.version_page(work, case_in(work), work.get(PlanVersion, second))
        assert [(s.signer and s.signer.name, s.typed_name, s.version_hash) for s in shown.signatures] == [
            ("Farah Demir", "Farah Demir", v2.hash),
            ("Priya Nair", "Priya Nair", v2.hash),
        ]
        assert shown.signatures[0].sentence.startswith("I have read version 2 of my plan and I agree")
        assert shown.intact
    events = make.events(circle.farah.case)
    for event in (Event.PLAN_OFFERED, Event.PLAN_CHANGES_ASKED, Event.PLAN_AGREED, Event.PLAN_SIGNED):
        assert event in events
    with pytest.raises(AlreadySigned), make.work(circle.priya, circle.farah.case) as work:
        commands.sign_plan(work, work.get(PlanVersion, second), typed_name="Priya Nair")


def test_an_agreed_plan_stays_in_force_until_the_next_is_agreed(circle, make):
    circle.goal()
    first = offer(circle)
    with make.work(circle.farah) as work:
        commands.agree_to_plan(work, work.get(PlanVersion, first), typed_name="Farah")
    circle.goal("Cook Friday soup")
    second = offer(circle)
    assert circle.look(PlanVersion, first).state is VersionState.AGREED
    with make.work(circle.farah) as work:
        commands.disagree_with_plan(work, work.get(PlanVersion, second), words="too much at once")
    assert circle.look(PlanVersion, first).state is VersionState.AGREED
    third = offer(circle)
    with make.work(circle.farah) as work:
        commands.agree_to_plan(work, work.get(PlanVersion, third), typed_name="Farah")
    assert [circle.look(PlanVersion, v).state for v in (first, second, third)] == [
        VersionState.SUPERSEDED, VersionState.SUPERSEDED, VersionState.AGREED,
    ]  # fmt: skip
    assert circle.look(PlanVersion, second).answer_words == "too much at once"


def test_a_tick_is_no_change_of_the_plan_and_a_new_word_is(circle, make):
    goal_id = circle.goal()
    step_id = circle.step(goal_id)
    circle.goal("Mine alone", visibility=Visibility.PRIVATE)  # in no version, so no change of one
    offer(circle)

    def changed():
        with make.work(circle.farah, read_only=True) as work:
            return queries.plan_page(work, case_in(work)).changed

    assert not changed()
    with make.work(circle.farah) as work:
        commands.tick_step(work, work.get(Step, step_id))
        commands.move_goal(work, work.get(Goal, goal_id), Lifecycle.PAUSED)
    assert not changed()
    with make.work(circle.farah) as work:
        commands.change_goal(work, work.get(Goal, goal_id), words="Knit a scarf")
    assert changed()


def test_only_the_client_answers_and_only_staff_sign_as_staff(circle, make):
    circle.goal()
    version_id = offer(circle)
    for act in (
        lambda work, version: commands.agree_to_plan(work, version, typed_name="Farah Demir"),
        lambda work, version: commands.ask_for_changes(work, version, words="x"),
        lambda work, version: commands.disagree_with_plan(work, version, words="x"),
    ):
        with pytest.raises(NotAllowed), make.work(circle.priya, circle.farah.case) as work:
            act(work, work.get(PlanVersion, version_id))
    selin = circle.supporter("Selin", *Power)
    for who in (circle.farah, selin):
        with pytest.raises(NotAllowed), make.work(who) as work:
            commands.sign_plan(work, work.get(PlanVersion, version_id), typed_name="Priya Nair")


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda work, v: commands.agree_to_plan(work, v, typed_name=" "), commands.NameMissing),
        (lambda work, v: commands.ask_for_changes(work, v, words=" "), commands.ReasonMissing),
        (lambda work, v: commands.disagree_with_plan(work, v, words=""), commands.ReasonMissing),
    ],
)
def test_an_answer_is_whole_or_none(circle, make, act, refusal):
    circle.goal()
    version_id = offer(circle)
    with pytest.raises(refusal), make.work(circle.farah) as work:
        act(work, work.get(PlanVersion, version_id))
    assert circle.look(PlanVersion, version_id).state is VersionState.OFFERED


def test_services_come_and_go(circle, make):
    with make.work(circle.priya, circle.farah.case) as work:
        line = commands.add_service(
            work, case_in(work), name="Hand therapy", provider="River Clinic", frequency="Tuesdays", reason="helps grip"
        ).id
        commands.add_service(
            work, case_in(work), name="Knitting circle", unpaid_relationship="neighbours",
            resource_kind=ResourceKind.NATURAL,
        )  # fmt: skip
    with make.work(circle.priya, circle.farah.case) as work:
        commands.end_service(work, work.get(ServiceLine, line))
    with make.work(circle.farah, read_only=True) as work:
        assert [found.name for found in queries.plan_page(work, case_in(work)).services] == ["Knitting circle"]
    assert make.events(circle.farah.case) == [
        Event.PLAN_SERVICE_ADDED, Event.PLAN_SERVICE_ADDED, Event.PLAN_SERVICE_ENDED,
    ]  # fmt: skip


def test_the_client_asks_for_a_review(circle, make):
    with make.work(circle.farah) as work:
        request = commands.ask_review(work, case_in(work), words="My hand is better").id
    assert circle.waiting() == [("review_request", request)]
    with make.work(circle.priya, circle.farah.case) as work:
        assert queries.requests_by_id(work, [request])[request].words == "My hand is better"


def test_a_closed_case_ends_its_plan(circle, make):
    circle.goal()
    version_id = offer(circle)
    with make.work(circle.priya, circle.farah.case) as work:
        commands.end_plan(work, case_in(work))
    assert circle.look(PlanVersion, version_id).state is VersionState.ENDED
