"""The plan's versions: offered by staff, answered by the client. Signing them is in `signing`."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind, ReviewReason
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.plans.content import content_of
from portal.plans.frozen import FrozenPlan
from portal.plans.models import (
    NothingToOffer,
    PlanVersion,
    VersionState,
)
from portal.work import NotAllowed, Refused, Work


class NameMissing(Refused):
    """A signature without a name."""

    field = "typed_name"
    says = _l("Write your name to sign.")


class NoSuchPart(Refused):
    """A part that is not in this version."""

    field, says = "started", _l("Choose only from this list.")


class ReasonMissing(Refused):
    """An answer that needs words, without them."""

    field = "words"
    says = _l("Write a few words, so that we know what to change.")


def offer_plan(work: Work, case: Case) -> PlanVersion:
    """Staff offer the plan as it is now. Its text is frozen; open versions give way, an agreed one stays in force.

    Raises:
        NothingToOffer: no goal anybody but the client may see, and no service.
    """
    before = versions_of(work, case)
    version = to_offer(before, case)
    plan = FrozenPlan.of(content_of(work, case), case, version.number, version.short_facts)
    if plan.is_empty:
        raise NothingToOffer
    version.offer(plan.text(), work.actor.id, work.now, material=plan.material())
    work.session.add(version)
    work.session.flush()  # its row must stand before a signature under it, which may be given in the same work
    for old in before:
        if old is not version and old.is_live and old.state is not VersionState.AGREED:
            old.supersede(work.now)
    work.record(Event.PLAN_OFFERED, version, number=version.number, hash=version.hash)
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return version


def ask_for_changes(work: Work, version: PlanVersion, *, words: str) -> None:
    """The client asks for a change before they agree.

    Raises:
        NotAllowed, AlreadyAnswered: as for `agree_to_plan`.
        ReasonMissing: no words.
    """
    _answer(work, version, VersionState.CHANGES_ASKED, words)


def disagree_with_plan(work: Work, version: PlanVersion, *, words: str, started: Sequence[str] = ()) -> None:
    """The client does not agree with the whole. Their reasons are kept; the parts they do agree with start.

    Args:
        work: the unit of work.
        version: the version that is offered.
        words: their reasons.
        started: ids of the goals and services in it that may start.

    Raises:
        NotAllowed, AlreadyAnswered, ReasonMissing: as for `ask_for_changes`.
        NoSuchPart: an id that is none of this version.
    """
    plan = FrozenPlan.read(version.snapshot or "{}") if started else None
    if plan is not None and not set(started) <= plan.part_ids:
        raise NoSuchPart
    _answer(work, version, VersionState.NOT_AGREED, words, started)
    work.get(Case, version.case_id).look_again(work.today, ReviewReason.CHANGE)


def end_plan(work: Work, case: Case) -> None:
    """The work ends, and with it every version still in force. For whoever closes a case."""
    for version in versions_of(work, case):
        if version.is_live:
            version.end(work.now)
            work.record(Event.PLAN_ENDED, version, number=version.number)


_EVENTS = {
    VersionState.CHANGES_ASKED: Event.PLAN_CHANGES_ASKED,
    VersionState.NOT_AGREED: Event.PLAN_NOT_AGREED,
}


def _answer(work: Work, version: PlanVersion, answer: VersionState, words: str, started: Sequence[str] = ()) -> None:
    case = own_case(work, version)
    if not words.strip():
        raise ReasonMissing
    version.respond(answer, work.now, words, started)
    work.ask(case, ReviewKind.PLAN_CHANGE, version)
    work.record(_EVENTS[answer], version, number=version.number, parts_started=len(started))


def to_offer(before: Sequence[PlanVersion], case: Case) -> PlanVersion:
    """The version that was being written, or a new one with the facts of the newest."""
    newest = before[-1] if before else None
    if newest is not None and newest.state is VersionState.WORKING:
        return newest
    return PlanVersion(
        id=uuid4(), case_id=case.id, number=newest.number + 1 if newest else 1, state=VersionState.WORKING,
        frame=newest.frame if newest else None,
    )  # fmt: skip


def versions_of(work: Work, case: Case) -> Sequence[PlanVersion]:
    """Every version of this plan, the one being written too, oldest first."""
    wanted = select(PlanVersion).where(PlanVersion.case_id == case.id).order_by(PlanVersion.number)
    return work.session.scalars(wanted).all()


def own_case(work: Work, version: PlanVersion) -> Case:
    """The case of this version, for its client alone.

    Raises:
        NotAllowed: somebody else.
    """
    case = work.get(Case, version.case_id)
    if work.actor.person_id != case.client_id:
        raise NotAllowed(Action.PLAN_ANSWER, case.id)
    return case
