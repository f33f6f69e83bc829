"""What has left, for the client and staff to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.releases import Release
from portal.exports.models import CaseExport
from portal.work import Work

#: How many a page lists, the newest first.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Copy:
    """One export: when, why, and who got it; nobody named means the client."""

    made_at: datetime
    reason: str
    receiver: str


def copies(work: Work, case: Case) -> Sequence[Copy]:
    """The data copies made of this case, newest first."""
    wanted = (
        select(CaseExport.made_at, CaseExport.reason, Release.receiver)
        .outerjoin(Release, Release.id == CaseExport.release_id)
        .where(CaseExport.case_id == case.id)
        .order_by(CaseExport.made_at.desc(), CaseExport.id)
        .limit(_MOST)
    )
    return [Copy(at, reason, receiver or "") for at, reason, receiver in work.session.execute(wanted)]
