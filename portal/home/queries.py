"""What the first page knows of its own: whose cases these are, and who stands around one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from portal.cases.models import Case, CaseMember, Person, Programme, TeamMember
from portal.group.models import GroupIdea, IdeaState
from portal.roles import STAFF_ROLES, Role
from portal.work import Work


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case of a client, as the chooser names it."""

    id: UUID
    programme: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Circle:
    """Who stands around a client: the case manager first, then others who work on the case, and live supporters."""

    staff: list[str]
    supporters: list[str]
    #: Ideas of the team that wait for the client.
    ideas: int = 0


def own_cases(work: Work) -> list[OwnCase]:
    """The cases of this client, open ones first, the newest of them on top."""
    wanted = (
        select(Case.id, Programme.name, Case.opened_on, Case.closed_on)
        .join(Programme, Programme.id == Case.programme_id)
        .where(Case.client_id == work.actor.id)
        .order_by(Case.closed_on.is_not(None), Case.opened_on.desc(), Case.id)
    )
    return [OwnCase(*row) for row in work.session.execute(wanted)]


_NAMED = (CaseMember.case_id == bindparam("case"), CaseMember.ended_at.is_(None))
_IDEAS = (
    select(func.count(GroupIdea.id))
    .where(GroupIdea.case_id == bindparam("case"), GroupIdea.state == IdeaState.OFFERED)
    .scalar_subquery()
)
#: Built once, for the page that is read most: making a statement costs as much as running it.
_AROUND = (
    select(Person.name, CaseMember, _IDEAS.label("ideas"))
    .outerjoin(CaseMember, and_(CaseMember.person_id == Person.id, *_NAMED))
    .where(
        or_(
            Person.id.in_(select(CaseMember.person_id).where(*_NAMED)),
            Person.id.in_(select(TeamMember.person_id).where(TeamMember.team_id == bindparam("team"))),
        ),
        Person.id != bindparam("client"),
    )
    .order_by(CaseMember.started_at, Person.id)
)


def circle(work: Work, case: Case) -> Circle:
    """Everybody around a client, named in the case or a member of its team, and their ideas that wait. One query."""
    values = {"case": case.id, "team": case.team_id, "client": case.client_id}
    rows: Sequence[tuple[str, CaseMember | None, int]] = work.session.execute(_AROUND, values).all()
    managers, others, supporters = list[str](), list[str](), list[str]()
    for name, member, _ideas in rows:
        if member is None or (member.role in STAFF_ROLES and member.role is not Role.CASE_MANAGER):
            others.append(name)
        elif member.role is Role.CASE_MANAGER:
            managers.append(name)
        elif member.is_live(work.today):
            supporters.append(name)
    return Circle(managers + others, supporters, rows[0][2] if rows else 0)
