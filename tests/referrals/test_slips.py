"""A slip of the thumb is taken back, and a dispute is heard."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.outbox.models import OutboxMessage
from portal.referrals import commands, queries
from portal.referrals.commands.moves import NotDisputed, NothingToConfirm, SaysHow
from portal.referrals.commands.reports import NotYet
from portal.referrals.commands.slips import TooLate
from portal.referrals.models import (
    ClosureReason,
    LedBy,
    Rating,
    Referral,
    ReferralEvent,
    Report,
    Source,
    Status,
)
from portal.referrals.queries import Turn
from portal.roles import Power
from portal.staff.commands import answer_item
from tests.referrals.world import World


@pytest.fixture
def world(make):
    return World(make)


def card(world, referral_id):
    with world.make.work(world.client, read_only=True) as work:
        case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
        return queries.card_of(work, case, referral)


def test_the_card_changes_with_a_call_and_back(world, make):
    referral_id = world.offered_and_accepted()
    assert card(world, referral_id).turn is Turn.YOURS
    world.tell(referral_id, Report.CALLED)
    called = card(world, referral_id)
    assert called.turn is Turn.THEIRS
    assert called.says.startswith("You called them")
    assert called.news.startswith("You told us: I called")
    assert called.can_undo
    world.act(world.client, commands.take_back, referral_id)
    again = card(world, referral_id)
    assert again.turn is Turn.YOURS
    assert again.news.startswith("You told us: I want this"), "the one before it stands again"
    assert [event.report for event in world.told(referral_id)][-2:] == [Report.CALLED, Report.MISTAKE], "both are kept"
    assert Event.REFERRAL_TAKEN_BACK in make.events(world.client.case)


def test_what_ended_by_a_slip_is_as_before_and_asks_nobody(world):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.HELP)  # this question stays
    ended = world.tell(referral_id, Report.NOT_WORKED, reason=ClosureReason.COST)
    assert (ended.status, ended.finished_at is None) == (Status.CLOSED_OTHER, False)
    back = world.act(world.client, commands.take_back, referral_id)
    assert (back.status, back.closure_reason, back.finished_at) == (Status.YOUR_TURN, None, None)
    assert back.quiet_from == back.last_news_at
    assert len(world.asked()) == 1
    world.act(world.client, commands.take_back, referral_id)  # the question, too
    assert not world.asked()
    assert world.case().waiting_since is None


def test_a_report_that_waits_for_staff_is_taken_back_with_its_question(make):
    world = World(make, "clinical")
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.GOT_HELP)
    told = world.told(referral_id)[-1]
    world.act(world.client, commands.take_back, referral_id)
    assert not world.asked()
    with make.work(world.client, read_only=True) as work:
        (mine,) = queries.my_places(work, work.get(Case, world.client.case)).going_on
        assert not mine.told
    with make.work(world.worker, world.client.case) as work:
        case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
        event = work.get(ReferralEvent, told.id)
        with pytest.raises(NothingToConfirm):
            commands.confirm(work, case, referral, event)


def test_too_late_or_too_much_has_happened(world, make):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.CALLED)
    with clock.frozen_at(make.now() + timedelta(hours=25)), pytest.raises(TooLate):
        world.act(world.client, commands.take_back, referral_id)
    world.move(referral_id, Status.WAITLISTED)
    with pytest.raises(TooLate):
        world.act(world.client, commands.take_back, referral_id)
    assert not card(world, referral_id).can_undo
    assert card(world, referral_id).turn is Turn.THEIRS


def test_a_supporters_word_between_takes_nothing_away(world, make):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.DATE, appointment_at=make.now() + timedelta(minutes=1))
    with make.work(world.client) as work:
        commands.share(work, work.get(Referral, referral_id), on=True)
    helper = make.supporter(world.client, powers=[Power.REPORT_FOR])
    world.act(helper, commands.kept, referral_id)
    back = world.act(world.client, commands.take_back, referral_id)
    assert (back.status, back.appointment_at) == (Status.YOUR_TURN, None)
    assert len(world.asked()) == 1, "what the supporter asked stays asked"


def test_no_thanks_is_taken_back_and_who_leads_comes_back(world):
    referral_id = world.offer(LedBy.STAFF)
    world.act(world.client, commands.do_it_myself, referral_id)
    back = world.act(world.client, commands.take_back, referral_id)
    assert (back.status, back.led_by, back.accepted_at) == (Status.OFFERED, LedBy.STAFF, None)
    world.act(world.client, commands.decline, referral_id)
    assert world.act(world.client, commands.take_back, referral_id).status is Status.OFFERED


def test_they_tell_different_things_and_staff_ask_again(world, make):
    referral_id = world.offered_and_accepted()
    with pytest.raises(NotYet):
        world.act(world.client, commands.no_help, referral_id)
    world.move(referral_id, Status.GOT_HELP)
    assert card(world, referral_id).reports == {"no_help"}
    disputed = world.act(world.client, commands.no_help, referral_id)
    assert disputed.status is Status.GOT_HELP, "both are shown, what ended stays"
    assert disputed.disputed_at is not None
    assert card(world, referral_id).turn is Turn.OURS
    assert len(world.asked()) == 1
    with pytest.raises(NotYet):
        world.act(world.client, commands.no_help, referral_id)
    with pytest.raises(SaysHow):
        world.act(world.worker, commands.settle, referral_id, " ")
    settled = world.act(world.worker, commands.settle, referral_id, "The first visit was in May.")
    assert settled.disputed_at is None
    assert not world.asked()
    assert Event.REFERRAL_SETTLED in make.events(world.client.case)
    with pytest.raises(NotDisputed):
        world.act(world.worker, commands.settle, referral_id, "Again")


def test_a_no_after_ones_own_yes_is_no_dispute(world):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.GOT_HELP)
    rated = world.act(world.client, commands.rate, referral_id, Rating.NO)
    assert rated.disputed_at is None
    assert (rated.status_source, len(world.asked())) == (Source.SELF_REPORTED, 1)


def test_a_reason_reaches_the_case_manager_the_same_day(world, make):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.CALLED)
    world.tell(referral_id, Report.NOT_WORKED, reason=ClosureReason.GETTING_THERE)
    with make.system() as work:
        told = [m.person_id for m in work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at))]
    assert told.count(world.worker.id) == 1, "a call tells nobody; what got in the way does"


def test_the_answer_of_a_slip_is_marked_so(world, make):
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.HELP)
    world.act(world.client, commands.take_back, referral_id)
    with make.system() as work:
        assert work.session.scalars(select(ReviewItem.answer)).all() == [ReviewAnswer.TAKEN_BACK]


def test_it_is_our_turn_until_staff_have_taken_it_up(world, make):
    first, second = world.offered_and_accepted(), world.offered_and_accepted()
    for referral_id in (first, second):
        world.tell(referral_id, Report.NOT_WORKED, reason=ClosureReason.COST)
        assert card(world, referral_id).turn is Turn.OURS
    with make.work(world.worker, world.client.case) as work:
        item = work.session.scalars(select(ReviewItem).where(ReviewItem.subject_id == first)).one()
        answer_item(work, work.get(Case, world.client.case), item, ReviewAnswer.COMMENT, "I look for a free one.")
    assert card(world, first).turn is Turn.NOBODYS
    assert not card(world, first).can_undo, "staff have acted on it"
    with make.work(world.worker, world.client.case) as work:
        wanted = commands.Offer(
            service_id=None, place="Another", led_by=LedBy.CLIENT, previous=work.get(Referral, second)
        )
        commands.offer(work, work.get(Case, world.client.case), wanted)
    assert card(world, second).turn is Turn.NOBODYS
