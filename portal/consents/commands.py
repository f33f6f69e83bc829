"""A client signs a release, and takes it back."""

from portal.audit.events import Event
from portal.cases.models import Case
from portal.cases.releases import AlreadyRevoked, BadRelease, Release
from portal.cases.sharing import Terms, signed
from portal.i18n import _l
from portal.work import Refused, Work


class NotSigned(Refused):
    """A release lacks a part, or its last day is over or too far off."""

    field = "ends_on"
    says = _l("Choose an end day that is not over yet and within one year.")


class TakenBack(Refused):
    """It was taken back before."""

    says = _l("You took this back before.")


def sign(work: Work, case: Case, terms: Terms) -> Release:
    """Sign a release. Only the client can, see the policy.

    Raises:
        NotSigned: the terms are not complete, or last too long.
    """
    try:
        release = signed(terms, case.id, work.actor.id, work.now, work.today)
    except BadRelease as bad:
        raise NotSigned from bad
    work.session.add(release)
    work.session.flush()  # the record names its id
    work.record(Event.RELEASE_SIGNED, release, categories=release.categories, ends_on=release.ends_on.isoformat())
    return release


def revoke(work: Work, release: Release) -> None:
    """Take a release back. It holds from this moment: nothing more is sent on its ground.

    Raises:
        TakenBack: it was taken back before.
    """
    try:
        release.revoke(work.now)
    except AlreadyRevoked as before:
        raise TakenBack from before
    work.record(Event.RELEASE_REVOKED, release)
