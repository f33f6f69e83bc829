"""What a place's page, the comparison of several and the sheet to take along show."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import segno
from sqlalchemy import select

from portal.cases.models import Case
from portal.directory.detail import Place, ServiceDetail, service_detail
from portal.directory.search import Hit, hit_of
from portal.resources.models import SavedPlace
from portal.resources.queries.asked import Asked, asked
from portal.web.opening_words import today_words, usual_words, week_words
from portal.work import NotFound, Work

#: As many are compared, and as many fit on a sheet.
MOST_COMPARED, MOST_ON_SHEET = 3, 6


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


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the places put side by side."""

    hit: Hit
    today: str
    week: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One place on the sheet to take along: pictures that a phone reads, to call and to find the way."""

    hit: Hit
    week: Sequence[tuple[str, str]]
    call: str
    way: str


def place_page(work: Work, case: Case, service_id: UUID) -> PlacePage:
    """The page of one place. Five queries.

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


def own_case(work: Work) -> UUID | None:
    """The case of the client who asks, an open one if there is; none for anybody else."""
    wanted = select(Case.id).where(Case.client_id == work.actor.id)
    return work.session.scalars(
        wanted.order_by(Case.closed_on.is_not(None), Case.opened_on.desc(), Case.id).limit(1)
    ).first()


def compared(work: Work, service_ids: Sequence[UUID]) -> list[Compared]:
    """Up to three places, in the order asked for; those that nobody can find are left out. One query."""
    return [
        Compared(hit, today_words(hit.opening, work.now), usual_words(hit.rules, work.today))
        for hit in _in_order(work, service_ids[:MOST_COMPARED])
    ]


def sheets(work: Work, service_ids: Sequence[UUID]) -> list[Sheet]:
    """Up to six places for the sheet, in the order asked for. One query."""
    return [
        Sheet(
            hit,
            week_words(hit.rules, work.today),
            picture_of(f"tel:{_dialled(hit.phone)}") if _dialled(hit.phone) else "",
            picture_of(f"geo:{hit.latitude},{hit.longitude}") if hit.latitude and hit.longitude else "",
        )
        for hit in _in_order(work, service_ids[:MOST_ON_SHEET])
    ]


def _in_order(work: Work, service_ids: Sequence[UUID]) -> list[Hit]:
    found = hit_of(work.session, list(service_ids), work.now, work.zone) if service_ids else {}
    return [found[service_id] for service_id in dict.fromkeys(service_ids) if service_id in found]


def picture_of(text: str) -> str:
    """A QR code as the address of a picture (SVG) that needs no request."""
    return str(segno.make(text, error="m").svg_data_uri(scale=4, border=2))


def _dialled(number: str) -> str:
    return "".join(c for c in number if c.isascii() and (c.isdigit() or c == "+"))


def _links(detail: ServiceDetail) -> list[tuple[str, str]]:
    """Web pages as label and address. Addresses come from outside, so only plain web ones are linked."""
    pages = [("", detail.service.url), *((url.label, url.url) for url in detail.urls)]
    found: dict[str, str] = {}
    for label, address in pages:
        whole = address if "://" in address or not address else f"https://{address}"
        if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname:
            found.setdefault(whole, label or str(urlsplit(whole).hostname))
    return [(label, address) for address, label in found.items()]
