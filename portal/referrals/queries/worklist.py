"""Staff's worklist: referrals nobody has told anything about for too long (DOMAIN 3, referral_nudge).

What it sorts by is stored (`quiet_from`) and kept right by the commands; a page is found by the row it follows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, or_, select, tuple_

from portal import clock
from portal.cases.models import Case, CaseMember, TeamMember
from portal.db import Moment
from portal.referrals import words
from portal.referrals.models import Referral, Status
from portal.referrals.silence import Watch, gone_quiet
from portal.roles import STAFF_ROLES, Post, Role
from portal.work import Work

#: How many rows one page of the worklist shows.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Quiet:
    """One silent referral. `days_silent` counts from the last news; `due_today` says that its day is today."""

    referral: Referral
    case: Case
    days_silent: int
    due_today: bool
    says: str
    #: Silent for as long as makes it the supervisor's to see.
    for_supervisor: bool = False

    @property
    def nudged_at(self) -> datetime | None:
        """When the client was reminded since it went quiet."""
        at, quiet = self.referral.nudged_at, self.referral.quiet_from
        return at if at is not None and quiet is not None and at >= quiet else None


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of it, and the referral to ask for more by."""

    rows: Sequence[Quiet]
    more_after: UUID | None


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
        _longest_first(gone_quiet(work, watch, days=days)).limit(limit),
    ).all()
    return [_quiet(work, referral, case, days, watch) for referral, case in rows]


def _longest_first(condition: ColumnElement[bool]) -> Any:
    return (
        select(Referral, Case)
        .join(Case, Case.id == Referral.case_id)
        .where(Case.closed_on.is_(None), Referral.quiet_from.is_not(None), condition)
        .order_by(Referral.quiet_from, Referral.id)
    )


def follow_up(
    work: Work, watch: Watch = Watch.STAFF, *, everyone: bool = True, after: UUID | None = None
) -> Worklist:  # fmt: skip
    """One page of the worklist; that its reader saw these cases is recorded. Four queries.

    Args:
        work: the unit of work.
        watch: whose patience is meant.
        everyone: of every case the actor may see, not only those they work with.
        after: the last referral of the page before.

    Raises:
        NotFound: there is no such referral.
    """
    wanted = _longest_first(gone_quiet(work, watch))
    if not everyone:
        wanted = wanted.where(_own(work))
    if after is not None:
        edge = work.get(Referral, after)
        if edge.quiet_from is not None:
            place = tuple_(literal(edge.quiet_from, Moment()), literal(edge.id))
            wanted = wanted.where(tuple_(Referral.quiet_from, Referral.id) > place)
    rows = work.session.execute(wanted.limit(PAGE + 1)).all()
    found = [_quiet(work, referral, case, None, watch) for referral, case in rows[:PAGE]]
    work.record_reads(_roles(work, {quiet.case.id for quiet in found}), "referrals.follow_up")
    return Worklist(found, found[-1].referral.id if len(rows) > PAGE else None)


def chosen(work: Work, ids: Collection[UUID]) -> list[tuple[Referral, Case]]:
    """These referrals with their cases, of those the actor may see; what is no referral of theirs is left out."""
    wanted = (
        select(Referral, Case)
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.id.in_(ids), Case.closed_on.is_(None))
        .order_by(Referral.quiet_from, Referral.id)
    )
    return [(referral, case) for referral, case in work.session.execute(wanted)]


def _own(work: Work) -> ColumnElement[bool]:
    """The condition that the actor, or a team they are in, works on a case; not merely supervises it."""
    member = select(CaseMember.case_id).where(
        CaseMember.person_id == work.actor.id,
        CaseMember.role.in_(STAFF_ROLES),
        CaseMember.ended_at.is_(None),
        or_(CaseMember.ends_on.is_(None), CaseMember.ends_on >= work.today),
    )
    teams = select(TeamMember.team_id).where(TeamMember.person_id == work.actor.id)
    return or_(Case.id.in_(member), Case.team_id.in_(teams))


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


def _quiet(work: Work, referral: Referral, case: Case, days: int | None, watch: Watch) -> Quiet:
    assert referral.quiet_from is not None  # the query asks for those only
    counted = (work.today - clock.local_date(referral.quiet_from, work.zone)).days
    silent = (work.today - clock.local_date(referral.last_news_at, work.zone)).days
    nudges = case.profile.nudges
    due = days if days is not None else watch.days(nudges)
    return Quiet(
        referral, case, silent, counted == due, words.says(referral, to_client=False), counted >= nudges.supervisor
    )
