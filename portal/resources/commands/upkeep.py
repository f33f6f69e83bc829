"""Keeping the directory right: anybody tells what is wrong; staff look into it, put it right, add what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.directory.edits import add_local, local_edit
from portal.directory.models import (
    Address,
    DirectoryPhone,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    ServiceStatus,
)
from portal.i18n import _l
from portal.resources.models import PlaceTwin, PlaceWord, WordOutcome, Wrong
from portal.roles import AccountKind
from portal.work import Refused, Work


class NamesNothing(Refused):
    """A place needs a name."""

    field, says = "name", _l("Write the name of the place.")


class AnsweredAlready(Refused):
    """Somebody was faster."""

    says = _l("A colleague has answered this already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What staff can say of a place. Empty texts are said, too: they clear what stood there."""

    name: str
    organization: str = ""
    description: str = ""
    phone: str = ""
    street: str = ""
    town: str = ""
    postal_code: str = ""
    fees: str = ""
    who: str = ""
    how: str = ""
    alert: str = ""
    url: str = ""
    local_note: str = ""
    status: ServiceStatus = ServiceStatus.ACTIVE

    def of_service(self) -> Mapping[str, Any]:
        """The columns of the service itself."""
        return {
            "name": self.name,
            "description": self.description,
            "fees_description": self.fees,
            "eligibility_description": self.who,
            "application_process": self.how,
            "alert": self.alert,
            "url": self.url,
            "local_note": self.local_note,
            "status": self.status,
        }


def tell(work: Work, case: Case, service_id: UUID, *, wrong: Wrong, words: str) -> PlaceWord:
    """Say that something about a place is wrong. The case remembers that something was told, not about which place.

    Args:
        work: the unit of work.
        case: in whose pages it is told.
        service_id: the place.
        wrong: what kind of thing is wrong.
        words: more about it, may be empty.
    """
    by_staff = work.actor.kind is AccountKind.STAFF
    told = PlaceWord(service_id=service_id, wrong=wrong, words=words, by_staff=by_staff, told_at=work.now)
    work.session.add(told)
    work.session.flush()  # whoever calls may name its id
    work.record(Event.PLACE_TOLD_WRONG, case, wrong=wrong.value)
    return told


def answer(work: Work, told: PlaceWord, outcome: WordOutcome) -> None:
    """Answer what somebody told. Unless staff are unsure, the place counts as checked today.

    Raises:
        AnsweredAlready: somebody was faster.
    """
    if told.answered_at is not None:
        raise AnsweredAlready
    told.outcome, told.answered_by_id, told.answered_at = outcome, work.actor.id, work.now
    work.record(Event.PLACE_WORD_ANSWERED, told, outcome=outcome.value)
    if outcome is not WordOutcome.UNSURE:
        check(work, work.get(Service, told.service_id))


def check(work: Work, service: Service) -> None:
    """Note that what we know of a place was checked today, and by whom."""
    values = {"checked_on": work.today, "checked_by": work.actor.name}
    local_edit(work.session, service, values, by_id=work.actor.id, now=work.now)
    work.record(Event.PLACE_CHECKED, service)


def edit_place(work: Work, service: Service, facts: Facts) -> None:
    """Put a place right. What its source says later does not undo it.

    Raises:
        NamesNothing: it would have no name.
    """
    if not facts.name.strip():
        raise NamesNothing
    local_edit(work.session, service, facts.of_service(), by_id=work.actor.id, now=work.now)
    _set_phone(work, service, facts.phone)
    _set_address(work, service, facts)
    work.record(Event.PLACE_EDITED, service)
    check(work, service)


def add_place(work: Work, facts: Facts) -> Service:
    """Add a place that no list has. Imports never touch it.

    Raises:
        NamesNothing: it has no name.
    """
    if not facts.name.strip():
        raise NamesNothing
    session, by_id = work.session, work.actor.id
    named = {"name": facts.organization or facts.name}
    organization = add_local(session, Organization, named, by_id=by_id, now=work.now)
    values = {**facts.of_service(), "organization_id": organization.id}
    service = add_local(session, Service, values, by_id=by_id, now=work.now)
    _set_phone(work, service, facts.phone)
    _set_address(work, service, facts)
    work.record(Event.PLACE_ADDED, service)
    check(work, service)
    return service


def judge(work: Work, first_id: UUID, second_id: UUID, hidden_id: UUID | None) -> None:
    """Decide whether two entries are one place.

    Args:
        work: the unit of work.
        first_id, second_id: the entries.
        hidden_id: the one to take out of search because the other says the same, or none if they are two places.
    """
    first, second = sorted((first_id, second_id))
    values = {"hidden_id": hidden_id, "judged_by_id": work.actor.id, "judged_at": work.now}
    known = select(PlaceTwin).where(PlaceTwin.first_id == first, PlaceTwin.second_id == second)
    twin = work.session.scalars(known).one_or_none()
    if twin is None:
        twin = PlaceTwin(first_id=first, second_id=second, **values)
        work.session.add(twin)
        work.session.flush()  # the record names its id
    if hidden_id is not None:
        gone = work.get(Service, hidden_id)
        local_edit(work.session, gone, {"status": ServiceStatus.INACTIVE}, by_id=work.actor.id, now=work.now)
    work.record(Event.PLACES_COMPARED, twin, same=hidden_id is not None)


def _set_phone(work: Work, service: Service, number: str) -> None:
    """Change the number that people ring: the service's own, or a new one beside those of its organisation."""
    wanted = select(DirectoryPhone).where(DirectoryPhone.service_id == service.id).order_by(DirectoryPhone.id)
    own = [phone for phone in work.session.scalars(wanted) if phone.type.lower() not in {"fax", "tty", "text"}]
    if own and number:
        local_edit(work.session, own[0], {"number": number}, by_id=work.actor.id, now=work.now)
    elif number:
        values = {"service_id": service.id, "number": number, "type": "voice"}
        add_local(work.session, DirectoryPhone, values, by_id=work.actor.id, now=work.now)


def _set_address(work: Work, service: Service, facts: Facts) -> None:
    """Change where it is: its first place's address, or a new place."""
    said = {"address_1": facts.street, "city": facts.town, "postal_code": facts.postal_code}
    wanted = (
        select(Address)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Address.location_id)
        .where(ServiceAtLocation.service_id == service.id)
        .order_by(Address.address_type != "physical", Address.id)
    )
    address = work.session.scalars(wanted).first()
    if address is not None:
        local_edit(work.session, address, said, by_id=work.actor.id, now=work.now)
    elif any(said.values()):
        _add_site(work, service, said)


def _add_site(work: Work, service: Service, said: Mapping[str, str]) -> None:
    session, by_id, now = work.session, work.actor.id, work.now
    at = {"name": service.name, "organization_id": service.organization_id}
    location = add_local(session, Location, at, by_id=by_id, now=now)
    add_local(session, Address, {**said, "location_id": location.id}, by_id=by_id, now=now)
    link = {"service_id": service.id, "location_id": location.id}
    add_local(session, ServiceAtLocation, link, by_id=by_id, now=now)
