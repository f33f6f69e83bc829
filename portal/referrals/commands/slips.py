"""Taking back what was told a moment ago: a thumb slips, and a wrong word to staff weighs."""

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer
from portal.i18n import _l
from portal.referrals.commands.news import open_reports, tell
from portal.referrals.models import Referral, ReferralEvent, Report, Source
from portal.referrals.slips import TAKE_BACK_WITHIN
from portal.roles import Role
from portal.work import Refused, Work


class TooLate(Refused):
    """Somebody has acted on it, it is more than a day old, or there was nothing."""

    says = _l("This cannot be taken back any more. Write to your case manager. They can put it right.")


def take_back(work: Work, case: Case, referral: Referral) -> None:
    """What the client told last was a mistake. The referral stands as before; both stay in its history.

    Raises:
        TooLate: there is nothing of theirs to take back now.
    """
    told = _last_told(work, referral)
    if told is None or told.was is None or told.by_id != work.actor.id:
        raise TooLate
    before = referral.status
    referral.take_back(told.was)
    for item in open_reports(work, referral):
        if item.asked_at == told.at and item.asked_by_id == told.by_id:  # an earlier question stays asked
            work.answered(case, item, ReviewAnswer.TAKEN_BACK)
    what, source = Event.REFERRAL_TAKEN_BACK, Source.SELF_REPORTED
    about = {"report": Report.MISTAKE, "takes_back_id": told.id}
    tell(work, case, referral, before=before, what=what, source=source, **about)


def _last_told(work: Work, referral: Referral) -> ReferralEvent | None:
    if referral.last_report_at is None or work.now >= referral.last_report_at + TAKE_BACK_WITHIN:
        return None
    wanted = select(ReferralEvent).where(
        ReferralEvent.referral_id == referral.id,
        ReferralEvent.role == Role.CLIENT,
        ReferralEvent.report == referral.last_report,
        ReferralEvent.at == referral.last_report_at,
    )
    return work.session.scalars(wanted.order_by(ReferralEvent.id)).first()
