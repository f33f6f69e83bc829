"""What a supervisor sees of their programmes. The first page names no client; small groups are hidden (DOMAIN 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from portal.accounts.models import Account
from portal.cases.capacity import Capacity
from portal.cases.models import Case, CaseMember, Person, Programme, StaffPost
from portal.plans.models import DoerKind, ResourceKind, Step, StepState
from portal.profiles import registry
from portal.referrals.models import LABELS, REASONS, Referral, Status
from portal.referrals.models.states import NOT_ABOUT_THE_PLACE
from portal.referrals.queries import Rate, Rates, Watch, gone_quiet, rates_by
from portal.roles import STAFF_ROLES, AccountKind, Post, Role
from portal.web.waiting import Wait, late_before
from portal.work import Work

#: A cell of a report about fewer clients than this is hidden: they could be known again.
FEWEST: Final = 5
#: How many rows a list shows.
MOST: Final = 200


class Overdue(StrEnum):
    """What can be late."""

    WAITING = "waiting"
    QUIET = "quiet"
    REVIEW = "review"
    NOBODY = "nobody"


@dataclass(slots=True)
class Worker:
    """One case manager: how full their caseload is and what is late in it."""

    person_id: UUID
    name: str
    counts: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    quiet: int = 0
    review: int = 0

    @property
    def capacity(self) -> Capacity:
        """How much of their capacity their clients take."""
        return Capacity.of(self.counts)


@dataclass(frozen=True, slots=True)
class Shown:
    """A share as it may be shown: None when it is about too few clients, or about none."""

    rate: Rate | None

    @classmethod
    def of(cls, rate: Rate, clients: int) -> "Shown":
        """The share, unless its group is too small."""
        return cls(rate if clients >= FEWEST and rate.whole else None)


@dataclass(frozen=True, slots=True)
class Group:
    """Both shares of the clients who speak one language."""

    language: str
    known_outcome: Shown
    linkage: Shown


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One reason why places did not work out: how often, or None where that is about too few clients."""

    reason: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The supervisor's first page."""

    programmes: Sequence[str]
    workers: Sequence[Worker]
    overdue: dict[Overdue, int]
    known_outcome: Shown
    linkage: Shown
    by_language: Sequence[Group]
    in_the_way: Sequence[InTheWay]
    natural_share: Shown


@dataclass(frozen=True, slots=True)
class Late:
    """One case of a list of what is late."""

    case_id: UUID
    name: str
    model: str
    wait: Wait | None
    silent_since: datetime | None
    review_due_on: date | None


def overview(work: Work) -> Overview:
    """The programmes of this supervisor, in eight queries."""
    rates = rates_by(work, Person.language, _supervised(work))
    return Overview(
        programmes=_programmes(work),
        workers=_workers(work),
        overdue=_overdue(work),
        known_outcome=Shown.of(*_sum(rates, "known_outcome", "known_clients")),
        linkage=Shown.of(*_sum(rates, "linkage", "linkage_clients")),
        by_language=[
            Group(
                language,
                Shown.of(found.known_outcome, found.known_clients),
                Shown.of(found.linkage, found.linkage_clients),
            )
            for language, found in rates.items()
        ],
        in_the_way=_in_the_way(work),
        natural_share=_natural_share(work),
    )


def late_cases(work: Work, what: Overdue) -> list[Late]:
    """The cases in which this is late, the longest first; the list says who they are."""
    wanted = (
        select(
            Case.id, Person.name, Case.profile_key, Case.waiting_since, Case.silent_since, Case.review_due_on
        )
        .join(Person, Person.id == Case.client_id)
        .where(_supervised(work), Case.closed_on.is_(None), _is_late(work, what))
        .order_by(*_longest_first(what), Case.id)
        .limit(MOST)
    )  # fmt: skip
    return [_late(work, row) for row in work.session.execute(wanted)]


def _late(work: Work, row: Any) -> Late:
    profile = registry.by_key(row.profile_key)
    wait = Wait.since(work, row.waiting_since, profile.reply_working_days) if row.waiting_since is not None else None
    return Late(row.id, row.name, str(profile.name), wait, row.silent_since, row.review_due_on)


def _supervised(work: Work) -> ColumnElement[bool]:
    return Case.programme_id.in_(work.actor.programmes(Post.SUPERVISOR))


def _is_late(work: Work, what: Overdue) -> ColumnElement[bool]:
    """The condition on an open case that this is late, by its own profile's days."""
    if what is Overdue.WAITING:
        promised = ((profile.key, late_before(work, profile.reply_working_days)) for profile in registry.ALL)
        return or_(*(and_(Case.profile_key == key, Case.waiting_since < before) for key, before in promised))
    if what is Overdue.QUIET:
        return gone_quiet(work, Watch.SUPERVISOR, Case.silent_since)
    if what is Overdue.REVIEW:
        return Case.review_due_on < work.today
    here = exists().where(
        CaseMember.case_id == Case.id,
        _working(work),
        Account.person_id == CaseMember.person_id,
        Account.kind == AccountKind.STAFF,
        Account.disabled_at.is_(None),
    )
    return and_(Case.team_id.is_(None), ~here)


def _longest_first(what: Overdue) -> tuple[Any, ...]:
    columns: dict[Overdue, Any] = {
        Overdue.WAITING: Case.waiting_since,
        Overdue.QUIET: Case.silent_since,
        Overdue.REVIEW: Case.review_due_on,
    }
    return (columns.get(what, Case.opened_on),)


def _working(work: Work) -> ColumnElement[bool]:
    return and_(
        CaseMember.role.in_(STAFF_ROLES),
        CaseMember.ended_at.is_(None),
        or_(CaseMember.ends_on.is_(None), CaseMember.ends_on >= work.today),
    )


def _programmes(work: Work) -> list[str]:
    wanted = (
        select(Programme.name)
        .where(Programme.id.in_(work.actor.programmes(Post.SUPERVISOR)))
        .order_by(Programme.name, Programme.id)
    )
    return list(work.session.scalars(wanted))


def _workers(work: Work) -> list[Worker]:
    """Everybody who works in these programmes, the fullest caseload first."""
    posts = select(StaffPost.person_id).where(
        StaffPost.programme_id.in_(work.actor.programmes(Post.SUPERVISOR)), StaffPost.post == Post.CASE_MANAGER
    )
    people = select(Person.id, Person.name).where(Person.id.in_(posts)).order_by(Person.id)
    workers = {person_id: Worker(person_id, name) for person_id, name in work.session.execute(people)}
    for row in work.session.execute(_caseloads(work)):
        worker = workers.setdefault(row.person_id, Worker(row.person_id, row.name))
        worker.counts |= {row.profile_key: row.clients}
        worker.waiting, worker.review = worker.waiting + row.waiting, worker.review + row.review
    for person_id, count in work.session.execute(_quiet(work)):
        if person_id in workers:
            workers[person_id].quiet = count
    return sorted(workers.values(), key=lambda worker: (-worker.capacity.percent, worker.name, worker.person_id))


def _caseloads(work: Work) -> Any:
    def how_many(condition: ColumnElement[bool]) -> Any:
        return func.count(case((condition, Case.id)).distinct())

    return (
        select(
            CaseMember.person_id,
            Person.name,
            Case.profile_key,
            func.count(Case.id.distinct()).label("clients"),
            how_many(_is_late(work, Overdue.WAITING)).label("waiting"),
            how_many(_is_late(work, Overdue.REVIEW)).label("review"),
        )
        .join(Case, Case.id == CaseMember.case_id)
        .join(Person, Person.id == CaseMember.person_id)
        .where(_supervised(work), Case.closed_on.is_(None), CaseMember.role == Role.CASE_MANAGER, _working(work))
        .group_by(CaseMember.person_id, Person.name, Case.profile_key)
        .order_by(CaseMember.person_id, Case.profile_key)
    )


def _quiet(work: Work) -> Any:
    return (
        select(CaseMember.person_id, func.count(Referral.id.distinct()))
        .join(Case, Case.id == CaseMember.case_id)
        .join(Referral, Referral.case_id == Case.id)
        .where(
            _supervised(work),
            Case.closed_on.is_(None),
            CaseMember.role == Role.CASE_MANAGER,
            _working(work),
            Referral.quiet_from.is_not(None),
            gone_quiet(work, Watch.SUPERVISOR),
        )
        .group_by(CaseMember.person_id)
        .order_by(CaseMember.person_id)
    )


def _overdue(work: Work) -> dict[Overdue, int]:
    """How many cases are late in each way; for places, how many referrals."""
    open_cases = and_(_supervised(work), Case.closed_on.is_(None))
    counts: dict[Overdue, Any] = {
        what: select(func.count(Case.id)).where(open_cases, _is_late(work, what)).scalar_subquery() for what in Overdue
    }
    counts[Overdue.QUIET] = (
        select(func.count(Referral.id))
        .join(Case, Case.id == Referral.case_id)
        .where(open_cases, Referral.quiet_from.is_not(None), gone_quiet(work, Watch.SUPERVISOR))
        .scalar_subquery()
    )
    found = work.session.execute(select(*counts.values())).one()
    return dict(zip(counts, found, strict=True))


def _in_the_way(work: Work) -> list[InTheWay]:
    """Why places did not lead to help, the commonest first; what the client decided for themselves is none of it."""
    wanted = (
        select(Referral.status, Referral.closure_reason, func.count(Referral.id), func.count(Case.id.distinct()))
        .join(Case, Case.id == Referral.case_id)
        .where(_supervised(work), Referral.status.in_((Status.THEY_SAID_NO, Status.CLOSED_OTHER)))
        .group_by(Referral.status, Referral.closure_reason)
    )
    found = []
    for status, reason, count, clients in work.session.execute(wanted):
        if reason not in NOT_ABOUT_THE_PLACE:
            said = REASONS[reason] if status is Status.CLOSED_OTHER and reason else LABELS[Status.THEY_SAID_NO]
            found.append((count if clients >= FEWEST else None, str(said)))
    return [InTheWay(said, count) for count, said in sorted(found, key=lambda one: (-(one[0] or 0), one[1]))]


def _natural_share(work: Work) -> Shown:
    """Steps that name somebody or some place from the client's own life, of those that name any (DOMAIN 3)."""
    natural = or_(Step.doer == DoerKind.SUPPORTER, Step.resource_kind == ResourceKind.NATURAL)
    named = or_(Step.doer == DoerKind.SUPPORTER, Step.resource_kind != ResourceKind.NONE)
    wanted = (
        select(func.sum(case((natural, 1), else_=0)), func.count(Step.id), func.count(Step.case_id.distinct()))
        .join(Case, Case.id == Step.case_id)
        .where(
            _supervised(work),
            named,
            Step.state.in_([state for state in StepState if state.counts]),
            Step.is_private.is_(False),
        )
    )
    some, whole, clients = work.session.execute(wanted).one()
    return Shown.of(Rate(int(some or 0), int(whole)), clients)


def _sum(rates: dict[str, Rates], share: str, clients: str) -> tuple[Rate, int]:
    every: list[Rate] = [getattr(found, share) for found in rates.values()]
    whole = Rate(sum(rate.part for rate in every), sum(rate.whole for rate in every))
    return whole, sum(getattr(found, clients) for found in rates.values())
