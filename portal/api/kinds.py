"""The five kinds of things the API tells of, as pages and as streams of HSDS 3.1 trees. Knows no Flask."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.api.parameters import Asked
from portal.api.reading import directory
from portal.directory import catalogue
from portal.directory.catalogue import Listing, Wish
from portal.directory.models import Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from portal.directory.nested import Tree, Trees

NDJSON: Final = "application/x-ndjson"
#: Rows a stream reads at a time: of whole trees, of plain ones and of ids.
_FULL_BATCH, _BATCH, _MINIMAL_BATCH = 100, 500, 5_000
#: When a service last changed here, or by its source's word where nobody noted it.
_MOMENT: Final = func.coalesce(Service.changed_at, Service.last_modified).label("moment")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing the API tells of: its table, how it is listed, and how its trees are made.

    `dated` is whether we know when one changed, so that it may be asked for with `minimal`.
    """

    model: Any
    listing: Callable[[Session, Wish], Listing]
    trees: Callable[[Session, list[UUID], Asked | None], list[Tree]]
    dated: bool = False


def _services(session: Session, ids: list[UUID], asked: Asked | None) -> list[Tree]:
    """Services; `last_modified` is when they last changed here, which is what `modified_after` asks."""
    if asked is not None and asked.minimal:
        return [_least(key, moment) for key, moment in changed_at(session, ids).items()]
    changed = changed_at(session, ids)
    trees = Trees(session).services(ids, full=asked is None or asked.full)
    for tree in trees:
        if moment := changed.get(UUID(tree["id"])):
            tree["last_modified"] = _stamp(moment)
    return trees


def _organizations(session: Session, ids: list[UUID], asked: Asked | None) -> list[Tree]:
    """Organisations; one asked for by itself, or with `full`, tells its services: their ids and names, or whole."""
    full_service = asked is not None and asked.full_service
    full = full_service or asked is None or asked.full
    trees = Trees(session).organizations(ids, full=full)
    if not full:
        return trees
    wanted = select(Service.id, Service.organization_id).where(
        Service.organization_id.in_(ids), Service.closed_at.is_(None)
    )
    owner = {row.id: str(row.organization_id) for row in session.execute(wanted.order_by(Service.name, Service.id))}
    theirs: dict[str, list[Tree]] = {}
    for tree in Trees(session).services(list(owner), full=full_service):
        del tree["organization"]
        kept = tree if full_service else {name: tree[name] for name in ("id", "name", "status")}
        theirs.setdefault(owner[UUID(tree["id"])], []).append(kept)
    return [tree | {"services": theirs.get(tree["id"], [])} for tree in trees]


def _links(session: Session, ids: list[UUID], asked: Asked | None) -> list[Tree]:
    trees = Trees(session).links(ids, full=asked is None or asked.full)
    if asked is None:
        # For a single one the specification names the schema of a service, which asks for a name and a status.
        trees = [{"name": tree["service"]["name"], "status": tree["service"]["status"], **tree} for tree in trees]
    return trees


SERVICES: Final = Kind(Service, catalogue.services, _services, dated=True)
ORGANIZATIONS: Final = Kind(Organization, catalogue.organizations, _organizations)
LINKS: Final = Kind(ServiceAtLocation, catalogue.links, _links)
TAXONOMIES: Final = Kind(Taxonomy, catalogue.taxonomies, lambda session, ids, _asked: Trees(session).taxonomies(ids))
TERMS: Final = Kind(TaxonomyTerm, catalogue.terms, lambda session, ids, _asked: Trees(session).terms(ids))


def page_facts(number: int, size: int, total: int, here: int) -> dict[str, Any]:
    """What a page says about itself.

    Args:
        number: which page, from 1.
        size: how many a page holds.
        total: how many there are.
        here: how many are on this page.
    """
    pages = -(-total // size) if size else 1
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": here,
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": here == 0,
    }


def lines(kind: Kind, asked: Asked, engine: Engine) -> Iterator[str]:
    """Everything that answers, a line each."""
    for trees in _batches(kind, asked, engine):
        yield "".join(as_json(tree) + "\n" for tree in trees)


def whole_page(kind: Kind, asked: Asked, engine: Engine) -> Iterator[str]:
    """Everything that answers on one page, as its parts become known."""
    with directory(engine) as session:
        total = kind.listing(session, asked.wish).count()
    head = as_json(page_facts(1, total, total, total))
    yield head[:-1] + ',"contents":['
    between = ""
    for trees in _batches(kind, asked, engine):
        yield between + ",".join(map(as_json, trees))
        between = ","
    yield "]}"


def _batches(kind: Kind, asked: Asked, engine: Engine) -> Iterator[list[Tree]]:
    """All trees, a batch at a time, each in a short transaction of its own: a slow reader holds no lock, no memory."""
    whole = asked.full or asked.full_service
    size, last = _MINIMAL_BATCH if asked.minimal else _FULL_BATCH if whole else _BATCH, None
    while True:
        with directory(engine) as session:
            listing = kind.listing(session, asked.wish)
            if asked.minimal and kind.dated:
                rows = listing.rows_after(last, size, _MOMENT)
                ids, trees = [row[0] for row in rows], [_least(*row) for row in rows]
            else:
                ids = listing.after(last, size)
                trees = kind.trees(session, ids, asked)
        if not ids:
            return
        last = ids[-1]
        yield trees


def changed_at(session: Session, ids: list[UUID]) -> dict[UUID, datetime | None]:
    """When these services last changed here, or by their source's word where nobody noted it; in the order of `ids`."""
    found = {row.id: row.moment for row in session.execute(select(Service.id, _MOMENT).where(Service.id.in_(ids)))}
    return {key: found[key] for key in ids if key in found}


def _least(key: UUID, moment: datetime | None) -> Tree:
    return {"id": str(key), "modified_date": _stamp(moment)}


def _stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def as_json(told: Any) -> str:
    """JSON without blanks, in UTF-8."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
