"""One client's page: what goes on, what waits, who helps. Composed from what each feature tells of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal import clock
from portal.accounts import cards
from portal.accounts.models import Account, Card
from portal.cases.models import Case, CaseMember, ContactPoint, Person, ReviewItem
from portal.plans import queries as plans
from portal.plans.models import Goal, Lifecycle, Step, StepState, Visibility
from portal.plans.queries import GoalLine
from portal.referrals import words as referral_words
from portal.referrals.models import OPEN, Referral, Status
from portal.referrals.queries import FirstSession
from portal.roles import STAFF_ROLES, AccountKind, Role
from portal.strengths import queries as strengths
from portal.strengths.queries import Glance
from portal.supporters import queries as supporters
from portal.supporters.queries import Grant
from portal.web.waiting import Wait
from portal.work import Work

#: How many steps and referrals one page has room for; each has a page of its own.
_MOST = 8


@dataclass(frozen=True, slots=True)
class DueStep:
    """An open step, and whether its day has passed."""

    text: str
    goal_id: UUID
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A referral that goes on, and for how many days nobody has told anything about it."""

    id: UUID
    name: str
    says: str
    days_silent: int
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """How the client gets in: their number, whether a card works, when they were last here."""

    number: str
    card_issued_at: datetime | None
    last_signed_in_at: datetime | None
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class OnCase:
    """Somebody who works on the case."""

    member_id: UUID
    person_id: UUID
    name: str
    role: Role
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """Everything the page shows."""

    case: Case
    wait: Wait | None
    to_answer: int
    goals: Sequence[GoalLine]
    private_goals: int
    steps: Sequence[DueStep]
    strengths: Glance
    places: Sequence[Place]
    first_session: FirstSession | None
    supporters: Sequence[Grant]
    sign_in: SignIn | None
    staff: Sequence[OnCase]
    shares_contact: bool
    review_late: bool


def client_page(work: Work, case: Case) -> ClientPage:
    """One client, as those who work with them see it."""
    facts = _facts(work, case)
    return ClientPage(
        case=case,
        wait=Wait.since(work, case.waiting_since, case.profile.reply_working_days) if case.waiting_since else None,
        to_answer=facts.to_answer,
        goals=plans.goal_lines(work, case, (Lifecycle.ACTIVE, Lifecycle.PAUSED, Lifecycle.DRAFT)),
        private_goals=facts.private_goals,
        steps=_steps(work, case),
        strengths=strengths.glance(work, case),
        places=_places(work, case),
        first_session=_first_session(case, facts.first_session),
        supporters=[grant for grant in supporters.grants(work, case) if grant.state.value != "ended"],
        sign_in=_sign_in(facts),
        staff=staff_of(work, case),
        shares_contact=facts.shares_contact,
        review_late=not case.is_closed and case.review_due_on is not None and case.review_due_on <= work.today,
    )


def staff_of(work: Work, case: Case) -> list[OnCase]:
    """Who works on the case today, the first one first."""
    wanted = (
        select(CaseMember, Person.name)
        .join(Person, Person.id == CaseMember.person_id)
        .where(CaseMember.case_id == case.id, CaseMember.role.in_(STAFF_ROLES), CaseMember.ended_at.is_(None))
        .order_by(CaseMember.started_at, CaseMember.id)
    )
    found: Any = work.session.execute(wanted)
    return [
        OnCase(member.id, member.person_id, name, member.role, member.ends_on)
        for member, name in found
        if member.is_live(work.today)
    ]


def sign_in_of(work: Work, case: Case) -> SignIn | None:
    """How the client gets in; None when they have no account."""
    return _sign_in(_facts(work, case))


def shares_contact(work: Work, case: Case) -> bool:
    """Whether the client's phone or email is also a supporter's: then it may not be theirs alone (SECURITY, D3)."""
    return bool(_facts(work, case).shares_contact)


def _sign_in(facts: Any) -> SignIn | None:
    if facts.sign_in_name is None:
        return None
    number = cards.grouped(facts.sign_in_name)
    return SignIn(number, facts.issued, facts.last_signed_in_at, facts.disabled_at is not None)


def _first_session(case: Case, offered: int) -> FirstSession | None:
    wanted = case.profile.first_session_referrals
    return FirstSession(wanted, offered) if wanted else None


def _facts(work: Work, case: Case) -> Any:
    """Small facts in one query: counts, whether a contact is shared, and how the client gets in."""
    point, other = aliased(ContactPoint), aliased(ContactPoint)
    waits = select(func.count(ReviewItem.id)).where(ReviewItem.case_id == case.id, ReviewItem.answered_at.is_(None))
    private = select(func.count(Goal.id)).where(Goal.case_id == case.id, Goal.visibility == Visibility.PRIVATE)
    first = select(func.count(Referral.id)).where(
        Referral.case_id == case.id,
        Referral.first_session.is_(True),
        Referral.status.not_in((Status.DRAFT, Status.VOID)),
    )
    issued = select(func.max(Card.issued_at)).where(Card.account_id == Account.id, Card.ended_at.is_(None))
    shared = exists().where(
        point.person_id == case.client_id,
        point.value_hash == other.value_hash,
        other.person_id == CaseMember.person_id,
        CaseMember.role == Role.SUPPORTER,
        CaseMember.person_id != case.client_id,
    )
    own = and_(Account.person_id == Case.client_id, Account.kind == AccountKind.CLIENT)
    wanted = (
        select(
            waits.scalar_subquery().label("to_answer"),
            private.scalar_subquery().label("private_goals"),
            first.scalar_subquery().label("first_session"),
            shared.label("shares_contact"),
            issued.correlate(Account).scalar_subquery().label("issued"),
            Account.sign_in_name,
            Account.last_signed_in_at,
            Account.disabled_at,
        )
        .select_from(Case)
        .outerjoin(Account, own)
        .where(Case.id == case.id)
    )
    return work.session.execute(wanted).one()


def _steps(work: Work, case: Case) -> list[DueStep]:
    """Open steps with a day, the first due first. Those of private goals are not staff's to see."""
    wanted = (
        select(Step.text, Step.goal_id, Step.due_on)
        .join(Goal, Goal.id == Step.goal_id)
        .where(
            Step.case_id == case.id,
            Step.is_private.is_(False),
            Step.due_on.is_not(None),
            or_(Step.state == StepState.TODO, Step.state == StepState.DOING),
            Goal.lifecycle == Lifecycle.ACTIVE,
        )
        .order_by(Step.due_on, Step.id)
        .limit(_MOST)
    )
    return [
        DueStep(text, goal_id, due_on, due_on < work.today)
        for text, goal_id, due_on in work.session.execute(wanted)
        if due_on is not None
    ]


def _places(work: Work, case: Case) -> list[Place]:
    """Referrals that go on, the longest silent first."""
    wanted = (
        select(Referral)
        .where(Referral.case_id == case.id, Referral.status.in_(OPEN))
        .order_by(Referral.quiet_from.is_(None), Referral.quiet_from, Referral.created_at, Referral.id)
        .limit(_MOST)
    )
    return [_place(work, case, referral) for referral in work.session.scalars(wanted)]


def _place(work: Work, case: Case, referral: Referral) -> Place:
    quiet = referral.quiet_from
    silent = (work.today - clock.local_date(quiet, work.zone)).days if quiet is not None else 0
    days = (work.today - clock.local_date(referral.last_news_at, work.zone)).days
    is_quiet = quiet is not None and silent >= case.profile.nudges.staff
    return Place(referral.id, referral.place, referral_words.says(referral, to_client=False), days, is_quiet)
