"""A supervisor's week: capacity over all models, what is overdue by each profile's days, no small groups."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.cases.capacity import Capacity
from portal.cases.models import Case, CaseMember, Person
from portal.messages import commands as messages
from portal.plans.models import DoerKind, Goal, ResourceKind, Step
from portal.profiles import registry
from portal.referrals import commands as referrals
from portal.referrals.commands import Offer
from portal.referrals.models import ClosureReason, LedBy, Referral, Status
from portal.roles import Role
from portal.supervision.queries import Overdue, Shown, late_cases, overview

MONDAY = datetime(2025, 4, 7, 15, tzinfo=UTC)


@pytest.fixture
def grace(make):
    return make.supervisor()


@pytest.fixture
def dana(make):
    return make.worker("Dana Okafor")


def clients(make, worker, profile, count):
    """Many cases, made in one go."""
    programme = make.any_programme
    with clock.frozen_at(MONDAY), make.system() as work:
        for number in range(count):
            person = Person(name=f"Client {profile} {number}", language="en", created_at=work.now)
            work.session.add(person)
            work.session.flush()
            case = Case(programme_id=programme, client_id=person.id, profile_key=profile, opened_on=date(2025, 4, 7),
                        created_at=work.now)  # fmt: skip
            work.session.add(case)
            work.session.flush()
            for who, role in ((person.id, Role.CLIENT), (worker.id, Role.CASE_MANAGER)):
                work.session.add(CaseMember(case_id=case.id, person_id=who, role=role, started_at=work.now))


def seen(make, grace, at=MONDAY):
    with clock.frozen_at(at), make.work(grace, read_only=True) as work:
        return overview(work)


@pytest.mark.parametrize(
    ("counts", "percent", "tone"),
    [
        ({"strengths": 14, "brokerage": 10}, 98.6, "warn"),
        ({"strengths": 14, "brokerage": 10, "intensive": 1}, 105.2, "error"),
        ({"brokerage": 31}, 88.6, "plain"),
        ({"strengths": 20}, 100.0, "error"),
        ({"strengths": 18}, 90.0, "warn"),
        ({}, 0.0, "plain"),
    ],
)
def test_capacity_is_the_sum_over_all_models(counts, percent, tone):
    capacity = Capacity.of(counts)
    assert (capacity.percent, capacity.tone) == (percent, tone)


def test_one_more_client_is_counted():
    capacity = Capacity.of({"strengths": 14, "brokerage": 10})
    assert not capacity.is_over
    assert capacity.with_one_more(registry.by_key("intensive")).percent == 105.2


def test_story_12_a_supervisor_sees_31_of_35(browser, make, grace, dana):
    clients(make, dana, "brokerage", 31)
    with clock.frozen_at(MONDAY):
        page = browser.as_(grace).visit("/supervision", budget=10)
    assert page.says("31 of 35 (89%)")
    assert page.says("Brokerage: 31")
    assert "Client brokerage" not in page.html, "the summary names no client"


def test_story_4_10_a_mixed_caseload_over_its_capacity(browser, make, grace, dana):
    for profile, count in (("strengths", 14), ("brokerage", 10), ("intensive", 1)):
        clients(make, dana, profile, count)
    page = browser.as_(grace).visit("/supervision")
    assert page.says("105.2%")
    (worker,) = seen(make, grace).workers
    assert worker.capacity.percent == 105.2


def test_ended_work_and_closed_cases_count_for_nothing(make, grace, dana):
    make.client("Closed", profile="brokerage", worker=dana, closed_on=date(2025, 4, 1))
    ended = make.client("Ended", profile="brokerage", worker=dana)
    with make.system() as work:
        from sqlalchemy import select

        row = work.session.scalars(
            select(CaseMember).where(CaseMember.case_id == ended.case, CaseMember.role == Role.CASE_MANAGER)
        ).one()
        row.ended_at = work.now
    found = seen(make, grace)
    assert [worker.capacity.total for worker in found.workers] == [0]
    assert found.overdue[Overdue.NOBODY] == 1


def test_what_waits_longer_than_the_profile_promises_is_overdue(make, grace, dana):
    with clock.frozen_at(MONDAY):
        slow = make.client("Slow", profile="brokerage", worker=dana)
        quick = make.client("Quick", profile="intensive", worker=dana)
        for who in (slow, quick):
            with make.work(who) as work:
                messages.send(work, work.get(Case, who.case), "Hello")
    names = {}
    for days in (1, 2, 3, 4):
        with clock.frozen_at(MONDAY + timedelta(days=days)), make.work(grace, read_only=True) as work:
            names[days] = [late.name for late in late_cases(work, Overdue.WAITING)]
    assert names[1] == []
    assert names[2] == ["Quick"]
    assert names[3] == ["Quick"]
    assert sorted(names[4]) == ["Quick", "Slow"]
    found = seen(make, grace, MONDAY + timedelta(days=4))
    assert (found.overdue[Overdue.WAITING], found.workers[0].waiting) == (2, 2)


def test_a_place_without_news_reaches_the_supervisor_after_the_profile_s_days(make, grace, dana):
    with clock.frozen_at(MONDAY):
        elena = make.client("Elena", profile="brokerage", worker=dana)
        with make.work(dana, elena.case) as work:
            offer = Offer(service_id=None, place="Physio", led_by=LedBy.CLIENT)
            referrals.offer(work, work.get(Case, elena.case), offer)
    before, after = (seen(make, grace, MONDAY + timedelta(days=days)) for days in (29, 30))
    assert (before.overdue[Overdue.QUIET], before.workers[0].quiet) == (0, 0)
    assert (after.overdue[Overdue.QUIET], after.workers[0].quiet) == (1, 1)


def test_a_review_is_overdue_the_day_after(make, grace, dana):
    elena = make.client("Elena", profile="brokerage", worker=dana)
    with make.system() as work:
        work.session.get(Case, elena.case).review_due_on = date(2025, 4, 7)
    assert seen(make, grace, MONDAY).overdue[Overdue.REVIEW] == 0
    assert seen(make, grace, MONDAY + timedelta(days=1)).overdue[Overdue.REVIEW] == 1


def ended(make, dana, name, language, status):
    who = make.client(name, profile="brokerage", worker=dana, language=language)
    with clock.frozen_at(MONDAY), make.work(dana, who.case) as work:
        case = work.get(Case, who.case)
        referral = referrals.offer(work, case, Offer(service_id=None, place="Clinic", led_by=LedBy.CLIENT))
        referral_id = referral.id
    with make.system() as work:
        referral = work.session.get(Referral, referral_id)
        referral.accepted_at, referral.status = MONDAY, status
    return who


def test_shares_are_shown_by_language_and_small_groups_hidden(browser, make, grace, dana):
    for number in range(5):
        ended(make, dana, f"En {number}", "en", Status.GOT_HELP if number else Status.THEY_SAID_NO)
    for number in range(4):
        ended(make, dana, f"Es {number}", "es", Status.YOUR_TURN)
    found = seen(make, grace, MONDAY + timedelta(days=30))
    assert (found.known_outcome.rate.part, found.known_outcome.rate.whole) == (5, 9)
    assert found.linkage.rate.percent == 80
    groups = {group.language: group for group in found.by_language}
    assert groups["en"].known_outcome.rate.percent == 100
    assert groups["es"].known_outcome == Shown(None)
    page = browser.as_(grace).visit("/supervision")
    assert page.says("Too few to show")
    early = seen(make, grace, MONDAY + timedelta(days=29))
    assert early.known_outcome.rate is None, "nothing was accepted 30 days ago yet"


def test_another_programme_is_none_of_their_business(browser, make, grace, dana):
    other = make.supervisor("Other", programme=make.programme("Another"))
    clients(make, dana, "brokerage", 2)
    with clock.frozen_at(MONDAY + timedelta(days=400)):
        found = seen(make, other, MONDAY)
    assert (list(found.workers), sum(found.overdue.values())) == ([], 0)
    assert browser.as_(dana).visit("/supervision").status == 403
    assert browser.as_(make.administrator()).visit("/supervision").status == 403


def test_the_lists_name_clients_and_lead_to_them(browser, make, grace, dana):
    elena = make.client("Elena Marsh", profile="brokerage", worker=dana)
    with make.system() as work:
        work.session.get(Case, elena.case).review_due_on = date(2020, 1, 1)
    page = browser.as_(grace).visit("/supervision").follow("Reviews past their day")
    assert page.follow("Elena Marsh").heading.endswith("Elena Marsh")
    assert page.follow("Change").heading == "Who works here"
    assert browser.as_(grace).visit("/supervision/overdue?show=nonsense").status == 404
    assert browser.as_(grace).visit("/supervision/overdue").says("Nothing is late here")
    assert browser.as_(dana).visit("/supervision/overdue").status == 403


def closed(work, case, by, status, reason=None):
    work.session.add(
        Referral(
            case_id=case.id, place="Pool", led_by=LedBy.CLIENT, offered_by_id=by.id, created_at=work.now,
            last_news_at=work.now, status=status, closure_reason=reason,
        )
    )  # fmt: skip


def steps(work, case, *kinds):
    by = {"created_by_id": case.client_id, "created_at": work.now}
    goal = Goal(case_id=case.id, words="Swim", words_by_id=case.client_id, words_at=work.now, started_on=work.today,
                moved_at=work.now, **by)  # fmt: skip
    work.session.add(goal)
    work.session.flush()
    doer = {"doer": DoerKind.CLIENT, "added_by": DoerKind.CLIENT}
    for kind in kinds:
        work.session.add(Step(case_id=case.id, goal_id=goal.id, text="Go", resource_kind=kind, **doer, **by))


def test_what_gets_in_the_way_and_the_natural_share(browser, make, grace, dana):
    clients(make, dana, "brokerage", 6)
    with clock.frozen_at(MONDAY), make.system() as work:
        cases = work.session.scalars(select(Case).order_by(Case.id)).all()
        for case in cases:
            steps(work, case, ResourceKind.NATURAL, ResourceKind.FORMAL, ResourceKind.NONE)
            closed(work, case, dana, Status.CLOSED_OTHER, ClosureReason.COST)
            closed(work, case, dana, Status.CLOSED_OTHER, ClosureReason.CHANGED_MY_MIND)
        closed(work, cases[0], dana, Status.THEY_SAID_NO)
    found = seen(make, grace)
    assert [(one.reason, one.count) for one in found.in_the_way] == [("Cost", 6), ("They can’t help with this", None)]
    rate = found.natural_share.rate
    assert (rate.part, rate.whole, rate.percent) == (6, 12, 50)
    with clock.frozen_at(MONDAY):
        page = browser.as_(grace).visit("/supervision", budget=10)
    assert page.says("Why places did not lead to help")
    assert page.says("Too few to show")
