"""Categories as people meet them: the ones below a category, their names in other languages, and bringing in a list.

A category is its path of names from the top down: equal paths of two sources are one. So a list with translations
(Open Eligibility, an organisation's own) also names the categories that a directory brought along by itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from portal import i18n
from portal.directory.models import DirectoryAttribute, TaxonomyTerm
from portal.directory.text import slug

_BATCH: Final = 1_000
#: PostgreSQL has no room in an index for a path of longer steps.
_LONGEST_STEP: Final = 90
#: A term that is its own ancestor must not hang us.
_DEEPEST: Final = 12


def with_children(session: Session, terms: Iterable[UUID | str]) -> dict[UUID, str]:
    """These categories and all below them, in every source: the id of each term with its path.

    Args:
        session: any session; the directory is public.
        terms: ids of terms, or their names or codes in any language we have; what nobody knows finds nothing.
    """
    ids, names = set[UUID](), set[str]()
    for term in terms:
        try:
            ids.add(term if isinstance(term, UUID) else UUID(term))
        except ValueError:
            names.add(str(term).replace("\0", "").strip())
    keys = {slug(name) for name in names} - {""}
    named = or_(TaxonomyTerm.id.in_(ids), TaxonomyTerm.key.in_(keys), TaxonomyTerm.code.in_(names - {""}))
    paths = set(session.scalars(select(TaxonomyTerm.path).where(named).order_by(TaxonomyTerm.id)))
    if keys:
        paths |= _paths_named(session, keys)
    return below(session, paths)


def below(session: Session, paths: Iterable[str]) -> dict[UUID, str]:
    """The terms with one of these paths and all terms below them: the id of each with its path."""
    tops = sorted(paths)
    tops = [path for at, path in enumerate(tops) if not any(path.startswith(f"{top}/") for top in tops[:at])]
    found: dict[UUID, str] = {}
    for start in range(0, len(tops), 50):
        some = tops[start : start + 50]
        inside = or_(
            TaxonomyTerm.path.in_(some), *(TaxonomyTerm.path.startswith(f"{path}/", autoescape=True) for path in some)
        )
        wanted = select(TaxonomyTerm.id, TaxonomyTerm.path).where(inside, TaxonomyTerm.closed_at.is_(None))
        found.update((row.id, row.path) for row in session.execute(wanted.order_by(TaxonomyTerm.path, TaxonomyTerm.id)))
    return found


def _paths_named(session: Session, keys: set[str]) -> set[str]:
    """The paths of terms that have one of these folded names in another language."""
    wanted = select(TaxonomyTerm.path, TaxonomyTerm.shown).order_by(TaxonomyTerm.id)
    rows = session.execute(wanted.where(TaxonomyTerm.closed_at.is_(None)))
    return {row.path for row in rows if row.shown and any(slug(name) in keys for name in row.shown.values())}


def name_in(name: str, shown: dict[str, Any] | None) -> str:
    """A category's name in the language being spoken, or as its source wrote it.

    Args:
        name: `TaxonomyTerm.name`.
        shown: `TaxonomyTerm.shown`.
    """
    return str((shown or {}).get(i18n.language()) or name)


def all_names(session: Session, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every name in every language of the categories with these paths, so that search finds a place by any of them.

    One query. Paths that no term has are absent.
    """
    wanted = (
        select(TaxonomyTerm.path, TaxonomyTerm.name, TaxonomyTerm.shown)
        .where(TaxonomyTerm.path.in_(set(paths)))
        .order_by(TaxonomyTerm.path, TaxonomyTerm.id)
    )
    found: dict[str, dict[str, None]] = {}
    for row in session.execute(wanted):
        names = found.setdefault(row.path, {})
        names.update(dict.fromkeys((row.name, *map(str, (row.shown or {}).values()))))
    return {path: tuple(names) for path, names in found.items()}


def name_paths(session: Session, source_id: UUID) -> bool:
    """Give every category of a source its path from the top.

    Returns:
        Whether any has another path now.
    """
    wanted = select(TaxonomyTerm.id, TaxonomyTerm.name, TaxonomyTerm.parent_id, TaxonomyTerm.key, TaxonomyTerm.path)
    rows = session.execute(wanted.where(TaxonomyTerm.source_id == source_id).order_by(TaxonomyTerm.id))
    terms = {term.id: term for term in rows}
    changed = []
    for term in terms.values():
        steps, at = [slug(term.name)[:_LONGEST_STEP]], term
        while at.parent_id in terms and len(steps) < _DEEPEST:
            at = terms[at.parent_id]
            steps.append(slug(at.name)[:_LONGEST_STEP])
        path = "/".join(reversed(steps))
        if (term.key, term.path) != (steps[0], path):
            changed.append({"id": term.id, "key": steps[0], "path": path})
    if changed:
        session.execute(update(TaxonomyTerm), changed)
    return bool(changed)


def spread_names(session: Session) -> set[UUID]:
    """Let every category show the names that a list of categories gives it: by its path, or else by its name alone.

    Call it after an import and after a list came in.

    Returns:
        The terms whose names changed: the documents of their services are to be written anew.
    """
    wanted = select(TaxonomyTerm.id, TaxonomyTerm.key, TaxonomyTerm.path, TaxonomyTerm.names, TaxonomyTerm.shown).where(
        TaxonomyTerm.closed_at.is_(None)
    )
    terms = session.execute(wanted.order_by(TaxonomyTerm.id)).all()
    by_path: dict[str, dict[str, Any]] = {}
    by_name: dict[str, dict[str, Any]] = {}
    for term in terms:
        if term.names:
            by_path[term.path] = {**term.names, **by_path.get(term.path, {})}
            for name in (term.key, *(slug(str(name)) for name in term.names.values())):
                by_name.setdefault(name, term.names)
    changed = []
    for term in terms:
        shown = term.names or by_path.get(term.path) or by_name.get(term.key) or {}
        if shown != (term.shown or {}):
            changed.append({"id": term.id, "shown": shown})
    for start in range(0, len(changed), _BATCH):
        session.execute(update(TaxonomyTerm), changed[start : start + _BATCH])
    return {change["id"] for change in changed}


def services_with(session: Session, term_ids: Iterable[UUID]) -> Sequence[UUID]:
    """The services that have one of these categories."""
    ids, found = sorted(term_ids), dict[UUID, None]()
    for start in range(0, len(ids), _BATCH):
        wanted = select(DirectoryAttribute.link_id).where(
            DirectoryAttribute.link_entity == "service",
            DirectoryAttribute.taxonomy_term_id.in_(ids[start : start + _BATCH]),
        )
        found.update(dict.fromkeys(session.scalars(wanted.distinct().order_by(DirectoryAttribute.link_id))))
    return list(found)
