"""Any CSV through a mapping: the first one is guessed, and what it says is what is kept."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from portal.directory.guessing import draft, guess
from portal.directory.importer import import_package
from portal.directory.mapping import Mapping, MappingProblem
from portal.directory.models import (
    Address,
    DirectoryLanguage,
    DirectoryPhone,
    Organization,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from portal.directory.packages import PackageProblem, one_table
from portal.directory.spoken_hours import weekly

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
PLACES = """\
Agency,Program Name,Street Address,City,Zip Code,Phone,Phone 2,Hours,Category,Languages Spoken,Notes to self
Harvest,Hot meals,1 Main St,Peoria,61601,555-0100,555-0101,Mon-Fri 9am-5pm; Sat 10am-2pm,Food; Meals,"English, Spanish",
Harvest,Hot meals,2 Oak St,Pekin,61554,555-0102,,call us,Food,English,y
Safe House,,,,,555-0103,,24/7,Shelter,,
"""


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text(PLACES, encoding="utf-8")
    return path


def drafted(path):
    with one_table(path) as entries:
        return draft(entries)


def test_the_first_mapping_brings_the_places_in(session, places):
    text = drafted(places)
    assert '"agency" = "organization.name"  # Harvest' in text
    assert '"notes_to_self" = ""' in text
    report = import_package(session, places, mapping=Mapping.parse(text), now=NOW)
    assert report.total("refused") == 0, [str(problem) for problem in report.problems]
    services = {row.name: row for row in session.scalars(select(Service))}
    assert set(services) == {"Hot meals", "Safe House"}
    meals = services["Hot meals"]
    assert {row.name for row in session.scalars(select(Organization))} == {"Harvest", "Safe House"}
    assert len(session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == meals.id)).all()) == 2
    assert {row.city for row in session.scalars(select(Address))} == {"Peoria", "Pekin"}
    assert {row.number for row in session.scalars(select(DirectoryPhone))} == {
        "555-0100", "555-0101", "555-0102", "555-0103",
    }  # fmt: skip
    hours = session.scalars(select(Schedule).where(Schedule.service_id == meals.id)).all()
    assert ("SA", time(10), time(14)) in {(row.byday, row.opens_at, row.closes_at) for row in hours}
    assert "call us" in {row.description for row in hours}
    assert {row.name for row in session.scalars(select(TaxonomyTerm))} == {"Food", "Meals", "Shelter"}
    assert {row.name for row in session.scalars(select(DirectoryLanguage))} == {"English", "Spanish"}
    again = import_package(session, places, mapping=Mapping.parse(text), now=NOW)
    assert again.total("unchanged") == again.total("kept") == report.total("kept")


def test_an_id_keeps_a_service_the_same_when_its_name_changes(session, tmp_path):
    path = tmp_path / "list.csv"
    mapping = Mapping.parse(
        '[columns]\nref = "service.id"\nname = "service.name"\nbring = "required_document.document"\n'
        '[split]\nbring = ";"\n[fixed]\n"organization.name" = "County"'
    )
    path.write_text("ref,name,bring\n7,Meals,ID; Letter", encoding="utf-8")
    import_package(session, path, mapping=mapping, now=NOW)
    path.write_text("ref,name,bring\n7,Warm meals,ID", encoding="utf-8")
    report = import_package(session, path, mapping=mapping, now=NOW)
    assert (report.of("service").updated, report.of("service").closed) == (1, 0)
    assert [row.document for row in session.scalars(select(RequiredDocument))] == ["ID"]


@pytest.mark.parametrize(
    "text",
    ["", "no toml [", "[columns]\na = 'nothing.known'", "[columns]\na = 'phone.number'", "columns = 5", b"\xff\xfe"],
)
def test_a_mapping_that_cannot_be_used_is_one_sentence(text):
    with pytest.raises(MappingProblem) as told:
        Mapping.parse(text)
    assert "\n" not in str(told.value).strip()


def test_a_mapping_is_for_a_table_with_its_columns(session, places, package, tmp_path):
    mapping = Mapping.parse('[columns]\nother = "service.name"')
    with pytest.raises(PackageProblem, match="none of the columns"):
        import_package(session, places, mapping=mapping, now=NOW)
    with pytest.raises(PackageProblem, match="one CSV file"):
        import_package(session, package(a="b\n1", c="d\n1"), mapping=mapping, now=NOW)
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04" + b"x" * 50)
    with pytest.raises(PackageProblem):
        import_package(session, tmp_path / "book.csv", mapping=mapping, now=NOW)


def test_a_table_of_another_making_is_told_of_mappings(session, places):
    with pytest.raises(PackageProblem, match="portal directory map"):
        import_package(session, places, now=NOW)


@pytest.mark.parametrize(
    ("name", "target"),
    [("Organization Name", "organization.name"), ("ZIP", "address.postal_code"), ("Main Phone", "phone.number"),
     ("Horario", "hours"), ("Wednesday", "hours.WE"), ("Who is eligible", "service.eligibility_description"),
     ("colour", "")],
)  # fmt: skip
def test_columns_are_known_by_what_people_call_them(name, target):
    assert guess(name) == target


WEEK = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Mon-Fri 9am-5pm", [(WEEK, "09:00", "17:00")]),
        ("Monday to Friday, 9:00 - 17:00; Saturday 10-2pm", [(WEEK, "09:00", "17:00"), ("SA", "10:00", "14:00")]),
        ("lunes a viernes 9:00 a 14:30", [(WEEK, "09:00", "14:30")]),
        ("Daily 8-11am", [(f"{WEEK},SA,SU", "08:00", "11:00")]),
        ("24/7", [(f"{WEEK},SA,SU", "00:00", "23:59")]),
        ("Mon 9-5", None),
        ("by appointment", None),
        ("first Monday 9am-10am", None),
        ("9am-5pm", None),
    ],
)
def test_hours_are_read_only_where_they_can_be_read_in_one_way(text, rows):
    found = weekly(text)
    told = None if found is None else [(row["byday"], row["opens_at"], row["closes_at"]) for row in found]
    assert told == rows


def test_hours_of_one_day():
    assert weekly("9am-noon", "MO") == [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}]
    assert weekly("Closed", "SU") == [{"freq": "WEEKLY", "byday": "SU", "description": "Closed"}]
