"""Services, organisations and service-at-locations as the JSON trees of HSDS 3.1, a page of them at a time.

A page costs the same number of queries however many rows hang on it: one a table. Left out are rows that are closed,
and categories of taxonomies that may not be passed on (`licences`). Inside a tree nothing points at what it is part of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.directory.licences import shared_terms
from portal.directory.models import TABLES
from portal.directory.standard import finished, is_whole, read_columns, stand_in

Tree = dict[str, Any]

#: What is nested in what: by table, the name of the list and the table of its rows.
LISTS: Final[dict[str, dict[str, str]]] = {
    "organization": {
        "additional_websites": "url",
        "funding": "funding",
        "contacts": "contact",
        "phones": "phone",
        "locations": "location",
        "programs": "program",
        "organization_identifiers": "organization_identifier",
    },
    "service": {
        "additional_urls": "url",
        "phones": "phone",
        "schedules": "schedule",
        "service_areas": "service_area",
        "service_at_locations": "service_at_location",
        "languages": "language",
        "funding": "funding",
        "cost_options": "cost_option",
        "required_documents": "required_document",
        "contacts": "contact",
        "capacities": "service_capacity",
    },
    "service_at_location": {
        "service_areas": "service_area",
        "contacts": "contact",
        "phones": "phone",
        "schedules": "schedule",
    },
    "location": {
        "languages": "language",
        "addresses": "address",
        "contacts": "contact",
        "accessibility": "accessibility",
        "phones": "phone",
        "schedules": "schedule",
    },
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}
#: What a row holds one of: by table, the pointer, the name it is nested under and its table.
ONES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "service": (("organization_id", "organization", "organization"), ("program_id", "program", "program")),
    "service_at_location": (("location_id", "location", "location"),),
    "service_capacity": (("unit_id", "unit", "unit"),),
    "attribute": (("taxonomy_term_id", "taxonomy_term", "taxonomy_term"),),
    "taxonomy_term": (("taxonomy_id", "taxonomy_detail", "taxonomy"),),
}
#: The order in which rows are read: owners before what hangs on them.
_ORDER: Final = (
    "program", "service_at_location", "location", "contact", "phone", "schedule", "service_area", "language", "address",
    "accessibility", "funding", "cost_option", "required_document", "organization_identifier", "service_capacity",
    "unit", "url",
)  # fmt: skip
_MOST_IDS: Final = 10_000


class Trees:
    """Reads trees from one session; asks once which taxonomies may be passed on."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shared: ColumnElement[bool] | None = None

    def services(self, ids: Sequence[UUID], *, full: bool) -> list[Tree]:
        """These services in this order, with organisation and programme; with all that hangs on them if `full`."""
        grove = _Grove(self._session, self._terms)
        grove.read("service", "id", ids)
        grove.read("organization", "id", grove.pointed("service", "organization_id"))
        grove.read("program", "id", grove.pointed("service", "program_id"))
        if full:
            grove.grow(("service", "organization", "program"))
        return [tree for key in ids if (tree := grove.service(key, full=full)) is not None]

    def organizations(self, ids: Sequence[UUID], *, full: bool) -> list[Tree]:
        """These organisations in this order; with all that hangs on them if `full`, their services apart."""
        grove = _Grove(self._session, self._terms)
        grove.read("organization", "id", ids)
        if full:
            grove.read("location", "organization_id", ids)
            grove.grow(("organization",))
        return [grove.tree("organization", key, full=full) for key in ids if grove.has("organization", key)]

    def links(self, ids: Sequence[UUID], *, full: bool) -> list[Tree]:
        """These service-at-locations in this order, with their place and a plain service."""
        grove = _Grove(self._session, self._terms)
        grove.read("service_at_location", "id", ids)
        grove.read("location", "id", grove.pointed("service_at_location", "location_id"))
        services = list(grove.pointed("service_at_location", "service_id"))
        plain = {tree["id"]: tree for tree in self.services(services, full=False)}
        if full:
            grove.grow(("service_at_location",))
        found = []
        for key in ids:
            if grove.has("service_at_location", key):
                tree = grove.tree("service_at_location", key, full=full)
                tree["service"] = plain.get(tree.pop("service_id"))
                found.append(tree)
        return found

    def terms(self, ids: Sequence[UUID]) -> list[Tree]:
        """These categories in this order, each with its taxonomy; without those that may not be passed on."""
        grove = _Grove(self._session, self._terms)
        grove.read("taxonomy_term", "id", ids, self._terms())
        grove.read("taxonomy", "id", grove.pointed("taxonomy_term", "taxonomy_id"))
        return [grove.tree("taxonomy_term", key, full=False) for key in ids if grove.has("taxonomy_term", key)]

    def taxonomies(self, ids: Sequence[UUID]) -> list[Tree]:
        """These taxonomies in this order."""
        grove = _Grove(self._session, self._terms)
        grove.read("taxonomy", "id", ids)
        return [grove.tree("taxonomy", key, full=False) for key in ids if grove.has("taxonomy", key)]

    def _terms(self) -> ColumnElement[bool]:
        if self._shared is None:
            self._shared = shared_terms(self._session)
        return self._shared


class _Grove:
    """The rows of one page of trees, by table and id, and which of them hang on which."""

    def __init__(self, session: Session, terms: Callable[[], ColumnElement[bool]]) -> None:
        self._session, self._terms = session, terms
        self._rows: dict[str, dict[UUID, Tree]] = defaultdict(dict)
        self._raw: dict[str, dict[UUID, Any]] = defaultdict(dict)
        #: By table, owner's column and owner: the rows that hang on it.
        self._hang: dict[tuple[str, str], dict[UUID, list[UUID]]] = defaultdict(lambda: defaultdict(list))

    # --- reading ---

    def read(self, table: str, column: str, ids: Iterable[UUID], condition: ColumnElement[bool] | None = None) -> None:
        """Read the rows of a table whose `column` is one of `ids`."""
        self._take(table, {column: sorted(set(ids))}, condition)

    def pointed(self, table: str, column: str) -> list[UUID]:
        """What the rows of a table, as far as they were read, point at."""
        found = (getattr(row, column) for row in self._raw[table].values())
        return list(dict.fromkeys(key for key in found if key is not None))

    def has(self, table: str, key: UUID | None) -> bool:
        """Whether this row was read."""
        return key in self._rows[table]

    def grow(self, tops: Sequence[str]) -> None:
        """Read all that hangs on the rows read so far."""
        for table in _ORDER:
            if table == "location":
                self._take("location", {"id": self.pointed("service_at_location", "location_id")}, None)
            elif table == "unit":
                self._take("unit", {"id": self.pointed("service_capacity", "unit_id")}, None)
            else:
                owners = {
                    f"{owner}_id": list(self._rows[owner])
                    for owner, lists in LISTS.items()
                    if table in lists.values() and self._rows[owner] and self._wants(owner, table, tops)
                }
                self._take(table, owners, None)
        self._read_attributes()

    def _wants(self, owner: str, table: str, tops: Sequence[str]) -> bool:
        """Not an organisation's places and programmes inside a service: a large one would fill every service of it."""
        return not (owner == "organization" and "service" in tops and table in {"location", "program"})

    def _take(self, table: str, owners: dict[str, list[UUID]], condition: ColumnElement[bool] | None) -> None:
        model: Any = TABLES[table]
        owners = {column: ids for column, ids in owners.items() if ids}
        longest = max((len(ids) for ids in owners.values()), default=0)
        for start in range(0, longest, _MOST_IDS):
            some = {column: ids[start : start + _MOST_IDS] for column, ids in owners.items()}
            wanted = or_(*(getattr(model, column).in_(ids) for column, ids in some.items() if ids))
            statement = select(*read_columns(table)).where(wanted, model.closed_at.is_(None))
            if condition is not None:
                statement = statement.where(condition)
            for row in self._session.execute(statement.order_by(model.external_id, model.id)):
                self._keep(table, row, owners)

    def _keep(self, table: str, row: Any, owners: dict[str, list[UUID]]) -> None:
        if row.id not in self._rows[table]:
            told = finished(table, row)
            if not is_whole(table, told):
                return
            self._rows[table][row.id], self._raw[table][row.id] = told, row
            for column in owners:
                if column != "id":
                    self._hang[table, column][getattr(row, column)].append(row.id)

    def _read_attributes(self) -> None:
        everything = [key for rows in self._rows.values() for key in rows]
        self._take("attribute", {"link_id": everything}, None)
        if self._rows["attribute"]:
            self.read("taxonomy_term", "id", self.pointed("attribute", "taxonomy_term_id"), self._terms())
            self.read("taxonomy", "id", self.pointed("taxonomy_term", "taxonomy_id"))

    # --- building ---

    def service(self, key: UUID, *, full: bool) -> Tree | None:
        """One service; one whose organisation nobody gave us, or is gone, stands for itself."""
        if not self.has("service", key):
            return None
        tree = self.tree("service", key, full=full)
        if "organization" not in tree:
            tree["organization"] = stand_in(key) | {"name": tree["name"], "description": tree["name"]}
        return tree

    def tree(self, table: str, key: UUID, *, full: bool, inside: str = "") -> Tree:
        """One row with what it holds.

        Args:
            table: its table.
            key: its id.
            full: with all that hangs on it; without, only with what it holds one of.
            inside: the pointer to what it is nested in, which is left out.
        """
        row = self._raw[table][key]
        tree = {name: value for name, value in self._rows[table][key].items() if name != inside}
        for pointer, name, target in ONES.get(table, ()):
            tree.pop(pointer, None)
            if self.has(target, getattr(row, pointer)):
                tree[name] = self.tree(target, getattr(row, pointer), full=full, inside="")
        if table == "attribute":
            tree = {name: value for name, value in tree.items() if name not in {"link_id", "link_entity"}}
        if full:
            tree |= self._lists(table, key)
        return tree

    def _lists(self, table: str, key: UUID) -> Tree:
        column, found = f"{table}_id", Tree()
        for name, child in LISTS.get(table, {}).items():
            rows = [
                self.tree(child, one, full=True, inside=column)
                for one in self._hang[child, column].get(key, ())
                if self._belongs(child, one)
            ]
            if rows:
                found[name] = rows
        attributes = [
            self.tree("attribute", one, full=True)
            for one in self._hang["attribute", "link_id"].get(key, ())
            if self.has("taxonomy_term", self._raw["attribute"][one].taxonomy_term_id)
        ]
        return found | {"attributes": attributes} if attributes else found

    def _belongs(self, table: str, key: UUID) -> bool:
        """Whether a row has what it means nothing without: a service-at-location its place, a capacity its unit."""
        row = self._raw[table][key]
        if table == "service_capacity":
            return self.has("unit", row.unit_id)
        return table != "service_at_location" or self.has("location", row.location_id)
