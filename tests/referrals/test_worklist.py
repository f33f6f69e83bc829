"""Staff's worklist, the pack for a first meeting, places at a glance, and the next best places."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case
from portal.outbox.models import OutboxMessage
from portal.referrals import commands, queries
from portal.referrals.commands.offers import HaveIt, NothingInPack
from portal.referrals.models import ClosureReason, LedBy, Referral, ReferralEvent, Report, Status
from portal.referrals.queries import Watch, worklist
from tests.referrals.places import make_place
from tests.referrals.world import World


@pytest.fixture
def world(make):
    return World(make)


def notices(make, person_id):
    with make.system() as work:
        return len(work.session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == person_id)).all())


def test_reminding_several_at_once_is_no_news(world, make, browser):
    first, second = world.offered_and_accepted(), world.offered_and_accepted()
    before = notices(make, world.client.id)
    with clock.frozen_at(make.now() + timedelta(days=15)):
        mine = browser.as_(world.worker)
        page = mine.visit("/places-to-follow-up")
        assert page.press("Remind them").says("Tick at least one.")
        page = page.press("Remind them", places=[str(first), str(second), str(make.nobody_id())])
        assert page.says("Choose only from this list.")
        page = mine.visit("/places-to-follow-up").press("Remind them", places=[str(first), str(second)])
        assert page.says("We remind 1 client.")
        assert page.says("15 days"), "a reminder is no news"
        assert not page.has_button("Remind them"), "nobody is reminded twice"
    assert notices(make, world.client.id) == before + 1, "one message, however many places"
    assert make.events(world.client.case).count(Event.REFERRAL_NUDGED) == 2
    assert [event.report for event in world.told(first)] == [None, Report.WANTED]


def test_the_worker_reminds_each_client_once_when_their_day_has_come(world, make):
    world.offered_and_accepted()
    team = World(make, "act")  # whose own staff ask, and not the portal
    team.offered_and_accepted()
    before = notices(make, world.client.id)

    def chore(days):
        with clock.frozen_at(make.now() + timedelta(days=days)), make.system() as work:
            commands.nudge_silent(work)

    chore(6)
    assert notices(make, world.client.id) == before
    for days in (7, 8, 20):
        chore(days)
    assert notices(make, world.client.id) == before + 1
    assert Event.REFERRAL_NUDGED not in make.events(team.client.case)
    assert Event.REFERRAL_NUDGED in make.events(world.client.case)


def test_somebody_elses_places_are_not_reminded(world, make, browser):
    theirs = world.offered_and_accepted()
    other = World(make)
    other.offered_and_accepted()
    with clock.frozen_at(make.now() + timedelta(days=15)):
        page = browser.as_(other.worker).visit("/places-to-follow-up")
        sent = {**page.fields_of("Remind them"), "places": [str(theirs)]}
        page.browser.post("/places-to-follow-up", sent)
    with make.system() as work:
        assert work.get(Referral, theirs).nudged_at is None


def test_a_supervisor_sees_their_own_first_and_all_on_request(world, make, browser):
    world.offered_and_accepted()
    grace = make.supervisor(programme=make.any_programme)
    with clock.frozen_at(make.now() + timedelta(days=31)):
        page = browser.as_(grace).visit("/places-to-follow-up")
        assert page.says("Nothing is waiting for you here")
        page = page.follow("All of my programmes")
        assert page.says("31 days")
        assert page.says("Supervisors see it")


def test_the_worklist_goes_on_where_the_page_ended(world, make, browser, monkeypatch):
    monkeypatch.setattr(worklist, "PAGE", 2)
    ids = [world.offered_and_accepted() for _number in range(5)]
    with clock.frozen_at(make.now() + timedelta(days=20)):
        seen, after = [], None
        for _page in range(3):
            with make.work(world.worker, read_only=True) as work:
                found = queries.follow_up(work, everyone=False, after=after)
            seen += [row.referral.id for row in found.rows]
            after = found.more_after
        assert after is None
        assert sorted(seen) == sorted(ids)
        assert browser.as_(world.worker).visit("/places-to-follow-up").has_link("More places")
        assert browser.as_(world.worker).visit("/places-to-follow-up", query={"after": "x"}).status == 404


@pytest.mark.slow
def test_the_worklist_costs_the_same_for_one_and_for_sixty_clients(make, browser):
    worker = make.worker()
    costs = []
    for count in (1, 60):
        for number in range(count):
            client = make.client(f"Client {number}", profile="brokerage", worker=worker)
            with make.work(worker, client.case) as work:
                wanted = commands.Offer(service_id=None, place=f"Place {number}", led_by=LedBy.CLIENT)
                commands.offer(work, work.get(Case, client.case), wanted)
        with clock.frozen_at(make.now() + timedelta(days=20)):
            costs.append(browser.as_(worker).visit("/places-to-follow-up").queries)
    assert costs[0] == costs[1] <= 8


def test_a_pack_is_put_together_unseen_and_offered_in_one_go(world, make, browser):
    make_place(make, "Neurology clinic", description="For heads that ache")
    before = notices(make, world.client.id)
    dana = browser.as_(world.worker)
    page = dana.visit(f"/cases/{world.client.case}/places").follow("Offer several at once")
    assert page.says("Nothing in the pack yet")
    assert page.press("Search", words="").says("Write what is needed.")
    page = page.press("Search", words="counselling")
    assert page.press("Put into the pack").says("Tick at least one place.")
    page = page.press("Put into the pack", services=[str(world.service)], need="Talking")
    page = page.press("Search", words="neurology")
    box = page.soup.select_one("[name=services]")["value"]
    page = page.press("Put into the pack", services=[box])
    assert page.text.count("Take out") == 2
    mine = browser.as_(world.client)
    assert mine.visit(f"/cases/{world.client.case}/places").says("No places yet")
    assert notices(make, world.client.id) == before
    page = page.press("Offer these 2 places")
    assert page.says("2 places are offered.")
    assert notices(make, world.client.id) == before + 1
    page = mine.visit(f"/cases/{world.client.case}/places")
    assert page.says("Counselling centre")
    assert page.says("Neurology clinic")
    assert page.says("Insurance card"), "what to bring comes from the directory"
    with make.work(world.worker, world.client.case) as work:
        case = work.get(Case, world.client.case)
        assert queries.first_session(work, case).done
        with pytest.raises(NothingInPack):
            commands.offer_pack(work, case)
    events = make.events(world.client.case)
    assert (events.count(Event.REFERRAL_DRAFTED), events.count(Event.REFERRAL_OFFERED)) == (2, 2)


def test_what_is_taken_out_of_the_pack_was_never_offered(world, make, browser):
    form = browser.as_(world.worker).visit(f"/cases/{world.client.case}/referrals/new?service={world.service}")
    page = form.press("Put into the pack", led_by="client", need="Talking")
    assert page.says("It is in the pack.")
    page = page.press("Take out Counselling centre")
    assert page.says("Nothing in the pack yet")
    with make.system() as work:
        (referral,) = work.session.scalars(select(Referral)).all()
        assert referral.status is Status.VOID
        assert not any(event.shown_to_client for event in work.session.scalars(select(ReferralEvent)))
    with pytest.raises(NothingInPack):
        world.act(world.worker, commands.take_out, world.offer())
    assert browser.as_(world.client).visit(f"/referrals/{referral.id}").status == 404, (
        "what was never offered is not there"
    )


def test_a_client_takes_a_place_from_the_directory_once(world, make):
    def choose():
        with make.work(world.client) as work:
            case = work.get(Case, world.client.case)
            commands.choose(work, case, service_id=world.service, place="Centre", what_to_bring="", cost="Free")

    choose()
    with pytest.raises(HaveIt):
        choose()
    with make.system() as work:
        (referral,) = work.session.scalars(select(Referral)).all()
        assert (referral.status, referral.led_by) == (Status.YOUR_TURN, LedBy.CLIENT)
        assert referral.accepted_at is not None
    assert Event.REFERRAL_REPORTED in make.events(world.client.case)


def test_outcomes_at_a_glance_and_refer_again(world, make, browser):
    ids = [world.offered_and_accepted() for _number in range(4)]
    for referral_id in ids[:3]:
        world.tell(referral_id, Report.GOT_HELP)
    world.tell(ids[3], Report.NOT_WORKED, reason=ClosureReason.GETTING_THERE)
    with clock.frozen_at(make.now() + timedelta(days=40)):
        page = browser.as_(world.worker).visit(f"/cases/{world.client.case}/places", budget=12)
        for words in ("3 got the help", "1 closed: Getting there", "3 of 4 (75%)", "4 of 4 (100%)"):
            assert page.says(words), words
        form = page.follow("Refer again Counselling centre")
        assert form.says("This follows an earlier try: Counselling centre.")
        page = form.press("Offer this place", led_by="client", need="Once more")
        assert page.says("Other tries")


def test_the_next_best_places_stand_ready(world, make, browser):
    make_place(make, "Quiet talks", cost="$20", town="Rivertown")
    near = make_place(make, "Free talks", cost="Free", town="Larkwater")
    make_place(make, "Soup kitchen", category="Food", description="Warm meals")
    referral_id = world.offered_and_accepted()
    world.tell(referral_id, Report.NOT_WORKED, reason=ClosureReason.COST)
    with make.work(world.worker, world.client.case, read_only=True) as work:
        case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
        names = [one.hit.name for one in queries.next_best(work, case, referral)]
    assert names[0] == "Free talks", "what was in the way here is not there"
    assert set(names) == {"Free talks", "Quiet talks"}, "what was tried, and other kinds of help, are left out"
    queue = browser.as_(world.worker).visit("/to-answer").html
    item = queue.split("/to-answer/")[1][:36]
    page = browser.as_(world.worker).visit(f"/to-answer/{item}", budget=20)  # they are a search of their own
    assert page.says("Other places for this")
    form = page.follow("Free talks")
    assert form.says("This follows an earlier try: Counselling centre.")
    assert str(near) in form.soup.select_one("[name=service]")["value"]
    mine = browser.as_(world.client).visit(f"/referrals/{referral_id}", budget=20)
    assert mine.says("Free talks")


def test_a_changed_mind_calls_for_no_other_place(world):
    referral_id = world.offered_and_accepted()
    assert not queries.wants_another(world.tell(referral_id, Report.NO_THANKS))
    other = world.offered_and_accepted()
    assert queries.wants_another(world.tell(other, Report.HELP))


def test_the_calendar_file_says_when_and_nothing_else(world, make, browser):
    referral_id = world.offered_and_accepted()
    mine = browser.as_(world.client)
    assert mine.client.get(f"/referrals/{referral_id}/appointment.ics").status_code == 404
    when = (make.now() + timedelta(days=3)).replace(microsecond=0)
    world.tell(referral_id, Report.DATE, appointment_at=when)
    response = mine.client.get(f"/referrals/{referral_id}/appointment.ics")
    assert response.headers["Content-Disposition"] == "attachment; filename=appointment.ics"
    assert response.headers["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    assert (event.decoded("dtstart"), str(event["summary"])) == (when, "Appointment")
    assert len(event.walk("VALARM")) == 1
    for word in (b"Counselling", b"Ana", b"Mill Street", b"River County", b"localhost"):
        assert word not in response.data
    for who in (make.client("Another"), make.worker("Another worker")):
        assert browser.as_(who).client.get(f"/referrals/{referral_id}/appointment.ics").status_code == 404


def test_silence_counts_by_each_watch(world, make):
    world.offered_and_accepted()
    for days, watches in ((6, set()), (7, {Watch.CLIENT}), (14, {Watch.CLIENT, Watch.STAFF}), (30, set(Watch))):
        with clock.frozen_at(make.now() + timedelta(days=days)), make.work(world.worker, read_only=True) as work:
            seen = {watch for watch in Watch if queries.referrals_gone_quiet(work, watch=watch)}
        assert seen == watches, days
