"""How many questions a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements run inside the block, but for those that open a transaction."""
    engine, found = app.extensions["portal"].engine, list[str]()

    def _one(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", _one)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", _one)
