"""The worker that looks again and again."""

from dataclasses import replace
from threading import Event as Signal

from sqlalchemy import select

from portal import clock, worker
from portal.outbox.models import OutboxMessage, State
from portal.outbox.notices import Notice


def test_the_worker_looks_once_when_it_is_told_to_stop_at_once(settings, make, ana, post, mail_sink, message):
    make.contact(ana, "ana@example.org")
    post(Notice.CODE, clock.now(), secret="1", contact_point_id=None)
    post(Notice.STAFF_WELCOME, clock.now(), secret="token")
    chores: list[object] = []
    stop = Signal()
    stop.set()
    ours = replace(settings, mail_url=mail_sink.url, mail_from="a@example.org")
    worker.run_worker(ours, stop, every=60, chores=[chores.append])
    assert len(mail_sink.letters) == 1
    assert f"{settings.origin}/welcome/token" in mail_sink.letters[0]
    assert len(chores) == 1


def test_the_worker_outlives_a_database_that_is_away(settings, tmp_path, caplog):
    stop = Signal()
    stop.set()
    worker.run_worker(replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite'}"), stop)
    assert "looks again later" in caplog.text


def test_a_full_outbox_is_emptied_in_several_looks(make, settings, ana, post, message, monkeypatch):
    monkeypatch.setattr(worker, "AT_ONCE", 2)
    for _ in range(5):
        post(Notice.STAFF_WELCOME, clock.now(), secret="token")
    stop = Signal()

    def once(_seconds: float) -> bool:
        return True

    monkeypatch.setattr(stop, "wait", once)
    worker.run_worker(settings, stop)
    with make.system() as work:
        states = work.session.scalars(select(OutboxMessage.state)).all()
    assert states == [State.KEPT_BACK] * 5
