"""From nothing to a database that the portal can serve: keys, tables, and what kind of database it is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from portal import installation
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.crypto import KeyProblem
from portal.db import make_engine, make_sessions
from portal.directory.documents import renew
from portal.installation import Kind
from portal.settings import DATABASES, OTHER_DATABASE, Settings, SettingsProblem, make_first_keys
from portal.work import unit_of_work


def bring_up(environ: Mapping[str, str], *, kind: Kind = Kind.LIVE, say: Callable[[str], object]) -> Settings:
    """Make keys if this is the first run, bring the tables to this release, and settle what the database is.

    Raises:
        SettingsProblem: a setting is wrong.
        KeyProblem: the database was sealed with keys that are not here; no new ones are made then.
        WrongKind: the database is of the other kind.
    """
    instance = Path(environ.get("PORTAL_INSTANCE", "instance")).absolute()
    _first_keys(environ, instance, say)
    settings = Settings.from_env(environ)
    _own_file(settings)
    config = alembic_config(settings.database_url)
    command.upgrade(config, "head")
    engine = make_engine(settings.database_url, settings.key_ring())
    try:
        installation.refuse_wrong_keys(engine, demo=kind is Kind.DEMO)
        scope = Scope.every_case(because="settling what this database is for")
        with make_sessions(engine)() as session, unit_of_work(session, ANONYMOUS, scope=scope, zone=settings.zone):
            installation.settle(session, kind)
            if made := renew(session):
                say(f"The search index of {made} places was made anew.")
    finally:
        engine.dispose()
    say("The database is ready.")
    return replace(settings, demo=kind is Kind.DEMO)


def _first_keys(environ: Mapping[str, str], instance: Path, say: Callable[[str], object]) -> None:
    given = environ.get("PORTAL_ENCRYPTION_KEYS") or environ.get("PORTAL_ENCRYPTION_KEYS_FILE")
    if not given and not (instance / "encryption.keys").exists():
        address = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.sqlite'}"
        if not address.startswith(DATABASES):
            raise SettingsProblem(OTHER_DATABASE)
        if not address.startswith("sqlite:///") or Path(address.removeprefix("sqlite:///")).exists():
            engine = create_engine(address.replace("postgres://", "postgresql://", 1))
            try:
                if installation.has_row(engine):
                    raise KeyProblem(
                        "this database was sealed with encryption keys that are not here: restore encryption.keys"
                    )
            finally:
                engine.dispose()
    for path in make_first_keys(instance, environ):
        say(f"Made {path.name}. Keep a copy of it apart from the database: without it the data cannot be read.")


def _own_file(settings: Settings) -> None:
    if settings.database_url.startswith("sqlite:///"):
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)


def alembic_config(database_url: str) -> Config:
    """Alembic's settings for this database, wherever the command is run from."""
    config = Config()
    config.set_main_option("script_location", str(installation.MIGRATIONS))
    config.attributes["database_url"] = database_url
    return config
