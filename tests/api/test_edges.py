"""What the API does not do: know anybody, tell of cases, fall over, or let one asker crowd out the others."""

import json
import tracemalloc

import pytest
from sqlalchemy import Executable, func, select, text

from portal.access.scope import Unscoped
from portal.api.reading import NotTheDirectory, directory
from portal.api.throttle import Throttle
from portal.cases.models import Case, Person
from portal.db import Base
from portal.directory.models import Service
from tests.browser import Browser


def test_what_has_not_changed_is_not_sent_again(app, county):
    client = app.test_client()
    for path in ("services", "services?full=true", "organizations", "taxonomy_terms", "", "openapi.json"):
        first = client.get(f"/hsds/{path}")
        assert first.headers["Cache-Control"] == "public, max-age=60"
        if etag := first.headers.get("ETag"):
            again = client.get(f"/hsds/{path}", headers={"If-None-Match": etag})
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == etag
    key = client.get("/hsds/services").json["contents"][0]["id"]
    one = client.get(f"/hsds/services/{key}")
    since = {"If-Modified-Since": one.headers["Last-Modified"]}
    assert client.get(f"/hsds/services/{key}", headers=since).status_code == 304
    assert client.get(f"/hsds/services/{key}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_has_another_mark(app, make, county):
    client = app.test_client()
    before = client.get("/hsds/services").headers["ETag"]
    with make.system() as work:
        work.session.scalars(select(Service).where(Service.name == "Hot soup")).one().alert = "Closed today"
    after = client.get("/hsds/services", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


BAD = ("page=0 page=x page=-1 page=99999999999999999999 per_page=0 per_page=1e3 format=xml full=maybe minimal=2 "
       "modified_after=yesterday modified_after=2024-13-01 proximity=near proximity=nan proximity=-1")  # fmt: skip


@pytest.mark.parametrize("asked", [*BAD.split(), "search=" + "a" * 501])
def test_a_parameter_that_cannot_be_read_is_named(app, asked):
    answer = app.test_client().get(f"/hsds/service_at_locations?{asked}")
    assert answer.status_code == 400
    assert answer.json["error"].startswith(asked.partition("=")[0])
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_odd_questions_find_nothing_and_nothing_falls_over(app, county, path):
    client = app.test_client()
    for odd in ("%00", "a%00b", "%F0%9F%8D%9E", "%ff%fe", "' OR 1=1 --", "*", '"', "( AND NEAR", "%", "_", "the"):
        for name in ("search", "postcode", "taxonomy_term_id", "taxonomy_id", "organization_id", "parent_id"):
            answer = client.get(f"/hsds/{path}?{name}={odd}&proximity=1e308&page=9000000&unknown=1")
            assert answer.status_code == 200, (name, odd)
    for key in ("x", "%00", "0" * 5000, "ac148810-d857-441c-9679-408f346de14b", "{}"):
        answer = client.get(f"/hsds/{path}/{key}")
        assert (answer.status_code, answer.json["status"]) == (404, 404)
    assert client.get(f"/hsds/{path}?modified_after=0001-01-01T00:00:00%2B14:00").status_code in {200, 400}
    assert client.post(f"/hsds/{path}", json={"search": "\ud800"}).status_code == 200


def test_a_question_may_be_posted_so_that_it_is_in_no_address(app, county):
    client = app.test_client()
    wanted = client.get("/hsds/services?search=soup").json
    assert client.post("/hsds/services", json={"search": "soup"}).json == wanted
    assert client.post("/hsds/services", data={"search": "soup"}).json == wanted
    assert client.post("/hsds/services?search=soup").json == wanted
    assert client.post("/hsds/services", json=["soup"]).status_code == 400
    assert client.put("/hsds/services").status_code == 405
    assert client.delete("/hsds/services").status_code == 405


def test_every_answer_is_the_same_for_everybody_and_every_web_page_may_read_it(app, make, county, count_queries):
    ana = make.client("Ana Ruiz")
    mine, nobodys = Browser(app).as_(ana).client, app.test_client()
    mine.get("/hsds/services")
    with count_queries() as signed_in:
        one = mine.get("/hsds/services")
    with count_queries() as signed_out:
        other = nobodys.get("/hsds/services")
    assert one.data == other.data
    assert signed_in.number == signed_out.number  # nobody was looked up
    assert "Set-Cookie" not in one.headers
    assert one.headers["Access-Control-Allow-Origin"] == "*"
    assert one.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in one.headers
    before = nobodys.options("/hsds/services", headers={"Access-Control-Request-Method": "POST"})
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in nobodys.get("/sign-in").headers
    assert nobodys.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_the_session_of_the_api_reaches_no_table_but_the_directorys(app, make, county):
    make.client("Ana Ruiz")
    engine = app.extensions["portal"].engine
    with directory(engine) as session:
        assert session.scalar(select(func.count(Service.id))) == 4
        statements: list[Executable] = [
            select(Case),
            select(Person.name),
            select(func.count()).select_from(Case),
            select(Service.id).where(select(Case.id).exists()),
            select(Service.id).join(Person, Person.id == Service.id),
            text("select 1"),
            *(select(table) for table in Base.metadata.sorted_tables if not table.name.startswith("directory_")),
        ]
        for statement in statements:
            with pytest.raises((NotTheDirectory, Unscoped)):
                session.execute(statement)


def test_no_statement_of_the_api_names_another_table(app, county, named_tables):
    client = app.test_client()
    asked = ("services?full=true&search=soup", "organizations?full_service=true", "services?format=ndjson",
             "taxonomies", "service_at_locations?postcode=61", "taxonomy_terms", "services?minimal=true")  # fmt: skip
    for path in asked:
        assert client.get(f"/hsds/{path}").data
    assert named_tables
    assert {name for name in named_tables if not name.startswith("directory_")} == set()


def test_it_can_be_switched_off(another_app):
    client = another_app(directory_api=False).test_client()
    for path in ("", "services", "openapi.json", "services/1"):
        answer = client.get(f"/hsds/{path}")
        assert answer.status_code == 404
        assert "json" not in answer.content_type


def test_who_asks_too_much_waits(another_app, county):
    client = another_app(directory_api_per_minute=6).test_client()
    assert [client.get("/hsds/taxonomies").status_code for _ in range(8)] == [200] * 6 + [429] * 2
    refused = client.get("/hsds/taxonomies")
    assert 1 <= int(refused.headers["Retry-After"]) <= 11
    assert refused.json["status"] == 429
    elsewhere = client.get("/hsds/services?full=true", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200


def test_one_stream_at_a_time(app, county):
    client = app.test_client()
    for asked in ("services?format=ndjson", "services?minimal=true"):
        begun = client.get(f"/hsds/{asked}", buffered=False)
        pieces = iter(begun.response)
        next(pieces)
        refused = client.get("/hsds/organizations?format=ndjson")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
        assert client.get("/hsds/services").status_code == 200
        begun.close()
        whole = client.get("/hsds/organizations?format=ndjson")
        assert (whole.status_code, whole.text.count("\n")) == (200, 3)
        assert client.head("/hsds/services?format=ndjson", buffered=True).status_code == 200


def test_a_bucket_fills_again_and_a_network_is_one_asker(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("portal.api.throttle.monotonic", lambda: now[0])
    throttle = Throttle(60)
    assert throttle.wait("192.0.2.1", 60) == 0
    assert throttle.wait("192.0.2.1", 1) == 1
    assert throttle.wait("192.0.2.2", 30) == 0
    now[0] = 10
    assert throttle.wait("192.0.2.1", 10) == 0
    assert throttle.wait("192.0.2.1", 10) == 10
    assert throttle.wait("2001:db8::1", 60) == 0
    assert throttle.wait("2001:db8::2", 1) == 1
    assert throttle.wait("2001:db8:0:1::2", 1) == 0
    crowd = [throttle.wait(f"198.51.{n // 250}.{n % 250}", 60) for n in range(20)]
    assert crowd.count(0) < 11  # all together are held as well
    for n in range(6_000):
        throttle.wait(f"203.0.{n // 250}.{n % 250}", 1)
    assert len(throttle._buckets) <= 5_000
    assert Throttle(0).wait("192.0.2.1", 1_000_000) == 0


@pytest.mark.slow
def test_a_stream_of_everything_fits_in_little_memory(app, bring, package):
    rows = "".join(f"\ns{n},o,Service {n},{'words ' * 40},active" for n in range(2_000))
    bring(package(organizations="id,name\no,O", services="id,organization_id,name,description,status" + rows),
          source_name="many")  # fmt: skip
    client = app.test_client()
    tracemalloc.start()
    answer = client.get("/hsds/services?format=ndjson", buffered=False)
    lines = size = 0
    for chunk in answer.iter_encoded():
        lines += chunk.count(b"\n")
        size += len(chunk)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (lines, size > 500_000) == (2_000, True)
    assert peak < 8_000_000, f"{peak} bytes to send {size}"
    page = json.loads(client.get("/hsds/services?minimal=true").text)
    assert len(page["contents"]) == 2_000
