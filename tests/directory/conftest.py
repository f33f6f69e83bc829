"""A database for the directory's own tests, packages written on the spot, and the shared data sets."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.crypto import KeyRing
from portal.db import Base, PortalSession, make_engine, make_sessions
from portal.directory.models import SearchDocument
from tests.postgres import ADDRESS, create_database

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
Package = Callable[..., Path]


@pytest.fixture(scope="session")
def engine(worker_id, tmp_path_factory):
    """One database a worker, with the tables of the directory and nothing in them."""
    server = os.environ.get(ADDRESS)
    path = tmp_path_factory.mktemp("directory") / "directory.sqlite"
    url = create_database(server, f"directory_{worker_id}") if server else f"sqlite:///{path}"
    made = make_engine(url, KeyRing.parse(KeyRing.generate()))
    own = [table for name, table in Base.metadata.tables.items() if name.startswith("directory_")]
    assert SearchDocument.__table__ in own
    Base.metadata.create_all(made, tables=own)
    yield made
    made.dispose()


@pytest.fixture
def session(engine) -> Iterator[PortalSession]:
    """A session whose work is undone at the end."""
    with make_sessions(engine)() as opened:
        opened.begin_work(write=True)
        yield opened
        opened.rollback()


@pytest.fixture
def package(tmp_path) -> Package:
    """Write a package: `package(services="id,name\\n1,Food", ...)` gives the folder."""

    def write(folder: str = "package", /, **files: str | bytes) -> Path:
        root = tmp_path / folder
        root.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.strip("\n").encode()
            (root / f"{name}.csv").write_bytes(data)
        return root

    return write


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A folder of the shared data. Without it the test is left out, but not where CI says it must be there."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            if os.environ.get("CI") == "true":
                pytest.fail(f"the shared data is missing: {path}")
            pytest.skip(f"the shared data is not on this machine: {name}")
        return path

    return find
