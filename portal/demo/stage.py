"""Where the cast acts: units of work at moments that have passed, by whoever would have done it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from portal import clock, i18n
from portal.access.actor import ANONYMOUS, Actor
from portal.access.scope import Scope
from portal.access.standings import standing_in
from portal.cases.models import Case
from portal.db import PortalSession
from portal.demo.hand import Hand, Memory
from portal.demo.people import SharedTeam, StaffMember, Supporter
from portal.demo.scenes import CLIENT, Client, Scene
from portal.roles import AccountKind
from portal.settings import Settings
from portal.work import Work, unit_of_work

BECAUSE = "filling the demo"
_MINUTE = timedelta(minutes=1)


class Stage:
    """One seeding: the database it fills, the day it is told from, and the actors as the portal knows them."""

    def __init__(self, settings: Settings, sessions: Callable[[], PortalSession], now: datetime) -> None:
        self.settings, self.sessions, self.now = settings, sessions, now
        #: Passwords that everybody may read need no long hashing; the first sign-in hashes them again at full cost.
        self.light = replace(settings, password_cost=1)
        self.memory = Memory(clock.local_date(now, settings.zone), settings.zone)
        self.programmes: dict[str, UUID] = {}
        self.teams: dict[str, UUID] = {}
        self._actors: dict[str, Actor] = {}

    def moment(self, scene: Scene) -> datetime:
        """When a scene happens. Nothing of the demo lies ahead of the moment of seeding."""
        if isinstance(scene.at, int):
            return self.now - timedelta(days=scene.ago, minutes=scene.at)
        return min(self.memory.at(-scene.ago, scene.at), self.now - _MINUTE)

    @contextmanager
    def everywhere(self, moment: datetime) -> Iterator[Work]:
        """A unit of work of the system."""
        with self._open(ANONYMOUS, moment, Scope.every_case(because=BECAUSE)) as work:
            yield work

    @contextmanager
    def as_nobody(self, moment: datetime) -> Iterator[Work]:
        """A unit of work of somebody who has not signed in: a helper who comes with a code."""
        with self._open(ANONYMOUS, moment) as work:
            yield work

    @contextmanager
    def as_staff(self, key: str, moment: datetime) -> Iterator[Work]:
        """A unit of work of a member of staff, across their cases."""
        with self._open(self._actors[key], moment) as work:
            yield work

    @contextmanager
    def in_case(self, client: Client, who: str, moment: datetime) -> Iterator[Hand]:
        """A unit of work in one case, seeing only that case and only what this person may see there."""
        actor = self._actors[client.key if who == CLIENT else who]
        case_id = self.memory.cases[client.key]
        with self._open(actor, moment) as whole:
            standing = standing_in(whole.session, actor, case_id, whole.today)
            if standing is None:
                raise LookupError(f"{who} has no part in the story of {client.key}")
            work = whole.narrowed(case_id, standing)
            yield Hand(work, work.get(Case, case_id), client.key, self.memory)

    @contextmanager
    def _open(self, actor: Actor, moment: datetime, scope: Scope | None = None) -> Iterator[Work]:
        zone, language = self.settings.zone, actor.language or "en"
        session = self.sessions()
        try:
            with (
                clock.frozen_at(moment),
                i18n.speaking(language, zone),
                unit_of_work(session, actor, scope=scope, zone=zone) as work,
            ):
                yield work
        finally:
            session.close()

    def meets_staff(self, member: StaffMember, person_id: UUID) -> None:
        """From now on this member of staff can act."""
        posts = frozenset(
            (post, None if programme is None else self.programmes[programme]) for post, programme in member.posts
        )
        self._meets(member.key, Actor(person_id, member.name, AccountKind.STAFF, "en", "", posts, fresh=True))

    def meets_client(self, client: Client, person_id: UUID, case_id: UUID) -> None:
        """From now on this client can act."""
        self.memory.cases[client.key] = case_id
        self._meets(client.key, Actor(person_id, client.name, AccountKind.CLIENT, client.language, fresh=True))

    def meets_helper(self, helper: Supporter, person_id: UUID) -> None:
        """From now on this helper can act."""
        self._meets(helper.key, Actor(person_id, helper.name, AccountKind.SUPPORTER, helper.language, fresh=True))

    def meets_team(self, team: SharedTeam, team_id: UUID) -> None:
        """From now on cases can be given to this team."""
        self.teams[team.key] = team_id

    def _meets(self, key: str, actor: Actor) -> None:
        self.memory.people[key] = actor.id
        self._actors[key] = actor
