"""Who looked at my pages: in plain words, newest first, behind a fresh sign-in, for the client alone."""

import pytest

from portal.audit.events import Event
from portal.cases.models import Case
from portal.messages import commands
from portal.roles import Power
from portal.trail.words import SAYS, says


@pytest.fixture
def worker(make):
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, worker):
    return make.client("Farah Demir", worker=worker)


def address(who):
    return f"/cases/{who.case}/who-looked"


def test_every_event_has_words_for_the_client():
    missing = set(Event) - set(SAYS) - {Event.CASE_OPENED}
    assert not missing, f"say it in portal/trail/words.py: {sorted(missing)}"


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        ("messages.thread", "Looked at messages"),
        ("messages.notes", "Looked at the notes of staff"),
        ("later.page", "Looked at your pages"),
    ],
)
def test_a_look_says_at_what(endpoint, words):
    assert says(Event.CASE_OPENED, endpoint) == words


@pytest.mark.parametrize(
    ("state", "words"), [("drafted", "Prepared"), ("waiting", "Made a code"), ("cancelled", "Took"), ("", "Asked")]
)
def test_an_invitation_says_how_far_it_came(state, words):
    assert says(Event.SUPPORTER_INVITED, "SupportInvite:x", {"state": state}).startswith(words)


def test_the_client_reads_who_looked_and_what_was_done(browser, make, farah, worker):
    browser.as_(worker).visit(f"/cases/{farah.case}/messages").press("Send my message", body="MARK-WORDS")
    page = browser.as_(farah).visit(address(farah))
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    assert "Priya Nair (Case manager)" in rows[0]
    assert "Sent a message" in rows[0]
    assert "Looked at messages" in rows[1]
    assert "MARK-WORDS" not in page.html


def test_what_oneself_did_says_you(browser, make, farah):
    with make.work(farah) as work:
        commands.send(work, work.get(Case, farah.case), "Hello")
    assert "You" in browser.as_(farah).visit(address(farah)).soup.select_one("tbody tr").get_text(" ")


def test_a_supporter_s_act_stays_a_supporter_s(browser, make, farah):
    selin = make.supporter(farah, "Selin", powers=[Power.SEE_GOALS])
    browser.as_(selin).visit(f"/cases/{farah.case}/supporting", status=200)
    page = browser.as_(farah).visit(address(farah))
    assert "Selin (Supporter)" in page.text
    assert page.says("Looked at what you share")


def test_looks_alone_can_be_shown(browser, make, farah, worker):
    browser.as_(worker).visit(f"/cases/{farah.case}/messages").press("Send my message", body="Hello")
    page = browser.as_(farah).visit(address(farah)).follow("Who looked")
    assert page.says("Looked at messages")
    assert not page.says("Sent a message")


def test_it_is_paged_by_key(browser, make, farah):
    for number in range(60):
        with make.work(farah) as work:
            commands.send(work, work.get(Case, farah.case), f"{number}")
    page = browser.as_(farah).visit(address(farah))
    assert len(page.soup.select("tbody tr")) == 50
    assert page.queries <= 6
    page = page.follow("Earlier")
    assert len(page.soup.select("tbody tr")) == 10
    assert not page.has_link("Earlier")


def test_it_stands_behind_a_fresh_sign_in(browser, farah):
    assert "/confirm" in browser.as_(farah, fresh=False).visit(address(farah)).url


def test_nobody_else_reads_it(browser, make, farah, worker):
    selin = make.supporter(farah, "Selin", powers=[*Power])
    other = make.client("Olga")
    for who, status in [(selin, 403), (worker, 403), (other, 404)]:
        assert browser.as_(who).visit(address(farah)).status == status


@pytest.mark.parametrize("before", ["x", "8c1b6c9e-0000-4000-8000-000000000000"])
def test_a_made_up_place_is_not_found(browser, farah, before):
    browser.as_(farah).visit(address(farah), query={"before": before}, status=404)
