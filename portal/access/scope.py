"""Every read of case-bound rows is narrowed to what the actor may see; without a scope it raises.

A scope is a condition, never a list of ids: a caseload of one and an agency of 10,000 cost the same. A page about one
case is narrowed to that case; a supporter's is narrowed further, model by model, to what the client lends.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self, cast
from uuid import UUID

from sqlalchemy import ClauseElement, Executable, Table, TextClause, event, select
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.sql.visitors import iterate

from portal.access.actor import Actor, Standing
from portal.access.criteria import Shape, Values, bound_models, criteria, narrowed, parameters, visible_cases
from portal.cases.models import Case, CaseBound, Person, PersonBound
from portal.db import Base, PortalSession
from portal.roles import Role

#: An execution option only this package uses: the look-up that finds a standing must see before a scope exists.
BEFORE_SCOPE = "portal_before_scope"

_case = cast(Table, Case.__table__)


class Unscoped(RuntimeError):
    """Case-bound rows were asked for, or changed, without saying through whose eyes."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a session may see. Made by `of`, `one_case`, `nobody` or, for system work, `every_case`."""

    actor: Actor | None
    today: date | None
    case_id: UUID | None = None
    standing: Standing | None = None
    because: str = ""

    @classmethod
    def of(cls, actor: Actor, today: date) -> Self:
        """Everything this actor may see."""
        return cls(actor, today)

    @classmethod
    def one_case(cls, actor: Actor, today: date, case_id: UUID, standing: Standing) -> Self:
        """One case, through the eyes of an actor whose standing there is known."""
        return cls(actor, today, case_id, standing)

    @classmethod
    def every_case(cls, *, because: str) -> Self:
        """System work only: commands an operator runs, and the worker. The reason goes into the audit entry."""
        return cls(None, None, because=because)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is narrowed."""
        return self.actor is None

    @property
    def shape(self) -> Shape:
        """What its criteria are made from."""
        assert self.actor is not None
        one = self.case_id is not None
        if one and self.standing is not None and self.standing.role is Role.SUPPORTER:
            return Shape(self.actor.kind, one, (self.standing.powers, tuple(bound_models())))
        return Shape(self.actor.kind, one)

    @property
    def values(self) -> Values:
        """What its criteria are filled with."""
        assert self.actor is not None
        return Values(self.actor.person_id, self.today, self.case_id)

    def holds(self, session: PortalSession, case_ids: set[UUID]) -> bool:
        """Whether rows of these cases may be written in this scope."""
        if self.is_everything:
            return True
        if self.case_id is not None:
            return case_ids <= {self.case_id}
        seen = visible_cases(self.shape.kind, self.values)
        wanted = select(_case.c.id).where(_case.c.id.in_(case_ids), _case.c.id.in_(seen))
        found = session.execute(wanted, execution_options={BEFORE_SCOPE: True}).scalars()
        return set(found) == case_ids


NOBODY = Scope(Actor(), date.min)


@lru_cache(maxsize=1)
def _bound_tables(_known: int) -> frozenset[str]:
    return frozenset(
        cast(Table, m.local_table).name
        for m in Base.registry.mappers
        if issubclass(m.class_, CaseBound | PersonBound | Case | Person)
    )


def _touches_bound(statement: Executable) -> bool:
    bound = _bound_tables(len(Base.metadata.tables))
    return any(
        isinstance(element, TextClause) or (isinstance(element, Table) and element.name in bound)
        for element in iterate(cast(ClauseElement, statement))
    )


@event.listens_for(PortalSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if state.execution_options.get(BEFORE_SCOPE):
        return
    scope: Scope | None = state.session.info.get("scope")
    if scope is not None and scope.is_everything:
        return
    if scope is None or not state.is_orm_statement:
        if _touches_bound(state.statement):
            raise Unscoped(str(state.statement))
        return
    if state.is_select:
        if not state.is_column_load:
            state.statement = narrowed(state.statement, scope.shape)
        state.parameters = {**cast(dict[str, Any], state.parameters or {}), **parameters(scope.values)}
    elif not state.is_insert and _touches_bound(state.statement):
        # A change is also weighed in Python, for the rows the session holds: that needs the values themselves.
        state.statement = state.statement.options(*criteria(scope.shape, scope.values))


@event.listens_for(PortalSession, "before_flush")
def _keep_inside(session: PortalSession, _context: UOWTransaction, _objects: object) -> None:
    scope: Scope | None = session.info.get("scope")
    touched = {
        row.case_id
        for row in (*session.new, *session.deleted, *session.dirty)
        if isinstance(row, CaseBound) or (isinstance(row, Case) and row not in session.new)
    }
    if not touched:
        return
    if scope is None or not scope.holds(session, touched - session.info.get("opened", set())):
        raise Unscoped("a change outside the scope of this work")
