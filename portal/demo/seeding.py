"""Filling an empty demo: the county, the organisation, and every story in the order in which it happened."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Engine, delete, event, inspect, literal, select

from portal import clock
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.audit.events import Event
from portal.audit.models import SystemEntry
from portal.cases.models import Person
from portal.db import Base, PortalSession
from portal.demo.acts import Invite
from portal.demo.arriving import arrives, joins
from portal.demo.cast import CLIENTS
from portal.demo.founding import found
from portal.demo.places import settle_county
from portal.demo.scenes import Client, Scene
from portal.demo.stage import BECAUSE, Stage
from portal.installation import Installation, Kind, WrongKind
from portal.installation import found as found_kind
from portal.settings import Settings
from portal.work import Work, unit_of_work
from portal.worker import AT_ONCE, deliver_due

Sessions = Callable[[], PortalSession]

#: What the organisation's chain says when all is there; a seeding that was broken off has not said it.
_WHOLE = "demo filled"
_OPENS_AT, _FOUNDED = "09:00", timedelta(days=420)
_JOINS_AFTER = timedelta(minutes=40)


@dataclass(order=True, frozen=True, slots=True)
class _Episode:
    """Something that happens at a moment; of two at one moment, the one that was written first comes first."""

    moment: datetime
    place: int
    play: Callable[[], None] = field(compare=False)


def seed(settings: Settings, sessions: Sessions, *, fresh: bool = False, now: datetime | None = None) -> bool:
    """Fill the demo.

    Args:
        settings: of a demo.
        sessions: makes sessions on its database.
        fresh: start over, whatever is there. What was broken off half-way is always begun anew.
        now: the moment from which all days are counted back; by default this one.

    Returns:
        whether anything was done: False when it was filled before.

    Raises:
        WrongKind: this database is no demo.
    """
    with _system(settings, sessions) as work:
        if found_kind(work.session) is not Kind.DEMO:
            raise WrongKind("this database is no demo: nothing was changed")
        if not fresh and is_filled(work):
            return False
        _clear(work)
    stage = Stage(settings, sessions, now or clock.now())
    settle_county(stage)
    found(stage, stage.now - _FOUNDED)
    _play(stage)
    with stage.everywhere(stage.now) as work:
        work.record(Event.SYSTEM_WORK, because=_WHOLE, day=stage.memory.day.isoformat())
    return True


def is_filled(work: Work) -> bool:
    """Whether a seeding came to its end here."""
    wanted = select(SystemEntry).where(SystemEntry.event == Event.SYSTEM_WORK).order_by(SystemEntry.seq)
    return any(entry.facts.get("because") == _WHOLE for entry in work.session.scalars(wanted))


def knows_people(engine: Engine) -> bool:
    """Whether this database has a table of people with somebody in it; never needs the keys."""
    if not inspect(engine).has_table(Person.__tablename__):
        return False
    with engine.connect() as connection:
        return connection.execute(select(literal(1)).select_from(Person).limit(1)).first() is not None


def in_haste(engine: Engine) -> None:
    """Let SQLite not wait for the disk while the demo is filled: a filling that is broken off is begun anew anyway."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda dbapi, _record: dbapi.execute("PRAGMA synchronous=OFF"))


def _clear(work: Work) -> None:
    """Take everything out but what this database is."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != Installation.__tablename__:
            work.session.execute(delete(table))


def _play(stage: Stage) -> None:
    """Every episode in its order; between two days, what waits in the outbox goes out."""
    before: datetime | None = None
    for episode in sorted(_episodes(stage)):
        if before is not None and before.date() != episode.moment.date():
            _deliver(stage, before + timedelta(minutes=1))
        episode.play()
        before = episode.moment
    _deliver(stage, stage.now)


def _deliver(stage: Stage, moment: datetime) -> None:
    with clock.frozen_at(moment):
        while deliver_due(stage.sessions, stage.settings) == AT_ONCE:
            pass


def _episodes(stage: Stage) -> Iterator[_Episode]:
    numbers = count()
    for client in CLIENTS:
        for helper in client.helpers:
            stage.memory.helpers[helper.key] = helper
        opening = stage.moment(Scene(client.opened, _OPENS_AT, client.worker, ()))
        yield _Episode(opening, next(numbers), _opening(stage, client, opening))
        for scene in client.scenes:
            moment = stage.moment(scene)
            yield _Episode(moment, next(numbers), _scene(stage, client, scene, moment))
            for key in (act.helper for act in scene.acts if isinstance(act, Invite)):
                later = moment + _JOINS_AFTER
                yield _Episode(later, next(numbers), _joining(stage, client, key, later))


def _opening(stage: Stage, client: Client, moment: datetime) -> Callable[[], None]:
    return lambda: arrives(stage, client, moment)


def _joining(stage: Stage, client: Client, key: str, moment: datetime) -> Callable[[], None]:
    return lambda: joins(stage, client, stage.memory.helpers[key], moment)


def _scene(stage: Stage, client: Client, scene: Scene, moment: datetime) -> Callable[[], None]:
    def play() -> None:
        with stage.in_case(client, scene.who, moment) as hand:
            for act in scene.acts:
                act.play(hand)

    return play


@contextmanager
def _system(settings: Settings, sessions: Sessions) -> Iterator[Work]:
    scope = Scope.every_case(because=BECAUSE)
    with sessions() as session, unit_of_work(session, ANONYMOUS, scope=scope, zone=settings.zone) as work:
        yield work
