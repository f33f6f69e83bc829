"""The data sets people really publish: each imports, twice, and can be searched."""

import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.directory.importer import PackageProblem, import_package
from portal.directory.models import Organization, Schedule, Service
from portal.directory.search import Query, search

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
# Data set: dialect, rows kept of these tables, rows refused in all, and a search that finds something.
SETS = {
    "hsds/illinois-ilao/ilao/output": (
        "HSDS 1", {"organization": 33, "service": 429, "phone": 955, "schedule": 2492}, 28, Query(words="lawyers")
    ),
    "hsds/illinois-ilao": ("HSDS 1", {"service": 429}, 28, Query(words="legal representation")),
    "hsds/uk-foodbanks-hsds-3.1": (
        "HSDS 3", {"organization": 31, "service": 31, "attribute": 31}, 0, Query(category="food", place="Bury")
    ),
    "hsds/ohana-sample/sample-csv": (
        "Ohana", {"organization": 8, "location": 22, "service": 23, "taxonomy_term": 290, "address": 42}, 0,
        Query(words="library", place="94063"),
    ),
    "hsds/hsds-1.1-sample": ("HSDS 1", {"organization": 10, "service": 13}, 0, Query(words="homeless")),
    "hsds/hsds-1.1-sample/simple": ("HSDS 1", {"service": 13}, 0, Query(words="homeless")),
    "hsds/hsds-3.1-sample/csv": ("HSDS 3", {"service": 1, "phone": 1, "schedule": 1}, 3, Query(words="counseling")),
    "taxonomies/open-eligibility": ("HSDS 3", {"taxonomy_term": 289}, 0, None),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_it_imports_twice_and_can_be_searched(session, shared, name):
    dialect, kept, refused, query = SETS[name]
    report = import_package(session, shared(name), source_name=name, now=NOW)
    assert report.dialect == dialect
    assert {table: report.of(table).kept for table in kept} == kept
    assert report.total("refused") == refused
    assert all(problem.reason for problem in report.problems)
    again = import_package(session, shared(name), source_name=name, now=NOW)
    assert again.total("unchanged") == again.total("kept") == report.total("kept")
    assert again.total("added") + again.total("updated") + again.total("closed") == 0
    if query is not None:
        assert search(session, query, now=NOW, zone="UTC").hits


def test_the_hours_of_san_mateo(session, shared):
    import_package(session, shared("hsds/ohana-sample/sample-csv"), now=NOW)
    hits = {hit.name: hit for hit in search(session, Query(size=100), now=NOW, zone="America/Los_Angeles").hits}
    assert len(hits) == 21  # one is inactive, one defunct
    assert hits["Passport Photos"].opening.door == "open"
    assert hits["Fair Oaks Adult Activity Center"].town == "Redwood City"
    yearly = session.scalars(select(Schedule).where(Schedule.closed)).all()
    assert {schedule.valid_from.year for schedule in yearly} == {1}


def test_a_package_without_tables_is_refused(session, shared):
    with pytest.raises(PackageProblem):
        import_package(session, shared("hsds/spec-3.1"), now=NOW)


# --- ohana-api's own fixtures: each bad file is told from its good twin ---

FIXTURES = "hsds/ohana-importer-fixtures"
BASE = {"organizations": "valid_org", "locations": "locations", "services": "valid_service", "programs": "programs"}
ORG_1 = "id,name,description,date_incorporated\n1,Parent Agency,x,\n2,Other,y,\n"


@pytest.fixture
def fixture_package(shared, tmp_path):
    """A package of ohana-api's fixtures: `fixture_package(contacts="valid_org_contact")`."""

    def build(**files: str):
        folder = tmp_path / "fixtures"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "organizations.csv").write_text(ORG_1, encoding="utf-8")
        (folder / "taxonomy.csv").write_text("taxonomy_id,name,parent_id,parent_name\n101,Emergency,,\n102,Food,,\n")
        for table, name in {**{k: v for k, v in BASE.items() if k != "organizations"}, **files}.items():
            shutil.copy(shared(FIXTURES) / f"{name}.csv", folder / f"{table}.csv")
        return folder

    return build


GOOD = [
    ("organizations", "valid_org", 1),
    ("organizations", "org_with_2_digit_year", 1),
    ("organizations", "org_with_spelled_out_date", 1),
    ("programs", "valid_program", 1),
    ("locations", "valid_location", 1),
    ("services", "valid_service", 1),
    ("addresses", "valid_address", 3),
    ("mail_addresses", "valid_mail_address", 1),
    ("contacts", "valid_location_contact", 1),
    ("contacts", "valid_org_contact", 1),
    ("contacts", "valid_service_contact", 1),
    ("phones", "valid_org_phone", 1),
    ("phones", "valid_location_phone", 1),
    ("phones", "valid_service_phone", 1),
    ("regular_schedules", "valid_location_regular_schedule", 1),
    ("regular_schedules", "valid_service_regular_schedule", 1),
    ("holiday_schedules", "valid_location_holiday_schedule", 1),
    ("holiday_schedules", "valid_service_holiday_schedule", 1),
    ("holiday_schedules", "hs_with_2_digit_year", 1),
    ("holiday_schedules", "hs_with_spelled_out_date", 1),
    ("taxonomy", "valid_category", 4),
    ("taxonomy", "existing_category", 1),
]
#: File, fixture, the lines that are refused and how many rows of the file are kept.
BAD = [
    ("organizations", "invalid_org", {2}, 1),
    ("programs", "invalid_program", {2}, 1),
    ("programs", "program_with_no_parent", {2}, 0),
    ("locations", "invalid_location", {2}, 1),
    ("locations", "invalid_location_org", {2}, 0),
    ("services", "invalid_service", {2}, 0),
    ("services", "invalid_service_location", {2}, 0),
    ("addresses", "invalid_address", {2}, 1),
    ("addresses", "missing_address", {2}, 0),
    ("mail_addresses", "invalid_mail_address", {2}, 1),
    ("mail_addresses", "invalid_mail_address_location", {2}, 0),
    ("contacts", "invalid_contact", {2}, 1),
    ("contacts", "contact_with_no_parent", {2}, 0),
    ("phones", "invalid_phone", {2}, 1),
    ("phones", "phone_with_no_parent", {2}, 0),
    ("regular_schedules", "invalid_regular_schedule", {2}, 4),
    ("regular_schedules", "regular_schedule_with_no_parent", {2}, 0),
    ("holiday_schedules", "invalid_holiday_schedule", {2}, 1),
    ("holiday_schedules", "holiday_schedule_with_no_parent", {2}, 0),
    ("holiday_schedules", "hs_with_invalid_date", {2}, 0),
    ("taxonomy", "invalid_category", {2}, 1),
]
#: Dates that could be read two ways are read the American way, and that is said.
AMBIGUOUS = {"hs_with_2_digit_year": {2}, "valid_location_holiday_schedule": {2}}
MENDED = [
    ("organizations", "org_with_invalid_date"),
    ("programs", "invalid_program_headers"),
    ("taxonomy", "invalid_parent_category"),
]
TABLE = {
    "organizations": "organization", "programs": "program", "locations": "location", "services": "service",
    "addresses": "address", "mail_addresses": "address", "contacts": "contact", "phones": "phone",
    "regular_schedules": "schedule", "holiday_schedules": "schedule", "taxonomy": "taxonomy_term",
}  # fmt: skip


def of_file(report, table, *, refused):
    return {p.line for p in report.problems if p.file == f"{table}.csv" and p.refused is refused and p.line}


def kept_of(report, table):
    """Rows kept of a table; `locations` fixtures also make contacts from their e-mail addresses."""
    return report.of(TABLE[table]).kept - (3 if table == "contacts" else 0)


@pytest.mark.parametrize(("table", "name", "rows"), GOOD)
def test_a_good_fixture_is_kept(session, fixture_package, table, name, rows):
    report = import_package(session, fixture_package(**{table: name}), source_name="ohana", now=NOW)
    assert not of_file(report, table, refused=True)
    assert not of_file(report, table, refused=False) - AMBIGUOUS.get(name, set())
    assert kept_of(report, table) == rows


def test_a_phone_of_a_contact(session, fixture_package):
    folder = fixture_package(contacts="valid_org_contact", phones="valid_contact_phone")
    assert import_package(session, folder, source_name="ohana", now=NOW).of("phone").kept == 1


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[1])
def test_a_bad_fixture_is_refused_by_line_and_the_rest_kept(session, fixture_package, bad):
    table, name, lines, rows = bad
    report = import_package(session, fixture_package(**{table: name}), source_name="ohana", now=NOW)
    assert of_file(report, table, refused=True) == lines
    assert kept_of(report, table) == rows


@pytest.mark.parametrize(("table", "name"), MENDED)
def test_a_fixture_of_which_only_a_detail_is_bad_is_kept_and_told(session, fixture_package, table, name):
    report = import_package(session, fixture_package(**{table: name}), source_name="ohana", now=NOW)
    assert of_file(report, table, refused=False) == {2}
    assert not of_file(report, table, refused=True)


def test_a_service_of_the_older_dialect_finds_its_organisation(session, fixture_package):
    import_package(session, fixture_package(), source_name="ohana", now=NOW)
    service = session.scalars(select(Service).order_by(Service.external_id)).one()
    organization = session.get(Organization, service.organization_id)
    assert organization is not None
    assert organization.external_id == "1"
    assert service.keywords == "hot meels, hungry"


def test_a_column_that_a_whole_file_leaves_empty_is_not_demanded(session, fixture_package):
    folder = fixture_package()
    phones = "id,location_id,number,number_type\n1,1,703-555-1212,\n2,1,703-555-1213,"
    (folder / "phones.csv").write_text(phones, encoding="utf-8")
    assert import_package(session, folder, source_name="ohana", now=NOW).of("phone").kept == 2
