"""Story 4.1, steps 2 to 11, through the pages: Elena, Dana, three places, and a fourth that is nearer."""

from contextlib import contextmanager

import pytest

from portal import clock
from portal.access.actor import ANONYMOUS
from portal.cases.models import Case
from portal.referrals import queries
from portal.referrals.queries import Rate, Watch
from portal.roles import Power
from tests.referrals.places import at, make_place


@contextmanager
def on(month, day, hour=12):
    with clock.frozen_at(at(month, day, hour)):
        yield


class Story:
    """The people and places of the story, each signed in anew on the day it is."""

    def __init__(self, make, browser):
        self.make, self.browser = make, browser
        with on(4, 7, 8):
            self.dana = make.worker("Dana Okafor")
            self.elena = make.client("Elena Marsh", profile="brokerage", worker=self.dana)
            self.neurology = make_place(make, "Neurology clinic", phone="555-0177", cost="", bring="Scans")
            self.counselling = make_place(make, "Counselling centre")
            self.physio = make_place(make, "Vestibular physio", phone="555-0143")
            self.nearer = make_place(make, "Physio on Mill Street", phone="555-0144")

    def places(self):
        return self.browser.as_(self.elena).visit(f"/cases/{self.elena.case}/places")

    def offer(self, service, led_by="client", previous=None):
        dana = self.browser.as_(self.dana)
        query = {"service": str(service), **({"previous": str(previous)} if previous else {})}
        form = dana.visit(f"/cases/{self.elena.case}/referrals/new", query=query)
        page = form.press("Offer this place", led_by=led_by, need="Headaches and vertigo", first_session="y")
        assert page.heading in {"Neurology clinic", "Counselling centre", "Vestibular physio", "Physio on Mill Street"}
        return page.url

    def dana_at(self, url):
        return self.browser.as_(self.dana).visit(url)

    def worklist(self, **options):
        with self.make.work(self.dana, self.elena.case, read_only=True) as work:
            return queries.referrals_gone_quiet(work, **options)


@pytest.fixture
def story(make, browser):
    return Story(make, browser)


def test_the_story(story, make, browser):
    elena, dana = story.elena, story.dana

    # 2. Three offers at the first meeting; the nudge "at least 2" is done.
    with on(4, 7, 10):
        neurology = story.offer(story.neurology, "staff")
        with make.work(dana, elena.case, read_only=True) as work:
            assert not queries.first_session(work, work.get(Case, elena.case)).done
        counselling = story.offer(story.counselling)
        physio = story.offer(story.physio)
        with make.work(dana, elena.case, read_only=True) as work:
            first = queries.first_session(work, work.get(Case, elena.case))
            assert (first.offered, first.wanted, first.done) == (3, 2, True)
        assert not story.dana_at(neurology).has_button("We asked them"), "nothing is sent before there is a release"

    # 3. Elena accepts all three; for the clinic she signs, and nothing is ticked beforehand.
    with on(4, 7, 11):
        page = story.places()
        page = page.press("Yes, I want this Counselling centre")
        page = page.press("Yes, I want this Vestibular physio")
        form = page.follow("Yes, I want this Neurology clinic")
        assert form.says("You can say no and still get our help.")
        assert form.fields_of("Yes, I want this. You may ask them for me")["categories"] == []
        assert form.fields_of("Yes, I want this. You may ask them for me")["ends_on"] == ["2025-07-06"]
        page = form.press("Yes, I want this. You may ask them for me", categories=["contact", "need"],
                          signed_name="Elena Marsh")  # fmt: skip
        assert page.says("We will ask them for you")
        asked = story.dana_at(neurology).press("We asked them")
        assert asked.says("We asked them for you (Apr 7)")
        page = story.places()
        assert page.says("We asked them for you (Apr 7)")
        assert page.text.count("Your turn to contact them") == 2
        for fact in ("555-0142", "Mon–Fri 9:00", "Free", "Insurance card", "English", "April 1, 2025"):
            assert page.says(fact), fact
        assert page.soup.select_one('a[href="tel:555-0142"]')
        assert page.queries <= 10

    # 5. Elena has a date: booked at once, self-reported, nobody has to confirm.
    with on(4, 8):
        form = story.places().follow("I have a date Counselling centre")
        page = form.press("Save the date", day="2025-04-22", time="10:00")
        assert page.says("Visit set: Tue, Apr 22, 10:00")
        assert not story.dana_at(counselling).has_button("That is so: make the move")
        assert story.dana_at(counselling).says("Told by the client: I have a date: Tue, Apr 22, 10:00")

    # 6. The clinic's reply: yes, then a date.
    with on(4, 9):
        page = story.dana_at(neurology).follow("They said yes").press("Save", source="administrative")
        assert page.says("They said yes")
        page = page.follow("A visit is set").press("Save", day="2025-04-29", time="2:30 pm")
        assert page.says("Visit set: Tue, Apr 29, 2:30")
        mine = story.places()
        assert mine.says("Visit set: Tue, Apr 29, 2:30")
        assert mine.says("Scans"), "what to bring"

    # 7. Only physio has had no news for a week.
    with on(4, 13):
        assert not story.places().says("Still want this?")
    with on(4, 14):
        page = story.places()
        assert page.text.count("Still want this?") == 1
        for button in ("I called Vestibular physio", "Help me Vestibular physio", "No thanks Vestibular physio"):
            assert page.has_button(button)
        assert [q.referral.place for q in story.worklist(watch=Watch.CLIENT)] == ["Vestibular physio"]
        assert not story.worklist()

    # 8. After fourteen days it is due on Dana's list. It was too far; a nearer one is a new, linked referral.
    with on(4, 21):
        due = story.worklist()
        assert [(q.referral.place, q.days_silent, q.due_today) for q in due] == [("Vestibular physio", 14, True)]
        page = story.dana_at("/places-to-follow-up")
        for words in ("Vestibular physio", "Elena Marsh", "14 days", "Due today", "Your turn to contact them"):
            assert page.says(words), words
        assert not page.says("Neurology")
        page = page.follow("Vestibular physio").follow("Close it for another reason")
        page = page.press("Save", reason="getting_there", source="self_reported", note="Two buses.")
        assert page.says("Closed: Getting there")
        assert not story.worklist()
        nearer = story.offer(story.nearer, previous=physio.rpartition("/")[2])
        page = story.places().press("Yes, I want this Physio on Mill Street")
        assert page.text.count("Your turn to contact them") == 1
        assert story.dana_at(nearer).has_link("Vestibular physio")

    # 9. The day after a visit: how did it go?
    with on(4, 22, 18):
        assert not story.places().says("How did it go?")
    with on(4, 23):
        page = story.places()
        assert page.says("How did it go?")
        assert page.press("I went Counselling centre").says("You’ve started")
    with on(4, 30):
        page = story.places().press("I got the help Neurology clinic")
        assert not page.says("Did this help?")
    with on(5, 2):
        form = story.places().follow("I have a date Physio on Mill Street")
        form.press("Save the date", day="May 12, 2025", time="9")
    with on(5, 13):
        assert not story.places().says("Did this help?")
    with on(5, 14):
        page = story.places()
        assert page.says("Did this help?")
        page = page.press("Some Neurology clinic")
        assert not page.says("Did this help?")
    with on(6, 6):
        story.places().press("I got the help Counselling centre")
    with on(6, 20):
        story.places().press("I got the help Physio on Mill Street")

    # 11. Ninety days on: four referrals, three got help, one closed for getting there.
    with on(7, 6), make.work(dana, elena.case, read_only=True) as work:
        assert queries.linkage(work) == Rate(3, 4)
        assert queries.linkage(work).percent == 75
        assert queries.known_outcome(work) == Rate(4, 4)
        assert queries.known_outcome(work).percent == 100
        assert not queries.referrals_gone_quiet(work, watch=Watch.SUPERVISOR)
        assert work.get(Case, elena.case).silent_since is None


def test_a_supporter_sees_the_shared_date_and_no_more(story, make, browser):
    with on(4, 7):
        url = story.offer(story.neurology)
        page = story.places().press("Yes, I want this Neurology clinic")
        page.follow("I have a date Neurology clinic").press("Save the date", day="2025-04-29", time="14:30")
        luis = make.supporter(story.elena, powers=[Power.SEE_NEXT, Power.REPORT_FOR])
        assert shared(make, luis) == []
        mine = browser.as_(story.elena).visit(url)
        mine.press("Show this date to my supporters")
        dates = shared(make, luis)
        assert [(d.at, d.place, d.what_to_bring, d.may_tell) for d in dates] == [(at(4, 29, 14, 30), "", "", False)]
        assert browser.as_(luis).visit(url).status == 403
        assert browser.as_(luis).visit(f"/cases/{story.elena.case}/places").status == 403
    with on(4, 29, 18):
        (date,) = shared(make, luis)
        assert date.may_tell


def shared(make, supporter):
    with make.work(supporter, read_only=True) as work:
        return queries.shared_dates(work, work.get(Case, supporter.case))


def test_nobody_signed_in_sees_no_places(story, browser):
    assert ANONYMOUS.person_id is None
    assert "places" not in browser.visit(f"/cases/{story.elena.case}/places").url
