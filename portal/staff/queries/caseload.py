"""Everyone a member of staff works with, who waits longest first. Three queries, however many clients there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, bindparam, func, literal, or_, select, tuple_
from sqlalchemy import case as when

from portal.cases.models import Case, CaseMember, Person, ReviewItem, ReviewKind, ReviewReason, TeamMember
from portal.db import Moment
from portal.messages.models import Message
from portal.profiles import registry
from portal.referrals.models import Referral
from portal.referrals.queries import Watch, gone_quiet
from portal.roles import STAFF_ROLES
from portal.web.waiting import Wait
from portal.work import Work

#: How many clients one page shows.
PAGE = 100
_NEVER, _NO_DAY = datetime(9999, 1, 1, tzinfo=UTC), date(9999, 1, 1)


class Show(StrEnum):
    """Which clients are shown."""

    ALL = "all"
    WAITING = "waiting"
    QUIET = "quiet"
    REVIEW = "review"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One client of the caseload."""

    case_id: UUID
    name: str
    model: str
    wait: Wait | None
    messages: int
    words: int
    quiet: int
    review_due_on: date | None
    review_late: bool
    #: Why a review is due, where it is not just time.
    review_reason: str
    last_contact_at: datetime | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of it, and the case to ask for more by."""

    rows: Sequence[Row]
    more_after: UUID | None


_MEMBER = select(CaseMember.case_id).where(
    CaseMember.person_id == bindparam("me"),
    CaseMember.role.in_(STAFF_ROLES),
    CaseMember.ended_at.is_(None),
    CaseMember.paused_at.is_(None),
    or_(CaseMember.ends_on.is_(None), CaseMember.ends_on >= bindparam("today")),
)
_TEAMS = select(TeamMember.team_id).where(TeamMember.person_id == bindparam("me"))
#: The condition that somebody (`me`), or a team they are in, works on a case `today`; not merely supervises it.
WORKED_WITH = or_(Case.id.in_(_MEMBER), Case.team_id.in_(_TEAMS))
#: Built once, as all of the caseload that is read often: making a statement costs as much as running it.
_CASES = (
    select(
        Case.id,
        Person.name,
        Case.profile_key,
        Case.waiting_since,
        Case.review_due_on,
        Case.review_reason,
        Case.last_contact_at,
        Case.closed_on,
    )
    .join(Person, Person.id == Case.client_id)
    .limit(PAGE + 1)
)
_LONGEST_FIRST = (
    func.coalesce(Case.waiting_since, literal(_NEVER, Moment())),
    func.coalesce(Case.silent_since, literal(_NEVER, Moment())),
    func.coalesce(Case.review_due_on, literal(_NO_DAY, Date())),
    Case.id,
)


def caseload(work: Work, show: Show = Show.ALL, *, everyone: bool = False, after: UUID | None = None) -> Caseload:
    """The clients, who waits longest first; of closed cases the newest first.

    Args:
        work: the unit of work.
        show: which clients.
        everyone: every case the actor may see, not only those they work with.
        after: the last case of the page before.

    Raises:
        NotFound: there is no such case.
    """
    wanted = _sorted(show, everyone=everyone)
    if show is Show.QUIET:
        wanted = wanted.where(gone_quiet(work, Watch.STAFF, Case.silent_since))
    if after is not None:
        wanted = wanted.where(_after(work.get(Case, after), show))
    found = work.session.execute(wanted, {"me": work.actor.id, "today": work.today}).all()
    page = found[:PAGE]
    ids = [row.id for row in page]
    messages, words = _unanswered(work, ids)
    quiet = _quiet(work, ids)
    return Caseload(
        [_row(work, row, messages.get(row.id, 0), words.get(row.id, 0), quiet.get(row.id, 0)) for row in page],
        page[-1].id if len(found) > PAGE else None,
    )


@cache
def _sorted(show: Show, *, everyone: bool) -> Select[Any]:
    """The cases of `me` that are shown `today`, in their order. Which have gone quiet is asked by the caller."""
    whose = cast(Select[Any], _CASES if everyone else _CASES.where(WORKED_WITH))
    if show is Show.CLOSED:
        return whose.where(Case.closed_on.is_not(None)).order_by(Case.closed_on.desc(), Case.id.desc())
    wanted = whose.where(Case.closed_on.is_(None)).order_by(*_LONGEST_FIRST)
    if show is Show.WAITING:
        return wanted.where(Case.waiting_since.is_not(None))
    return wanted.where(Case.review_due_on <= bindparam("today")) if show is Show.REVIEW else wanted


def _after(edge: Case, show: Show) -> ColumnElement[bool]:
    if show is Show.CLOSED:
        return tuple_(Case.closed_on, Case.id) < tuple_(literal(edge.closed_on), literal(edge.id))
    return tuple_(*_LONGEST_FIRST) > tuple_(
        literal(edge.waiting_since or _NEVER, Moment()),
        literal(edge.silent_since or _NEVER, Moment()),
        literal(edge.review_due_on or _NO_DAY, Date()),
        literal(edge.id),
    )


_MESSAGES = (
    select(func.count(Message.id))
    .where(
        Message.thread_id == ReviewItem.subject_id,
        Message.sent_at >= ReviewItem.asked_at,
        Message.role.not_in(STAFF_ROLES),
    )
    .correlate(ReviewItem)
    .scalar_subquery()
)
_UNANSWERED = (
    select(
        ReviewItem.case_id,
        func.sum(when((ReviewItem.kind == ReviewKind.MESSAGE, _MESSAGES), else_=0)),
        func.sum(when((ReviewItem.kind == ReviewKind.MESSAGE, 0), else_=1)),
    )
    .where(ReviewItem.case_id.in_(bindparam("cases", expanding=True)), ReviewItem.answered_at.is_(None))
    .group_by(ReviewItem.case_id)
    .order_by(ReviewItem.case_id)
)


def _unanswered(work: Work, ids: Sequence[UUID]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """By case, how many messages and how many other new words wait for an answer."""
    written: dict[UUID, int] = {}
    words: dict[UUID, int] = {}
    for case_id, count, others in work.session.execute(_UNANSWERED, {"cases": ids}):
        written[case_id], words[case_id] = count, others
    return written, words


def _quiet(work: Work, ids: Sequence[UUID]) -> dict[UUID, int]:
    wanted = (
        select(Referral.case_id, func.count(Referral.id))
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.case_id.in_(ids), Referral.quiet_from.is_not(None), gone_quiet(work, Watch.STAFF))
        .group_by(Referral.case_id)
        .order_by(Referral.case_id)
    )
    return dict(work.session.execute(wanted).all())


def _row(work: Work, row: Any, messages: int, words: int, quiet: int) -> Row:
    profile = registry.by_key(row.profile_key)
    waiting: datetime | None = row.waiting_since
    return Row(
        case_id=row.id,
        name=row.name,
        model=str(profile.name),
        wait=Wait.since(work, waiting, profile.reply_working_days) if waiting is not None else None,
        messages=messages,
        words=words,
        quiet=quiet,
        review_due_on=row.review_due_on,
        review_reason=_why(row.review_reason),
        review_late=row.closed_on is None and row.review_due_on is not None and row.review_due_on <= work.today,
        last_contact_at=row.last_contact_at,
        closed_on=row.closed_on,
    )


def _why(reason: ReviewReason | None) -> str:
    return str(reason.label) if reason is not None and reason is not ReviewReason.TIME else ""
