"""How one person stands to one case: one query, made before the session may see anything of the case."""

from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Row, Select, Table, Uuid, and_, bindparam, case, exists, select
from sqlalchemy.orm import Session

from portal.access.actor import Actor, Standing
from portal.access.criteria import live_member
from portal.access.scope import BEFORE_SCOPE
from portal.cases.models import Case, CaseBound, CaseMember, StaffPost, TeamMember
from portal.roles import STAFF_ROLES, AccountKind, Post, Power, Role

_member: Table = CaseMember.__table__  # type: ignore[assignment]  # declarative tables are Tables
_team: Table = TeamMember.__table__  # type: ignore[assignment]
_post: Table = StaffPost.__table__  # type: ignore[assignment]

_ROLES_OF = {
    AccountKind.CLIENT: frozenset({Role.CLIENT}),
    AccountKind.SUPPORTER: frozenset({Role.SUPPORTER}),
    AccountKind.STAFF: STAFF_ROLES,
}


def standing_in(session: Session, actor: Actor, case_id: UUID, today: date) -> Standing | None:
    """How the actor stands to this case today, or None.

    An account opens only the roles of its kind: a member of staff who is also somebody's supporter signs in twice.
    """
    found = _look_up(session, actor, None, case_id, today)
    return found and found[1]


def standing_by_row(
    session: Session, actor: Actor, model: type[CaseBound], row_id: UUID, today: date
) -> tuple[UUID, Standing] | None:
    """The case a row belongs to and how the actor stands there; None when they do not, or there is no such row."""
    return _look_up(session, actor, model, row_id, today)


def _look_up(
    session: Session, actor: Actor, model: type[CaseBound] | None, row_id: UUID, today: date
) -> tuple[UUID, Standing] | None:
    if actor.kind is None or (actor.kind is AccountKind.STAFF and not _works(actor)):
        return None
    values = {"row": row_id, "who": actor.person_id, "today": today}
    found = session.execute(
        _statement(actor.kind, cast(Any, model)), values, execution_options={BEFORE_SCOPE: True}
    ).first()
    if found is None:
        return None
    case: Case = found.Case
    role = _role(actor.kind, found)
    if role is None or (role is Role.SUPPORTER and case.is_closed):
        # Grants end with the case, and nothing tells that from a grant that was stopped (SECURITY D7, D36). The row
        # was read before there was a scope: it must not stay where a later look-up would find it without one.
        session.expunge(case)
        return None
    session.info["case"] = case  # the page's own case is not read a second time
    return case.id, Standing(
        role=role,
        profile=case.profile,
        powers=frozenset(map(Power, found.powers or ())) if role is Role.SUPPORTER else frozenset(),
        closed=case.is_closed,
        until=found.ends_on,
    )


def _works(actor: Actor) -> bool:
    """Whether this member of staff works with clients today: a post that was taken away opens no case any more."""
    return actor.holds(Post.CASE_MANAGER) or actor.holds(Post.SUPERVISOR)


@cache
def _statement(kind: AccountKind, model: Any) -> Select[Any]:
    """Built once for each kind of account and row: making it anew costs as much as running it."""
    row: ColumnElement[UUID] = bindparam("row", type_=Uuid())
    if model is not None:
        table: Table = model.__table__
        row = select(table.c.case_id).where(table.c.id == row).scalar_subquery()
    who, today = bindparam("who", type_=Uuid()), bindparam("today", type_=Date())
    mine = and_(
        _member.c.case_id == Case.id,
        _member.c.person_id == who,
        _member.c.role.in_([role.value for role in _ROLES_OF[kind]]),
        live_member(today),
    )
    in_team = exists().where(_team.c.team_id == Case.team_id, _team.c.person_id == who)
    supervises = exists().where(
        _post.c.programme_id == Case.programme_id, _post.c.person_id == who, _post.c.post == Post.SUPERVISOR.value
    )
    return (
        select(
            Case,
            _member.c.role,
            _member.c.powers,
            _member.c.ends_on,
            case((in_team, 1), else_=0).label("in_team"),
            case((supervises, 1), else_=0).label("supervises"),
        )
        .select_from(Case)
        .outerjoin(_member, mine)
        .where(Case.id == row)
        .order_by(_member.c.started_at.desc(), _member.c.id)
    )


def _role(kind: AccountKind, found: Row[tuple[object, ...]]) -> Role | None:
    if found.role is not None:
        return Role(found.role)
    if kind is not AccountKind.STAFF:
        return None
    if found.in_team:
        return Role.TEAM_MEMBER
    return Role.SUPERVISOR if found.supervises else None
