"""Searches on a directory of 100,000 made-up services, against the budgets (BUDGETS, directory).

    python -m bench search                         makes the directory if it is not there, imports it into SQLite
    python -m bench search --database URL          the same in a PostgreSQL database, which must be empty or filled so

On SQLite processor time is told, on PostgreSQL time waited. Each question is asked three times and the best kept; then
median and 95th percentile over the questions of a kind. All through Python, cards and counts included. A raw statement
of the same machine stands beside.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from sqlalchemy import func, select, text

from bench import county
from portal import clock
from portal.crypto import KeyRing
from portal.db import Base, PortalSession, make_engine, make_sessions
from portal.directory import lexicon
from portal.directory.documents import reindex
from portal.directory.importer import import_package
from portal.directory.models import SearchDocument, SearchPlace, SearchWord, TaxonomyTerm
from portal.directory.search import Query, search

ZONE = "America/Chicago"
WORDS = (
    "food", "shelter", "housing", "rent", "lawyer", "doctor", "dentist", "job", "school", "children", "health",
    "counseling", "legal", "clinic", "pantry", "diapers", "violence", "abuse", "training", "English", "computer",
    "ride", "clothes", "furniture", "tax", "senior", "veterans", "disability", "pregnancy", "addiction", "meals",
    "help",
    "comida", "vivienda", "abogado", "empleo", "guardería", "niños", "clínica", "renta", "jóvenes", "consejería",
    "padres", "salud", "dentista", "pañales", "mayores", "inglés", "ropa", "transporte",
)  # fmt: skip
PAIRS = tuple(f"{a} {b}" for a, b in product(("food", "legal", "health", "child", "job"), ("women", "free", "family")))
SEVERAL = (
    *PAIRS, "mental health counseling", "food pantry groceries", "emergency shelter families", "dental clinic children",
    "legal help eviction", "job training youth", "senior meals", "child care pay", "clases de inglés", "ayuda renta",
    "abogado inmigración", "comida niños", "clínica dental", "violence women shelter", "addiction recovery group",
)  # fmt: skip
SENTENCES = (
    "I can't pay my light bill this month", "where can I get food for my kids tonight", "my landlord wants to evict me",
    "I need a doctor but I have no insurance", "my husband hits me and I need a safe place",
    "someone to watch my kids while I work", "I lost my job and can't pay rent", "no tengo comida para mis hijos",
    "necesito un abogado de inmigración", "me quieren desalojar de mi casa", "how do I get to the doctor without a car",
    "I want to stop drinking and need help", "clases para aprender inglés por la noche",
    "mi hijo necesita un dentista barato", "where can an old person get meals at home",
)  # fmt: skip
SLIPS = (
    "shleter", "shletr", "foood", "medicade", "dentel", "counsling", "lawer", "hosuing", "clinc", "imigration",
    "pregnent", "vetrans", "furnature", "transportaton", "abogdo", "vivenda", "comdia", "consejeria", "guarderia",
)  # fmt: skip
TYPED = ("fo", "foo", "she", "hous", "med", "cou", "den", "law", "imm", "abo", "com", "viv", "gu", "pre", "tr", "a")


@dataclass(frozen=True)
class Kind:
    """One row of the table: what is asked, and the most it may take in milliseconds."""

    name: str
    queries: Sequence[object]
    median: float
    late: float


def run(folder: Path, *, services: int = 100_000, database: str = "") -> None:
    """Fill, measure, print."""
    with filled(folder, services, database) as session:
        print(f"{session.scalar(select(func.count(SearchDocument.id))):,} services, "
              f"{lexicon.size(session):,} words, {session.get_bind().dialect.name}.")  # fmt: skip
        print(f"{'search':52}{'median':>9}{'95th':>9}{'at most':>14}")
        for kind in kinds(session):
            _measure(session, kind)
        _edit(session)


@contextmanager
def filled(package: Path, services: int, database: str) -> Iterator[PortalSession]:
    """A session on a directory of so many services, made now unless it is there already. What it does is undone."""
    url = database or f"sqlite:///{package.absolute().with_suffix('.sqlite')}"
    engine = make_engine(url, KeyRing.parse(KeyRing.generate()))
    own = [table for name, table in Base.metadata.tables.items() if name.startswith("directory_")]
    Base.metadata.create_all(engine, tables=own)
    with make_sessions(engine)() as session:
        session.begin_work(write=True)
        if not session.scalar(select(func.count(SearchDocument.id))):
            _fill(session, package, services)
            if engine.dialect.name == "postgresql":
                session.execute(text("ANALYZE"))
            session.commit()
            session.begin_work(write=True)
        yield session
        session.rollback()
    engine.dispose()


def _fill(session: PortalSession, package: Path, services: int) -> None:
    if not (package / "services.csv").exists():
        county.write(package, services)
    before = time.perf_counter()
    report = import_package(session, package, source_name="bench")
    print(f"Imported {report.total('kept'):,} rows with their index in {time.perf_counter() - before:.0f} s.")


def kinds(session: PortalSession) -> list[Kind]:
    """The searches of the budget, on towns and categories that this directory has."""
    towns = session.scalars(
        select(SearchPlace.name).where(SearchPlace.kind == "town").order_by(SearchPlace.services.desc()).limit(8)
    ).all()
    terms = session.scalars(
        select(TaxonomyTerm.id).where(TaxonomyTerm.services > 0).order_by(TaxonomyTerm.services.desc()).limit(40)
    ).all()
    ways = [(word, towns[at % len(towns)], terms[at % len(terms)]) for at, word in enumerate(WORDS * 2)]
    near = [Query(words=word, place=town, miles=10) for word, town, _term in ways[: len(WORDS)]]
    kinds_near = [Query(category=term, place=town, miles=10) for term, town in product(terms, towns[:4])]
    return [
        Kind("one word", [Query(words=w) for w in WORDS], 15, 60),
        Kind("several words", [Query(words=w) for w in SEVERAL], 10, 40),
        Kind(
            "words + 10 miles + category",
            [Query(words=word, category=term, place=town, miles=10) for word, town, term in ways],
            12, 25,
        ),
        Kind("words + 10 miles", near, 12, 25),
        Kind(
            "words + 10 miles + language + open now",
            [replace(query, open_now=True, language="Spanish") for query in near], 12, 25,
        ),
        Kind("10 miles + category, nearest first", kinds_near, 25, 60),
        Kind("10 miles alone, nearest first", [Query(place=town, miles=10) for town in towns], 25, 60),
        Kind("category alone, by name", [Query(category=term) for term in terms], 25, 60),
        Kind("helps people in a town, one word", [Query(words=w, place=towns[0], serves=True) for w in WORDS], 25, 60),
        Kind("everyday sentence", [Query(words=w) for w in SENTENCES], 40, 150),
        Kind("suggestions while typing", list(TYPED), 1, 3),
        Kind("correcting a mistyped word", [("slip", w) for w in SLIPS], 1, 3),
    ]  # fmt: skip


def _measure(session: PortalSession, kind: Kind) -> None:
    times = [_best(_asking(session, one), _clock_of(session)) for one in kind.queries]
    middle, late = statistics.median(times), _late(times)
    over = "  over" if middle > kind.median or late > kind.late else ""
    most = f"{kind.median:.0f} / {kind.late:.0f}"
    print(f"{f'{kind.name} ({len(times)})':52}{middle:>9.2f}{late:>9.2f}{most:>14}{over}")
    if over:
        worst = sorted(zip(times, kind.queries, strict=True), key=lambda pair: -pair[0])[:3]
        for spent, one in worst:
            print(f"    {spent:.1f} ms: {one}")


def _clock_of(session: PortalSession) -> Callable[[], float]:
    """SQLite works in this process, so its processor time is what an idle machine would take; others are waited for."""
    return time.process_time if session.get_bind().dialect.name == "sqlite" else time.perf_counter


def _asking(session: PortalSession, one: object) -> Callable[[], object]:
    if isinstance(one, Query):
        return lambda: search(session, one, now=clock.now(), zone=ZONE)
    if isinstance(one, tuple):
        return lambda: lexicon.meant(session, str(one[1]))
    return lambda: lexicon.starting(session, str(one))


def _best(act: Callable[[], object], clock_of: Callable[[], float] = time.perf_counter, times: int = 3) -> float:
    spent = []
    for _ in range(times):
        before = clock_of()
        act()
        spent.append((clock_of() - before) * 1000)
    return min(spent)


def _late(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def _edit(session: PortalSession) -> None:
    """Re-index single services, without the commit, and a raw statement of the same machine."""
    some = session.scalars(select(SearchDocument.service_id).order_by(SearchDocument.number).limit(60)).all()
    times, clock_of = [], _clock_of(session)
    for service_id in some:
        before = clock_of()
        reindex(session, [service_id])
        session.flush()
        times.append((clock_of() - before) * 1000)
    print(f"{'re-index after one edit (60)':52}{statistics.median(times):>9.2f}{_late(times):>9.2f}{'5':>14}"
          f"{'  over' if statistics.median(times) > 5 else ''}")  # fmt: skip
    raw = [_best(lambda: session.scalar(select(func.count(SearchWord.id))), clock_of) for _ in range(5)]
    print(f"{'for comparison: counting the words (raw statement)':52}{statistics.median(raw):>9.2f}{max(raw):>9.2f}")
