"""The plan as FHIR: CarePlan, Goal, and what each side said about a goal as Observation. Private goals are not here."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.cases.areas import Areas, areas_in_use
from portal.cases.models import Case
from portal.exports.fhir import statuses
from portal.exports.fhir.parts import US_CORE_CATEGORY, Json, coded, day, derived, filled, moment, refer
from portal.exports.fhir.people import People
from portal.i18n import speaking
from portal.plans.content import services_on, steps_for
from portal.plans.models import (
    DoerKind,
    Goal,
    LadderRating,
    Lifecycle,
    Owner,
    PlanVersion,
    ProgressRating,
    RatedBy,
    ServiceLine,
    Step,
    VersionState,
    Visibility,
)
from portal.strengths.models import StrengthEntry, StrengthStatus
from portal.work import Work

_ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
_OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category"
_OTHERS = {DoerKind.SUPPORTER: "Somebody who supports the client", DoerKind.OTHER: "Somebody else"}
#: What the client or staff told; supporters' marks stay between the client and them.
_SIDES = (RatedBy.CLIENT, RatedBy.WORKER)


def add_plan(work: Work, case: Case, people: People, requests: Sequence[Json]) -> None:
    """Put the plan into the bundle.

    Args:
        work: sees the case.
        case: whose plan.
        people: of the bundle.
        requests: the ServiceRequests of the bundle, which are activities of the plan.
    """
    goals = work.session.scalars(
        select(Goal)
        .where(Goal.case_id == case.id, Goal.visibility != Visibility.PRIVATE)
        .order_by(Goal.created_at, Goal.id)
    ).all()
    ids = [goal.id for goal in goals]
    said = _words(work, ids)
    marks = _marks(work, ids)
    areas = _areas(work)
    for goal in goals:
        told = [*(_said(people, goal, each) for each in said if each.goal_id == goal.id),
                *(_seen(people, goal, each) for each in marks if each.goal_id == goal.id)]  # fmt: skip
        _add_goal(people, goal, said, told, areas)
    steps = steps_for(work, ids)
    activity = [_step(people, step) for goal in goals for step in steps.get(goal.id, []) if not step.is_private]
    activity += [_service(line) for line in services_on(work, case)]
    activity += [{"reference": request} for request in requests]
    _add_care_plan(work, case, people, [refer(id_) for id_ in ids], activity)


def add_strengths(work: Work, case: Case, people: People) -> None:
    """The strengths the client shares with others, each as an Observation; those they keep to themselves stay."""
    wanted = (
        select(StrengthEntry)
        .where(
            StrengthEntry.case_id == case.id,
            StrengthEntry.status == StrengthStatus.VISIBLE,
            StrengthEntry.shared.is_(True),
        )
        .order_by(StrengthEntry.created_at, StrengthEntry.id)
    )
    for entry in work.session.scalars(wanted):
        people.out.add(
            "Observation",
            entry.id,
            status="final",
            category=[coded(_OBSERVATION, "social-history")],
            code={"text": "Strength, in the person's own words"},
            subject=people.patient,
            effectiveDateTime=moment(entry.created_at),
            valueString=entry.words,
        )


#: What is not the plan: a version that gave way, and one that nobody was offered so far.
_NOT_IT = (VersionState.SUPERSEDED, VersionState.WORKING)


def _add_care_plan(work: Work, case: Case, people: People, goals: list[Json], activity: list[Json]) -> None:
    version = work.session.scalars(
        select(PlanVersion)
        .where(PlanVersion.case_id == case.id, PlanVersion.state.not_in(_NOT_IT))
        .order_by(PlanVersion.number.desc(), PlanVersion.id)
        .limit(1)
    ).first()
    state = version.state if version else VersionState.ENDED if case.is_closed else VersionState.WORKING
    people.out.add(
        "CarePlan",
        version.id if version else derived("plan", case.id),
        status=statuses.CARE_PLAN[state],
        intent="plan" if state in {VersionState.AGREED, VersionState.ENDED} else "proposal",
        category=[coded(US_CORE_CATEGORY, "sdoh")],
        title=f"Plan, version {version.number}" if version else "Plan",
        subject=people.patient,
        period=filled(start=day(case.opened_on), end=day(case.closed_on)),
        created=moment(version.offered_at) if version else None,
        author=people.staff(version.offered_by_id) if version else None,
        goal=goals,
        activity=activity,
    )


def _add_goal(people: People, goal: Goal, said: Sequence[ProgressRating], told: list[Json], areas: Areas) -> None:
    own = [each for each in said if each.goal_id == goal.id and each.rated_by is RatedBy.CLIENT]
    code = "achieved" if goal.lifecycle is Lifecycle.REACHED else statuses.ACHIEVEMENT[own[-1].progress] if own else ""
    notes = [
        filled(authorReference=people.patient, text=goal.why_it_matters) if goal.why_it_matters else None,
        {"authorString": "Staff, in short", "text": goal.plain_summary} if goal.plain_summary else None,
    ]
    people.out.add(
        "Goal",
        goal.id,
        lifecycleStatus=statuses.GOAL[goal.lifecycle],
        achievementStatus=coded(_ACHIEVEMENT, code) if code else None,
        category=[{"text": areas.label_of(goal.area)}] if goal.area in areas.labels else None,
        description={"text": goal.words},
        subject=people.patient,
        startDate=day(goal.started_on),
        target=[{"dueDate": day(goal.target_on)}] if goal.target_on else None,
        statusDate=day(goal.moved_at.date()),
        expressedBy=_expressed_by(people, goal),
        note=[note for note in notes if note],
        outcomeReference=told,
    )


def _expressed_by(people: People, goal: Goal) -> Json | None:
    """Whose goal it was to begin with. What a supporter suggested names nobody: supporters are not in the export."""
    if goal.owner is Owner.CLIENT:
        return people.patient
    return people.staff(goal.created_by_id) if goal.owner is Owner.WORKER_PROPOSED else None


def _areas(work: Work) -> Areas:
    with speaking("en"):
        return areas_in_use(work.session)


def _words(work: Work, goal_ids: Sequence[UUID]) -> Sequence[ProgressRating]:
    wanted = select(ProgressRating).where(ProgressRating.goal_id.in_(goal_ids), ProgressRating.rated_by.in_(_SIDES))
    return work.session.scalars(wanted.order_by(ProgressRating.rated_at, ProgressRating.id)).all()


def _marks(work: Work, goal_ids: Sequence[UUID]) -> Sequence[LadderRating]:
    wanted = select(LadderRating).where(LadderRating.goal_id.in_(goal_ids), LadderRating.rated_by.in_(_SIDES))
    return work.session.scalars(wanted.order_by(LadderRating.rated_at, LadderRating.id)).all()


def _said(people: People, goal: Goal, rating: ProgressRating) -> Json:
    value = coded(_ACHIEVEMENT, statuses.ACHIEVEMENT[rating.progress])
    return _observed(people, goal, rating, what="How the goal is going", valueCodeableConcept=value)


def _seen(people: People, goal: Goal, rating: LadderRating) -> Json:
    what = "Goal attainment scaling, from -2 (worse than now) to 2 (much better)"
    return _observed(people, goal, rating, what=what, valueInteger=rating.value, note=[{"text": rating.said}])


def _observed(
    people: People, goal: Goal, rating: ProgressRating | LadderRating, *, what: str, **value: object
) -> Json:  # fmt: skip
    by = people.staff(rating.rated_by_id)
    return people.out.add(
        "Observation",
        rating.id,
        status="final",
        category=[coded(_OBSERVATION, "survey")],
        code={"text": what},
        subject=people.patient,
        focus=[refer(goal.id)],
        effectiveDateTime=day(rating.rated_on),
        performer=[by] if by else None,
        **value,
    )


def _step(people: People, step: Step) -> Json:
    """One step. Who supports the client is not told by name: they did not agree to stand in anybody's records."""
    detail = filled(
        kind="Task",
        goal=[refer(step.goal_id)],
        status=statuses.ACTIVITY[step.state],
        scheduledPeriod=filled(end=day(step.due_on)),
        performer=[_doer(people, step)],
        description=step.text,
    )
    return {"detail": detail}


def _doer(people: People, step: Step) -> Json:
    if step.doer is DoerKind.CLIENT:
        return people.patient
    if step.doer is DoerKind.STAFF:
        return people.staff(step.doer_person_id) or {"display": "Staff"}
    return {"display": _OTHERS[step.doer]}


def _service(line: ServiceLine) -> Json:
    detail = filled(
        kind="ServiceRequest",
        code={"text": line.name},
        reasonCode=[{"text": line.reason}] if line.reason else None,
        status="in-progress",
        scheduledString=line.frequency,
        performer=[{"display": line.provider}] if line.provider else None,
    )
    return {"detail": detail}
