"""Which taxonomies may be passed on: only those of which we know a licence. The others stay here, whole.

A list of categories is a work of its own. The best known one, 211's (also called AIRS, 211HSIS or the LA County
taxonomy), is for subscribers only: it may come in with their data, and must not go out with ours. So a taxonomy is
exported, and shown by the API, only if somebody said under which licence, or if it is one that is free by its own name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.directory.models import DirectorySource, Service, Taxonomy, TaxonomyTerm
from portal.directory.text import slug

#: Free by name: the licence its makers gave it.
FREE: Final = {"open eligibility": "CC BY-SA 3.0", "openeligibility": "CC BY-SA 3.0"}
#: For subscribers only, whatever licence the data around it has: passed on only if the taxonomy itself has one.
_SUBSCRIBERS = re.compile(
    r"\b(airs|inform usa|211 ?hsis|211 (la|human|taxonomy)|la county|los angeles county)\b|\b211\b.*\btaxonomy\b"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One taxonomy as an administrator sees it. `id` is none for terms that name no taxonomy of their own."""

    id: UUID | None
    name: str
    source: str
    terms: int
    in_use: int
    languages: tuple[str, ...]
    licence: str

    @property
    def is_shared(self) -> bool:
        """Whether it goes into exports and the API."""
        return bool(self.licence)


def licence_of(name: str, own: str, source: str) -> str:
    """The licence of a taxonomy, empty if it has none that we know.

    Args:
        name: the taxonomy's name.
        own: what was said of the taxonomy itself.
        source: the licence of the data it came with.
    """
    if own:
        return own
    plain = slug(name)
    if _SUBSCRIBERS.search(plain):
        return ""
    return FREE.get(plain, source)


def shared_taxonomies(session: Session) -> dict[UUID, str]:
    """The taxonomies that may be passed on, each with its licence."""
    wanted = (
        select(Taxonomy.id, Taxonomy.name, Taxonomy.licence, DirectorySource.licence.label("source"))
        .join(DirectorySource, DirectorySource.id == Taxonomy.source_id)
        .order_by(Taxonomy.id)
    )
    found = {row.id: licence_of(row.name, row.licence, row.source) for row in session.execute(wanted)}
    return {key: licence for key, licence in found.items() if licence}


def shared_terms(session: Session) -> ColumnElement[bool]:
    """A condition on `TaxonomyTerm`: that it may be passed on. Two short queries to make it, however many terms."""
    loose = (
        select(TaxonomyTerm.source_id, TaxonomyTerm.taxonomy, DirectorySource.licence)
        .join(DirectorySource, DirectorySource.id == TaxonomyTerm.source_id)
        .where(TaxonomyTerm.taxonomy_id.is_(None))
        .distinct()
        .order_by(TaxonomyTerm.source_id, TaxonomyTerm.taxonomy)
    )
    named = [
        and_(TaxonomyTerm.source_id == row.source_id, TaxonomyTerm.taxonomy == row.taxonomy)
        for row in session.execute(loose)
        if licence_of(row.taxonomy, "", row.licence)
    ]
    inside: ColumnElement[bool] = TaxonomyTerm.taxonomy_id.in_(shared_taxonomies(session))
    return or_(inside, and_(TaxonomyTerm.taxonomy_id.is_(None), or_(*named))) if named else inside


def listed(session: Session) -> list[Listed]:
    """Every taxonomy there is, by name: how large, how far in use, in which languages, and whether it may go out."""
    wanted = (
        select(
            TaxonomyTerm.taxonomy_id, TaxonomyTerm.source_id, TaxonomyTerm.taxonomy.label("said"), Taxonomy.name,
            Taxonomy.licence, DirectorySource.name.label("source"), DirectorySource.licence.label("theirs"),
            TaxonomyTerm.services, TaxonomyTerm.names,
        )
        .join(DirectorySource, DirectorySource.id == TaxonomyTerm.source_id)
        .outerjoin(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(TaxonomyTerm.closed_at.is_(None))
        .order_by(TaxonomyTerm.id)
    )  # fmt: skip
    groups: dict[Any, list[Any]] = {}
    for row in session.execute(wanted):
        groups.setdefault(row.taxonomy_id or (row.source_id, row.said), []).append(row)
    found = [_listed(rows) for rows in groups.values()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.source.casefold(), str(one.id)))


def _listed(rows: Sequence[Any]) -> Listed:
    first = rows[0]
    name = first.name or first.said
    return Listed(
        id=first.taxonomy_id,
        name=name,
        source=first.source,
        terms=len(rows),
        in_use=sum(1 for row in rows if row.services),
        languages=tuple(sorted({code for row in rows for code in row.names or ()})),
        licence=licence_of(name, first.licence or "", first.theirs),
    )


def withheld(taxonomies: Iterable[Listed]) -> list[str]:
    """The names of those that stay here."""
    return sorted({one.name for one in taxonomies if not one.is_shared})


def sources(session: Session) -> list[tuple[str, str]]:
    """Whose data the directory holds, and the licence of each as far as anybody said."""
    used = select(Service.source_id).where(Service.closed_at.is_(None)).distinct()
    wanted = select(DirectorySource.name, DirectorySource.licence).where(DirectorySource.id.in_(used))
    rows = session.execute(wanted.order_by(DirectorySource.name, DirectorySource.id))
    return [(row.name, row.licence) for row in rows]


def say_licence(session: Session, name: str, licence: str) -> int:
    """Say under which licence every taxonomy of this name may be passed on; empty takes it back.

    Returns:
        How many taxonomies there are of this name.
    """
    wanted = select(Taxonomy).where(func.lower(Taxonomy.name) == name.strip().lower()).order_by(Taxonomy.id)
    found = session.scalars(wanted).all()
    for taxonomy in found:
        taxonomy.licence = licence
    return len(found)
