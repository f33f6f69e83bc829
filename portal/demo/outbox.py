"""What would have left the portal: the demo shows it, so that codes and notices can be clicked through."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.access.scope import Scope
from portal.cases.models import ContactKind, Person
from portal.i18n import _l
from portal.outbox.models import Delivery, OutboxMessage, State
from portal.work import Work

#: So many of each kind are shown, the newest first.
NEWEST = 50
_NOT_SENT = {
    "no safe place": _l("Nothing was sent: there is no way to reach them that they called safe."),
    "expired": _l("Nothing was sent: the code ran out first."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that would have left."""

    to: str
    channel: ContactKind
    address: str
    subject: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotSent:
    """A message that stayed here, and why."""

    to: str
    at: datetime
    why: Any


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the page shows."""

    letters: Sequence[Letter]
    kept_back: Sequence[NotSent]
    waiting: int


def outbox(work: Work) -> Outbox:
    """The newest of what was sent and of what was not, and how much waits."""
    with _seeing_everybody(work):
        waiting = select(func.count(OutboxMessage.id)).where(OutboxMessage.state == State.WAITING)
        return Outbox(_letters(work), _kept_back(work), work.session.scalar(waiting) or 0)


def _letters(work: Work) -> list[Letter]:
    wanted = (
        select(Delivery, Person.name)
        .join(OutboxMessage, OutboxMessage.id == Delivery.message_id)
        .join(Person, Person.id == OutboxMessage.person_id)
        .order_by(Delivery.at.desc(), Delivery.id)
        .limit(NEWEST)
    )
    rows = work.session.execute(wanted).all()
    return [Letter(name, row.channel, row.address, row.subject, row.body, row.at) for row, name in rows]


def _kept_back(work: Work) -> list[NotSent]:
    wanted = (
        select(OutboxMessage, Person.name)
        .join(Person, Person.id == OutboxMessage.person_id)
        .where(OutboxMessage.state.in_([State.KEPT_BACK, State.FAILED]))
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
        .limit(NEWEST)
    )
    rows = work.session.execute(wanted).all()
    return [
        NotSent(name, row.created_at, _NOT_SENT.get(row.problem, _l("It could not be sent."))) for row, name in rows
    ]


@contextmanager
def _seeing_everybody(work: Work) -> Iterator[None]:
    """In the demo everybody is made up, and whoever looks at this page may know them all."""
    before = work.session.info["scope"]
    work.session.info["scope"] = Scope.every_case(because="the demo shows what would have been sent")
    try:
        yield
    finally:
        work.session.info["scope"] = before
