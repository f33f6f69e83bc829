"""What staff can choose from when they open or hand over a case, and how full a caseload is."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.cases.capacity import Capacity
from portal.cases.models import Case, CaseMember, Person, Programme, StaffPost, Team
from portal.roles import AccountKind, Post, Role
from portal.work import Work

Choice = tuple[UUID, str]


def programmes(work: Work) -> Sequence[Choice]:
    """The open programmes in which the actor works or supervises."""
    own = work.actor.programmes(Post.CASE_MANAGER) | work.actor.programmes(Post.SUPERVISOR)
    wanted = (
        select(Programme.id, Programme.name)
        .where(Programme.id.in_(own), Programme.closed_at.is_(None))
        .order_by(Programme.name, Programme.id)
    )
    return list(work.session.execute(wanted))


def colleagues(work: Work, programme_ids: Collection[UUID]) -> Sequence[Choice]:
    """The case managers of these programmes who can sign in, by name."""
    wanted = (
        select(Person.id, Person.name)
        .join(StaffPost, StaffPost.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(
            StaffPost.post == Post.CASE_MANAGER,
            StaffPost.programme_id.in_(programme_ids),
            Account.kind == AccountKind.STAFF,
            Account.disabled_at.is_(None),
        )
        .order_by(Person.id)
    )
    found = dict(work.session.execute(wanted).all())
    return sorted(found.items(), key=lambda choice: (choice[1].casefold(), choice[0]))


def teams(work: Work, programme_ids: Collection[UUID]) -> Sequence[Choice]:
    """The teams of these programmes."""
    wanted = select(Team.id, Team.name).where(Team.programme_id.in_(programme_ids)).order_by(Team.name, Team.id)
    return list(work.session.execute(wanted))


def capacity(work: Work, person_id: UUID) -> Capacity:
    """How full a colleague's caseload is, as far as the actor sees it."""
    wanted = (
        select(Case.profile_key, func.count(Case.id.distinct()))
        .join(CaseMember, CaseMember.case_id == Case.id)
        .where(
            CaseMember.person_id == person_id,
            CaseMember.role == Role.CASE_MANAGER,
            CaseMember.ended_at.is_(None),
            Case.closed_on.is_(None),
        )
        .group_by(Case.profile_key)
        .order_by(Case.profile_key)
    )
    return Capacity.of(dict(work.session.execute(wanted).all()))
