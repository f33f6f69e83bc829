"""The states of a referral are those of DOMAIN 2.4, and nothing gets round them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from portal.cases.releases import Release
from portal.profiles.profile import Nudges
from portal.referrals.models import (
    FINAL,
    LABELS,
    MOVES,
    SETTERS,
    ClosureReason,
    Finished,
    LedBy,
    NeedsDate,
    NeedsReason,
    NeedsRelease,
    NotOpenToYou,
    NotTheNextStep,
    Referral,
    Setter,
    Status,
)
from portal.work import Refused

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
CASE, PLACE = uuid4(), uuid4()


def referral(status=Status.OFFERED, **values):
    return Referral(
        id=uuid4(), case_id=CASE, service_id=PLACE, place="Clinic", led_by=LedBy.CLIENT, status=status,
        offered_by_id=uuid4(), created_at=NOW, last_news_at=NOW, **values,
    )  # fmt: skip


def release(**values):
    signed = {
        "case_id": CASE, "receiver": "Clinic", "service_id": PLACE, "categories": ["need"], "purpose": "care",
        "starts_on": date(2025, 4, 7), "ends_on": date(2025, 7, 6), "signed_name": "Elena", "sentence": "Yes.",
        "signed_by_id": uuid4(), "at": NOW,
    }  # fmt: skip
    made = Release.sign(**{**signed, **values})
    made.id = uuid4()
    return made


def go(status, to, by=Setter.STAFF):
    found = referral(status)
    found.move(to, by, NOW, reason=ClosureReason.OTHER, appointment_at=NOW, release=release(), today=date(2025, 4, 7))
    return found


# The table as DOMAIN writes it, typed a second time so that a slip in one shows.
DOMAIN = {
    "draft": "offered",
    "offered": "your_turn sent said_no closed_other",
    "your_turn": "accepted booked waitlisted they_said_no started got_help closed_other",
    "sent": "accepted booked waitlisted they_said_no started got_help closed_other",
    "accepted": "booked waitlisted started got_help closed_other",
    "booked": "booked started got_help closed_other",
    "waitlisted": "accepted booked started they_said_no closed_other",
    "started": "paused got_help closed_other",
    "paused": "started got_help closed_other",
    "said_no": "", "got_help": "", "they_said_no": "", "closed_other": "", "void": "",
}  # fmt: skip


def test_the_table_is_the_domains():
    assert {status: set(following) for status, following in MOVES.items()} == {
        Status(status): {Status(word) for word in words.split()} for status, words in DOMAIN.items()
    }
    assert set(LABELS) == set(SETTERS) == set(Status)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("to", Status)
@pytest.mark.parametrize("by", Setter)
def test_only_legal_moves_by_the_right_hand_are_made(status, to, by):
    legal = (to in MOVES[status] or (to is Status.VOID and status is not Status.VOID)) and by in SETTERS[to]
    if legal:
        assert go(status, to, by).status is to
    else:
        with pytest.raises(Refused):
            go(status, to, by)


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_ended_never_opens_again(status):
    for to in set(Status) - {Status.VOID}:
        with pytest.raises(Finished):
            go(status, to)


def test_only_the_client_says_no_and_only_staff_send():
    with pytest.raises(NotOpenToYou):
        go(Status.OFFERED, Status.SAID_NO, Setter.STAFF)
    with pytest.raises(NotOpenToYou):
        go(Status.OFFERED, Status.SENT, Setter.CLIENT)
    with pytest.raises(NotTheNextStep):
        go(Status.OFFERED, Status.BOOKED)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        release(service_id=uuid4()),
        release(service_id=None),
        release(case_id=uuid4()),
        release(starts_on=date(2025, 4, 8), ends_on=date(2025, 4, 9)),
        release(starts_on=date(2025, 1, 1), ends_on=date(2025, 4, 6)),
    ],
)
def test_nothing_is_sent_without_a_live_release_for_this_place(bad):
    found = referral()
    with pytest.raises(NeedsRelease):
        found.move(Status.SENT, Setter.STAFF, NOW, release=bad, today=date(2025, 4, 7))
    assert found.status is Status.OFFERED
    assert found.sent_at is None


def test_a_release_that_was_taken_back_sends_nothing():
    taken_back = release()
    taken_back.revoke(NOW)
    with pytest.raises(NeedsRelease):
        referral().move(Status.SENT, Setter.STAFF, NOW, release=taken_back, today=date(2025, 4, 7))


def test_sending_keeps_the_release_and_the_day():
    found, yes = referral(), release()
    found.move(Status.SENT, Setter.STAFF, NOW, release=yes, today=date(2025, 4, 7))
    assert (found.release_id, found.sent_at) == (yes.id, NOW)


def test_a_visit_has_a_date_and_closing_a_reason():
    with pytest.raises(NeedsDate):
        referral(Status.YOUR_TURN).move(Status.BOOKED, Setter.CLIENT, NOW)
    with pytest.raises(NeedsReason):
        referral(Status.YOUR_TURN).move(Status.CLOSED_OTHER, Setter.STAFF, NOW)


NUDGES = Nudges(7, 14, 30)


@pytest.mark.parametrize("status", [Status.OFFERED, Status.YOUR_TURN, Status.SENT, Status.ACCEPTED])
def test_silence_counts_from_the_last_news_while_somebody_waits(status):
    found = referral(status)
    found.heard(NOW, NUDGES)
    assert found.quiet_from == found.last_news_at == NOW


def test_a_visit_that_is_set_is_silent_only_after_its_day():
    found = referral(Status.BOOKED, appointment_at=NOW + timedelta(days=15))
    found.heard(NOW, NUDGES)
    assert found.quiet_from == NOW + timedelta(days=15)


def test_a_waiting_list_is_asked_about_after_thirty_days():
    found = referral(Status.WAITLISTED)
    found.heard(NOW, NUDGES)
    assert found.quiet_from is not None
    assert found.quiet_from + timedelta(days=NUDGES.staff) == NOW + timedelta(days=30)


@pytest.mark.parametrize("status", [Status.STARTED, Status.PAUSED, *sorted(FINAL)])
def test_nobody_is_asked_about_what_goes_on_or_ended(status):
    found = referral(status)
    found.heard(NOW, NUDGES)
    assert found.quiet_from is None
