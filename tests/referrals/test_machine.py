"""Whatever people do, and in whatever order: only legal moves are made, what ended stays, what was told is kept."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.profiles.profile import Nudges
from portal.referrals.models import (
    FINAL,
    MOVES,
    OPEN,
    SETTERS,
    ClosureReason,
    LedBy,
    Rating,
    Referral,
    Report,
    Setter,
    Source,
    Status,
)
from portal.work import Refused
from tests.referrals.test_models import release

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
TODAY = date(2025, 4, 7)
#: What somebody tries: where to, in whose hands, and with a release, a date and a reason, or without.
TRY = st.tuples(
    st.sampled_from(Status), st.sampled_from(Setter), st.booleans(), st.booleans(),
    st.none() | st.sampled_from(ClosureReason), st.sampled_from(Source),
)  # fmt: skip
YES = release()


def fresh(service_id=YES.service_id):
    return Referral(
        id=uuid4(), case_id=YES.case_id, service_id=service_id, place="Clinic", led_by=LedBy.CLIENT,
        status=Status.DRAFT, status_source=Source.ADMINISTRATIVE, offered_by_id=uuid4(), created_at=NOW,
        last_news_at=NOW,
    )  # fmt: skip


def attempt(referral, tried, at):
    """Try it. Gives back whether it was let."""
    to, by, with_release, with_date, reason, source = tried
    try:
        referral.move(
            to, by, at, reason=reason, appointment_at=at + timedelta(days=3) if with_date else None,
            release=YES if with_release else None, today=TODAY, source=source,
        )  # fmt: skip
    except Refused:
        return False
    referral.heard(at, Nudges(7, 14, 30))
    return True


@settings(max_examples=120, deadline=None)
@given(st.lists(TRY, max_size=40))
def test_every_path_is_legal_and_what_ended_stays(tries):
    referral = fresh()
    for number, tried in enumerate(tries):
        before, at = referral.stands(), NOW + timedelta(hours=number)
        was, (to, by, with_release, with_date, reason, source) = referral.status, tried
        let = attempt(referral, tried, at)
        if not let:
            assert referral.stands() == before, "a refused move leaves everything as it was"
            continue
        assert by in SETTERS[to]
        assert to in MOVES[was] or (to is Status.VOID and was is not Status.VOID)
        assert was not in FINAL or to is Status.VOID, "what ended opened again"
        assert to is not Status.SENT or with_release
        assert to is not Status.BOOKED or with_date
        assert to is not Status.CLOSED_OTHER or reason is not None
        assert referral.status_source is source
        # Void keeps all that was known; no move forgets a date or a reason.
        for name in ("accepted_at", "appointment_at", "closure_reason", "outcome_rating"):
            assert before[name] is None or getattr(referral, name) is not None
        assert (referral.finished_at is not None) is (referral.status in FINAL)
        assert referral.quiet_from is None or referral.status in OPEN
        assert referral.last_news_at == at


@settings(max_examples=60, deadline=None)
@given(st.lists(TRY, max_size=25), TRY, st.none() | st.sampled_from(Report), st.none() | st.sampled_from(Rating))
def test_taking_back_brings_back_exactly_what_was(tries, last, report, rating):
    referral = fresh()
    for number, tried in enumerate(tries):
        attempt(referral, tried, NOW + timedelta(hours=number))
    referral.last_report, referral.last_report_at = report, NOW if report else None
    referral.outcome_rating = rating
    was = referral.stands()
    attempt(referral, last, NOW + timedelta(days=9))
    referral.dispute(NOW + timedelta(days=9))
    referral.take_back(was)
    assert referral.stands() == was
    assert isinstance(referral.status, Status)
    assert referral.finished_at is None or referral.finished_at.tzinfo is not None


def test_only_the_first_answers_are_open_to_a_place():
    may = {status for status in Status if Setter.PLACE in SETTERS[status]}
    assert may == {Status.ACCEPTED, Status.BOOKED, Status.WAITLISTED, Status.THEY_SAID_NO}
