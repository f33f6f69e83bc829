"""The unit of work: one commit, nothing silent, nothing written by looking."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal import clock
from portal.audit import chain
from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.work import Unrecorded, WriteOnRead


def count(make, model):
    with make.system() as work:
        return work.session.scalar(select(func.count()).select_from(model))


def test_a_change_that_nobody_recorded_is_refused_and_undone(make):
    ana = make.client()
    with pytest.raises(Unrecorded), make.work(ana) as work:
        work.get(Case, ana.case).wish = "on my own"
    with make.work(ana, read_only=True) as work:
        assert work.get(Case, ana.case).wish == ""


def test_looking_writes_nothing_but_the_record(make):
    ana, wes = make.client(), make.worker()
    make.joins(wes, ana.case)
    with pytest.raises(WriteOnRead), make.work(ana, read_only=True) as work:
        work.get(Case, ana.case).wish = "on my own"
    with make.work(wes, ana.case, read_only=True) as work:
        work.record_read(work.get(Case, ana.case), "staff.client")
    entry = make.entries(ana.case)[-1]
    assert (entry.event, entry.actor_id, entry.role, entry.subject) == (
        Event.CASE_OPENED,
        wes.id,
        "case_manager",
        "staff.client",
    )


def test_the_same_look_is_recorded_once_in_a_quarter_of_an_hour(make):
    ana, wes = make.client(), make.worker()
    make.joins(wes, ana.case)
    now = clock.now()
    for minutes in (0, 5, 14, 16):
        with clock.frozen_at(now + timedelta(minutes=minutes)), make.work(wes, ana.case, read_only=True) as work:
            work.record_read(work.get(Case, ana.case), "staff.client")
    assert len(make.entries(ana.case)) == 2


def test_a_failure_leaves_neither_change_nor_record_nor_message(make):
    ana = make.client()

    def fail():
        with make.work(ana) as work:
            work.get(Case, ana.case).wish = "on my own"
            work.record(Event.PROFILE_CHOSEN, work.get(Case, ana.case))
            work.send(Notice.NEW_MESSAGE, ana.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert make.entries(ana.case) == []
    assert count(make, OutboxMessage) == 0


def test_the_chain_tells_of_an_edit_a_gap_and_a_lost_end(make):
    ana = make.client()
    for _ in range(4):
        with make.work(ana) as work:
            work.get(Case, ana.case).silent_since = clock.now()
            work.record(Event.REFERRAL_MOVED, work.get(Case, ana.case), to="booked")

    def faults():
        with make.system() as work:
            return list(chain.faults(work.session))

    assert faults() == []
    entries = make.entries(ana.case)
    with make.system() as work:
        work.session.execute(update(AuditEntry).where(AuditEntry.id == entries[1].id).values(facts={"to": "void"}))
    assert "entry 2 was changed" in faults()[0]
    with make.system() as work:
        work.session.execute(update(AuditEntry).where(AuditEntry.id == entries[1].id).values(facts={"to": "booked"}))
    assert faults() == []
    with make.system() as work:
        work.session.delete(work.session.get(AuditEntry, entries[3].id))
    assert "its end is missing" in faults()[0]
    with make.system() as work:
        work.session.execute(update(AuditHead).where(AuditHead.case_id == ana.case).values(seq=3))
    assert "its end is missing" in faults()[0], "who has not the keys cannot mend it"


def test_what_a_client_asks_waits_until_it_is_answered(make):
    ana, wes = make.client(), make.worker()
    make.joins(wes, ana.case)
    first, later = clock.now(), clock.now() + timedelta(hours=1)
    for moment, kind in ((first, ReviewKind.GOAL), (later, ReviewKind.REVIEW_REQUEST), (later, ReviewKind.GOAL)):
        with clock.frozen_at(moment), make.work(ana) as work:
            case = work.get(Case, ana.case)
            work.ask(case, kind, case)
            work.record(Event.REVIEW_ASKED, case)
    assert count(make, ReviewItem) == 2, "a second word on the same thing joins the first"
    with make.work(wes, ana.case) as work:
        case = work.get(Case, ana.case)
        assert case.waiting_since == first
        items = work.session.scalars(select(ReviewItem).order_by(ReviewItem.asked_at)).all()
        work.answered(case, items[0], ReviewAnswer.THANKS)
        work.record(Event.REVIEW_ANSWERED, case)
    with make.work(wes, ana.case) as work:
        case = work.get(Case, ana.case)
        assert case.waiting_since == later
        work.answered(case, work.session.scalars(select(ReviewItem).where(ReviewItem.answer.is_(None))).one(),
                      ReviewAnswer.COMMENT, "Good")  # fmt: skip
        work.record(Event.REVIEW_ANSWERED, case)
        assert case.waiting_since is None


def test_a_statement_that_changes_many_rows_is_held_to_the_same_rules(make):
    ana = make.client()
    everything = update(Case).values(silent_since=clock.now())
    with pytest.raises(WriteOnRead), make.work(ana, read_only=True) as work:
        work.session.execute(everything)
    with pytest.raises(Unrecorded), make.work(ana) as work:
        work.session.execute(everything)
