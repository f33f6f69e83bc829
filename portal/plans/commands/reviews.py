"""Looking at the plan together again: asked for, opened, talked through, ended with a day both agreed on."""

from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind, ReviewReason
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.plans.models import PlanReview, ReviewRequest, ReviewState
from portal.roles import Role
from portal.work import NotAllowed, Refused, Work


class DayMissing(Refused):
    """No day for the next review."""

    field, says = "next_on", _l("Choose the day of the next look at the plan.")


class DayOver(Refused):
    """A day that is not to come."""

    field, says = "next_on", _l("Choose a day that is still to come.")


class DayTooFar(Refused):
    """A day so far off that the plan would be too old (DOMAIN 2.3: twelve months at most)."""

    field, says = "next_on", _l("That is too far away. A plan is looked at once a year or more.")


class ContactTooRare(Refused):
    """A number of days that is none."""

    field, says = "contact_every_days", _l("Write a number of days from 1 to 365.")


def ask_review(work: Work, case: Case, *, words: str = "") -> ReviewRequest:
    """The client asks to look at the plan again. No reason is needed; from today on it is due.

    Raises:
        NotAllowed: somebody else tried.
    """
    if work.actor.person_id != case.client_id:
        raise NotAllowed(Action.REVIEW_ASK, case.id)
    request = ReviewRequest(id=uuid4(), case_id=case.id, words=words, asked_on=work.today, asked_at=work.now)
    work.session.add(request)
    work.ask(case, ReviewKind.REVIEW_REQUEST, request)
    case.look_again(work.today, ReviewReason.CLIENT_ASKED)
    work.record(Event.REVIEW_ASKED, request)
    return request


def open_review(work: Work, case: Case, why: ReviewReason | None = None) -> PlanReview:
    """Begin to look at the plan together; who begins while one goes on finds that one.

    Args:
        work: the unit of work.
        case: whose plan.
        why: the reason; by default the one for which a review is due.

    Raises:
        NotAllowed: neither client nor staff of the case.
    """
    role = _side(work, case)
    if role is not Role.CLIENT:
        _settle(work, case, ReviewKind.REVIEW_REQUEST)
    going_on = review_going_on(work, case)
    if going_on is not None:
        return going_on
    asked = ReviewReason.CLIENT_ASKED if role is Role.CLIENT else case.review_reason or ReviewReason.TIME
    review = PlanReview(
        id=uuid4(), case_id=case.id, reason=why or asked, state=ReviewState.OPEN, opened_by_id=work.actor.id,
        opened_at=work.now, client_words="", staff_words="",
    )  # fmt: skip
    work.session.add(review)
    work.record(Event.REVIEW_OPENED, review, reason=review.reason.value)
    if role is not Role.CLIENT:
        work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return review


def say_in_review(work: Work, review: PlanReview, words: str) -> None:
    """Say how it goes: the client in their box, staff in theirs. Neither writes in the other's.

    Raises:
        NotAllowed: neither client nor staff of the case.
        ReviewOver: it has ended.
    """
    case = work.get(Case, review.case_id)
    role = _side(work, case)
    review.check_open()
    if role is Role.CLIENT:
        review.client_words = words
        work.ask(case, ReviewKind.PLAN_REVIEW, review)
    else:
        review.staff_words = words
    work.record(Event.REVIEW_WRITTEN, review, by=role.value)


def propose_day(
    work: Work, review: PlanReview, *, next_on: date | None, contact_every_days: int | None = None,
    together: bool = False,
) -> None:  # fmt: skip
    """Say a day for the next review, and how often to be in touch. It counts once the other one has said yes.

    Args:
        work: the unit of work.
        review: the review that goes on.
        next_on: the day.
        contact_every_days: how often staff get in touch from then on; None to leave it as it is.
        together: both sit together and agree on it now; staff write it down.

    Raises:
        DayMissing, DayOver, DayTooFar, ContactTooRare: it is no such day, or no such number.
        NotAllowed, ReviewOver: as for `say_in_review`.
    """
    case = work.get(Case, review.case_id)
    role = _side(work, case)
    _check_day(work, case, next_on)
    if contact_every_days is not None and not 1 <= contact_every_days <= 365:
        raise ContactTooRare
    assert next_on is not None, "a day was asked for"
    review.propose(next_on, contact_every_days, work.actor.id, work.now)
    work.record(Event.REVIEW_PROPOSED, review, next_on=next_on.isoformat(), contact_every_days=contact_every_days)
    if together and role is not Role.CLIENT:
        _agree(work, case, review, together=True)
    elif role is Role.CLIENT:
        work.ask(case, ReviewKind.PLAN_REVIEW, review)
    else:
        _settle(work, case, ReviewKind.PLAN_REVIEW)
        work.send(Notice.SOMETHING_NEW, to=case.client_id)


def agree_day(work: Work, review: PlanReview) -> None:
    """Say yes to the day the other one proposed. That ends the review.

    Raises:
        NotAllowed: neither client nor staff of the case.
        ReviewOver, OwnProposal: there is nothing to say yes to, or they proposed it themselves.
    """
    case = work.get(Case, review.case_id)
    role = _side(work, case)
    if role is not Role.CLIENT and review.proposed_by_id != case.client_id:
        raise NotAllowed(Action.REVIEW_WRITE, case.id)  # staff do not say yes to each other over the client's head
    _agree(work, case, review)


def review_going_on(work: Work, case: Case) -> PlanReview | None:
    """The review that goes on, if one does."""
    wanted = select(PlanReview).where(
        PlanReview.case_id == case.id, PlanReview.state.in_((ReviewState.OPEN, ReviewState.PROPOSED))
    )
    return work.session.scalars(wanted).first()


def stop_reviews(work: Work, case: Case) -> None:
    """The work ends, and with it a review that goes on. For whoever closes a case."""
    review = review_going_on(work, case)
    if review is not None:
        review.move(ReviewState.STOPPED, work.now)
        work.record(Event.REVIEW_STOPPED, review)


def _agree(work: Work, case: Case, review: PlanReview, *, together: bool = False) -> None:
    review.agree(work.actor.id, work.now, together=together)
    case.review_due_on, case.review_reason = review.next_on, ReviewReason.TIME
    if review.contact_every_days is not None:
        case.contact_every_days = review.contact_every_days
    next_on = review.next_on.isoformat() if review.next_on else ""
    work.record(
        Event.REVIEW_AGREED, review, next_on=next_on, contact_every_days=review.contact_every_days, together=together
    )
    if work.actor.person_id != case.client_id:
        _settle(work, case, ReviewKind.PLAN_REVIEW)
        work.send(Notice.SOMETHING_NEW, to=case.client_id)


def _settle(work: Work, case: Case, kind: ReviewKind) -> None:
    """What the client asked has its answer: staff did it."""
    wanted = select(ReviewItem).where(
        ReviewItem.case_id == case.id, ReviewItem.kind == kind, ReviewItem.answered_at.is_(None)
    )
    for item in work.session.scalars(wanted.order_by(ReviewItem.asked_at, ReviewItem.id)).all():
        work.answered(case, item, ReviewAnswer.REPLIED)
        work.record(Event.REVIEW_ANSWERED, item, answer=ReviewAnswer.REPLIED.value, kind=kind.value)


def _check_day(work: Work, case: Case, day: date | None) -> None:
    if day is None:
        raise DayMissing
    if day <= work.today:
        raise DayOver
    latest = work.today + timedelta(days=case.profile.plan_max_age_days)
    if day > latest:
        raise DayTooFar


def _side(work: Work, case: Case) -> Role:
    work.require(Action.REVIEW_WRITE, case)
    standing = work.standing(case)
    if standing is None:
        raise NotAllowed(Action.REVIEW_WRITE, case.id)
    return standing.role
