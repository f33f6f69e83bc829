"""Who helps, what each may see and do, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from portal.audit.events import Event
from portal.audit.models import AuditEntry
from portal.cases.models import Case, CaseMember, Person
from portal.roles import Power, Role
from portal.supporters.models import MOST, GrantState, InviteState, SupporterStop, SupportInvite
from portal.supporters.powers import in_order
from portal.work import Work

#: How many of those that are over a page still names.
_PAST = 20


@dataclass(frozen=True, slots=True)
class Grant:
    """One supporter of a case, as the client and staff see them."""

    id: UUID
    person_id: UUID
    name: str
    relation: str
    powers: Sequence[Power]
    state: GrantState
    since: datetime
    until: date | None
    last_looked_at: datetime | None
    #: Whether staff stopped it, and, for staff alone, why.
    stopped_by_staff: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Invite:
    """One invitation that nobody has used."""

    id: UUID
    name: str
    relation: str
    powers: Sequence[Power]
    until: date
    state: InviteState
    code_until: datetime | None


def grants(work: Work, case: Case) -> list[Grant]:
    """Every supporter of the case, those who may look first, and the latest of those who no longer do."""
    looked = (
        select(func.max(AuditEntry.at))
        .where(
            AuditEntry.case_id == CaseMember.case_id,
            AuditEntry.actor_id == CaseMember.person_id,
            AuditEntry.event == Event.CASE_OPENED,
        )
        .correlate(CaseMember)
        .scalar_subquery()
    )
    wanted = (
        select(CaseMember, Person.name, looked, SupporterStop)
        .join(Person, Person.id == CaseMember.person_id)
        .outerjoin(SupporterStop, SupporterStop.member_id == CaseMember.id)
        .where(CaseMember.case_id == case.id, CaseMember.role == Role.SUPPORTER)
        .order_by(CaseMember.ended_at.is_not(None), CaseMember.ended_at.desc(), CaseMember.started_at, CaseMember.id)
        .limit(MOST + _PAST)
    )
    standing = work.standing(case)
    for_staff = standing is not None and standing.is_staff
    return [
        _grant(work, member, name, looked_at, stopped, for_staff=for_staff)
        for member, name, looked_at, stopped in work.session.execute(wanted)
    ]


def _grant(
    work: Work,
    member: CaseMember,
    name: str,
    looked_at: datetime | None,
    stopped: SupporterStop | None,
    *,
    for_staff: bool,
) -> Grant:
    return Grant(
        id=member.id,
        person_id=member.person_id,
        name=name,
        relation=member.relation,
        powers=in_order(frozenset(map(Power, member.powers))),
        state=GrantState.of(member, work.today),
        since=member.started_at,
        until=member.ends_on,
        last_looked_at=looked_at,
        stopped_by_staff=stopped is not None,
        reason=stopped.reason if stopped is not None and for_staff else "",
    )


def name_of(work: Work, member: CaseMember) -> str:
    """What this supporter's account calls them."""
    person = work.session.get(Person, member.person_id)
    return person.name if person is not None else ""


def open_invites(work: Work, case: Case) -> list[Invite]:
    """Invitations that nobody has used or taken back, the oldest first."""
    wanted = (
        select(SupportInvite)
        .where(SupportInvite.case_id == case.id, SupportInvite.used_at.is_(None), SupportInvite.cancelled_at.is_(None))
        .order_by(SupportInvite.created_at, SupportInvite.id)
        .limit(MOST)
    )
    return [
        Invite(
            id=invite.id,
            name=invite.name,
            relation=invite.relation,
            powers=in_order(invite.terms.powers),
            until=invite.ends_on,
            state=invite.state(work.now),
            code_until=invite.code_expires_at,
        )
        for invite in work.session.scalars(wanted)
    ]


def names_of_live(work: Work, case: Case) -> list[str]:
    """The names of those who may look today, for the home page. One query."""
    wanted = (
        select(CaseMember, Person.name)
        .join(Person, Person.id == CaseMember.person_id)
        .where(CaseMember.case_id == case.id, CaseMember.role == Role.SUPPORTER, CaseMember.ended_at.is_(None))
        .order_by(CaseMember.started_at, CaseMember.id)
        .limit(MOST)
    )
    return [name for member, name in work.session.execute(wanted) if member.is_live(work.today)]
