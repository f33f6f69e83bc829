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
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

#: The columns of the index, their letter in PostgreSQL and how much a word in them counts. A filter never counts.
WEIGHTS: Final = {"name": ("A", 10), "organization": ("C", 5), "category": ("B", 6), "description": ("D", 1)}
COLUMNS: Final = (*WEIGHTS, "place", "filters")
#: A word that comes up more often than this in one text counts no more.
MOST_REPEATS: Final = 4
#: PostgreSQL refuses lexemes of 2 KB and vectors of 1 MB; a text with more words than this is no description.
MOST_TOKENS: Final = 20_000

Groups = Sequence[Sequence[str]]

_MARKS: Final = {"place": "wp", "filters": "f"}
_DOUBLE: Final = '"{}"'
_W: Final = "'w{}'"
_index: TableClause = table(
    "directory_search",
    *(column(c) for c in ("rowid", "rank", "directory_search", *COLUMNS)),  # SQLite's
    *(column(c) for c in ("number", "words")),  # PostgreSQL's
)
_POSTGRESQL_WEIGHTS: Final = "'{0.1,0.5,0.6,1.0}'::real[]"  # D, C, B, A as in WEIGHTS
_SQLITE: Final = (
    f"CREATE VIRTUAL TABLE directory_search USING fts5({', '.join(COLUMNS)}, tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO directory_search (directory_search, rank) VALUES ('rank', 'bm25(10.0, 5.0, 6.0, 1.0, 1.0, 0.0)')",
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


def _is_sqlite(bound: Connection | Session) -> bool:
    connection = bound if isinstance(bound, Connection) else bound.get_bind()
    return connection.dialect.name == "sqlite"


def put(session: Session, rows: Iterable[tuple[int, dict[str, str]]]) -> None:
    """Write index rows: the number of their document, which is there already, and by column name tokens with blanks."""
    ordered = sorted(rows, key=lambda row: row[0])
    if not ordered:
        return
    if _is_sqlite(session):
        named = [{"rowid": number, **{c: texts[c] for c in COLUMNS}} for number, texts in ordered]
        session.execute(insert(_index), named)
        return
    vectors = [{"number": number, "vector": _vector(texts)} for number, texts in ordered]
    words = cast(bindparam("vector"), TSVECTOR)
    session.execute(insert(_index).values(number=bindparam("number"), words=words), vectors)


def _vector(texts: dict[str, str]) -> str:
    """The tsvector of one document as a literal. A letter before each token keeps words, places and filters apart."""
    places: dict[str, list[str]] = {}
    for name in COLUMNS:
        letter = WEIGHTS[name][0] if name in WEIGHTS else "D"
        for token in texts[name].split()[:MOST_TOKENS]:
            for mark in _MARKS.get(name, "w"):
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

    `every`: of each group one stem must be in the text. `some`: one stem of all groups must. `place`: all these must be
    in the place. `filters`: one of these must be among the filters, unless there are none.
    """

    every: Groups = ()
    some: Groups = ()
    place: Sequence[str] = ()
    filters: Sequence[str] = ()

    @property
    def words(self) -> bool:
        """Whether words were asked, so that there is something to rank by."""
        return bool(self.every or self.some)

    def __bool__(self) -> bool:
        return bool(self.words or self.place or self.filters)


def hits(session: Session, wanted: Wanted, *, limit: int = 0, offset: int = 0) -> Select[Any]:
    """A statement for the numbers of the documents that match, with a score (smaller is better).

    With a limit, the best come first, and of equals the newest.
    """
    matched = _sqlite_hits(wanted) if _is_sqlite(session) else _postgresql_hits(wanted)
    if limit:
        number, score = matched.selected_columns
        return matched.order_by(score, number.desc()).limit(limit).offset(offset)
    return matched


def _sqlite_hits(wanted: Wanted) -> Select[Any]:
    texts = "{" + " ".join(c for c in COLUMNS if c != "filters") + "}"
    parts = []
    if wanted.every:
        parts.append(f"{texts} : ({_joined(wanted.every, ' AND ', ' OR ', _DOUBLE)})")
    if wanted.some:
        parts.append(f"{texts} : ({_joined(wanted.some, ' OR ', ' OR ', _DOUBLE)})")
    if wanted.place:
        parts.append(f"place : ({_joined([[t] for t in wanted.place], ' AND ', ' OR ', _DOUBLE)})")
    if wanted.filters:
        parts.append(f"filters : ({_joined([wanted.filters], ' AND ', ' OR ', _DOUBLE)})")
    condition = _index.c.directory_search.op("MATCH")(" AND ".join(parts))
    score = _index.c.rank if wanted.words else literal(0.0)
    return select(_index.c.rowid.label("number"), score.label("score")).where(condition)


def _postgresql_hits(wanted: Wanted) -> Select[Any]:
    words = [_joined(wanted.every, " & ", " | ", _W)] if wanted.every else []
    words += [f"({_joined(wanted.some, ' | ', ' | ', _W)})"] if wanted.some else []
    parts = [*words]
    if wanted.place:
        parts.append(_joined([[t] for t in wanted.place], " & ", " | ", "'p{}'"))
    if wanted.filters:
        parts.append(_joined([wanted.filters], " & ", " | ", "'f{}'"))
    condition = _index.c.words.op("@@")(cast(" & ".join(parts), TSQUERY))
    score: ColumnElement[Any] = literal(0.0)
    if words:
        score = -func.ts_rank(literal_column(_POSTGRESQL_WEIGHTS), _index.c.words, cast(" & ".join(words), TSQUERY))
    return select(_index.c.number, score.label("score")).where(condition)


def _joined(groups: Groups, between: str, within: str, form: str) -> str:
    return between.join("(" + within.join(form.format(token) for token in group) + ")" for group in groups)
