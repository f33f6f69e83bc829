"""Closing a case: the client is told in words, the plan ends, the pages stay readable."""

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewItem
from portal.messages import commands as messages
from portal.plans import commands as plans
from portal.staff.refusals import ClosedAlready, StillWaiting
from portal.work import Work


def close_case(work: Work, case: Case, *, words: str) -> None:
    """Close a case. The client keeps their account and can read everything.

    Args:
        work: the unit of work.
        case: the case.
        words: what the client is told; it stands in their messages.

    Raises:
        ClosedAlready: it is closed.
        StillWaiting: something of the client's waits for an answer.
        Refused: the words cannot be sent.
    """
    if case.is_closed:
        raise ClosedAlready
    messages.send(work, case, words)  # also answers messages that wait
    work.session.flush()  # the query must see what this message has answered
    open_items = select(ReviewItem.id).where(ReviewItem.case_id == case.id, ReviewItem.answered_at.is_(None)).limit(1)
    if work.session.execute(open_items).first() is not None:
        raise StillWaiting
    plans.end_plan(work, case)
    plans.stop_reviews(work, case)
    case.closed_on = work.today
    case.review_due_on = case.review_reason = case.silent_since = None
    work.record(Event.CASE_CLOSED, case)
