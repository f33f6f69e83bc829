"""The releases of a case, and the place a new one can name."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.releases import Release
from portal.cases.sharing import SHARED_LABELS, Shared
from portal.directory.search import Hit, hit_of
from portal.i18n import listed
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class Signed:
    """One release as a page shows it. `told` are the ticked categories in words."""

    release: Release
    told: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases of a case: those that hold, soonest to end first, and those that ended."""

    live: Sequence[Signed]
    ended: Sequence[Signed]


def releases(work: Work, case: Case) -> Releases:
    """Everything the client has signed. One query."""
    found = work.session.scalars(
        select(Release).where(Release.case_id == case.id).order_by(Release.ends_on, Release.id)
    ).all()
    shown = [show(work, release) for release in found]
    return Releases([s for s in shown if s.is_live], [s for s in reversed(shown) if not s.is_live])


def show(work: Work, release: Release) -> Signed:
    """One release as a page shows it."""
    known = set(Shared)
    told = [str(SHARED_LABELS[Shared(word)]) for word in release.categories if word in known]
    return Signed(release, listed(told), release.is_live(work.today))


def place(work: Work, service_id: UUID) -> Hit:
    """The directory place that a release is to name.

    Raises:
        NotFound: the directory has no such place that people can find.
    """
    found = hit_of(work.session, [service_id], work.now, work.zone).get(service_id)
    if found is None:
        raise NotFound("service")
    return found
