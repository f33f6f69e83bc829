"""Dirt of every kind: what is certain is mended and said, what is not is refused or left out, and nothing breaks."""

import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.directory.importer import PackageProblem, import_package
from portal.directory.models import DirectoryPhone, Location, Organization, Service
from portal.directory.report import MOST_PROBLEMS, ImportReport, Problem

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
LONG = "x" * 1_500


def reasons(report):
    return " ".join(problem.reason for problem in report.problems)


@pytest.mark.parametrize(
    ("column", "cell", "kept"),
    [
        ("name", "Ni\u00c3\u00b1os y Familias", "Niños y Familias"),
        ("name", "Caf\u00c3\u00a9 \u00e2\u20ac\u0153Luz\u00e2\u20ac\u009d", "Café “Luz”"),
        ("name", "Food &amp; Shelter", "Food & Shelter"),
        ("name", "<b>Food</b> pantry", "Food pantry"),
        ("description", "Ayuda para ni\u00c3\u00b1os", "Ayuda para niños"),
        ("minimum_age", "18+", 18.0),
        ("minimum_age", "60 and over", 60.0),
    ],
)
def test_certain_damage_is_mended_and_said(session, package, column, cell, kept):
    cells = {"id": "s1", "name": "Name", "description": "", "minimum_age": ""} | {column: cell}
    folder = package(services=",".join(cells) + "\n" + ",".join(cells.values()))
    report = import_package(session, folder, now=NOW)
    assert getattr(session.scalars(select(Service)).one(), column) == kept
    assert report.of("service").repaired == 1
    assert "was read as" in reasons(report)


@pytest.mark.parametrize("name", ["Âge d’or", "Café “Luz”", "R&D; Labs", "5 < 6", "Ünal Ñandú", "مركز المساعدة"])
def test_what_is_right_is_left_alone(session, package, name):
    report = import_package(session, package(services=f'id,name\ns1,"{name}"'), now=NOW)
    assert session.scalars(select(Service)).one().name == name
    assert not report.problems


def test_places_and_numbers_that_are_certain(session, package):
    folder = package(
        organizations="id,name\n1,A\n2,B",
        locations="id,organization_id,name,latitude,longitude\nl1,1.0,X,-122.3,37.5",
        phones="id,organization_id,number,extension\np1,2,(217) 555-0100 x 12,\np2,2,217-555-0101 x9,7\n"
        "p3,2,ext 5 555,",
    )
    report = import_package(session, folder, now=NOW)
    place = session.scalars(select(Location)).one()
    assert (place.latitude, place.longitude) == (37.5, -122.3)
    assert session.get(Organization, place.organization_id).name == "A"
    numbers = {row.external_id: (row.number, row.extension) for row in session.scalars(select(DirectoryPhone))}
    assert numbers == {
        "p1": ("(217) 555-0100", "12"), "p2": ("217-555-0101 x9", "7"), "p3": ("ext 5 555", ""),
    }  # fmt: skip
    assert "each other" in reasons(report)


def test_a_row_that_comes_twice_is_no_second_row(session, package):
    folder = package(services="id,name\ns1,Food\ns1,Food\ns1,Other")
    report = import_package(session, folder, now=NOW)
    assert (report.of("service").kept, report.of("service").repaired, report.of("service").refused) == (1, 1, 1)
    again = import_package(session, folder, now=NOW)
    assert (again.of("service").unchanged, again.of("service").repaired) == (1, 1)


def test_huge_cells_are_refused_kindly(session, package):
    description = "y" * 120_000
    folder = package(services=f"id,name,description\ns1,{LONG},a\ns2,Food,{description}\n{'i' * 900},Clothes,b")
    report = import_package(session, folder, now=NOW)
    kept = {row.name: row for row in session.scalars(select(Service))}
    assert set(kept) == {"Food", "Clothes"}
    assert kept["Food"].description == ""
    assert len(kept["Clothes"].external_id) <= 200
    assert "1500 letters" in reasons(report)
    assert "120000 letters" in reasons(report)
    assert import_package(session, folder, now=NOW).total("unchanged") == 2


def test_a_category_of_any_length_has_a_path(session, package):
    terms = "id,name,parent_id\n" + "\n".join(f"t{n},{'é' * 900}{n},t{n - 1}" for n in range(14))
    assert import_package(session, package(taxonomy_terms=terms), now=NOW).of("taxonomy_term").kept == 14


ROWS = "id,name\ns1,Niños\ns2,Food\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_are_known(session, package, encoding):
    import_package(session, package(services=ROWS.encode(encoding)), now=NOW)
    assert {row.name for row in session.scalars(select(Service))} == {"Niños", "Food"}


@pytest.mark.parametrize(
    "content",
    [ROWS.encode("utf-32"), b"PK\x03\x04" + b"\0" * 99, b"\xd0\xcf\x11\xe0" + b"\0" * 99, b"%PDF-1.7\n1 0 obj",
     bytes(range(256)) * 9],
    ids=["utf-32", "workbook", "old workbook", "pdf", "bytes"],
)  # fmt: skip
def test_what_is_no_table_is_refused_kindly(session, package, content):
    folder = package(services=content)
    with pytest.raises(PackageProblem) as told:
        import_package(session, folder, now=NOW)
    assert "\n" not in str(told.value)
    (folder / "organizations.csv").write_text("id,name\no1,A", encoding="utf-8")
    report = import_package(session, folder, now=NOW)
    assert report.of("organization").kept == 1
    assert "services.csv" in {problem.file for problem in report.problems}


@pytest.mark.parametrize("name", ["list.xlsx", "list.ods"])
def test_a_workbook_is_told_from_an_archive(session, tmp_path, name):
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(PackageProblem, match="workbook"):
        import_package(session, tmp_path / name, now=NOW)


def test_a_spreadsheets_own_delimiter_line(session, package):
    import_package(session, package(services="sep=;\nid;name\ns1;Food, drink"), now=NOW)
    assert session.scalars(select(Service)).one().name == "Food, drink"


def test_a_delivery_that_lost_most_closes_nothing_unless_told(session, package):
    rows = "\n".join(f"s{n},Service {n}" for n in range(300))
    import_package(session, package(services=f"id,name\n{rows}"), now=NOW)
    broken = package(services="id,name\n" + "\n".join(rows.splitlines()[:100]))
    with pytest.raises(PackageProblem, match="200 of the 300"):
        import_package(session, broken, now=NOW)
    session.expire_all()
    report = import_package(session, broken, close_most=True, now=NOW)
    assert report.of("service").closed == 200


def test_the_report_is_a_table_without_formulas():
    report = ImportReport("County")
    report.note(Problem("service", "a.csv", 3, False, "Mended", "s2", "=1+1"))
    report.note(Problem("service", "a.csv", 9, True, "It has no name.", "s9"))
    report.note(Problem("", "b.csv", 0, False, "Not read"))
    lines = "".join(report.as_csv()).lstrip("\ufeff").splitlines()
    assert lines[1] == "Left out,a.csv,9,service,s9,,It has no name."
    assert lines[2] == "Repaired,a.csv,3,service,s2,'=1+1,Mended"
    assert lines[3] == "Noted,b.csv,,,,,Not read"
    report.problems *= MOST_PROBLEMS
    report.note(Problem("service", "a.csv", 3, False, "More"))
    assert "".join(report.as_csv()).splitlines()[-1] == "Not listed,,,,,,1"
