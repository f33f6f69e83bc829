"""What every test may ask for: an application on an empty database, makers of people and cases, and a browser."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import event

from portal import i18n
from portal.app import create_app
from portal.cli.setup import alembic_config
from portal.crypto import KeyRing
from portal.db import Base
from portal.settings import Settings
from tests.browser import Browser
from tests.make import Make
from tests.postgres import ADDRESS, create_database

os.environ.pop("DATABASE_URL", None)  # a developer's own database is none of a test's business


def make_settings(database_url: str, instance: Path) -> Settings:
    """Settings for tests: quick password hashing, a loopback origin, all three languages."""
    return Settings(
        database_url=database_url,
        secret_key="only for tests, and long enough to be accepted",
        encryption_keys=KeyRing.generate(),
        instance=instance,
        origin="http://localhost",
        organisation="River County Help",
        office_phone="(555) 555-0100",
        password_cost=1,
        directory_api_per_minute=0,
    )


@pytest.fixture(autouse=True)
def _speak_the_source_language() -> Iterator[None]:
    """A page asked for in Arabic leaves nothing behind for the next test."""
    with i18n.speaking(i18n.SOURCE_LANGUAGE, "UTC"):
        yield


@pytest.fixture(scope="session")
def settings(worker_id: str) -> Iterator[Settings]:
    """One database for each worker: SQLite, or PostgreSQL where the run names a server."""
    with tempfile.TemporaryDirectory(prefix="portal-test-") as folder:
        server = os.environ.get(ADDRESS)
        path = Path(folder)
        url = create_database(server, f"portal_{worker_id}") if server else f"sqlite:///{path / 'portal.sqlite'}"
        yield make_settings(url, path)


@pytest.fixture(scope="session")
def portal_app(settings: Settings) -> Iterator[Flask]:
    """The application, made once a worker with its tables."""
    app = create_app(settings)
    app.testing = True
    engine = app.extensions["portal"].engine
    if engine.dialect.name == "sqlite":
        # A test need not outlive a power cut.
        event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
    Base.metadata.create_all(engine)
    command.stamp(alembic_config(settings.database_url), "head")
    yield app
    engine.dispose()


@pytest.fixture
def app(portal_app: Flask) -> Iterator[Flask]:
    """The application on a database with nothing in it."""
    yield portal_app
    engine = portal_app.extensions["portal"].engine
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def make(app: Flask) -> Make:
    """Makers of people, cases and units of work."""
    return Make(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser without JavaScript, signed out."""
    return Browser(app)


@pytest.fixture
def another_app(settings: Settings) -> Iterator[object]:
    """Make an application with other settings on the same database: `another_app(demo=True)`."""
    made: list[Flask] = []

    def build(**changes: Any) -> Flask:
        app = create_app(replace(settings, **changes))
        made.append(app)
        return app

    yield build
    for app in made:
        app.extensions["portal"].engine.dispose()
