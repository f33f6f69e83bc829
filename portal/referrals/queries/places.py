"""A directory place as staff are about to offer it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.directory.models import RequiredDocument
from portal.directory.search import Hit, hit_of
from portal.i18n import listed
from portal.web.opening_words import today_words
from portal.work import NotFound, Work


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """What the offer form shows and fills in."""

    hit: Hit
    what_to_bring: str
    today: str


def place_to_offer(work: Work, service_id: UUID) -> OfferedPlace:
    """The place with this service id. Two queries.

    Raises:
        NotFound: the directory has no such service that people can find.
    """
    hit = hit_of(work.session, [service_id], work.now, work.zone).get(service_id)
    if hit is None:
        raise NotFound("service")
    documents = work.session.scalars(
        select(RequiredDocument.document)
        .where(RequiredDocument.service_id == service_id)
        .order_by(RequiredDocument.external_id, RequiredDocument.id)
    )
    return OfferedPlace(hit, listed(text for text in documents if text), today_words(hit.opening, work.now))
