"""Which services a change of rows shows in: those whose search document has to be written anew."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models import DirectoryPhone, Service, ServiceAtLocation

_AT_ONCE: Final = 500


class Touched:
    """Gathers rows that changed, and tells in the end which services they belong to."""

    #: The columns by which a row belongs to something that is found.
    POINTERS: Final = {
        "service_id": "service",
        "organization_id": "organization",
        "location_id": "location",
        "service_at_location_id": "service_at_location",
        "program_id": "program",
        "phone_id": "phone",
        "link_id": "service",
    }

    def __init__(self) -> None:
        #: Everything is new, so that nothing need be told apart.
        self.everything = False
        self._ids: dict[str, set[UUID]] = {name: set() for name in (*self.POINTERS.values(), "taxonomy_term")}

    def add(self, entity: str, row_id: UUID, values: Mapping[str, Any]) -> None:
        """A row of a table changed, came or went; `values` has at least its pointers."""
        if self.everything:
            return
        if entity in self._ids:
            self._ids[entity].add(row_id)
        if entity == "service":
            return  # what it belongs to does not change with it
        for name, target in self.POINTERS.items():
            if (found := values.get(name)) is not None and (entity != "location" or name == "location_id"):
                self._ids[target].add(found)

    @property
    def count(self) -> int:
        """How many things changed, more or less."""
        return sum(map(len, self._ids.values())) or self.everything

    @property
    def categories(self) -> bool:
        """Whether a category itself changed."""
        return bool(self._ids["taxonomy_term"])

    def services(self, session: Session) -> list[UUID]:
        """The services concerned, in an order that does not change."""
        for phone in self._found(session, DirectoryPhone, DirectoryPhone.id, self._ids["phone"]):
            self.add("", phone.id, {name: getattr(phone, name, None) for name in ("service_id", "location_id")})
        concerned = set(self._ids["service"])
        for name, column in (("service_at_location", "id"), ("location", "location_id")):
            links = self._found(session, ServiceAtLocation, getattr(ServiceAtLocation, column), self._ids[name])
            concerned |= {link.service_id for link in links}
        for name, column in (("organization", "organization_id"), ("program", "program_id")):
            concerned |= {row.id for row in self._found(session, Service, getattr(Service, column), self._ids[name])}
        return sorted(concerned)

    @staticmethod
    def _found(session: Session, model: Any, column: Any, ids: set[UUID]) -> Iterable[Any]:
        ordered = sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            wanted = [getattr(model, name) for name in ("id", "service_id", "location_id") if hasattr(model, name)]
            yield from session.execute(select(*wanted).where(column.in_(some)).order_by(model.id))
