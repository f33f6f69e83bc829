"""Opening a case: the person, their account, who works with them, and why in this way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from portal.accounts import commands as accounts
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ContactKind, Person
from portal.cases.offered import profiles_in_use
from portal.roles import Post, Role
from portal.staff import choices
from portal.staff.refusals import NotOffered
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach the client, and whether they called it safe. Nothing is safe unless they say so."""

    kind: ContactKind
    value: str
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is known when a case is opened.

    `suggested` is the model-selection helper's best offer and `fits` its scores, kept beside the choice so that an
    organisation can compare them later. Neither decides anything.
    """

    programme_id: UUID
    name: str
    language: str
    profile_key: str
    reason: str
    wish: str = ""
    worker_id: UUID | None = None
    team_id: UUID | None = None
    reach: tuple[Reach, ...] = ()
    suggested: str = ""
    fits: Mapping[str, int] | None = None


def open_case(work: Work, new: NewCase, *, allowed: Collection[str], country: str = "US") -> Case:
    """Open a case: a person with a client's account and nothing to sign in with yet, and those who work with them.

    Args:
        work: the unit of work.
        new: what is known.
        allowed: the profiles that the operator's settings allow; empty for all.
        country: where a phone number without a country code is.

    Raises:
        NotOffered: the programme, colleague, team or way of working is none the actor can choose.
        Refused: a phone number or an email address is none.
    """
    worker_id = _worker(work, new)
    _check(work, new, allowed)
    person = Person(id=uuid4(), name=new.name, language=new.language, created_at=work.now)
    work.session.add(person)
    work.session.flush()  # the case points to the person
    case = _case(work, new, person)
    for reach in new.reach:
        accounts.add_contact(work, person, reach.kind, reach.value, country=country, safe=reach.safe)
    accounts.create_client_account(work, person)
    work.record(Event.CASE_STARTED, case, programme=str(new.programme_id))
    work.record(
        Event.PROFILE_CHOSEN, case, chosen=new.profile_key, suggested=new.suggested, fits=dict(new.fits or {})
    )  # fmt: skip
    _join(work, case, person.id, Role.CLIENT)
    _join(work, case, worker_id, Role.CASE_MANAGER)
    return case


def _case(work: Work, new: NewCase, person: Person) -> Case:
    case = Case(
        id=uuid4(), programme_id=new.programme_id, client_id=person.id, team_id=new.team_id,
        profile_key=new.profile_key, reason=new.reason, wish=new.wish, opened_on=work.today, created_at=work.now,
    )  # fmt: skip
    case.review_due_on = work.today + timedelta(days=case.profile.review_every_days)
    work.session.add(case)
    work.opens(case)
    work.session.flush()  # its members point to it
    return case


def _join(work: Work, case: Case, person_id: UUID, role: Role) -> None:
    member = CaseMember(id=uuid4(), case_id=case.id, person_id=person_id, role=role, started_at=work.now)
    work.session.add(member)
    work.record(Event.MEMBER_ADDED, member, role=role.value)


def _check(work: Work, new: NewCase, allowed: Collection[str]) -> None:
    if new.programme_id not in {id_ for id_, _name in choices.programmes(work)}:
        raise NotOffered(field="programme")
    if new.profile_key not in {profile.key for profile in profiles_in_use(work.session, allowed)}:
        raise NotOffered(field="profile")
    if new.team_id is not None and new.team_id not in {id_ for id_, _name in choices.teams(work, [new.programme_id])}:
        raise NotOffered(field="team")


def _worker(work: Work, new: NewCase) -> UUID:
    """Who will work with the client: the actor, or for a supervisor any case manager of the programme."""
    wanted = new.worker_id or work.actor.id
    if wanted == work.actor.id:
        return wanted
    known = {id_ for id_, _name in choices.colleagues(work, [new.programme_id])}
    if new.programme_id not in work.actor.programmes(Post.SUPERVISOR) or wanted not in known:
        raise NotOffered(field="worker")
    return wanted
