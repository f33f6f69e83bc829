"""What is kept when a place is offered, answered, told about and moved on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.cases.releases import Release
from portal.cases.sharing import Terms
from portal.outbox.models import OutboxMessage
from portal.referrals import commands, queries
from portal.referrals.commands.answers import NotSigned
from portal.referrals.commands.moves import SaysWhy
from portal.referrals.models import (
    Finished,
    LedBy,
    NeedsRelease,
    NotOpenToYou,
    NotTheNextStep,
    Referral,
    ReferralEvent,
    Setter,
    Status,
)
from portal.referrals.models.events import Kept
from portal.roles import Role
from tests.referrals.world import World


@pytest.fixture
def world(make):
    return World(make)


@pytest.fixture
def suggesting(make):
    return World(make, "clinical")


def terms(world, **changes):
    values = {
        "receiver": "Counselling centre", "service_id": world.service, "categories": ["need"], "purpose": "Care",
        "ends_on": world.make.now().date() + timedelta(days=90), "signed_name": "Ana", **changes,
    }  # fmt: skip
    return Terms(**values)


def test_an_offer_is_kept_recorded_and_announced_without_words(world, make):
    referral_id = world.offer(need="Vertigo", note="They are kind.")
    (event,) = world.told(referral_id)
    assert (event.from_status, event.to_status) == (Status.DRAFT, Status.OFFERED)
    assert (event.role, event.note) == (Role.CASE_MANAGER, "They are kind.")
    assert Event.REFERRAL_OFFERED in make.events(world.client.case)
    assert "Vertigo" not in str([entry.facts for entry in make.entries(world.client.case)])
    assert world.case().silent_since == event.at
    with make.system() as work:
        assert [m.person_id for m in work.session.scalars(select(OutboxMessage))] == [world.client.id]


def test_another_try_is_linked_and_belongs_to_the_same_case(world, make):
    first = world.offer()
    with make.work(world.worker, world.client.case) as work:
        previous = work.get(Referral, first)
    second = world.offer(previous=previous)
    with make.system() as work:
        assert work.get(Referral, second).previous_id == first
    previous.case_id = make.nobody_id()
    with pytest.raises(commands.offers.NotInThisCase):
        world.offer(previous=previous)


def test_yes_makes_it_the_clients_turn(world):
    referral_id = world.offer()
    referral = world.act(world.client, commands.accept, referral_id)
    assert (referral.status, referral.accepted_at is not None) == (Status.YOUR_TURN, True)
    assert not world.asked()
    with pytest.raises(NotTheNextStep):
        world.act(world.client, commands.accept, referral_id)


def test_yes_to_one_that_staff_lead_waits_for_staff(world):
    referral_id = world.offer(LedBy.STAFF)
    referral = world.act(world.client, commands.accept, referral_id)
    assert (referral.status, referral.accepted_at is not None) == (Status.OFFERED, True)
    assert world.asked() == [ReviewKind.REPORT]
    with pytest.raises(NotTheNextStep):
        world.act(world.client, commands.accept, referral_id)
    with pytest.raises(NeedsRelease):
        world.move(referral_id, Status.SENT)


def test_signing_lets_staff_ask_and_asking_answers_the_client(world, make):
    referral_id = world.offer(LedBy.STAFF)
    world.act(world.client, commands.accept_signed, referral_id, terms(world))
    assert world.asked() == [ReviewKind.REPORT]
    referral = world.move(referral_id, Status.SENT)
    assert (referral.status, referral.release_id is not None) == (Status.SENT, True)
    assert not world.asked()
    assert world.case().waiting_since is None
    events = make.events(world.client.case)
    for event in (Event.RELEASE_SIGNED, Event.REFERRAL_MOVED, Event.DISCLOSED, Event.REVIEW_ANSWERED):
        assert event in events


def test_a_release_taken_back_stops_the_sending(world, make):
    referral_id = world.offer(LedBy.STAFF)
    world.act(world.client, commands.accept_signed, referral_id, terms(world))
    with make.work(world.client) as work:
        work.session.scalars(select(Release)).one().revoke(work.now)
        work.record(Event.RELEASE_REVOKED)
    with pytest.raises(NeedsRelease):
        world.move(referral_id, Status.SENT)


@pytest.mark.parametrize("changes", [{"categories": []}, {"signed_name": " "}, {"days": 400}, {"days": -1}])
def test_a_release_that_lacks_something_is_not_signed(world, changes):
    days = changes.pop("days", None)
    if days is not None:
        changes["ends_on"] = world.make.now().date() + timedelta(days=days)
    referral_id = world.offer(LedBy.STAFF)
    with pytest.raises(NotSigned):
        world.act(world.client, commands.accept_signed, referral_id, terms(world, **changes))


def test_a_client_can_do_it_themselves_and_then_needs_no_release(world):
    referral_id = world.offer(LedBy.STAFF)
    referral = world.act(world.client, commands.do_it_myself, referral_id)
    assert (referral.status, referral.led_by) == (Status.YOUR_TURN, LedBy.CLIENT)


def test_no_thanks_is_final(world):
    referral_id = world.offer()
    assert world.act(world.client, commands.decline, referral_id).status is Status.SAID_NO
    assert world.case().silent_since is None
    with pytest.raises(Finished):
        world.act(world.client, commands.accept, referral_id)


def test_staff_cannot_say_no_for_a_client(world):
    with pytest.raises(NotOpenToYou):
        world.move(world.offer(), Status.SAID_NO)


def test_a_mistake_is_taken_back_with_a_reason_and_keeps_its_history(world, make):
    referral_id = world.offered_and_accepted()
    with pytest.raises(SaysWhy):
        world.move(referral_id, Status.VOID)
    world.move(referral_id, Status.VOID, note="Wrong client")
    assert [event.to_status for event in world.told(referral_id)] == [Status.OFFERED, Status.YOUR_TURN, Status.VOID]
    with make.work(world.client, read_only=True) as work:
        case = work.get(Case, world.client.case)
        assert queries.my_places(work, case).is_empty
        assert queries.known_outcome(work) == queries.Rate(0, 0)
        page = queries.history(work, case, work.get(Referral, referral_id), to_client=True)
        assert "Wrong client" not in str(page.lines)


@pytest.mark.parametrize("change", ["write", "delete"])
def test_what_was_told_is_never_changed(world, make, change):
    (event,) = world.told(world.offer())
    with pytest.raises(Kept):
        _spoil(make, event.id, change)
    assert len(world.told(event.referral_id)) == 1


def _spoil(make, event_id, change):
    with make.system() as work:
        kept = work.get(ReferralEvent, event_id)
        if change == "delete":
            work.session.delete(kept)
        else:
            kept.note = "something else"


def test_a_note_for_staff_is_not_shown_to_the_client(world, make):
    referral_id = world.offered_and_accepted()
    world.move(referral_id, Status.ACCEPTED, note="Between us", shown=False)
    for who, seen in ((world.client, False), (world.worker, True)):
        with make.work(who, world.client.case, read_only=True) as work:
            case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
            page = queries.history(work, case, referral, to_client=who is world.client)
            assert ("Between us" in str(page.lines)) is seen


def test_silence_is_that_of_the_most_silent_open_referral(world):
    first, second = world.offer(), world.offer()
    oldest = world.told(first)[0].at
    assert world.case().silent_since == oldest
    world.act(world.client, commands.decline, first)
    assert world.case().silent_since == world.told(second)[0].at
    world.act(world.client, commands.decline, second)
    assert world.case().silent_since is None


def test_a_worker_of_another_case_finds_no_silence_here(world, make):
    world.offer()
    stranger = make.worker("Somebody Else")
    make.client("Another client", worker=stranger)
    with make.work(stranger, read_only=True) as work:
        assert queries.referrals_gone_quiet(work, 0) == []
    with make.work(world.worker, read_only=True) as work:
        assert len(queries.referrals_gone_quiet(work, 0)) == 1


def test_next_for_lists_only_what_is_possible(world, make):
    referral_id = world.offered_and_accepted()
    with make.work(world.worker, world.client.case) as work:
        referral = work.get(Referral, referral_id)
        assert referral.next_for(Setter.STAFF) == [
            Status.ACCEPTED, Status.BOOKED, Status.WAITLISTED, Status.STARTED, Status.GOT_HELP, Status.THEY_SAID_NO,
            Status.CLOSED_OTHER, Status.VOID,
        ]  # fmt: skip
