"""What the search page and a place's page show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.cases.models import Case, ReviewItem, ReviewKind
from portal.directory.detail import Place, ServiceDetail, service_detail
from portal.directory.search import Category, Hit, Query, Results, categories_in_use, hit_of, search
from portal.resources.models import PlaceRequest, SavedPlace
from portal.web.opening_words import today_words, week_words
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the place, and whether one can go there today."""

    hit: Hit
    today: str
    saved: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to staff about a place, and their answer if there is one."""

    request: PlaceRequest
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page: the categories there are, results if something was asked, else what the client kept."""

    categories: Sequence[Category]
    results: Results | None
    found: Sequence[Found]
    saved: Sequence[Found]
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Spot:
    """One of the places where the service is given. `today` and `week` are empty if its hours are the service's."""

    place: Place
    today: str
    week: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place with everything about it. `week` is day and hours; `links` are web pages safe to follow.

    Where each of several places has its own hours, they stand in `spots`, and `today` and `week` are empty.
    """

    detail: ServiceDetail
    today: str
    week: Sequence[tuple[str, str]]
    spots: Sequence[Spot]
    links: Sequence[tuple[str, str]]
    saved: bool
    asked: Sequence[Asked]


#: Statements of the search page are built once: making one costs as much as running it.
_SAVED = (
    select(SavedPlace.service_id)
    .where(SavedPlace.case_id == bindparam("case"))
    .order_by(SavedPlace.saved_at.desc(), SavedPlace.id)
)


def find(work: Work, case: Case, query: Query | None) -> SearchPage:
    """The search page.

    Args:
        work: the unit of work.
        case: whose page it is.
        query: what is looked for; none shows the categories and what the client kept.
    """
    top = [category for category in categories_in_use(work.session) if category.depth == 0]
    saved = list(work.session.scalars(_SAVED, {"case": case.id}))
    if query is None:
        kept = hit_of(work.session, saved, work.now, work.zone) if saved else {}
        shown = _found(work, (kept[service_id] for service_id in saved if service_id in kept), saved)
        return SearchPage(top, None, (), shown, asked(work, case))
    results = search(work.session, query, now=work.now, zone=work.zone)
    return SearchPage(top, results, _found(work, results.hits, saved), (), ())


def place_page(work: Work, case: Case, service_id: UUID) -> PlacePage:
    """The page of one place.

    Raises:
        NotFound: the directory never had it.
    """
    detail = service_detail(work.session, service_id, now=work.now, zone=work.zone)
    if detail is None:
        raise NotFound("service")
    saved = work.session.scalars(
        select(SavedPlace.id).where(SavedPlace.case_id == case.id, SavedPlace.service_id == service_id)
    ).first()
    return PlacePage(
        detail,
        "" if detail.by_place else today_words(detail.opening, work.now),
        () if detail.by_place else week_words(detail.rules, work.today),
        [_spot(work, spot, apart=detail.by_place) for spot in detail.places],
        _links(detail),
        saved is not None,
        asked(work, case, service_id),
    )


def _spot(work: Work, place: Place, *, apart: bool) -> Spot:
    if not apart:
        return Spot(place, "", ())
    return Spot(place, today_words(place.opening, work.now), week_words(place.rules, work.today))


def place(work: Work, service_id: UUID) -> Hit:
    """A place that people can find now.

    Raises:
        NotFound: the directory has none such.
    """
    found = hit_of(work.session, [service_id], work.now, work.zone).get(service_id)
    if found is None:
        raise NotFound("service")
    return found


_ASKED = (
    select(PlaceRequest, ReviewItem)
    .outerjoin(
        ReviewItem,
        (ReviewItem.subject_id == PlaceRequest.id)
        & (ReviewItem.kind == ReviewKind.PLACE_REQUEST)
        & (ReviewItem.case_id == PlaceRequest.case_id),
    )
    .where(PlaceRequest.case_id == bindparam("case"))
    .order_by(PlaceRequest.asked_at.desc(), PlaceRequest.id)
    .limit(bindparam("most"))
)
_ASKED_ABOUT = _ASKED.where(PlaceRequest.service_id == bindparam("service"))


def asked(work: Work, case: Case, service_id: UUID | None = None, limit: int = 20) -> list[Asked]:
    """What the client asked staff, latest first, with the answers. One query.

    Args:
        work: the unit of work.
        case: who asked.
        service_id: only what was asked about this place.
        limit: no more than so many.
    """
    values = {"case": case.id, "service": service_id, "most": limit}
    wanted = _ASKED if service_id is None else _ASKED_ABOUT
    rows = cast(Iterable[tuple[PlaceRequest, ReviewItem | None]], work.session.execute(wanted, values).all())
    return [
        Asked(request, item.answer_text if item else "", item.answered_at if item else None) for request, item in rows
    ]


def _found(work: Work, hits: Iterable[Hit], saved: Sequence[UUID]) -> list[Found]:
    kept = set(saved)
    return [Found(hit, today_words(hit.opening, work.now), hit.service_id in kept) for hit in hits]


def _links(detail: ServiceDetail) -> list[tuple[str, str]]:
    """Web pages as label and address. Addresses come from outside, so only plain web ones are linked."""
    pages = [("", detail.service.url), *((url.label, url.url) for url in detail.urls)]
    found: dict[str, str] = {}
    for label, address in pages:
        whole = address if "://" in address or not address else f"https://{address}"
        if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname:
            found.setdefault(whole, label or str(urlsplit(whole).hostname))
    return [(label, address) for address, label in found.items()]
