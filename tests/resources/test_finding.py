"""Find help beyond a word and a town: choices, slips, wider searches, comparing, the sheet, one's phone."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case
from portal.directory.documents import recount_categories, reindex
from portal.directory.models import DirectorySource, Location, Service, ServiceAtLocation
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice, text_of
from portal.resources import commands
from tests.referrals.places import at, make_place


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def home(client):
    return f"/cases/{client.case}/find-help"


def on_the_map(make, service_id, latitude, longitude):
    """Give a place a point."""
    with make.system() as work:
        link = work.session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == service_id)).one()
        location = work.session.get(Location, link.location_id)
        location.latitude, location.longitude = latitude, longitude
        work.session.flush()
        reindex(work.session, [service_id])
        source = work.session.scalars(select(DirectorySource)).first()
        recount_categories(work.session, source.id)


def look(page, **typed):
    return page.press("Search", **typed)


def test_choices_narrow_and_are_carried_from_page_to_page(make, browser, client):
    for number in range(21):
        make_place(make, f"Pantry {number:02}", language="Spanish")
    make_place(make, "Costly pantry", cost="$20")
    page = browser.as_(client).visit(home(client))
    found = look(page, words="pantry", language="es", free="y", age="30", where="25")
    assert found.says("21 places")
    assert not found.has_link("Costly pantry")
    more = found.press("More places")
    assert more.has_button("Page before")
    assert more.soup.select_one("select[name=language] option[selected]")["value"] == "es"
    assert more.soup.select_one("input[name=free][checked]")
    assert more.soup.select_one("details.reveal[open]"), "what was chosen stays in sight"
    assert found.url == home(client), "nothing that was asked stands in the address"


@pytest.mark.parametrize("typed", [{"where": "1000"}, {"when": "x"}, {"language": "zz"}, {"age": "1e9"}])
def test_odd_choices_are_answered_kindly(make, browser, client, typed):
    make_place(make)
    assert look(browser.as_(client).visit(home(client)), words="counselling", **typed).status in {200, 422}


def test_a_result_says_how_far_why_and_when_it_was_checked(make, browser, client):
    near, far = make_place(make, "Near hall", category="Food"), make_place(make, "Far hall", category="Food")
    on_the_map(make, near, 41.70, -99.58)
    on_the_map(make, far, 41.90, -99.58)
    with clock.frozen_at(at(4, 8, 10)):
        page = look(browser.as_(client).visit(home(client)), words="food", place="Rivertown", where="10")
    assert page.says("1 place within 10 miles of Rivertown") or page.says("2 places within 10 miles of Rivertown")
    row = page.soup.select_one("#results li.row").get_text(" ", strip=True)
    assert re.search(r"[\d.]+ miles?, 12 Mill Street", row)
    assert "Kind of help: Food" in row
    assert "Bring: Insurance card" in row
    assert "Checked Tue, Apr 1" in row


def test_a_slip_is_offered_and_said(make, browser, client):
    make_place(make, "Harbour Shelter")
    page = look(browser.as_(client).visit(home(client)), words="a shleter")
    assert page.says("No place has the word “shleter”. These have “shelter”.")
    assert page.has_link("Harbour Shelter")
    again = page.press("shelter")
    assert again.soup.select_one("input[name=words]")["value"] == "a shelter"
    assert not again.says("Did you mean")


def test_nothing_found_offers_the_nearest_wider_search(make, browser, client):
    make_place(make, "River pantry", cost="$5")
    page = look(browser.as_(client).visit(home(client)), words="pantry", free="y")
    assert page.says("We found no place for that")
    wide = page.press("Also places that cost money (1)")
    assert wide.has_link("River pantry")


def test_near_me_asks_where(make, browser, client):
    make_place(make, "River pantry")
    page = look(browser.as_(client).visit(home(client)), words="pantry near me")
    assert page.says("Near where? Write your town or ZIP code.")
    assert page.has_link("River pantry")


def test_a_town_that_is_not_on_the_map_is_said(make, browser, client):
    make_place(make, "River pantry")
    page = look(browser.as_(client).visit(home(client)), words="pantry", place="Rivertown")
    assert page.says("We do not know where “Rivertown” is on the map.")


def test_the_beginning_of_a_word_is_enough(make, browser, client):
    make_place(make, "River pantry", category="Pantries and meals")
    form = browser.as_(client).visit(home(client))
    page = form.press("Help me with the word", words="free pan")
    assert page.heading == "Find the word"
    assert page.has_link("Pantries and meals")
    found = page.press("pantry")
    assert found.has_link("River pantry")
    assert form.press("Help me with the word", words="x").says("We know no word that begins like this.")


def test_two_or_three_places_side_by_side(make, browser, client):
    ids = [str(make_place(make, name, cost=cost)) for name, cost in (("One", "Free"), ("Two", "$3"), ("Three", "$4"))]
    mine = browser.as_(client)
    listed = look(mine.visit(home(client)), words="somebody listens")
    page = listed.press("Compare", service=ids[:2])
    assert [row.get_text(strip=True) for row in page.soup.select("tbody th a")] == ["One", "Two"]
    assert page.says("$3")
    fourth = str(make_place(make, "Four"))
    assert mine.visit(f"{home(client)}/compare", query={"service": [*ids, fourth]}).says("3 places at a time")
    assert mine.visit(f"{home(client)}/compare", query={"service": ["x", ids[0]]}).says("Tick two or three places")
    sheet = page.follow("Take these along")
    assert sheet.heading == "Places to go"
    assert sheet.says("Two")


def test_a_sheet_has_codes_to_call_and_to_find_the_way(make, browser, client):
    service = make_place(make, phone="(555) 555-0142")
    on_the_map(make, service, 41.70, -99.58)
    page = browser.as_(client).visit(f"{home(client)}/{service}").follow("Print to take along")
    assert [image.parent.get_text(strip=True) for image in page.soup.select("main img")] == [
        "A code for a phone: calls the place", "A code for a phone: shows the way",
    ]  # fmt: skip
    assert all(image["src"].startswith("data:image/svg+xml") for image in page.soup.select("main img"))
    assert page.says("Insurance card")
    assert browser.as_(client).visit(f"{home(client)}/take-along").says("Choose a place first.")


def test_a_place_is_sent_to_ones_phone_without_a_word_about_it(make, browser, client):
    service = make_place(make, "Secret shelter")
    mine = browser.as_(client)
    page = mine.visit(f"{home(client)}/{service}").press("Send to my phone")
    assert page.status == 422
    assert page.says("We have no safe number or email for you.")
    make.contact(client, "ana@example.org")
    mine.visit(f"{home(client)}/{service}").press("Send to my phone")
    with make.system() as work:
        (message,) = work.session.scalars(select(OutboxMessage)).all()
        assert (message.notice, message.person_id, message.secret) == (Notice.KEPT_FOR_YOU, client.id, "")
    says = text_of(Notice.KEPT_FOR_YOU, "https://portal.example", "")
    assert "https://portal.example/kept" in says.body
    assert "place" not in (says.subject + says.body).lower()
    assert mine.visit("/kept").has_link("Secret shelter")
    assert make.events(client.case) == [Event.PLACE_SAVED, Event.PLACE_SENT]


def test_the_note_leads_staff_nowhere(browser, worker):
    assert browser.as_(worker).visit("/kept").status == 200


def test_sending_again_keeps_one_place(make, client):
    service = make_place(make)
    make.contact(client, "ana@example.org")
    for _ in range(2):
        with make.work(client) as work:
            commands.send(work, work.get(Case, client.case), service)
    assert make.events(client.case).count(Event.PLACE_SAVED) == 1


def test_outsiders_find_no_page_of_these(make, browser, client):
    service = make_place(make)
    other = browser.as_(make.client("Else", profile="brokerage"))
    for path in ("", "/compare", "/take-along", f"/{service}", f"/{service}/wrong"):
        assert other.visit(home(client) + path).status == 404


def test_a_place_not_checked_for_long_sinks(make, browser, client):
    make_place(make, "Pantry old", checked_on=date(2020, 1, 1))
    make_place(make, "Pantry new", checked_on=clock.now().date() - timedelta(days=3))
    page = look(browser.as_(client).visit(home(client)), words="pantry")
    assert [a.get_text() for a in page.soup.select("#results a.row__title")] == ["Pantry new", "Pantry old"]
    with make.system() as work:
        assert work.session.scalars(select(Service)).all()
