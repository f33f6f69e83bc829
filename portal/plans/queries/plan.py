"""The plan page: the plan as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.cases.models import Case, CaseMember, Person, ReviewItem, ReviewKind
from portal.i18n import _
from portal.plans.content import Content, content_of, is_client
from portal.plans.frozen import FrozenPlan
from portal.plans.measures import Done, NaturalShare, done_of, natural_share
from portal.plans.models import (
    DoerKind,
    Frame,
    Goal,
    PlanItem,
    PlanVersion,
    ServiceLine,
    Step,
    VersionState,
    digest_of,
)
from portal.plans.queries.figures import private_goals
from portal.plans.queries.goals import Answer, answers_in
from portal.plans.queries.rows import DoerChoice, StepRow, step_rows
from portal.roles import STAFF_ROLES, AccountKind, Role
from portal.work import Work


@dataclass(frozen=True, slots=True)
class GoalBlock:
    """A goal on the plan page."""

    goal: Goal
    steps: list[StepRow]
    done: Done


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history, without its text."""

    id: UUID
    number: int
    state: VersionState
    answer: VersionState | None
    answer_words: str
    offered_at: datetime | None
    answered_at: datetime | None
    hash: str | None
    material: str | None
    frame: str | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan as this reader sees it."""

    goals: list[GoalBlock]
    services: Sequence[ServiceLine]
    #: What was said in it, by the name of its kind, and its short facts.
    items: dict[str, list[PlanItem]]
    frame: Frame
    versions: list[VersionLine]
    done: Done
    #: The version that waits for the client's answer.
    waiting: VersionLine | None
    #: Whether the plan has new or other parts since the newest version was frozen.
    changed: bool
    #: Whether the client has asked to look at the plan again and nobody has answered yet.
    review_asked: bool
    answers: list[Answer]
    #: For staff alone.
    share: NaturalShare | None
    private: int


def plan_page(work: Work, case: Case) -> PlanPage:
    """Everything on the plan page, in a number of queries that does not grow with the plan."""
    content = content_of(work, case)
    every = _versions(work, case)
    versions = [version for version in every if version.state is not VersionState.WORKING]
    standing = work.standing(case)
    role = standing.role if standing else Role.SUPPORTER
    staff = role in STAFF_ROLES
    steps = [step for goal in content.goals for step in content.steps_of(goal)]
    inside = role is not Role.SUPPORTER
    answers, review_asked = _answers(work, case) if inside else ([], False)
    items: dict[str, list[PlanItem]] = {}
    for item in content.items if inside else ():
        items.setdefault(item.kind.value, []).append(item)
    return PlanPage(
        goals=[_block(work, case, goal, content) for goal in content.goals],
        services=content.services,
        items=items,
        frame=Frame.read(every[0].frame) if every and inside else Frame(),
        versions=versions,
        done=done_of(steps),
        waiting=next((v for v in versions if v.state is VersionState.OFFERED), None),
        changed=inside and _changed(work, content, case, versions),
        review_asked=review_asked,
        answers=answers,
        share=_share(steps) if staff else None,
        private=private_goals(work, case) if staff else 0,
    )


def preview(work: Work, case: Case) -> FrozenPlan:
    """What would be frozen if the plan were offered now."""
    return FrozenPlan.of(content_of(work, case), case, 0, frame_of(work, case))


def frame_of(work: Work, case: Case) -> Frame:
    """The short facts of the plan as they stand: of the version being written, or else of the newest."""
    wanted = select(PlanVersion.frame).where(PlanVersion.case_id == case.id).order_by(PlanVersion.number.desc())
    return Frame.read(work.session.scalars(wanted.limit(1)).first())


def helpers_of(work: Work, case: Case) -> list[DoerChoice]:
    """The people a step can be given to, as this reader calls them; somebody else comes last."""
    wanted = (
        select(CaseMember.person_id, CaseMember.role, Person.name)
        .join(Person, Person.id == CaseMember.person_id)
        .where(CaseMember.case_id == case.id, CaseMember.ended_at.is_(None))
        .order_by(CaseMember.started_at, CaseMember.id)
    )
    me = work.actor.person_id
    client = is_client(work, case)
    people = [DoerChoice(DoerKind.CLIENT.value, _("Me") if client else case.client.name)]
    members = list(work.session.execute(wanted))
    if case.profile.natural_first:
        members.sort(key=lambda row: row.role in STAFF_ROLES)  # who is there every day comes before who is paid
    for person_id, role, name in members:
        if role is not Role.CLIENT:
            kind = DoerKind.STAFF if role in STAFF_ROLES else DoerKind.SUPPORTER
            people.append(DoerChoice(f"{kind.value}:{person_id}", _("Me") if person_id == me else name))
    mine = f"{DoerKind.STAFF.value}:{me}"
    if work.actor.kind is AccountKind.STAFF and all(helper.value != mine for helper in people):
        people.append(DoerChoice(mine, _("Me")))  # staff who see the case through a team or a programme
    return [*people, DoerChoice(DoerKind.OTHER.value, _("Someone else"))]


def _block(work: Work, case: Case, goal: Goal, content: Content) -> GoalBlock:
    steps = [step for step in content.steps_of(goal) if step.state.counts]
    return GoalBlock(goal, step_rows(work, case, steps), done_of(steps))


#: Built once: making a statement costs as much as running it.
_VERSIONS = (
    select(
        PlanVersion.id, PlanVersion.number, PlanVersion.state, PlanVersion.answer, PlanVersion.answer_words,
        PlanVersion.offered_at, PlanVersion.answered_at, PlanVersion.hash, PlanVersion.material, PlanVersion.frame,
    )
    .where(PlanVersion.case_id == bindparam("case"))
    .order_by(PlanVersion.number.desc())
)  # fmt: skip
_ANSWERS = (
    select(ReviewItem, Person.name)
    .outerjoin(Person, Person.id == ReviewItem.answered_by_id)
    .where(
        ReviewItem.case_id == bindparam("case"),
        ReviewItem.kind.in_((ReviewKind.PLAN_CHANGE, ReviewKind.REVIEW_REQUEST)),
    )
    .order_by(ReviewItem.asked_at.desc(), ReviewItem.id)
    .limit(5)
)


def _versions(work: Work, case: Case) -> list[VersionLine]:
    """The versions without their text, newest first."""
    return [VersionLine(**found._mapping) for found in work.session.execute(_VERSIONS, {"case": case.id})]


def _changed(work: Work, content: Content, case: Case, versions: list[VersionLine]) -> bool:
    """Whether something material is not as it was when the newest version was frozen (DOMAIN 2.3)."""
    if not versions or versions[0].state is VersionState.ENDED:
        return False
    then = versions[0].material
    if then is None:  # offered before the material part was told apart
        text = work.session.scalars(select(PlanVersion.snapshot).where(PlanVersion.id == versions[0].id)).one()
        then = digest_of(FrozenPlan.read(text or "{}").material())
    return digest_of(FrozenPlan.of(content, case, 0).material()) != then


def _answers(work: Work, case: Case) -> tuple[list[Answer], bool]:
    """The latest answers to what the client said about the plan as a whole, and whether a wish is still open."""
    rows = work.session.execute(_ANSWERS, {"case": case.id}).all()
    asked = any(item.answered_at is None and item.kind is ReviewKind.REVIEW_REQUEST for item, _name in rows)
    return answers_in(rows), asked


def _share(steps: Sequence[Step]) -> NaturalShare:
    return natural_share(step.counted_kind for step in steps if step.state.counts)
