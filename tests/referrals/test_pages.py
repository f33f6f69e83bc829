"""The pages of referrals, pressed as a person presses them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case
from portal.referrals import commands, panel
from portal.referrals.commands import Offer, Step, Told
from portal.referrals.models import LedBy, Referral, ReferralEvent, Report, Status
from tests.referrals.places import make_place


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def offer(make, worker, client, name="Counselling centre", led_by=LedBy.CLIENT, **more):
    service = make_place(make, name)
    with make.work(worker, client.case) as work:
        wanted = Offer(service_id=service, place=name, led_by=led_by, what_to_bring="Insurance card", **more)
        return commands.offer(work, work.get(Case, client.case), wanted).id


def tell(make, client, referral_id, report, **more):
    with make.work(client) as work:
        told = Told(report=report, **more)
        commands.report(work, work.get(Case, client.case), work.get(Referral, referral_id), told)


def accept(make, client, referral_id):
    with make.work(client) as work:
        commands.accept(work, work.get(Case, client.case), work.get(Referral, referral_id))


def status(make, referral_id):
    with make.system() as work:
        return work.get(Referral, referral_id).status


def test_a_client_without_places_is_shown_where_to_look(browser, client):
    page = browser.as_(client).visit(f"/cases/{client.case}/places", status=200)
    assert page.says("No places yet")
    assert page.has_link("Find help")


@pytest.mark.parametrize("count", [1, 12])
def test_the_cost_of_my_places_does_not_grow(make, browser, worker, client, count):
    for number in range(count):
        accept(make, client, offer(make, worker, client, f"Place {number}"))
    page = browser.as_(client).visit(f"/cases/{client.case}/places", budget=10)
    assert page.text.count("Your turn to contact them") == count


def test_no_thanks(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    page = browser.as_(client).visit(f"/cases/{client.case}/places")
    assert page.says("Suggested for you")
    page = page.press("No thanks Counselling centre")
    assert page.says("You said no thanks")
    assert status(make, referral_id) is Status.SAID_NO


def test_a_double_tap_tells_once(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    mine = browser.as_(client)
    page = mine.visit(f"/cases/{client.case}/places")
    sent, where = page.fields_of("I called Counselling centre"), page.action_of("I called Counselling centre")
    mine.post(where, sent)
    mine.post(where, sent)
    with make.system() as work:
        wanted = select(ReferralEvent).where(ReferralEvent.report == Report.CALLED)
        assert len(work.session.scalars(wanted).all()) == 1


def test_it_did_not_work_out_asks_why(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    form = browser.as_(client).visit(f"/cases/{client.case}/places").follow("It did not work out Counselling centre")
    page = form.press("Tell my case manager")
    assert (page.status, page.says("Choose what got in the way.")) == (422, True)
    page = page.press("Tell my case manager", reason="cost", note="Too dear for me")
    assert page.says("Closed: Cost")
    assert status(make, referral_id) is Status.CLOSED_OTHER
    page = page.press("Ask for another place Counselling centre")
    assert page.says("Thank you for telling us.")


def test_they_could_not_help_is_their_no(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    form = browser.as_(client).visit(f"/referrals/{referral_id}/not-worked")
    form.press("Tell my case manager", reason="they_said_no")
    assert status(make, referral_id) is Status.THEY_SAID_NO


@pytest.mark.parametrize(
    ("day", "time", "says"),
    [
        ("", "", "Write the day of the visit."),
        ("2020-01-01", "10", "This day is over."),
        ("2090-01-01", "10", "This day is very far away."),
        ("2999-99-99", "10", "Write a day like this"),
    ],
)
def test_a_date_is_checked_beside_its_box(make, browser, worker, client, day, time, says):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    page = browser.as_(client).visit(f"/referrals/{referral_id}/date").press("Save the date", day=day, time=time)
    assert page.status == 422
    assert page.says(says)


def test_a_time_is_checked_too(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    day = (make.now() + timedelta(days=3)).date().isoformat()
    page = browser.as_(client).visit(f"/referrals/{referral_id}/date").press("Save the date", day=day, time="noonish")
    assert page.says("Write a time like this: 2:30")


def test_a_hand_made_report_does_nothing(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    mine = browser.as_(client)
    page = mine.visit(f"/cases/{client.case}/places")
    sent = {**page.fields_of("I called Counselling centre"), "what": ["void"]}
    assert mine.post(page.action_of("I called Counselling centre"), sent).says("Choose one of these.")
    assert status(make, referral_id) is Status.YOUR_TURN


def test_pressing_too_late_is_said_kindly(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    page = browser.as_(client).visit(f"/cases/{client.case}/places")
    with make.work(client) as work:
        commands.decline(work, work.get(Case, client.case), work.get(Referral, referral_id))
    page = page.press("Yes, I want this Counselling centre")
    assert page.says("This one is finished. You can ask for another place.")


def test_signing_can_be_left_for_doing_it_oneself(make, browser, worker, client):
    referral_id = offer(make, worker, client, led_by=LedBy.STAFF)
    form = browser.as_(client).visit(f"/cases/{client.case}/places").follow("Yes, I want this Counselling centre")
    page = form.press("Yes, I want this. You may ask them for me")
    assert page.status == 422
    assert page.says("Tick at least one thing.")
    page = page.press("I will contact them myself")
    assert page.says("Your turn to contact them")
    assert status(make, referral_id) is Status.YOUR_TURN


def test_a_client_whose_reports_are_confirmed_sees_them_at_once(make, browser, worker):
    client = make.client(profile="clinical", worker=worker)
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    mine = browser.as_(client)
    page = mine.visit(f"/cases/{client.case}/places").press("I got the help Counselling centre")
    assert page.says("You told us: I got the help")
    assert page.says("Your turn to contact them"), "staff confirm it first"
    theirs = browser.as_(worker).visit(f"/referrals/{referral_id}")
    theirs.press("That is so: make the move")
    assert mine.visit(f"/referrals/{referral_id}").says("You got the help")


def test_the_clients_page_tells_everything_and_prints(make, browser, worker, client):
    referral_id = offer(make, worker, client, reason="They know head injuries.")
    accept(make, client, referral_id)
    page = browser.as_(client).visit(f"/referrals/{referral_id}")
    for words in ("They know head injuries.", "12 Mill Street", "Insurance card", "What happened", "I want this"):
        assert page.says(words), words
    assert "Counselling" not in page.title, "a window title may be read by others"
    assert page.has_link("See all about this place")


def test_staff_see_only_the_moves_there_are(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    page = browser.as_(worker).visit(f"/referrals/{referral_id}")
    assert page.has_link("They said yes")
    assert not page.has_link("Put it on pause")
    assert not page.has_button("We asked them")


def test_an_illegal_move_is_refused_by_the_model(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    page = browser.as_(worker).visit(f"/referrals/{referral_id}/move/paused").press("Save")
    assert page.status == 422
    assert page.says("That is not the next step for this place.")
    assert browser.as_(worker).visit(f"/referrals/{referral_id}/move/said_no").status == 404
    assert browser.as_(worker).visit(f"/referrals/{referral_id}/move/nonsense").status == 404


def test_a_place_that_is_not_listed_can_be_offered(make, browser, worker, client):
    form = browser.as_(worker).visit(f"/cases/{client.case}/referrals/new")
    assert form.press("Offer this place", led_by="client", need="Company").says("Write the name of the place.")
    page = form.press("Offer this place", place="Library knitting circle", led_by="warm", need="Company")
    assert page.heading == "Library knitting circle"
    mine = browser.as_(client).visit(f"/cases/{client.case}/places").press("Yes, I want this Library knitting circle")
    assert mine.says("Your turn to contact them, together with us")


@pytest.mark.parametrize("query", [{"service": "nonsense"}, {"service": "0" * 32}, {"previous": "0" * 32}])
def test_an_offer_of_nothing_is_not_found(browser, worker, client, query):
    assert browser.as_(worker).visit(f"/cases/{client.case}/referrals/new", query=query).status == 404


def test_a_referral_of_another_case_is_not_linked(make, browser, worker, client):
    other = make.client("Other client", worker=worker)
    theirs = offer(make, worker, other)
    page = browser.as_(worker).visit(f"/cases/{client.case}/referrals/new", query={"previous": str(theirs)})
    assert page.status == 404


@pytest.mark.parametrize(
    "path", ["", "/sign", "/date", "/not-worked", "/move/accepted", "/accept", "/decline", "/told", "/rating", "/kept"]
)
def test_strangers_find_nothing(make, browser, worker, client, path):
    referral_id = offer(make, worker, client)
    for who in (make.client("Another client"), make.worker("Another worker"), make.administrator()):
        stranger = browser.as_(who)
        if path in {"/accept", "/decline", "/told", "/rating", "/kept"}:
            page = stranger.post(f"/referrals/{referral_id}{path}", {"once": "a" * 32, "csrf_token": token(stranger)})
        else:
            page = stranger.visit(f"/referrals/{referral_id}{path}")
        assert page.status == 404
        assert "Counselling" not in page.html


def token(stranger):
    return stranger.visit("/no-such-page").soup.select_one("[name=csrf_token]")["value"]


def test_a_closed_case_can_be_read_and_not_changed(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    with make.system() as work:
        work.get(Case, client.case).closed_on = work.today
    page = browser.as_(client).visit(f"/cases/{client.case}/places")
    assert page.says("Suggested for you")
    assert not page.has_button("No thanks Counselling centre")
    assert browser.as_(worker).visit(f"/referrals/{referral_id}/move/closed_other").status == 403


def test_home_says_whose_turn_it_is_in_one_query(make, worker, client):
    first = offer(make, worker, client)
    accept(make, client, first)
    second = offer(make, worker, client, "Neurology clinic")
    accept(make, client, second)
    tell(make, client, second, Report.DATE, appointment_at=make.now() + timedelta(days=2))
    with make.work(client, read_only=True) as work:
        template, facts = panel.panel(work, work.get(Case, client.case))
    assert template == "referrals/_panel.html"
    assert [card.referral.id for card in facts["cards"]] == [first, second]
    assert facts["turn"].referral.id == first
    assert facts["next_visit"].referral.id == second
    assert facts["cards"][0].usual.startswith("Mon–Fri")
    assert facts["cards"][0].place.phone == "555-0142"


def test_markup_in_what_people_write_stays_text(make, browser, worker, client):
    bad = "<b id=xss-probe>x</b>"
    referral_id = offer(make, worker, client, bad, reason=bad, need=bad, note=bad)
    for who in (client, worker):
        page = browser.as_(who).visit(f"/referrals/{referral_id}")
        assert page.says(bad)
        assert not page.soup.select("#xss-probe")


def test_staff_go_back_to_the_client(make, browser, worker, client):
    page = browser.as_(worker).visit(f"/cases/{client.case}/places")
    assert page.follow(client.name).url == f"/cases/{client.case}/client"


def test_an_arabic_reader_gets_the_page_the_right_way_round(make, browser, worker):
    client = make.client("Layla", profile="brokerage", worker=worker, language="ar")
    accept(make, client, offer(make, worker, client))
    page = browser.as_(client).visit(f"/cases/{client.case}/places")
    assert page.soup.html["dir"] == "rtl"
    assert page.soup.select_one(".card bdi[dir=ltr]").get_text() == "555-0142"


def test_staffs_move_tells_the_client_what_was_added(make, browser, worker, client):
    referral_id = offer(make, worker, client)
    accept(make, client, referral_id)
    with make.work(worker, client.case) as work:
        step = Step(to=Status.WAITLISTED, note="About three weeks.")
        commands.move(work, work.get(Case, client.case), work.get(Referral, referral_id), step)
    assert browser.as_(client).visit(f"/referrals/{referral_id}").says("About three weeks.")


def test_the_follow_up_list_is_recorded_and_holds_ones_own_cases(make, browser, worker, client):
    offer(make, worker, client)
    with clock.frozen_at(make.now() + timedelta(days=20)):
        page = browser.as_(worker).visit("/places-to-follow-up")
        assert page.says("20 days")
        assert not page.says("Due today")
        other = make.worker("Another worker")
        assert browser.as_(other).visit("/places-to-follow-up").says("Nothing is waiting for you here")
        assert browser.as_(client).visit("/places-to-follow-up").status == 403
    looks = [entry for entry in make.entries(client.case) if entry.event is Event.CASE_OPENED]
    assert [(entry.actor_id, entry.subject, entry.role) for entry in looks] == [
        (worker.id, "referrals.follow_up", "case_manager")
    ]
