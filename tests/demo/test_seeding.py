"""Filling the demo: whole, the same each time, true to the record, and never into a database that is not a demo."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from portal import clock
from portal.accounts.models import Account, Card
from portal.audit import chain
from portal.audit.models import AuditEntry, SystemEntry
from portal.cases.models import Case, CaseMember, Person, ReviewItem
from portal.demo.cast import CLIENTS, STAFF
from portal.demo.seeding import knows_people
from portal.directory.models import Service
from portal.directory.search import Query, search
from portal.installation import Kind, WrongKind, refuse_wrong_keys
from portal.messages.models import Message
from portal.outbox.models import Delivery, OutboxMessage, State
from portal.plans.models import Goal, Lifecycle, PlanVersion, Step, VersionState, Visibility
from portal.profiles import registry
from portal.referrals.models import Referral, Status
from portal.roles import Role
from portal.strengths.models import StrengthEntry, StrengthStatus
from tests.demo.conftest import empty_demo


def count_of(work, model, *which):
    return work.session.scalar(select(func.count(model.id)).where(*which))


def case_of(work, key):
    name = next(client.name for client in CLIENTS if client.key == key)
    return next(case for case in work.session.scalars(select(Case)) if case.client.name == name)


def test_every_model_has_clients(backstage):
    with backstage.system() as work:
        keys = set(work.session.scalars(select(Case.profile_key)))
        assert keys == {profile.key for profile in registry.ALL}
        assert count_of(work, Case) == len(CLIENTS) >= 33


def test_the_demo_holds_what_a_look_round_needs(backstage):
    with backstage.system() as work:
        languages = set(work.session.scalars(select(Person.language)))
        assert {"en", "es", "ar"} <= languages
        assert count_of(work, Case, Case.closed_on.is_not(None)) == 1
        assert count_of(work, Goal, Goal.visibility == Visibility.PRIVATE) >= 2
        assert count_of(work, StrengthEntry, StrengthEntry.status == StrengthStatus.SUGGESTED) >= 4
        assert count_of(work, ReviewItem, ReviewItem.answered_at.is_(None)) >= 15
        assert count_of(work, CaseMember, CaseMember.role == Role.SUPPORTER, CaseMember.paused_at.is_not(None)) == 1
        assert count_of(work, CaseMember, CaseMember.role == Role.SUPPORTER, CaseMember.ended_at.is_not(None)) == 1
        assert {Status.BOOKED, Status.WAITLISTED, Status.GOT_HELP, Status.CLOSED_OTHER, Status.THEY_SAID_NO} <= set(
            work.session.scalars(select(Referral.status))
        )
        month = work.now - timedelta(days=30)
        assert count_of(work, Referral, Referral.quiet_from < month) >= 2, "places gone quiet for a month"
        assert count_of(work, Step, Step.due_on < work.today, Step.done_on.is_(None)) >= 2, "steps overdue"
        week = work.now - timedelta(days=5)
        assert count_of(work, Case, Case.waiting_since < week, Case.closed_on.is_(None)) >= 3, "old unanswered words"


def test_a_client_without_phone_and_email_gets_nothing(backstage):
    with backstage.system() as work:
        for key in ("ivy", "walter"):
            person_id = case_of(work, key).client_id
            states = set(work.session.scalars(select(OutboxMessage.state).where(OutboxMessage.person_id == person_id)))
            assert states == {State.KEPT_BACK}


def test_elena_is_two_weeks_into_her_story(backstage):
    with backstage.system() as work:
        case = case_of(work, "elena")
        found = {r.place: r.status for r in work.session.scalars(select(Referral).where(Referral.case_id == case.id))}
        assert found == {
            "Neurology Clinic": Status.BOOKED,
            "Counselling for adults": Status.BOOKED,
            "Vestibular Physio (Osprey Landing)": Status.YOUR_TURN,
        }
        assert case.silent_since is not None
        assert (work.today - clock.local_date(case.silent_since, work.zone)).days == 14


def test_farah_has_five_of_six_steps_done_and_an_agreed_plan(backstage):
    with backstage.system() as work:
        case = case_of(work, "farah")
        shared = select(Goal.id).where(Goal.case_id == case.id, Goal.visibility == Visibility.WORKER_AND_SUPPORTERS)
        steps = work.session.scalars(select(Step).where(Step.goal_id.in_(shared))).all()
        assert (sum(step.done_on is not None for step in steps), len(steps)) == (5, 6)
        wanted = select(PlanVersion.state).where(PlanVersion.case_id == case.id).order_by(PlanVersion.number)
        assert list(work.session.scalars(wanted)) == [VersionState.SUPERSEDED, VersionState.AGREED]
        goals = select(Goal.lifecycle).where(Goal.case_id == case.id)
        assert set(work.session.scalars(goals)) == {Lifecycle.ACTIVE, Lifecycle.DRAFT}, "one is her son's idea"


def test_the_record_is_whole_and_told_in_order(backstage):
    with backstage.system() as work:
        assert list(chain.faults(work.session)) == []
        for case in work.session.scalars(select(Case)):
            wanted = select(AuditEntry.at).where(AuditEntry.case_id == case.id).order_by(AuditEntry.seq)
            times = list(work.session.scalars(wanted))
            assert times == sorted(times)
            assert times
            assert clock.local_date(times[0], work.zone) == case.opened_on
        assert (work.session.scalar(select(func.max(AuditEntry.at))) or work.now) <= work.now


def test_nothing_waits_in_the_outbox_and_deliveries_lie_in_the_past(backstage):
    with backstage.system() as work:
        assert count_of(work, OutboxMessage, OutboxMessage.state == State.WAITING) == 0
        days = set(work.session.scalars(select(Delivery.at)))
        assert len({moment.date() for moment in days}) > 30


def test_the_county_is_fresh_with_some_old_places(backstage):
    with backstage.system() as work:
        days = [day for day in work.session.scalars(select(Service.assured_date)) if day]
        assert len(days) >= 150
        assert max(days) == work.today - timedelta(days=2)
        assert any(day < work.today - timedelta(days=180) for day in days)
        assert search(work.session, Query(words="neurology")).total >= 1


def test_filling_again_changes_nothing(demo, backstage):
    with backstage.system() as work:
        before = count_of(work, Message), count_of(work, SystemEntry)
    assert demo.fill() is False
    with backstage.system() as work:
        assert (count_of(work, Message), count_of(work, SystemEntry)) == before


def story(demo_engine_sessions):
    """What a filling made, without ids: people, goals, messages, referrals, and what opens each account."""
    with demo_engine_sessions() as session:
        session.info["scope"] = None
        from portal.access.scope import Scope

        session.info["scope"] = Scope.every_case(because="a test")
        return {
            "people": sorted(session.scalars(select(Person.name))),
            "accounts": sorted(session.scalars(select(Account.sign_in_name))),
            "goals": sorted((goal.words, goal.lifecycle, goal.started_on) for goal in session.scalars(select(Goal))),
            "messages": sorted((message.body, message.sent_at) for message in session.scalars(select(Message))),
            "referrals": sorted((r.place, r.status, r.appointment_at or datetime.min.replace(tzinfo=UTC)) for r in
                                session.scalars(select(Referral))),
            "cards": session.scalar(select(func.count(Card.id))),
        }  # fmt: skip


@pytest.mark.slow
def test_starting_over_tells_the_same_story_and_what_was_broken_off_is_begun_anew(tmp_path):
    from portal.db import make_sessions

    made, now = empty_demo("again", tmp_path), datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
    sessions = make_sessions(made.engine)
    assert made.fill(now=now)
    first = story(sessions)
    assert made.fill(now=now, fresh=True)
    assert story(sessions) == first
    with sessions.begin() as session:  # the last word is missing: somebody pulled the plug
        session.execute(delete(SystemEntry))
    assert made.fill(now=now)
    assert story(sessions) == first
    made.engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("now", [datetime(2026, 1, 1, 6, 10, tzinfo=UTC), datetime(2028, 2, 29, 23, 59, tzinfo=UTC)])
def test_any_day_will_do(tmp_path, now):
    made = empty_demo(f"day_{now.year}", tmp_path)
    assert made.fill(now=now)
    made.engine.dispose()


@pytest.mark.parametrize("kind", [Kind.LIVE, None])
def test_a_database_that_is_no_demo_is_refused_untouched(tmp_path, kind):
    made = empty_demo(f"live_{kind}", tmp_path, kind)
    for fresh in (False, True):
        with pytest.raises(WrongKind):
            made.fill(fresh=fresh)
    assert not knows_people(made.engine)
    made.engine.dispose()


def test_a_demo_is_not_served_as_if_it_were_live(tmp_path):
    """Everybody can read its passwords."""
    made = empty_demo("once_a_demo", tmp_path)
    refuse_wrong_keys(made.engine, demo=True)
    with pytest.raises(WrongKind):
        refuse_wrong_keys(made.engine, demo=False)
    made.engine.dispose()


def test_names_in_the_cast_are_used_once():
    keys = [client.key for client in CLIENTS] + [member.key for member in STAFF]
    keys += [helper.key for client in CLIENTS for helper in client.helpers]
    assert len(keys) == len(set(keys))
