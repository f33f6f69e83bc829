"""Bringing in a list of categories from a file: Open Eligibility, or an organisation's own, with translations.

CSV or JSON, one entry a category: `name`; `id` or `code`; what stands above it as `parent_id` or `parent_name`;
`description`; and its name in another language as `name_es`, `name_ar` and so on. A further delivery under the same
name updates the list and closes what it no longer has.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.directory.dialects import names_said
from portal.directory.documents import recount_categories, reindex
from portal.directory.models import DirectorySource, Taxonomy, TaxonomyTerm
from portal.directory.records import Records, column_name
from portal.directory.taxonomies import below, name_paths, services_with, spread_names
from portal.directory.text import slug
from portal.directory.values import as_names, clean
from portal.i18n import _

LARGEST_FILE: Final = 32 * 1024**2
_NOTHING_ABOVE: Final = frozenset({"", "0", "null", "none"})


class TaxonomyProblem(Exception):
    """Nothing was changed. The text says why in one sentence."""


@dataclass(slots=True)
class TaxonomyReport:
    """What came of a file: how many categories it has, and a sentence with its line for each row left out or mended."""

    name: str
    terms: int = 0
    closed: int = 0
    languages: tuple[str, ...] = ()
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    key: str
    said: dict[str, str]
    names: dict[str, str]

    @property
    def name(self) -> str:
        return self.said["name"]


def load_taxonomy(
    session: Session,
    path: Path | str,
    *,
    name: str = "",
    licence: str = "",
    language: str = "en",
    now: datetime | None = None,
) -> TaxonomyReport:
    """Bring in a list of categories, in the open transaction; the caller commits.

    Args:
        session: in a writing transaction.
        path: a CSV or JSON file.
        name: what the list is called; by default what the file says, or the file's name.
        licence: under which terms it may be passed on; without one it stays here, see `portal.directory.licences`.
        language: the language of `name` and `description`.
        now: the time of the import; by default the clock's.

    Raises:
        TaxonomyProblem: the file cannot be read, or holds no category.
    """
    path, moment = Path(path), now or clock.now()
    report = TaxonomyReport(name)
    entries = _entries(path, report)
    if not entries:
        raise TaxonomyProblem(_("%(path)s holds no category: each needs a name.", path=str(path)))
    report.name = name or _said_name(entries) or path.stem
    source, taxonomy = _home(session, report.name, licence, moment)
    report.closed = _write(session, taxonomy, _read(entries, taxonomy, language, report), moment)
    name_paths(session, source.id)
    refresh(session, source.id)
    report.terms = len(entries)
    report.languages = tuple(sorted({code for entry in entries for code in entry.names} | {language}))
    return report


def refresh(session: Session, source_id: UUID) -> None:
    """Show new names everywhere, and let search know them. For after a list, or a directory with its own, came in."""
    changed = spread_names(session)
    if changed:
        paths = session.scalars(select(TaxonomyTerm.path).where(TaxonomyTerm.id.in_(changed)).distinct()).all()
        reindex(session, services_with(session, below(session, paths)))
    recount_categories(session, source_id)


def _entries(path: Path, report: TaxonomyReport) -> list[_Entry]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TaxonomyProblem(_("%(path)s is too large for a list of categories.", path=str(path)))
        if path.suffix.lower() == ".json":
            rows = list(_from_json(path))
        elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
            with path.open("rb") as file:
                rows = [(record.line, record.values) for record in Records(file)]
        else:
            raise TaxonomyProblem(_("%(path)s is neither CSV nor JSON.", path=str(path)))
    except OSError as problem:
        raise TaxonomyProblem(
            _("%(path)s cannot be read: %(reason)s.", path=str(path), reason=str(problem.strerror))
        ) from problem
    found: dict[str, _Entry] = {}
    for line, values in rows:
        said = {key: clean(text, lines=False) for key, text in values.items()}
        key = said.get("id") or said.get("taxonomy_id") or said.get("code") or ""
        if not said.get("name"):
            report.problems.append((line, _("It has no %(columns)s.", columns="name")))
            continue
        key = key or f"made:{slug(said.get('parent_name', ''))}/{slug(said['name'])}"
        if key in found:
            report.problems.append((line, _("The id %(id)s was used before.", id=key)))
            continue
        names = as_names(names_said(said))[0] or {}
        found[key] = _Entry(line, key, said, names)
    return list(found.values())


def _from_json(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The entries of a JSON file: a list of them, or an object that holds one list."""
    try:
        held: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise TaxonomyProblem(_("%(path)s is no JSON we can read.", path=str(path))) from problem
    if isinstance(held, dict):
        held = next((inner for inner in held.values() if isinstance(inner, list)), [])
    for number, one in enumerate(held if isinstance(held, list) else (), 1):
        if isinstance(one, dict):
            names = one.get("names")
            more = names.items() if isinstance(names, dict) else ()
            flat = {**{f"name_{code}": text for code, text in more}, **one}
            yield number, {column_name(str(k)): str(v) for k, v in flat.items() if isinstance(v, str | int)}


def _said_name(entries: list[_Entry]) -> str:
    return next((text for e in entries for column in ("vocabulary", "taxonomy") if (text := e.said.get(column))), "")


def _home(session: Session, name: str, licence: str, now: datetime) -> tuple[DirectorySource, Taxonomy]:
    """The source and the taxonomy that a list of this name lives in; made when it comes for the first time."""
    label = f"Categories: {name}"  # a key as well as a name, so it is the same in every language
    source = session.scalars(select(DirectorySource).where(DirectorySource.name == label)).one_or_none()
    if source is None:
        source = DirectorySource(name=label, licence="")
        session.add(source)
        session.flush()  # the rows below are tied to the source by its id
    source.imported_at = now
    wanted = select(Taxonomy).where(Taxonomy.source_id == source.id).order_by(Taxonomy.id)
    taxonomy = session.scalars(wanted).first()
    if taxonomy is None:
        taxonomy = Taxonomy(source_id=source.id, external_id="taxonomy", name=name)
        session.add(taxonomy)
    taxonomy.licence = licence or taxonomy.licence or ""
    session.flush()  # the terms are tied to the taxonomy by its id
    return source, taxonomy


def _read(
    entries: list[_Entry], taxonomy: Taxonomy, language: str, report: TaxonomyReport
) -> dict[str, tuple[dict[str, Any], str]]:
    """By the key of each entry: its values, and the key of the one above it."""
    by_name: dict[str, str] = {}
    for entry in entries:
        by_name.setdefault(slug(entry.name), entry.key)
    keys = {entry.key for entry in entries}
    return {
        entry.key: (
            {
                "code": entry.said.get("code") or ("" if entry.key.startswith("made:") else entry.key),
                "name": entry.name,
                "description": entry.said.get("description", ""),
                "taxonomy": taxonomy.name,
                "taxonomy_id": taxonomy.id,
                "language": language,
                "term_uri": entry.said.get("term_uri", ""),
                "names": {language: entry.name, **entry.names},
                "closed_at": None,
            },
            _parent(entry, keys, by_name, report),
        )
        for entry in entries
    }


def _write(session: Session, taxonomy: Taxonomy, read: dict[str, tuple[dict[str, Any], str]], now: datetime) -> int:
    """Write the terms and close those that are gone. Gives back how many are."""
    held = select(TaxonomyTerm.external_id, TaxonomyTerm.id).where(TaxonomyTerm.source_id == taxonomy.source_id)
    known = {row.external_id: row.id for row in session.execute(held.order_by(TaxonomyTerm.id))}
    ids = {key: known.get(key) or uuid4() for key in read}
    fresh = [
        {**values, "id": ids[key], "source_id": taxonomy.source_id, "external_id": key}
        for key, (values, _above) in read.items()
        if key not in known
    ]
    old = [{**values, "id": ids[key]} for key, (values, _above) in read.items() if key in known]
    parents = [{"id": ids[key], "parent_id": ids.get(above)} for key, (_values, above) in read.items()]
    gone = [{"id": term_id, "closed_at": now} for key, term_id in known.items() if key not in ids]
    if fresh:
        session.execute(insert(TaxonomyTerm), fresh)
    for rows in (old, parents, gone):
        if rows:
            session.execute(update(TaxonomyTerm), rows)
    return len(gone)


def _parent(entry: _Entry, keys: set[str], by_name: dict[str, str], report: TaxonomyReport) -> str:
    """The key of the entry above, empty for one at the top."""
    said = entry.said.get("parent_id", "")
    name = entry.said.get("parent_name") or entry.said.get("parent", "")
    if said.lower() in _NOTHING_ABOVE and name.lower() in _NOTHING_ABOVE:
        return ""
    found = next((key for key in (said, name) if key in keys), by_name.get(slug(name or said), ""))
    if not found or found == entry.key:
        reason = _("%(column)s %(id)s is not among the rows kept.", column="parent_id", id=repr(said or name))
        report.problems.append((entry.line, reason))
        return ""
    return found
