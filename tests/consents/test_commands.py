"""A release is signed whole, kept word for word, and taken back at once."""

from datetime import timedelta

import pytest

from portal.audit.events import Event
from portal.cases.models import Case
from portal.cases.releases import Release
from portal.cases.sharing import SHARED_LABELS, Shared, Terms
from portal.consents import commands, queries


@pytest.fixture
def client(make):
    return make.client(profile="brokerage", worker=make.worker())


def sign(make, client, **changes):
    values = {
        "receiver": "Neurology clinic", "service_id": make.nobody_id(), "categories": ["contact", "need"],
        "purpose": "To get a visit", "ends_on": make.now().date() + timedelta(days=90), "signed_name": "Elena Marsh",
    }  # fmt: skip
    with make.work(client) as work:
        return commands.sign(work, work.get(Case, client.case), Terms(**{**values, **changes})).id


def test_it_keeps_the_sentence_that_was_signed(make, client):
    release_id = sign(make, client)
    with make.work(client, read_only=True) as work:
        release = work.get(Release, release_id)
        for words in ("Neurology clinic", "My name and how to reach me and What I want help with", "To get a visit"):
            assert words in release.sentence
        assert "I can take it back at any time." in release.sentence
        assert release.is_live(work.today)
    assert make.events(client.case) == [Event.RELEASE_SIGNED]
    assert "Neurology" not in str([entry.facts for entry in make.entries(client.case)])


@pytest.mark.parametrize(
    "changes", [{"receiver": ""}, {"categories": []}, {"purpose": ""}, {"signed_name": ""}, {"days": 367}, {"days": -1}]
)
def test_a_release_that_lacks_something_is_none(make, client, changes):
    if "days" in changes:
        changes = {"ends_on": make.now().date() + timedelta(days=changes["days"])}
    with pytest.raises(commands.NotSigned):
        sign(make, client, **changes)
    assert not make.events(client.case)


def test_taking_it_back_holds_from_this_moment(make, client):
    release_id = sign(make, client)
    with make.work(client) as work:
        commands.revoke(work, work.get(Release, release_id))
    with make.work(client, read_only=True) as work:
        shown = queries.releases(work, work.get(Case, client.case))
        assert not shown.live
        assert [one.release.id for one in shown.ended] == [release_id]
    assert make.events(client.case)[-1] is Event.RELEASE_REVOKED
    with make.work(client) as work, pytest.raises(commands.TakenBack):
        commands.revoke(work, work.get(Release, release_id))


def test_every_category_has_words():
    assert {str(label) for label in map(str, SHARED_LABELS.values())}
    assert set(SHARED_LABELS) == set(Shared)
