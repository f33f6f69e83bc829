"""Ana, what waits for her, and ways out that keep what they are given."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal import clock, worker
from portal.cases.models import ContactKind
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.outbox.transports import Letter
from tests.outbox.sinks import MailSink, TextSink, listening

NOON = datetime(2027, 5, 4, 17, tzinfo=UTC)  # noon in Chicago


class Kept:
    """A way out that keeps what it is given, and fails when told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.problem: BaseException | None = None

    def send(self, letter: Letter) -> None:
        if self.problem is not None:
            raise self.problem
        self.letters.append(letter)

    @property
    def addresses(self) -> list[str]:
        return [letter.address for letter in self.letters]


@pytest.fixture
def mail() -> Kept:
    return Kept()


@pytest.fixture
def texts() -> Kept:
    return Kept()


@pytest.fixture
def ana(make):
    return make.client("Ana Ruiz")


@pytest.fixture
def deliver(app, settings, mail, texts):
    """Deliver what is due at this time."""

    def run(at: datetime = NOON, **changes: object) -> int:
        with clock.frozen_at(at):
            ways = {ContactKind.EMAIL: mail, ContactKind.PHONE: texts}
            return worker.deliver_due(app.extensions["portal"].sessions, replace(settings, **changes), ways)

    return run


@pytest.fixture
def post(make, ana):
    """Put a notice for Ana in the outbox."""

    def put(notice: Notice = Notice.NEW_MESSAGE, at: datetime = NOON, **more: object) -> None:
        with clock.frozen_at(at), make.system() as work:
            work.send(notice, to=ana.id, **more)

    return put


@pytest.fixture
def message(make):
    """The one message of this test, as it is now."""

    def look() -> OutboxMessage:
        with make.system() as work:
            return work.session.scalars(select(OutboxMessage)).one()

    return look


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    with listening(MailSink()) as sink:
        yield sink


@pytest.fixture
def text_sink() -> Iterator[TextSink]:
    with listening(TextSink()) as sink:
        yield sink
