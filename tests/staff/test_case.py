"""One client's page, who works on a case, and closing it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ReviewItem
from portal.messages import commands as messages
from portal.messages.models import Message
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind, PlanVersion, VersionState, Visibility
from portal.referrals import commands as referrals
from portal.referrals.commands import Offer
from portal.referrals.models import LedBy
from portal.roles import Power, Role
from portal.staff import commands
from portal.staff.queries.client import client_page
from portal.staff.refusals import ClosedAlready, NobodyChosen, NobodyLeft, StillWaiting, WorksHereAlready
from portal.strengths import commands as strengths
from portal.work import NotAllowed, NotFound

MONDAY = datetime(2025, 4, 7, 15, tzinfo=UTC)


@pytest.fixture
def dana(make):
    return make.worker("Dana Okafor")


@pytest.fixture
def grace(make):
    return make.supervisor()


@pytest.fixture
def elena(make, dana):
    with clock.frozen_at(MONDAY):
        return make.client("Elena Marsh", profile="brokerage", worker=dana)


def does(make, who, act, case_id=None, at=None):
    with clock.frozen_at(at or clock.now()), make.work(who, case_id) as work:
        return act(work, work.get(Case, case_id or who.case))


def shown(make, who, case_id, at):
    with clock.frozen_at(at), make.work(who, case_id, read_only=True) as work:
        return client_page(work, work.get(Case, case_id))


def test_one_page_tells_what_goes_on(make, elena, dana):
    goal_id = does(make, elena, lambda w, c: plans.write_goal(w, c, words="Drive").id, at=MONDAY)
    does(make, elena, lambda w, c: plans.write_goal(w, c, words="Secret", visibility=Visibility.PRIVATE), at=MONDAY)
    does(make, elena, lambda w, c: strengths.add_priority(w, c, words="See my nephew"), at=MONDAY)
    does(make, elena, lambda w, c: strengths.add(w, c, words="Patient"), at=MONDAY)
    day = (MONDAY + timedelta(days=2)).date()

    def step(work, case):
        from portal.plans.models import Goal

        plans.add_step(work, work.get(Goal, goal_id), text="Call", doer=Doer(DoerKind.CLIENT), due_on=day)

    does(make, elena, step, at=MONDAY)
    does(make, dana, lambda w, c: referrals.offer(
        w, c, Offer(service_id=None, place="Physio", led_by=LedBy.CLIENT, first_session=True)),
        elena.case, MONDAY)  # fmt: skip
    make.supporter(elena, powers=[Power.SEE_GOALS])
    found = shown(make, dana, elena.case, MONDAY + timedelta(days=14))
    assert [(line.words, line.total) for line in found.goals] == [("Drive", 1)]
    assert (found.private_goals, found.to_answer) == (1, 2)
    assert [(due.text, due.late) for due in found.steps] == [("Call", True)]
    assert [wish.words for wish in found.strengths.wishes] == ["See my nephew"]
    assert [(place.name, place.days_silent, place.is_quiet) for place in found.places] == [("Physio", 14, True)]
    assert (found.first_session.offered, found.first_session.wanted, found.first_session.done) == (1, 2, False)
    assert [(grant.name, grant.relation) for grant in found.supporters] == [("Luis Marsh", "brother")]
    assert [(person.name, person.role) for person in found.staff] == [("Dana Okafor", Role.CASE_MANAGER)]


def test_the_page_never_shows_a_private_goal(browser, make, elena, dana):
    does(make, elena, lambda w, c: plans.write_goal(w, c, words="My secret", visibility=Visibility.PRIVATE))
    page = browser.as_(dana).visit(f"/cases/{elena.case}/client")
    assert "My secret" not in page.html
    assert page.says("1 private goals, hidden from you")
    assert [entry.subject for entry in make.entries(elena.case) if entry.event is Event.CASE_OPENED] == ["staff.client"]


def test_the_page_leads_everywhere(browser, make, elena, dana):
    make.supporter(elena, powers=[Power.SEE_GOALS])
    page = browser.as_(dana).visit(f"/cases/{elena.case}/client")
    for link in ("Messages", "Plan", "Private notes", "Find a place", "Sign-in card", "Close this case"):
        assert page.follow(link).status == 200, link
    assert page.follow("Luis Marsh").status == 200
    assert not page.has_link("Change who works here")


def test_staff_are_told_when_a_supporter_shares_the_contact(make, elena, dana):
    luis = make.supporter(elena, powers=[Power.SEE_GOALS])
    make.contact(elena, "same@example.org")
    assert not shown(make, dana, elena.case, MONDAY).shares_contact
    make.contact(luis, "same@example.org")
    assert shown(make, dana, elena.case, MONDAY).shares_contact


# --- Who works on a case ----------------------------------------------------------------------------------------------


def live_staff(make, case_id):
    with make.system() as work:
        wanted = select(CaseMember).where(CaseMember.case_id == case_id, CaseMember.role == Role.CASE_MANAGER)
        return {member.person_id for member in work.session.scalars(wanted) if member.is_live(work.today)}


def test_a_supervisor_hands_a_case_over_and_the_client_hears_first(make, elena, dana, grace):
    wes = make.worker("Wes Adeyemi")
    does(make, grace, lambda w, c: commands.add_worker(w, c, wes.id), elena.case)
    assert live_staff(make, elena.case) == {dana.id, wes.id}
    with make.system() as work:
        (message,) = work.session.scalars(select(Message)).all()
        assert "Wes Adeyemi joins the people who work with you" in message.body
        assert "Would you like somebody else?" in message.body
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == dana.id)).one().id
    later = clock.local_date(clock.now(), "UTC") + timedelta(days=7)
    does(make, grace, lambda w, c: commands.end_worker(w, w.get(CaseMember, member), last_day=later), elena.case)
    assert live_staff(make, elena.case) == {dana.id, wes.id}, "until the day the client can object"
    does(make, grace, lambda w, c: commands.end_worker(w, w.get(CaseMember, member)), elena.case)
    assert live_staff(make, elena.case) == {wes.id}
    assert make.events(elena.case) == [
        Event.MESSAGE_SENT, Event.MEMBER_ADDED, Event.MEMBER_ENDED, Event.MEMBER_ENDED
    ]  # fmt: skip


def test_cover_ends_by_itself(make, elena, grace):
    wes = make.worker("Wes Adeyemi")
    until = clock.local_date(clock.now(), "UTC") + timedelta(days=3)
    does(make, grace, lambda w, c: commands.add_worker(w, c, wes.id, until=until), elena.case)
    with make.system() as work:
        assert "stands in for your case manager until" in work.session.scalars(select(Message.body)).one()
    with clock.frozen_at(clock.now() + timedelta(days=5)):
        assert wes.id not in live_staff(make, elena.case)


def test_somebody_always_works_with_a_client(make, elena, dana, grace):
    with make.system() as work:
        member = work.session.scalars(select(CaseMember.id).where(CaseMember.person_id == dana.id)).one()
        client = work.session.scalars(select(CaseMember.id).where(CaseMember.person_id == elena.id)).one()
    with pytest.raises(NobodyLeft):
        does(make, grace, lambda w, c: commands.end_worker(w, w.get(CaseMember, member)), elena.case)
    with pytest.raises(NotFound):
        does(make, grace, lambda w, c: commands.end_worker(w, w.get(CaseMember, client)), elena.case)


def test_only_colleagues_of_the_programme_can_be_added_once(make, elena, dana, grace):
    elsewhere = make.worker("Far", programme=make.programme("Another"))
    with pytest.raises(NobodyChosen):
        does(make, grace, lambda w, c: commands.add_worker(w, c, elsewhere.id), elena.case)
    with pytest.raises(WorksHereAlready):
        does(make, grace, lambda w, c: commands.add_worker(w, c, dana.id), elena.case)


def test_only_the_programme_s_supervisor_decides_who_works_there(make, elena, dana):
    wes = make.worker("Wes")
    other = make.supervisor("Other", programme=make.programme("Another"))
    make.joins(other, elena.case)
    for who in (dana, other):
        with pytest.raises(NotAllowed):
            does(make, who, lambda w, c: commands.add_worker(w, c, wes.id), elena.case)


def test_a_colleague_is_added_on_the_page(browser, make, elena, dana, grace):
    wes = make.worker("Wes Adeyemi")
    assert browser.as_(dana).visit(f"/cases/{elena.case}/staff").status == 403
    page = browser.as_(grace).visit(f"/cases/{elena.case}/client").follow("Change who works here")
    done = page.press("Add and tell the client", worker=str(wes.id), until="2020-01-01")
    assert done.status == 422
    done = page.press("Add and tell the client", worker=str(wes.id))
    assert done.says("Added. The client has a message about it.")
    ended = done.follow("Dana Okafor").press("Save")
    assert ended.says("Saved.")
    assert live_staff(make, elena.case) == {wes.id}
    refused = ended.follow("Wes Adeyemi").press("Save")
    assert refused.says("Somebody has to work with this client.")


# --- Closing ----------------------------------------------------------------------------------------------------------


def test_closing_tells_the_client_and_ends_the_plan(make, elena, dana):
    does(make, elena, lambda w, c: plans.write_goal(w, c, words="Drive"))
    does(make, dana, plans.offer_plan, elena.case)
    with pytest.raises(StillWaiting):
        does(make, dana, lambda w, c: commands.close_case(w, c, words="Goodbye"), elena.case)
    with make.system() as work:
        assert work.session.scalars(select(Message)).all() == [], "nothing is said before it can be"
        for item in work.session.scalars(select(ReviewItem)):
            item.answered_at = work.now
    does(make, dana, lambda w, c: commands.close_case(w, c, words="Goodbye, and well done"), elena.case)
    with make.system() as work:
        case = work.session.get(Case, elena.case)
        assert (case.closed_on, case.review_due_on) == (work.today, None)
        assert work.session.scalars(select(Message.body)).all() == ["Goodbye, and well done"]
        assert work.session.scalars(select(PlanVersion.state)).all() == [VersionState.ENDED]
    assert make.events(elena.case)[-3:] == [Event.MESSAGE_SENT, Event.PLAN_ENDED, Event.CASE_CLOSED]


def test_a_closed_case_stays_closed(make, elena, dana):
    does(make, dana, lambda w, c: commands.close_case(w, c, words="Goodbye"), elena.case)
    with make.system() as work, pytest.raises(ClosedAlready):
        commands.close_case(work, work.get(Case, elena.case), words="Again")


def test_after_closing_the_pages_can_be_read_and_not_changed(browser, make, elena, dana):
    page = browser.as_(dana).visit(f"/cases/{elena.case}/close")
    assert page.press("Close the case").status == 422
    done = page.press("Close the case", words="Goodbye, and well done")
    assert done.says("The case is closed. The client can still read everything.")
    assert done.says("Closed on")
    assert browser.as_(elena).visit(f"/cases/{elena.case}/messages").says("Goodbye, and well done")
    assert not browser.as_(elena).visit(f"/cases/{elena.case}/messages").has_button("Send my message")
    assert browser.as_(dana).visit(f"/cases/{elena.case}/close").status == 403
    assert browser.as_(dana).visit("/caseload?show=closed").says("Elena Marsh")


def test_a_reply_closes_nothing_by_itself(make, elena, dana):
    does(make, elena, lambda w, c: messages.send(w, c, "Wait"))
    does(make, dana, lambda w, c: commands.close_case(w, c, words="Goodbye"), elena.case)
    with make.system() as work:
        assert work.session.scalars(select(ReviewItem.answered_at)).one() is not None
