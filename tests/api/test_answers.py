"""What the API answers, held against the specification's own OpenAPI document and schemas."""

import json
from uuid import UUID, uuid4

import pytest

DATA = ("uk-foodbanks-hsds-3.1", "ohana-sample/sample-csv", "illinois-ilao/ilao/output", "hsds-1.1-sample",
        "hsds-3.1-sample/csv")  # fmt: skip
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture
def api(app):
    """Ask the API: `api("services", full="true")`; gives what it said, parsed."""
    client = app.test_client()

    def ask(path="", /, status=200, **parameters):
        answer = client.get(f"/hsds/{path}", query_string=parameters)
        assert answer.status_code == status, answer.text
        return [json.loads(line) for line in answer.text.splitlines()] if "ndjson" in answer.mimetype else answer.json

    return ask


def named(page):
    return {one["name"] for one in page["contents"]}


def test_it_says_what_it_is(api, hsds, county):
    told = api()
    assert hsds.answer("/", told) == []
    assert told["version"] == "3.1"
    ours = api("openapi.json")
    assert told["openapi_url"] == "http://localhost/hsds/openapi.json"
    for path, methods in hsds.openapi["paths"].items():  # all of the specification's, required and optional
        assert methods.keys() - {"parameters"} <= ours["paths"][path].keys()
        for method in methods.keys() & {"get", "post"}:
            asked = {p.get("name") or p["$ref"].rpartition("/")[2] for p in methods[method].get("parameters", ())}
            given = {p["$ref"].rpartition("/")[2] for p in ours["paths"][path][method].get("parameters", ())}
            assert asked - given <= ({"full_service"} if "{id}" in path else set()), path


@pytest.mark.parametrize("name", LISTS)
def test_every_list_and_every_single_thing_is_by_the_standard(api, hsds, county, name):
    page: dict = {"contents": []}
    for more in ({}, {"full": "true"}, {"full_service": "true"}):
        page = api(name, **more)
        assert page["contents"]
        assert hsds.answer(f"/{name}", page) == []
    for one in page["contents"]:
        assert hsds.answer(f"/{name}/{{id}}", api(f"{name}/{one['id']}")) == []
    lines = api(name, format="ndjson", full="true")
    assert lines == api(name, full="true")["contents"]


@pytest.mark.slow
@pytest.mark.parametrize("data", DATA)
def test_real_directories_are_told_by_the_standard(api, hsds, bring, shared, data):
    bring(shared(f"hsds/{data}"), source_name=data, licence="for a test")
    for name, schema in zip(LISTS, ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term"),
                            strict=True):  # fmt: skip
        for line in api(name, format="ndjson", full="true"):
            assert hsds.faults(line, schema) == []


def test_a_service_comes_with_all_that_hangs_on_it(api, county):
    (found,) = [one for one in api("services")["contents"] if one["name"] == "Bags of groceries"]
    assert {"organization", "program"} <= found.keys()
    assert not {"phones", "organization_id", "program_id"} & found.keys()
    whole = api(f"services/{found['id']}")
    assert [(p["number"], p["extension"]) for p in whole["phones"]] == [("555-0100", 12)]
    assert whole["minimum_age"] == 18
    assert [p["number"] for p in whole["organization"]["phones"]] == ["555-0101"]
    assert whole["organization"]["funding"][0]["source"] == "Gifts"
    places = {link["location"]["name"]: link["location"] for link in whole["service_at_locations"]}
    assert places.keys() == {"Main", "Far"}
    assert places["Main"]["phones"][0] == {"id": places["Main"]["phones"][0]["id"], "number": "555-0102",
                                           "description": "x7"}  # fmt: skip
    assert places["Main"]["addresses"][0]["city"] == "Larkwater"
    assert whole["schedules"][0]["opens_at"] == "09:00:00"
    assert [a["taxonomy_term"]["name"] for a in whole["attributes"]] == ["Food pantries"]
    assert whole["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "Our needs"
    assert whole["cost_options"][0]["amount"] == 2.5


def test_a_service_whose_organisation_nobody_gave_has_one_all_the_same(api, hsds, county):
    (found,) = [one for one in api("services")["contents"] if one["name"] == "Nobody's service"]
    assert str(UUID(found["organization"]["id"])) == found["organization"]["id"]
    assert hsds.faults(found, "service") == []


def test_what_may_not_be_passed_on_is_not_there(api, county):
    assert named(api("taxonomies")) == {"Our needs"}
    assert named(api("taxonomy_terms")) == {"Food", "Food pantries", "Hot meals", "Housing"}
    assert "Bought" not in json.dumps(api("services", full="true"))


def test_questions_combine_and_a_category_finds_those_below_it(api, county):
    terms = {one["name"]: one["id"] for one in api("taxonomy_terms")["contents"]}
    (taxonomy,) = api("taxonomies")["contents"]
    organizations = {one["name"]: one["id"] for one in api("organizations")["contents"]}
    food = {"Bags of groceries", "Hot soup"}
    assert named(api("services", taxonomy_term_id=terms["Food"])) == food
    assert named(api("services", taxonomy_term_id=terms["Hot meals"])) == {"Hot soup"}
    assert named(api("services", taxonomy_id=taxonomy["id"])) == food | {"A bed tonight"}
    assert named(api("services", organization_id=organizations["Roof"])) == {"A bed tonight"}
    assert named(api("services", search="soup")) == {"Hot soup"}
    assert named(api("services", search="soup", taxonomy_term_id=terms["Housing"])) == set()
    assert named(api("organizations", taxonomy_term_id=terms["Food"])) == {"Food For All"}
    assert named(api("organizations", search="bed")) == {"Roof"}
    assert named(api("taxonomy_terms", top_only="true")) == {"Food", "Housing"}
    assert named(api("taxonomy_terms", parent_id=terms["Food"])) == {"Food pantries", "Hot meals"}
    assert named(api("taxonomy_terms", search="MEALS", taxonomy_id=taxonomy["id"])) == {"Hot meals"}
    for name in ("taxonomy_term_id", "taxonomy_id", "organization_id"):
        for nobody in (str(uuid4()), "no id"):
            page = api("services", **{name: nobody})
            assert (page["empty"], page["total_items"], page["contents"]) == (True, 0, [])


def test_places_by_postcode_and_distance(api, county):
    def found(**asked):
        page = api("service_at_locations", **asked)
        return {(one["service"]["name"], one["location"]["name"]) for one in page["contents"]}

    # Soup serves the town of the postcode, wherever it is cooked; groceries and the bed tell no area and are there.
    there = {("Bags of groceries", "Main")}
    assert found(postcode="61000") == there | {("Hot soup", "Far")}
    assert found(postcode="61000-1234") == there | {("Hot soup", "Far"), ("A bed tonight", "Near")}
    assert found(postcode="61000", proximity="500") == there
    assert found(postcode="61000", proximity="2000") == there | {("A bed tonight", "Near")}
    assert len(found(postcode="61000", proximity="120000")) == 4
    assert found(postcode="61000", proximity="2000", search="bed") == {("A bed tonight", "Near")}
    assert found(postcode="00000", proximity="2000") == found(postcode="00000") == set()


def test_pages(api, county):
    first = api("services", per_page=3)
    facts = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")
    assert [first[name] for name in facts] == [4, 2, 1, 3, True, False, False]
    second = api("services", per_page=3, page=2)
    assert [second[name] for name in facts] == [4, 2, 2, 1, False, True, False]
    assert len(named(first) | named(second)) == 4
    beyond = api("services", per_page=3, page=99)
    assert [beyond[name] for name in facts] == [4, 2, 99, 0, False, True, True]
    assert len(api("services", per_page=100_000)["contents"]) == 4


def test_minimal_is_every_id_on_one_page(api, county):
    page = api("services", minimal="true")
    assert (page["total_items"], page["total_pages"], page["last_page"]) == (4, 1, True)
    assert {frozenset(one) for one in page["contents"]} == {frozenset({"id", "modified_date"})}
    assert {one["id"] for one in page["contents"]} == {one["id"] for one in api("services")["contents"]}
    assert api("services", minimal="true", per_page=1)["total_pages"] == 4
    assert api("services", minimal="true", format="ndjson") == page["contents"]
    nothing = api("services", minimal="true", search="zebra")
    assert (nothing["contents"], nothing["empty"]) == ([], True)


def test_modified_after_tells_what_changed_here(api, county, bring, package):
    every = api("services")["contents"]
    last = max(one["last_modified"] for one in every)
    assert api("services", modified_after=last.replace("Z", "+00:00"))["total_items"] >= 1
    assert api("services", modified_after="2999-01-01")["total_items"] == 0
    tables = {**county, "phones": county["phones"].replace("555-0100", "555-0199")}
    bring(package("again", **tables), source_name="county")
    changed = api("services", modified_after=last)["contents"]
    newer = {one["name"] for one in changed if one["last_modified"] > last}
    assert newer == {"Bags of groceries"}
    assert {one["service"]["name"] for one in api("service_at_locations", modified_after=last)["contents"]} >= newer


def test_an_organisation_tells_its_services(api, hsds, county):
    food = next(one for one in api("organizations")["contents"] if one["name"] == "Food For All")
    assert "services" not in food
    plain = api(f"organizations/{food['id']}")
    assert [one["name"] for one in plain["services"]] == ["Bags of groceries", "Hot soup"]
    whole = api(f"organizations/{food['id']}", full_service="true")
    assert whole["services"][0]["phones"][0]["number"] == "555-0100"
    assert [hsds.faults(one, "service") for one in whole["services"]] == [[], []]


def test_more_rows_cost_no_more_queries(app, api, county, count_queries):
    numbers = {}
    for name, most in (("services", 30), ("organizations", 30), ("service_at_locations", 30)):
        for asked in ({"full": "true", "per_page": 1}, {"full": "true"}, {}):
            with count_queries() as made:
                api(name, **asked)
            numbers[name, len(asked)] = made.number
        assert max(numbers[name, 2], numbers[name, 1]) <= most
        assert numbers[name, 0] <= 10
