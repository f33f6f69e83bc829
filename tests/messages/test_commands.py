"""Sending, answering and keeping notes, without Flask."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ReviewAnswer, ReviewItem, ReviewKind
from portal.messages import commands, queries
from portal.messages.models import Message, StaffNote, Thread
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.roles import Power
from portal.work import NotAllowed

NOON = datetime(2025, 4, 7, 17, tzinfo=UTC)


@pytest.fixture
def worker(make):
    return make.worker("Dana Okafor")


@pytest.fixture
def elena(make, worker):
    return make.client("Elena Marsh", profile="brokerage", worker=worker)


def say(make, who, case_id, words, at=None):
    with clock.frozen_at(at or clock.now()), make.work(who, case_id) as work:
        return commands.send(work, work.get(Case, case_id), words).id


def items(make):
    with make.system() as work:
        return work.session.scalars(select(ReviewItem).order_by(ReviewItem.asked_at)).all()


def told(make):
    with make.system() as work:
        return [
            (row.person_id, row.notice)
            for row in work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at)).all()
        ]


def test_a_client_s_message_waits_for_an_answer(make, elena, worker):
    say(make, elena, elena.case, "My head hurts", NOON)
    (item,) = items(make)
    assert (item.kind, item.asked_by_id, item.answered_at) == (ReviewKind.MESSAGE, elena.id, None)
    assert told(make) == [(worker.id, Notice.NEW_MESSAGE)]
    assert make.events(elena.case) == [Event.MESSAGE_SENT]
    with make.system() as work:
        case = work.session.get(Case, elena.case)
        assert (case.waiting_since, case.last_contact_at) == (NOON, None)


def test_the_record_never_tells_what_was_written(make, elena):
    say(make, elena, elena.case, "My head hurts")
    assert "head" not in str([(entry.subject, entry.facts) for entry in make.entries(elena.case)])


def test_a_second_message_joins_the_first_in_the_queue(make, elena):
    say(make, elena, elena.case, "One", NOON)
    say(make, elena, elena.case, "Two", NOON + timedelta(hours=1))
    (item,) = items(make)
    assert item.asked_at == NOON


def test_a_reply_answers_what_waited_and_counts_as_contact(make, elena, worker):
    say(make, elena, elena.case, "One", NOON)
    say(make, worker, elena.case, "I read it", NOON + timedelta(hours=2))
    (item,) = items(make)
    assert (item.answer, item.answered_by_id) == (ReviewAnswer.REPLIED, worker.id)
    assert (elena.id, Notice.NEW_MESSAGE) in told(make)
    with make.system() as work:
        case = work.session.get(Case, elena.case)
        assert (case.waiting_since, case.last_contact_at) == (None, NOON + timedelta(hours=2))


def test_writing_alone_is_no_contact(make, elena, worker):
    say(make, worker, elena.case, "Hello?", NOON)
    say(make, worker, elena.case, "Are you there?", NOON + timedelta(days=3))
    with make.system() as work:
        assert work.session.get(Case, elena.case).last_contact_at is None


def test_a_whole_team_is_told_where_it_shares_its_inbox(make):
    from portal.cases.models import Team, TeamMember

    one, two = make.worker("One"), make.worker("Two")
    programme = make.any_programme
    with make.system() as work:
        team = Team(programme_id=programme, name="Team")
        work.session.add(team)
        work.session.flush()
        work.session.add_all(TeamMember(team_id=team.id, person_id=who.id) for who in (one, two))
        team_id = team.id
    client = make.client("Cleo", profile="act", team_id=team_id)
    say(make, client, client.case, "Anybody?")
    assert {person for person, _notice in told(make)} == {one.id, two.id}


def test_a_reply_from_the_queue_lands_in_its_thread(make, elena, worker):
    say(make, elena, elena.case, "One")
    with make.work(worker, elena.case) as work:
        item = work.session.scalars(select(ReviewItem)).one()
        assert [line.body for line in queries.waiting(work, [item.id])[item.id]] == ["One"]
        commands.reply_from_queue(work, work.get(Case, elena.case), item, "Answer")
    (item,) = items(make)
    with make.work(worker, elena.case) as work, pytest.raises(commands.AnsweredAlready):
        commands.reply_from_queue(work, work.get(Case, elena.case), item, "Again")
    with make.system() as work:
        wanted = select(Message).order_by(Message.sent_at)
        assert [message.body for message in work.session.scalars(wanted)] == ["One", "Answer"]


def test_the_queue_s_messages_are_those_since_the_last_answer(make, elena, worker):
    say(make, elena, elena.case, "Old", NOON)
    say(make, worker, elena.case, "Answer", NOON + timedelta(hours=1))
    say(make, elena, elena.case, "New", NOON + timedelta(hours=2))
    say(make, elena, elena.case, "Newer", NOON + timedelta(hours=3))
    with make.work(worker, elena.case) as work:
        item = work.session.scalars(select(ReviewItem).where(ReviewItem.answered_at.is_(None))).one()
        assert [line.body for line in queries.waiting(work, [item.id])[item.id]] == ["New", "Newer"]
        assert queries.waiting(work, []) == {}


def test_a_supporter_s_words_stand_in_a_thread_of_their_own(make, elena, worker):
    luis = make.supporter(elena, powers=[Power.MESSAGE_WORKER])
    say(make, elena, elena.case, "Private")
    with make.work(luis) as work:
        commands.send_as_supporter(work, work.get(Case, elena.case), "She isn't eating")
        (talk,) = queries.conversations(work, work.get(Case, elena.case))
        assert talk.thread is not None
        assert talk.thread.supporter_id == luis.id
        assert [message.body for message in work.session.scalars(select(Message))] == ["She isn't eating"]
    assert make.events(elena.case) == [Event.MESSAGE_SENT, Event.MESSAGE_SENT]
    assert make.entries(elena.case)[-1].role == "supporter"
    assert [item.asked_by_id for item in items(make)] == [elena.id, luis.id]
    with make.work(worker, elena.case) as work:
        found = work.session.scalars(select(Thread).where(Thread.supporter_id == luis.id)).one()
        commands.reply_to_supporter(work, found, "Thank you")
    assert [item.answer for item in items(make)] == [None, ReviewAnswer.REPLIED]
    assert told(make)[-1] == (luis.id, Notice.NEW_MESSAGE)


@pytest.mark.parametrize("change", ["paused_at", "ended_at", "powers"])
def test_nothing_goes_to_a_supporter_who_may_not_read_it(make, elena, worker, change):
    luis = make.supporter(elena, powers=[Power.MESSAGE_WORKER])
    with make.work(luis) as work:
        commands.send_as_supporter(work, work.get(Case, elena.case), "Hello")
    with make.system() as work:
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == luis.id)).one()
        setattr(member, change, [] if change == "powers" else work.now)
        thread_id = work.session.scalars(select(Thread.id)).one()
    with make.work(worker, elena.case) as work, pytest.raises(commands.CannotReadNow):
        commands.reply_to_supporter(work, work.get(Thread, thread_id), "Thank you")


def test_a_supporter_without_the_power_cannot_write(make, elena):
    luis = make.supporter(elena, powers=[Power.SEE_NEXT])
    with pytest.raises(NotAllowed), make.work(luis) as work:
        commands.send_as_supporter(work, work.get(Case, elena.case), "Hello")


def test_a_note_is_kept_and_told_to_nobody(make, elena, worker):
    with make.work(worker, elena.case) as work:
        commands.keep_note(work, work.get(Case, elena.case), "Seemed tired")
    assert make.events(elena.case) == [Event.NOTE_WRITTEN]
    assert (told(make), items(make)) == ([], [])
    with make.system() as work:
        assert work.session.scalars(select(StaffNote)).one().body == "Seemed tired"
        assert not work.session.scalars(select(Message)).all()


def test_a_client_cannot_keep_a_note(make, elena):
    with pytest.raises(NotAllowed), make.work(elena) as work:
        commands.keep_note(work, work.get(Case, elena.case), "Mine")


@pytest.mark.parametrize(("profile", "day"), [("brokerage", 9), ("strengths", 8), ("intensive", 7)])
def test_an_answer_is_promised_in_working_days(make, profile, day):
    client = make.client(profile=profile)
    friday = datetime(2025, 4, 4, 17, tzinfo=UTC)
    with clock.frozen_at(friday), make.work(client) as work:
        assert queries.answer_by(work, work.get(Case, client.case)) == date(2025, 4, day)
