"""Services and supports on the plan, paid and unpaid, each with the reason it was suggested (DOMAIN 2.3)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l, number
from portal.plans.models.goal import NotFromHere
from portal.plans.models.step import ResourceKind
from portal.roles import Power


class Unit(StrEnum):
    """What a service is counted in."""

    VISITS = "visits"
    CALLS = "calls"
    HOURS = "hours"
    DAYS = "days"
    MEALS = "meals"
    RIDES = "rides"

    @property
    def label(self) -> Any:
        """The unit in plain words."""
        return {
            Unit.VISITS: _l("Visits"),
            Unit.CALLS: _l("Calls"),
            Unit.HOURS: _l("Hours"),
            Unit.DAYS: _l("Days"),
            Unit.MEALS: _l("Meals"),
            Unit.RIDES: _l("Rides"),
        }[self]


class Interval(StrEnum):
    """In how much time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    IN_ALL = "in_all"

    @property
    def label(self) -> Any:
        """The time in plain words."""
        return {
            Interval.DAY: _l("Each day"),
            Interval.WEEK: _l("Each week"),
            Interval.MONTH: _l("Each month"),
            Interval.IN_ALL: _l("In all"),
        }[self]


def amount_in_words(quantity: int | None, unit: Unit | None, interval: Interval | None) -> str:
    """How much in how much time, such as "Visits: 2 (Each week)"; empty when nobody counted."""
    if not quantity or unit is None:
        return ""
    return f"{unit.label}: {number(quantity)}" + (f" ({interval.label})" if interval else "")


class ServiceLine(CaseBound, Base):
    """A service or support on the plan, paid or unpaid, with the reason it was suggested."""

    __tablename__ = "plan_service"
    name: Mapped[str] = mapped_column(EncryptedText)
    provider: Mapped[str] = mapped_column(EncryptedText, default="")
    #: For unpaid help, who it is to the client: "my sister", "the choir". Empty for a paid service.
    unpaid_relationship: Mapped[str] = mapped_column(EncryptedText, default="")
    #: How often, in words. `quantity`, `unit` and `interval` say it in figures where there are some.
    frequency: Mapped[str] = mapped_column(EncryptedText, default="")
    quantity: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(WordEnum(Unit))
    interval: Mapped[Interval | None] = mapped_column(WordEnum(Interval))
    #: Why it was suggested to this client, and where that comes from: a guideline, a study, what worked before.
    reason: Mapped[str] = mapped_column(EncryptedText, default="")
    reason_source: Mapped[str | None] = mapped_column(EncryptedText)
    resource_kind: Mapped[ResourceKind] = mapped_column(WordEnum(ResourceKind), default=ResourceKind.FORMAL)
    #: The client directs it: they choose who gives it and how.
    self_directed: Mapped[bool | None]
    started_on: Mapped[date]
    #: The day it is planned to end; `ended_on` is the day it was taken off the plan.
    until_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    @classmethod
    def lent(cls, powers: frozenset[Power], supporter_id: UUID) -> ColumnElement[bool] | None:
        """To no supporter: who helps and pays names the client's circle (SECURITY D13)."""
        return None

    @property
    def amount(self) -> str:
        """How much in how much time, in words."""
        return amount_in_words(self.quantity, self.unit, self.interval)

    @property
    def ends(self) -> date | None:
        """The day it is planned to end."""
        return self.until_on

    def end(self, on: date) -> None:
        """Take it off the plan.

        Raises:
            NotFromHere: it ended before.
        """
        self.check_open()
        self.ended_on = on

    def check_open(self) -> None:
        """Go on only if it is on the plan.

        Raises:
            NotFromHere: it was taken off.
        """
        if self.ended_on is not None:
            raise NotFromHere
