"""A client with something to do: goals, steps, places and messages."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.audit.events import Event
from portal.cases.models import Case
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind
from portal.referrals.models import LedBy, Referral, Status
from tests.make import Make, Someone


@pytest.fixture
def goal(make: Make):
    """A goal with one step of the client's own."""

    def _goal(who: Someone, words: str, step: str = "", in_days: int = 3) -> UUID:
        with make.work(who) as work:
            case = work.get(Case, who.case)
            made = plans.write_goal(work, case, words=words)
            work.session.flush()
            if step:
                due = work.today + timedelta(days=in_days)
                plans.add_step(work, made, text=step, doer=Doer(DoerKind.CLIENT), due_on=due)
            return made.id

    return _goal


@pytest.fixture
def place(make: Make):
    """A place offered to a client, as far along as `status` says."""

    def _place(who: Someone, name: str, status: Status = Status.YOUR_TURN, in_days: int | None = None) -> UUID:
        with make.system() as work:
            made = Referral(
                case_id=who.case, place=name, led_by=LedBy.CLIENT, status=status,
                created_at=work.now, offered_by_id=who.id, last_news_at=work.now,
                appointment_at=None if in_days is None else work.now + timedelta(days=in_days),
            )  # fmt: skip
            work.session.add(made)
            work.record(Event.REFERRAL_OFFERED, made)
            work.session.flush()
            return made.id

    return _place
