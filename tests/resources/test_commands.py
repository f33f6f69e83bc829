"""What a client keeps of the directory, and asks."""

import pytest
from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.resources import commands, queries
from portal.resources.models import PlaceRequest, SavedPlace
from portal.roles import Power
from tests.referrals.places import make_place


@pytest.fixture
def worker(make):
    return make.worker()


@pytest.fixture
def client(make, worker):
    return make.client(profile="brokerage", worker=worker)


def case_of(work, client):
    return work.get(Case, client.case)


def test_a_place_is_saved_once_and_dropped(make, client):
    service = make_place(make)
    for _again in range(2):
        with make.work(client) as work:
            commands.save(work, case_of(work, client), service)
    with make.work(client) as work:
        page = queries.find(work, case_of(work, client), None)
        assert [one.hit.name for one in page.saved] == ["Counselling centre"]
        commands.drop(work, case_of(work, client), service)
    with make.work(client) as work:
        assert not queries.find(work, case_of(work, client), None).saved
        commands.drop(work, case_of(work, client), service)
    assert make.events(client.case) == [Event.PLACE_SAVED, Event.PLACE_DROPPED]


def test_a_question_waits_for_staff_and_shows_their_answer(make, worker, client):
    service = make_place(make)
    with make.work(client) as work:
        commands.ask(work, case_of(work, client), service_id=service, place="Counselling centre", words="Is it far?")
    with make.work(worker, client.case) as work:
        (item,) = work.session.scalars(select(ReviewItem)).all()
        assert item.kind is ReviewKind.PLACE_REQUEST
        request = work.get(PlaceRequest, item.subject_id)
        assert (request.place, request.words) == ("Counselling centre", "Is it far?")
        work.answered(case_of(work, client), item, ReviewAnswer.COMMENT, "Ten minutes by bus.")
        work.record(Event.REVIEW_ANSWERED, item)
    with make.work(client, read_only=True) as work:
        (asked,) = queries.asked(work, case_of(work, client), service)
        assert asked.answer == "Ten minutes by bus."
        assert not queries.asked(work, case_of(work, client), make.nobody_id())
    assert "far" not in str([entry.facts for entry in make.entries(client.case)])
    assert Event.PLACE_ASKED in make.events(client.case)


def test_nothing_is_no_question(make, client):
    with make.work(client) as work, pytest.raises(commands.NothingAsked):
        commands.ask(work, case_of(work, client), service_id=None, place="", words="")


def test_supporters_are_lent_none_of_it(make, client):
    service = make_place(make)
    with make.work(client) as work:
        commands.save(work, case_of(work, client), service)
        commands.ask(work, case_of(work, client), service_id=service, place="Counselling centre", words="")
    helper = make.supporter(client, powers=list(Power))
    with make.work(helper, read_only=True) as work:
        assert not work.session.scalars(select(SavedPlace)).all()
        assert not work.session.scalars(select(PlaceRequest)).all()
