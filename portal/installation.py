"""The one row that says what this database is: live or a demo, and sealed with which keys."""

from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, column, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.crypto import KeyProblem
from portal.db import Base, EncryptedText, WordEnum

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_THE_ONE = UUID(int=1)
_SENTENCE = "The keys fit."


class Kind(StrEnum):
    """What a database is for."""

    LIVE = "live"
    DEMO = "demo"


class WrongKind(RuntimeError):
    """A demo command was given a live database, or the other way round."""


class Installation(Base):
    """One row: a database is either live or a demo, and its sentence opens only with the right keys."""

    __tablename__ = "installation"
    kind: Mapped[Kind] = mapped_column(WordEnum(Kind))
    sealed: Mapped[str] = mapped_column(EncryptedText)


def found(session: Session) -> Kind | None:
    """What this database is; None when nobody has said so yet."""
    return session.scalars(select(Installation.kind)).first()


def settle(session: Session, kind: Kind) -> None:
    """Say what this database is, once.

    Raises:
        WrongKind: it is already the other kind.
        KeyProblem: it was sealed with other keys.
    """
    known = session.scalars(select(Installation)).first()
    if known is None:
        session.add(Installation(id=_THE_ONE, kind=kind, sealed=_SENTENCE))
    elif known.kind is not kind:
        raise WrongKind(f"this database is {known.kind.value}, not {kind.value}: nothing was changed")


def is_current(session: Session) -> bool:
    """Whether the tables are those of this release: no migration waits.

    Raises:
        SQLAlchemyError: the database does not answer, or was never migrated.
    """
    version = table("alembic_version", column("version_num"))
    newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    return session.execute(select(version.c.version_num)).scalar() == newest


def has_row(engine: Engine) -> bool:
    """Whether this database has been settled; never needs the keys, and a database that does not answer says no."""
    try:
        if not inspect(engine).has_table(Installation.__tablename__):
            return False
        with engine.connect() as connection:
            return connection.execute(select(Installation.id)).first() is not None
    except SQLAlchemyError:
        return False


def refuse_wrong_keys(engine: Engine, *, demo: bool) -> None:
    """Refuse to start with keys that do not open this database, a live one shown as a demo, or a demo used as live.

    Raises:
        KeyProblem: the keys are not the ones the data was sealed with.
        WrongKind: the settings say demo and the database is live, or the other way round.
    """
    if not has_row(engine):
        return
    with Session(engine) as session:
        known = session.scalars(select(Installation)).one()
        if known.sealed != _SENTENCE:
            raise KeyProblem("the encryption keys are not the ones this database was sealed with")
        if demo and known.kind is not Kind.DEMO:
            raise WrongKind("this database is live: the demo will not touch it")
        if not demo and known.kind is Kind.DEMO:
            raise WrongKind("this database is a demo, and everybody can read its passwords: use one of your own")
