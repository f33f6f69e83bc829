"""The worker: sends what waits in the outbox and does small chores, each in a unit of work of its own."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import Protocol

from sqlalchemy.exc import OperationalError

from portal import clock
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.audit.events import Event
from portal.cases.models import ContactKind
from portal.db import PortalSession, make_engine, make_sessions
from portal.outbox import delivery
from portal.outbox.delivery import Outcome, Parcel
from portal.outbox.models import State
from portal.outbox.transports import Transport, transports_of
from portal.settings import Settings
from portal.work import Work, unit_of_work

log = logging.getLogger("portal.worker")
#: So many at one look, so that a stop is heard.
AT_ONCE = 100
CHORES_EVERY = timedelta(hours=1)
#: A sent message is written down before anything else; a locked database is asked again.
_TRIES = 5
Chore = Callable[[Work], None]
Sessions = Callable[[], PortalSession]


class Crew(Protocol):
    """Who looks after long work. The worker knows no more of it."""

    def look(self, sessions: Sessions) -> None:
        """Start what waits."""

    def stop(self, sessions: Sessions) -> None:
        """End what is under way."""


def run_worker(
    settings: Settings, stop: Signal, *, every: float = 5.0, chores: Sequence[Chore] = (), crew: Crew | None = None
) -> None:
    """Send what is due, and look again after `every` seconds, until `stop` is set. Looks once at least.

    Args:
        settings: of this installation.
        stop: set from outside to end it.
        every: seconds between two looks.
        chores: done at the start and then once an hour.
        crew: looks after long work, if there is any to look after.
    """
    engine = make_engine(settings.database_url, settings.key_ring(), pool_size=1)
    sessions, chores_due = make_sessions(engine), clock.now()
    try:
        while True:
            chores_due = _look(sessions, settings, stop, chores, chores_due)
            if crew is not None:
                _look_after(crew, sessions)
            if stop.wait(every):
                return
    finally:
        if crew is not None:
            crew.stop(sessions)
        engine.dispose()


def _look(
    sessions: Sessions, settings: Settings, stop: Signal, chores: Sequence[Chore], chores_due: datetime
) -> datetime:
    try:
        if clock.now() >= chores_due:
            for chore in chores:
                with _open(sessions, settings, "a chore") as work:
                    chore(work)
            chores_due = clock.now() + CHORES_EVERY
        while deliver_due(sessions, settings) == AT_ONCE and not stop.is_set():
            pass
    except OperationalError:
        log.warning("the database is away or busy; the worker looks again later")
    return chores_due


def _look_after(crew: Crew, sessions: Sessions) -> None:
    try:
        crew.look(sessions)
    except OperationalError:
        log.warning("the database is away or busy; long work is looked after later")


def deliver_due(
    sessions: Sessions, settings: Settings, transports: Mapping[ContactKind, Transport] | None = None
) -> int:
    """Send what is due now.

    Args:
        sessions: makes sessions.
        settings: of this installation.
        transports: the ways out; by default those that the settings name.

    Returns:
        how many messages were looked at, AT_ONCE at most.
    """
    ways = transports_of(settings) if transports is None else transports
    for done in range(AT_ONCE):
        with _open(sessions, settings, "delivering") as work:
            parcel = delivery.claim(work.session, settings, frozenset(ways), work.now)
        if parcel is None:
            return done
        if parcel.letters:
            _settle(sessions, settings, parcel, delivery.send(parcel, ways))
    return AT_ONCE


def _settle(sessions: Sessions, settings: Settings, parcel: Parcel, outcomes: Sequence[Outcome]) -> None:
    for left in reversed(range(_TRIES)):
        try:
            with _open(sessions, settings, "delivering") as work:
                message = delivery.settle(work.session, settings, parcel, outcomes, work.now)
                if message.state is State.SENT:
                    work.record(Event.NOTICE_SENT, message, notice=message.notice.value)
        except OperationalError:
            if left == 0:
                raise
        else:
            return


@contextmanager
def _open(sessions: Sessions, settings: Settings, because: str) -> Iterator[Work]:
    scope = Scope.every_case(because=because)
    with sessions() as session, unit_of_work(session, ANONYMOUS, scope=scope, zone=settings.zone) as work:
        yield work
