"""What leaves the portal: only what is due, only by a safe way, only once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.audit.models import SystemEntry
from portal.cases.models import CaseMember, ContactKind, ContactPoint, Person
from portal.outbox.delivery import WAITS
from portal.outbox.models import Delivery, State
from portal.outbox.notices import Notice
from portal.outbox.transports import Letter, NotSent
from portal.roles import Power
from tests.outbox.conftest import NOON, Kept


def deliveries(make) -> list[Delivery]:
    with make.system() as work:
        return list(work.session.scalars(select(Delivery).order_by(Delivery.at)))


def test_a_notice_goes_to_every_safe_place_and_to_no_other(make, ana, post, deliver, message, mail, texts):
    make.contact(ana, "safe@example.org")
    make.contact(ana, "read-by-him@example.org", safe=False)
    make.contact(ana, "+15555550142", ContactKind.PHONE)
    make.contact(make.client("Ben Ito"), "ben@example.org")
    post()
    assert deliver() == 1
    assert mail.addresses == ["safe@example.org"]
    assert texts.addresses == ["+15555550142"]
    assert message().state is State.SENT
    assert message().sent_at == NOON
    assert deliver() == 0, "never twice"
    assert len(mail.letters) == 1


@pytest.mark.parametrize("notice", list(Notice))
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_notice_tells_anything(make, settings, notice, language, deliver, mail, post, ana):
    with make.system() as work:
        work.get(Person, ana.id).language = language
    point = make.contact(ana, "ana@example.org")
    post(notice, secret="123456", contact_point_id=point, address="intake@place.example.org")
    deliver()
    (letter,) = mail.letters
    said = f"{letter.text.subject} {letter.text.body}".lower()
    for telling in ("ana", "ruiz", "goal", "message from", "shelter", "case", settings.organisation.lower()):
        assert telling not in said
    assert letter.language == language


@pytest.mark.parametrize("change", ["ended_at", "paused_at", "ends_on", "nothing"])
def test_a_supporter_whose_access_is_over_hears_of_nothing_that_was_on_its_way(make, ana, deliver, mail, change):
    luis = make.supporter(ana, "Luis", powers=[Power.MESSAGE_WORKER])
    make.contact(luis, "luis@example.org")
    with clock.frozen_at(NOON), make.system() as work:
        work.send(Notice.NEW_MESSAGE, to=luis.id)
    ends = {"ended_at": NOON, "paused_at": NOON, "ends_on": NOON.date() - timedelta(days=1)}
    with make.system() as work:
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == luis.id)).one()
        if change in ends:
            setattr(member, change, ends[change])
    deliver()
    assert mail.addresses == ([] if change in ends else ["luis@example.org"])


def test_a_place_is_asked_for_at_the_moment_of_sending(make, ana, post, deliver, message, mail):
    point = make.contact(ana, "ana@example.org")
    post()
    with make.system() as work:
        work.get(ContactPoint, point).safe = False
    deliver()
    assert mail.letters == []
    assert message().state is State.KEPT_BACK


def test_a_person_without_a_safe_place_gets_nothing(post, deliver, message, mail, texts):
    post()
    deliver()
    assert (message().state, mail.letters, texts.letters) == (State.KEPT_BACK, [], [])


def test_a_code_goes_to_the_place_it_was_asked_for(make, ana, post, deliver, message, mail, texts):
    make.contact(ana, "ana@example.org")
    phone = make.contact(ana, "+15555550142", ContactKind.PHONE)
    post(Notice.CODE, secret="314159", contact_point_id=phone, lasts=timedelta(minutes=10))
    deliver()
    assert (mail.letters, texts.addresses) == ([], ["+15555550142"])
    assert "314159" in texts.letters[0].text.body
    assert message().secret == "", "a secret that has been sent is not kept"


def test_a_code_whose_place_is_gone_goes_nowhere(make, ana, post, deliver, message, mail):
    point = make.contact(ana, "ana@example.org")
    make.contact(ana, "other@example.org")
    post(Notice.CODE, secret="314159", contact_point_id=point)
    with make.system() as work:
        work.session.delete(work.get(ContactPoint, point))
    deliver()
    assert mail.letters == []
    assert message().state is State.KEPT_BACK


def test_a_code_that_came_too_late_is_not_sent(make, ana, post, deliver, message, mail):
    point = make.contact(ana, "ana@example.org")
    post(Notice.CODE, secret="314159", contact_point_id=point, lasts=timedelta(minutes=10))
    deliver(NOON + timedelta(minutes=10))
    assert mail.letters == []
    assert (message().state, message().problem, message().secret) == (State.FAILED, "expired", "")


def test_news_waits_for_the_morning_and_a_code_does_not(make, ana, post, deliver, mail, message):
    point = make.contact(ana, "ana@example.org")
    night = datetime(2027, 5, 5, 4, tzinfo=UTC)  # eleven at night in Chicago
    post(at=night)
    deliver(night)
    assert mail.letters == []
    assert message().due_at == datetime(2027, 5, 5, 13, tzinfo=UTC)
    post(Notice.CODE, night, secret="314159", contact_point_id=point)
    deliver(night)
    assert len(mail.letters) == 1
    deliver(datetime(2027, 5, 5, 13, tzinfo=UTC))
    assert len(mail.letters) == 2


def test_the_morning_is_where_the_person_is(make, ana, post, deliver, mail):
    make.contact(ana, "ana@example.org")
    with make.system() as work:
        work.get(Person, ana.id).zone = "Asia/Tokyo"
    post()
    deliver(NOON)  # two at night in Tokyo
    assert mail.letters == []


def test_what_failed_is_tried_again_later_and_later_and_then_given_up(make, ana, post, deliver, message, mail):
    make.contact(ana, "ana@example.org")
    post()
    mail.problem, now = NotSent("TimeoutError"), NOON
    waits: list[timedelta] = []
    while message().state is State.WAITING and len(waits) < 20:
        with pytest.MonkeyPatch.context() as always_day:
            always_day.setattr("portal.outbox.delivery.MORNING", datetime.min.time())
            always_day.setattr("portal.outbox.delivery.EVENING", datetime.max.time())
            deliver(now)
        waits.append(message().due_at - now)
        now = message().due_at
    assert tuple(waits[: len(WAITS)]) == WAITS
    assert (message().state, message().problem) == (State.FAILED, "TimeoutError")
    assert message().attempts == len(WAITS) + 1


def test_a_refusal_for_good_is_not_tried_again(make, ana, post, deliver, message, mail):
    make.contact(ana, "ana@example.org")
    post()
    mail.problem = NotSent("refused", is_final=True)
    deliver()
    assert message().state is State.FAILED


def test_one_place_that_fails_does_not_make_another_hear_twice(make, ana, post, deliver, message, mail, texts):
    make.contact(ana, "ana@example.org")
    make.contact(ana, "+15555550142", ContactKind.PHONE)
    post()
    texts.problem = NotSent("http 503")
    deliver()
    assert message().state is State.WAITING
    texts.problem = None
    deliver(NOON + timedelta(minutes=1))
    assert (len(mail.letters), len(texts.letters), message().state) == (1, 1, State.SENT)


def test_a_place_that_fails_and_is_called_unsafe_ends_the_matter(make, ana, post, deliver, message, mail, texts):
    make.contact(ana, "ana@example.org")
    phone = make.contact(ana, "+15555550142", ContactKind.PHONE)
    post()
    texts.problem = NotSent("http 503")
    deliver()
    with make.system() as work:
        work.get(ContactPoint, phone).safe = False
    deliver(NOON + timedelta(minutes=1))
    assert (len(mail.letters), message().state) == (1, State.SENT)


def test_a_transport_that_breaks_does_not_stop_the_others(make, ana, post, deliver, message, mail):
    make.contact(ana, "ana@example.org")
    post()
    mail.problem = RuntimeError("ana@example.org said something odd")
    deliver()
    assert message().problem == "RuntimeError", "the kind, never an address"


def test_a_worker_that_dies_in_between_leaves_the_message_for_the_next(make, app, ana, post, deliver, message, mail):
    make.contact(ana, "ana@example.org")
    post()

    class Killed(BaseException):
        pass

    mail.problem = Killed()  # as if the process were gone
    with pytest.raises(Killed):
        deliver()
    mail.problem = None
    assert deliver(NOON + timedelta(minutes=4)) == 0, "claimed"
    assert deliver(NOON + timedelta(minutes=5)) == 1
    assert (len(mail.letters), message().state) == (1, State.SENT)


def test_nothing_is_held_locked_while_sending(make, ana, post, deliver, mail):
    make.contact(ana, "ana@example.org")
    post()

    class Writing(Kept):
        def send(self, letter: Letter) -> None:
            with make.system() as work:  # would wait for a lock that the worker held
                work.get(Person, ana.id).language = "es"
            super().send(letter)

    mail.__class__ = Writing
    deliver()
    assert len(mail.letters) == 1


def test_only_the_demo_keeps_what_was_said(make, ana, post, deliver, message):
    make.contact(ana, "ana@example.org")
    post()
    deliver()
    post()
    deliver(demo=True)
    live, demo = deliveries(make)
    assert (live.subject, live.body) == ("", "")
    assert "Something new" in demo.body


def test_what_was_sent_is_recorded_without_an_address(make, ana, post, deliver):
    make.contact(ana, "ana@example.org")
    post()
    deliver()
    with make.system() as work:
        entry = work.session.scalars(select(SystemEntry).where(SystemEntry.event == Event.NOTICE_SENT)).one()
    assert entry.facts == {"notice": "new_message"}


def test_a_rolled_back_cause_sends_nothing(make, ana, deliver, mail):
    make.contact(ana, "ana@example.org")

    def change_that_fails() -> None:
        with make.system() as work:
            work.send(Notice.NEW_MESSAGE, to=ana.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    deliver()
    assert mail.letters == []
