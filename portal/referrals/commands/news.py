"""What every command on a referral ends with: the event is kept, and silence counts anew."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem, ReviewKind
from portal.outbox.notices import Notice
from portal.referrals.models import Referral, ReferralEvent, Report, Source, Status
from portal.roles import Role
from portal.work import Work


def tell(
    work: Work, case: Case, referral: Referral, *, before: Status, what: Event, source: Source, **told: Any
) -> ReferralEvent:
    """Keep a piece of news about a referral, and from when its silence counts.

    Args:
        work: the unit of work.
        case: whose referral it is.
        referral: as it stands after the news.
        before: the state it was in.
        what: what the record of the case remembers.
        source: how we know.
        told: more columns of ReferralEvent.
    """
    standing = work.standing(case)
    told.setdefault("role", standing.role if standing else Role.CASE_MANAGER)
    told.setdefault("by_id", work.actor.person_id or referral.offered_by_id)
    event = ReferralEvent(
        case_id=case.id,
        referral_id=referral.id,
        at=work.now,
        source=source,
        from_status=before,
        to_status=referral.status,
        **told,
    )
    work.session.add(event)
    _keep_whose_turn(referral, event)
    referral.heard(work.now, case.profile.nudges)
    watch_silence(work, case)
    facts = {"from": before.value, "to": referral.status.value, "source": source.value}
    if event.report is not None:
        facts["report"] = event.report.value
    work.record(what, referral, **facts)
    return event


def _keep_whose_turn(referral: Referral, event: ReferralEvent) -> None:
    """What the client told last says whose turn it is, until staff or the place tell something.

    What a supporter tells changes nothing of it, and what was taken back has been put right already.
    """
    if event.role is Role.CLIENT and event.report is not Report.MISTAKE:
        referral.last_report, referral.last_report_at = event.report, event.at
    elif event.role not in {Role.CLIENT, Role.SUPPORTER}:
        referral.last_report = referral.last_report_at = None


def watch_silence(work: Work, case: Case) -> None:
    """Keep in the case from when its most silent open referral has been silent.

    A supporter sees only what is lent, so what they tell cannot shorten the silence of a whole case.
    """
    standing = work.standing(case)
    if standing is not None and standing.role is Role.SUPPORTER:
        return
    work.session.flush()  # the query below must see the referral as it now stands
    case.silent_since = work.session.scalar(
        select(func.min(Referral.quiet_from)).where(Referral.case_id == case.id, Referral.quiet_from.is_not(None))
    )


def open_reports(work: Work, referral: Referral) -> Sequence[ReviewItem]:
    """What the client told about this referral and staff have not answered yet."""
    return work.session.scalars(
        select(ReviewItem)
        .where(
            ReviewItem.case_id == referral.case_id,
            ReviewItem.kind == ReviewKind.REPORT,
            ReviewItem.subject_id == referral.id,
            ReviewItem.answered_at.is_(None),
        )
        .order_by(ReviewItem.asked_at, ReviewItem.id)
    ).all()


def answer_reports(work: Work, case: Case, referral: Referral, text: str = "") -> None:
    """Staff did something with the referral: that answers what the client told about it."""
    for item in open_reports(work, referral):
        work.answered(case, item, ReviewAnswer.COMMENT if text else ReviewAnswer.THANKS, text)
        work.record(Event.REVIEW_ANSWERED, item, answer=str(item.answer))


def taken_up(referral: Referral) -> None:
    """Staff have answered what the client told last, or offered another place: it does not wait for them any more."""
    referral.last_report = referral.last_report_at = None


def notify_client(work: Work, case: Case) -> None:
    """Let the client know, by a safe channel, that something is new."""
    work.send(Notice.SOMETHING_NEW, to=case.client_id)


def notify_staff(work: Work, case: Case) -> None:
    """Let the case managers know that something is new, so that it reaches them the same day."""
    managers = select(CaseMember.person_id).where(
        CaseMember.case_id == case.id, CaseMember.role == Role.CASE_MANAGER, CaseMember.ended_at.is_(None)
    )
    for person_id in work.session.scalars(managers.distinct().order_by(CaseMember.person_id)):
        work.send(Notice.SOMETHING_NEW, to=person_id)
