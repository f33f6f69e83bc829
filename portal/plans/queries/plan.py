"""The plan page, and one version of the plan as it was offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case, CaseMember, Person, ReviewItem, ReviewKind
from portal.i18n import _
from portal.plans.content import Content, content_of, is_client
from portal.plans.frozen import FrozenPlan
from portal.plans.measures import Done, NaturalShare, done_of, natural_share
from portal.plans.models import (
    DoerKind,
    Goal,
    PlanSignature,
    PlanVersion,
    ServiceLine,
    Step,
    VersionState,
    Visibility,
    digest_of,
)
from portal.plans.queries.figures import private_goals
from portal.plans.queries.goals import Answer, answers_in, answers_to
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


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan as this reader sees it."""

    goals: list[GoalBlock]
    services: Sequence[ServiceLine]
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


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its frozen text, its signatures and what staff answered to the client's words about it."""

    version: PlanVersion
    plan: FrozenPlan
    signatures: Sequence[PlanSignature]
    intact: bool
    signed_by_me: bool
    answers: list[Answer]


def plan_page(work: Work, case: Case) -> PlanPage:
    """Everything on the plan page, in a number of queries that does not grow with the plan."""
    content = content_of(work, case)
    versions = _versions(work, case)
    standing = work.standing(case)
    role = standing.role if standing else Role.SUPPORTER
    staff = role in STAFF_ROLES
    steps = [step for goal in content.goals for step in content.steps_of(goal)]
    answers, review_asked = _answers(work, case) if role is not Role.SUPPORTER else ([], False)
    return PlanPage(
        goals=[_block(work, case, goal, content) for goal in content.goals],
        services=content.services,
        versions=versions,
        done=done_of(steps),
        waiting=next((v for v in versions if v.state is VersionState.OFFERED), None),
        changed=role is not Role.SUPPORTER and _changed(content, case, versions),
        review_asked=review_asked,
        answers=answers,
        share=_share(steps) if staff else None,
        private=private_goals(work, case) if staff else 0,
    )


def preview(work: Work, case: Case) -> FrozenPlan:
    """What would be frozen if the plan were offered now."""
    return FrozenPlan.of(content_of(work, case), case, 0)


def version_page(work: Work, case: Case, version: PlanVersion) -> VersionPage:
    """One version. A supporter is shown the goals in it that they may see today, and not that there are others."""
    plan = FrozenPlan.read(version.snapshot or "{}")
    standing = work.standing(case)
    supporter = standing is None or standing.role is Role.SUPPORTER
    if supporter:
        plan = plan.only(set(work.session.scalars(select(Goal.id).where(Goal.case_id == case.id))))
        plan = plan.for_supporter(work.actor.id, _("Someone else"))
    elif not is_client(work, case):
        # A goal may have become private since: then staff read it no more, here either.
        open_to_staff = select(Goal.id).where(Goal.case_id == case.id, Goal.visibility != Visibility.PRIVATE)
        plan = plan.only(set(work.session.scalars(open_to_staff)))
    wanted = (
        select(PlanSignature)
        .where(PlanSignature.version_id == version.id)
        .options(joinedload(PlanSignature.signer))
        .order_by(PlanSignature.signed_at, PlanSignature.id)
    )
    # The client's name stands first, whoever signed first.
    signatures = sorted(work.session.scalars(wanted), key=lambda signature: signature.role is not Role.CLIENT)
    return VersionPage(
        version=version,
        plan=plan,
        signatures=signatures,
        intact=version.is_intact and all(signature.holds_for(version) for signature in signatures),
        signed_by_me=any(signature.signer_id == work.actor.person_id for signature in signatures),
        answers=[] if supporter else answers_to(work, [version.id]),
    )


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
    for person_id, role, name in work.session.execute(wanted):
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
        PlanVersion.offered_at, PlanVersion.answered_at, PlanVersion.hash,
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
    return [VersionLine(*found) for found in work.session.execute(_VERSIONS, {"case": case.id})]


def _changed(content: Content, case: Case, versions: list[VersionLine]) -> bool:
    """Frozen again under the same number, an unchanged plan has the same hash."""
    if not versions or versions[0].state is VersionState.ENDED:
        return False
    newest = versions[0]
    return digest_of(FrozenPlan.of(content, case, newest.number).text()) != newest.hash


def _answers(work: Work, case: Case) -> tuple[list[Answer], bool]:
    """The latest answers to what the client said about the plan as a whole, and whether a wish is still open."""
    rows = work.session.execute(_ANSWERS, {"case": case.id}).all()
    asked = any(item.answered_at is None and item.kind is ReviewKind.REVIEW_REQUEST for item, _name in rows)
    return answers_in(rows), asked


def _share(steps: Sequence[Step]) -> NaturalShare:
    return natural_share(step.counted_kind for step in steps if step.state.counts)
