"""Exporting a case. It is remembered what left, for whom and why; what is private never leaves."""

from typing import Any
from uuid import uuid4

from portal.audit.events import Event
from portal.cases.models import Case
from portal.cases.releases import Release
from portal.cases.sharing import Shared
from portal.exports.fhir.parts import Collected
from portal.exports.fhir.people import Allowed, People
from portal.exports.fhir.plan import add_plan, add_strengths
from portal.exports.fhir.referrals import add_referrals
from portal.exports.models import CaseExport
from portal.i18n import _l
from portal.work import Refused, Work


class NoReason(Refused):
    """Nobody said why."""

    field = "reason"
    says = _l("Say why this export is made.")


class NotReleased(Refused):
    """The release is none of this case, has ended, or was taken back."""

    field = "release"
    says = _l("There is no live release with this number in this case.")


def export_fhir(
    work: Work, case: Case, *, reason: str, organisation: str, release: Release | None = None
) -> dict[str, Any]:  # fmt: skip
    """This case as a FHIR R4 bundle of values that JSON knows.

    Args:
        work: sees the case.
        case: whose data.
        reason: why, in the operator's words.
        organisation: what we are called.
        release: the client's live release whose receiver gets it; without one it is the client's own copy.

    Raises:
        NoReason: there is none.
        NotReleased: the release does not hold today.
    """
    if not reason.strip():
        raise NoReason
    if release is not None and (release.case_id != case.id or not release.is_live(work.today)):
        raise NotReleased
    made = CaseExport(
        id=uuid4(), case_id=case.id, form="fhir-r4", release_id=release.id if release else None,
        reason=reason.strip(), made_at=work.now,
    )  # fmt: skip
    work.session.add(made)
    work.record(Event.EXPORTED, made, form=made.form, own_copy=release is None)
    if release is not None:
        work.record(Event.DISCLOSED, release, form=made.form)
    out = Collected()
    people = People(work, case, Allowed(release), out)
    people.add_client()
    people.organisation(organisation)
    people.add_consent()
    requests = add_referrals(work, case, people)
    if people.allowed.tells(Shared.PLAN):
        add_plan(work, case, people, requests)
    if release is None:
        add_strengths(work, case, people)
    return out.bundle(made.id, work.now)
