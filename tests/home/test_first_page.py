"""Where each kind of person begins, and what a client finds on their first page."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from portal.cases.models import Case, CaseMember, Team, TeamMember
from portal.messages import commands as messages
from portal.profiles import registry
from portal.referrals.models import Status
from portal.roles import AccountKind, Power, Role
from portal.strengths import commands as strengths

#: Panels with something to show, by a word on it.
SAID = {
    "plans": "My goals",
    "strengths": "My strengths",
    "referrals": "My places",
    "messages": "Messages",
    "supporters": "My supporters",
    "resources": "Find help near you",
    "trail": "See who looked at your pages",
}


def test_signed_out_people_read_what_this_is(browser):
    page = browser.visit("/", status=200, budget=1)
    assert page.heading == "Welcome"
    assert page.has_link("Sign in")
    assert page.has_link("Sign in as staff")
    assert page.has_link("I have a code to help someone")


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("worker", "/caseload"),
        ("supervisor", "/supervision"),
        ("administrator", "/admin/people"),
    ],
)
def test_staff_begin_at_their_work(make, browser, who, first):
    someone = getattr(make, who)()
    answer = browser.as_(someone).client.get("/")
    assert answer.status_code == 303
    assert urlsplit(answer.headers["Location"]).path == first


def test_a_supporter_begins_with_those_they_help(make, browser):
    luis = make.supporter(make.client(), powers=[Power.CHEER])
    assert browser.as_(luis).client.get("/").headers["Location"].endswith("/supporting")


def test_a_client_begins_at_home(make, browser):
    farah = make.client("Farah Demir")
    page = browser.as_(farah).visit("/")
    assert page.url == f"/cases/{farah.case}/"
    assert page.heading == "Hello, Farah Demir"
    assert page.title.startswith("Home")
    assert "Farah" not in page.title


def test_several_cases_are_chosen_from(make, browser):
    farah = make.client("Farah Demir", closed_on=date(2025, 3, 1))
    housing = make.programme("Housing")
    with make.system() as work:
        old = work.get(Case, farah.case)
        new = Case(
            programme_id=housing, client_id=farah.id, profile_key="strengths",
            opened_on=work.today, created_at=work.now,
        )  # fmt: skip
        work.session.add(new)
        work.session.flush()
        work.session.add(CaseMember(case_id=new.id, person_id=farah.id, role=Role.CLIENT, started_at=work.now))
        new_id, old_id = new.id, old.id
    page = browser.as_(farah).visit("/")
    assert page.heading == "Your pages"
    links = [link["href"] for link in page.soup.select("main .rows a")]
    assert links == [f"/cases/{new_id}/", f"/cases/{old_id}/"], "the open one first"
    assert page.says("You can still read it.")


def test_a_client_without_a_case_is_told_whom_to_call(make, browser):
    page = browser.as_(make.person("Nobody Yet", AccountKind.CLIENT)).visit("/", status=200)
    assert page.says("There is nothing here for you yet")


@pytest.mark.parametrize("profile", registry.ALL, ids=lambda profile: profile.key)
def test_each_model_orders_its_own_home(make, browser, goal, place, profile):
    ana = make.client(profile=profile.key, worker=make.worker())
    goal(ana, "Drive again")
    place(ana, "Physio")
    page = browser.as_(ana).visit(f"/cases/{ana.case}/", status=200)
    told = [page.text.index(SAID[name]) for name in profile.panels if name not in {"resources", "trail"}]
    assert told == sorted(told), f"{profile.panels} is not the order of the page"
    assert all(page.says(SAID[name]) for name in profile.panels)


@pytest.mark.parametrize("profile", registry.ALL, ids=lambda profile: profile.key)
def test_a_closed_case_is_kept(make, browser, profile):
    ana = make.client(profile=profile.key, worker=make.worker(), closed_on=date(2025, 3, 1))
    page = browser.as_(ana).visit(f"/cases/{ana.case}/", status=200)
    assert page.says("Our work together is done. These pages are yours to keep.")
    assert not page.says("Your next step")
    assert not page.says("My supporters")
    assert not page.says("Write a message")
    assert page.says("No goals are going on now.")
    assert not page.soup.select("main form")


def test_the_next_step_is_one_of_the_plans(make, browser, goal, place):
    ana = make.client(worker=make.worker())
    goal(ana, "Drive again", "Call about lessons", in_days=2)
    goal(ana, "Cook", "Buy a pot", in_days=1)
    place(ana, "Physio")
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    (top,) = page.soup.select("section.spotlight")
    assert "Buy a pot" in top.get_text()
    page = page.press("I did this Buy a pot")
    home = page.browser.visit(f"/cases/{ana.case}/")
    assert "Call about lessons" in home.soup.select_one("section.spotlight").get_text()


def test_then_a_place_that_waits_for_the_client(make, browser, place):
    ana = make.client(profile="brokerage")
    place(ana, "Asked for you", Status.SENT)
    place(ana, "Counselling centre")
    top = browser.as_(ana).visit(f"/cases/{ana.case}/").soup.select_one("section.spotlight").get_text(" ")
    assert "Counselling centre" in top
    assert "Your turn to contact them" in top


def test_then_a_goal_whose_steps_are_done(make, browser, goal):
    ana = make.client()
    goal(ana, "Cook", "Buy a pot", in_days=1)
    page = browser.as_(ana).visit(f"/cases/{ana.case}/").press("I did this Buy a pot")
    home = page.browser.visit(f"/cases/{ana.case}/")
    top = home.soup.select_one("section.spotlight").get_text(" ")
    assert "Cook" in top
    assert "Start with one thing" not in top
    assert home.follow("Add a small step Cook").heading == "Add a small step"


def test_then_an_invitation(make, browser):
    ana = make.client()
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    top = page.soup.select_one("section.spotlight").get_text(" ")
    assert "Start with one thing you would like" in top
    assert "Write a goal" in top


def test_the_next_date_is_the_nearest_visit_to_come(make, browser, place):
    ana = make.client()
    place(ana, "Long gone", Status.BOOKED, in_days=-2)
    place(ana, "Later", Status.BOOKED, in_days=9)
    place(ana, "Eye clinic", Status.BOOKED, in_days=4)
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    (row,) = [row for row in page.soup.select(".rows li") if "Next date" in row.get_text()]
    assert "Eye clinic" in row.get_text()


def test_messages_are_counted_and_not_shown(make, browser):
    wes = make.worker()
    ana = make.client(worker=wes)
    with make.work(wes, ana.case) as work:
        messages.send(work, work.get(Case, ana.case), "Private words")
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    assert page.says("1 new message")
    assert not page.says("Private words")


def test_a_hope_is_written_on_the_first_page(make, browser):
    farah = make.client(worker=make.worker())
    page = browser.as_(farah).visit(f"/cases/{farah.case}/").press("Add it", words="Knit a blanket")
    assert page.url == f"/cases/{farah.case}/strengths"
    assert page.says("Knit a blanket")
    assert page.browser.visit(f"/cases/{farah.case}/").has_button("Add it"), "this model goes on asking"


def test_other_models_ask_once(make, browser):
    elena = make.client(profile="brokerage")
    page = browser.as_(elena).visit(f"/cases/{elena.case}/").press("Add it", words="Drive again")
    page = page.browser.visit(f"/cases/{elena.case}/")
    assert not page.has_button("Add it")
    assert page.says("You have 1 thing on your sheet.")


def test_an_empty_box_on_the_first_page(make, browser):
    farah = make.client()
    page = browser.as_(farah).visit(f"/cases/{farah.case}/").press("Add it", words=" ")
    assert page.status == 422
    assert page.says("Write a few words first.")


def test_ideas_and_what_matters_show_on_home(make, browser):
    wes = make.worker()
    farah = make.client(worker=wes)
    with make.work(wes, farah.case) as work:
        strengths.suggest(work, work.get(Case, farah.case), words="Patient teacher")
    with make.work(farah) as work:
        strengths.add_priority(work, work.get(Case, farah.case), words="Knit again")
    page = browser.as_(farah).visit(f"/cases/{farah.case}/")
    assert page.says("1 new idea for you to look at")
    assert page.says("Knit again")


def test_who_works_with_me(make, browser):
    ana = make.client(profile="strengths", worker=make.worker("Priya Nair"))
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    assert page.says("My strengths worker")
    assert page.says("Priya Nair")
    assert page.says("We answer within 2 working days.")


def test_a_team_is_named_whole(make, browser):
    programme = make.any_programme
    with make.system() as work:
        team = Team(programme_id=programme, name="Blue")
        work.session.add(team)
        work.session.flush()
        team_id = team.id
    for name in ("Jo Lee", "Kim Ray"):
        member = make.worker(name)
        with make.system() as work:
            work.session.add(TeamMember(team_id=team_id, person_id=member.id))
    sam = make.client(profile="act", team_id=team_id)
    page = browser.as_(sam).visit(f"/cases/{sam.case}/")
    assert page.says("My team")
    assert page.says("Jo Lee")
    assert page.says("Kim Ray")


def test_only_live_supporters_are_named(make, browser):
    ana = make.client()
    make.supporter(ana, "Luis Marsh", powers=[Power.CHEER])
    make.supporter(ana, "Ended Early", powers=[Power.CHEER], ends_on=make.now().date() - timedelta(days=2))
    page = browser.as_(ana).visit(f"/cases/{ana.case}/")
    assert page.says("Luis Marsh")
    assert not page.says("Ended Early")


def test_home_is_the_clients_alone(make, browser):
    wes = make.worker()
    ana = make.client(worker=wes)
    url = f"/cases/{ana.case}/"
    assert browser.as_(wes).visit(url).status == 403
    assert browser.as_(make.supporter(ana, powers=list(Power))).visit(url).status == 403
    assert browser.as_(make.client("Other")).visit(url).status == 404
    assert browser.visit(url).heading != "Hello, Ana Ruiz"


def test_home_costs_eight_queries(make, browser, goal, place):
    wes = make.worker()
    ana = make.client(worker=wes)
    make.supporter(ana, powers=[Power.CHEER])
    mine = browser.as_(ana)
    url = f"/cases/{ana.case}/"
    few = mine.visit(url, budget=8)
    for number in range(4):
        goal(ana, f"Goal {number}", f"Step {number}")
    for number in range(6):
        place(ana, f"Place {number}", Status.BOOKED if number % 2 else Status.YOUR_TURN, in_days=number)
    with make.work(wes, ana.case) as work:
        messages.send(work, work.get(Case, ana.case), "Hello")
    with make.work(ana) as work:
        for words in "abcd":
            strengths.add_priority(work, work.get(Case, ana.case), words=words)
            strengths.add(work, work.get(Case, ana.case), words=words)
    assert mine.visit(url, budget=8).queries == few.queries
