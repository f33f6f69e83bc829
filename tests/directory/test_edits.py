"""What people here put right stays when a list comes in again, and every field knows where its value comes from."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.directory.edits import CLOSED, LOCAL, add_local, history_of, local_edit, sources_of, take_back
from portal.directory.importer import PackageProblem, import_package
from portal.directory.models import DirectoryEdit, DirectoryPhone, Organization, Service, ServiceStatus
from portal.directory.search import Query, search

FIRST, LATER = datetime(2025, 4, 7, 15, tzinfo=UTC), datetime(2025, 5, 7, 15, tzinfo=UTC)
ORGANIZATIONS = "id,name\no1,Harvest"
SERVICES = (
    "id,organization_id,name,description,status,minimum_age,assured_date\ns1,o1,Hot meals,Meals,active,18,2025-01-02"
)
ME = uuid4()


@pytest.fixture
def reports():
    """What the imports of this test reported."""
    return []


@pytest.fixture
def county(session, package, reports):
    """Import services, and give back the first: `county(services=...)`."""

    def bring(services=SERVICES, now=FIRST, **files):
        folder = package("county", organizations=ORGANIZATIONS, services=services, **files)
        reports.append(import_package(session, folder, source_name="County", now=now))
        session.expire_all()
        return session.scalars(select(Service).where(Service.external_id == "s1")).one()

    return bring


def found(session, words):
    return {hit.name for hit in search(session, Query(words=words), now=LATER, zone="UTC").hits}


def test_an_edit_outlives_the_next_import_and_can_be_taken_back(session, county, reports):
    meals = county()
    assert local_edit(session, meals, {"name": "Warm suppers", "minimum_age": 18.0}, by_id=ME, now=FIRST) == ("name",)
    assert found(session, "warm") == {"Warm suppers"}
    meals = county(SERVICES.replace("Hot meals", "Cold meals").replace(",Meals,", ",Every day,"), now=LATER)
    assert (meals.name, meals.description) == ("Warm suppers", "Every day")
    assert reports[-1].of("service").updated == 1
    told = sources_of(session, meals)["name"]
    assert (told.source, told.by_id, told.theirs) == ("", ME, "Cold meals")
    again = county(SERVICES.replace("Hot meals", "Cold meals").replace(",Meals,", ",Every day,"), now=LATER)
    assert reports[-1].of("service").unchanged == 1
    assert take_back(session, again, "name", by_id=ME, now=LATER)
    assert not take_back(session, again, "name", by_id=ME, now=LATER)
    assert again.name == "Cold meals"
    assert found(session, "warm") == set()
    assert found(session, "cold") == {"Cold meals"}
    assert sources_of(session, again)["name"].source == "County"


@pytest.mark.parametrize(
    ("field", "value", "cell"),
    [("minimum_age", 21.0, "18"), ("assured_date", date(2025, 3, 3), "2025-01-02"),
     ("status", ServiceStatus.TEMPORARILY_CLOSED, "active")],
)  # fmt: skip
def test_every_kind_of_value_can_be_put_right_and_back(session, county, field, value, cell):
    meals = county()
    before = getattr(meals, field)
    local_edit(session, meals, {field: value}, by_id=ME, now=FIRST)
    assert sources_of(session, meals)[field].theirs == cell
    meals = county(SERVICES.replace("Meals", "Food"), now=LATER)
    assert getattr(meals, field) == value
    take_back(session, meals, field, by_id=ME, now=LATER)
    assert getattr(meals, field) == before


def test_each_field_knows_its_source_and_since_when(session, county):
    meals = county()
    assert {(told.source, told.at) for told in sources_of(session, meals).values()} == {("County", FIRST)}
    meals = county(SERVICES.replace("Hot", "Warm"), now=LATER)
    told = sources_of(session, meals)
    assert (told["name"].at, told["description"].at) == (LATER, FIRST)
    [change] = history_of(session, [meals.id])
    assert (change.entity, change.field, change.before, change.after) == ("service", "name", "Hot meals", "Warm meals")


def test_what_is_closed_here_stays_closed(session, county):
    meals = county()
    local_edit(session, meals, {CLOSED: LATER}, by_id=ME, now=FIRST)
    assert found(session, "meals") == set()
    assert county(now=LATER).closed_at == LATER
    meals = county(SERVICES.replace("Hot", "Warm"), now=LATER)
    assert (meals.closed_at, meals.name) == (LATER, "Warm meals")
    assert take_back(session, meals, CLOSED, by_id=ME, now=LATER)
    assert found(session, "meals") == {"Warm meals"}


def test_what_is_added_here_is_nobodys_to_close(session, county):
    meals = county(phones="id,service_id,number\np1,s1,555-0100")
    values = {"service_id": meals.id, "number": "555-0199"}
    ours = add_local(session, DirectoryPhone, values, by_id=ME, now=FIRST)
    values = {"name": "Soup kitchen", "organization_id": meals.organization_id, "description": "Soup"}
    place = add_local(session, Service, values, by_id=ME, now=FIRST)
    assert found(session, "soup") == {"Soup kitchen"}
    assert sources_of(session, place)["name"].source == ""
    county(phones="id,service_id,number\n", now=LATER)
    assert [phone.number for phone in session.scalars(select(DirectoryPhone))] == ["555-0199"]
    local_edit(session, ours, {"number": "555-0198"}, by_id=ME, now=LATER)
    assert not session.scalars(select(DirectoryEdit)).all()  # no source could say otherwise
    assert found(session, "soup") == {"Soup kitchen"}


def test_an_organisation_put_right_shows_with_its_services(session, county):
    county()
    runs = session.scalars(select(Organization)).one()
    local_edit(session, runs, {"name": "Gleaners"}, by_id=ME, now=FIRST)
    assert found(session, "gleaners") == {"Hot meals"}


def test_no_list_may_take_the_name_of_what_is_added_here(session, package):
    with pytest.raises(PackageProblem):
        import_package(session, package(organizations=ORGANIZATIONS), source_name=LOCAL.upper(), now=FIRST)
