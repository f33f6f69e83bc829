"""What a monitor asks."""

import pytest
from sqlalchemy import text


def test_a_living_process_says_so_without_the_database(another_app):
    client = another_app(database_url="sqlite:////nowhere/at/all.sqlite").test_client()
    assert client.get("/livez").text == "ok\n"


def test_it_is_ready_when_its_tables_are_of_this_release(make, browser, portal_app):
    assert browser.client.get("/readyz").text == "ok\n"
    engine = portal_app.extensions["portal"].engine
    with engine.begin() as connection:
        now = connection.execute(text("select version_num from alembic_version")).scalar()
        connection.execute(text("update alembic_version set version_num = '0001'"))
    try:
        response = browser.client.get("/readyz")
        assert (response.status_code, response.text) == (503, "not ready\n")
    finally:
        with engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = :now"), {"now": now})


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_it_tells_nothing_else(browser, path):
    assert len(browser.client.get(path).text) < 12
