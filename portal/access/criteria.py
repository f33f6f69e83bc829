"""What narrows a statement to a scope: conditions on cases, on people, and on every row that belongs to one of them.

A read is narrowed by conditions with named places, so that the narrowed form of a statement is made and compiled once
and only its values change from request to request. A change is narrowed by the same conditions with the values in them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count
from types import FunctionType
from typing import Any, NamedTuple, cast
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Date,
    Executable,
    Select,
    Table,
    Uuid,
    bindparam,
    false,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import with_loader_criteria

from portal.cases.models import Case, CaseBound, CaseMember, Person, PersonBound, StaffPost, TeamMember
from portal.db import Base
from portal.roles import STAFF_ROLES, AccountKind, Post, Power, Role

_member = cast(Table, CaseMember.__table__)
_team_member = cast(Table, TeamMember.__table__)
_post = cast(Table, StaffPost.__table__)
_case = cast(Table, Case.__table__)

_PLACE = "portal_scope_"


class Values(NamedTuple):
    """What differs between two scopes of one shape: whose eyes, which day, which case."""

    who: UUID | None
    today: date | None
    case: UUID | None


class Shape(NamedTuple):
    """What the criteria of a scope are made from, but for its values."""

    kind: AccountKind | None
    one_case: bool
    #: What a supporter was lent, and the models it is asked of; None for everybody else.
    lent: tuple[frozenset[Power], tuple[type[CaseBound], ...]] | None = None


@dataclass(frozen=True, slots=True)
class _At:
    """The elements that stand for the values: each a new one, as SQLAlchemy is slow with one that stands twice."""

    values: Values | None = None

    @property
    def who(self) -> ColumnElement[Any]:
        return literal(self.values.who, Uuid()) if self.values else bindparam(f"{_PLACE}who", type_=Uuid())

    @property
    def today(self) -> ColumnElement[Any]:
        return literal(self.values.today, Date()) if self.values else bindparam(f"{_PLACE}today", type_=Date())

    @property
    def case(self) -> ColumnElement[Any]:
        return literal(self.values.case, Uuid()) if self.values else bindparam(f"{_PLACE}case", type_=Uuid())


#: Asked of a model or an alias of it: which of its rows are seen.
Condition = Callable[[Any], ColumnElement[bool]]


def live_member(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The condition that a row of case_member counts today."""
    return (
        _member.c.ended_at.is_(None)
        & _member.c.paused_at.is_(None)
        & or_(_member.c.ends_on.is_(None), _member.c.ends_on >= today)
    )


def visible_cases(kind: AccountKind | None, values: Values) -> Select[Any]:
    """The sub-query of the cases somebody stands in today, by the kind of account they came in with."""
    return _visible_cases(kind, _At(values))


def _visible_cases(kind: AccountKind | None, at: _At) -> Select[Any]:
    mine = select(_member.c.case_id).where(_member.c.person_id == at.who, live_member(at.today))
    if kind is AccountKind.CLIENT:
        return mine.where(_member.c.role == Role.CLIENT.value)
    if kind is AccountKind.SUPPORTER:
        return mine.where(_member.c.role == Role.SUPPORTER.value)
    if kind is not AccountKind.STAFF:
        return select(_case.c.id).where(false())
    working = mine.where(_member.c.role.in_([role.value for role in STAFF_ROLES]))
    teams = select(_team_member.c.team_id).where(_team_member.c.person_id == at.who)
    programmes = select(_post.c.programme_id).where(_post.c.person_id == at.who, _post.c.post == Post.SUPERVISOR.value)
    return select(_case.c.id).where(
        or_(_case.c.id.in_(working), _case.c.team_id.in_(teams), _case.c.programme_id.in_(programmes))
    )


def _members(shape: Shape, at: _At) -> Select[Any]:
    """The people who stand in the cases that are seen. One supporter does not see another."""
    others = _member.c.role != Role.SUPPORTER.value
    if shape.one_case:
        members = select(_member.c.person_id).where(_member.c.case_id == at.case)
        return members if shape.lent is None else members.where(or_(others, _member.c.person_id == at.who))
    members = select(_member.c.person_id).where(_member.c.case_id.in_(_visible_cases(shape.kind, at)))
    return members if shape.kind in {AccountKind.STAFF, AccountKind.CLIENT} else members.where(others)


def _cases(shape: Shape, at: _At) -> Condition:
    return lambda cls: cls.id == at.case if shape.one_case else cls.id.in_(_visible_cases(shape.kind, at))


def _people(shape: Shape, at: _At) -> Condition:
    """Oneself, those who stand in the cases that are seen, and staff."""
    return lambda cls: or_(cls.id == at.who, cls.id.in_(_members(shape, at)), cls.id.in_(select(_post.c.person_id)))


def _addresses(shape: Shape, at: _At) -> Condition:
    """Addresses of others are for staff who work with them."""
    if shape.kind is not AccountKind.STAFF:
        return lambda cls: cls.person_id == at.who
    return lambda cls: or_(cls.person_id == at.who, cls.person_id.in_(_members(shape, at)))


def _rows(shape: Shape, at: _At) -> Condition:
    """Rows of the cases that are seen."""
    if shape.one_case:
        return lambda cls: cls.case_id == at.case
    if shape.kind is AccountKind.STAFF or shape.kind is AccountKind.CLIENT:
        return lambda cls: cls.case_id.in_(_visible_cases(shape.kind, at))
    return lambda cls: cls.case_id.is_(None)  # what a supporter may see is known case by case only, see _lent


def _lent(powers: frozenset[Power], at: _At) -> Condition:
    def seen(cls: Any) -> ColumnElement[bool]:
        lent = cls.lent(powers, at.who)
        return false() if lent is None else (cls.case_id == at.case) & lent

    return seen


def bound_models() -> list[type[CaseBound]]:
    """Every mapped class whose rows belong to a case, always in the same order."""
    found = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, CaseBound)]
    return sorted(found, key=lambda model: model.__name__)


def criteria(shape: Shape, values: Values | None = None) -> list[Any]:
    """The loader criteria that narrow a statement: with these values in them, or else with places for some."""
    at = _At(values)
    if shape.lent is None:
        rows = [_only(CaseBound, _rows(shape, at))]
    else:
        powers, models = shape.lent
        rows = [_only(model, _lent(powers, at)) for model in models]
    return [
        *rows,
        _only(Case, _cases(shape, at)),
        _only(Person, _people(shape, at)),
        _only(PersonBound, _addresses(shape, at)),
    ]


_numbers = count()


def _only(model: Any, condition: Condition) -> Any:
    """The rows of a model, of the models that have a mixin, and of every alias of them, that meet a condition.

    SQLAlchemy asks a function anew for each alias, where it would not adapt an expression. It takes functions of one
    code for the same condition and would reuse what it compiled for the first: each gets a code of its own.
    """

    def asked(cls: Any) -> ColumnElement[bool]:
        return condition(cls)

    name = f"condition_{next(_numbers)}"
    own = FunctionType(asked.__code__.replace(co_name=name), asked.__globals__, name, closure=asked.__closure__)
    return with_loader_criteria(model, own, include_aliases=True, track_closure_variables=False)


_with_places = lru_cache(maxsize=256)(criteria)
#: Narrowed forms, by statement and shape. Narrowing a statement, and finding the compiled form of the outcome, costs as
#: much as running it; a statement that is built anew for each request is forgotten with its caller.
_known: WeakKeyDictionary[Executable, dict[Shape, Executable]] = WeakKeyDictionary()


def narrowed(statement: Executable, shape: Shape) -> Executable:
    """This statement, narrowed to scopes of this shape. It takes `parameters`."""
    known = _known.setdefault(statement, {})
    if shape not in known:
        known[shape] = statement.options(*_with_places(shape))
    return known[shape]


def parameters(values: Values) -> dict[str, Any]:
    """What a narrowed statement's places are filled with."""
    return {f"{_PLACE}{name}": value for name, value in zip(Values._fields, values, strict=True)}
