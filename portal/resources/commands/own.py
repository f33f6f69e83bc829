"""A client saves a place, drops it, has it sent to their phone, or asks staff about one."""

from uuid import UUID

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ContactPoint, ReviewKind
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.resources.models import PlaceRequest, SavedPlace
from portal.work import Refused, Work


class NothingAsked(Refused):
    """Neither a place nor words."""

    field, says = "words", _l("Write what you are looking for.")


class NowhereSafe(Refused):
    """The client has named no way that is safe to reach them."""

    says = _l("We have no safe number or email for you. Ask your case manager to add one.")


def save(work: Work, case: Case, service_id: UUID) -> SavedPlace:
    """Save a place. Saving it again changes nothing.

    Args:
        work: the unit of work.
        case: whose list it goes on.
        service_id: a service of the directory; the caller has looked it up.
    """
    known = _saved(work, case, service_id)
    if known is not None:
        return known
    place = SavedPlace(case_id=case.id, service_id=service_id, saved_at=work.now)
    work.session.add(place)
    work.session.flush()  # the record names its id
    work.record(Event.PLACE_SAVED, place)
    return place


def drop(work: Work, case: Case, service_id: UUID) -> None:
    """Take a place off the list. One that is not on it stays off."""
    known = _saved(work, case, service_id)
    if known is not None:
        work.record(Event.PLACE_DROPPED, known)
        work.session.delete(known)


def send(work: Work, case: Case, service_id: UUID) -> None:
    """Keep a place and send the client a note that leads to it. The note names no place and says nothing private.

    Raises:
        NowhereSafe: there is no safe way to reach them.
    """
    safe = select(ContactPoint.id).where(ContactPoint.person_id == case.client_id, ContactPoint.safe).limit(1)
    if work.session.scalars(safe).first() is None:
        raise NowhereSafe
    place = save(work, case, service_id)
    work.record(Event.PLACE_SENT, place)
    work.send(Notice.KEPT_FOR_YOU, to=case.client_id)


def ask(work: Work, case: Case, *, service_id: UUID | None, place: str, words: str) -> PlaceRequest:
    """Ask staff about a place, or for one.

    Args:
        work: the unit of work.
        case: who asks.
        service_id: the service asked about, or none.
        place: its name, kept in case the directory forgets it.
        words: what the client wrote; may be empty when a place is named.

    Raises:
        NothingAsked: neither a place nor words.
    """
    if service_id is None and not words:
        raise NothingAsked
    request = PlaceRequest(
        case_id=case.id, service_id=service_id, place=place, words=words, asked_by_id=work.actor.id, asked_at=work.now
    )
    work.session.add(request)
    work.session.flush()  # the queue names its id
    work.ask(case, ReviewKind.PLACE_REQUEST, request)
    work.record(Event.PLACE_ASKED, request)
    return request


def _saved(work: Work, case: Case, service_id: UUID) -> SavedPlace | None:
    return work.session.scalars(
        select(SavedPlace).where(SavedPlace.case_id == case.id, SavedPlace.service_id == service_id)
    ).first()
