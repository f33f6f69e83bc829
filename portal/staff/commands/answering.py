"""Answering what a client wrote. The client's own words are never changed; the answer stands beside them."""

from datetime import date

from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.messages import commands as messages
from portal.messages.models import Message
from portal.outbox.notices import Notice
from portal.plans import commands as plans
from portal.plans.models import Doer, Goal, Lifecycle, Step
from portal.referrals import commands as referrals
from portal.referrals.models import Referral, ReferralEvent
from portal.staff.answers import ANSWERS
from portal.staff.refusals import AnsweredAlready, KeptPrivate, NotForThis, WordsMissing
from portal.work import Work

_WITH_WORDS = frozenset({ReviewAnswer.COMMENT, ReviewAnswer.SUGGESTION})


def answer_item(work: Work, case: Case, item: ReviewItem, answer: ReviewAnswer, text: str = "") -> None:
    """Thank, comment, or suggest a wording. The client sees it where their own words stand.

    Args:
        work: the unit of work.
        case: whose it is.
        item: what waits.
        answer: how it is answered.
        text: the comment, or the wording that is suggested.

    Raises:
        AnsweredAlready, NotForThis, WordsMissing: it cannot be answered so.
        KeptPrivate: it is a goal that staff may no longer read.
    """
    by_another_command = {ReviewKind.GOAL: ReviewAnswer.ADDED, ReviewKind.MESSAGE: ReviewAnswer.REPLIED}
    if answer not in ANSWERS[item.kind] or answer is by_another_command.get(item.kind):
        raise NotForThis
    if answer in _WITH_WORDS and not text.strip():
        raise WordsMissing
    if answer is not ReviewAnswer.THANKS:
        _readable(work, item)
    _answered(work, case, item, answer, text if answer in _WITH_WORDS else "")
    work.send(Notice.SOMETHING_NEW, to=case.client_id)


def reply(work: Work, case: Case, item: ReviewItem, body: str) -> Message:
    """Answer a message with a message.

    Raises:
        NotForThis: it is no message.
        Refused: the message cannot be sent; its subclass says why.
    """
    if item.kind is not ReviewKind.MESSAGE:
        raise NotForThis
    sent = messages.reply_from_queue(work, case, item, body)
    work.record(Event.REVIEW_ANSWERED, item, answer=ReviewAnswer.REPLIED.value, kind=item.kind.value)
    return sent


def add_to_plan(
    work: Work, case: Case, item: ReviewItem, *, text: str, doer: Doer, due_on: date | None = None
) -> Step:  # fmt: skip
    """Put a first step for a client's goal into the plan; that answers the goal.

    Raises:
        NotForThis: it is no goal.
        AnsweredAlready, KeptPrivate: it was answered, or staff may no longer read it.
        Refused: the step cannot be added; its subclass says why.
    """
    if item.kind is not ReviewKind.GOAL:
        raise NotForThis
    goal = _readable(work, item)
    assert goal is not None, "an item of this kind is about a goal"
    step = plans.add_step(work, goal, text=text, doer=doer, due_on=due_on)
    _answered(work, case, item, ReviewAnswer.ADDED, "")
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return step


def confirm_report(work: Work, case: Case, item: ReviewItem, told: ReferralEvent) -> None:
    """What the client told about a place is so: make the move. That answers the report.

    Raises:
        NotForThis: it is no report, or news of another referral.
        Refused: the referral has gone on since.
    """
    if item.kind is not ReviewKind.REPORT or told.referral_id != item.subject_id:
        raise NotForThis
    _still_open(item)
    referrals.confirm(work, case, work.get(Referral, told.referral_id), told)


def _answered(work: Work, case: Case, item: ReviewItem, answer: ReviewAnswer, text: str) -> None:
    _still_open(item)
    work.answered(case, item, answer, text)
    if item.kind is ReviewKind.REPORT:
        referrals.taken_up(work.get(Referral, item.subject_id))
    work.record(Event.REVIEW_ANSWERED, item, answer=answer.value, kind=item.kind.value)


def _still_open(item: ReviewItem) -> None:
    if item.answered_at is not None:
        raise AnsweredAlready


def _readable(work: Work, item: ReviewItem) -> Goal | None:
    """The goal it is about, if it is about one.

    Raises:
        KeptPrivate: staff may no longer read it.
    """
    if item.kind is not ReviewKind.GOAL:
        return None
    goal = work.get(Goal, item.subject_id)
    if goal.is_private or goal.lifecycle is Lifecycle.LET_GO:
        raise KeptPrivate
    return goal
