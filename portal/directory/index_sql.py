"""The full-text index: the only module of the directory that speaks SQL as text, because the two databases differ.

SQLite: an FTS5 table whose row id is `directory_document.number`. PostgreSQL: a narrow table (number, tsvector) with a
GIN index; narrow, because a planner that reads wide rows for their vector is ten times slower. In both an index row
goes when its document goes (a trigger, a foreign key), so they cannot drift apart. Both hold the tokens of
`portal.directory.text` as they are, so both find the same services. In PostgreSQL the vector is written as a literal,
never parsed, so its locale does not matter.

Queries are built from SQLAlchemy pieces and bound parameters; every token in them is letters and digits only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TableClause,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

#: The filter that every document carries.
EVERY: Final = "every"

#: The columns of the index, their letter in PostgreSQL and how much a word in them counts. A filter never counts.
WEIGHTS: Final = {"name": ("A", 20), "organization": ("C", 5), "category": ("B", 15), "description": ("D", 1)}
COLUMNS: Final = (*WEIGHTS, "place", "filters")
#: A word that comes up more often than this in one text counts no more.
MOST_REPEATS: Final = 4
#: PostgreSQL refuses lexemes of 2 KB and vectors of 1 MB; a text with more words than this is no description.
MOST_TOKENS: Final = 20_000

#: The columns that tell what something is, not merely what is said of it.
STRONG: Final = ("name", "category")

#: Of a phrase each word must match, by one of its stems; of a concept any phrase will do.
Phrase = Sequence[Sequence[str]]
Concept = Sequence[Phrase]

_DOUBLE: Final = '"{}"'
#: By column the letters before a token in a tsvector: "w" is any text, "s" a strong one, "p" a place, "f" a filter.
_MARKS: Final = {**dict.fromkeys(WEIGHTS, "w"), **dict.fromkeys(STRONG, "ws"), "place": "wp", "filters": "f"}
_index: TableClause = table(
    "directory_search",
    *(column(c) for c in ("rowid", "rank", "directory_search", *COLUMNS)),  # SQLite's
    *(column(c) for c in ("number", "words")),  # PostgreSQL's
)
_POSTGRESQL_WEIGHTS: Final = "'{0.05,0.25,0.75,1.0}'::real[]"  # D, C, B, A as in WEIGHTS
_RANK: Final = (
    "INSERT INTO directory_search (directory_search, rank) VALUES ('rank', 'bm25(20.0, 5.0, 15.0, 1.0, 1.0, 0.0)')"
)
_SQLITE: Final = (
    f"CREATE VIRTUAL TABLE directory_search USING fts5({', '.join(COLUMNS)}, tokenize='unicode61 remove_diacritics 0')",
    _RANK,
    """
    CREATE TRIGGER directory_document_gone AFTER DELETE ON directory_document
    BEGIN DELETE FROM directory_search WHERE rowid = old.number; END
    """,
)
_POSTGRESQL: Final = (
    """
    CREATE TABLE directory_search (
        number integer PRIMARY KEY REFERENCES directory_document (number) ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_directory_search_words ON directory_search USING gin (words)",
)


def create_search_index(connection: Connection) -> None:
    """Make the full-text table beside `directory_document`. For migrations; `metadata.create_all` runs it by itself."""
    for statement in _SQLITE if _is_sqlite(connection) else _POSTGRESQL:
        connection.execute(text(statement))


def drop_search_index(connection: Connection) -> None:
    """Drop the full-text table if it is there. Its trigger goes with `directory_document`."""
    connection.execute(text("DROP TABLE IF EXISTS directory_search"))


def weigh(session: Session) -> None:
    """Let an index that an earlier release made rank as one made now."""
    if _is_sqlite(session):
        session.connection().execute(text(_RANK))


def _is_sqlite(bound: Connection | Session) -> bool:
    connection = bound if isinstance(bound, Connection) else bound.get_bind()
    return connection.dialect.name == "sqlite"


def put(session: Session, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Write new index rows: the number of their document, which is there already, and by column tokens with blanks."""
    ordered = sorted(rows, key=lambda row: row[0])
    if not ordered:
        return
    if _is_sqlite(session):
        session.execute(_PUT_SQLITE, [{"rowid": number, **{c: texts[c] for c in COLUMNS}} for number, texts in ordered])
    else:
        session.execute(_PUT_POSTGRESQL, [{"number": number, "vector": _vector(texts)} for number, texts in ordered])


def replace(session: Session, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Write index rows anew that are there already."""
    for number, texts in sorted(rows, key=lambda row: row[0]):
        if _is_sqlite(session):
            session.execute(_REPLACE_SQLITE, {"at": number, **{f"new_{c}": texts[c] for c in COLUMNS}})
        else:
            session.execute(_REPLACE_POSTGRESQL, {"at": number, "vector": _vector(texts)})


_VECTOR = cast(bindparam("vector"), TSVECTOR)
_PUT_SQLITE = insert(_index)
_PUT_POSTGRESQL = insert(_index).values(number=bindparam("number"), words=_VECTOR)
_REPLACE_SQLITE = (
    update(_index).where(_index.c.rowid == bindparam("at")).values({c: bindparam(f"new_{c}") for c in COLUMNS})
)
_REPLACE_POSTGRESQL = update(_index).where(_index.c.number == bindparam("at")).values(words=_VECTOR)


def _vector(texts: dict[str, str]) -> str:
    """The tsvector of one document as a literal. A letter before each token keeps words, places and filters apart."""
    places: dict[str, list[str]] = {}
    for name in COLUMNS:
        letter = WEIGHTS[name][0] if name in WEIGHTS else "D"
        for token in texts[name].split()[:MOST_TOKENS]:
            for mark in _MARKS[name]:
                seen = places.setdefault(mark + token, [])
                if len(seen) < MOST_REPEATS * len(WEIGHTS):
                    seen.append(letter)
    return " ".join(
        f"'{mark}':" + ",".join(f"{position}{letter}" for position, letter in enumerate(letters, 1))
        for mark, letters in places.items()
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document must hold. Every token is letters and digits only, as `portal.directory.text` makes them.

    `concepts`: so many of these (`least`; by default each) must be in the text, or, if `strong`, in its names and
    categories. `place`: all these must be in the place. `filters`: of each group one must be among the filters.
    `without`: none of these may.
    """

    concepts: Sequence[Concept] = ()
    least: int = 0
    strong: bool = False
    place: Sequence[str] = ()
    filters: Sequence[Sequence[str]] = ()
    without: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.concepts or self.place or self.filters or self.without)


def hits(session: Session, wanted: Wanted) -> Select[Any]:
    """A statement for the numbers of the documents that match, with a score (smaller is better)."""
    return _sqlite_hits(wanted) if _is_sqlite(session) else _postgresql_hits(wanted)


def best(session: Session, wanted: Wanted, *, limit: int, offset: int = 0, among: int = 0) -> Select[Any]:
    """The same, ranked inside the index: only the best so many, and of equals the newest first.

    With `among` only so many matches are ranked, whichever the index gives first: ranking every service that has a very
    common word costs more than it tells.
    """
    matched = hits(session, wanted)
    if among:
        some = matched.limit(among).subquery()
        matched = select(some.c.number, some.c.score)
    number, score = matched.selected_columns
    return matched.order_by(score, number.desc()).limit(limit).offset(offset)


def combined(wanted: Wanted) -> list[Sequence[Concept]]:
    """The sets of concepts of which one must match whole."""
    least = wanted.least or len(wanted.concepts)
    return [list(some) for some in combinations(wanted.concepts, least)] if wanted.concepts else []


def _sqlite_hits(wanted: Wanted) -> Select[Any]:
    columns = STRONG if wanted.strong else tuple(c for c in COLUMNS if c != "filters")
    parts = []
    if wanted.concepts:
        parts.append(f"{{{' '.join(columns)}}} : {_words(wanted, ' AND ', ' OR ', _DOUBLE)}")
    if wanted.place:
        parts.append(f"place : ({' AND '.join(_DOUBLE.format(token) for token in wanted.place)})")
    parts += [f"filters : ({' OR '.join(_DOUBLE.format(t) for t in group)})" for group in wanted.filters]
    asked = " AND ".join(parts or [f"filters : {_DOUBLE.format(EVERY)}"])
    if wanted.without:
        asked = f"({asked}) NOT filters : ({' OR '.join(_DOUBLE.format(token) for token in wanted.without)})"
    condition = _index.c.directory_search.op("MATCH")(asked)
    score = _index.c.rank if wanted.concepts else literal(0.0)
    return select(_index.c.rowid.label("number"), score.label("score")).where(condition)


def _postgresql_hits(wanted: Wanted) -> Select[Any]:
    form = "'s{}'" if wanted.strong else "'w{}'"
    words = _words(wanted, " & ", " | ", form) if wanted.concepts else ""
    parts = [words] if words else []
    parts += [f"'p{token}'" for token in wanted.place]
    parts += ["(" + " | ".join(f"'f{token}'" for token in group) + ")" for group in wanted.filters]
    parts = parts or [f"'f{EVERY}'"]
    parts += [f"!'f{token}'" for token in wanted.without]
    condition = _index.c.words.op("@@")(cast(" & ".join(parts), TSQUERY))
    score: ColumnElement[Any] = literal(0.0)
    if words:
        every = " | ".join(_phrase(phrase, " & ", " | ", form) for one in wanted.concepts for phrase in one)
        score = -func.ts_rank(literal_column(_POSTGRESQL_WEIGHTS), _index.c.words, cast(every, TSQUERY))
    return select(_index.c.number, score.label("score")).where(condition)


def _words(wanted: Wanted, both: str, either: str, form: str) -> str:
    """The words of a question: any set of enough concepts, of each any phrase, of that every word by any stem."""
    sets = []
    for some in combined(wanted):
        concepts = ["(" + either.join(_phrase(p, both, either, form) for p in concept) + ")" for concept in some]
        sets.append("(" + both.join(concepts) + ")")
    return "(" + either.join(sets) + ")"


def _phrase(phrase: Phrase, both: str, either: str, form: str) -> str:
    return "(" + both.join("(" + either.join(form.format(s) for s in stems) + ")" for stems in phrase) + ")"
