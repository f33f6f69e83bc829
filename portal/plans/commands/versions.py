"""Services, and the plan's versions: offered by staff, answered by the client, signed by both."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.plans.content import content_of
from portal.plans.frozen import FrozenPlan
from portal.plans.models import (
    AlreadyAnswered,
    AlreadySigned,
    NothingToOffer,
    PlanSignature,
    PlanVersion,
    ResourceKind,
    ReviewRequest,
    ServiceLine,
    VersionState,
)
from portal.plans.wording import agreement, staff_agreement
from portal.roles import Role
from portal.work import NotAllowed, Refused, Work


class NameMissing(Refused):
    """A signature without a name."""

    field = "typed_name"
    says = _l("Write your name to sign.")


class ReasonMissing(Refused):
    """An answer that needs words, without them."""

    field = "words"
    says = _l("Write a few words, so that we know what to change.")


def add_service(
    work: Work,
    case: Case,
    *,
    name: str,
    provider: str = "",
    unpaid_relationship: str = "",
    frequency: str = "",
    reason: str = "",
    resource_kind: ResourceKind = ResourceKind.FORMAL,
) -> ServiceLine:
    """Staff put a service or support on the plan, paid or unpaid."""
    line = ServiceLine(
        id=uuid4(), case_id=case.id, name=name, provider=provider, unpaid_relationship=unpaid_relationship,
        frequency=frequency, reason=reason, resource_kind=resource_kind, started_on=work.today,
        added_by_id=work.actor.id, created_at=work.now,
    )  # fmt: skip
    work.session.add(line)
    work.record(Event.PLAN_SERVICE_ADDED, line, kind=resource_kind.value, reason_given=bool(reason))
    return line


def end_service(work: Work, line: ServiceLine) -> None:
    """Staff take a service off the plan.

    Raises:
        NotFromHere: it ended before.
    """
    line.end(work.today)
    work.record(Event.PLAN_SERVICE_ENDED, line)


def offer_plan(work: Work, case: Case) -> PlanVersion:
    """Staff offer the plan as it is now. Its text is frozen; open versions give way, an agreed one stays in force.

    Raises:
        NothingToOffer: no goal anybody but the client may see, and no service.
    """
    before = _versions(work, case)
    number = max((version.number for version in before), default=0) + 1
    plan = FrozenPlan.of(content_of(work, case), case, number)
    if plan.is_empty:
        raise NothingToOffer
    version = PlanVersion(id=uuid4(), case_id=case.id, number=number, state=VersionState.WORKING)
    version.offer(plan.text(), work.actor.id, work.now)
    work.session.add(version)
    work.session.flush()  # its row must stand before a signature under it, which may be given in the same work
    for old in before:
        if old.is_live and old.state is not VersionState.AGREED:
            old.supersede(work.now)
    work.record(Event.PLAN_OFFERED, version, number=number, hash=version.hash)
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return version


def agree_to_plan(work: Work, version: PlanVersion, *, typed_name: str) -> PlanSignature:
    """The client agrees with this version and signs it. The version agreed before gives way now.

    Raises:
        NotAllowed: somebody else tried.
        AlreadyAnswered: it is not waiting for an answer.
        NameMissing: no name was typed.
    """
    case = _own_case(work, version)
    version.respond(VersionState.AGREED, work.now)
    signature = _sign(work, version, Role.CLIENT, typed_name, agreement(version.number))
    for old in _versions(work, case):
        if old.state is VersionState.AGREED and old.number < version.number:
            old.supersede(work.now)
    work.record(Event.PLAN_AGREED, version, number=version.number, hash=version.hash)
    return signature


def sign_plan(work: Work, version: PlanVersion, *, typed_name: str) -> PlanSignature:
    """Staff sign a version that is offered or agreed.

    Raises:
        NotAllowed: this is no member of staff of the case.
        AlreadyAnswered: the version was turned down or replaced.
        AlreadySigned, NameMissing: they signed before; no name was typed.
    """
    standing = work.standing(version)
    if standing is None or not standing.is_staff:
        raise NotAllowed(Action.PLAN_SIGN, version.case_id)
    if not version.can_be_signed:
        raise AlreadyAnswered
    return _sign(work, version, standing.role, typed_name, staff_agreement(version.number))


def ask_for_changes(work: Work, version: PlanVersion, *, words: str) -> None:
    """The client asks for a change before they agree.

    Raises:
        NotAllowed, AlreadyAnswered: as for `agree_to_plan`.
        ReasonMissing: no words.
    """
    _answer(work, version, VersionState.CHANGES_ASKED, words, Event.PLAN_CHANGES_ASKED)


def disagree_with_plan(work: Work, version: PlanVersion, *, words: str) -> None:
    """The client does not agree. Their reasons are kept with the version.

    Raises:
        NotAllowed, AlreadyAnswered, ReasonMissing: as for `ask_for_changes`.
    """
    _answer(work, version, VersionState.NOT_AGREED, words, Event.PLAN_NOT_AGREED)


def ask_review(work: Work, case: Case, *, words: str = "") -> ReviewRequest:
    """The client asks to look at the plan again. No reason is needed.

    Raises:
        NotAllowed: somebody else tried.
    """
    if work.actor.person_id != case.client_id:
        raise NotAllowed(Action.REVIEW_ASK, case.id)
    request = ReviewRequest(id=uuid4(), case_id=case.id, words=words, asked_on=work.today, asked_at=work.now)
    work.session.add(request)
    work.ask(case, ReviewKind.REVIEW_REQUEST, request)
    work.record(Event.REVIEW_ASKED, request)
    return request


def end_plan(work: Work, case: Case) -> None:
    """The work ends, and with it every version still in force. For whoever closes a case."""
    for version in _versions(work, case):
        if version.is_live:
            version.end(work.now)
            work.record(Event.PLAN_ENDED, version, number=version.number)


def _answer(work: Work, version: PlanVersion, answer: VersionState, words: str, event: Event) -> None:
    case = _own_case(work, version)
    if not words.strip():
        raise ReasonMissing
    version.respond(answer, work.now, words)
    work.ask(case, ReviewKind.PLAN_CHANGE, version)
    work.record(event, version, number=version.number)


def _sign(work: Work, version: PlanVersion, role: Role, typed_name: str, sentence: str) -> PlanSignature:
    if not typed_name.strip():
        raise NameMissing
    before = select(PlanSignature.id).where(
        PlanSignature.version_id == version.id, PlanSignature.signer_id == work.actor.id
    )
    if work.session.execute(before).first() is not None:
        raise AlreadySigned
    signature = PlanSignature(
        id=uuid4(), case_id=version.case_id, version_id=version.id, signer_id=work.actor.id, role=role,
        typed_name=typed_name, sentence=sentence, version_hash=version.hash, signed_at=work.now,
    )  # fmt: skip
    work.session.add(signature)
    work.record(Event.PLAN_SIGNED, version, number=version.number, hash=version.hash, role=role.value)
    return signature


def _versions(work: Work, case: Case) -> Sequence[PlanVersion]:
    wanted = select(PlanVersion).where(PlanVersion.case_id == case.id).order_by(PlanVersion.number)
    return work.session.scalars(wanted).all()


def _own_case(work: Work, version: PlanVersion) -> Case:
    case = work.get(Case, version.case_id)
    if work.actor.person_id != case.client_id:
        raise NotAllowed(Action.PLAN_ANSWER, case.id)
    return case
