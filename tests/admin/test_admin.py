"""An administrator looks after people, programmes and ways of working, and reads no case."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.accounts.models import Account, SignIn
from portal.admin import commands, queries
from portal.audit.events import Event
from portal.audit.models import SystemEntry
from portal.cases.models import Programme, StaffPost, Team, TeamMember
from portal.cases.offered import profiles_in_use
from portal.directory.models import DirectoryImport, DirectoryImportProblem, DirectorySource
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.roles import Post
from portal.work import NotFound


@pytest.fixture
def ada(make):
    return make.administrator()


def events(make):
    with make.system() as work:
        return [entry.event for entry in work.session.scalars(select(SystemEntry).order_by(SystemEntry.seq))]


def account(work, who):
    return work.session.get(Account, who.account_id)


def test_a_new_member_of_staff_gets_one_link_and_no_password(make, ada):
    programme = make.any_programme
    with make.work(ada) as work:
        made, secret = commands.add_staff(
            work, name="Wes", email="Wes@Example.org", posts=[(Post.CASE_MANAGER, programme)]
        )
        made_id = made.id
    with make.system() as work:
        made = work.session.get(Account, made_id)
        assert (made.sign_in_name, made.password_hash) == ("wes@example.org", None)
        (post,) = work.session.scalars(select(StaffPost).where(StaffPost.person_id == made.person_id)).all()
        assert (post.post, post.programme_id) == (Post.CASE_MANAGER, programme)
        (message,) = work.session.scalars(select(OutboxMessage)).all()
        assert (message.notice, message.secret) == (Notice.STAFF_WELCOME, secret)
    assert {Event.STAFF_ADDED, Event.POST_GIVEN} <= set(events(make))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, commands.NameMissing),
        ({"posts": [(Post.SUPERVISOR, None)]}, commands.NoProgramme),
        ({"posts": [(Post.ADMINISTRATOR, None)] * 2}, commands.HeldAlready),
    ],
)
def test_what_is_missing_is_refused(make, ada, change, refusal):
    facts = {"name": "Wes", "email": "wes@example.org", "posts": [], **change}
    with make.work(ada) as work, pytest.raises(refusal):
        commands.add_staff(work, **facts)


def test_an_administrator_s_post_is_in_no_programme(make, ada):
    wes = make.worker("Wes")
    with make.work(ada) as work:
        post = commands.give_post(work, account(work, wes), Post.ADMINISTRATOR, make.any_programme)
        assert post.programme_id is None


def test_somebody_kept_out_is_out_at_once(browser, make, ada):
    wes = make.worker("Wes")
    theirs = browser.as_(wes)
    assert theirs.visit("/caseload").status == 200
    with make.work(ada) as work:
        commands.disable_staff(work, account(work, wes))
    assert theirs.visit("/caseload").url != "/caseload"
    with make.system() as work:
        wanted = select(SignIn.ended_at).where(SignIn.account_id == wes.account_id)
        assert all(ended is not None for ended in work.session.scalars(wanted))
    assert Event.STAFF_DISABLED in events(make)
    with make.work(ada) as work:
        commands.enable_staff(work, account(work, wes))
    assert browser.as_(wes).visit("/caseload").status == 200


def test_somebody_always_looks_after_the_organisation(make, ada):
    with make.work(ada) as work:
        own = work.session.scalars(select(StaffPost).where(StaffPost.person_id == ada.id)).one()
        with pytest.raises(commands.LastAdministrator):
            commands.take_post(work, own)
        with pytest.raises(commands.NotOneself):
            commands.disable_staff(work, account(work, ada))
    bo = make.administrator("Bo")
    with make.work(bo) as work:
        commands.disable_staff(work, account(work, ada))
    with make.work(bo) as work:
        own = work.session.scalars(select(StaffPost).where(StaffPost.person_id == bo.id)).one()
        with pytest.raises(commands.LastAdministrator):
            commands.take_post(work, own)


def test_a_client_s_account_is_none_of_their_business(browser, make, ada):
    ana = make.client()
    with make.work(ada) as work:
        for act in (commands.disable_staff, commands.enable_staff, commands.send_link, queries.member_of):
            with pytest.raises(NotFound):
                act(work, account(work, ana))
    page = browser.as_(ada)
    assert page.visit(f"/admin/people/{ana.account_id}").status == 404
    assert not page.visit("/admin/people").says("Ana Ruiz")
    assert page.visit(f"/cases/{ana.case}/client").status == 404


def test_teams_are_made_of_the_programme_s_case_managers(make, ada):
    wes, far = make.worker("Wes"), make.worker("Far", programme=make.programme("Another"))
    programme = make.any_programme
    with make.work(ada) as work:
        team = commands.add_team(work, work.session.get(Programme, programme), "Blue")
        member = commands.join_team(work, team, wes.id)
        with pytest.raises(commands.InTeamAlready):
            commands.join_team(work, team, wes.id)
        with pytest.raises(NotFound):
            commands.join_team(work, team, far.id)
        with pytest.raises(commands.NameMissing):
            commands.add_team(work, work.session.get(Programme, programme), " ")
        commands.leave_team(work, member)
    assert events(make)[-3:] == [Event.TEAM_ADDED, Event.TEAM_JOINED, Event.TEAM_LEFT]


def test_the_settings_are_the_ceiling_of_the_ways_of_working(make, ada):
    with make.work(ada) as work:
        commands.choose_profiles(work, {"brokerage", "strengths"})
        with pytest.raises(commands.NoneChosen):
            commands.choose_profiles(work, ())
    with make.system() as work:
        keys = [profile.key for profile in profiles_in_use(work.session, ())]
        assert keys == ["brokerage", "strengths"]
        assert [profile.key for profile in profiles_in_use(work.session, ("strengths", "cti"))] == ["strengths"]
        assert [profile.key for profile in profiles_in_use(work.session, ("cti",))] == ["cti"]
    assert events(make)[-1] is Event.PROFILES_CHOSEN


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_adding_somebody_on_the_page(browser, make, ada):
    programme = make.any_programme
    page = browser.as_(ada).visit("/admin/people").follow("Add somebody")
    wrong = page.press("Add and send the link", name="Wes", email="wes", post="case_manager", programme=str(programme))
    assert (wrong.status, wrong.says("Write an email address")) == (422, True)
    none = page.press("Add and send the link", name="Wes", email="wes@example.org", post="case_manager")
    assert (none.status, none.says("Choose a programme for this post.")) == (422, True)
    made = page.press(
        "Add and send the link", name="Wes", email="wes@example.org", post="case_manager", programme=str(programme)
    )
    assert made.heading.endswith("Wes")
    assert made.says("“portal staff link”"), "no mail is set up in tests"
    page = browser.as_(ada).visit("/admin/people/new")  # the first page's form has acted, and acts once
    again = page.press("Add and send the link", name="Wes", email="wes@example.org", post="administrator")
    assert again.says("We cannot use this email here.")


def test_posts_are_given_and_taken_on_the_page(browser, make, ada):
    wes = make.worker("Wes")
    page = browser.as_(ada).visit("/admin/people").follow("Wes")
    assert page.press("Give this post").status == 422
    given = page.press("Give this post", post="administrator")
    assert given.says("Saved. It counts at once.")
    people = given.press("Take away Case manager")
    assert people.heading == "People"
    with make.system() as work:
        posts = work.session.scalars(select(StaffPost.post).where(StaffPost.person_id == wes.id)).all()
    assert posts == [Post.ADMINISTRATOR]


def test_without_a_post_somebody_is_known_by_their_email(browser, make, ada):
    wes = make.worker("Wes")
    with make.system() as work:
        work.session.delete(work.session.scalars(select(StaffPost).where(StaffPost.person_id == wes.id)).one())
        name = work.session.get(Account, wes.account_id).sign_in_name
    page = browser.as_(ada).visit("/admin/people")
    assert not page.says("Wes")
    assert page.follow(name).status == 200


def test_keeping_somebody_out_on_the_page(browser, make, ada):
    make.worker("Wes")
    page = browser.as_(ada).visit("/admin/people").follow("Wes")
    assert page.press("Send a new link for a password").says("“portal staff link”")
    out = page.press("Keep them out")
    assert out.says("They cannot sign in any more.")
    assert out.press("Let them in again").says("They can sign in again.")
    own = browser.as_(ada).visit("/admin/people").follow("Ada Admin").press("Keep them out")
    assert own.says("You cannot keep yourself out.")
    last = browser.as_(ada).visit("/admin/people").follow("Ada Admin").press("Take away Administrator")
    assert last.says("This is the last administrator.")


def test_programmes_teams_and_ways_of_working_on_the_page(browser, make, ada):
    wes = make.worker("Wes")
    page = browser.as_(ada).visit("/admin/programmes")
    assert page.press("Add the programme").status == 422
    page = page.press("Add the programme", name="Families")
    assert page.says("Families")
    team = page.follow("Add a team Family programme")
    assert team.press("Add the team").status == 422
    joined = team.press("Add the team", name="Blue")
    assert joined.press("Let them join").status == 422
    done = joined.press("Let them join", person=str(wes.id))
    assert done.says("Added. They see the cases of this team now.")
    assert done.press("Take out Wes").says("They see the cases of this team no longer.")
    none = page.press("Save the ways of working", profiles=[])
    assert (none.status, none.says("Choose at least one.")) == (422, True)
    saved = page.press("Save the ways of working", profiles=["brokerage"])
    assert saved.says("Open cases keep their way of working.")
    assert saved.fields_of("Save the ways of working")["profiles"] == ["brokerage"]
    with make.system() as work:
        assert work.session.scalars(select(TeamMember)).all() == []
        assert work.session.scalars(select(Team.name)).all() == ["Blue"]


def test_a_team_without_anybody_to_join_says_so(browser, make, ada):
    programme = make.programme("Empty")
    with make.work(ada) as work:
        team = commands.add_team(work, work.session.get(Programme, programme), "Blue").id
    assert browser.as_(ada).visit(f"/admin/teams/{team}").says("Nobody works in this programme yet")


def test_the_directory_page_tells_what_did_not_fit(browser, make, ada, monkeypatch):
    monkeypatch.setattr(queries, "PROBLEMS", 2)
    page = browser.as_(ada)
    assert page.visit("/admin/directory").says("Nothing was imported yet")
    with make.system() as work:
        source = DirectorySource(name="County list", licence="")
        work.session.add(source)
        work.session.flush()
        totals = {"kept": 150, "refused": 3}
        run = DirectoryImport(source_id=source.id, at=datetime(2025, 4, 7, tzinfo=UTC), package="county.zip",
                              dialect="hsds", counts={"totals": totals, "tables": {}})  # fmt: skip
        work.session.add(run)
        work.session.flush()
        work.session.add_all(
            DirectoryImportProblem(import_id=run.id, position=number, file="services.csv", line=number + 2,
                                   refused=number != 1, reason=f"Reason {number}")
            for number in range(3)
        )  # fmt: skip
    shown = page.visit("/admin/directory")
    assert shown.says("portal directory import PATH")
    assert shown.says("County list")
    assert shown.says("150")
    assert shown.says("Reason 1")
    assert not shown.says("Reason 2")
    assert shown.follow("More").says("Reason 2")
    assert page.visit("/admin/directory?after=x").status == 404


@pytest.mark.parametrize("path", ["people", "people/new", "programmes", "directory"])
def test_only_an_administrator_comes_here(browser, make, path):
    for who in (make.worker(), make.supervisor(), make.client()):
        assert browser.as_(who).visit(f"/admin/{path}").status == 403


def test_changing_people_asks_for_a_fresh_sign_in(browser, make, ada):
    wes = make.worker("Wes")
    stale = browser.as_(ada, fresh=False)
    for path in ("/admin/people/new", f"/admin/people/{wes.account_id}"):
        assert stale.visit(path).url.startswith("/confirm"), path


def test_who_may_not_come_here_learns_not_who_works_here(browser, make):
    wes, wanda = make.worker("Wes"), make.worker("Wanda")
    for account_id in (wanda.account_id, make.nobody_id()):
        assert browser.as_(wes).visit(f"/admin/people/{account_id}").status == 403
