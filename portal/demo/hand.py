"""What an act has in hand: the unit of work of whoever acts, their case, and the rows it speaks of by short names."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from portal import clock
from portal.cases.models import Case
from portal.db import Base
from portal.demo.people import Supporter
from portal.work import Work

Row = TypeVar("Row", bound=Base)
_SATURDAY = 5


class Memory:
    """Where the seeding remembers what it made: by the cast's own short names."""

    def __init__(self, day: date, zone: str) -> None:
        self.day, self.zone = day, zone
        self.people: dict[str, UUID] = {}
        self.cases: dict[str, UUID] = {}
        self.services: dict[str, UUID] = {}
        #: Who helps clients, and the codes they were told and have not used yet.
        self.helpers: dict[str, Supporter] = {}
        self.codes: dict[tuple[str, str], str] = {}
        self.rows: dict[tuple[str, str], UUID] = {}

    def on(self, days: int) -> date:
        """The day so many days after the day of seeding."""
        return self.day + timedelta(days=days)

    def at(self, days: int, time_of_day: str) -> datetime:
        """A moment at the organisation's time, so many days after the day of seeding."""
        return self._moment(self.on(days), time_of_day)

    def visit(self, days: int, time_of_day: str) -> datetime:
        """As `at`, moved to the Monday after a weekend: places are closed then."""
        day = self.on(days)
        if day.weekday() >= _SATURDAY:
            day += timedelta(days=7 - day.weekday())
        return self._moment(day, time_of_day)

    def _moment(self, day: date, time_of_day: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(time_of_day), clock.zone(self.zone))


@dataclass(frozen=True, slots=True)
class Hand:
    """The work of whoever acts, the case it is in, and the memory of the seeding."""

    work: Work
    case: Case
    client: str
    memory: Memory

    def keep(self, key: str, row_id: UUID) -> None:
        """Remember a row of this case by a short name."""
        if key:
            self.memory.rows[self.client, key] = row_id

    def id_of(self, key: str) -> UUID:
        """The id of a row of this case."""
        return self.memory.rows[self.client, key]

    def row(self, model: type[Row], key: str) -> Row:
        """A row of this case, as whoever acts sees it."""
        return self.work.get(model, self.id_of(key))

    def person(self, key: str) -> UUID:
        """Somebody of the cast."""
        return self.memory.people[key]
