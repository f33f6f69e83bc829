"""A page costs the same number of queries whatever there is on it (BUDGETS: plan 8 in all for a client)."""

import pytest
from sqlalchemy import event

from portal.cases.models import Case
from portal.plans import commands
from portal.plans.models import Goal, ResourceKind, Visibility
from portal.plans.panel import panel
from portal.roles import Power
from tests.plans.conftest import ME, helped_by, staff


def fill(circle, goals, steps):
    """So many goals with so many steps each, done by this one and that one; services, and a version."""
    selin = circle.supporter("Selin", *Power)
    doers = (ME, staff(circle.priya), helped_by(selin))
    with circle.make.work(circle.farah) as work:
        case = work.get(Case, circle.farah.case)
        for number in range(goals):
            goal = commands.write_goal(work, case, words=f"Goal {number}", visibility=Visibility.WORKER_AND_SUPPORTERS)
            for count in range(steps):
                commands.add_step(work, goal, text=f"Step {count}", doer=doers[count % 3])
    with circle.make.work(circle.priya, circle.farah.case) as work:
        case = work.get(Case, circle.farah.case)
        commands.add_service(work, case, name="Choir", resource_kind=ResourceKind.NATURAL)
        commands.offer_plan(work, case)
    return selin


@pytest.mark.parametrize(("goals", "steps"), [(1, 1), (10, 4), (20, 10)])
def test_the_plan_page(circle, browser, goals, steps):
    fill(circle, goals, steps)
    page = browser.as_(circle.farah).visit(f"/cases/{circle.farah.case}/plan", budget=8)
    assert page.says(f"0 of {goals * steps} step")
    staff_page = browser.as_(circle.priya).visit(f"/cases/{circle.farah.case}/plan", budget=15)
    assert staff_page.status == 200


@pytest.mark.parametrize("goals", [1, 12])
def test_the_page_of_goals_and_one_goal(circle, browser, make, goals):
    fill(circle, goals, 4)
    farah = browser.as_(circle.farah)
    farah.visit(f"/cases/{circle.farah.case}/goals", budget=5)
    with make.system() as work:
        goal_id = work.session.query(Goal).first().id
    farah.visit(f"/goals/{goal_id}", budget=13)


def test_the_panel_of_home_takes_one_query(circle, make, app):
    fill(circle, 6, 4)
    seen = []

    def count(*told):
        seen.append(told[2])

    engine = app.extensions["portal"].engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        with make.work(circle.farah, read_only=True) as work:
            case = work.get(Case, circle.farah.case)
            seen.clear()
            template, facts = panel(work, case)
            queries_made = len(seen)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert (template, queries_made) == ("plans/_panel.html", 1)
    assert facts["next_step"].text in {"Step 0", "Step 3"}, "the client's own, written at one time"
    assert len(facts["goals"]) == 4
    assert facts["more"]
