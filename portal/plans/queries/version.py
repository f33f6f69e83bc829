"""One version of the plan as it was offered: its text, who signed it, copies given, and what is new in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case
from portal.i18n import _
from portal.plans.content import is_client
from portal.plans.differences import Difference, differences
from portal.plans.frozen import FrozenPlan
from portal.plans.models import (
    Goal,
    PlanCopy,
    PlanSignature,
    PlanVersion,
    SignatureScan,
    SignedAs,
    VersionState,
    Visibility,
)
from portal.plans.queries.goals import Answer, answers_to
from portal.plans.queries.plan import preview
from portal.roles import Role
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its frozen text, its signatures and what staff answered to the client's words about it."""

    version: PlanVersion
    plan: FrozenPlan
    signatures: Sequence[PlanSignature]
    intact: bool
    signed_by_me: bool
    answers: list[Answer]
    #: Papers it was signed on, by the signature.
    scans: dict[UUID, UUID]
    copies: Sequence[PlanCopy]
    #: Parts the client agrees with though not with the whole.
    started: frozenset[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different between two versions; `after` is None for the plan as it is now."""

    before: int
    after: int | None
    found: list[Difference]


def version_page(work: Work, case: Case, version: PlanVersion) -> VersionPage:
    """One version. A supporter is shown the goals in it that they may see today, and not that there are others.

    Raises:
        NotFound: it is still being written.
    """
    supporter = _is_supporter(work, case)
    plan = _for_reader(work, case, _text_of(version))
    wanted = (
        select(PlanSignature)
        .where(PlanSignature.version_id == version.id)
        .options(joinedload(PlanSignature.signer), joinedload(PlanSignature.recorded_by))
        .order_by(PlanSignature.signed_at, PlanSignature.id)
    )
    # The client's name stands first, whoever signed first.
    signatures = sorted(work.session.scalars(wanted), key=lambda signature: signature.role is not SignedAs.CLIENT)
    ring = work.session.key_ring
    return VersionPage(
        version=version,
        plan=plan,
        signatures=signatures,
        intact=version.is_intact and all(signature.holds_for(version, ring) for signature in signatures),
        signed_by_me=any(signature.signer_id == work.actor.person_id for signature in signatures),
        answers=[] if supporter else answers_to(work, [version.id]),
        scans={} if supporter else _scans(work, signatures),
        copies=[] if supporter else _copies(work, version),
        started=frozenset(version.started_parts or ()),
    )


def changes_before(work: Work, case: Case, version: PlanVersion) -> Changes | None:
    """What is new in this version since the one before it; None for the first."""
    before = _offered_before(work, case, version.number)
    if before is None:
        return None
    old, new = (_for_reader(work, case, _text_of(found)) for found in (before, version))
    return Changes(before.number, version.number, differences(old, new))


def changes_since(work: Work, case: Case, now: FrozenPlan | None = None) -> Changes | None:
    """What is different now from the newest version that was offered; None when there is none.

    Args:
        work: the unit of work.
        case: whose plan.
        now: the plan as it would be frozen for this reader, where the caller has it.
    """
    before = _offered_before(work, case)
    if before is None:
        return None
    new = now or preview(work, case)
    new = new.for_supporter(work.actor.id, _("Someone else")) if _is_supporter(work, case) else new
    return Changes(before.number, None, differences(_for_reader(work, case, _text_of(before)), new))


def scan_of(work: Work, scan: SignatureScan) -> tuple[str, str, bytes]:
    """A paper a plan was signed on: a file name without anybody's name in it, its media type, its bytes."""
    return f"signed-paper.{scan.kind.value}", scan.kind.media_type, scan.content


def _offered_before(work: Work, case: Case, number: int | None = None) -> PlanVersion | None:
    wanted = select(PlanVersion).where(PlanVersion.case_id == case.id, PlanVersion.state != VersionState.WORKING)
    if number is not None:
        wanted = wanted.where(PlanVersion.number < number)
    return work.session.scalars(wanted.order_by(PlanVersion.number.desc()).limit(1)).first()


def _text_of(version: PlanVersion) -> FrozenPlan:
    if version.snapshot is None:
        raise NotFound("PlanVersion")
    return FrozenPlan.read(version.snapshot)


def _for_reader(work: Work, case: Case, plan: FrozenPlan) -> FrozenPlan:
    if _is_supporter(work, case):
        plan = plan.only(set(work.session.scalars(select(Goal.id).where(Goal.case_id == case.id))))
        return plan.for_supporter(work.actor.id, _("Someone else"))
    if is_client(work, case):
        return plan
    # A goal may have become private since: then staff read it no more, here either.
    open_to_staff = select(Goal.id).where(Goal.case_id == case.id, Goal.visibility != Visibility.PRIVATE)
    return plan.only(set(work.session.scalars(open_to_staff)))


def _is_supporter(work: Work, case: Case) -> bool:
    standing = work.standing(case)
    return standing is None or standing.role is Role.SUPPORTER


def _scans(work: Work, signatures: Sequence[PlanSignature]) -> dict[UUID, UUID]:
    if all(signature.scan_hash is None for signature in signatures):
        return {}
    ids = [signature.id for signature in signatures]
    wanted = select(SignatureScan.signature_id, SignatureScan.id).where(SignatureScan.signature_id.in_(ids))
    return dict(work.session.execute(wanted).all())


def _copies(work: Work, version: PlanVersion) -> Sequence[PlanCopy]:
    wanted = select(PlanCopy).where(PlanCopy.version_id == version.id)
    return work.session.scalars(wanted.order_by(PlanCopy.given_on, PlanCopy.created_at, PlanCopy.id)).all()
