import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine, event

from portal.cli.models import METADATA
from portal.db import EncryptedText, Moment, WordEnum

config = context.config


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration never imports the portal: our column types are written as what the database keeps."""
    del autogen
    if kind == "type":
        if isinstance(item, EncryptedText):
            return "sa.LargeBinary()"
        if isinstance(item, Moment):
            return "sa.DateTime(timezone=True)"
        if isinstance(item, WordEnum):
            return f"sa.String({item.length})"
    return False


def include_object(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """The search index's own tables are made by SQL of their own."""
    only = config.attributes.get("only")  # a set of names, when somebody makes a migration for one part alone
    if kind == "table" and only is not None and name not in only:
        return False
    return not (kind == "table" and name is not None and name.startswith(("directory_fts", "directory_search")))


def run() -> None:
    connection = config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    url = config.attributes.get("database_url") or os.environ.get("DATABASE_URL", "sqlite:///instance/portal.sqlite")
    engine = create_engine(url.replace("postgres://", "postgresql://", 1))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _transactional)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as opened:
        _run_on(opened)
    engine.dispose()


def _transactional(connection: Any, _record: object) -> None:
    """Let SQLite do its schema changes inside the transaction, so that a killed migration leaves nothing half-made."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")


def _run_on(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite" and config.attributes.get("only") is None,
        render_item=render_item,
        include_object=include_object,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
