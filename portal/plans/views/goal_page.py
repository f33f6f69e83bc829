"""What stands on a goal's page beside the goal itself: strengths that help, things steps go with, what is new."""

from typing import Any

from portal.audit.marks import note_seen
from portal.cases.models import Case
from portal.plans.forms import MarkForm
from portal.plans.measures import next_talk
from portal.plans.models import Goal, RatedBy
from portal.plans.queries import GoalPage
from portal.plans.views.around import around
from portal.roles import AccountKind
from portal.work import Work


def beside(work: Work, case: Case, goal: Goal, shown: GoalPage) -> dict[str, Any]:
    """The facts of the page that come from elsewhere, each for those it is for: a supporter is told none of them."""
    talk = next_talk(case.last_contact_at, case.profile.contact_every_days, work.now, work.zone)
    if work.actor.kind is AccountKind.SUPPORTER:
        return {"helping": [], "linked": {}, "next_talk": talk, "mark_form": None}
    kind = work.actor.kind.value if work.actor.kind else ""
    side = RatedBy.CLIENT if work.actor.kind is AccountKind.CLIENT else RatedBy.WORKER
    named = around().named(work, [row.step.link for row in shown.steps if row.step.link is not None], goal)
    _look(work, case, goal, shown)
    held = next((found.mark for found in shown.marks.sides if found.side is side), None)
    return {
        "helping": named.helping,
        "linked": named.linked,
        "next_talk": talk,
        "mark_form": MarkForm().offer(kind, held),
    }


def _look(work: Work, case: Case, goal: Goal, shown: GoalPage) -> None:
    """Note that the client sees the answers."""
    if any(answer.is_new for answer in shown.answers):
        note_seen(work.session, case.id, goal.id, work.actor.id, shown.answers[0].at)
