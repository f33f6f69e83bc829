"""Attempts to see or change what lies outside one's cases. Every one has to fail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import exists, func, select, text, update
from sqlalchemy.orm import aliased

from portal.access.criteria import bound_models
from portal.access.scope import Scope, Unscoped
from portal.audit.events import Event
from portal.cases.models import Case, CaseMember, ContactPoint, Person, ReviewItem, ReviewKind, StaffPost
from portal.cases.releases import Release
from portal.roles import AccountKind, Power, Role
from portal.work import NotFound
from tests.make import Make, Someone


@pytest.fixture
def ana(make: Make) -> Someone:
    return make.client("Ana")


@pytest.fixture
def bo(make: Make) -> Someone:
    return make.client("Bo", profile="brokerage")


def test_reading_without_a_scope_raises(make, ana):
    with make.session() as session:
        for statement in (
            select(Case),
            select(Case.id),
            select(func.count(CaseMember.id)),
            select(func.count()).select_from(CaseMember),
            select(exists().where(Case.id == ana.case)),
            select(Person.id).join(CaseMember, CaseMember.person_id == Person.id),
            select(select(Case.id).subquery()),
            select(Case.id).union(select(CaseMember.case_id)),
            text("select id from case_file"),
        ):
            with pytest.raises(Unscoped):
                session.execute(statement)
        with pytest.raises(Unscoped):
            session.get(Case, ana.case)


def test_a_client_sees_their_case_and_no_other(make, ana, bo):
    with make.work(ana, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == [ana.case]
        assert work.session.scalar(select(func.count()).select_from(CaseMember)) == 1
        other = aliased(CaseMember)
        assert work.session.scalars(select(other.case_id)).all() == [ana.case]
        with pytest.raises(NotFound):
            work.get(Case, bo.case)
        assert work.session.scalars(select(Person.name).where(Person.id == bo.id)).all() == []


def test_a_second_name_for_a_table_is_narrowed_like_the_first(make, ana, bo):
    """Joined under another name, a row is seen no further than under its own."""
    other, person = aliased(CaseMember), aliased(Person)
    with make.work(ana, read_only=True) as work:
        everybody = select(Person.id, person.id).join(person, person.id.is_not(None))
        assert {theirs for _mine, theirs in work.session.execute(everybody)} == {ana.id}
        members = select(Case.id, other.case_id).join(other, other.id.is_not(None))
        assert {case_id for _mine, case_id in work.session.execute(members)} == {ana.case}
    luis = make.supporter(ana, "Luis", powers=[Power.SEE_GOALS])
    with make.work(luis, read_only=True) as work:
        members = select(Case.id, other.id).join(other, other.id.is_not(None))
        assert work.session.execute(members).all() == [], "not lent under its own name, nor under another"
        theirs = select(Case.id, person.name).join(person, person.id.is_not(None))
        assert {name for _id, name in work.session.execute(theirs)} == {"Ana", "Luis"}


def test_one_statement_shows_each_reader_their_own(make, ana, bo):
    """What was narrowed and compiled for one reader is filled with the next one's case, and stays lent as it was."""
    statement = select(CaseMember.case_id, Case.id).join(Case, Case.id == CaseMember.case_id)
    lent = {power: make.supporter(ana, power.value, powers=[power]) for power in Power}
    for _ in range(2):
        for who in (ana, bo):
            with make.work(who, read_only=True) as work:
                assert set(work.session.execute(statement)) == {(who.case, who.case)}
        for power, who in lent.items():
            with make.work(who, read_only=True) as work:
                found = work.session.execute(statement).all()
                assert found == [], f"nobody works with Ana yet, and {power} lends no supporter"
        wes = make.worker()
        make.joins(wes, bo.case)
        with make.work(wes, read_only=True) as work:
            assert {case_id for case_id, _ in work.session.execute(statement)} == {bo.case}


def test_before_a_case_is_entered_the_scope_is_every_case_of_the_actor(make, ana, bo):
    wes = make.worker()
    make.joins(wes, ana.case)
    with make.work(wes, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == [ana.case]


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.TEAM_MEMBER])
def test_staff_see_the_cases_they_are_members_of_until_that_ends(make, ana, bo, role):
    wes = make.worker()
    make.joins(wes, ana.case, role)
    with make.system() as work:
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == wes.id)).one()
        member.ended_at = work.now
    with make.work(wes, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == []


def test_a_post_that_was_taken_away_opens_no_case_any_more(make, ana, browser):
    wes = make.worker()
    make.joins(wes, ana.case)
    there = browser.as_(wes)
    assert there.visit(f"/cases/{ana.case}/client").status == 200
    with make.system() as work:
        work.session.delete(work.session.scalars(select(StaffPost).where(StaffPost.person_id == wes.id)).one())
    for page in ("client", "messages", "notes", "goals"):
        assert there.visit(f"/cases/{ana.case}/{page}").status == 404


def test_a_supervisor_sees_their_programme_only(make):
    here, there = make.programme("Here"), make.programme("There")
    ana, bo = make.client("Ana", programme=here), make.client("Bo", programme=there)
    grace = make.supervisor(programme=here)
    with make.work(grace, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == [ana.case]
        with pytest.raises(NotFound):
            work.get(Case, bo.case)


def test_an_administrator_reads_no_case(make, ana):
    with make.work(make.administrator(), read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == []
        assert ana.name not in work.session.scalars(select(Person.name)).all()


def test_a_team_member_sees_the_cases_of_the_team(make):
    from portal.cases.models import Team, TeamMember

    jo = make.worker("Jo")
    programme = make.any_programme
    with make.system() as work:
        team = Team(programme_id=programme, name="Team")
        work.session.add(team)
        work.session.flush()
        work.session.add(TeamMember(team_id=team.id, person_id=jo.id))
        team_id = team.id
    sam = make.client("Sam", profile="act", team_id=team_id)
    make.client("Other")
    with make.work(jo, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == [sam.case]
    with make.work(jo, sam.case, read_only=True) as work:
        standing = work.actor.standings[sam.case]
        assert standing.role is Role.TEAM_MEMBER


def test_an_account_opens_only_the_roles_of_its_kind(make, ana):
    luis = make.supporter(ana, "Luis", powers=[Power.SEE_GOALS])
    as_staff = Someone(luis.id, luis.name, AccountKind.STAFF, luis.account_id)
    with make.work(as_staff, read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == []


def test_a_supporter_sees_nothing_before_a_case_is_entered_and_only_what_is_lent_after(make, ana):
    luis = make.supporter(ana, "Luis", powers=list(Power))
    make.supporter(ana, "Selin", powers=list(Power))
    with make.work(Someone(luis.id, "Luis", AccountKind.SUPPORTER, luis.account_id), read_only=True) as work:
        assert work.session.scalars(select(CaseMember.id)).all() == []
        assert work.session.scalars(select(Case.id)).all() == [ana.case]
    with make.work(luis, read_only=True) as work:
        assert work.session.scalars(select(CaseMember.id)).all() == [], "members, and so other supporters, are not lent"
        assert work.session.scalars(select(Release.id)).all() == []
        names = set(work.session.scalars(select(Person.name)).all())
        assert names == {"Ana", "Luis"}, "not Selin"


@pytest.mark.parametrize("model", bound_models(), ids=lambda model: model.__name__)
def test_a_supporter_with_no_powers_sees_no_row_of_any_model(make, ana, model):
    luis = make.supporter(ana, "Luis", powers=[])
    with make.work(luis, read_only=True) as work:
        assert model.lent(frozenset(), luis.id) is None
        assert work.session.scalars(select(model)).all() == []


@pytest.mark.parametrize("change", ["ended", "paused", "expired"])
def test_a_grant_that_is_over_opens_nothing(make, ana, change):
    luis = make.supporter(ana, "Luis", powers=list(Power))
    with make.system() as work:
        member = work.session.scalars(select(CaseMember).where(CaseMember.person_id == luis.id)).one()
        if change == "ended":
            member.ended_at = work.now
        elif change == "paused":
            member.paused_at = work.now
        else:
            member.ends_on = work.today - timedelta(days=1)
    with make.work(Someone(luis.id, "Luis", AccountKind.SUPPORTER, luis.account_id), read_only=True) as work:
        assert work.session.scalars(select(Case.id)).all() == []


def test_addresses_of_others_are_for_staff_of_the_case_alone(make, ana, bo):
    wes = make.worker()
    make.joins(wes, ana.case)
    make.contact(ana, "ana@example.org")
    make.contact(bo, "bo@example.org")
    make.contact(wes, "wes@example.org")
    luis = make.supporter(ana, "Luis", powers=list(Power))
    expected = {"Ana": {"ana@example.org"}, "Luis": set[str](), "Wes": {"ana@example.org", "wes@example.org"}}
    for who, name in ((ana, "Ana"), (luis, "Luis")):
        with make.work(who, read_only=True) as work:
            assert set(work.session.scalars(select(ContactPoint.value))) == expected[name]
    with make.work(wes, ana.case, read_only=True) as work:
        assert set(work.session.scalars(select(ContactPoint.value))) == expected["Wes"]


def test_a_row_cannot_be_planted_in_another_case(make, ana, bo):
    def plant(case_id):
        return ReviewItem(
            case_id=case_id, kind=ReviewKind.GOAL, subject_id=uuid4(), asked_by_id=ana.id, asked_at=make.now()
        )

    with pytest.raises(Unscoped), make.work(ana) as work:
        work.session.add(plant(bo.case))
    wes = make.worker()
    make.joins(wes, ana.case)
    with pytest.raises(Unscoped), make.work(wes) as work:
        work.session.add(plant(bo.case))
    with make.work(wes) as work:
        work.session.add(plant(ana.case))
        work.record(Event.REVIEW_ASKED, work.get(Case, ana.case))


def test_bulk_changes_are_narrowed(make, ana, bo):
    with make.work(ana) as work:
        changed = work.session.execute(update(Case).values(silent_since=work.now)).rowcount
        work.record(Event.CASE_STARTED, work.get(Case, ana.case))
        assert changed == 1


def test_the_database_holds_children_in_their_case(make, ana, bo):
    """Every table with a case has the pair that composite foreign keys point at, or is pointed at by none."""
    from portal.db import Base

    for table in Base.metadata.sorted_tables:
        if "case_id" not in table.columns:
            continue
        for constraint in table.foreign_key_constraints:
            target = constraint.referred_table
            if target is not table and "case_id" in target.columns and target.name != "audit_head":
                assert "case_id" in constraint.column_keys, f"{table.name} → {target.name} does not repeat the case"


def test_every_case_says_why(make):
    assert Scope.every_case(because="delivering").because == "delivering"
    with pytest.raises(TypeError):
        Scope.every_case()  # type: ignore[call-arg]  # what the test is about
