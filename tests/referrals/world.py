"""One client, their case manager and a place, for tests of commands."""

from sqlalchemy import select

from portal.cases.models import Case, ReviewItem
from portal.referrals import commands
from portal.referrals.commands import Offer, Step, Told
from portal.referrals.models import (
    LedBy,
    Referral,
    ReferralEvent,
)
from tests.referrals.places import make_place


class World:
    """One client, their case manager and a place."""

    def __init__(self, make, profile="brokerage"):
        self.make = make
        self.worker = make.worker()
        self.client = make.client(profile=profile, worker=self.worker)
        self.service = make_place(make)

    def offer(self, led_by=LedBy.CLIENT, **more):
        with self.make.work(self.worker, self.client.case) as work:
            values = {"service_id": self.service, "place": "Counselling centre", "led_by": led_by, **more}
            return commands.offer(work, work.get(Case, self.client.case), Offer(**values)).id

    def act(self, who, act, referral_id, *more, **named):
        """A command as this person; gives back the referral as it stands then."""
        with self.make.work(who, self.client.case) as work:
            referral = work.get(Referral, referral_id)
            act(work, work.get(Case, self.client.case), referral, *more, **named)
            return referral

    def offered_and_accepted(self):
        referral_id = self.offer()
        self.act(self.client, commands.accept, referral_id)
        return referral_id

    def tell(self, referral_id, report, **more):
        return self.act(self.client, commands.report, referral_id, Told(report=report, **more))

    def move(self, referral_id, to, **more):
        return self.act(self.worker, commands.move, referral_id, Step(to=to, **more))

    def asked(self):
        with self.make.system() as work:
            open_items = select(ReviewItem).where(ReviewItem.answered_at.is_(None))
            return [item.kind for item in work.session.scalars(open_items)]

    def told(self, referral_id):
        with self.make.system() as work:
            wanted = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id).order_by(ReferralEvent.at)
            return list(work.session.scalars(wanted))

    def case(self):
        with self.make.system() as work:
            return work.get(Case, self.client.case)
