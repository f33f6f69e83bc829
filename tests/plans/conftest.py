"""People of the plan tests: a client with a case manager, and supporters with this or that power."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem
from portal.plans import commands
from portal.plans.models import Doer, DoerKind, Goal, Step, Visibility
from portal.roles import Power
from portal.work import Work
from tests.make import Make, Someone

ME = Doer(DoerKind.CLIENT)


@dataclass
class Circle:
    """One client and the people around her."""

    make: Make
    farah: Someone
    priya: Someone

    def supporter(self, name: str, *powers: Power) -> Someone:
        return self.make.supporter(self.farah, name, powers=powers)

    def goal(self, words: str = "Knit a blanket for my grandson.", **parts) -> UUID:
        with self.make.work(self.farah) as work:
            return commands.write_goal(work, work.get(Case, self.farah.case), words=words, **parts).id

    def shared_goal(self, words: str = "Knit a blanket for my grandson.") -> UUID:
        return self.goal(words, visibility=Visibility.WORKER_AND_SUPPORTERS)

    def step(
        self, goal_id: UUID, text: str = "Cast on 10 stitches", doer: Doer = ME, by: Someone | None = None, **more
    ):
        with self.make.work(by or self.farah, self.farah.case) as work:
            return commands.add_step(work, work.get(Goal, goal_id), text=text, doer=doer, **more).id

    def look(self, model, id_: UUID):
        with self.make.system() as work:
            return work.get(model, id_)

    def steps(self, goal_id: UUID) -> list[Step]:
        with self.make.system() as work:
            wanted = select(Step).where(Step.goal_id == goal_id).order_by(Step.created_at, Step.id)
            return list(work.session.scalars(wanted))

    def answers(self, subject_id: UUID, answer: ReviewAnswer, text: str = "") -> UUID:
        """Staff answer what the client wrote, as the queue does."""
        with self.make.work(self.priya, self.farah.case) as work:
            item = work.session.scalars(select(ReviewItem).where(ReviewItem.subject_id == subject_id)).one()
            work.answered(work.get(Case, self.farah.case), item, answer, text)
            work.record(Event.REVIEW_ANSWERED, item)
            return item.id

    def waiting(self) -> list[tuple[str, UUID]]:
        """What is in the review queue."""
        with self.make.system() as work:
            wanted = select(ReviewItem).where(ReviewItem.answered_at.is_(None)).order_by(ReviewItem.asked_at)
            return [(item.kind.value, item.subject_id) for item in work.session.scalars(wanted)]


@pytest.fixture
def circle(make: Make) -> Circle:
    """Farah and Priya, under the strengths profile."""
    priya = make.worker("Priya Nair")
    return Circle(make, make.client("Farah Demir", worker=priya), priya)


def case_in(work: Work) -> Case:
    """The case this work sees."""
    return work.get(Case, next(iter(work.actor.standings)))


def staff(who: Someone) -> Doer:
    """A step for a member of staff."""
    return Doer(DoerKind.STAFF, who.id)


def helped_by(who: Someone) -> Doer:
    """A step for a supporter."""
    return Doer(DoerKind.SUPPORTER, who.id)
