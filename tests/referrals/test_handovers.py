"""A place is told what the release allows, and answers by its link: once, in time, and for this referral alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, ContactKind
from portal.cases.releases import Release
from portal.cases.sharing import Shared, Terms
from portal.outbox.models import Delivery, OutboxMessage
from portal.referrals import commands, queries
from portal.referrals.commands import Letter
from portal.referrals.commands.handovers import NotWanted
from portal.referrals.models import Handover, LedBy, LinkOver, NeedsRelease, NotReleased, Referral, Status, Way
from portal.worker import deliver_due
from tests.referrals.world import World

TOLD = {Shared.CONTACT: "Ana Ruiz, 555-0199", Shared.NEED: "Somebody to talk to"}


@pytest.fixture
def world(make):
    return World(make)


def wanted_and_signed(world, categories=("contact", "need"), led_by=LedBy.STAFF):
    referral_id = world.offer(led_by, need="Somebody to talk to")
    with world.make.work(world.client) as work:
        case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
        terms = Terms(
            receiver=referral.place, service_id=referral.service_id, categories=list(categories), purpose="A visit",
            ends_on=work.today + timedelta(days=90), signed_name="Ana Ruiz",
        )  # fmt: skip
        commands.accept_signed(work, case, referral, terms)
    return referral_id


def hand_over(world, referral_id, told=TOLD, **more):
    with world.make.work(world.worker, world.client.case) as work:
        case, referral = work.get(Case, world.client.case), work.get(Referral, referral_id)
        made, token = commands.hand_over(work, case, referral, Letter(told=told, **more))
        return made.id, token


def place(world, browser, token):
    """The place's own browser, at the page behind the link."""
    return browser.visit(f"/reply/{token}")


def state(world, referral_id):
    with world.make.system() as work:
        return work.get(Referral, referral_id)


def test_handing_over_asks_the_place_and_is_accounted_for(world, make):
    referral_id = wanted_and_signed(world)
    made_id, token = hand_over(world, referral_id)
    assert state(world, referral_id).status is Status.SENT
    events = make.events(world.client.case)
    assert Event.REFERRAL_HANDED_OVER in events
    assert Event.DISCLOSED in events
    entry = next(e for e in make.entries(world.client.case) if e.event is Event.REFERRAL_HANDED_OVER)
    assert entry.facts == {"way": "print", "categories": ["contact", "need"]}
    assert "555-0199" not in str([e.facts for e in make.entries(world.client.case)])
    with make.system() as work:
        made = work.get(Handover, made_id)
        assert token.encode() not in made.token_hash
        assert made.facts == TOLD
    second_id, _token = hand_over(world, referral_id)
    with make.system() as work:
        assert work.get(Handover, made_id).ended_at is not None, "a newer link ends the older"
        assert work.get(Handover, second_id).ended_at is None


def test_without_a_live_release_for_this_place_nothing_is_told(world, make):
    plain = world.offered_and_accepted()
    with pytest.raises(NeedsRelease):
        hand_over(world, plain)
    offered = world.offer(LedBy.STAFF)
    with pytest.raises(NotWanted):
        hand_over(world, offered)
    referral_id = wanted_and_signed(world)
    with pytest.raises(NotReleased):
        hand_over(world, referral_id, {**TOLD, Shared.HEALTH: "Headaches"})
    with make.system() as work:
        for release in work.session.scalars(select(Release)):
            release.revoke(work.now)
    with pytest.raises(NeedsRelease):
        hand_over(world, referral_id)
    with make.system() as work:
        assert work.session.scalars(select(Handover)).all() == []


@pytest.mark.parametrize(
    ("answer", "fields", "status", "says"),
    [
        ("accepted", {}, Status.ACCEPTED, "The place told us: They said yes"),
        ("waitlisted", {"note": "About three weeks."}, Status.WAITLISTED, "The place told us: On their waiting list"),
        ("they_said_no", {}, Status.THEY_SAID_NO, "The place told us: They can’t help with this"),
    ],
)
def test_the_place_answers_and_everybody_learns_it(world, make, browser, answer, fields, status, says):
    referral_id = wanted_and_signed(world)
    _made, token = hand_over(world, referral_id)
    page = place(world, browser, token)
    assert "Ana Ruiz" not in page.html, "a program that follows links in mails learns nothing"
    assert "Somebody to talk" not in page.html
    assert (page.response.headers["Cache-Control"], page.response.headers["X-Robots-Tag"]) == (
        "no-store", "noindex, nofollow",
    )  # fmt: skip
    page = page.press("Open the letter")
    assert page.says("555-0199")
    assert page.says("Somebody to talk to")
    assert page.says("They said yes to this in writing")
    assert "no-store" in page.response.headers["Cache-Control"]
    page = page.press("Send the answer", answer=answer, **fields)
    assert page.says("Thank you for your answer")
    assert state(world, referral_id).status is status
    # The next best places, which stand ready after a no, are a search of their own.
    assert browser.as_(world.client).visit(f"/referrals/{referral_id}", budget=20).says(says)
    theirs = browser.as_(world.worker).visit(f"/referrals/{referral_id}", budget=25)  # two searches at most
    assert theirs.says(says)
    assert theirs.says("Answered")
    if "note" in fields:
        assert theirs.says("About three weeks.")
    waits = bool(world.asked())
    assert waits is (status is Status.THEY_SAID_NO), "after a no the client waits for staff to find another"
    with make.system() as work:
        to = {message.person_id for message in work.session.scalars(select(OutboxMessage))}
        assert to == {world.client.id, world.worker.id}
    assert place(world, browser, token).status == 404, "the link is spent"
    assert Event.PLACE_REPLIED in make.events(world.client.case)


def test_a_date_from_the_place_needs_its_day_and_time(world, browser, make):
    referral_id = wanted_and_signed(world)
    _made, token = hand_over(world, referral_id)
    form = place(world, browser, token).press("Open the letter")
    page = form.press("Send the answer", answer="booked", note="Ring twice")
    assert page.status == 422
    assert page.says("Write the day of the visit.")
    assert page.says("Write a time like this")
    assert "Ring twice" in page.html, "what was typed is kept"
    day = (make.now() + timedelta(days=9)).date().isoformat()
    assert page.press("Send the answer", day=day, time="14:30").says("Thank you for your answer")
    booked = state(world, referral_id)
    assert booked.status is Status.BOOKED
    assert booked.appointment_at is not None
    assert browser.as_(world.client).visit(f"/referrals/{referral_id}").has_link("Add to my calendar")


def spoil(world, how, made_id):
    with world.make.system() as work:
        made = work.get(Handover, made_id)
        if how == "revoked":
            work.get(Release, made.release_id).revoke(work.now)
        elif how == "closed":
            work.get(Case, made.case_id).closed_on = work.today
        elif how == "moved":
            referral = work.get(Referral, made.referral_id)
            referral.status, referral.appointment_at = Status.BOOKED, work.now
        elif how == "old":
            made.expires_at = work.now


@pytest.mark.parametrize("how", ["revoked", "closed", "moved", "old", "ended"])
def test_a_link_that_is_over_opens_nothing_even_with_the_letter_open(world, browser, how):
    referral_id = wanted_and_signed(world)
    made_id, token = hand_over(world, referral_id)
    form = place(world, browser, token).press("Open the letter")
    if how == "ended":
        browser.as_(world.worker).visit(f"/referrals/{referral_id}").press("End this link")
    else:
        spoil(world, how, made_id)
    before = state(world, referral_id).status
    page = form.press("Send the answer", answer="accepted")
    assert page.status == 404
    assert page.says("This link does not work any more")
    assert "555-0199" not in page.html
    assert place(world, browser, token).status == 404
    assert state(world, referral_id).status is before


def test_wrong_links_are_counted(world, browser):
    referral_id = wanted_and_signed(world)
    _made, token = hand_over(world, referral_id)
    form = place(world, browser, token)
    sent = form.fields_of("Open the letter")
    answers = [browser.post(f"/reply/{'x' * 32}", sent).status for _try in range(7)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_letter_on_paper_shows_the_link_once_and_only_what_was_ticked(world, browser):
    referral_id = wanted_and_signed(world, ("need",))
    form = browser.as_(world.worker).visit(f"/referrals/{referral_id}").follow("Write to this place")
    assert "Ana Ruiz" not in form.soup.select_one("main form").get_text()
    assert not form.soup.select("[name=contact], [name=health]")
    page = form.press("Make the letter", way="print", need="")
    assert page.status == 422
    page = page.press("Make the letter", way="print", need="Somebody to talk to")
    assert page.says("http://localhost/reply/")
    assert page.says("Print this now.")
    assert "Ana Ruiz" not in page.soup.select_one(".card").get_text()
    assert browser.as_(world.worker).visit(f"/referrals/{referral_id}").says("Not opened yet")


class _Mailbox:
    def __init__(self):
        self.letters = []

    def send(self, letter):
        self.letters.append(letter)


def test_a_mailed_link_says_nothing_of_the_client_and_goes_nowhere_else(world, make, browser, app):
    referral_id = wanted_and_signed(world)
    make.contact(world.worker, "wes@office.example.org")
    form = browser.as_(world.worker).visit(f"/referrals/{referral_id}/hand-over")
    page = form.press("Make the letter", way="email", sent_to="not an address")
    assert page.says("Write an email address")
    page = page.press("Make the letter", way="email", sent_to="intake@place.example.org")
    assert page.says("The place gets an email with the link.")
    box, portal = _Mailbox(), app.extensions["portal"]
    with clock.frozen_at(make.now().replace(hour=18)):  # by day, wherever the organisation is
        deliver_due(portal.sessions, portal.settings, {ContactKind.EMAIL: box})
    (letter,) = [one for one in box.letters if one.address == "intake@place.example.org"]
    assert "/reply/" in letter.text.body
    assert not any(word in letter.text.body for word in ("Ana Ruiz", "Somebody to talk", "555-0199", "Counselling"))
    token = letter.text.body.split("/reply/")[1].split()[0]
    assert place(world, browser, token).press("Open the letter").says("Somebody to talk to")
    with make.system() as work:
        (message,) = [m for m in work.session.scalars(select(OutboxMessage)) if m.address]
        assert message.secret == "", "the link is forgotten once it has left"
        assert [d.address for d in work.session.scalars(select(Delivery)) if d.message_id == message.id] == [
            "intake@place.example.org"
        ]


def test_an_address_outside_is_for_places_alone(world, make, app):
    """A notice to a client is never led astray by an address that stands in its row."""
    from portal.outbox.notices import Notice

    with make.system() as work:
        work.send(Notice.SOMETHING_NEW, to=world.client.id, address="elsewhere@example.org")
        work.send(Notice.FOR_A_PLACE, to=world.worker.id, secret="x")
    make.contact(world.worker, "wes@office.example.org")
    box, portal = _Mailbox(), app.extensions["portal"]
    with clock.frozen_at(make.now().replace(hour=18)):
        deliver_due(portal.sessions, portal.settings, {ContactKind.EMAIL: box})
    assert box.letters == []


def test_strangers_neither_write_nor_end(world, make, browser):
    referral_id = wanted_and_signed(world)
    made_id, _token = hand_over(world, referral_id)
    for who in (make.worker("Another worker"), make.client("Another"), make.administrator()):
        stranger = browser.as_(who)
        assert stranger.visit(f"/referrals/{referral_id}/hand-over").status == 404
        token = stranger.visit("/no-such-page").soup.select_one("[name=csrf_token]")["value"]
        assert stranger.post(f"/handovers/{made_id}/end", {"once": "a" * 32, "csrf_token": token}).status == 404
    assert browser.as_(world.client).visit(f"/referrals/{referral_id}/hand-over").status == 403


def test_a_place_in_no_directory_is_named_by_what_was_signed_for_it(world, make):
    referral_id = world.offer(LedBy.STAFF, service_id=None, place="Aunt Rosa's kitchen")
    other_id = world.offer(LedBy.STAFF, service_id=None, place="Another kitchen")
    for one in (referral_id, other_id):
        with make.work(world.client) as work:
            case, referral = work.get(Case, world.client.case), work.get(Referral, one)
            if one == other_id:
                commands.accept(work, case, referral)
                continue
            terms = Terms(receiver=referral.place, service_id=None, categories=["contact", "need"], purpose="Meals",
                          ends_on=work.today + timedelta(days=30), signed_name="Ana Ruiz")  # fmt: skip
            commands.accept_signed(work, case, referral, terms)
    with make.work(world.client, read_only=True) as work:
        (card,) = [c for c in queries.home_cards(work, work.get(Case, world.client.case)) if c.can_ask]
        assert card.referral.id == referral_id
    hand_over(world, referral_id)
    assert state(world, referral_id).status is Status.SENT
    with pytest.raises(NeedsRelease):
        hand_over(world, other_id)


def test_a_client_led_place_stays_with_the_client_when_staff_write(world, make):
    referral_id = wanted_and_signed(world, led_by=LedBy.WARM)
    hand_over(world, referral_id)
    assert state(world, referral_id).status is Status.YOUR_TURN
    with make.work(world.worker, world.client.case, read_only=True) as work:
        (handed,) = queries.handovers(work, work.get(Referral, referral_id))
        assert handed.is_open


def test_a_link_is_ended_once(world, make):
    referral_id = wanted_and_signed(world)
    made_id, _token = hand_over(world, referral_id)
    with make.work(world.worker, world.client.case) as work:
        made = work.get(Handover, made_id)
        commands.end_link(work, made)
        with pytest.raises(LinkOver):
            commands.end_link(work, made)
        with pytest.raises(LinkOver):
            made.use(Status.ACCEPTED, work.now)
    assert Event.HANDOVER_ENDED in make.events(world.client.case)
    assert {way.value for way in Way} == {"print", "email"}
