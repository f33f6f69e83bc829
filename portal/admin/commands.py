"""Adding staff, giving and taking posts, keeping somebody out; programmes, teams and ways of working."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts import commands as accounts
from portal.accounts.models import Account
from portal.audit.events import Event
from portal.cases import offered
from portal.cases.models import Person, Programme, StaffPost, Team, TeamMember
from portal.i18n import _l
from portal.roles import AccountKind, Post
from portal.work import NotFound, Refused, Work

#: A post and the programme it is in; an administrator's is in none.
Placed = tuple[Post, UUID | None]


class NameMissing(Refused):
    """A person, programme or team without a name."""

    field, says = "name", _l("Write a name.")


class NoProgramme(Refused):
    """A post that belongs in a programme, without one, or with one that is closed."""

    field, says = "programme", _l("Choose a programme for this post.")


class HeldAlready(Refused):
    """They hold this post."""

    field, says = "post", _l("They hold this post already.")


class LastAdministrator(Refused):
    """Nobody would be left to look after the organisation."""

    says = _l("This is the last administrator. Make somebody else one first.")


class NotOneself(Refused):
    """Keeping oneself out."""

    says = _l("You cannot keep yourself out. Ask another administrator.")


class InTeamAlready(Refused):
    """They are in the team."""

    field, says = "person", _l("They are in this team already.")


class NoneChosen(Refused):
    """An organisation without any way of working."""

    field, says = "profiles", _l("Choose at least one way of working.")


def add_staff(work: Work, *, name: str, email: str, posts: Sequence[Placed]) -> tuple[Account, str]:
    """Add a member of staff. They choose a password by a link that we send to this address; it works once, for a day.

    Returns:
        their account, and the secret of the link for an installation without mail. Nobody else may see it.

    Raises:
        NameMissing, NoProgramme: something is missing.
        Refused: the address is none, or somebody's already.
    """
    if not name.strip():
        raise NameMissing
    person = Person(name=name.strip(), created_at=work.now)
    work.session.add(person)
    work.session.flush()  # the account points to the person
    account = accounts.create_staff_account(work, person, email, tell=False)
    work.record(Event.STAFF_ADDED, account)
    for post, programme_id in posts:
        give_post(work, account, post, programme_id)
    return account, accounts.send_welcome(work, account)


def give_post(work: Work, account: Account, post: Post, programme_id: UUID | None) -> StaffPost:
    """Let somebody work as this: in a programme, or as an administrator of the whole.

    Raises:
        NoProgramme: the post belongs in a programme, and none that is open was named.
        HeldAlready: they do.
    """
    _staff(account)
    where = None if post is Post.ADMINISTRATOR else programme_id
    if post is not Post.ADMINISTRATOR and not _is_open(work, where):
        raise NoProgramme
    same = StaffPost.programme_id.is_(None) if where is None else StaffPost.programme_id == where
    held = select(StaffPost.id).where(StaffPost.person_id == account.person_id, StaffPost.post == post, same)
    if work.session.execute(held).first() is not None:
        raise HeldAlready
    made = StaffPost(person_id=account.person_id, post=post, programme_id=where, created_at=work.now)
    work.session.add(made)
    work.session.flush()  # the record names its id
    work.record(Event.POST_GIVEN, made, post=post.value, person=str(made.person_id), programme=str(where or ""))
    return made


def take_post(work: Work, post: StaffPost) -> None:
    """Take a post away. It counts from the next request on.

    Raises:
        LastAdministrator: nobody would look after the organisation.
    """
    if post.post is Post.ADMINISTRATOR:
        _leave_one(work, post.person_id)
    where = str(post.programme_id or "")
    work.record(Event.POST_TAKEN, post, post=post.post.value, person=str(post.person_id), programme=where)
    work.session.delete(post)


def disable_staff(work: Work, account: Account) -> None:
    """Keep somebody out, at once: wherever they are signed in, they are not any more.

    Raises:
        NotOneself, LastAdministrator: that would lock people out.
    """
    _staff(account)
    if account.person_id == work.actor.person_id:
        raise NotOneself
    held = select(StaffPost.id).where(
        StaffPost.person_id == account.person_id, StaffPost.post == Post.ADMINISTRATOR
    )  # fmt: skip
    if work.session.execute(held).first() is not None:
        _leave_one(work, account.person_id)
    accounts.disable_account(work, account)
    work.record(Event.STAFF_DISABLED, account)


def enable_staff(work: Work, account: Account) -> None:
    """Let somebody in again."""
    _staff(account)
    accounts.enable_account(work, account)


def send_link(work: Work, account: Account) -> str:
    """Send a new welcome link; the one before ends. Gives back its secret, as add_staff does."""
    _staff(account)
    return accounts.send_welcome(work, account)


def add_programme(work: Work, name: str) -> Programme:
    """Add a programme.

    Raises:
        NameMissing: it has no name.
    """
    if not name.strip():
        raise NameMissing
    made = Programme(name=name.strip(), created_at=work.now)
    work.session.add(made)
    work.session.flush()  # the record names its id
    work.record(Event.PROGRAMME_ADDED, made)
    return made


def add_team(work: Work, programme: Programme, name: str) -> Team:
    """Add a team to a programme.

    Raises:
        NameMissing: it has no name.
    """
    if not name.strip():
        raise NameMissing
    made = Team(programme_id=programme.id, name=name.strip())
    work.session.add(made)
    work.session.flush()  # the record names its id
    work.record(Event.TEAM_ADDED, made, programme=str(programme.id))
    return made


def join_team(work: Work, team: Team, person_id: UUID) -> TeamMember:
    """Put a case manager of the programme into a team: they see its cases from now on.

    Raises:
        NotFound: they do not work in the team's programme.
        InTeamAlready: they are in it.
    """
    works = select(StaffPost.id).where(
        StaffPost.person_id == person_id,
        StaffPost.programme_id == team.programme_id,
        StaffPost.post == Post.CASE_MANAGER,
    )
    if work.session.execute(works).first() is None:
        raise NotFound(Person.__name__)
    known = select(TeamMember.id).where(TeamMember.team_id == team.id, TeamMember.person_id == person_id)
    if work.session.execute(known).first() is not None:
        raise InTeamAlready
    made = TeamMember(team_id=team.id, person_id=person_id)
    work.session.add(made)
    work.session.flush()  # the record names its id
    work.record(Event.TEAM_JOINED, made, team=str(team.id), person=str(person_id))
    return made


def leave_team(work: Work, member: TeamMember) -> None:
    """Take somebody out of a team: they see its cases no longer."""
    work.record(Event.TEAM_LEFT, member, team=str(member.team_id), person=str(member.person_id))
    work.session.delete(member)


def choose_profiles(work: Work, keys: Collection[str]) -> None:
    """Say which ways of working a new case can have. Open cases keep theirs.

    Raises:
        NoneChosen: none.
    """
    if not keys:
        raise NoneChosen
    offered.choose_profiles(work.session, keys)
    work.record(Event.PROFILES_CHOSEN, None, profiles=sorted(keys))


def _staff(account: Account) -> None:
    """Go on only with an account of staff: a client's is none of an administrator's business."""
    if account.kind is not AccountKind.STAFF:
        raise NotFound(Account.__name__)


def _is_open(work: Work, programme_id: UUID | None) -> bool:
    wanted = select(Programme.id).where(Programme.id == programme_id, Programme.closed_at.is_(None))
    return programme_id is not None and work.session.execute(wanted).first() is not None


def _leave_one(work: Work, person_id: UUID) -> None:
    """Go on only if another administrator can sign in."""
    others = (
        select(func.count(StaffPost.id))
        .join(Account, Account.person_id == StaffPost.person_id)
        .where(
            StaffPost.post == Post.ADMINISTRATOR,
            StaffPost.person_id != person_id,
            Account.kind == AccountKind.STAFF,
            Account.disabled_at.is_(None),
        )
    )
    if not work.session.scalar(others):
        raise LastAdministrator
