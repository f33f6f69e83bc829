"""The queue: everything a client wrote, oldest first, answered in one place; what was read is remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.messages import commands as messages
from portal.messages.models import Message
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind, Goal, PlanVersion, Step, Visibility
from portal.referrals import commands as referrals
from portal.referrals.commands import Offer, Told
from portal.referrals.models import LedBy, Referral, ReferralEvent, Report, Status
from portal.resources import commands as resources
from portal.roles import Power
from portal.staff import commands
from portal.staff.queries import queue as queues
from portal.staff.queries.queue import queue
from portal.staff.refusals import AnsweredAlready, KeptPrivate, NotForThis, WordsMissing
from portal.strengths import commands as strengths

NOON = datetime(2025, 4, 7, 17, tzinfo=UTC)


@pytest.fixture
def dana(make):
    return make.worker("Dana Okafor")


@pytest.fixture
def elena(make, dana):
    return make.client("Elena Marsh", profile="brokerage", worker=dana)


def does(make, who, act, at=None, case_id=None):
    with clock.frozen_at(at or clock.now()), make.work(who, case_id) as work:
        return act(work, work.get(Case, case_id or who.case))


def goal(make, who, words="Drive to work", at=None, **more):
    return does(make, who, lambda work, case: plans.write_goal(work, case, words=words, **more).id, at)


def item(make):
    with make.system() as work:
        return work.session.scalars(select(ReviewItem).where(ReviewItem.answered_at.is_(None))).one().id


def answer(make, who, case_id, act):
    with make.work(who, case_id) as work:
        found = work.session.scalars(select(ReviewItem).order_by(ReviewItem.asked_at)).first()
        return act(work, work.get(Case, case_id), found)


def answered(make):
    with make.system() as work:
        return [
            (found.kind, found.answer, found.answer_text)
            for found in work.session.scalars(select(ReviewItem).order_by(ReviewItem.asked_at))
        ]


def test_answering_is_recorded_and_the_client_is_told(make, elena, dana):
    goal(make, elena)
    answer(make, dana, elena.case, lambda work, case, found: commands.answer_item(
        work, case, found, ReviewAnswer.COMMENT, "A good goal"))  # fmt: skip
    assert answered(make) == [(ReviewKind.GOAL, ReviewAnswer.COMMENT, "A good goal")]
    last = make.entries(elena.case)[-1]
    assert (last.event, last.facts) == (Event.REVIEW_ANSWERED, {"answer": "comment", "kind": "goal"})
    with make.system() as work:
        assert work.session.get(Case, elena.case).waiting_since is None
        assert (elena.id, Notice.SOMETHING_NEW) in [
            (row.person_id, row.notice) for row in work.session.scalars(select(OutboxMessage))
        ]


def test_a_suggestion_leaves_the_client_s_words_alone(make, elena, dana):
    goal_id = goal(make, elena)
    answer(make, dana, elena.case, lambda work, case, found: commands.answer_item(
        work, case, found, ReviewAnswer.SUGGESTION, "Drive to work each day"))  # fmt: skip
    with make.system() as work:
        assert work.session.get(Goal, goal_id).words == "Drive to work"


@pytest.mark.parametrize(
    ("how", "text", "refusal"),
    [
        (ReviewAnswer.COMMENT, " ", WordsMissing),
        (ReviewAnswer.SUGGESTION, "", WordsMissing),
        (ReviewAnswer.ADDED, "x", NotForThis),
        (ReviewAnswer.REPLIED, "x", NotForThis),
    ],
)
def test_what_is_no_answer_is_refused(make, elena, dana, how, text, refusal):
    goal(make, elena)
    with pytest.raises(refusal):
        answer(make, dana, elena.case, lambda w, c, found: commands.answer_item(w, c, found, how, text))


def test_nothing_is_answered_twice(make, elena, dana):
    goal(make, elena)
    answer(make, dana, elena.case, lambda w, c, i: commands.answer_item(w, c, i, ReviewAnswer.THANKS))
    with pytest.raises(AnsweredAlready):
        answer(make, dana, elena.case, lambda w, c, i: commands.answer_item(w, c, i, ReviewAnswer.THANKS))


def test_a_goal_made_private_meanwhile_is_not_shown_and_only_thanked(make, elena, dana):
    goal_id = goal(make, elena, "My secret")
    with make.system() as work:
        work.session.get(Goal, goal_id).visibility = Visibility.PRIVATE
    with make.work(dana) as work:
        (found,) = queue(work).items
        assert (found.words, found.is_gone, found.answers) == ("", True, (ReviewAnswer.THANKS,))
    with pytest.raises(KeptPrivate):
        answer(make, dana, elena.case, lambda w, c, i: commands.answer_item(w, c, i, ReviewAnswer.COMMENT, "Hm"))
    answer(make, dana, elena.case, lambda w, c, i: commands.answer_item(w, c, i, ReviewAnswer.THANKS))


def test_a_first_step_answers_a_goal(make, elena, dana):
    goal_id = goal(make, elena)
    doer = Doer(DoerKind.STAFF, dana.id)
    answer(make, dana, elena.case, lambda w, c, i: commands.add_to_plan(w, c, i, text="Ask the clinic", doer=doer))
    with make.system() as work:
        step = work.session.scalars(select(Step)).one()
        assert (step.goal_id, step.text, step.doer_person_id) == (goal_id, "Ask the clinic", dana.id)
    assert answered(make) == [(ReviewKind.GOAL, ReviewAnswer.ADDED, "")]


def test_a_reply_from_the_queue_is_a_message(make, elena, dana):
    does(make, elena, lambda work, case: messages.send(work, case, "My head hurts"))
    answer(make, dana, elena.case, lambda w, c, i: commands.reply(w, c, i, "I will call you"))
    assert answered(make) == [(ReviewKind.MESSAGE, ReviewAnswer.REPLIED, "")]
    with make.system() as work:
        assert [m.body for m in work.session.scalars(select(Message).order_by(Message.sent_at))] == [
            "My head hurts",
            "I will call you",
        ]
    assert make.events(elena.case)[-2:] == [Event.MESSAGE_SENT, Event.REVIEW_ANSWERED]


def claimed(make, dana):
    """A client whose reports only suggest (intensive) tells that they got the help."""
    tom = make.client("Tom", profile="intensive", worker=dana)
    does(make, dana, lambda work, case: referrals.offer(
        work, case, Offer(service_id=None, place="Food bank", led_by=LedBy.CLIENT)), case_id=tom.case)  # fmt: skip

    only = select(Referral)
    does(make, tom, lambda work, case: referrals.accept(work, case, work.session.scalars(only).one()))
    told = Told(report=Report.GOT_HELP)
    does(make, tom, lambda work, case: referrals.report(work, case, work.session.scalars(only).one(), told))
    return tom


def test_a_report_is_confirmed(browser, make, dana):
    tom = claimed(make, dana)
    page = browser.as_(dana).visit("/to-answer")
    assert page.says("Food bank")
    done = page.press("Yes, it is so Food bank – Told by the client: I got the help")
    assert done.says("Nothing waits")
    with make.system() as work:
        assert work.session.scalars(select(Referral.status)).one() is Status.GOT_HELP
    assert make.events(tom.case)[-1] in {Event.REVIEW_ANSWERED, Event.REFERRAL_MOVED}


def test_news_of_something_else_is_not_confirmed(make, dana):
    tom = claimed(make, dana)
    goal(make, tom)
    with make.work(dana, tom.case) as work:
        report, other = work.session.scalars(select(ReviewItem).order_by(ReviewItem.asked_at)).all()
        told = work.get(ReferralEvent, queues.item_of(work, report).claim)
        case = work.get(Case, tom.case)
        with pytest.raises(NotForThis):
            commands.confirm_report(work, case, other, told)


def every_kind(make, elena, dana):
    goal(make, elena, at=NOON)
    does(make, elena, lambda w, c: strengths.add(w, c, words="Patient"), NOON + timedelta(hours=1))
    does(make, elena, lambda w, c: messages.send(w, c, "Hello"), NOON + timedelta(hours=2))
    does(make, elena, lambda w, c: resources.ask(w, c, service_id=None, place="", words="A dentist"),
         NOON + timedelta(hours=3))  # fmt: skip
    does(make, elena, lambda w, c: plans.ask_review(w, c, words="Let us talk"), NOON + timedelta(hours=4))
    does(make, dana, plans.offer_plan, NOON + timedelta(hours=5), elena.case)

    def change(work, case):
        plans.ask_for_changes(work, work.session.scalars(select(PlanVersion)).one(), words="Not mornings")

    does(make, elena, change, NOON + timedelta(hours=6))


def test_every_kind_shows_its_words_the_oldest_first(make, elena, dana):
    every_kind(make, elena, dana)
    with make.work(dana) as work:
        found = queue(work).items
    assert [(waiting.kind.value, waiting.words or waiting.lines[0].body) for waiting in found] == [
        ("goal", "Drive to work"),
        ("strength", "Patient"),
        ("message", "Hello"),
        ("place_request", "A dentist"),
        ("review_request", "Let us talk"),
        ("plan_change", "Not mornings"),
    ]


def test_one_answer_after_the_other(browser, make, elena, dana):
    every_kind(make, elena, dana)
    page = browser.as_(dana).visit("/to-answer")
    assert page.says("Drive to work")
    page = page.press("Send as a comment", words="Well said")
    assert page.says("Answered. The client can see it.")
    page = page.press("Suggest this wording", words="Patient with people")
    page = page.press("Send the reply", words="Hello Elena")
    page = page.press("I offered a place")
    page = page.press("Thank them")
    page = page.press("Send as a comment", words="Afternoons then")
    assert page.says("Nothing waits")
    assert [(kind.value, how.value, text) for kind, how, text in answered(make)] == [
        ("goal", "comment", "Well said"),
        ("strength", "suggestion", "Patient with people"),
        ("message", "replied", ""),
        ("place_request", "added", ""),
        ("review_request", "thanks", ""),
        ("plan_change", "comment", "Afternoons then"),
    ]


def test_an_answer_without_words_stays_on_the_page(browser, make, elena, dana):
    goal(make, elena)
    page = browser.as_(dana).visit("/to-answer").press("Send as a comment", words="")
    assert (page.status, page.says("Write some words first.")) == (422, True)
    assert answered(make) == [(ReviewKind.GOAL, None, "")]


def test_an_unknown_answer_changes_nothing(browser, make, elena, dana):
    goal(make, elena)
    page = browser.as_(dana).visit("/to-answer").press("Thank them", answer="nonsense")
    assert page.status == 422
    assert answered(make) == [(ReviewKind.GOAL, None, "")]


def test_a_step_is_added_on_the_page_of_one_item(browser, make, elena, dana):
    goal(make, elena)
    page = browser.as_(dana).visit("/to-answer").follow("Add a first step to the plan")
    assert page.press("Add to the plan", text="Call").status == 422
    done = page.press("Add to the plan", text="Call the clinic", doer="client")
    assert done.says("Added to the plan. The client can see it.")
    with make.system() as work:
        assert work.session.scalars(select(Step)).one().doer is DoerKind.CLIENT


def test_a_private_note_stands_apart_from_the_answer(browser, make, elena, dana):
    goal(make, elena)
    page = browser.as_(dana).visit(f"/to-answer/{item(make)}")
    assert page.follow("Keep a private note").heading == "Private notes"
    form = page._button("Send as a comment").find_parent("form")  # what the form holds
    assert form is not None
    assert "note" not in {str(box.get("name")) for box in form.select("textarea")}


def test_what_was_read_is_remembered_once_for_each_case(browser, make, elena, dana):
    goal(make, elena)
    goal(make, elena, "Another")
    ana = make.client("Ana", worker=dana)
    goal(make, ana)
    page = browser.as_(dana)
    page.visit("/to-answer")
    page.visit("/to-answer")
    for client in (elena, ana):
        looks = [entry for entry in make.entries(client.case) if entry.event is Event.CASE_OPENED]
        assert [(look.actor_id, look.role) for look in looks] == [(dana.id, "case_manager")]
        assert looks[0].subject == "staff.queue"


def test_the_queue_is_one_s_own_and_a_supervisor_can_look_at_all(browser, make, elena, dana):
    goal(make, elena)
    assert browser.as_(make.worker("Wes")).visit("/to-answer").says("Nothing waits")
    grace = browser.as_(make.supervisor())
    assert grace.visit("/to-answer").says("Nothing waits")
    page = grace.visit("/to-answer").follow("All of my programmes")
    assert page.says("Drive to work")
    assert [entry.role for entry in make.entries(elena.case)][-1] == "supervisor"
    assert browser.as_(make.worker("Wes")).visit(f"/to-answer/{item(make)}").status == 404
    assert browser.as_(elena).visit("/to-answer").status == 403
    assert browser.as_(elena).visit(f"/to-answer/{item(make)}").status == 403
    luis = make.supporter(elena, powers=list(Power))
    assert browser.as_(luis).visit(f"/to-answer/{item(make)}").status in {403, 404}


def test_pages_of_the_queue_follow_each_other(make, elena, dana, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 2)
    for number in range(3):
        goal(make, elena, f"Goal {number}", NOON + timedelta(hours=number))
    with make.work(dana) as work:
        first = queue(work)
        second = queue(work, after=first.more_after)
    assert [found.words for found in (*first.items, *second.items)] == ["Goal 0", "Goal 1", "Goal 2"]
    assert second.more_after is None


def test_fifty_items_of_fifty_clients_cost_eight_queries(browser, make, dana):
    for number in range(25):
        client = make.client(f"Client {number}", worker=dana, profile="intensive")
        goal(make, client)
        does(make, client, lambda w, c: messages.send(w, c, "Hello"))
    page = browser.as_(dana).visit("/to-answer", budget=8)
    assert len(page.soup.select("main h2")) == 50
    assert page.queries <= 8
    again = browser.as_(dana).visit("/to-answer", budget=6)
    assert again.queries <= 6
