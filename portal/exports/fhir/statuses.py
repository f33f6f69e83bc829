"""Our words and HL7's, side by side: the mapping table of DOMAIN 2.4, and the life of goals and steps. As data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from portal.plans.models import Lifecycle, Progress, StepState, VersionState
from portal.referrals.models import ClosureReason, Status
from portal.referrals.models.states import NOT_ABOUT_THE_PLACE

#: Task.status for each state of a referral. `closed_other` depends on why, see task_status.
_TASK: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.DRAFT: "draft",
        Status.OFFERED: "draft",
        Status.SAID_NO: "cancelled",
        Status.YOUR_TURN: "requested",
        Status.SENT: "requested",
        Status.ACCEPTED: "accepted",
        Status.BOOKED: "accepted",
        Status.WAITLISTED: "on-hold",
        Status.STARTED: "in-progress",
        Status.PAUSED: "on-hold",
        Status.GOT_HELP: "completed",
        Status.THEY_SAID_NO: "rejected",
        Status.VOID: "entered-in-error",
    }
)
#: ServiceRequest.status (request-status): the request itself, whatever the task that fulfils it goes through.
SERVICE_REQUEST: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.DRAFT: "draft",
        Status.OFFERED: "draft",
        Status.SAID_NO: "revoked",
        Status.YOUR_TURN: "active",
        Status.SENT: "active",
        Status.ACCEPTED: "active",
        Status.BOOKED: "active",
        Status.WAITLISTED: "on-hold",
        Status.STARTED: "active",
        Status.PAUSED: "on-hold",
        Status.GOT_HELP: "completed",
        Status.THEY_SAID_NO: "revoked",
        Status.CLOSED_OTHER: "revoked",
        Status.VOID: "entered-in-error",
    }
)
#: Goal.lifecycleStatus.
GOAL: Final[Mapping[Lifecycle, str]] = MappingProxyType(
    {
        Lifecycle.DRAFT: "proposed",
        Lifecycle.ACTIVE: "active",
        Lifecycle.PAUSED: "on-hold",
        Lifecycle.REACHED: "completed",
        Lifecycle.CHANGED: "cancelled",
        Lifecycle.LET_GO: "cancelled",
    }
)
#: Goal.achievementStatus (code system goal-achievement) for the client's own word.
ACHIEVEMENT: Final[Mapping[Progress, str]] = MappingProxyType(
    {
        Progress.GETTING_STARTED: "in-progress",
        Progress.MOVING: "improving",
        Progress.STUCK: "no-change",
        Progress.GOING_BACKWARD: "worsening",
        Progress.REACHED: "achieved",
        Progress.KEEPING_IT_GOING: "sustaining",
    }
)
#: CarePlan.activity.detail.status.
ACTIVITY: Final[Mapping[StepState, str]] = MappingProxyType(
    {
        StepState.TODO: "not-started",
        StepState.DOING: "in-progress",
        StepState.DONE: "completed",
        StepState.CHANGED: "cancelled",
        StepState.SKIPPED: "cancelled",
    }
)
#: CarePlan.status for the version that stands: what the client has not agreed to is a draft.
CARE_PLAN: Final[Mapping[VersionState, str]] = MappingProxyType(
    {
        VersionState.WORKING: "draft",
        VersionState.OFFERED: "draft",
        VersionState.CHANGES_ASKED: "draft",
        VersionState.NOT_AGREED: "on-hold",
        VersionState.AGREED: "active",
        VersionState.SUPERSEDED: "revoked",
        VersionState.ENDED: "completed",
    }
)
#: States from which the end is only reached by way of a yes of the place, even where nobody noted it (a walk-in).
_ASKED: Final = frozenset({Status.YOUR_TURN, Status.SENT})
_PAST_YES: Final = frozenset({Status.STARTED, Status.GOT_HELP})


def task_status(status: Status, reason: ClosureReason | None = None) -> str:
    """Task.status for a referral's state.

    Args:
        status: ours.
        reason: why it was closed. What has nothing to do with the place (changed my mind, moved) cancels; else it did
            not work out there, which HL7 calls failed.
    """
    if status is Status.CLOSED_OTHER:
        return "cancelled" if reason in NOT_ABOUT_THE_PLACE else "failed"
    return _TASK[status]


def task_path(before: Status, after: Status, reason: ClosureReason | None = None) -> list[str]:
    """The Task statuses that one move of a referral goes through; none where HL7 has one word for both states.

    A walk-in place skips to the end: that is accepted, then the end (DOMAIN 2.4).
    """
    steps = ["accepted"] if before in _ASKED and after in _PAST_YES else []
    steps.append(task_status(after, reason))
    return [step for step in steps if step != task_status(before)]
