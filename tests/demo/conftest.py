"""A filled demo, once a worker: on SQLite, or on PostgreSQL where the run names a server."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import installation
from portal.app import create_app
from portal.cli.models import METADATA
from portal.db import make_engine, make_sessions
from portal.demo.cast import ORGANISATION
from portal.demo.seeding import in_haste, seed
from portal.installation import Kind
from portal.settings import Settings
from tests.browser import Browser
from tests.conftest import make_settings
from tests.make import Make
from tests.postgres import ADDRESS, create_database


@dataclass(frozen=True)
class Demo:
    """A database for a demo and the settings that go with it."""

    settings: Settings
    engine: Engine

    def fill(self, **how: object) -> bool:
        return seed(self.settings, make_sessions(self.engine), **how)  # type: ignore[arg-type]  # passed on as it is


def empty_demo(name: str, folder: Path, kind: Kind | None = Kind.DEMO) -> Demo:
    """A database with all tables, settled as a demo (or as `kind`), with nobody in it."""
    server = os.environ.get(ADDRESS)
    url = create_database(server, name) if server else f"sqlite:///{folder / name}.sqlite"
    settings = replace(make_settings(url, folder), demo=True, organisation=ORGANISATION)
    engine = make_engine(url, settings.key_ring())
    in_haste(engine)
    METADATA.create_all(engine)
    if kind is not None:
        with make_sessions(engine).begin() as session:
            installation.settle(session, kind)
    return Demo(settings, engine)


@pytest.fixture(scope="session")
def demo(worker_id: str) -> Iterator[Demo]:
    """A demo that has been filled. Tests look at it and change as little as signing in does."""
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as folder:
        made = empty_demo(f"demo_{worker_id}", Path(folder))
        assert made.fill()
        yield made
        made.engine.dispose()


@pytest.fixture(scope="session")
def demo_app(demo: Demo) -> Iterator[Flask]:
    """The application on the filled demo."""
    app = create_app(demo.settings)
    app.testing = True
    yield app
    app.extensions["portal"].engine.dispose()


@pytest.fixture
def visitor(demo_app: Flask) -> Browser:
    """Somebody who has just opened the demo."""
    return Browser(demo_app)


@pytest.fixture
def backstage(demo_app: Flask) -> Make:
    """A way to look into the filled demo."""
    return Make(demo_app)
