"""A database session that reads the directory and nothing else: a wall beside the scope, which sees nobody here.

Whatever a statement of the API names must be a table of the directory. One that names a table of cases, people or
accounts raises before it reaches the database, whoever is signed in in the browser that asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import ClauseElement, Engine, TableClause, TextClause, event
from sqlalchemy.orm import ORMExecuteState, sessionmaker
from sqlalchemy.sql.visitors import iterate

from portal.access.actor import ANONYMOUS
from portal.access.scope import NOBODY
from portal.db import PortalSession
from portal.work import unit_of_work

_OWN = "directory_"


class NotTheDirectory(RuntimeError):
    """The API asked for a table that is none of the directory's, or for text that nobody can look into."""


class DirectorySession(PortalSession):
    """A session for the directory alone."""


@event.listens_for(DirectorySession, "do_orm_execute")
def _stay_inside(state: ORMExecuteState) -> None:
    for element in iterate(cast(ClauseElement, state.statement)):
        if isinstance(element, TextClause) or (isinstance(element, TableClause) and not element.name.startswith(_OWN)):
            raise NotTheDirectory(str(state.statement))


@contextmanager
def directory(engine: Engine) -> Iterator[DirectorySession]:
    """A session that reads the directory, inside one short transaction of its own."""
    with (
        sessionmaker(engine, class_=DirectorySession, expire_on_commit=False)() as session,
        unit_of_work(session, ANONYMOUS, read_only=True, scope=NOBODY),
    ):
        yield session
