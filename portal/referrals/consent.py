"""Whether the client lets us share with the place of a referral."""

from sqlalchemy import ColumnElement, and_, or_, select

from portal.cases.releases import Release
from portal.referrals.models import Referral
from portal.work import Work


def covering() -> ColumnElement[bool]:
    """The condition that a release names the place of a referral, as Referral.is_covered_by asks it of rows.

    A place that is in no directory is named by the release that was signed for this very referral.
    """
    unlisted = and_(Referral.service_id.is_(None), Release.id == Referral.release_id)
    return and_(Release.case_id == Referral.case_id, or_(Release.service_id == Referral.service_id, unlisted))


def live_release(work: Work, referral: Referral) -> Release | None:
    """The client's live release that names this referral's place, the one that lasts longest."""
    today = work.today
    return work.session.scalars(
        select(Release)
        .join(Referral, covering())
        .where(
            Referral.id == referral.id,
            Release.revoked_at.is_(None),
            Release.starts_on <= today,
            Release.ends_on >= today,
        )
        .order_by(Release.ends_on.desc(), Release.id)
        .limit(1)
    ).first()
