"""What a supporter meets: whom they help, what one client lends them, and the same seen by the client beforehand."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.access.actor import Actor, Standing
from portal.cases.models import Case, CaseMember, Person
from portal.messages import queries as messages
from portal.plans import queries as plans
from portal.plans.queries.supporting import SharedGoal
from portal.referrals import queries as referrals
from portal.roles import AccountKind, Power, Role
from portal.supporters.models import SupportInvite, Terms
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class Shared:
    """One client's things as one supporter sees them. An empty part looks the same, whatever the client keeps back."""

    lends: frozenset[str]
    dates: list[referrals.SharedDate]
    goals: list[SharedGoal]
    steps: list[plans.StepRow]
    has_answer: bool


def helped(work: Work) -> list[Case]:
    """The open cases this supporter may look at today."""
    wanted = select(Case).where(Case.closed_on.is_(None)).order_by(Case.opened_on, Case.id)
    return list(work.session.scalars(wanted))


def shared(work: Work, case: Case) -> Shared:
    """What this supporter may see and do in this case today."""
    standing = work.standing(case)
    powers = standing.powers if standing is not None else frozenset[Power]()
    own = plans.goals_for_supporter(work, case)
    talks = messages.conversations(work, case) if Power.MESSAGE_WORKER in powers else []
    return Shared(
        lends=frozenset(power.value for power in powers),
        dates=referrals.shared_dates(work, case),
        goals=own.goals,
        steps=own.steps,
        has_answer=any(talk.to_read and talk.by_staff for talk in talks),
    )


def seen_as(work: Work, case: Case, person_id: UUID, name: str, terms: Terms) -> Work:
    """The same work through a supporter's eyes, to look only: their scope, their powers.

    Args:
        work: the client's own, read-only.
        case: theirs.
        person_id: the supporter.
        name: what they are called.
        terms: what they are lent, or would be.
    """
    actor = Actor(person_id, name, AccountKind.SUPPORTER, work.actor.language, work.actor.zone)
    standing = Standing(Role.SUPPORTER, case.profile, terms.powers, until=terms.ends_on)
    return replace(work, actor=actor).narrowed(case.id, standing)


def as_supporter(work: Work, case: Case, member: CaseMember) -> Work:
    """The case as this supporter sees it, or would without the pause.

    Raises:
        NotFound: the row is no supporter's, or the grant was stopped.
    """
    if member.role is not Role.SUPPORTER or member.ended_at is not None:
        raise NotFound(CaseMember.__name__)
    person = work.session.get(Person, member.person_id)
    terms = Terms(frozenset(map(Power, member.powers)), member.ends_on or date.max)
    return seen_as(work, case, member.person_id, person.name if person else "", terms)


def as_invited(work: Work, case: Case, invite: SupportInvite) -> Work:
    """The case as whoever takes this invitation will see it.

    Raises:
        NotFound: it was used or taken back.
    """
    if invite.used_at is not None or invite.cancelled_at is not None:
        raise NotFound(SupportInvite.__name__)
    return seen_as(work, case, uuid4(), invite.name, invite.terms)
