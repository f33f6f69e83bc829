"""What commands share: the settings, and a session inside one unit of work that is recorded as system work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.db import PortalSession, make_engine, make_sessions
from portal.installation import refuse_wrong_keys
from portal.settings import Settings
from portal.work import Work, unit_of_work


def read_settings() -> Settings:
    """The settings of this run.

    Raises:
        SettingsProblem: one or more are missing or wrong.
    """
    return Settings.from_env(os.environ)


def settings_that_fit() -> Settings:
    """The settings of this run, once it is known that they belong to this database.

    Raises:
        SettingsProblem: one or more are missing or wrong.
        KeyProblem: the keys do not open the data.
        WrongKind: the database is a demo and the settings say live, or the other way round.
    """
    settings = read_settings()
    engine = make_engine(settings.database_url, settings.key_ring())
    try:
        refuse_wrong_keys(engine, demo=settings.demo)
    finally:
        engine.dispose()
    return settings


@contextmanager
def system_work(
    because: str, *, read_only: bool = False, settings: Settings | None = None, cache_mb: int = 16
) -> Iterator[Work]:
    """One unit of work that sees every case. `because` says what for; `cache_mb` is for SQLite."""
    chosen = settings or read_settings()
    engine = make_engine(chosen.database_url, chosen.key_ring(), cache_mb=cache_mb)
    try:
        refuse_wrong_keys(engine, demo=chosen.demo)
        with make_sessions(engine)() as session, unit_of_work(
            session, ANONYMOUS, read_only=read_only, scope=Scope.every_case(because=because), zone=chosen.zone
        ) as work:  # fmt: skip
            yield work
    finally:
        engine.dispose()


@contextmanager
def open_session(because: str = "a command") -> Iterator[PortalSession]:
    """A session for one command: commits once at the end, or not at all."""
    with system_work(because) as work:
        yield work.session
