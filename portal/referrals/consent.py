"""Whether the client lets us share with the place of a referral."""

from sqlalchemy import select

from portal.cases.releases import Release
from portal.referrals.models import Referral
from portal.work import Work


def live_release(work: Work, referral: Referral) -> Release | None:
    """The client's live release that names this referral's place, the one that lasts longest."""
    today = work.today
    return work.session.scalars(
        select(Release)
        .where(
            Release.case_id == referral.case_id,
            Release.service_id == referral.service_id,
            Release.revoked_at.is_(None),
            Release.starts_on <= today,
            Release.ends_on >= today,
        )
        .order_by(Release.ends_on.desc(), Release.id)
        .limit(1)
    ).first()
