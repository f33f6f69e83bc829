"""The categories that some service has, to look through and to choose from."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models import TaxonomyTerm
from portal.directory.taxonomies import name_in


@dataclass(frozen=True, slots=True)
class Category:
    """A category in use. `services` counts the services that have it or one below it; `depth` is 0 at the top."""

    id: UUID
    name: str
    path: str
    depth: int
    services: int


_IN_USE = (
    select(TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.shown, TaxonomyTerm.path, TaxonomyTerm.services)
    .where(TaxonomyTerm.services > 0, TaxonomyTerm.closed_at.is_(None))
    .order_by(TaxonomyTerm.path, TaxonomyTerm.id)
)


def categories_in_use(session: Session) -> list[Category]:
    """The categories some searchable service has, top ones first and each followed by those below it."""
    merged: dict[str, Category] = {}
    for row in session.execute(_IN_USE):
        before = merged.get(row.path)
        merged[row.path] = Category(
            before.id if before else row.id,
            before.name if before else name_in(row.name, row.shown),
            row.path,
            row.path.count("/"),
            row.services + (before.services if before else 0),
        )
    return sorted(merged.values(), key=lambda category: category.path.split("/"))
