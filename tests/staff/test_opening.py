"""Opening a case: who, how they are reached, why in this way; and the card that is printed afterwards."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.models import Account, Card
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ContactKind, ContactPoint
from portal.cases.offered import choose_profiles
from portal.roles import AccountKind, Power, Role
from portal.staff import commands
from portal.staff.commands import NewCase, Reach
from portal.staff.refusals import NotOffered

ELENA = {"breadth": 1, "instability": 0, "help_to_act": 1, "contact": 1, "treatment": 1, "skills": 0, "strengths": 1,
         "local": 3}  # fmt: skip


@pytest.fixture
def dana(make):
    return make.worker("Dana Okafor")


def new(make, **changes):
    facts = {
        "programme_id": make.any_programme,
        "name": "Elena Marsh",
        "language": "en",
        "profile_key": "brokerage",
        "reason": "She can call places herself.",
    }
    return NewCase(**{**facts, **changes})


def opened(make, who, **changes):
    with make.work(who) as work:
        return commands.open_case(work, new(make, **changes), allowed=()).id


def test_a_case_has_a_client_with_an_account_and_a_case_manager(make, dana):
    case_id = opened(make, dana, wish="Mostly on my own")
    with make.system() as work:
        case = work.session.get(Case, case_id)
        assert (case.client.name, case.profile_key, case.wish) == ("Elena Marsh", "brokerage", "Mostly on my own")
        assert (case.review_due_on - case.opened_on).days == 90
        members = work.session.scalars(select(CaseMember).where(CaseMember.case_id == case_id)).all()
        assert {(member.person_id, member.role) for member in members} == {
            (case.client_id, Role.CLIENT),
            (dana.id, Role.CASE_MANAGER),
        }
        account = work.session.scalars(select(Account).where(Account.person_id == case.client_id)).one()
        assert (account.kind, len(account.sign_in_name)) == (AccountKind.CLIENT, 8)
        assert work.session.scalars(select(Card)).all() == []


def test_the_choice_is_recorded_beside_what_was_suggested(make, dana):
    case_id = opened(make, dana, suggested="clinical", fits={"clinical": 92, "brokerage": 74})
    assert make.events(case_id) == [
        Event.CASE_STARTED, Event.PROFILE_CHOSEN, Event.MEMBER_ADDED, Event.MEMBER_ADDED
    ]  # fmt: skip
    (chosen,) = [entry for entry in make.entries(case_id) if entry.event is Event.PROFILE_CHOSEN]
    assert chosen.facts == {"chosen": "brokerage", "suggested": "clinical", "fits": {"clinical": 92, "brokerage": 74}}
    assert "call places" not in str([entry.facts for entry in make.entries(case_id)])


def test_nothing_is_safe_unless_they_say_so(make, dana):
    reach = (Reach(ContactKind.PHONE, "(312) 555-0142"), Reach(ContactKind.EMAIL, "Elena@Example.org", safe=True))
    opened(make, dana, reach=reach)
    with make.system() as work:
        found = work.session.scalars(select(ContactPoint).order_by(ContactPoint.kind)).all()
        assert [(point.kind, point.value, point.safe) for point in found] == [
            (ContactKind.EMAIL, "elena@example.org", True),
            (ContactKind.PHONE, "+13125550142", False),
        ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"profile_key": "strengths"}, "profile"),
        ({"programme_id": "other"}, "programme"),
        ({"worker_id": "other"}, "worker"),
    ],
)
def test_only_what_is_offered_can_be_chosen(make, dana, change, field):
    other = {"programme_id": make.programme("Another"), "worker_id": make.worker("Wes").id}
    with make.system() as work:
        choose_profiles(work.session, {"brokerage", "clinical"})
    change = {name: other[name] if value == "other" else value for name, value in change.items()}
    with pytest.raises(NotOffered) as no:
        opened(make, dana, **change)
    assert no.value.field == field


def test_a_supervisor_opens_a_case_for_a_colleague(make, dana):
    grace = make.supervisor()
    case_id = opened(make, grace, worker_id=dana.id)
    with make.system() as work:
        wanted = select(CaseMember.person_id).where(CaseMember.role == Role.CASE_MANAGER)
        assert work.session.scalars(wanted.where(CaseMember.case_id == case_id)).all() == [dana.id]


def answers(values=ELENA):
    return {f"q_{name}": str(value) for name, value in values.items()}


def fill(page, make, button="Open the case", **more):
    typed = {"Name": "Elena Marsh", "programme": make.any_programme, "profile": "brokerage", "reason": "Fits", **more}
    return page.press(button, **typed)


def test_story_1_the_helper_shows_what_fits_and_people_decide(browser, make, dana):
    make.any_programme  # noqa: B018  # made before the page is opened
    page = browser.as_(dana).visit("/cases/new")
    fits = fill(page, make, "See what fits", **answers(), here=["clinician"], wish="alone")
    assert fits.status == 200
    assert fits.says("Fits 100 of 100")
    shown = re.findall(r"Fits (\d+) of 100", fits.everything)
    assert shown[:2] == ["100", "77"], "the next one that is offered here is clinical"
    assert fits.says("What the client said they want Mostly on my own")
    assert fits.says("Services near: Plenty, and they work together")
    assert "Elena Marsh" in fits.html, "nothing typed is lost"
    card = fits.press("Open the case")
    assert card.heading == "Sign-in card"
    with make.system() as work:
        case = work.session.scalars(select(Case)).one()
        assert (case.wish, case.reason, case.profile_key) == ("Mostly on my own", "Fits", "brokerage")


def test_four_answers_are_not_enough(browser, make, dana):
    page = browser.as_(dana).visit("/cases/new")
    few = dict(list(answers().items())[:4])
    assert fill(page, make, "See what fits", **few).says("Not enough yet")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"Name": ""}, "Write the name of the client."),
        ({"reason": ""}, "Write why, in one line or more."),
        ({"phone": "12"}, "Write a phone number with its area code."),
        ({"email": "nobody"}, "Write an email address, such as name@example.org."),
        ({"safe": ["phone"]}, "Write the phone or email that is safe, or take the tick away."),
        ({"profile": "nonsense"}, "Choose a way of working."),
    ],
)
def test_what_is_missing_is_said_beside_it(browser, make, dana, change, says):
    page = fill(browser.as_(dana).visit("/cases/new"), make, **change)
    assert (page.status, page.says(says)) == (422, True)
    with make.system() as work:
        assert work.session.scalars(select(Case)).all() == []


def test_a_profile_that_is_not_in_use_is_not_offered(browser, make, dana):
    with make.system() as work:
        choose_profiles(work.session, {"brokerage", "clinical"})
    page = browser.as_(dana).visit("/cases/new")
    assert "Strengths-based" not in page.text
    assert "Brokerage" in page.text


def test_staff_are_told_quietly_when_a_supporter_has_the_same_phone(browser, make, dana):
    ana = make.client("Ana Ruiz", worker=dana)
    luis = make.supporter(ana, powers=[Power.SEE_GOALS])
    make.contact(luis, "+13125550142", ContactKind.PHONE)
    page = fill(browser.as_(dana).visit("/cases/new"), make, phone="312 555 0142")
    assert page.says("A supporter uses the same phone or email. Ask the client if it is safe.")


def test_a_client_opens_no_case(browser, make):
    assert browser.as_(make.client()).visit("/cases/new").status == 403


def test_a_card_shows_its_code_once_in_the_client_s_language(browser, make, dana):
    sol = make.client("Sol Vega", language="ar", worker=dana)
    page = browser.as_(dana).visit(f"/cases/{sol.case}/card")
    assert re.search(r"\b\d{4} \d{4}\b", page.text), "the number stands as it is printed on the card"
    card = page.press("Make a card")
    sheet = card.soup.select_one("main [lang=ar]")
    assert sheet is not None
    assert sheet["dir"] == "rtl"
    codes = re.findall(r"\b[2-9A-HJ-KM-NP-Z]{4} [2-9A-HJ-KM-NP-Z]{4} [2-9A-HJ-KM-NP-Z]{4}\b", card.text)
    assert len(codes) == 1
    assert card.soup.select_one("img[src^='data:image/svg+xml']")
    assert codes[0] not in browser.as_(dana).visit(f"/cases/{sol.case}/card").everything
    assert Event.CARD_ISSUED in {entry.event for entry in system_entries(make)}
    assert Event.CARD_ISSUED in make.events(sol.case), "the client reads of it, too"


def test_a_new_card_ends_the_old_one(browser, make, dana):
    sol = make.client("Sol Vega", worker=dana)
    page = browser.as_(dana).visit(f"/cases/{sol.case}/card").press("Make a card")
    browser.as_(dana).visit(f"/cases/{sol.case}/card").press("Make a new card")
    assert page.status == 200
    with make.system() as work:
        ends = [card.ended_at for card in work.session.scalars(select(Card).order_by(Card.issued_at))]
    assert ends[0] is not None
    assert ends[1] is None


def test_a_client_of_a_closed_case_can_still_get_a_card(browser, make, dana):
    sol = make.client("Sol Vega", worker=dana, closed_on=date(2025, 4, 1))
    page = browser.as_(dana).visit(f"/cases/{sol.case}/client").follow("Sign-in card")
    assert page.press("Make a card").says("Print this now")


def test_an_account_that_is_closed_gets_no_card(browser, make, dana):
    sol = make.client("Sol Vega", worker=dana)
    page = browser.as_(dana).visit(f"/cases/{sol.case}/card")
    with make.system() as work:
        work.session.get(Account, sol.account_id).disabled_at = work.now
    assert page.press("Make a card").status == 404
    assert browser.as_(dana).visit(f"/cases/{sol.case}/card").says("This client has no account that works.")


def system_entries(make):
    from portal.audit.models import SystemEntry

    with make.system() as work:
        return work.session.scalars(select(SystemEntry)).all()
