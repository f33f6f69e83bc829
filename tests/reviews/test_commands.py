"""Looking at the plan together again: due, opened, said, a day named and agreed. Without pages."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, ReviewReason
from portal.plans import commands
from portal.plans.commands.reviews import ContactTooRare, DayMissing, DayOver, DayTooFar
from portal.plans.models import OwnProposal, PlanReview, ReviewOver, ReviewState
from portal.reviews import queries
from portal.roles import Power
from portal.staff import commands as staff
from portal.strengths import commands as strengths
from portal.work import NotAllowed
from tests.plans.conftest import Circle, case_in


@pytest.fixture
def circle(make):
    """Farah and Priya, under the strengths profile."""
    priya = make.worker("Priya Nair")
    return Circle(make, make.client("Farah Demir", worker=priya), priya)


def begin(circle, who=None):
    with circle.make.work(who or circle.priya, circle.farah.case) as work:
        return commands.open_review(work, case_in(work)).id


def propose(circle, review_id, who, *, days=42, **more):
    with circle.make.work(who, circle.farah.case) as work:
        next_on = work.today + timedelta(days=days)
        commands.propose_day(work, work.get(PlanReview, review_id), next_on=next_on, **more)
        return next_on


def agree(circle, review_id, who):
    with circle.make.work(who, circle.farah.case) as work:
        commands.agree_day(work, work.get(PlanReview, review_id))


def test_the_client_asks_and_it_is_due_today(circle, make):
    with make.work(circle.farah) as work:
        commands.ask_review(work, case_in(work))
        case = case_in(work)
        assert (case.review_due_on, case.review_reason) == (work.today, ReviewReason.CLIENT_ASKED)
    review = circle.look(PlanReview, begin(circle))
    assert review.reason is ReviewReason.CLIENT_ASKED
    assert circle.waiting() == [], "beginning the review answers the wish for it"
    assert begin(circle) == review.id, "one at a time"
    assert begin(circle, circle.farah) == review.id


def test_it_ends_with_a_day_both_agreed_on(circle, make):
    review_id = begin(circle)
    next_on = propose(circle, review_id, circle.priya, contact_every_days=30)
    before = circle.look(Case, circle.farah.case)
    assert (before.review_due_on, before.contact_days) == (None, 7), "nothing counts before the client has said yes"
    with pytest.raises(NotAllowed):
        agree(circle, review_id, circle.priya)
    agree(circle, review_id, circle.farah)
    case, review = circle.look(Case, circle.farah.case), circle.look(PlanReview, review_id)
    assert (case.review_due_on, case.contact_days, case.review_reason) == (next_on, 30, ReviewReason.TIME)
    assert (review.state, review.together) == (ReviewState.AGREED, False)
    with pytest.raises(ReviewOver):
        agree(circle, review_id, circle.farah)
    events = make.events(circle.farah.case)
    assert events == [Event.REVIEW_OPENED, Event.REVIEW_PROPOSED, Event.REVIEW_AGREED]


def test_the_client_names_a_day_and_staff_say_yes(circle):
    review_id = begin(circle, circle.farah)
    first = propose(circle, review_id, circle.farah, days=10)
    assert ("plan_review", review_id) in circle.waiting()
    with pytest.raises(OwnProposal):
        agree(circle, review_id, circle.farah)
    agree(circle, review_id, circle.priya)
    assert circle.look(Case, circle.farah.case).review_due_on == first
    assert circle.waiting() == []


def test_together_at_one_table(circle):
    next_on = propose(circle, begin(circle), circle.priya, together=True)
    assert circle.look(Case, circle.farah.case).review_due_on == next_on


def test_each_writes_in_their_own_box(circle, make):
    review_id = begin(circle)
    for who, words in ((circle.farah, "My hand is better"), (circle.priya, "We met every week")):
        with make.work(who, circle.farah.case) as work:
            commands.say_in_review(work, work.get(PlanReview, review_id), words)
    review = circle.look(PlanReview, review_id)
    assert (review.client_words, review.staff_words) == ("My hand is better", "We met every week")
    assert ("plan_review", review_id) in circle.waiting()
    selin = circle.supporter("Selin", *Power)
    with make.work(selin) as work, pytest.raises(LookupError):
        work.get(PlanReview, review_id)


@pytest.mark.parametrize(
    ("days", "more", "refusal"),
    [(0, {}, DayOver), (366, {}, DayTooFar), (10, {"contact_every_days": 0}, ContactTooRare)],
)
def test_a_day_is_to_come_and_within_a_year(circle, days, more, refusal):
    review_id = begin(circle)
    with pytest.raises(refusal):
        propose(circle, review_id, circle.priya, days=days, **more)


def test_a_day_is_needed(circle, make):
    review_id = begin(circle)
    with make.work(circle.priya, circle.farah.case) as work, pytest.raises(DayMissing):
        commands.propose_day(work, work.get(PlanReview, review_id), next_on=None)


def test_closing_the_case_stops_it(circle, make):
    review_id = begin(circle)
    with make.work(circle.priya, circle.farah.case) as work:
        staff.close_case(work, case_in(work), words="Well done, Farah.")
    assert circle.look(PlanReview, review_id).state is ReviewState.STOPPED
    assert Event.REVIEW_STOPPED in make.events(circle.farah.case)


def test_what_came_since_the_last_time(circle, make):
    with clock.frozen_at(datetime(2025, 6, 2, 16, tzinfo=UTC)), make.work(circle.farah) as work:
        strengths.add(work, case_in(work), words="Ran a bakery for 19 years.")
    with clock.frozen_at(datetime(2025, 6, 10, 16, tzinfo=UTC)):
        review_id = begin(circle)
        propose(circle, review_id, circle.priya, together=True)
    with clock.frozen_at(datetime(2025, 6, 23, 16, tzinfo=UTC)), make.work(circle.farah) as work:
        strengths.add(work, case_in(work), words="Best soup in the street")
    with make.work(circle.farah, read_only=True) as work:
        shown = queries.review_page(work, case_in(work))
        assert shown.strengths == ["Best soup in the street"]
        assert [review.id for review in shown.before] == [review_id]
