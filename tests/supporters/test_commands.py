"""Inviting, joining, changing, pausing and stopping, without Flask."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, Person
from portal.outbox.models import OutboxMessage
from portal.roles import AccountKind, Power, Role
from portal.supporters import commands, joining
from portal.supporters.models import (
    MOST,
    BadEnd,
    NotNow,
    SupporterStop,
    SupportInvite,
    Terms,
    TooMany,
    months_after,
)
from portal.work import NotAllowed, NotFound, unit_of_work

SOME = frozenset({Power.SEE_NEXT, Power.CHEER})


@pytest.fixture
def worker(make):
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, worker):
    return make.client("Farah Demir", worker=worker)


def terms(powers=SOME, days=100):
    return Terms(powers, clock.now().date() + timedelta(days=days), "my daughter")


def invited(make, farah, **kwargs):
    """An invitation with its code."""
    with make.work(farah) as work:
        invite = commands.draft_invite(work, work.get(Case, farah.case), "Selin", terms(**kwargs))
        return invite.id, commands.make_code(work, invite)


def join(make, who, code):
    """Come in with a code, as a supporter who is signed in and stands nowhere."""
    with make.session() as session, unit_of_work(session, who.actor()) as work:
        return joining.join(work, work.get(Person, who.id), code)


def member_of(make, who):
    with make.system() as work:
        wanted = select(CaseMember).where(CaseMember.person_id == who.id, CaseMember.ended_at.is_(None))
        return work.session.scalars(wanted).one()


@pytest.fixture
def selin(make):
    return make.person("Selin Demir", AccountKind.SUPPORTER)


def test_somebody_comes_in_with_the_code(make, farah, selin):
    invite_id, code = invited(make, farah)
    assert join(make, selin, code) == farah.case
    member = member_of(make, selin)
    assert (member.role, set(member.powers), member.relation) == (Role.SUPPORTER, {*SOME}, "my daughter")
    entries = make.entries(farah.case)
    assert [entry.event for entry in entries] == [
        Event.SUPPORTER_INVITED,
        Event.SUPPORTER_INVITED,
        Event.SUPPORTER_JOINED,
    ]
    assert (entries[-1].actor_id, entries[-1].role) == (selin.id, "supporter")
    with make.system() as work:
        assert work.session.get(SupportInvite, invite_id).used_by_id == selin.id
        assert [row.person_id for row in work.session.scalars(select(OutboxMessage))] == [farah.id]


def test_the_code_is_nowhere_in_the_database(make, farah):
    invite_id, code = invited(make, farah)
    with make.system() as work:
        row = work.session.get(SupportInvite, invite_id)
        assert code.replace("-", "").encode() not in row.code_hash
    assert code not in str([entry.facts for entry in make.entries(farah.case)])


def test_a_code_works_once(make, farah, selin):
    _id, code = invited(make, farah)
    join(make, selin, code)
    with pytest.raises(joining.CodeUnknown):
        join(make, make.person("Other", AccountKind.SUPPORTER), code)


def test_a_code_is_dead_when_it_is_old_cancelled_or_replaced(make, farah, selin):
    invite_id, code = invited(make, farah)
    with clock.frozen_at(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(joining.CodeUnknown):
        join(make, selin, code)
    with make.work(farah) as work:
        newer = commands.make_code(work, work.get(SupportInvite, invite_id))
    with pytest.raises(joining.CodeUnknown):
        join(make, selin, code)
    with make.work(farah) as work:
        commands.cancel_invite(work, work.get(SupportInvite, invite_id))
    with pytest.raises(joining.CodeUnknown):
        join(make, selin, newer)


def test_a_code_opens_nothing_of_a_closed_case(make, farah, selin):
    _id, code = invited(make, farah)
    with make.system() as work:
        work.session.get(Case, farah.case).closed_on = work.today
    with pytest.raises(joining.CodeUnknown):
        join(make, selin, code)


def test_a_draft_has_no_code_and_lets_nobody_in(make, farah, selin):
    with make.work(farah) as work:
        commands.draft_invite(work, work.get(Case, farah.case), "Selin", terms())
    with pytest.raises(joining.CodeUnknown):
        join(make, selin, "")


def test_looking_at_a_code_leaves_the_scope_as_it_was(make, farah):
    _id, code = invited(make, farah)
    with make.session() as session, unit_of_work(session, ANONYMOUS, scope=Scope.of(ANONYMOUS, date.max)) as work:
        assert joining.works(work, code)
        assert not joining.works(work, "AAAA-AAAA-AAAA")
        assert not session.scalars(select(SupportInvite)).all()


def test_coming_again_replaces_the_grant(make, farah, selin):
    join(make, selin, invited(make, farah)[1])
    join(make, selin, invited(make, farah, powers=frozenset({Power.SUGGEST}))[1])
    assert member_of(make, selin).powers == ["suggest"]


def test_no_more_than_can_be_kept_in_view(make, farah):
    for _number in range(MOST):
        invited(make, farah)
    with pytest.raises(TooMany):
        invited(make, farah)


def test_only_the_client_lends(make, farah, worker):
    selin = make.supporter(farah, "Selin", powers=[*Power])
    for who in (worker, selin):
        with pytest.raises(NotAllowed), make.work(who, farah.case) as work:
            commands.draft_invite(work, work.get(Case, farah.case), "Friend", terms())


def test_a_grant_is_changed_within_a_year(make, farah):
    member_id = member_of(make, make.supporter(farah, "Selin", powers=[Power.SEE_NEXT])).id
    with make.work(farah) as work:
        member = work.get(CaseMember, member_id)
        commands.lend(work, member, Terms(frozenset({Power.CHEER}), months_after(work.today, 12)))
        assert member.powers == ["cheer"]
    assert make.events(farah.case) == [Event.POWER_LENT]
    too_far = Terms(SOME, months_after(clock.now().date(), 12) + timedelta(days=2))
    with make.work(farah) as work, pytest.raises(BadEnd):
        commands.lend(work, work.get(CaseMember, member_id), too_far)


def test_pausing_and_going_on(make, farah):
    selin = make.supporter(farah, "Selin", powers=[*SOME], ends_on=clock.now().date() + timedelta(days=9))
    member_id = member_of(make, selin).id
    for act, paused in [(commands.pause, True), (commands.pause, True), (commands.resume, False)]:
        with make.work(farah) as work:
            act(work, work.get(CaseMember, member_id))
        assert (member_of(make, selin).paused_at is not None) is paused
    assert make.events(farah.case) == [Event.SUPPORTER_PAUSED, Event.SUPPORTER_RESUMED]
    with make.system() as work:
        work.session.get(CaseMember, member_id).ends_on = date(2020, 1, 1)
    with make.work(farah) as work, pytest.raises(commands.EndNeeded):
        commands.resume(work, work.get(CaseMember, member_id))


def test_stopping_is_for_good(make, farah):
    selin = make.supporter(farah, "Selin", powers=[*SOME])
    member_id = member_of(make, selin).id
    with make.work(farah) as work:
        commands.stop(work, work.get(CaseMember, member_id))
    for act in (commands.resume, lambda work, member: commands.lend(work, member, terms())):
        with pytest.raises(NotNow), make.work(farah) as work:
            act(work, work.get(CaseMember, member_id))
    assert make.events(farah.case) == [Event.SUPPORTER_STOPPED]


def test_stopping_all_ends_grants_and_invitations_and_no_one_s_work(make, farah, selin, worker):
    make.supporter(farah, "Kemal", powers=[*SOME])
    _id, code = invited(make, farah)
    with make.work(farah) as work:
        assert commands.stop_all(work, work.get(Case, farah.case)) == 1
    with pytest.raises(joining.CodeUnknown):
        join(make, selin, code)
    with make.work(worker, farah.case):
        pass  # staff still stand in the case
    with make.system() as work:
        assert not work.session.scalars(select(OutboxMessage)).all(), "a stop sends nothing to anybody"


@pytest.mark.parametrize("act", [commands.pause, commands.resume, commands.stop])
def test_a_client_cannot_stop_their_worker_this_way(make, farah, worker, act):
    member_id = member_of(make, worker).id
    with make.work(farah) as work, pytest.raises(NotFound):
        act(work, work.get(CaseMember, member_id))
    assert make.events(farah.case) == []


def test_staff_stop_one_with_a_reason(make, farah, worker):
    selin = make.supporter(farah, "Selin", powers=[*SOME])
    member_id = member_of(make, selin).id
    with pytest.raises(commands.ReasonNeeded), make.work(worker, farah.case) as work:
        commands.stop_by_staff(work, work.get(CaseMember, member_id), " ")
    with make.work(worker, farah.case) as work:
        commands.stop_by_staff(work, work.get(CaseMember, member_id), "Court order")
    with make.system() as work:
        assert work.session.scalars(select(SupporterStop)).one().reason == "Court order"
        assert work.session.get(CaseMember, member_id).ended_at is not None
        assert not work.session.scalars(select(OutboxMessage)).all()
    assert "Court" not in str([entry.facts for entry in make.entries(farah.case)])
    with pytest.raises(NotAllowed), make.work(farah) as work:
        commands.stop_by_staff(work, work.get(CaseMember, member_id), "Mine")
