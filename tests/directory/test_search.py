"""Search. The first part runs what ohana-api tests of its own search against ours, on the same made-up places."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from portal.directory.detail import service_detail
from portal.directory.documents import reindex
from portal.directory.importer import import_package
from portal.directory.models import ResourceKind, SearchDocument, Service, TaxonomyTerm
from portal.directory.search import MOST_RESULTS, Query, categories_in_use, hit_of, search
from tests.directory.burlingame import TABLES

NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
ZONE = "America/Los_Angeles"


@pytest.fixture
def places(session, package):
    import_package(session, package(**TABLES), source_name="burlingame", now=NOW)
    return session


def find(session, words="", **more):
    return search(session, Query(words=words, **more), now=NOW, zone=ZONE)


def names(session, words="", **more):
    return [hit.name for hit in find(session, words, **more).hits]


@pytest.mark.parametrize(
    ("one", "many"),
    [("job", "jobs"), ("service", "services"), ("book", "books"), ("emergency", "emergencies"), ("pantry", "pantries")],
)
def test_singular_finds_plural_and_back(places, one, many):
    assert names(places, one) == names(places, many) != []


def test_keywords_and_organisations_are_found(places):
    assert names(places, "stood famp") == ["Literacy Program"]
    assert names(places, "food stamp") == ["Reading room"]


def test_all_words_must_match(places):
    assert names(places, "library books jobs") == ["Reading room"]
    assert names(places, "yummy soup") == []


def test_a_category_name_lifts(places):
    found = names(places, "food")
    assert found[0] == "Market"
    assert set(found) == {"Market", "Far kitchen", "Soup", "Literacy Program", "Reading room"}


def test_an_unknown_word_finds_nothing(places):
    nothing = find(places, "asdfgh")
    assert (nothing.hits, nothing.total, nothing.has_more, nothing.widened) == ((), 0, False, False)


def test_words_and_place_together(places):
    assert set(names(places, "jobs", place="Burlingame")) == {"Job training", "Reading room"}
    assert names(places, "jobs", place="La Honda") == ["Market"]


def test_a_place_is_a_town_a_postal_code_or_a_county(places):
    assert set(names(places, place="burlingame, CA")) == {"Job training", "Reading room"}
    assert set(names(places, place="94010")) == {"Job training", "Reading room"}
    assert names(places, place="94030") == names(places, place="94030-1234") == ["Far kitchen"]
    assert set(names(places, place="San Mateo")) == {"Soup", "Reading room"}


@pytest.mark.parametrize("place", ["00000", "94403ab", "zz", "(", "\"'", "AND"])
def test_an_unknown_place_is_no_error(places, place):
    found = find(places, place=place)
    assert found.total == (0 if any(c.isalnum() for c in place) else 6)


def test_categories(places):
    assert names(places, category="Food") == ["Market"]
    assert names(places, category="food pantry") == ["Market"]
    assert names(places, category="101-01") == ["Market"]
    assert set(names(places, category="education")) == {"Market", "Reading room"}
    assert set(names(places, category=["FOOD", "ÉDUCATION"])) == {"Market", "Reading room"}
    assert names(places, "jobs", category=["food", "education"]).count("Market") == 1
    assert names(places, category="no such") == []
    assert len(names(places, category=["", " "])) == 6
    term = places.scalars(select(TaxonomyTerm).where(TaxonomyTerm.name == "Food")).one()
    assert names(places, category=term.id) == names(places, category=str(term.id)) == ["Market"]
    assert names(places, category=uuid4()) == []


def test_only_categories_in_use_are_offered(places):
    assert [(c.name, c.depth, c.services) for c in categories_in_use(places)] == [
        ("Éducation", 0, 2),
        ("Food", 0, 1),
        ("Food Pantry", 1, 1),
    ]


def test_equal_categories_of_two_sources_are_one(places, package):
    other = {"taxonomy_terms": "id,name\nf,FOOD", "organizations": "id,name,description\no,Other,x"}
    services = "id,organization_id,name\ns,o,Other food"
    attributes = "id,link_id,link_entity,taxonomy_term_id\na,s,service,f"
    import_package(places, package("other", **other, services=services, attributes=attributes), now=NOW)
    food = next(c for c in categories_in_use(places) if c.path == "food")
    assert food.services == 2
    assert set(names(places, category=food.id)) == {"Market", "Other food"}


def test_everything_is_listed_by_name(places):
    assert names(places) == ["Far kitchen", "Job training", "Literacy Program", "Market", "Reading room", "Soup"]


def test_defunct_services_are_not_found(places):
    assert "Old program" not in names(places, "jobs")


def test_missing_things_are_empty(places):
    hit = find(places, "literacy").hits[0]
    assert (hit.address, hit.town, hit.phone, hit.cost, hit.languages) == ("", "", "", "", ())
    assert (hit.checked_on, hit.stale, hit.opening.door) == (None, True, "unknown")


def test_what_a_hit_says(places):
    hit = find(places, "books").hits[0]
    assert (hit.name, hit.organization, hit.town, hit.address) == (
        "Reading room", "Food Stamps", "Burlingame", "250 Myrtle Rd",
    )  # fmt: skip
    assert (hit.cost, hit.languages, hit.places) == ("Free", ("Arabic", "Spanish"), 1)
    assert hit.resource_kind is ResourceKind.FORMAL
    assert (hit.latitude, hit.longitude) == (37.5809, -122.3431)


@pytest.mark.parametrize(
    "words",
    ['"books"', "books'", "book*", "b:books", "books AND", "OR books", "NOT books", "-books", "(books", "books)", '"',
     "books;--", "{books}: books", "books NEAR/2", "%books_", "\\books", "books\x00"],
)  # fmt: skip
def test_punctuation_is_harmless(places, words):
    found = find(places, words)
    assert found.hits


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words=st.text(max_size=60), place=st.text(max_size=20), category=st.text(max_size=20))
@example(words="\0", place="\0", category="food\0")
def test_no_text_is_an_error(places, words, place, category):
    assert find(places, words, place=place, category=category).total >= 0


def test_accents_are_forgiven(places, package):
    folder = package("es", organizations="id,name\n1,Clínica", services="id,organization_id,name\n1,1,Atención a niños")
    import_package(places, folder, now=NOW)
    for words in ("atencion", "ATENCIÓN", "niño", "ninos clinica"):
        assert names(places, words) == ["Atención a niños"], words


def test_arabic_is_found(places, package):
    folder = package("ar", organizations="id,name\n1,مركز", services="id,organization_id,name\n1,1,المساعدة الغذائية")
    import_package(places, folder, now=NOW)
    assert names(places, "مساعدة") == ["المساعدة الغذائية"]


def test_a_sentence_falls_back_to_any_of_its_words(places):
    found = find(places, "where can I get warm soup and a bed tonight")
    assert found.widened
    assert found.hits[0].name == "Soup"


def test_equal_rank_is_newest_first(session, package):
    rows = "\n".join(f"{n},o,Shelter {'abcdef'[n]}" for n in range(6))
    import_package(session, package(organizations="id,name\no,O", services=f"id,organization_id,name\n{rows}"), now=NOW)
    found = find(session, "shelter").hits
    numbers = dict(session.execute(select(SearchDocument.service_id, SearchDocument.number)).all())
    assert [numbers[hit.service_id] for hit in found] == sorted(numbers.values(), reverse=True)


def test_pages(session, package):
    rows = "\n".join(f"{n:03},o,Food {n:03}" for n in range(45))
    import_package(session, package(organizations="id,name\no,O", services=f"id,organization_id,name\n{rows}"), now=NOW)
    for words in ("food", ""):
        pages = [find(session, words, page=page) for page in (1, 2, 3, 4)]
        assert [len(page.hits) for page in pages] == [20, 20, 5, 0]
        assert [page.total for page in pages] == [45] * 4
        assert [page.has_more for page in pages] == [True, True, False, False]
        assert len({hit.service_id for page in pages for hit in page.hits}) == 45
    assert find(session, "food", page=-3, size=10_000).size == 100
    assert find(session, "food", page=10**9).hits == ()


def test_a_long_list_is_counted_only_so_far(session, package):
    rows = "\n".join(f"{n},o,Food {n}" for n in range(MOST_RESULTS + 30))
    import_package(session, package(organizations="id,name\no,O", services=f"id,organization_id,name\n{rows}"), now=NOW)
    first = find(session, "food")
    assert (first.total, first.capped, first.has_more) == (MOST_RESULTS, True, True)
    last = find(session, "food", page=MOST_RESULTS // 20)
    assert len(last.hits) == 20
    assert not last.has_more


def statements(session, act):
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731  three lines for a list would say no more
    event.listen(session.get_bind(), "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", listen)
    return len(seen)


def test_a_page_takes_few_queries(places):
    assert statements(places, lambda: find(places, "jobs", place="Burlingame", category="education")) <= 5
    assert statements(places, lambda: find(places, "jobs", place="94010", miles=5, category="education")) <= 5
    assert statements(places, lambda: find(places, "where is there some food and a bed", category="food")) <= 9
    ids = places.scalars(select(Service.id).order_by(Service.id)).all()
    assert statements(places, lambda: hit_of(places, ids, NOW, ZONE)) == 1
    assert statements(places, lambda: service_detail(places, ids[0], now=NOW, zone=ZONE)) <= 3


def test_an_edited_service_is_found_by_its_new_words(places):
    service = places.scalars(select(Service).where(Service.name == "Soup")).one()
    service.name, service.checked_on = "Chowder", date(2025, 4, 1)
    places.flush()
    assert reindex(places, [service.id]) == 1
    assert names(places, "chowder") == ["Chowder"]
    assert "Chowder" in names(places, "soup")
    hit = hit_of(places, [service.id], NOW, ZONE)[service.id]
    assert (hit.checked_on, hit.stale) == (date(2025, 4, 1), False)
    service.closed_at = NOW
    places.flush()
    assert reindex(places, [service.id]) == 0
    assert names(places, "chowder") == []
    assert hit_of(places, [service.id], NOW, ZONE) == {}


def test_a_service_that_goes_leaves_no_trace_in_the_index(places):
    for document in places.scalars(select(SearchDocument).order_by(SearchDocument.number)):
        places.delete(document)
    places.flush()
    assert find(places, "jobs").total == 0
    reindex(places, places.scalars(select(Service.id).order_by(Service.id)).all())
    assert find(places, "jobs").total == 3


def test_a_temporarily_closed_service_is_found_and_not_called_open(session, package):
    folder = package(
        organizations="id,name\no,O",
        services="id,organization_id,name,status\ns,o,Pool,temporarily closed",
        schedules='id,service_id,freq,byday,opens_at,closes_at\nh,s,WEEKLY,"MO,TU,WE,TH,FR,SA,SU",00:00,23:59',
    )
    import_package(session, folder, now=NOW)
    hit = find(session, "pool").hits[0]
    assert (hit.status, hit.opening.door) == ("temporarily closed", "unknown")


def test_the_page_of_one_service(session, package):
    folder = package(
        organizations="id,name\no,Org",
        programs="id,organization_id,name\ng,o,Program",
        services="id,organization_id,program_id,name,assured_date,minimum_age\ns,o,g,Meals,2025-01-01,18",
        locations="id,name\nl,Hall",
        service_at_location="id,service_id,location_id\nx,s,l",
        addresses="id,location_id,address_1,address_2,city\na,l,1 Main St,Floor 2,Peoria",
        phones="id,service_id,location_id,organization_id,number,type\n1,,,o,555-0103,voice\n2,,l,,555-0102,voice\n"
        "3,s,,,555-0101,fax\n4,s,,,555-0100,voice",
        languages="id,service_id,code\n1,s,es",
        required_documents="id,service_id,document\n1,s,Photo ID\n2,s,Proof of address",
        accessibility="id,location_id,description\n1,l,Ramp",
        cost_options="id,service_id,option,currency,amount\n1,s,Adults,usd,5",
        schedules="id,service_id,location_id,freq,byday,opens_at,closes_at,description\n"
        '1,,l,WEEKLY,"MO,TU",08:00,10:00,Doors on the left',
        contacts="id,service_id,name\n1,s,Maria",
        taxonomy_terms="id,name\nt,Food",
        attributes="id,link_id,link_entity,taxonomy_term_id\n1,s,service,t",
        service_areas="id,service_id,name\n1,s,Peoria County",
    )
    import_package(session, folder, now=NOW)
    key = session.scalars(select(Service.id)).one()
    page = service_detail(session, key, now=NOW, zone="UTC")
    assert page is not None
    assert page.organization is not None
    assert page.program is not None
    assert page.phone is not None
    assert (page.organization.name, page.program.name, page.places[0].address_line) == (
        "Org", "Program", "1 Main St, Floor 2",
    )  # fmt: skip
    assert page.what_to_bring == ("Photo ID", "Proof of address")
    assert (page.languages, page.categories, page.areas) == (("Spanish",), ("Food",), ("Peoria County",))
    assert page.phone.number == "555-0100"
    assert page.places[0].accessibility[0].description == "Ramp"
    assert page.cost == "Adults: $5.00"
    assert page.opening.door == "closed"
    assert page.opening.next is not None
    assert page.opening.next.hour == 8
    assert page.hours_notes == ("Doors on the left",)
    assert (page.checked_on, page.stale, page.gone) == (date(2025, 1, 1), False, False)
    assert page.service.minimum_age == 18
    assert service_detail(session, uuid4()) is None
