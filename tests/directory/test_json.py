"""Directories as JSON: trees, lists, pages, lines, tables in one object; HSDS 3 and Open Referral UK."""

import json
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import func, select

from portal.directory import json_files
from portal.directory.importer import PackageProblem, import_package
from portal.directory.models import (
    Address,
    DirectoryAttribute,
    DirectoryPhone,
    Location,
    Organization,
    Schedule,
    Service,
    TaxonomyTerm,
)

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
TERM = {"id": "t1", "name": "Food", "description": "", "taxonomy_detail": {"id": "v", "name": "Needs"}}
PLACE = {
    "id": "l1", "location_type": "physical", "name": "Hall", "latitude": 37.5, "longitude": -122.3,
    "addresses": [{"id": "a1", "address_1": "1 Main St", "city": "Peoria", "state_province": "IL",
                   "postal_code": "61601", "country": "US", "address_type": "physical"}],
}  # fmt: skip
SERVICE = {
    "id": "s1", "name": "Hot meals", "status": "active", "minimum_age": 18,
    "organization": {"id": "o1", "name": "Harvest", "description": "Gives food"},
    "phones": [{"id": "p1", "number": "217-555-0100 ext. 12", "languages": [{"id": "g1", "name": "Spanish"}]}],
    "schedules": [{"id": "h1", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}],
    "service_at_locations": [{"id": "x1", "location": PLACE, "phones": [{"id": "p2", "number": "555-0101"}]}],
    "attributes": [{"id": "k1", "taxonomy_term": TERM, "link_entity": "service", "link_id": "s1"}],
    "metadata": [{"id": "m1", "field_name": "name"}],
}  # fmt: skip
OTHER = {**SERVICE, "id": "s2", "name": "Groceries", "phones": [], "schedules": [], "service_at_locations": [],
         "attributes": [{"id": "k2", "taxonomy_term": TERM}]}  # fmt: skip


def count(session, model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.fixture
def written(tmp_path):
    """Write a file: `written("services.json", content)`; what is no text is written as JSON."""

    def write(name, content):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
        return path

    return write


SHAPES = {
    "one.json": SERVICE,
    "service_list.json": [SERVICE, OTHER],
    "page.json": {"total_items": 2, "page_number": 1, "empty": False, "contents": [SERVICE, OTHER]},
    "odd.json": [OTHER, SERVICE],
    "lines.ndjson": "\n".join(json.dumps(one) for one in (SERVICE, OTHER)),
    "data.json": {"data": [SERVICE, OTHER]},
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_directory(session, written, name):
    report = import_package(session, written(name, SHAPES[name]), now=NOW)
    assert report.total("refused") == 0, [str(problem) for problem in report.problems]
    assert report.dialect == "HSDS 3 JSON"
    assert count(session, Service) == (1 if name == "one.json" else 2)
    service = session.scalars(select(Service).where(Service.external_id == "s1")).one()
    assert session.get(Organization, service.organization_id).name == "Harvest"
    assert count(session, Organization) == count(session, TaxonomyTerm) == count(session, Location) == 1
    assert session.scalars(select(Address)).one().city == "Peoria"
    phones = {row.external_id: row for row in session.scalars(select(DirectoryPhone))}
    assert (phones["p1"].number, phones["p1"].extension) == ("217-555-0100", "12")
    assert phones["p1"].service_id == service.id
    assert phones["p2"].service_at_location_id is not None
    assert session.scalars(select(Schedule)).one().opens_at == time(9)
    linked = session.scalars(select(DirectoryAttribute).where(DirectoryAttribute.external_id == "k1")).one()
    assert (linked.link_id, linked.link_entity) == (service.id, "service")
    again = import_package(session, written(name, SHAPES[name]), now=NOW)
    assert again.total("unchanged") == again.total("kept") == report.total("kept")


def test_a_whole_tree_of_an_organisation(session, written):
    tree = {"id": "o1", "name": "Harvest", "website": "https://a.example.org", "locations": [PLACE],
            "services": [{"id": "s1", "name": "Hot meals", "status": "active"}],
            "programs": [{"id": "g", "name": "Meals"}], "additional_websites": [{"url": "https://b.example.org"}],
            "organization_identifiers": [{"identifier": "12", "identifier_type": "EIN"}]}  # fmt: skip
    report = import_package(session, written("organization_full.json", tree), now=NOW)
    assert report.total("refused") == 0, [str(problem) for problem in report.problems]
    kept = {table: counts.kept for table, counts in report.tables.items() if counts.kept}
    assert kept == {"organization": 1, "service": 1, "location": 1, "address": 1, "program": 1, "url": 1,
                    "organization_identifier": 1}  # fmt: skip
    assert session.scalars(select(Service)).one().organization_id == session.scalars(select(Organization.id)).one()


def test_open_referral_uk_1(session, written):
    tree = {
        "id": "s1", "name": "Lunch club", "status": "active", "deliverable_type": None, "attending_type": "venue",
        "organization": {"id": "o1", "name": "Age Friends", "url": "http://a.example.org", "logo": None},
        "eligibilitys": [{"id": "e1", "eligibility": "Older people", "minimum_age": 60, "maximum_age": None}],
        "service_taxonomys": [{"id": "k1", "taxonomy": {"id": "t1", "name": "Lunch clubs", "vocabulary": "esd"}}],
        "regular_schedules": [{"id": "r1", "byday": "MO", "opens_at": "10:00", "closes_at": "14:00", "freq": "WEEKLY"}],
        "cost_options": [{"id": "c1", "amount": 4.5, "amount_description": "a meal"}],
        "contacts": [{"id": "n1", "name": "Jo", "phones": [{"id": "p1", "number": "0161 496 0000"}]}],
        "service_areas": [{"id": "w1", "service_area": "Bury"}], "fundings": [], "reviews": [{"id": "v1"}],
        "service_at_locations": [{"id": "x1", "location": {
            "id": "l1", "name": "Hall", "latitude": 53.59, "longitude": -2.29,
            "physical_addresses": [{"id": "a1", "address_1": "1 Mill Lane", "city": "Bury", "postal_code": "BL9 0AA",
                                    "state_province": "Lancs", "country": "GB"}],
            "accessibility_for_disabilities": [{"id": "d1", "accessibility": "Ramp"}]}}],
    }  # fmt: skip
    page = {"totalElements": 1, "number": 1, "contents": [tree]}
    report = import_package(session, written("services.json", page), now=NOW)
    assert report.total("refused") == 0, [str(problem) for problem in report.problems]
    service = session.scalars(select(Service)).one()
    assert (service.eligibility_description, service.minimum_age) == ("Older people", 60)
    assert session.scalars(select(Organization)).one().website == "http://a.example.org"
    assert session.scalars(select(TaxonomyTerm)).one().taxonomy == "esd"
    kept = {table: counts.kept for table, counts in report.tables.items() if counts.kept}
    assert kept == {"taxonomy": 1, "taxonomy_term": 1, "organization": 1, "service": 1, "location": 1, "contact": 1,
                    "service_at_location": 1, "phone": 1, "address": 1, "schedule": 1, "accessibility": 1,
                    "attribute": 1, "cost_option": 1, "service_area": 1}  # fmt: skip
    assert any("reviews" in problem.reason for problem in report.problems)


def test_tables_in_one_object(session, written):
    tables = {"organizations.csv": [{"id": "o1", "name": "A"}],
              "services.csv": [{"id": "s1", "organization_id": "o1", "name": "B", "status": "active"}],
              "service_at_location.csv": []}  # fmt: skip
    report = import_package(session, written("tabular.json", tables), now=NOW)
    assert (report.of("organization").kept, report.of("service").kept, report.total("refused")) == (1, 1, 0)


def test_the_fullest_of_several_tellings_counts_wherever_it_stands(session, written):
    less = {**OTHER, "organization": {"id": "o1", "name": "Harvest"}}
    import_package(session, written("services.json", [less, SERVICE, {**less, "id": "s3"}]), now=NOW)
    assert session.scalars(select(Organization)).one().description == "Gives food"


def test_a_part_of_the_pages_closes_nothing(session, written):
    import_package(session, written("services.json", [SERVICE, OTHER]), source_name="api", now=NOW)
    page = {"total_items": 2, "contents": [SERVICE]}
    report = import_package(session, written("page1.json", page), source_name="api", now=NOW)
    assert report.total("closed") == 0
    assert any("1 of 2" in problem.reason for problem in report.problems)
    report = import_package(session, written("page1.json", [SERVICE]), source_name="api", now=NOW)
    assert report.of("service").closed == 1


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([SERVICE, OTHER])[:-40],
        json.dumps(SERVICE) + "\n{broken\n" + json.dumps({**SERVICE, "id": "s3"}),
        "\ufeff" + json.dumps([SERVICE]) + "tail",
        json.dumps([SERVICE, 5, None, "words", [OTHER]]).replace("Hot", "H\\u0000\\ud800ot"),
    ],
    ids=["cut off", "a bad line", "more behind", "odd things"],
)
def test_what_comes_before_the_damage_is_kept(session, written, text):
    report = import_package(session, written("services.json", text), now=NOW)
    assert report.of("service").kept >= 1
    assert "s1" in session.scalars(select(Service.external_id)).all()


def test_lines_go_on_after_a_bad_one(session, written):
    text = json.dumps(SERVICE) + '\n{"id": "s9", "name": \n' + json.dumps(OTHER)
    report = import_package(session, written("services.ndjson", text), now=NOW)
    assert report.of("service").kept == 2
    assert any("line 2" in problem.reason for problem in report.problems)


def test_services_without_ids_stay_the_same(session, written):
    bare = {
        "name": "Meals",
        "status": "active",
        "organization": {"name": "Harvest"},
        "phones": [{"number": "555 0100"}],
    }
    import_package(session, written("services.json", [bare]), now=NOW)
    first = session.scalars(select(Service.id)).one()
    report = import_package(session, written("services.json", [{**bare, "description": "New words"}]), now=NOW)
    assert report.of("service").updated == 1
    assert session.scalars(select(Service.id)).one() == first


def test_a_file_larger_than_a_look(session, written, monkeypatch):
    monkeypatch.setattr(json_files, "_CHUNK", 16)
    many = [{**SERVICE, "id": f"s{n}", "description": "ñ" * 50} for n in range(30)]
    for shape in (many, {"total_items": 30, "contents": many}):
        report = import_package(session, written("services.json", shape), now=NOW)
        assert report.of("service").kept == 30


@pytest.mark.parametrize("content", [{}, [], "", "[1, 2]", {"version": "3.1"}, "{" * 5000, {"a": {"b": 1}}])
def test_json_that_is_no_directory_is_one_sentence(session, written, content):
    with pytest.raises(PackageProblem) as told:
        import_package(session, written("thing.json", content), now=NOW)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["hsds/hsds-3.1-sample-fixed", "hsds/hsds-3.1-sample/service_full.json"])
def test_the_examples_of_the_specification(session, shared, name):
    report = import_package(session, shared(name), source_name=name, now=NOW)
    assert report.total("kept") == 22
    assert report.total("refused") == 0
