"""Referrals as FHIR: a ServiceRequest for what is asked, a Task for how it goes, a Provenance for each move."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.sharing import Shared
from portal.exports.fhir import statuses
from portal.exports.fhir.parts import US_CORE_CATEGORY, Json, coded, derived, filled, moment, refer
from portal.exports.fhir.people import People
from portal.i18n import speaking
from portal.referrals.models import LABELS, REASONS, Referral, ReferralEvent, Status
from portal.roles import Role
from portal.work import Work

_TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
#: What the client has not said yes to is nobody else's business.
_BEFORE_YES = frozenset({Status.OFFERED, Status.SAID_NO})


def add_referrals(work: Work, case: Case, people: People) -> list[Json]:
    """Put the referrals that may be told into the bundle; gives references to their ServiceRequests.

    Drafts stay: nobody was offered them yet. A receiver learns of referrals to themselves, from the client's yes on.
    """
    wanted = select(Referral).where(Referral.case_id == case.id, Referral.status != Status.DRAFT)
    allowed = people.allowed
    told = [
        referral
        for referral in work.session.scalars(wanted.order_by(Referral.created_at, Referral.id))
        if allowed.is_about(referral.service_id) and (allowed.release is None or referral.status not in _BEFORE_YES)
    ]
    events = _events(work, case)
    with speaking("en"):
        return [_add(people, referral, events.get(referral.id, [])) for referral in told]


def _events(work: Work, case: Case) -> dict[object, list[ReferralEvent]]:
    wanted = select(ReferralEvent).where(ReferralEvent.case_id == case.id)
    found = work.session.scalars(wanted.order_by(ReferralEvent.referral_id, ReferralEvent.at, ReferralEvent.id))
    return {id_: list(rows) for id_, rows in groupby(found, key=lambda event: event.referral_id)}


def _add(people: People, referral: Referral, events: Sequence[ReferralEvent]) -> Json:
    place = people.place(referral.service_id, referral.id, referral.place)
    requester = people.staff(referral.offered_by_id)
    need, visits = people.allowed.tells(Shared.NEED), people.allowed.tells(Shared.VISITS)
    proposed = referral.status in _BEFORE_YES
    request = people.out.add(
        "ServiceRequest",
        referral.id,
        status=statuses.SERVICE_REQUEST[referral.status],
        intent="proposal" if proposed else "order",
        category=[coded(US_CORE_CATEGORY, "sdoh")],
        code={"text": referral.need} if need and referral.need else None,
        subject=people.patient,
        occurrenceDateTime=moment(referral.appointment_at) if visits else None,
        authoredOn=moment(referral.created_at),
        requester=requester,
        performer=[place],
        reasonCode=[{"text": referral.reason}] if need and referral.reason else None,
        patientInstruction=referral.what_to_bring if people.allowed.release is None else None,
        note=_about_contact(people, referral),
    )
    _add_task(people, referral, events, place, requester)
    return request


def _add_task(
    people: People, referral: Referral, events: Sequence[ReferralEvent], place: Json, requester: Json | None
) -> None:
    task_id, visits = derived("task", referral.id), people.allowed.tells(Shared.VISITS)
    history = _history(people, referral, events) if visits else []
    helped = {"type": {"text": "Did this help?"}, "valueString": referral.outcome_rating} if visits else {}
    people.out.add(
        "Task",
        task_id,
        status=statuses.task_status(referral.status, referral.closure_reason),
        statusReason={"text": str(REASONS[referral.closure_reason])} if visits and referral.closure_reason else None,
        businessStatus={"text": str(LABELS[referral.status])},
        intent="proposal" if referral.status in _BEFORE_YES else "order",
        code=coded(_TASK_CODE, "fulfill"),
        focus=refer(referral.id),
        for_=people.patient,
        executionPeriod=filled(end=moment(referral.finished_at)),
        authoredOn=moment(referral.accepted_at or referral.created_at),
        lastModified=moment(max(referral.last_news_at, referral.accepted_at or referral.created_at)),
        requester=requester,
        owner=place,
        relevantHistory=history,
        output=[helped] if referral.outcome_rating and helped else None,
    )


def _history(people: People, referral: Referral, events: Sequence[ReferralEvent]) -> list[Json]:
    """Each move in HL7's words, oldest first."""
    found = []
    for event in events:
        path = statuses.task_path(event.from_status, event.to_status, event.reason) if event.moved else []
        for place, status in enumerate(path):
            known = people.staff(event.by_id) if event.role is not Role.SUPPORTER and not event.by_place else None
            by = known or {"display": referral.place if event.by_place else "Somebody who supports the client"}
            found.append(
                people.out.add(
                    "Provenance",
                    derived(f"move {place}", event.id),
                    target=[refer(derived("task", referral.id))],
                    occurredDateTime=moment(event.at),
                    recorded=moment(event.at),
                    activity={"text": status},
                    agent=[{"type": {"text": event.source.value.replace("_", "-")}, "who": by}],
                )
            )
    return found


def _about_contact(people: People, referral: Referral) -> list[Json]:
    """Whether and how the place may contact the client, who may forbid it (DOMAIN 2.4)."""
    if not people.allowed.tells(Shared.CONTACT):
        return []
    said = [] if referral.contact_ok else [{"text": "The client asks not to be contacted by the place."}]
    return said + ([{"text": f"Safe contact: {referral.safe_contact}"}] if referral.safe_contact else [])
