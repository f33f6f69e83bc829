"""What a client or a supporter tells is kept, and moves a referral only where it may."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.referrals import commands, queries
from portal.referrals.commands.moves import NothingToConfirm
from portal.referrals.commands.reports import NotYet, NoVisit
from portal.referrals.models import (
    ClosureReason,
    Finished,
    NeedsDate,
    NeedsReason,
    NotTheNextStep,
    Rating,
    Referral,
    ReferralEvent,
    Report,
    Source,
    Status,
)
from portal.roles import Power, Role
from tests.referrals.world import World


@pytest.fixture
def world(make):
    return World(make)


@pytest.fixture
def suggesting(make):
    return World(make, "clinical")


def test_a_date_books_at_once_where_the_profile_moves(world, make):
    referral_id = world.offered_and_accepted()
    when = make.now() + timedelta(days=14)
    referral = world.tell(referral_id, Report.DATE, appointment_at=when)
    assert (referral.status, referral.appointment_at) == (Status.BOOKED, when)
    event = world.told(referral_id)[-1]
    assert (event.source, event.claimed, event.role) == (Source.SELF_REPORTED, None, Role.CLIENT)
    assert not world.asked(), "nobody has to confirm"
    assert world.case().silent_since == when
    assert Event.REFERRAL_REPORTED in make.events(world.client.case)


def test_a_date_waits_for_staff_where_the_profile_suggests(suggesting, make):
    world, referral_id = suggesting, suggesting.offered_and_accepted()
    when = make.now() + timedelta(days=14)
    referral = world.tell(referral_id, Report.DATE, appointment_at=when)
    assert referral.status is Status.YOUR_TURN
    assert world.asked() == [ReviewKind.REPORT]
    told = world.told(referral_id)[-1]
    assert (told.claimed, told.appointment_at) == (Status.BOOKED, when)
    with make.work(world.client, read_only=True) as work:
        (card,) = queries.my_places(work, work.get(Case, world.client.case)).going_on
        assert card.told.startswith("You told us: I have a date")
    with make.work(world.worker, world.client.case) as work:
        kept = work.get(ReferralEvent, told.id)
        commands.confirm(work, work.get(Case, world.client.case), work.get(Referral, referral_id), kept)
    last = world.told(referral_id)[-1]
    assert (last.to_status, last.source, last.appointment_at) == (Status.BOOKED, Source.SELF_REPORTED, when)
    assert not world.asked()
    with make.work(world.client, read_only=True) as work:
        (card,) = queries.my_places(work, work.get(Case, world.client.case)).going_on
        assert not card.told


def test_only_what_was_told_can_be_confirmed(world):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.CALLED)
    with pytest.raises(NothingToConfirm):
        world.act(world.worker, commands.confirm, referral_id, world.told(referral_id)[-1])


@pytest.mark.parametrize("kind", ["world", "suggesting"])
def test_a_call_is_news_without_a_move(kind, request):
    world = request.getfixturevalue(kind)
    referral_id = world.offered_and_accepted()
    before = world.told(referral_id)[-1].at
    referral = world.tell(referral_id, Report.CALLED)
    assert referral.status is Status.YOUR_TURN
    assert referral.last_news_at > before
    assert referral.quiet_from == referral.last_news_at == world.case().silent_since
    assert not world.asked()


def test_when_it_does_not_work_out_staff_hear_of_it_at_once(world):
    referral_id = world.offered_and_accepted()
    with pytest.raises(NeedsReason):
        world.tell(referral_id, Report.NOT_WORKED)
    referral = world.tell(referral_id, Report.NOT_WORKED, reason=ClosureReason.GETTING_THERE, note="Two buses")
    assert (referral.status, referral.closure_reason) == (Status.CLOSED_OTHER, ClosureReason.GETTING_THERE)
    assert world.asked() == [ReviewKind.REPORT]
    assert world.told(referral_id)[-1].note == "Two buses"
    with pytest.raises(Finished):
        world.tell(referral_id, Report.GOT_HELP)
    world.tell(referral_id, Report.ANOTHER)
    assert len(world.asked()) == 1, "a second word joins the first"


def test_help_is_asked_for_without_a_move(world):
    referral_id = world.offered_and_accepted()
    assert world.tell(referral_id, Report.HELP).status is Status.YOUR_TURN
    assert world.asked() == [ReviewKind.REPORT]


def test_no_thanks_later_closes_for_a_changed_mind_and_asks_nobody(world):
    referral_id = world.offered_and_accepted()
    referral = world.tell(referral_id, Report.NO_THANKS)
    assert (referral.status, referral.closure_reason) == (Status.CLOSED_OTHER, ClosureReason.CHANGED_MY_MIND)
    assert not world.asked()


def test_no_thanks_to_an_offer_is_the_clients_no_under_any_profile(suggesting):
    assert suggesting.tell(suggesting.offer(), Report.NO_THANKS).status is Status.SAID_NO


@pytest.mark.parametrize("kind", ["world", "suggesting"])
def test_what_cannot_be_next_is_not_told(kind, request):
    world = request.getfixturevalue(kind)
    referral_id = world.offered_and_accepted()
    with pytest.raises(NotTheNextStep):
        world.tell(referral_id, Report.PAUSE)
    with pytest.raises(NeedsDate):
        world.tell(referral_id, Report.DATE)
    assert len(world.told(referral_id)) == 2


def test_did_this_help(world):
    referral_id = world.offered_and_accepted()
    with pytest.raises(NotYet):
        world.act(world.client, commands.rate, referral_id, Rating.YES)
    world.tell(referral_id, Report.GOT_HELP)
    assert world.act(world.client, commands.rate, referral_id, Rating.SOME).outcome_rating is Rating.SOME
    assert not world.asked()
    world.act(world.client, commands.rate, referral_id, Rating.NO)
    assert world.asked() == [ReviewKind.REPORT], "the place says it helped, the client says no: staff phone"


def booked(world, make, *, shared=True):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.DATE, appointment_at=make.now() + timedelta(minutes=1))
    with make.work(world.client) as work:
        commands.share(work, work.get(Referral, referral_id), on=shared)
    return referral_id


@pytest.mark.parametrize(
    ("powers", "shared", "seen"),
    [
        ([Power.SEE_NEXT], True, True),
        ([Power.SEE_NEXT], False, False),
        ([Power.REPORT_FOR], True, True),
        ([Power.REPORT_FOR], False, False),
        ([Power.SEE_RESOURCES], False, True),
        ([Power.SEE_GOALS, Power.CHEER], True, False),
        ([], True, False),
    ],
)
def test_what_a_supporter_is_lent(world, make, powers, shared, seen):
    referral_id = booked(world, make, shared=shared)
    assert Event.REFERRAL_SHARED in make.events(world.client.case)
    helper = make.supporter(world.client, powers=powers)
    with make.work(helper, read_only=True) as work:
        found = queries.shared_dates(work, work.get(Case, world.client.case))
        assert [date.referral_id for date in found] == ([referral_id] if seen else [])
        assert all(bool(date.place) is (Power.SEE_RESOURCES in powers) for date in found)
        assert work.session.scalars(select(ReferralEvent)).all() == []


def test_a_supporter_tells_that_the_visit_took_place(world, make):
    referral_id = booked(world, make)
    silent = world.case().silent_since
    helper = make.supporter(world.client, powers=[Power.REPORT_FOR])
    referral = world.act(helper, commands.kept, referral_id)
    assert referral.status is Status.BOOKED, "only the client or staff say that it began"
    event = world.told(referral_id)[-1]
    assert (event.source, event.role, event.claimed) == (Source.RELATED_PERSON, Role.SUPPORTER, Status.STARTED)
    assert world.asked() == [ReviewKind.REPORT]
    assert world.case().silent_since == silent
    with pytest.raises(NoVisit):
        world.act(world.worker, commands.kept, world.offer())
