"""An application whose directory holds a little of everything, and the specification to hold answers against."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from portal.db import Base
from portal.directory.importer import import_package
from portal.directory.taxonomy_file import load_taxonomy
from tests.directory.conftest import package, shared  # noqa: F401  fixtures
from tests.hsds import Hsds

TABLES = {
    "organizations": "id,name,description,website\no,Food For All,We feed,https://food.example.org\np,Roof,,\nq,Alone,,",
    "programs": "id,organization_id,name\ng,o,Winter",
    "services": "id,organization_id,program_id,name,status,last_modified,minimum_age\n"
    "a,o,g,Bags of groceries,active,2023-03-15T10:30:45Z,18\nb,o,,Hot soup,active,,\nc,p,,A bed tonight,active,,\n"
    "d,,,Nobody's service,inactive,,",
    "locations": "id,name,location_type,latitude,longitude\nl,Main,physical,41.5,-90.5\nm,Far,physical,42.5,-90.5\n"
    "n,Near,physical,41.51,-90.5",
    "service_at_location": "id,service_id,location_id\n1,a,l\n2,b,m\n3,c,n\n4,a,m",
    "addresses": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "x,l,1 Main St,Larkwater,IL,61000,US\ny,m,9 Far Rd,Upton,IL,61999,US\nz,n,2 Main St,Larkwater,IL,61000-1234,US",
    "phones": "id,service_id,organization_id,location_id,number,extension\n1,a,,,555-0100,12\n2,,o,,555-0101,\n"
    "3,,,l,555-0102,x7",
    "schedules": "id,service_id,freq,byday,opens_at,closes_at\n1,a,WEEKLY,MO,09:00,17:00",
    "languages": "id,service_id,name,code\n1,a,Spanish,es",
    "accessibility": "id,location_id,description\n1,l,Ramp",
    "cost_options": "id,service_id,option,amount,currency\n1,a,Box,2.5,USD",
    "contacts": "id,service_id,name\n1,a,Desk",
    "required_documents": "id,service_id,document\n1,a,A bag",
    "service_areas": "id,service_id,name\n1,b,Larkwater",
    "taxonomies": "id,name\nt,Our needs\nu,211 LA County Taxonomy",
    "taxonomy_terms": "id,name,parent_id,taxonomy_id\n1,Food,,t\n2,Food pantries,1,t\n3,Hot meals,1,t\n4,Housing,,t\n"
    "9,Bought words,,u",
    "attributes": "id,link_id,link_entity,taxonomy_term_id\n1,a,service,2\n2,b,service,3\n3,c,service,4\n4,a,service,9",
    "funding": "id,organization_id,source\n1,o,Gifts",
}


@pytest.fixture
def county(make, package):  # noqa: F811  as above
    """A small directory, imported and committed: by external id, what each row is called here."""
    with make.system() as work:
        import_package(work.session, package(**TABLES), source_name="county", licence="CC BY 4.0")
    return TABLES


@pytest.fixture
def bring(make):
    """Import a package or a taxonomy: `bring(path)`, committed."""

    def take(path, **more):
        with make.system() as work:
            take = load_taxonomy if Path(path).is_file() else import_package
            return take(work.session, path, **more)

    return take


@pytest.fixture(scope="session")
def hsds(shared):  # noqa: F811  as above
    """The specification."""
    return Hsds(shared("hsds/spec-3.1") / "schema")


class Count:
    """How many statements went to the database."""

    number = 0


@pytest.fixture
def count_queries(app):
    """Count statements inside a block."""
    engine = app.extensions["portal"].engine

    @contextmanager
    def counting():
        count = Count()

        def note(*_ignored):
            count.number += 1

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield count
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def named_tables(app):
    """The names of all tables that statements name, as they go by."""
    engine = app.extensions["portal"].engine
    tables = {*Base.metadata.tables, "alembic_version"}
    seen: set[str] = set()

    def note(_connection, _cursor, statement, *_ignored):
        seen.update(set(re.findall(r"\w+", statement)) & tables)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
