"""The pages of releases."""

from datetime import timedelta

import pytest

from tests.referrals.places import make_place


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def index(client):
    return f"/cases/{client.case}/releases"


def signed(browser, client, **typed):
    form = browser.as_(client).visit(f"{index(client)}/new")
    values = {
        "receiver": "Neurology clinic", "categories": ["contact"], "purpose": "To get a visit",
        "signed_name": "Elena Marsh",
    }  # fmt: skip
    return form.press("I say yes", **{**values, **typed})


def test_nothing_is_ticked_beforehand_and_the_end_is_the_profiles(browser, client, make):
    page = browser.as_(client).visit(index(client)).follow("Say yes for somebody")
    assert page.says("You can say no and still get our help.")
    offered = page.fields_of("I say yes")
    assert offered["categories"] == []
    day = (make.now() + timedelta(days=90)).date()
    assert abs((day - day.fromisoformat(offered["ends_on"][0])).days) <= 1


def test_all_that_is_missing_is_said_at_once(browser, client):
    page = signed(browser, client, receiver="", purpose="", signed_name="", categories=[])
    assert page.status == 422
    for words in (
        "Write who we may tell.", "Tick at least one thing.", "Write what it is for.", "Write your name to sign.",
    ):  # fmt: skip
        assert page.says(words), words


def test_staff_go_back_to_the_client(browser, worker, client):
    page = browser.as_(worker).visit(index(client))
    assert page.follow(client.name).url == f"/cases/{client.case}/client"


def test_sign_read_and_take_back(browser, client):
    page = signed(browser, client)
    assert page.says("We may tell them: My name and how to reach me.")
    read = page.follow("Read it Neurology clinic")
    assert read.says("Signed by Elena Marsh")
    assert "Neurology" not in read.title
    asked = read.follow("Take it back")
    assert asked.says("You still get our help.")
    page = asked.press("Take it back")
    assert page.says("Nothing is shared now")
    assert page.says("Taken back on")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"receiver": ""}, "Write who we may tell."),
        ({"categories": []}, "Tick at least one thing."),
        ({"purpose": ""}, "Write what it is for."),
        ({"signed_name": " "}, "Write your name to sign."),
        ({"ends_on": "2020-01-01"}, "Choose an end day that is not over yet"),
        ({"ends_on": "2090-01-01"}, "Choose an end day that is not over yet"),
        ({"categories": ["everything"]}, "Choose only from this list."),
    ],
)
def test_what_lacks_is_said_and_nothing_typed_is_lost(browser, client, typed, says):
    page = signed(browser, client, **typed)
    assert page.status == 422
    assert page.says(says)
    if "purpose" not in typed:
        assert page.fields_of("I say yes")["purpose"] == ["To get a visit"]


def test_a_place_of_the_directory_is_named_by_its_own_name(make, browser, client):
    service = make_place(make, "Vestibular physio")
    form = browser.as_(client).visit(f"{index(client)}/new", query={"service": str(service)})
    page = form.press("I say yes", categories=["need"], purpose="To get a visit", signed_name="Elena")
    assert page.says("Vestibular physio")
    bad = browser.as_(client).visit(f"{index(client)}/new", query={"service": "x"})
    assert bad.status == 404


def test_staff_read_and_cannot_sign(browser, client, worker):
    signed(browser, client)
    theirs = browser.as_(worker)
    page = theirs.visit(index(client))
    assert page.says("Neurology clinic")
    assert not page.has_link("Take it back Neurology clinic")
    assert theirs.visit(f"{index(client)}/new").status == 403
    assert theirs.visit(page.follow("Read it Neurology clinic").url + "/stop").status == 403


def test_supporters_and_strangers_find_nothing(make, browser, client):
    url = signed(browser, client).follow("Read it Neurology clinic").url
    helper = make.supporter(client)
    assert browser.as_(helper).visit(url).status in {403, 404}
    assert browser.as_(helper).visit(index(client)).status == 403
    stranger = browser.as_(make.client("Other"))
    assert stranger.visit(url).status == stranger.visit(index(client)).status == 404
