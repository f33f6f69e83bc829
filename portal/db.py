"""The mapped base class, column types, the session and the engine. Knows nothing of Flask or of any feature."""

import sqlite3
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect, Engine, LargeBinary, MetaData, Uuid, create_engine, event
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

from portal.crypto import KeyProblem, KeyRing

#: How long SQLite waits for another writer, in milliseconds, before the page says "not saved" (SECURITY T10).
SQLITE_BUSY_MS = 2_000
#: The same patience for PostgreSQL: a page that waits longer says "not saved" and keeps what was typed.
_POSTGRESQL = "-c lock_timeout=2000 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
_WRITE = "portal_write"


class EncryptedText(TypeDecorator[str]):
    """Text that only this installation's key ring can read. It cannot be searched or sorted by the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else _ring_of(dialect).seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return None if value is None else _ring_of(dialect).open(bytes(value)).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """A small file that only this installation's key ring can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else _ring_of(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open on the way out."""
        return None if value is None else _ring_of(dialect).open(bytes(value))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. Naive times are refused; SQLite, which keeps no zone, gives back aware ones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WordEnum(SqlEnum):
    """An enumeration stored as its plain value in a text column, so that a new member needs no type change."""

    inherit_cache = True

    def __init__(self, *enums: Any, **options: Any) -> None:
        options.setdefault("native_enum", False)
        options.setdefault("length", 40)
        options.setdefault("create_constraint", False)
        options.setdefault("values_callable", lambda enum: [member.value for member in enum])
        super().__init__(*enums, **options)


def _ring_of(dialect: Dialect) -> KeyRing:
    ring = getattr(dialect, "portal_key_ring", None)
    if not isinstance(ring, KeyRing):
        raise KeyProblem("this database connection was opened without encryption keys")
    return ring


class Base(DeclarativeBase):
    """What every mapped class shares: constraint names, a random id, and how Python types are stored."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        datetime: Moment(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-1)


class PortalSession(Session):
    """A session that knows through whose eyes it sees. See portal.access.scope."""

    def begin_work(self, *, write: bool) -> None:
        """Open the transaction now; on SQLite a writing one takes the write lock at once instead of half-way.

        A transaction that is open already goes on if it need not write; otherwise it ends and a new one begins.
        """
        if self.in_transaction():
            if not write:
                return
            self.rollback()
        self.connection(execution_options={_WRITE: write})

    @property
    def key_ring(self) -> KeyRing:
        """The keys this session's engine seals with."""
        return _ring_of(self.get_bind().dialect)


def make_engine(url: str, ring: KeyRing, *, pool_size: int = 5, cache_mb: int = 16) -> Engine:
    """An engine for SQLite or PostgreSQL that seals with `ring`.

    Args:
        url: an SQLAlchemy address; `postgres://` is read as `postgresql://`.
        ring: the key ring for encrypted columns.
        pool_size: connections kept open by each process.
        cache_mb: how much of an SQLite file each connection keeps in memory; a large import wants more.
    """
    address = make_url(url.replace("postgres://", "postgresql://", 1))
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": SQLITE_BUSY_MS / 1000, "check_same_thread": False})
        event.listen(engine, "connect", partial(_prepare_sqlite, cache_mb))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(address, pool_size=pool_size, pool_pre_ping=True, connect_args={"options": _POSTGRESQL})
    engine.dialect.portal_key_ring = ring  # type: ignore[attr-defined]  # the column types find it by their dialect
    return engine


def make_sessions(engine: Engine) -> sessionmaker[PortalSession]:
    """A maker of sessions on `engine`."""
    return sessionmaker(engine, class_=PortalSession, expire_on_commit=False)


def _prepare_sqlite(cache_mb: int, connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={SQLITE_BUSY_MS}",
        f"cache_size=-{cache_mb * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
