"""Find help: words are sent and never in an address; a place's page says all one needs to go there."""

from datetime import date, time

import pytest

from portal import clock
from portal.cases.models import Case
from portal.directory.documents import reindex
from portal.directory.models import Location, Schedule, Service, ServiceAtLocation
from portal.resources import panel
from tests.referrals.places import at, make_place

#: A place's page reads its facts from a dozen tables of the directory, in three statements.
PLACE_BUDGET = 8


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def home(client):
    return f"/cases/{client.case}/find-help"


def test_words_find_a_place_and_stay_out_of_the_address(make, browser, client):
    make_place(make, "Mill Street Food Bank", description="Bags of food each week.", category="Food")
    make_place(make, "Harbour Shelter", category="Housing")
    page = browser.as_(client).visit(home(client)).press("Search", words="food")
    assert page.status == 200
    assert page.url == home(client)
    assert page.says("1 place")
    assert page.has_link("Mill Street Food Bank")
    assert not page.has_link("Harbour Shelter")


@pytest.mark.parametrize("words", ["", "   ", '"', "'; drop table", "AND OR NOT *", "a" * 200])
def test_nothing_one_types_is_an_error(make, browser, client, words):
    make_place(make)
    assert browser.as_(client).visit(home(client)).press("Search", words=words).status == 200


def test_too_many_words_are_said_beside_the_box(browser, client):
    page = browser.as_(client).visit(home(client)).press("Search", words="a" * 201)
    assert page.status == 422
    assert page.says("This is 1 letter too long.")


def test_a_town_narrows(make, browser, client):
    make_place(make, "Food here", town="Rivertown", category="Food")
    make_place(make, "Food there", town="Hillside", category="Food")
    page = browser.as_(client).visit(home(client)).press("Search", words="food", place="Hillside")
    assert page.has_link("Food there")
    assert not page.has_link("Food here")


def test_nothing_found_says_what_to_try(browser, client):
    page = browser.as_(client).visit(home(client)).press("Search", words="unicorn")
    assert page.says("We found no place for that")


def test_a_category_is_looked_through_and_paged(make, browser, client):
    for number in range(21):
        make_place(make, f"Pantry {number:02}", category="Food")
    make_place(make, "Shelter", category="Housing")
    page = browser.as_(client).visit(home(client))
    assert page.has_link("Food")
    page = page.follow("Food")
    assert page.says("21 places")
    assert page.has_link("Pantry 00")
    page = page.follow("More places")
    assert page.has_link("Pantry 20")
    assert page.has_link("Page before")
    assert not page.has_link("Shelter")


def test_words_are_paged_without_an_address_too(make, browser, client):
    for number in range(21):
        make_place(make, f"Pantry {number:02}", category="Food")
    page = browser.as_(client).visit(home(client)).press("Search", words="pantry")
    again = page.press("More places")
    assert again.url == home(client)
    assert len(again.soup.select("#results a.row__title")) == 1
    assert again.press("Page before").says("21 places")


@pytest.mark.parametrize("query", [{"category": "nonsense"}, {"category": "0" * 32}, {"page": "x"}, {"page": "-5"}])
def test_an_odd_address_is_no_error(make, browser, client, query):
    make_place(make)
    assert browser.as_(client).visit(home(client), query=query).status == 200


def test_the_search_costs_the_same_for_many(make, browser, client):
    for number in range(12):
        make_place(make, f"Pantry {number:02}", category=f"Kind {number}")
    browser.as_(client).visit(home(client), budget=8)
    page = browser.as_(client).visit(home(client))
    page.browser.visit(home(client), query={"category": category_of(page)}, budget=10)


def category_of(page):
    link = next(a for a in page.soup.select("a") if a.get_text(strip=True) == "Kind 0")
    return link["href"].partition("category=")[2]


def test_a_place_says_all_one_needs(make, browser, client):
    service = make_place(make, url="https://centre.example/start")
    with clock.frozen_at(at(4, 8, 10)):
        page = browser.as_(client).visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
    for words in (
        "Open today until 5:00", "Mon–Fri", "12 Mill Street, Rivertown, 60601", "Insurance card", "Free", "English",
        "April 1, 2025", "River County", "centre.example",
    ):  # fmt: skip
        assert page.says(words), words
    assert page.soup.select_one('a[href="tel:555-0142"]')
    assert page.heading == "Counselling centre"
    assert "Counselling" not in page.title


def second_place(make, service_id, byday):
    """Another place of the service with hours of its own; the first place keeps weekdays, as hours of that place."""
    with make.system() as work:
        service = work.session.get(Service, service_id)
        (link,) = work.session.query(ServiceAtLocation).filter_by(service_id=service_id)
        (usual,) = work.session.query(Schedule).filter_by(service_id=service_id)
        usual.service_id, usual.service_at_location_id = None, link.id
        same = {"source_id": service.source_id}
        hall = Location(**same, external_id="hall", name="Parish hall", organization_id=service.organization_id)
        work.session.add(hall)
        work.session.flush()
        there = ServiceAtLocation(**same, external_id="there", service_id=service_id, location_id=hall.id)
        work.session.add(there)
        work.session.flush()
        own = {"freq": "WEEKLY", "byday": byday, "opens_at": time(13), "closes_at": time(15)}
        work.session.add(Schedule(**same, external_id="own", service_at_location_id=there.id, **own))
        work.session.flush()
        reindex(work.session, [service_id])


def test_hours_of_two_places_are_told_apart(make, browser, client):
    service = make_place(make)
    second_place(make, service, "SA")
    with clock.frozen_at(at(4, 8, 10)):
        page = browser.as_(client).visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
        found = browser.as_(client).visit(home(client)).press("Search", words="counselling")
    panels = {panel.h2.get_text(strip=True): panel for panel in page.soup.select("section.panel")}
    first, hall = (spot.get_text(" ") for spot in panels["Where"].select("div:has(> p)"))
    assert "Open today until 5:00" in first
    assert "Mon–Fri" in first
    assert "Sat" not in first
    assert "Closed now. Opens Sat, Apr 12 at 1:00" in hall
    assert "Mon–Fri" not in hall
    assert "Hours" not in panels
    assert found.says("Open today until 5:00")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "http:///x"])
def test_only_web_pages_are_linked(make, browser, client, url):
    service = make_place(make, url=url)
    page = browser.as_(client).visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
    assert not [a for a in page.soup.select("a[href]") if a["href"].startswith(url[:6])]


def test_a_place_that_nobody_checked_says_call_first(make, browser, client):
    old = make_place(make, "Old", checked_on=date(2020, 1, 1))
    never = make_place(make, "Never", checked_on=None)
    for service in (old, never):
        page = browser.as_(client).visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
        assert page.says("Call first.")


def test_save_and_ask(make, browser, client):
    service = make_place(make)
    mine = browser.as_(client)
    page = mine.visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
    sent = page.fields_of("Save this place")
    mine.client.post(page.action_of("Save this place"), data=sent)
    start = mine.visit(home(client))
    assert start.has_link("Counselling centre")
    page = mine.visit(f"{home(client)}/{service}", budget=PLACE_BUDGET)
    assert page.has_button("Take off my list")
    asked = {**page.fields_of("Ask about this place"), "words": "?"}
    mine.client.post(page.action_of("Ask about this place"), data=asked)
    assert mine.visit(f"{home(client)}/{service}", budget=PLACE_BUDGET).says("You asked")


def test_ask_for_a_place(browser, client):
    form = browser.as_(client).visit(home(client)).follow("Ask your case manager to look")
    assert form.press("Send", words=" ").says("Write what you are looking for.")
    page = form.press("Send", words="A quiet place to study")
    assert page.says("A quiet place to study")


def test_staff_refer_from_a_place_and_cannot_save(make, browser, worker, client):
    service = make_place(make)
    page = browser.as_(worker).visit(f"{home(client)}/{service}", budget=PLACE_BUDGET + 6)
    assert not page.has_button("Save this place")
    form = page.follow("Refer to this place")
    assert form.heading == "Offer a place"
    assert form.says("Counselling centre")
    assert form.fields_of("Offer this place")["what_to_bring"] == ["Insurance card"]


def test_another_place_is_looked_for_on_the_ground_of_an_earlier_try(make, browser, worker, client):
    service = make_place(make)
    form = browser.as_(worker).visit(f"/cases/{client.case}/referrals/new", query={"service": str(service)})
    first = form.press("Offer this place", led_by="client", need="Vertigo")
    page = first.follow("Offer another place instead").press("Search", words="counselling")
    link = page.soup.find("a", string="Counselling centre")
    found = page.browser.visit(link["href"], budget=PLACE_BUDGET + 6)
    form = found.follow("Refer to this place")
    assert form.says("This follows an earlier try: Counselling centre.")
    assert form.fields_of("Offer this place")["need"] == ["Vertigo"]


def test_no_such_place(make, browser, client):
    assert browser.as_(client).visit(f"{home(client)}/{make.nobody_id()}").status == 404


@pytest.mark.parametrize("path", ["", "/ask"])
def test_supporters_and_strangers_find_nothing(make, browser, client, path):
    service = make_place(make)
    address = f"{home(client)}/{service}" if not path else home(client)
    assert browser.as_(make.supporter(client)).visit(address).status == 403
    assert browser.as_(make.client("Other")).visit(address).status == 404


def test_the_panel_asks_the_database_nothing(make, client):
    with make.work(client, read_only=True) as work:
        case = work.get(Case, client.case)
        assert panel.panel(work, case) == ("resources/_panel.html", {"case": case})
