"""Services and supports on the plan: put on it, changed, taken off it."""

from datetime import date
from typing import TypedDict, Unpack
from uuid import uuid4

from portal.audit.events import Event
from portal.cases.models import Case
from portal.plans.models import Interval, ResourceKind, ServiceLine, Unit
from portal.work import Work


class ServiceParts(TypedDict, total=False):
    """What is told about a service besides its name. A part that is not given stays as it is."""

    provider: str
    unpaid_relationship: str
    frequency: str
    quantity: int | None
    unit: Unit | None
    interval: Interval | None
    reason: str
    reason_source: str
    resource_kind: ResourceKind
    self_directed: bool
    until_on: date | None


def add_service(work: Work, case: Case, *, name: str, **parts: Unpack[ServiceParts]) -> ServiceLine:
    """Staff put a service or support on the plan, paid or unpaid."""
    line = ServiceLine(
        id=uuid4(), case_id=case.id, name=name, provider="", unpaid_relationship="", frequency="", reason="",
        resource_kind=ResourceKind.FORMAL, started_on=work.today, added_by_id=work.actor.id, created_at=work.now,
    )  # fmt: skip
    _set(line, parts)
    work.session.add(line)
    work.record(
        Event.PLAN_SERVICE_ADDED, line, kind=line.resource_kind.value, reason_given=bool(line.reason),
        source_given=bool(line.reason_source),
    )  # fmt: skip
    return line


def change_service(work: Work, line: ServiceLine, *, name: str, **parts: Unpack[ServiceParts]) -> None:
    """Staff change what the plan says about a service.

    Raises:
        NotFromHere: it was taken off the plan.
    """
    line.check_open()
    line.name = name
    _set(line, parts)
    work.record(
        Event.PLAN_SERVICE_CHANGED, line, kind=line.resource_kind.value, reason_given=bool(line.reason),
        source_given=bool(line.reason_source),
    )  # fmt: skip


def end_service(work: Work, line: ServiceLine) -> None:
    """Staff take a service off the plan.

    Raises:
        NotFromHere: it ended before.
    """
    line.end(work.today)
    work.record(Event.PLAN_SERVICE_ENDED, line)


def _set(line: ServiceLine, parts: ServiceParts) -> None:
    for name, value in parts.items():
        setattr(line, name, value)
