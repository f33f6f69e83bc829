"""What the budgets are stated on: a client with ten goals, a thread of 500 messages, a caseload of 60, and so on.

`scale` multiplies what gathers with the years: messages, finished goals, places that are over, audit entries, things
that wait, and the clients of other workers. What a page shows whole (the plan, the sheet of strengths) grows too.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select

from portal.audit.events import Event
from portal.audit.models import AuditEntry, AuditHead
from portal.cases.models import Case, CaseMember, ReviewItem, ReviewKind
from portal.messages.commands import send
from portal.messages.models import Message
from portal.plans.commands import add_step, move_goal, write_goal
from portal.plans.models import Doer, DoerKind, Lifecycle
from portal.referrals.commands.answers import accept, decline
from portal.referrals.commands.offers import Offer, offer
from portal.referrals.models import LedBy, Referral, Status
from portal.roles import Role
from portal.strengths.commands import add as add_strength
from portal.strengths.models import Tense
from tests.make import Make, Someone

AREAS = ("home", "money", "work_learning", "people", "health", "fun", "meaning")


@dataclass(frozen=True)
class Scene:
    """Whom the pages are asked as. `small` has an everyday case, `large` a long one; `worker` works with both."""

    small: Someone
    large: Someone
    worker: Someone


def build(app: Flask, scale: int = 1) -> Scene:
    """Fill an empty database."""
    make = Make(app)
    worker = make.worker()
    small = make.client("Ana Ruiz", worker=worker)
    large = make.client("Farah Demir", worker=worker)
    _goals(make, small, 4)
    _goals(make, small, 4 * (scale - 1), reached=True)
    _goals(make, large, 10 * scale)
    _referrals(make, worker, small, 6)
    _referrals(make, worker, small, 6 * (scale - 1), over=True)
    _strengths(make, large, 60 * scale)
    _thread(make, worker, small, 20 * scale)
    _thread(make, worker, large, 500 * scale)
    other = make.worker("Jo Amari")
    _clients(make, worker, 58)
    _clients(make, other, 60 * (scale - 1))
    for each in (worker, other):
        _silent(make, each)
    _queue(make, large, 50 * scale)
    for who in (small, large):
        _audit(make, who, 1000 * scale)
    return Scene(small, large, worker)


def _goals(make: Make, who: Someone, goals: int, *, reached: bool = False) -> None:
    with make.work(who) as work:
        case = work.get(Case, who.case)
        for number in range(goals):
            goal = write_goal(work, case, words=f"Goal {number}: drive to work again without feeling dizzy")
            for step in range(4):
                due = work.today + timedelta(days=step)
                add_step(work, goal, text=f"Step {step}: call the clinic", doer=Doer(DoerKind.CLIENT), due_on=due)
            if reached:
                move_goal(work, goal, Lifecycle.REACHED)


def _referrals(make: Make, worker: Someone, who: Someone, count: int, *, over: bool = False) -> None:
    made = []
    with make.work(worker, who.case) as work:
        case = work.get(Case, who.case)
        for number in range(count):
            wanted = Offer(service_id=None, place=f"Counselling centre {number}", led_by=LedBy.CLIENT)
            made.append(offer(work, case, wanted).id)
    with make.work(who) as work:
        for one in made:
            (decline if over else accept)(work, work.get(Case, who.case), work.get(Referral, one))


def _strengths(make: Make, who: Someone, count: int) -> None:
    with make.work(who) as work:
        case = work.get(Case, who.case)
        tenses = list(Tense)
        for number in range(count):
            add_strength(
                work, case, words=f"Something I do well {number}", area=AREAS[number % 7], tense=tenses[number % 3]
            )


def _thread(make: Make, worker: Someone, who: Someone, count: int) -> None:
    with make.work(who) as work:
        thread_id = send(work, work.get(Case, who.case), "Hello").thread_id
    with make.system() as work:
        for number in range(count):
            mine = number % 2 == 0
            work.session.add(
                Message(
                    case_id=who.case, thread_id=thread_id, author_id=who.id if mine else worker.id,
                    role=Role.CLIENT if mine else Role.CASE_MANAGER, body=f"Message {number}. See you on Tuesday.",
                    sent_at=work.now - timedelta(minutes=count - number),
                )
            )  # fmt: skip


def _clients(make: Make, worker: Someone, count: int) -> None:
    for number in range(count):
        make.client(f"Client Number {number}", worker=worker, profile="brokerage")


def _silent(make: Make, worker: Someone) -> None:
    """A place for each client of this worker, of which nobody has told anything for three weeks."""
    with make.system() as work:
        theirs = (
            select(Case.id).join(CaseMember, CaseMember.case_id == Case.id).where(CaseMember.person_id == worker.id)
        )
        told = work.now - timedelta(days=21)
        for number, case_id in enumerate(work.session.scalars(theirs.order_by(Case.id))):
            work.session.add(
                Referral(
                    case_id=case_id, place=f"Counselling centre {number}", led_by=LedBy.CLIENT, offered_by_id=worker.id,
                    created_at=told, last_news_at=told, quiet_from=told, status=Status.YOUR_TURN, accepted_at=told,
                )
            )  # fmt: skip
            work.get(Case, case_id).silent_since = told


def _queue(make: Make, who: Someone, count: int) -> None:
    with make.system() as work:
        for number in range(count):
            work.session.add(
                ReviewItem(
                    case_id=who.case, kind=ReviewKind.REVIEW_REQUEST, subject_id=uuid4(), asked_by_id=who.id,
                    asked_at=work.now - timedelta(hours=number),
                )
            )  # fmt: skip


def _audit(make: Make, who: Someone, count: int) -> None:
    """Entries that somebody looked, long ago. Their seals are none: nothing here checks the chain."""
    with make.system() as work:
        head = work.session.scalars(select(AuditHead).where(AuditHead.case_id == who.case)).one()
        rows = [_look(who.case, head.seq + number, work.now - timedelta(days=30)) for number in range(1, count + 1)]
        work.session.execute(insert(AuditEntry), rows)
        head.seq += count


def _look(case_id: UUID, seq: int, at: object) -> dict[str, object]:
    return {
        "id": uuid4(), "case_id": case_id, "seq": seq, "at": at, "actor_id": uuid4(), "role": Role.SUPERVISOR.value,
        "event": Event.CASE_OPENED, "subject": "staff.client", "facts": {}, "seal": b"",
    }  # fmt: skip
