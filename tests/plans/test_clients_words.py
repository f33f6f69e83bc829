"""No sequence of acts of staff and supporters changes a word the client wrote (DOMAIN 0.6: they add, never overwrite).

Hypothesis chooses the acts, their order and their words; a refusal is as good as an act. It always chooses the same
ones, so that a red run is red again. What one sequence leaves behind, the next one begins with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.plans import commands as plans
from portal.plans.models import (
    Doer,
    DoerKind,
    Goal,
    GoalLadder,
    GoalSuggestion,
    Lifecycle,
    Mark,
    PlanVersion,
    Progress,
    Step,
    Visibility,
)
from portal.roles import Power
from portal.staff.commands import answering
from portal.strengths import commands as strengths
from portal.strengths import life_commands
from portal.strengths.models import LifeAreaRating, Priority, StrengthEntry, Tense
from portal.work import NotAllowed, NotFound, Refused, Work
from tests.make import Make, Someone
from tests.plans.conftest import ME, case_in

#: What the client wrote, by model: every column with words of theirs.
THEIRS: dict[type[Any], tuple[str, ...]] = {
    Goal: ("words", "why_it_matters", "barriers", "importance", "confidence", "visibility", "lifecycle", "target_on"),
    GoalLadder: ("worse", "now", "hoped", "better", "best"),
    Step: ("text", "note"),
    StrengthEntry: ("words", "tense", "area", "kind", "shared", "status"),
    Priority: ("words", "rank", "area"),
    LifeAreaRating: ("now", "want", "why", "what_helps"),
}


@dataclass(frozen=True)
class Act:
    """Something a member of staff or a supporter tries, with words of their own."""

    name: str
    attempt: Callable[[Work, Case, str], object]


def first(work: Work, model: Any, *conditions: Any) -> Any:
    """The oldest row the actor may see; what is hidden from them is none."""
    found = work.session.scalars(select(model).where(*conditions).order_by(model.id)).first()
    if found is None:
        raise NotFound(model.__name__)
    return found


def goal(work: Work) -> Goal:
    found: Goal = first(work, Goal, Goal.owner == "client")
    return found


def answer(work: Work, case: Case, words: str, how: ReviewAnswer) -> None:
    item = first(work, ReviewItem, ReviewItem.answered_at.is_(None))
    answering.answer_item(work, case, item, how, words)


def entry(work: Work) -> StrengthEntry:
    found: StrengthEntry = first(work, StrengthEntry)
    return found


NOBODY = Doer(DoerKind.OTHER, name="A neighbor")
ACTS = (
    Act("change the goal", lambda w, c, t: plans.change_goal(w, goal(w), words=t, why_it_matters=t)),
    Act("write a goal", lambda w, c, t: plans.write_goal(w, c, words=t)),
    Act("add a goal", lambda w, c, t: plans.add_goal(w, c, words=t)),
    Act("suggest a goal", plans.suggest_goal),
    Act("suggest words", lambda w, c, t: plans.suggest_wording(w, goal(w), t)),
    Act("take own words", lambda w, c, t: plans.answer_wording(w, first(w, GoalSuggestion), take=True)),
    Act("summarise", lambda w, c, t: plans.summarise_goal(w, goal(w), t)),
    Act("let go", lambda w, c, t: plans.move_goal(w, goal(w), Lifecycle.LET_GO, t)),
    Act("mark", lambda w, c, t: plans.mark_goal(w, goal(w), Mark.NOT_NOW)),
    Act("rate", lambda w, c, t: plans.rate_goal(w, goal(w), progress=Progress.STUCK, rung=0)),
    Act("write the ladder", lambda w, c, t: plans.write_ladder(w, goal(w), {0: t, -1: t})),
    Act("cheer", lambda w, c, t: plans.cheer(w, goal(w))),
    Act("add a step", lambda w, c, t: plans.add_step(w, goal(w), text=t, doer=NOBODY)),
    Act("change the step", lambda w, c, t: plans.change_step(w, first(w, Step), text=t, doer=NOBODY, note=t)),
    Act("same step, own note", lambda w, c, t: plans.change_step(w, s := first(w, Step), text=s.text, doer=ME, note=t)),
    Act("skip the step", lambda w, c, t: plans.skip_step(w, first(w, Step))),
    Act("tick the step", lambda w, c, t: plans.tick_step(w, first(w, Step))),
    Act("offer the plan", lambda w, c, t: plans.offer_plan(w, c)),
    Act("agree for them", lambda w, c, t: plans.agree_to_plan(w, first(w, PlanVersion), typed_name=t or "x")),
    Act("thank", lambda w, c, t: answer(w, c, t, ReviewAnswer.THANKS)),
    Act("comment", lambda w, c, t: answer(w, c, t, ReviewAnswer.COMMENT)),
    Act("reword in the queue", lambda w, c, t: answer(w, c, t, ReviewAnswer.SUGGESTION)),
    Act("take for them", lambda w, c, t: plans.take_suggestion(w, goal(w), first(w, ReviewItem))),
    Act("add a strength", lambda w, c, t: strengths.add(w, c, words=t)),
    Act("suggest a strength", lambda w, c, t: strengths.suggest(w, c, words=t)),
    Act("change a strength", lambda w, c, t: strengths.change(w, entry(w), words=t, tense=Tense.PAST, area="")),
    Act("set aside", lambda w, c, t: strengths.set_aside(w, entry(w))),
    Act("share", lambda w, c, t: strengths.share(w, entry(w), True)),
    Act("take strength words", lambda w, c, t: strengths.answer_wording(w, entry(w), take=True)),
    Act("drop a priority", lambda w, c, t: strengths.remove_priority(w, first(w, Priority))),
    Act("add a priority", lambda w, c, t: strengths.add_priority(w, c, words=t)),
    Act("rate life", lambda w, c, t: life_commands.rate_area(w, c, "fun", now=1, want=1, why=t)),
)


@dataclass(frozen=True)
class Everybody:
    """The client, and those who try."""

    make: Make
    farah: Someone
    others: tuple[Someone, ...]


@pytest.fixture
def everybody(make):
    """Farah with one of everything; her case manager, a supervisor, and a supporter with every power."""
    priya, grace = make.worker("Priya Nair"), make.supervisor("Grace Lindqvist")
    farah = make.client("Farah Demir", worker=priya)
    selin = make.supporter(farah, "Selin Demir", powers=list(Power))
    with make.work(farah) as work:
        case, shared = case_in(work), Visibility.WORKER_AND_SUPPORTERS
        knit = plans.write_goal(work, case, words="Knit again", why_it_matters="For him", visibility=shared)
        plans.write_ladder(work, knit, {0: "ten rows", -1: "one row"})
        plans.add_step(work, knit, text="Cast on", doer=ME, note="blue wool")
        strengths.add(work, case, words="Ran a bakery", tense=Tense.PAST, shared=True)
        strengths.add_priority(work, case, words="Knit again")
        life_commands.rate_area(work, case, "fun", now=2, want=5, why="my hands")
    return Everybody(make, farah, (priya, grace, selin))


def written(work: Work) -> dict[Any, tuple[Any, ...]]:
    """Everything the client wrote, as it stands in the database now."""
    work.session.flush()
    return {
        (model.__name__, row.id): tuple(getattr(row, name) for name in names)
        for model, names in THEIRS.items()
        for row in work.session.scalars(select(model)).all()
        if not inspect(row).deleted
    }


sequences = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(ACTS), st.text(max_size=20)), min_size=1, max_size=12
)  # fmt: skip


@pytest.mark.slow
def test_nobody_else_changes_what_a_client_wrote(everybody):
    make, case_id = everybody.make, everybody.farah.case

    @settings(
        max_examples=25, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip
    @given(sequences)
    def play(acts):
        with make.system() as work:
            before = written(work)
        for who, act, words in acts:
            try:
                with make.work(everybody.others[who], case_id) as work:
                    act.attempt(work, work.get(Case, case_id), words)
            except (Refused, NotAllowed, NotFound):
                pass  # a refusal keeps the words as well
            with make.system() as work:
                after = written(work)
            changed = {key: (old, after.get(key)) for key, old in before.items() if after.get(key) != old}
            assert not changed, f"{everybody.others[who].name} could {act.name}: {changed}"

    play()


def test_the_property_sees_a_change(everybody):
    """Without the second lock on the client's words, the test above would be red: it compares every one of them."""
    make = everybody.make
    with make.system() as work:
        before = written(work)
    assert {name for name, _id in before} == {model.__name__ for model in THEIRS}
    with make.work(everybody.farah) as work:
        plans.change_goal(work, goal(work), words="Knit a blanket")
    with make.system() as work:
        assert written(work) != before
