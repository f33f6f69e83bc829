"""Search by place, distance, area, language, time, age and the rest; then what ohana-api tests of these (numbered)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.directory import lexicon, marks, places
from portal.directory.documents import reindex, renew
from portal.directory.importer import import_package
from portal.directory.models import EDITION, SearchDocument, SearchFacet, Service
from portal.directory.places import NoPoint, miles_of, place_of, point_of
from portal.directory.search import NEARBY, Query, nearby, search
from portal.directory.synonyms import Concept, concepts, lines_of, use
from portal.directory.why import Where, reasons
from portal.directory.wider import Step, wider
from tests.directory.burlingame import TABLES

#: A Monday, 8 in the morning at the places.
NOW = datetime(2025, 4, 7, 15, tzinfo=UTC)
ZONE = "America/Los_Angeles"
LIBRARY, AGENCY = (37.5809, -122.3431), (37.5839, -122.3716)

TOWN = {
    "organizations": "id,name,email\no,River Aid,hello@river.example\np,Lone Oak,oak@gmail.com",
    "services": "id,organization_id,name,description,status,minimum_age,maximum_age,fees_description,"
    "eligibility_description,assured_date\n"
    "day,o,Day kitchen,Meals at noon,active,,,Free,Everyone,2025-03-01\n"
    "night,o,Night kitchen,Meals at night,active,18,,,Women,2025-03-01\n"
    "kids,o,Young kitchen,Meals after school,active,6,17,$2,Children,2025-03-01\n"
    "old,p,Old kitchen,Meals for all,active,,,,,2019-03-01\n"
    "line,o,Meal line,Meals sent by post,active,,,,,2025-03-01\n",
    "locations": "id,name,latitude,longitude,location_type\nl1,Hall,41.70,-99.58,physical\n"
    "l2,Barn,41.75,-99.60,physical\nl3,Far farm,42.20,-99.60,physical\nl4,Oak,41.701,-99.581,physical",
    "service_at_location": "id,service_id,location_id\n1,day,l1\n2,night,l2\n3,kids,l3\n4,old,l4",
    "addresses": "id,location_id,address_1,city,region,state_province,postal_code\n"
    "1,l1,1 Main,Ada,Elm County,NE,69701\n2,l2,2 Main,Ada,Elm County,NE,69701\n"
    "3,l3,3 Main,Bow,Fir County,NE,69713\n4,l4,4 Main,Ada,Elm County,NE,69701",
    "service_areas": "id,service_id,name\n1,line,Elm and Fir Counties\n2,kids,Fir County\n3,old,Nebraska",
    "languages": "id,service_id,name,code\n1,day,English,en\n2,day,Spanish,es\n3,night,,ar\n4,kids,English,",
    "schedules": "id,service_id,freq,byday,opens_at,closes_at,valid_from,valid_to,closed\n"
    '1,day,WEEKLY,"MO,TU,WE",07:30,08:30,,,\n2,night,WEEKLY,"MO,SU",22:00,06:00,,,\n3,kids,WEEKLY,SA,10:00,12:00,,,',
    "accessibility": "id,location_id,description\n1,l1,Wheelchair ramp at the side\n2,l2,No wheelchair access",
    "required_documents": "id,service_id,document\n1,night,Photo ID\n2,kids,A bag",
}


@pytest.fixture
def burlingame(session, package):
    import_package(session, package(**TABLES), source_name="burlingame", now=NOW)
    return session


@pytest.fixture
def town(session, package):
    import_package(session, package(**TOWN), source_name="town", now=NOW)
    return session


def find(session, words="", **more):
    return search(session, Query(words=words, **more), now=NOW, zone=ZONE)


def names(session, words="", **more):
    return [hit.name for hit in find(session, words, **more).hits]


# --- Place, distance, area ---


def test_near_a_town_is_a_circle_and_says_how_far(town):
    near = find(town, place="Ada, NE", miles=10)
    assert [hit.name for hit in near.hits] == ["Day kitchen", "Old kitchen", "Night kitchen"]
    assert near.near == "Ada"
    assert all(0 < hit.miles < 4 for hit in near.hits)
    assert set(names(town, place="ada", miles=50)) >= {"Young kitchen"}
    assert names(town, "meals", place="69701", miles=10)[-1] == "Old kitchen", "not checked for six years: it sinks"


def test_a_postal_code_without_addresses_lies_near_its_neighbours(town):
    assert set(names(town, place="69799", miles=25)) >= {"Day kitchen"}
    assert names(town, place="11111", miles=25) == []
    assert find(town, "meals", place="Atlantis", miles=10).near == ""


def test_whom_a_service_helps_is_another_thing_than_how_far_it_is(town):
    assert names(town, "meals", place="Ada", serves=True) == ["Meal line", "Old kitchen"]
    assert set(names(town, "meals", place="Bow", serves=True)) == {"Meal line", "Young kitchen", "Old kitchen"}
    assert names(town, place="69701", serves=True) == ["Meal line", "Old kitchen"]
    assert names(town, "meals", area="fir county") == names(town, "meals", area="Fir")


def test_a_list_of_postal_codes_lends_points(session, package, tmp_path):
    listed = tmp_path / "zcta.txt"
    listed.write_text("GEOID\tALAND\tINTPTLAT\tINTPTLONG   \n60601\t1\t41.88\t-87.62\nbad\t1\tx\ty\n")
    assert places.load_list(session, listed) == 1
    folder = package(
        organizations="id,name\no,O", services="id,organization_id,name\ns,o,Desk",
        locations="id,name\nl,Office", service_at_location="id,service_id,location_id\n1,s,l",
        addresses="id,location_id,address_1,city,postal_code\n1,l,1 A,Chicago,60601-1234",
    )  # fmt: skip
    import_package(session, folder, now=NOW)
    spot = place_of(session, "60601")
    assert spot is not None
    assert spot.point == (41.88, -87.62)
    assert names(session, place="60601", miles=1) == ["Desk"]
    listed.write_text("a,b\n1,2\n")
    with pytest.raises(NoPoint):
        places.load_list(session, listed)


# --- Everything else one can choose ---


def test_language_cost_access_papers_and_people(town):
    assert names(town, "meals", language="español") == names(town, "meals", language=["es"]) == ["Day kitchen"]
    assert set(names(town, "meals", language=["Arabic", "Spanish"])) == {"Day kitchen", "Night kitchen"}
    assert names(town, "meals", language="Klingon") == []
    assert names(town, "meals", free=True) == ["Day kitchen"]
    assert names(town, "meals", wheelchair=True) == ["Day kitchen"]
    assert "Night kitchen" not in names(town, "meals", no_papers=True)
    assert "Young kitchen" in names(town, "meals", no_papers=True), "a bag is no paper"
    assert names(town, "meals", audience="women") == ["Night kitchen"]
    assert names(town, "meals", audience="nobody") == []


def test_an_age_leaves_out_only_those_that_name_another(town):
    everyone = {"Day kitchen", "Old kitchen", "Meal line"}
    assert set(names(town, "meals", age=10)) == everyone | {"Young kitchen"}
    assert set(names(town, "meals", age=17.5)) == everyone | {"Young kitchen"}
    assert set(names(town, "meals", age=18)) == everyone | {"Night kitchen"}
    assert set(names(town, age=130)) == everyone | {"Night kitchen"}


def test_open_now_is_exact_to_the_minute_and_overnight(town):
    assert names(town, "meals", open_now=True) == ["Day kitchen"]
    late = search(town, Query(words="meals", open_now=True), now=NOW.replace(minute=40), zone=ZONE)
    assert late.total == 0, "the index knows the hour, the results know the minute"
    night = datetime(2025, 4, 8, 12, tzinfo=UTC)  # five in the morning of the next day
    assert [h.name for h in search(town, Query(open_now=True), now=night, zone=ZONE).hits] == ["Night kitchen"]
    assert names(town, place="Ada", miles=10, open_now=True) == ["Day kitchen"]
    assert set(names(town, "meals", evenings=True)) == {"Night kitchen"}
    assert set(names(town, "meals", weekends=True)) == {"Night kitchen", "Young kitchen"}


def test_languages_in_use_are_counted(town):
    rows = town.scalars(select(SearchFacet).order_by(SearchFacet.services.desc(), SearchFacet.key)).all()
    assert [(row.key, row.services) for row in rows] == [("en", 2), ("ar", 1), ("es", 1)]


# --- Words ---


def test_a_slip_is_told_and_never_silently_mended(town):
    found = find(town, "kichen")
    assert found.unknown == (("kichen", ("kitchen",)),)
    assert found.mended
    assert len(found.hits) == 4
    assert find(town, "kitchen").unknown == ()
    assert find(town, "zzzz").unknown == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shleter", "shelter"),
        ("shletr", "shelter"),
        ("dentel", "dental"),
        ("medicade", "medicaid"),
        ("lawer", "lawyer"),
    ],
)
def test_slips(session, typed, meant):
    tally = lexicon.Tally()
    tally.add(["Shelter", "Dental", "Medicaid", "Medicare", "Lawyer", "Denial", "Food"], [])
    lexicon.learn(session, tally, lexicon.Tally())
    assert lexicon.meant(session, typed)[0] == meant
    assert lexicon.meant(session, "fod") == [], "too short to mend"
    assert lexicon.starting(session, "legal she") == ["shelter"]
    assert lexicon.starting(session, "s") == []


def test_slips_are_counted_as_letters_left_out_put_in_changed_and_swapped():
    assert [lexicon.slips("shelter", other, 2) for other in ("shelter", "shletr", "shelters", "hospital")] == [
        0,
        2,
        1,
        3,
    ]


def test_word_files_can_be_read_and_added_to(town, tmp_path):
    assert list(lines_of("# note\nlight bill, power = energy # why\n= nothing\nnothing =\n")) == [
        (["light bill", "power"], ["energy"])
    ]
    (bill,) = concepts("I can't pay my light bill")[1:]
    assert bill.said == ("light", "bill")
    assert len(bill.phrases) > 3
    (tmp_path / "en.txt").write_text("vittles = meals\n")
    assert names(town, "vittles") == []
    use(tmp_path)
    assert len(names(town, "vittles")) == 5
    use(tmp_path / "nothing")
    assert names(town, "vittles") == []


def test_a_concept_knows_its_own_words():
    (food,) = concepts("comida")
    assert isinstance(food, Concept)
    assert food.said == ("comida",)
    assert "food" in food.stems()


# --- Results ---


def test_results_say_why(town):
    found = find(town, "school women")
    assert found.total == 0
    found = find(town, "noon")
    why = reasons(town, found.hits, found.concepts)
    assert why[found.hits[0].service_id][0].where is Where.TEXT
    who = find(town, "children")
    assert reasons(town, who.hits, who.concepts)[who.hits[0].service_id][0].text == "Children"
    assert reasons(town, [], ()) == {}


def test_nothing_offers_the_nearest_wider_search(town):
    query = Query(words="meals", place="Bow", miles=10, open_now=True, language="es")
    assert find(town, "meals", place="Bow", miles=10, open_now=True, language="es").total == 0
    steps = wider(town, query, now=NOW, zone=ZONE)
    assert [step.step for step in steps] == [Step.FARTHER, Step.ANYWHERE]
    assert (steps[0].told, steps[0].total) == ("50", 1)
    two = wider(town, Query(words="noon goats"), now=NOW, zone=ZONE)
    assert [(step.step, step.told) for step in two] == [(Step.FEWER_WORDS, "noon")]


def test_documents_of_an_earlier_release_are_made_anew(town):
    assert renew(town) == 0
    for document in town.scalars(select(SearchDocument).order_by(SearchDocument.number)):
        document.edition = EDITION - 1
    town.flush()
    assert renew(town) == 5
    assert renew(town) == 0
    assert names(town, "meals", language="es") == ["Day kitchen"]


def test_an_edit_moves_a_place_on_the_map(town):
    day = town.scalars(select(Service).where(Service.name == "Day kitchen")).one()
    day.minimum_age = 60
    town.flush()
    reindex(town, [day.id])
    assert "Day kitchen" not in names(town, "meals", age=30)
    assert names(town, place="Ada", miles=10)[0] == "Day kitchen", "and its points are not there twice"
    assert find(town, place="Ada", miles=10).total == 3


# --- What ohana-api tests of its own search, by its number in DIRECTORY ---


def test_8_a_radius_is_held_between_its_bounds(burlingame):
    assert (miles_of("0.05"), miles_of("90"), miles_of("7.5")) == (0.1, 50.0, 7.5)
    assert names(burlingame, point=AGENCY, miles=0.05) == ["Job training"]
    assert set(names(burlingame, point=AGENCY, miles=500)) == {"Job training", "Reading room", "Market", "Far kitchen"}
    for text in ("", "ten", "nan", "inf"):
        with pytest.raises(NoPoint):
            miles_of(text)
    assert names(burlingame, point=(0, 0), miles=50) == []


def test_9_a_bad_postal_code_finds_nothing(burlingame):
    for code in ("00000", "94403ab"):
        assert names(burlingame, place=code, miles=5) == []


@pytest.mark.parametrize("text", ["37.68-122.41", "Apple,Pear", "91,0", "0,181", "1,2,3", ""])
def test_10_a_bad_point_is_refused(text):
    with pytest.raises(NoPoint):
        point_of(text)


def test_10_and_11_a_point_alone_is_five_miles_nearest_first(burlingame):
    assert point_of(" 37.5839, -122.3716 ") == AGENCY
    assert names(burlingame, point=AGENCY) == ["Job training", "Reading room", "Far kitchen"]
    assert names(burlingame, "jobs", point=LIBRARY, nearest=True) == ["Reading room", "Job training"]


def test_13_languages_are_any_of_and_categories_narrow(burlingame):
    assert set(names(burlingame, language=["Arabic", "French"])) == {"Reading room", "Market"}
    assert names(burlingame, language="Arabic") == ["Reading room"]
    assert names(burlingame, language=["Arabic", "French"], category="food") == ["Market"]


def test_14_services_that_are_over_are_not_found(burlingame):
    assert names(burlingame, "program") == ["Literacy Program"]


def test_15_a_service_area_combines_and_gives_each_once(burlingame):
    assert names(burlingame, area="San Mateo County") == names(burlingame, area="san mateo") == ["Reading room"]
    assert names(burlingame, "jobs", area="San Mateo", place="94010", organization="stamps") == ["Reading room"]
    assert names(burlingame, "soup", area="San Mateo") == []


def test_16_organisations_by_some_or_all_words(burlingame):
    assert set(names(burlingame, organization="food")) == {"Reading room", "Market", "Soup"}
    assert set(names(burlingame, organization="pantry food")) == {"Market", "Soup"}
    assert names(burlingame, organization="food agency") == []
    assert len(names(burlingame, organization="", place="")) == 6


def test_17_what_is_nearby(burlingame):
    ids = dict(burlingame.execute(select(Service.name, Service.id)).all())

    def near(service_id, miles=NEARBY):
        return nearby(burlingame, service_id, miles, now=NOW, zone=ZONE)

    assert near(ids["Job training"]) == []
    assert [hit.name for hit in near(ids["Job training"], 2)] == ["Reading room", "Far kitchen"]
    assert near(ids["Literacy Program"], 50) == []
    assert near(uuid4(), 50) == []
    with pytest.raises(NoPoint):
        near(ids["Job training"], float("nan"))


def test_18_mail_by_domain_but_not_by_a_public_one(burlingame):
    assert set(names(burlingame, email="parent.example")) == {"Job training", "Literacy Program"}
    assert names(burlingame, email="info@parent.example") == names(burlingame, email="@parent.example")
    assert names(burlingame, email="gmail.com") == []
    assert names(burlingame, email="stamps@gmail.com") == ["Reading room"]


def test_20_pages_beyond_the_end_are_empty_and_say_how_many_there_are(burlingame):
    beyond = find(burlingame, page=9)
    assert (beyond.hits, beyond.total, beyond.has_more) == ((), 6, False)
    one = find(burlingame, "jobs", size=2)
    assert (len(one.hits), one.total, one.has_more) == (2, 3, True)
    nothing = find(burlingame, "jobs", point=(0.0, 0.0), page=2)
    assert (nothing.total, nothing.has_more) == (0, False)


# --- Tokens ---


def test_marks():
    assert marks.areas(["Ada and Elm Counties"]) == marks.areas(["Ada County", "Elm"])
    assert marks.area_key("City of Ada") == marks.area_key("Ada County") == "ada"
    assert marks.language("Spanish; Castilian") == marks.language("es") == "les"
    assert marks.too_young_or_old(None, None) == []
    assert marks.too_young_or_old(5, 3) == []
    assert not marks.is_free([["Adults", 5.0, "USD", ""]], "")
    assert marks.is_free([], "No cost to anyone")
    assert not marks.is_free([], "Not free")
