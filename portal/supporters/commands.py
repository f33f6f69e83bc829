"""Inviting a supporter, changing what they may do, pausing, stopping. A stop counts at the supporter's next request.

Nothing here sends a supporter anything: paused, over and stopped look alike to them (SECURITY D7).
"""

from uuid import uuid4

from sqlalchemy import func, select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember
from portal.i18n import _l
from portal.roles import Role
from portal.supporters import codes
from portal.supporters.models import (
    MOST,
    GrantState,
    InviteState,
    NotNow,
    SupporterStop,
    SupportInvite,
    Terms,
    TooMany,
)
from portal.work import NotFound, Refused, Work


class ReasonNeeded(Refused):
    """Staff do not stop somebody without saying why."""

    field = "reason"
    says = _l("Write why you stop this supporter.")


class EndNeeded(Refused):
    """A grant that ran out needs a new end before it goes on."""

    says = _l("The end day has passed. Choose a new one under “Change”.")


def draft_invite(work: Work, case: Case, name: str, terms: Terms) -> SupportInvite:
    """Prepare an invitation. Nobody can use it before its code is made.

    Raises:
        NothingLent, BadEnd, TooMany: it cannot be.
    """
    work.require(Action.POWER_LEND, case)
    invite = SupportInvite(id=uuid4(), case_id=case.id, created_at=work.now)
    invite.agree(name, terms, work.today)
    if _how_many(work, case) >= MOST:
        raise TooMany
    work.session.add(invite)
    _record(work, invite, InviteState.DRAFTED)
    return invite


def change_invite(work: Work, invite: SupportInvite, name: str, terms: Terms) -> None:
    """Change an invitation whose code has not been made.

    Raises:
        NothingLent, BadEnd: it cannot be so.
        NotNow: its code is out.
    """
    work.require(Action.POWER_LEND, invite)
    if invite.state(work.now) is not InviteState.DRAFTED:
        raise NotNow
    invite.agree(name, terms, work.today)
    _record(work, invite, InviteState.DRAFTED)


def make_code(work: Work, invite: SupportInvite) -> str:
    """The code to tell in person: shown once, kept as a hash. One made before stops working.

    Raises:
        NotNow: the invitation was used or cancelled.
        BadEnd: its end has come nearer than tomorrow while it lay there.
    """
    work.require(Action.POWER_LEND, invite)
    invite.terms.check(work.today)
    code = codes.make()
    invite.give(codes.hash_of(work.session.key_ring, code), work.now)
    _record(work, invite, InviteState.WAITING)
    return code


def cancel_invite(work: Work, invite: SupportInvite) -> None:
    """Take an invitation back; its code is dead.

    Raises:
        NotNow: it was used or cancelled before.
    """
    work.require(Action.POWER_LEND, invite)
    invite.cancel(work.now)
    _record(work, invite, InviteState.CANCELLED)


def lend(work: Work, member: CaseMember, terms: Terms) -> None:
    """Change what a supporter may see and do, and until when.

    Raises:
        NothingLent, BadEnd: it cannot be so.
        NotNow: the grant was stopped.
    """
    work.require(Action.POWER_LEND, _grant(member))
    if member.ended_at is not None:
        raise NotNow
    terms.check(work.today)
    member.powers, member.ends_on, member.relation = terms.stored, terms.ends_on, terms.relation
    work.record(Event.POWER_LENT, member, powers=terms.stored, until=terms.ends_on.isoformat())


def pause(work: Work, member: CaseMember) -> None:
    """Hold a grant back. Pausing twice is pausing."""
    work.require(Action.POWER_LEND, _grant(member))
    if GrantState.of(member, work.today) is GrantState.LIVE:
        member.paused_at = work.now
        work.record(Event.SUPPORTER_PAUSED, member)


def resume(work: Work, member: CaseMember) -> None:
    """Let a paused grant go on as it was.

    Raises:
        EndNeeded: its end has passed meanwhile.
        NotNow: it was stopped.
    """
    work.require(Action.POWER_LEND, _grant(member))
    state = GrantState.of(member, work.today)
    if state is GrantState.EXPIRED:
        raise EndNeeded
    if state is GrantState.ENDED:
        raise NotNow
    if state is GrantState.PAUSED:
        member.paused_at = None
        work.record(Event.SUPPORTER_RESUMED, member)


def stop(work: Work, member: CaseMember) -> None:
    """End a grant for good. Stopping twice is stopping."""
    work.require(Action.POWER_LEND, _grant(member))
    _end(work, member)


def stop_all(work: Work, case: Case) -> int:
    """End every grant and every open invitation of the case.

    Returns:
        how many people no longer see anything.
    """
    work.require(Action.POWER_LEND, case)
    grants = select(CaseMember).where(
        CaseMember.case_id == case.id, CaseMember.role == Role.SUPPORTER, CaseMember.ended_at.is_(None)
    )
    found = work.session.scalars(grants.order_by(CaseMember.started_at, CaseMember.id)).all()
    for member in found:
        _end(work, member)
    open_ones = select(SupportInvite).where(
        SupportInvite.case_id == case.id, SupportInvite.used_at.is_(None), SupportInvite.cancelled_at.is_(None)
    )
    for invite in work.session.scalars(open_ones.order_by(SupportInvite.created_at, SupportInvite.id)).all():
        cancel_invite(work, invite)
    return len(found)


def stop_by_staff(work: Work, member: CaseMember, reason: str) -> None:
    """End a grant as staff, with a reason that staff alone can read (SECURITY 35). Nobody is told by a notice.

    Raises:
        ReasonNeeded: none was given.
        NotNow: it was stopped before.
    """
    work.require(Action.SUPPORTER_STOP, _grant(member))
    if not reason.strip():
        raise ReasonNeeded
    if member.ended_at is not None:
        raise NotNow
    work.session.add(
        SupporterStop(
            case_id=member.case_id,
            member_id=member.id,
            reason=reason,
            stopped_by_id=work.actor.id,
            stopped_at=work.now,
        )
    )
    _end(work, member)


def _end(work: Work, member: CaseMember) -> None:
    if member.ended_at is None:
        member.ended_at = work.now
        work.record(Event.SUPPORTER_STOPPED, member)


def _record(work: Work, invite: SupportInvite, state: InviteState) -> None:
    until = invite.ends_on.isoformat()
    work.record(Event.SUPPORTER_INVITED, invite, state=state.value, powers=invite.powers, until=until)


def _grant(member: CaseMember) -> CaseMember:
    """The row, if it is a supporter's: the same table holds the case manager's.

    Raises:
        NotFound: it is not.
    """
    if member.role is not Role.SUPPORTER:
        raise NotFound(CaseMember.__name__)
    return member


def _how_many(work: Work, case: Case) -> int:
    grants = select(func.count(CaseMember.id)).where(
        CaseMember.case_id == case.id, CaseMember.role == Role.SUPPORTER, CaseMember.ended_at.is_(None)
    )
    invites = select(func.count(SupportInvite.id)).where(
        SupportInvite.case_id == case.id, SupportInvite.used_at.is_(None), SupportInvite.cancelled_at.is_(None)
    )
    return (work.session.scalar(grants) or 0) + (work.session.scalar(invites) or 0)
