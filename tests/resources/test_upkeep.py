"""Keeping the directory right: anybody tells, staff look into it; who told is not kept, what is put right stays."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.audit.events import Event
from portal.audit.models import SystemEntry
from portal.cases.models import Case
from portal.directory.models import Service, ServiceStatus
from portal.directory.search import Query, search
from portal.directory.twins import Sign, twins
from portal.resources import commands
from portal.resources.models import PlaceTwin, PlaceWord, WordOutcome, Wrong
from portal.web.once import once_key
from tests.referrals.places import make_place


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def told(make, who, service, **more):
    with make.work(who, who.case_id) as work:
        case = work.get(Case, who.case)
        return commands.tell(work, case, service, wrong=more.get("wrong", Wrong.PHONE), words=more.get("words", "")).id


def test_a_client_tells_and_nobody_knows_who_it_was(make, browser, worker, client):
    service = make_place(make)
    form = browser.as_(client).visit(f"/cases/{client.case}/find-help/{service}").follow("Something is wrong here")
    assert form.press("Send", words="It rings at a bakery").says("Choose what is wrong.")
    form.press("Send", wrong="phone", words="It rings at a bakery")
    staff = browser.as_(worker)
    page = staff.visit("/places/upkeep", budget=12)
    assert page.says("The phone number – told by a client")
    assert page.says("It rings at a bakery")
    assert not page.says(client.name)
    with make.system() as work:
        (word,) = work.session.scalars(select(PlaceWord)).all()
        assert not {"person_id", "case_id", "told_by_id"} & {column.name for column in PlaceWord.__table__.columns}
    (entry,) = [e for e in make.entries(client.case) if e.event == Event.PLACE_TOLD_WRONG]
    assert str(service) not in f"{entry.subject} {entry.facts}"
    assert entry.facts == {"wrong": "phone"}
    done = staff.post(f"/places/words/{word.id}", keys(page) | {"outcome": "put_right"})
    assert done.says("Nobody says anything is wrong")
    again = staff.post(f"/places/words/{word.id}", keys(done) | {"outcome": "put_right"})
    assert again.says("A colleague has answered this already.")
    assert staff.post(f"/places/words/{word.id}", keys(done) | {"outcome": "x"}).status == 404


def keys(page):
    return {"csrf_token": page.soup.select_one("[name=csrf_token]")["value"], "once": once_key()}


def test_an_answer_counts_as_a_check_unless_nobody_could_find_out(make, worker, client):
    service, word_id = make_place(make, checked_on=None), make.nobody_id()
    for outcome, checked in ((WordOutcome.UNSURE, False), (WordOutcome.WAS_RIGHT, True)):
        word_id = told(make, client, service)
        with make.work(worker) as work:
            commands.answer(work, work.session.get(PlaceWord, word_id), outcome)
        with make.system() as work:
            place = work.session.get(Service, service)
            assert (place.checked_on == work.today) is checked
            assert (place.checked_by == worker.name) is checked
    with make.work(worker) as work, pytest.raises(commands.AnsweredAlready):
        commands.answer(work, work.session.get(PlaceWord, word_id), WordOutcome.UNSURE)


def test_staff_put_a_place_right_and_find_it_so(make, browser, worker):
    service = make_place(make, "Counselling centre", checked_on=date(2020, 1, 1))
    mine = browser.as_(worker)
    page = mine.visit("/places/upkeep", query={"show": "check"}, budget=12)
    assert page.has_link("Counselling centre")
    form = page.press("Search", words="counselling").follow("Counselling centre")
    assert form.fields_of("Save")["phone"] == ["555-0142"]
    assert form.press("Save", name=" ").says("Write the name of the place.")
    saved = form.press(
        "Save", name="Talking house", phone="555-0199", street="9 New Road", local_note="Ring twice.",
        alert="Closed this week",
    )  # fmt: skip
    assert saved.says("Saved. New lists will not undo it.")
    with make.system() as work:
        (hit,) = search(work.session, Query(words="talking house")).hits
        assert (hit.phone, hit.address, hit.stale, hit.checked_on) == ("555-0199", "9 New Road", False, work.today)
        place = work.session.get(Service, service)
        assert (place.local_note, place.alert, place.checked_by) == ("Ring twice.", "Closed this week", worker.name)
        events = work.session.scalars(select(SystemEntry.event)).all()
        assert {Event.PLACE_EDITED, Event.PLACE_CHECKED} <= set(events)


def test_the_clients_page_shows_the_local_note(make, browser, client):
    service = make_place(make)
    with make.system() as work:
        work.session.get(Service, service).local_note = "Ring twice."
    page = browser.as_(client).visit(f"/cases/{client.case}/find-help/{service}")
    assert page.says("Our note")
    assert page.says("Ring twice.")


def test_staff_add_a_place_that_no_list_has(make, browser, worker):
    form = browser.as_(worker).visit("/places/upkeep").follow("Add a place")
    page = form.press("Save", name="Anna's porch", phone="555-0111", street="3 Porch Lane", town="Rivertown",
                      description="Tea and a chair.")  # fmt: skip
    assert page.says("Added. People can find it now.")
    with make.system() as work:
        (hit,) = search(work.session, Query(words="porch tea")).hits
        assert (hit.name, hit.organization, hit.town, hit.phone) == (
            "Anna's porch",
            "Anna's porch",
            "Rivertown",
            "555-0111",
        )
    again = browser.as_(worker).visit("/places/new")
    assert again.press("Save", name="").says("Write the name of the place.")


def test_checked_today(make, browser, worker):
    make_place(make, checked_on=None)
    page = browser.as_(worker).visit("/places/upkeep", query={"show": "check"}, budget=12)
    assert page.says("Never")
    assert page.press("Checked today Counselling centre").says("Every place was checked in the last half year")


def test_entries_that_are_one_place_are_found_and_judged(make, browser, worker):
    first, second = make_place(make, "River food pantry"), make_place(make, "River Food Pantry")
    make_place(make, "Something else", phone="555-0999")
    with make.system() as work:
        (twin,) = twins(work.session, set(), 10)
        assert {twin.first.service_id, twin.second.service_id} == {first, second}
        assert set(twin.signs) == {Sign.PHONE, Sign.ADDRESS, Sign.NAME}
    staff = browser.as_(worker)
    page = staff.visit("/places/upkeep", query={"show": "twins"}, budget=12)
    page = page.press("Keep the first")
    assert page.says("No two entries look alike")
    with make.system() as work:
        (judged,) = work.session.scalars(select(PlaceTwin)).all()
        assert work.session.get(Service, judged.hidden_id).status is ServiceStatus.INACTIVE
        assert search(work.session, Query(words="river pantry")).total == 1
    bad = keys(page) | {"first": str(first), "second": str(first), "hide": ""}
    assert staff.post("/places/twins", bad).status == 404


def test_two_places_that_only_look_alike_are_left_alone(make, worker):
    first, second = make_place(make, "Peer group"), make_place(make, "Peer group")
    for _ in range(2):
        with make.work(worker) as work:
            commands.judge(work, second, first, None)
    with make.system() as work:
        assert work.session.scalar(select(func.count(PlaceTwin.id))) == 1
        judged = {(row.first_id, row.second_id) for row in work.session.scalars(select(PlaceTwin))}
        assert twins(work.session, judged, 10) == []


def test_only_staff_keep_the_directory(make, browser, client):
    service = make_place(make)
    mine = browser.as_(client)
    for path in ("/places/upkeep", "/places/new", f"/places/{service}/edit"):
        assert mine.visit(path).status == 403
    assert browser.as_(make.administrator()).visit("/places/upkeep", budget=12).status == 200
    assert browser.as_(make.worker("Else")).visit(f"/places/{make.nobody_id()}/edit").status == 404
