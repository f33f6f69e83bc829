"""How well referrals lead to help, over the cases the actor sees. Definitions: DOMAIN 3."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select

from portal.cases.models import Case, Person
from portal.referrals.models import FINAL, Referral, Status
from portal.referrals.models.states import NOT_ABOUT_THE_PLACE
from portal.work import Work

#: A referral accepted so long ago is expected to have ended.
EXPECTED_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share: so many of so many. A report leaves out cells with fewer than five clients."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole percent; None when there is nothing to count."""
        return None if self.whole == 0 else round(100 * self.part / self.whole)


@dataclass(frozen=True, slots=True)
class Rates:
    """Both shares of one group, and how many clients each is about."""

    known_outcome: Rate
    known_clients: int
    linkage: Rate
    linkage_clients: int


def linkage(work: Work, file: Case | None = None) -> Rate:
    """Of the referrals that ended for reasons of the place or of getting to it, those in which help was got.

    Args:
        work: the unit of work; its scope says which cases.
        file: count this case only.
    """
    return _rate(work, file, *_linked())


def known_outcome(work: Work, file: Case | None = None) -> Rate:
    """Of the referrals the client accepted at least 30 days ago, those that have ended.

    Args:
        work: the unit of work; its scope says which cases.
        file: count this case only.
    """
    return _rate(work, file, *_known(work))


def rates_by(work: Work, key: Any, which: ColumnElement[bool]) -> dict[Any, Rates]:
    """Both shares for a report, by a column of the client or of the case. One query.

    Args:
        work: the unit of work; its scope says which cases.
        key: a column of Person or Case to tell groups apart by.
        which: a condition on Case: which cases the report is about.
    """
    known, linked = _known(work), _linked()
    wanted = (
        select(key, *_counted(*known), *_counted(*linked))
        .select_from(Referral)
        .join(Case, Case.id == Referral.case_id)
        .join(Person, Person.id == Case.client_id)
        .where(which)
        .group_by(key)
        .order_by(key)
    )
    rows = ((row[0], [int(number or 0) for number in row[1:]]) for row in work.session.execute(wanted))
    return {group: Rates(Rate(n[0], n[1]), n[2], Rate(n[3], n[4]), n[5]) for group, n in rows}


def _counted(part: ColumnElement[bool], whole: ColumnElement[bool]) -> tuple[Any, ...]:
    """The part, the whole, and of how many clients."""
    return (
        func.sum(case((whole & part, 1), else_=0)),
        func.sum(case((whole, 1), else_=0)),
        func.count(case((whole, Referral.case_id)).distinct()),
    )


def _linked() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Help was got; of what ended for reasons of the place or of getting to it."""
    counted = or_(
        Referral.status.in_((Status.GOT_HELP, Status.THEY_SAID_NO)),
        (Referral.status == Status.CLOSED_OTHER) & Referral.closure_reason.not_in(tuple(NOT_ABOUT_THE_PLACE)),
    )
    return Referral.status == Status.GOT_HELP, counted


def _known(work: Work) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """It has ended; of what the client accepted at least 30 days ago."""
    day = work.today - EXPECTED_AFTER + timedelta(days=1)
    accepted = (Referral.accepted_at < datetime.combine(day, time(0), ZoneInfo(work.zone))) & (
        Referral.status != Status.VOID
    )
    return Referral.status.in_(tuple(FINAL)), accepted


def _rate(work: Work, file: Case | None, part: ColumnElement[bool], whole: ColumnElement[bool]) -> Rate:
    counted: Any = select(func.count(Referral.id), func.sum(case((part, 1), else_=0))).where(whole)
    if file is not None:
        counted = counted.where(Referral.case_id == file.id)
    total, some = work.session.execute(counted).one()
    return Rate(int(some or 0), int(total))
