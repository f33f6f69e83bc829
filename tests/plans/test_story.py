"""Story 4.2, steps 3 to 8: Farah's goals, her family's steps, the plan in two versions, and the figures."""

from datetime import UTC, date, datetime

from portal import clock
from portal.cases.models import Case
from portal.plans import commands, queries
from portal.plans.models import Goal, PlanVersion, ResourceKind, Step, VersionState, Visibility
from portal.roles import Power
from tests.plans.conftest import ME, helped_by, staff

HELP = (Power.SEE_GOALS, Power.MY_STEPS, Power.CHEER)
LADDER = {
    -2: "can't hold needles",
    -1: "one row and my hand tires",
    0: "ten rows, three times a week",
    1: "one square a week",
    2: "finish the blanket",
}


def test_a_family_carries_the_plan(circle, browser, make):
    shared = Visibility.WORKER_AND_SUPPORTERS
    kemal, selin, emre = (circle.supporter(name, *HELP) for name in ("Kemal Demir", "Selin Demir", "Emre Demir"))
    farah, case_id = browser.as_(circle.farah), circle.farah.case
    with clock.frozen_at(datetime(2025, 6, 2, 16, tzinfo=UTC)):
        knit = circle.goal("Knit a blanket for my grandson.", visibility=shared)
        soup = circle.goal("Cook Friday soup", visibility=shared)
        win = circle.goal("Win at backgammon", visibility=shared)
        with make.work(circle.farah) as work:
            commands.write_ladder(work, work.get(Goal, knit), LADDER)
        first = circle.step(knit, "Cast on 10 stitches", ME, due_on=date(2025, 6, 4))
        wool = circle.step(knit, "Sit with Mama and wind wool", helped_by(selin))
        library = circle.step(
            knit, "Ask the library knitting circle about Thursday", staff(circle.priya), by=circle.priya,
            resource_kind=ResourceKind.NATURAL,
        )  # fmt: skip
        chop = circle.step(
            soup, "Chop soft vegetables with Kemal", helped_by(kemal), resource_kind=ResourceKind.NATURAL
        )
        play = circle.step(win, "Backgammon with Emre, 20 minutes", helped_by(emre), resource_kind=ResourceKind.NATURAL)
        therapist = circle.step(
            knit, "Ask the OT about thicker needles", staff(circle.priya), by=circle.priya,
            resource_kind=ResourceKind.FORMAL,
        )  # fmt: skip
    _two_versions(circle, make)
    _ticks(make, {circle.farah: [first], selin: [wool], kemal: [chop], emre: [play]})
    with make.work(circle.priya, case_id) as work:
        commands.tick_step(work, work.get(Step, library))
    with clock.frozen_at(datetime(2025, 6, 23, 16, tzinfo=UTC)), make.work(circle.priya, case_id) as work:
        case = work.get(Case, case_id)
        figures, share = queries.figures_of(work, case), queries.natural_share_of(work, case)
        assert (figures.steps_done, figures.steps_total) == (5, 6)
        assert (share.natural, share.named, share.percent) == (4, 5, 80)
    page = farah.visit(f"/cases/{case_id}/plan")
    assert page.says("5 of 6 steps done")
    assert page.says("Agreed")
    assert browser.as_(circle.priya).visit(f"/cases/{case_id}/plan").says("80% of the steps")
    assert circle.look(Step, therapist).done_on is None


def _two_versions(circle, make):
    """Step 6: v1 offered 9 Jun, a change asked for, v2 agreed 10 Jun, signed by both."""
    case_id = circle.farah.case
    with clock.frozen_at(datetime(2025, 6, 9, 16, tzinfo=UTC)), make.work(circle.priya, case_id) as work:
        first = commands.offer_plan(work, work.get(Case, case_id)).id
    with make.work(circle.farah) as work:
        commands.ask_for_changes(work, work.get(PlanVersion, first), words="not mornings")
    with clock.frozen_at(datetime(2025, 6, 10, 16, tzinfo=UTC)):
        with make.work(circle.priya, case_id) as work:
            second = commands.offer_plan(work, work.get(Case, case_id)).id
        with make.work(circle.farah) as work:
            commands.agree_to_plan(work, work.get(PlanVersion, second), typed_name="Farah Demir")
        with make.work(circle.priya, case_id) as work:
            commands.sign_plan(work, work.get(PlanVersion, second), typed_name="Priya Nair")
    with make.work(circle.farah, read_only=True) as work:
        newest, oldest = queries.plan_page(work, work.get(Case, case_id)).versions
        assert (newest.number, newest.state) == (2, VersionState.AGREED)
        assert newest.answered_at == datetime(2025, 6, 10, 16, tzinfo=UTC)
        assert (oldest.number, oldest.state, oldest.answer) == (1, VersionState.SUPERSEDED, VersionState.CHANGES_ASKED)


def _ticks(make, steps):
    """Step 7: each signs in alone, sees shared goals and own steps, and ticks."""
    for who, ids in steps.items():
        with make.work(who) as work:
            for step_id in ids:
                commands.tick_step(work, work.get(Step, step_id))
