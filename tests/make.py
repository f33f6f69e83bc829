"""Typed makers of what tests are about. Each says what it makes and leaves a complete, legal state behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.access.actor import ANONYMOUS, Actor
from portal.access.scope import Scope
from portal.access.standings import standing_in
from portal.accounts.models import Account
from portal.accounts.sessions import hash_of
from portal.audit.events import Event
from portal.audit.models import AuditEntry
from portal.cases.models import Case, CaseMember, ContactKind, ContactPoint, Person, Programme, StaffPost
from portal.db import PortalSession
from portal.roles import AccountKind, Post, Power, Role
from portal.web.portal import Portal
from portal.work import Work, unit_of_work

_numbers = count(10_000_000)


@dataclass(frozen=True)
class Someone:
    """A person in a test: who they are and, for a client, which case is theirs."""

    id: UUID
    name: str
    kind: AccountKind
    account_id: UUID
    case_id: UUID | None = None
    posts: frozenset[tuple[Post, UUID | None]] = frozenset()

    @property
    def case(self) -> UUID:
        """The case this client has, or this member of staff or supporter was given."""
        assert self.case_id is not None
        return self.case_id

    def actor(self) -> Actor:
        """Who they are to the portal, before any case is looked at."""
        return Actor(self.id, self.name, self.kind, "en", "", self.posts, fresh=True)


class Make:
    """Everything here commits, so that the browser sees it."""

    def __init__(self, app: Flask) -> None:
        self._portal: Portal = app.extensions["portal"]
        self._programme: UUID | None = None

    @contextmanager
    def system(self) -> Iterator[Work]:
        """A unit of work that sees every case and need record nothing but a word."""
        with self.session() as session:
            zone = self._portal.settings.zone
            scope = Scope.every_case(because="a test")
            with unit_of_work(session, ANONYMOUS, scope=scope, zone=zone) as work:
                session.info["recorded"] = True
                yield work

    @contextmanager
    def session(self) -> Iterator[PortalSession]:
        """A session with no transaction open."""
        session = self._portal.sessions()
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def work(self, who: Someone, case_id: UUID | None = None, *, read_only: bool = False) -> Iterator[Work]:
        """A unit of work as this person, seeing their case only, as the gate would make it."""
        with self.session() as session:
            actor, zone = who.actor(), self._portal.settings.zone
            with unit_of_work(session, actor, read_only=read_only, zone=zone) as whole:
                wanted = case_id or who.case_id
                if wanted is None:
                    yield whole
                    return
                standing = standing_in(session, actor, wanted, whole.today)
                assert standing is not None, f"{who.name} does not stand in that case"
                yield whole.narrowed(wanted, standing)

    def programme(self, name: str = "Family programme") -> UUID:
        """A programme."""
        with self.system() as work:
            made = Programme(name=name, created_at=work.now)
            work.session.add(made)
            work.session.flush()
            return made.id

    @property
    def any_programme(self) -> UUID:
        """The programme that people belong to when a test does not care."""
        self._programme = self._programme or self.programme()
        return self._programme

    def person(self, name: str, kind: AccountKind, *, language: str = "en") -> Someone:
        """A person with an account of this kind; nothing to sign in with but what Browser.as_ gives."""
        with self.system() as work:
            person = Person(name=name, language=language, created_at=work.now)
            work.session.add(person)
            work.session.flush()
            number = str(next(_numbers))
            account = Account(
                person_id=person.id, kind=kind, sign_in_name=number, name_hash=hash_of(number), created_at=work.now
            )
            work.session.add(account)
            work.session.flush()
            return Someone(person.id, name, kind, account.id)

    def client(
        self,
        name: str = "Ana Ruiz",
        *,
        profile: str = "strengths",
        programme: UUID | None = None,
        worker: Someone | None = None,
        language: str = "en",
        opened_on: date | None = None,
        closed_on: date | None = None,
        team_id: UUID | None = None,
    ) -> Someone:
        """A client with an open case, and the case manager's standing in it when one is named."""
        who = self.person(name, AccountKind.CLIENT, language=language)
        programme = programme or self.any_programme  # before a transaction is open: SQLite has one writer
        with self.system() as work:
            case = Case(
                programme_id=programme,
                client_id=who.id,
                profile_key=profile,
                opened_on=opened_on or work.today,
                closed_on=closed_on,
                team_id=team_id,
                created_at=work.now,
            )
            work.session.add(case)
            work.session.flush()
            work.session.add(CaseMember(case_id=case.id, person_id=who.id, role=Role.CLIENT, started_at=work.now))
            if worker is not None:
                self._join(work, case.id, worker, Role.CASE_MANAGER)
            return replace(who, case_id=case.id)

    def worker(self, name: str = "Wes Okafor", *, programme: UUID | None = None, posts: Sequence[Post] = ()) -> Someone:
        """A case manager. `posts` are more than that one."""
        who = self.person(name, AccountKind.STAFF)
        return self._with_posts(who, (Post.CASE_MANAGER, *posts), programme or self.any_programme)

    def staff_named(self, name: str) -> Someone:
        """The member of staff of this name, who was hired through the pages or commands."""
        with self.system() as work:
            accounts = work.session.scalars(select(Account).where(Account.kind == AccountKind.STAFF)).all()
            found = next(one for one in accounts if work.get(Person, one.person_id).name == name)
            held = work.session.scalars(select(StaffPost).where(StaffPost.person_id == found.person_id))
            posts = frozenset((post.post, post.programme_id) for post in held)
            return Someone(found.person_id, name, AccountKind.STAFF, found.id, posts=posts)

    def supervisor(self, name: str = "Grace Lindqvist", *, programme: UUID | None = None) -> Someone:
        """A supervisor of a programme."""
        who = self.person(name, AccountKind.STAFF)
        return self._with_posts(who, (Post.SUPERVISOR,), programme or self.any_programme)

    def administrator(self, name: str = "Ada Admin") -> Someone:
        """An administrator."""
        return self._with_posts(self.person(name, AccountKind.STAFF), (Post.ADMINISTRATOR,), None)

    def _with_posts(self, who: Someone, posts: Sequence[Post], programme: UUID | None) -> Someone:
        with self.system() as work:
            for post in posts:
                work.session.add(StaffPost(person_id=who.id, post=post, programme_id=programme, created_at=work.now))
        return replace(who, posts=frozenset((post, programme) for post in posts))

    def joins(self, who: Someone, case_id: UUID, role: Role = Role.CASE_MANAGER) -> None:
        """Let a member of staff work on a case."""
        with self.system() as work:
            self._join(work, case_id, who, role)

    def _join(self, work: Work, case_id: UUID, who: Someone, role: Role) -> None:
        work.session.add(CaseMember(case_id=case_id, person_id=who.id, role=role, started_at=work.now))

    def supporter(
        self,
        client: Someone,
        name: str = "Luis Marsh",
        *,
        powers: Sequence[Power] = (),
        ends_on: date | None = None,
        relation: str = "brother",
    ) -> Someone:
        """A supporter to whom this client lends these powers."""
        who = self.person(name, AccountKind.SUPPORTER)
        with self.system() as work:
            work.session.add(
                CaseMember(
                    case_id=client.case,
                    person_id=who.id,
                    role=Role.SUPPORTER,
                    powers=[power.value for power in powers],
                    relation=relation,
                    started_at=work.now,
                    ends_on=ends_on,
                )
            )
        return replace(who, case_id=client.case_id)

    def contact(self, who: Someone, value: str, kind: ContactKind = ContactKind.EMAIL, *, safe: bool = True) -> UUID:
        """A way to reach somebody."""
        with self.system() as work:
            hashed = work.session.key_ring.lookup("contact", value.lower())
            made = ContactPoint(
                person_id=who.id, kind=kind, value=value, value_hash=hashed, safe=safe, created_at=work.now
            )
            work.session.add(made)
            work.session.flush()
            return made.id

    def events(self, case_id: UUID) -> list[Event]:
        """What the record of a case tells, oldest first; looks left out."""
        with self.system() as work:
            wanted = select(AuditEntry.event).where(AuditEntry.case_id == case_id).order_by(AuditEntry.seq)
            return [event for event in work.session.scalars(wanted) if event is not Event.CASE_OPENED]

    def entries(self, case_id: UUID) -> list[AuditEntry]:
        """The whole record of a case, oldest first."""
        with self.system() as work:
            wanted = select(AuditEntry).where(AuditEntry.case_id == case_id).order_by(AuditEntry.seq)
            return list(work.session.scalars(wanted))

    @staticmethod
    def nobody_id() -> UUID:
        """An id that no row has."""
        return uuid4()

    @staticmethod
    def now() -> datetime:
        """The time as the portal tells it."""
        return clock.now()
