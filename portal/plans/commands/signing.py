"""Agreeing to a version and signing it: typed after a fresh sign-in, on paper, or aloud with a witness. And copies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewKind
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.plans.commands.versions import NameMissing, own_case, versions_of
from portal.plans.models import (
    AlreadyAnswered,
    AlreadySigned,
    CopyWay,
    PlanCopy,
    PlanSignature,
    PlanVersion,
    SignatureScan,
    SignedAs,
    SignMethod,
    VersionState,
)
from portal.plans.scans import NoScan, Scan
from portal.plans.wording import agreement, other_agreement, spoken_agreement, staff_agreement
from portal.work import NotAllowed, Refused, Work


class NotFresh(Refused):
    """A signature long after signing in: the phone may lie open on the table."""

    says = _l("Show us again that it is you, then sign.")


class WitnessMissing(Refused):
    """Words said aloud that nobody heard."""

    field, says = "witness", _l("Write who heard it.")


class NobodyNamed(Refused):
    """A copy for nobody."""

    field, says = "to_name", _l("Write who got it.")


class GivenTomorrow(Refused):
    """A copy handed out on a day that is still to come."""

    field, says = "given_on", _l("This day is still to come.")


@dataclass(frozen=True, slots=True)
class Told:
    """A signature given outside the portal, as staff record it: on paper with its scan, or aloud with a witness."""

    name: str
    signed_as: SignedAs = SignedAs.CLIENT
    scan: Scan | None = None
    witness: str = ""
    comment: str = ""

    @property
    def method(self) -> SignMethod:
        """How it was given."""
        return SignMethod.ON_PAPER if self.scan is not None else SignMethod.SPOKEN


def agree_to_plan(
    work: Work, version: PlanVersion, *, typed_name: str, comment: str = "", choices: Mapping[str, bool] | None = None
) -> PlanSignature:
    """The client agrees with this version and signs it. The version agreed before gives way now.

    Args:
        work: the unit of work.
        version: the version that is offered.
        typed_name: their name, as they typed it.
        comment: what they want to say with it. Staff answer it; it holds nothing up.
        choices: their answers about choice, by question (see `plans.wording.CHOICES`).

    Raises:
        NotAllowed: somebody else tried.
        NotFresh: they signed in too long ago.
        AlreadyAnswered: it is not waiting for an answer.
        NameMissing: no name was typed.
    """
    case = own_case(work, version)
    _check_fresh(work)
    signature = _signature(work, version, Told(typed_name, comment=comment), agreement(version.number))
    signature.answers = json.dumps(dict(sorted(choices.items()))) if choices else None
    _agreed(work, case, version)
    if comment:
        work.ask(case, ReviewKind.PLAN_CHANGE, version)
    return _put(work, version, signature)


def sign_plan(work: Work, version: PlanVersion, *, typed_name: str, comment: str = "") -> PlanSignature:
    """Staff sign a version that is offered or agreed.

    Raises:
        NotAllowed: this is no member of staff of the case.
        NotFresh: they signed in too long ago.
        AlreadyAnswered: the version was turned down or replaced.
        AlreadySigned, NameMissing: they signed before; no name was typed.
    """
    standing = work.standing(version)
    if standing is None or not standing.is_staff:
        raise NotAllowed(Action.PLAN_SIGN, version.case_id)
    _check_fresh(work)
    if not version.can_be_signed:
        raise AlreadyAnswered
    told = Told(typed_name, SignedAs(standing.role.value), comment=comment)
    return _put(work, version, _signature(work, version, told, staff_agreement(version.number)))


def record_signature(work: Work, version: PlanVersion, told: Told) -> PlanSignature:
    """Staff record a signature given on paper or aloud. The client's, or their legal representative's, agrees the plan.

    Raises:
        NotAllowed: this is no member of staff of the case.
        NotFresh: they signed in too long ago.
        NoScan, WitnessMissing: neither a paper nor a witness.
        AlreadyAnswered, AlreadySigned, NameMissing: as for `sign_plan`.
    """
    case = work.get(Case, version.case_id)
    work.require(Action.PLAN_RECORD, case)
    _check_fresh(work)
    if told.scan is None and not told.witness.strip():
        raise WitnessMissing
    sentence = other_agreement(version.number)
    if told.signed_as.speaks_for_client:
        sentence = agreement(version.number) if told.scan else spoken_agreement(version.number)
    signature = _signature(work, version, told, sentence)
    signature.method, signature.recorded_by_id = told.method, work.actor.id
    signature.signer_id = case.client_id if told.signed_as is SignedAs.CLIENT else None
    signature.witness = told.witness or None
    signature.scan_hash = told.scan.hash if told.scan else None
    if told.signed_as.speaks_for_client:
        _agreed(work, case, version)
    elif not version.can_be_signed:
        raise AlreadyAnswered
    _put(work, version, signature)
    _keep(work, signature, told.scan)
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return signature


def give_copy(
    work: Work, version: PlanVersion, *, to_name: str, way: CopyWay, given_on: date | None = None, part: str = ""
) -> PlanCopy:
    """Staff note that somebody was given a copy of this version.

    Raises:
        NobodyNamed, GivenTomorrow: nobody, or a day that is still to come.
    """
    if not to_name.strip():
        raise NobodyNamed
    if given_on is not None and given_on > work.today:
        raise GivenTomorrow
    copy = PlanCopy(
        id=uuid4(), case_id=version.case_id, version_id=version.id, to_name=to_name, way=way, part=part,
        given_on=given_on or work.today, given_by_id=work.actor.id, created_at=work.now,
    )  # fmt: skip
    work.session.add(copy)
    work.record(Event.PLAN_COPY_GIVEN, copy, number=version.number, way=way.value, whole=not part)
    return copy


def _agreed(work: Work, case: Case, version: PlanVersion) -> None:
    version.respond(VersionState.AGREED, work.now)
    for old in versions_of(work, case):
        if old.state is VersionState.AGREED and old.number < version.number:
            old.supersede(work.now)
    work.record(Event.PLAN_AGREED, version, number=version.number, hash=version.hash)


def _signature(work: Work, version: PlanVersion, told: Told, sentence: str) -> PlanSignature:
    if not told.name.strip():
        raise NameMissing
    return PlanSignature(
        id=uuid4(), case_id=version.case_id, version_id=version.id, signer_id=work.actor.id, role=told.signed_as,
        method=SignMethod.TYPED_NAME, typed_name=told.name, sentence=sentence, comment=told.comment or None,
        version_hash=version.hash, signed_at=work.now,
    )  # fmt: skip


def _put(work: Work, version: PlanVersion, signature: PlanSignature) -> PlanSignature:
    """Put it under the version, sealed; after this no part of it changes."""
    if signature.signer_id is not None and _has_signed(work, version, signature.signer_id):
        raise AlreadySigned
    signature.close(work.session.key_ring)
    work.session.add(signature)
    work.record(
        Event.PLAN_SIGNED, version, number=version.number, hash=version.hash, role=signature.role.value,
        method=signature.method.value,
    )  # fmt: skip
    return signature


def _has_signed(work: Work, version: PlanVersion, signer_id: UUID) -> bool:
    before = select(PlanSignature.id).where(
        PlanSignature.version_id == version.id, PlanSignature.signer_id == signer_id
    )
    return work.session.execute(before).first() is not None


def _keep(work: Work, signature: PlanSignature, scan: Scan | None) -> None:
    if scan is None:
        return
    work.session.flush()  # the scan points to the signature
    kept = SignatureScan(
        id=uuid4(), case_id=signature.case_id, signature_id=signature.id, kind=scan.kind, content=scan.content,
        size=len(scan.content), added_by_id=work.actor.id, added_at=work.now,
    )  # fmt: skip
    work.session.add(kept)


def _check_fresh(work: Work) -> None:
    if not work.actor.fresh:
        raise NotFresh


__all__ = ["NoScan", "Told", "agree_to_plan", "give_copy", "record_signature", "sign_plan"]
