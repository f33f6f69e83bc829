"""Old keys go; young ones stay."""

from datetime import timedelta

from sqlalchemy import func, select

from portal import clock
from portal.web import once
from portal.web.once import KEPT_FOR, OnceKey


def test_old_keys_are_forgotten(make):
    ana = make.client()
    with make.work(ana) as work:
        once.remember(work, "old", "/")
    with clock.frozen_at(clock.now() + KEPT_FOR - timedelta(minutes=1)), make.system() as work:
        once.forget_old(work)
        assert work.session.scalar(select(func.count(OnceKey.id))) == 1
    with clock.frozen_at(clock.now() + KEPT_FOR + timedelta(minutes=1)), make.system() as work:
        once.forget_old(work)
        assert work.session.scalar(select(func.count(OnceKey.id))) == 0
