"""What an administrator's pages show. None of it belongs to a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.cases.models import Person, Programme, StaffPost, Team, TeamMember
from portal.directory.models import (
    DirectoryImport,
    DirectoryImportProblem,
    DirectorySource,
    Location,
    Organization,
    Service,
)
from portal.roles import AccountKind, Post
from portal.work import NotFound, Work

#: How many imports, and how many rows that did not fit, one page shows.
IMPORTS: Final = 10
PROBLEMS: Final = 100


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds, and in which programme; "" for the whole organisation."""

    id: UUID
    post: Post
    programme: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff. Without any post their name is out of sight; the email they sign in with is not."""

    account: Account
    name: str
    posts: Sequence[HeldPost] = field(default=())

    @property
    def is_disabled(self) -> bool:
        """Whether they are kept out."""
        return self.account.disabled_at is not None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team and who is in it: the row's id and a name."""

    id: UUID
    name: str
    members: Sequence[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme and its teams."""

    id: UUID
    name: str
    teams: Sequence[TeamLine]


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """What the directory holds and where it came from. `older` asks for more rows that did not fit."""

    counts: dict[str, int]
    imports: Sequence[tuple[str, DirectoryImport]]
    problems: Sequence[DirectoryImportProblem]
    more_after: int | None


def staff(work: Work) -> list[StaffMember]:
    """Everybody with an account of staff, by name. Two queries."""
    wanted = (
        select(Account, Person.name)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.kind == AccountKind.STAFF)
        .order_by(Account.created_at, Account.id)
    )
    posts = _posts(work)
    found = [
        StaffMember(account, name or account.sign_in_name, posts.get(account.person_id, ()))
        for account, name in work.session.execute(wanted)
    ]
    return sorted(found, key=lambda member: (member.is_disabled, member.name.casefold(), member.account.id))


def member_of(work: Work, account: Account) -> StaffMember:
    """One member of staff.

    Raises:
        NotFound: this is a client's or a supporter's account, which is none of an administrator's business.
    """
    if account.kind is not AccountKind.STAFF:
        raise NotFound(Account.__name__)
    name = work.session.scalar(select(Person.name).where(Person.id == account.person_id))
    held = _posts(work, account.person_id).get(account.person_id, ())
    return StaffMember(account, name or account.sign_in_name, held)


def _posts(work: Work, person_id: UUID | None = None) -> dict[UUID, list[HeldPost]]:
    wanted = (
        select(StaffPost, Programme.name)
        .outerjoin(Programme, Programme.id == StaffPost.programme_id)
        .order_by(StaffPost.created_at, StaffPost.id)
    )
    if person_id is not None:
        wanted = wanted.where(StaffPost.person_id == person_id)
    found: dict[UUID, list[HeldPost]] = {}
    for post, programme in work.session.execute(wanted):
        found.setdefault(post.person_id, []).append(HeldPost(post.id, post.post, programme or ""))
    return found


def programmes(work: Work) -> list[ProgrammeLine]:
    """The programmes with their teams and who is in them. Three queries."""
    members: dict[UUID, list[tuple[UUID, str]]] = {}
    rows = work.session.execute(
        select(TeamMember.team_id, TeamMember.id, Person.name)
        .join(Person, Person.id == TeamMember.person_id)
        .order_by(TeamMember.id)
    )
    for team_id, member_id, name in rows:
        members.setdefault(team_id, []).append((member_id, name))
    teams: dict[UUID, list[TeamLine]] = {}
    for team in work.session.scalars(select(Team).order_by(Team.name, Team.id)):
        people = sorted(members.get(team.id, ()), key=lambda member: member[1].casefold())
        teams.setdefault(team.programme_id, []).append(TeamLine(team.id, team.name, people))
    found = select(Programme).where(Programme.closed_at.is_(None)).order_by(Programme.name, Programme.id)
    return [ProgrammeLine(row.id, row.name, teams.get(row.id, ())) for row in work.session.scalars(found)]


def open_programmes(work: Work) -> list[tuple[UUID, str]]:
    """The open programmes, to choose from."""
    wanted = select(Programme.id, Programme.name).where(Programme.closed_at.is_(None))
    return [(id_, name) for id_, name in work.session.execute(wanted.order_by(Programme.name, Programme.id))]


def case_managers(work: Work, programme_id: UUID) -> list[tuple[UUID, str]]:
    """Who works in a programme, to choose a team from."""
    wanted = (
        select(Person.id, Person.name)
        .join(StaffPost, StaffPost.person_id == Person.id)
        .where(StaffPost.programme_id == programme_id, StaffPost.post == Post.CASE_MANAGER)
        .order_by(Person.id)
    )
    found = [(id_, name) for id_, name in work.session.execute(wanted)]
    return sorted(found, key=lambda choice: (choice[1].casefold(), choice[0]))


def directory(work: Work, after: int = -1) -> DirectoryState:
    """What the directory holds, its last imports, and which rows of the newest did not fit."""
    imports: Any = work.session.execute(
        select(DirectorySource.name, DirectoryImport)
        .join(DirectorySource, DirectorySource.id == DirectoryImport.source_id)
        .order_by(DirectoryImport.at.desc(), DirectoryImport.id)
        .limit(IMPORTS)
    )
    listed = [(name, row) for name, row in imports]
    problems = _problems(work, listed[0][1].id, after) if listed else []
    more = problems[PROBLEMS - 1].position if len(problems) > PROBLEMS else None
    return DirectoryState(_counts(work), listed, problems[:PROBLEMS], more)


def _problems(work: Work, import_id: UUID, after: int) -> Sequence[DirectoryImportProblem]:
    wanted = (
        select(DirectoryImportProblem)
        .where(DirectoryImportProblem.import_id == import_id, DirectoryImportProblem.position > after)
        .order_by(DirectoryImportProblem.position, DirectoryImportProblem.id)
        .limit(PROBLEMS + 1)
    )
    return work.session.scalars(wanted).all()


def _counts(work: Work) -> dict[str, int]:
    counted: dict[str, Any] = {"services": Service, "organizations": Organization, "locations": Location}
    columns = [select(func.count(model.id)).where(model.closed_at.is_(None)) for model in counted.values()]
    found = work.session.execute(select(*(column.scalar_subquery() for column in columns))).one()
    return dict(zip(counted, found, strict=True))
