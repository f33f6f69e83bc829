"""What every page wears of the organisation: colour, logo, office hours. Read from the database when they change.

A page costs no query for it. Who changes the look leaves a mark in the instance folder once the change is committed;
every process looks at the age of that mark, which is a matter of microseconds, and reads the row again when it moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal import office
from portal.settings import Settings
from portal.web import accent
from portal.web.statics import ROOT, Statics

_MARK = "office.changed"


@dataclass(frozen=True, slots=True)
class Logo:
    """The organisation's picture: its file among the statics and its size, so that nothing moves when it arrives."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """How the portal looks now."""

    accent: str
    logo: Logo | None
    hours: Mapping[str, str]
    #: When the office is open for who reads a language that has no words of its own for it.
    hours_elsewhere: str

    def hours_in(self, language: str) -> str:
        """When the office is open, in this language where somebody wrote it, else as the settings say."""
        return self.hours.get(language) or self.hours_elsewhere


class Looks:
    """The look of one process, kept until its mark moves."""

    def __init__(self, settings: Settings, engine: Engine, statics: Statics) -> None:
        self._engine, self._statics = engine, statics
        self._mark = settings.instance / _MARK
        self._plain = Look(settings.accent, None, {}, settings.office_hours)
        self._look, self._moved = self._plain, -1.0

    def now(self) -> Look:
        """The look, read again when somebody changed it."""
        moved = self._age()
        if moved != self._moved:
            self._look, self._moved = self._dressed(self._read()), moved
        return self._look

    def changed(self, session: Session) -> None:
        """Have every process read it again, once this session has committed."""
        event.listen(session, "after_commit", self._leave_mark, once=True)

    def _leave_mark(self, _session: Session) -> None:
        self._mark.parent.mkdir(parents=True, exist_ok=True)
        self._mark.touch()
        self._moved = -1.0

    def _age(self) -> float:
        try:
            return self._mark.stat().st_mtime_ns
        except OSError:
            return 0.0

    def _read(self) -> Look:
        try:
            with Session(self._engine) as session:
                row = office.decided(session)
        except SQLAlchemyError:  # the tables are not there yet: the settings say enough
            return self._plain
        if row is None:
            return self._plain
        read = replace(self._plain, hours=row.hours, accent=row.accent or self._plain.accent)
        if row.logo is None:
            return read
        seen = office.picture(row.logo)
        name = f"img/logo.{seen.kind}"
        self._statics.add(PurePath(name), row.logo)
        return replace(read, logo=Logo(name, seen.width, seen.height))

    def _dressed(self, look: Look) -> Look:
        for name, body in accent.files(look.accent, ROOT):
            self._statics.add(PurePath(name), body)
        return look


def init_app(app: Flask, settings: Settings, engine: Engine, statics: Statics) -> None:
    """Wear the organisation's look; a file that is asked for and not known here may be newer than what was read."""
    looks = Looks(settings, engine, statics)
    app.extensions["portal_looks"] = looks
    statics.look_again = looks.now


def looks() -> Looks:
    """The running application's own."""
    return cast(Looks, current_app.extensions["portal_looks"])
