"""What goes out comes in again as the same directory, whatever it holds."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from portal.db import make_sessions
from portal.directory.export import Form, export_directory, export_package
from portal.directory.importer import import_package
from portal.directory.licences import say_licence
from portal.directory.models import TABLES, DirectorySource
from portal.directory.rows import PARENTS, POINTERS
from portal.directory.standard import finished

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
).filter(lambda text: text not in {"", "-", "."} and not text.startswith(("=", "<", "+", "@")))  # fmt: skip
MAYBE = st.one_of(st.just(""), WORDS)


def kept_as(session, source_name):
    """What a source holds, as the standard says it, each row by what it says and not by its id. For comparing."""
    source = session.scalars(select(DirectorySource.id).where(DirectorySource.name == source_name)).one()
    rows = {
        (table, row.id): row
        for table, model in TABLES.items()
        for row in session.scalars(select(model).where(model.source_id == source, model.closed_at.is_(None)))
    }
    said = {key: _said(rows, *key) for key in rows if not (key[0] == "organization" and _stands_in(rows, key[1]))}
    return Counter(json.dumps([table, text], sort_keys=True) for (table, _id), text in said.items())


def _stands_in(rows, key):
    """Whether an organisation says no more than the one service it has: the standard knows no service without one."""
    mine = rows["organization", key]
    theirs = [row.name for (table, _id), row in rows.items() if table == "service" and row.organization_id == key]
    return theirs == [mine.name] and mine.description in {"", mine.name}


def _said(rows, table, key, depth=0):
    row = rows[table, key]
    told = finished(table, row)
    del told["id"]
    if table == "service":
        told.setdefault("organization_id", "")
    for name in [name for name in told if (told[name] and name in POINTERS) or name in {"link_id", PARENTS.get(table)}]:
        target = (
            table if name == PARENTS.get(table) else told.get("link_entity") if name == "link_id" else POINTERS[name]
        )
        pointed = getattr(row, name)
        if (table, name) == ("service", "organization_id") and _stands_in(rows, pointed):
            told[name] = ""
            continue
        told[name] = _said(rows, target, pointed, depth + 1) if (target, pointed) in rows and depth < 6 else "elsewhere"
    return told


@st.composite
def directories(draw):
    """A directory as CSV tables: a few rows of each kind, tied together at random."""

    def some(prefix, most=3):
        return [f"{prefix}{n}" for n in range(draw(st.integers(0, most)))]

    def one(of, *, needed=False):
        return draw(st.sampled_from(of if needed else ["", *of]))

    organizations = ["o0", *some("p", 2)]
    services, locations, terms = ["s0", *some("s1", 3)], some("l"), some("t")
    tables = {
        "organizations": [{"id": key, "name": draw(WORDS), "description": draw(MAYBE)} for key in organizations],
        "services": [
            {"id": key, "organization_id": one(organizations), "name": draw(WORDS), "description": draw(MAYBE),
             "status": draw(st.sampled_from(["active", "inactive", "defunct", "temporarily closed"])),
             "minimum_age": draw(st.sampled_from(["", "0", "17.5", "99"])), "fees_description": draw(MAYBE),
             "assured_date": str(draw(st.one_of(st.just(""), st.dates(date(2000, 1, 1), date(2030, 1, 1)))))}
            for key in services
        ],
        "locations": [
            {"id": key, "name": draw(MAYBE), "organization_id": one(organizations),
             "latitude": "41.5", "longitude": draw(st.sampled_from(["-90.25", "12"]))} for key in locations
        ],
        "phones": [{"id": key, "number": draw(st.sampled_from(["555-0100", "555 0101"])), "service_id": one(services),
                    "organization_id": organizations[0], "extension": draw(st.sampled_from(["", "7", "007", "x9"]))}
                   for key in some("h")],
        "languages": [{"id": key, "service_id": one(services, needed=True), "name": draw(WORDS)} for key in some("g")],
        "taxonomy_terms": [{"id": key, "name": draw(WORDS), "parent_id": one(terms[:at])}
                           for at, key in enumerate(terms)],
        "schedules": [{"id": key, "service_id": one(services, needed=True), "freq": "WEEKLY", "byday": "MO,FR",
                       "opens_at": "09:00", "closes_at": draw(st.sampled_from(["17:00", "02:30"])),
                       "valid_from": draw(st.sampled_from(["", "2024-02-29"]))} for key in some("d")],
    }  # fmt: skip
    if locations:
        tables["service_at_location"] = [
            {"id": key, "service_id": one(services, needed=True), "location_id": one(locations, needed=True)}
            for key in some("k")
        ]
        tables["addresses"] = [{"id": key, "location_id": one(locations, needed=True), "address_1": draw(WORDS),
                                "city": draw(MAYBE)} for key in some("a")]  # fmt: skip
    if terms:
        tables["attributes"] = [
            {"id": key, "link_id": one(services, needed=True), "link_entity": "service",
             "taxonomy_term_id": one(terms, needed=True)} for key in some("b")
        ]  # fmt: skip
    return {name: rows for name, rows in tables.items() if rows}


def written(folder, tables):
    for name, rows in tables.items():
        lines = [",".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in row.values()) for row in rows]
        (folder / f"{name}.csv").write_text("\n".join([",".join(rows[0]), *lines]), encoding="utf-8")
    return folder


@pytest.mark.slow
@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=directories())
def test_any_directory_comes_in_again_as_it_went_out(engine, tables):
    with make_sessions(engine)() as session, TemporaryDirectory() as folder:
        session.begin_work(write=True)
        root = Path(folder)
        (root / "in").mkdir()
        import_package(session, written(root / "in", tables), source_name="first", licence="CC0")
        export_package(session, root / "out")
        before = kept_as(session, "first")
        session.execute(delete(DirectorySource))
        report = import_package(session, root / "out", source_name="second", licence="CC0")
        assert report.total("refused") == 0, [str(problem) for problem in report.problems]
        after = kept_as(session, "second")
        assert after == before
        session.rollback()


@pytest.mark.parametrize("name", ["uk-foodbanks-hsds-3.1", "ohana-sample/sample-csv", "hsds-1.1-sample"])
def test_a_real_directory_comes_in_again_as_it_went_out(session, shared, tmp_path, name):
    import_package(session, shared(f"hsds/{name}"), source_name="first", licence="for a test")
    say_licence(session, "AIRS", "for a test")  # a subscribers' list otherwise stays here
    export_directory(session, tmp_path / "out.zip")
    before = kept_as(session, "first")
    session.execute(delete(DirectorySource))
    report = import_package(session, tmp_path / "out.zip", source_name="second")
    assert report.total("refused") == 0
    assert kept_as(session, "second") == before


@pytest.mark.parametrize("name", ["uk-foodbanks-hsds-3.1", "ohana-sample/sample-csv"])
@pytest.mark.parametrize("out", ["trees", "trees.zip", "services.json", "services.ndjson"])
def test_trees_come_in_again_as_the_services_they_were(session, shared, tmp_path, name, out):
    import_package(session, shared(f"hsds/{name}"), source_name="first", licence="for a test")
    export_directory(session, tmp_path / out, form=Form.TREES)
    before = kept_as(session, "first")
    session.execute(delete(DirectorySource))
    report = import_package(session, tmp_path / out, source_name="second")
    assert report.total("refused") == 0, [str(problem) for problem in report.problems][:5]
    after = kept_as(session, "second")
    if out.startswith("services."):  # one file of services holds the categories and programmes they have, no others
        assert not after - before
        lost = [json.loads(row) for row in before - after]
        assert {table for table, _said in lost} <= {"taxonomy_term", "program"}
        served = [said.get("program_id") for table, said in map(json.loads, before) if table == "service"]
        assert not [said for table, said in lost if table == "program" and said in served]
    else:
        assert after == before
