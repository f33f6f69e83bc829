"""Coming in with a code. The one place that looks beyond its reader's scope: who holds a code stands nowhere yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from portal.access.actor import Actor, Standing
from portal.access.scope import Scope
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, Person
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.roles import AccountKind, Role
from portal.supporters import codes
from portal.supporters.models import InviteState, SupportInvite
from portal.work import Refused, Work


class CodeUnknown(Refused):
    """Wrong, used, cancelled or too old: one sentence for all of them, so that a guess learns nothing."""

    field = "code"
    says = _l("This code does not work. Ask the person who gave it to you for a new one.")


def works(work: Work, typed: str) -> bool:
    """Whether this code would let somebody in now. Tells nothing about whose case it is."""
    with _beyond_scope(work):
        return _open_invite(work, typed) is not None


def join(work: Work, person: Person, typed: str) -> UUID:
    """Let this person be the supporter that the code was made for. The client is told that something is new.

    Args:
        work: of the person themselves, or of nobody when their account has just been made.
        person: who comes; they have a supporter's account.
        typed: the code.

    Returns:
        the case they may now look at.

    Raises:
        CodeUnknown: it opens nothing.
    """
    with _beyond_scope(work):
        invite = _open_invite(work, typed)
        case = work.session.get(Case, invite.case_id) if invite is not None else None
        if invite is None or case is None or case.is_closed:
            raise CodeUnknown
        _end_earlier(work, invite.case_id, person.id)
        member = CaseMember(
            case_id=invite.case_id,
            person_id=person.id,
            role=Role.SUPPORTER,
            powers=list(invite.powers),
            relation=invite.relation,
            started_at=work.now,
            ends_on=invite.ends_on,
        )
        work.session.add(member)
        invite.use(person.id, work.now)
        work.session.flush()  # while the wider scope lasts: the row is new to a case its writer did not stand in
        standing = Standing(Role.SUPPORTER, case.profile, invite.terms.powers, until=invite.ends_on)
        theirs = replace(work, actor=Actor(person.id, person.name, AccountKind.SUPPORTER).at(case.id, standing))
        theirs.record(Event.SUPPORTER_JOINED, member, powers=member.powers)
        work.send(Notice.SOMETHING_NEW, to=case.client_id)
        return case.id


def _open_invite(work: Work, typed: str) -> SupportInvite | None:
    wanted = select(SupportInvite).where(SupportInvite.code_hash == codes.hash_of(work.session.key_ring, typed))
    # Of two who come with one code at the same moment, the second waits here and finds it used.
    invite = work.session.scalars(wanted.with_for_update()).first()
    if invite is None or invite.state(work.now) is not InviteState.WAITING or invite.ends_on < work.today:
        return None
    return invite


def _end_earlier(work: Work, case_id: UUID, person_id: UUID) -> None:
    """A new grant takes the place of one the same person still has in this case."""
    wanted = select(CaseMember).where(
        CaseMember.case_id == case_id,
        CaseMember.person_id == person_id,
        CaseMember.role == Role.SUPPORTER,
        CaseMember.ended_at.is_(None),
    )
    for member in work.session.scalars(wanted.order_by(CaseMember.id)).all():
        member.ended_at = work.now


@contextmanager
def _beyond_scope(work: Work) -> Iterator[None]:
    before = work.session.info["scope"]
    work.session.info["scope"] = Scope.every_case(because="an invitation is found by its code alone")
    try:
        yield
    finally:
        work.session.info["scope"] = before
