"""Whose turn it is in the group, the sheet of one client, and the ideas of the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.cases.models import Case, CaseMember, Person
from portal.group.consent import name_ok
from portal.group.masking import Mask
from portal.group.models import GroupIdea, GroupTurn, IdeaState
from portal.i18n import _
from portal.plans import queries as plans
from portal.plans.content import steps_for
from portal.plans.models import DoerKind, Goal, GoalLadder, Lifecycle, Step, Visibility
from portal.plans.queries import GoalLine
from portal.profiles import registry
from portal.roles import Role
from portal.strengths import queries as strengths
from portal.strengths.queries import Sheet, TopWish
from portal.work import Work

#: How many cases the list names; the longest since their last turn come first.
MOST = 100
#: Ideas of earlier turns that the sheet and the client's page look back on.
_LATEST = 12


@dataclass(frozen=True, slots=True)
class Turn:
    """One case in the list: when its last turn was, and what is open from it."""

    case_id: UUID
    name: str
    model: str
    last_on: date | None
    is_due: bool
    #: Ideas the client took and nobody has asked about since.
    to_follow_up: int


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea, with the goal it was for where the reader may know it."""

    id: UUID
    words: str
    state: IdeaState
    held_on: date
    goal_words: str
    goal_id: UUID
    came_of: str
    followed_up_on: date | None


@dataclass(frozen=True)
class GroupSheet:
    """One client's strengths and one goal, as the team reads them. `mask` takes names out unless the client agreed."""

    goal: Goal
    ladder: GoalLadder | None
    steps: Sequence[Step]
    strengths: Sheet
    wishes: Sequence[TopWish]
    before: Sequence[Idea]
    name: str
    mask: Mask

    def doer(self, step: Step) -> str:
        """Who does a step: the client and staff; of others only that they are there."""
        if step.doer is DoerKind.CLIENT:
            return self.name or _("The client")
        return _("Staff") if step.doer is DoerKind.STAFF else _("Somebody close to them")


def turns(work: Work) -> list[Turn]:
    """The open cases of this reader whose way of working has group supervision, the longest without a turn first."""
    talked_about = [profile.key for profile in registry.ALL if profile.group_supervision_days]
    last = select(func.max(GroupTurn.held_on)).where(GroupTurn.case_id == Case.id).correlate(Case).scalar_subquery()
    wanted = (
        select(Case.id, Person.name, Case.profile_key, last.label("last_on"), _open_ideas().label("open"))
        .join(Person, Person.id == Case.client_id)
        .where(Case.closed_on.is_(None), Case.profile_key.in_(talked_about))
        .order_by(last.is_not(None), last, Case.opened_on, Case.id)
        .limit(MOST)
    )
    return [
        Turn(
            row.id,
            row.name,
            str(registry.by_key(row.profile_key).name),
            row.last_on,
            row.last_on is None or row.last_on + _every(row.profile_key) <= work.today,
            row.open,
        )
        for row in work.session.execute(wanted)
    ]


def _every(profile_key: str) -> timedelta:
    return timedelta(days=registry.by_key(profile_key).group_supervision_days or 0)


def _open_ideas() -> Any:
    counted = select(func.count(GroupIdea.id)).where(
        GroupIdea.case_id == Case.id, GroupIdea.state == IdeaState.TAKEN, GroupIdea.followed_up_on.is_(None)
    )
    return counted.correlate(Case).scalar_subquery()


def goals_to_talk_about(work: Work, case: Case) -> list[GoalLine]:
    """The goals a turn can be about: private ones are not among them."""
    lines = plans.goal_lines(work, case, (Lifecycle.ACTIVE, Lifecycle.PAUSED))
    return [line for line in lines if line.visibility is not Visibility.PRIVATE]


def group_sheet(work: Work, case: Case, goal: Goal) -> GroupSheet:
    """The sheet for the team."""
    named = name_ok(work, case)
    return GroupSheet(
        goal=goal,
        ladder=plans.ladder_of(work, goal),
        steps=[step for step in steps_for(work, [goal.id]).get(goal.id, []) if step.state.counts],
        strengths=strengths.sheet(work, case),
        wishes=strengths.wishes(work, case),
        before=ideas_of(work, case),
        name=case.client.name if named else "",
        mask=Mask(() if named else _names(work, case)),
    )


def ideas_of(work: Work, case: Case) -> list[Idea]:
    """The latest ideas of the team that the client has seen, newest first."""
    wanted = _ideas().where(GroupIdea.case_id == case.id, GroupIdea.state != IdeaState.NOTED)
    return _read(work, wanted.order_by(GroupIdea.offered_at.desc(), GroupIdea.id).limit(_LATEST))


def ideas_in(work: Work, turn: GroupTurn) -> list[Idea]:
    """The ideas of one turn, in the order they were written down."""
    return _read(work, _ideas().where(GroupIdea.turn_id == turn.id).order_by(GroupIdea.noted_at, GroupIdea.id))


def latest_turns(work: Work, case: Case) -> list[tuple[UUID, date, str]]:
    """The latest turns of this case: id, day and the goal's words, empty where that is private now."""
    wanted = (
        select(GroupTurn.id, GroupTurn.held_on, Goal.words, Goal.visibility)
        .join(Goal, Goal.id == GroupTurn.goal_id)
        .where(GroupTurn.case_id == case.id)
        .order_by(GroupTurn.held_on.desc(), GroupTurn.created_at.desc(), GroupTurn.id)
        .limit(_LATEST)
    )
    rows = work.session.execute(wanted)
    return [(id_, on, "" if seen is Visibility.PRIVATE else words) for id_, on, words, seen in rows]


def _ideas() -> Any:
    return (
        select(
            GroupIdea.id,
            GroupIdea.words,
            GroupIdea.state,
            GroupTurn.held_on,
            Goal.words.label("goal_words"),
            Goal.visibility,
            Goal.id.label("goal_id"),
            GroupIdea.came_of,
            GroupIdea.followed_up_on,
        )
        .join(GroupTurn, GroupTurn.id == GroupIdea.turn_id)
        .join(Goal, Goal.id == GroupTurn.goal_id)
    )


def _read(work: Work, wanted: Any) -> list[Idea]:
    """A goal that has become private since is not told to staff."""
    return [
        Idea(
            row.id,
            row.words,
            row.state,
            row.held_on,
            "" if row.visibility is Visibility.PRIVATE else row.goal_words,
            row.goal_id,
            row.came_of,
            row.followed_up_on,
        )
        for row in work.session.execute(wanted)
    ]


def _names(work: Work, case: Case) -> list[str]:
    """The client's name, and those of the people who support them: each would give the client away."""
    wanted = (
        select(Person.name)
        .join(CaseMember, CaseMember.person_id == Person.id)
        .where(CaseMember.case_id == case.id, CaseMember.role.in_((Role.CLIENT, Role.SUPPORTER)))
        .order_by(CaseMember.started_at, CaseMember.id)
    )
    return list(work.session.scalars(wanted))
