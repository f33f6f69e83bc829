"""Staff's worklist: referrals nobody has told anything about for too long (DOMAIN 3, referral_nudge)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal import clock
from portal.cases.models import Case, CaseMember
from portal.profiles import registry
from portal.profiles.profile import Nudges
from portal.referrals import words
from portal.referrals.models import Referral, Status
from portal.roles import STAFF_ROLES, Post, Role
from portal.work import Work


class Watch(StrEnum):
    """Who asks after a silent referral, each after so many days as the case's profile says."""

    CLIENT = "client"
    STAFF = "staff"
    SUPERVISOR = "supervisor"

    def days(self, nudges: Nudges) -> int | None:
        """After how many days, or None for never."""
        days: int | None = getattr(nudges, self.value)
        return days


@dataclass(frozen=True, slots=True)
class Quiet:
    """One silent referral. `days_silent` counts from the last news; `due_today` says that its day is today."""

    referral: Referral
    case: Case
    days_silent: int
    due_today: bool
    says: str


@dataclass(frozen=True, slots=True)
class FirstSession:
    """The nudge to offer some referrals at the first meeting: how many are wanted and how many were offered."""

    wanted: int
    offered: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to nudge about."""
        return self.offered >= self.wanted


def referrals_gone_quiet(
    work: Work, days: int | None = None, *, watch: Watch = Watch.STAFF, limit: int = 200
) -> list[Quiet]:
    """The silent referrals of the actor's open cases, the longest silent first. One query.

    Args:
        work: the unit of work; its scope says which cases.
        days: silent for at least so many days; by default what each case's profile says for `watch`.
        watch: whose patience is meant.
        limit: no more than so many.
    """
    rows = work.session.execute(
        select(Referral, Case)
        .join(Case, Case.id == Referral.case_id)
        .where(Case.closed_on.is_(None), Referral.quiet_from.is_not(None), gone_quiet(work, watch, days=days))
        .order_by(Referral.quiet_from, Referral.id)
        .limit(limit)
    ).all()
    return [_quiet(work, referral, case, days, watch) for referral, case in rows]


def follow_up(work: Work, watch: Watch = Watch.STAFF) -> list[Quiet]:
    """The worklist as a page shows it; that its reader saw these cases is recorded. Three queries."""
    found = referrals_gone_quiet(work, watch=watch)
    work.record_reads(_roles(work, {quiet.case.id for quiet in found}), "referrals.follow_up")
    return found


def _roles(work: Work, case_ids: Collection[UUID]) -> dict[UUID, str]:
    """In which role the reader looks at each case: as a member, else as a supervisor or through a team."""
    otherwise = Role.SUPERVISOR if work.actor.holds(Post.SUPERVISOR) else Role.TEAM_MEMBER
    members = work.session.execute(
        select(CaseMember.case_id, CaseMember.role)
        .where(
            CaseMember.case_id.in_(case_ids),
            CaseMember.person_id == work.actor.id,
            CaseMember.role.in_(STAFF_ROLES),
            CaseMember.ended_at.is_(None),
        )
        .order_by(CaseMember.started_at, CaseMember.id)
    )
    own = {case_id: role.value for case_id, role in members}
    return {case_id: own.get(case_id, otherwise.value) for case_id in case_ids}


def gone_quiet(
    work: Work, watch: Watch, since: Any = Referral.quiet_from, *, days: int | None = None
) -> ColumnElement[bool]:
    """The condition that a referral has been silent for too long. The query it stands in has to hold `Case` too.

    Args:
        work: the unit of work, which knows what day it is.
        watch: whose patience is meant.
        since: the column that says from when; `Case.silent_since` for a case as a whole.
        days: silent for at least so many days; by default what each case's profile says for `watch`.
    """
    if days is not None:
        return since < _since(work, days)  # type: ignore[no-any-return]  # a comparison of a column is a condition
    patience = ((profile.key, watch.days(profile.nudges)) for profile in registry.ALL)
    return or_(
        *(and_(Case.profile_key == key, since < _since(work, wanted)) for key, wanted in patience if wanted is not None)
    )


def first_session(work: Work, case: Case) -> FirstSession:
    """Whether the profile's wish for referrals at the first meeting is met. Mistakes do not count."""
    wanted = case.profile.first_session_referrals
    offered = work.session.scalar(
        select(func.count(Referral.id)).where(
            Referral.case_id == case.id,
            Referral.first_session.is_(True),
            Referral.status.not_in((Status.DRAFT, Status.VOID)),
        )
    )
    return FirstSession(wanted, offered or 0)


def _since(work: Work, days: int) -> datetime:
    """The end of the day that lies `days` days back, where the organisation is."""
    day = work.today - timedelta(days=days - 1)
    return datetime.combine(day, time(0), ZoneInfo(work.zone))


def _quiet(work: Work, referral: Referral, case: Case, days: int | None, watch: Watch) -> Quiet:
    assert referral.quiet_from is not None  # the query asks for those only
    counted = (work.today - clock.local_date(referral.quiet_from, work.zone)).days
    silent = (work.today - clock.local_date(referral.last_news_at, work.zone)).days
    due = days if days is not None else watch.days(case.profile.nudges)
    return Quiet(referral, case, silent, counted == due, words.says(referral))
