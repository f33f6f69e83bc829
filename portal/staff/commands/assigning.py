"""Who works on a case: a supervisor adds colleagues, for good or as cover, and lets them go. The client is told."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal import i18n
from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember
from portal.i18n import _
from portal.messages import commands as messages
from portal.roles import STAFF_ROLES, Post, Role
from portal.staff import choices
from portal.staff.refusals import NobodyChosen, NobodyLeft, WorksHereAlready
from portal.work import NotAllowed, NotFound, Work


def add_worker(work: Work, case: Case, person_id: UUID, *, words: str = "", until: date | None = None) -> CaseMember:
    """Let a case manager of the programme work on this case, and tell the client who it is.

    Args:
        work: the unit of work.
        case: the case.
        person_id: the case manager.
        words: the message to the client, who can answer it and ask for somebody else; a short one of ours when empty.
        until: their last day, for cover; None for good.

    Raises:
        NotAllowed: the actor does not supervise this programme.
        NobodyChosen, WorksHereAlready: this colleague cannot be added.
        Refused: the message cannot be sent.
    """
    _supervises(work, case)
    name = dict(choices.colleagues(work, [case.programme_id])).get(person_id)
    if name is None:
        raise NobodyChosen
    if any(member.person_id == person_id for member in _live(work, case)):
        raise WorksHereAlready
    messages.send(work, case, words or _introduction(case, name, until))
    member = CaseMember(
        id=uuid4(), case_id=case.id, person_id=person_id, role=Role.CASE_MANAGER, started_at=work.now, ends_on=until
    )
    work.session.add(member)
    work.record(Event.MEMBER_ADDED, member, role=member.role.value, until=until.isoformat() if until else "")
    return member


def end_worker(work: Work, member: CaseMember, *, last_day: date | None = None) -> None:
    """Let a colleague's work on a case end: now, or after a day that the client has been told of.

    Raises:
        NotAllowed: the actor does not supervise this programme.
        NotFound: this is a client's or a supporter's row.
        NobodyLeft: nobody would work with the client then.
    """
    case = work.get(Case, member.case_id)
    _supervises(work, case)
    if member.role not in STAFF_ROLES or member.ended_at is not None:
        raise NotFound(CaseMember.__name__)
    others = [other for other in _live(work, case) if other.id != member.id and other.ends_on is None]
    if not others and case.team_id is None:
        raise NobodyLeft
    if last_day is not None and last_day > work.today:
        member.ends_on = last_day
    else:
        member.ended_at = work.now
    work.record(Event.MEMBER_ENDED, member, role=member.role.value, last_day=(last_day or work.today).isoformat())


def _introduction(case: Case, name: str, until: date | None) -> str:
    """Who joins, in the client's language."""
    with i18n.speaking(case.client.language):
        if until is not None:
            return _(
                "Hello! %(name)s stands in for your case manager until %(day)s and can read your pages."
                " Would you like somebody else? Then write to us here.",
                name=name,
                day=i18n.long_day(until),
            )
        return _(
            "Hello! %(name)s joins the people who work with you and can read your pages."
            " Would you like somebody else? Then write to us here.",
            name=name,
        )


def _supervises(work: Work, case: Case) -> None:
    if case.programme_id not in work.actor.programmes(Post.SUPERVISOR):
        raise NotAllowed(Action.CASE_ASSIGN, case.id)


def _live(work: Work, case: Case) -> list[CaseMember]:
    wanted = select(CaseMember).where(CaseMember.case_id == case.id, CaseMember.role.in_(STAFF_ROLES))
    members = work.session.scalars(wanted.order_by(CaseMember.started_at, CaseMember.id))
    return [member for member in members if member.is_live(work.today)]
