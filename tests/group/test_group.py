"""Group supervision: a sheet without a name unless the client agreed, ideas as options, followed up next time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.audit.events import Event
from portal.cases.models import Case
from portal.group import commands, queries
from portal.group.masking import GAP, Mask
from portal.group.models import GroupIdea, IdeaState, NotOffered, NotOnTheTable, OfferedAlready, TooLong
from portal.outbox.models import OutboxMessage
from portal.outbox.notices import Notice
from portal.plans import commands as plans
from portal.plans.models import Doer, DoerKind, Goal, Lifecycle, Visibility
from portal.profiles import registry
from portal.roles import Power
from portal.strengths import commands as strengths
from portal.strengths.models import Tense

JUNE = datetime(2025, 6, 26, 15, tzinfo=UTC)


@pytest.fixture
def priya(make):
    return make.worker("Priya Nair")


@pytest.fixture
def farah(make, priya):
    return make.client("Farah Demir", worker=priya)


@pytest.fixture
def knitting(make, farah, priya):
    """Farah's goal and sheet; her daughter Selin has a step."""
    selin = make.supporter(farah, "Selin Demir", powers=[Power.MY_STEPS, Power.SEE_PLAN, Power.SEE_GOALS])
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        strengths.add(work, case, words="Farah ran a bakery for 19 years.", area="work_learning", tense=Tense.PAST)
        goal = plans.write_goal(
            work, case, words="Knit a blanket for my grandson.", barriers="Selin says I rush.",
            visibility=Visibility.WORKER_AND_SUPPORTERS,
        )  # fmt: skip
        plans.add_step(work, goal, text="Wind wool with Selin", doer=Doer(DoerKind.SUPPORTER, selin.id))
        plans.write_goal(work, case, words="Leave this town", visibility=Visibility.PRIVATE)
    return goal.id


def hold(make, who, farah, goal_id, *ideas, day=JUNE):
    with clock.frozen_at(day), make.work(who, farah.case) as work:
        turn = commands.hold_turn(work, work.get(Case, farah.case), work.get(Goal, goal_id))
        return turn.id, [idea.id for idea in commands.note_ideas(work, turn, ideas)] if ideas else []


@pytest.mark.parametrize(
    ("names", "text", "masked"),
    [
        (["Farah Demir"], "Farah's oven. FARAH DEMIR; farahs", f"{GAP}'s oven. {GAP} {GAP}; farahs"),
        (["Ana Ruiz"], "A banana for Ana", f"A banana for {GAP}"),
        (["Li Wu"], "I like tea", "I like tea"),
        (["ليلى حسن"], "كتبتُ مع ليلى وليلى تخبز", f"كتبتُ مع {GAP} و{GAP} تخبز"),
        ([], "Farah", "Farah"),
    ],
)  # fmt: skip
def test_names_are_taken_out(names, text, masked):
    assert Mask(names)(text) == masked


def test_a_turn_with_ideas_told_to_the_record(make, farah, priya, knitting):
    _turn, (first, second) = hold(make, priya, farah, knitting, "Tap a rhythm", " ", "Knead dough ")
    with make.work(priya, farah.case) as work:
        commands.offer_ideas(work, work.get(Case, farah.case), [work.get(GroupIdea, second)])
    with make.work(farah) as work:
        assert [idea.words for idea in queries.ideas_of(work, work.get(Case, farah.case))] == ["Knead dough"]
        with pytest.raises(NotOffered):
            commands.answer_idea(work, work.get(GroupIdea, first), take=True)
        commands.answer_idea(work, work.get(GroupIdea, second), take=False)
        commands.answer_idea(work, work.get(GroupIdea, second), take=True)  # one may change one's mind
    with make.work(priya, farah.case) as work:
        idea = work.get(GroupIdea, second)
        with pytest.raises(OfferedAlready):
            commands.offer_ideas(work, work.get(Case, farah.case), [idea])
        commands.follow_up(work, idea, "Two loaves on Sunday")
        assert idea.state is IdeaState.TAKEN
    assert make.events(farah.case)[-7:] == [
        Event.GROUP_HELD, Event.IDEA_NOTED, Event.IDEA_NOTED, Event.IDEA_OFFERED, Event.IDEA_ANSWERED,
        Event.IDEA_ANSWERED, Event.IDEA_FOLLOWED_UP,
    ]  # fmt: skip
    with make.system() as work:
        sent = select(OutboxMessage.notice).where(OutboxMessage.person_id == farah.id)
        assert Notice.SOMETHING_NEW in work.session.scalars(sent).all()
    assert "dough" not in str([entry.facts for entry in make.entries(farah.case)])


def test_what_is_not_talked_about(make, farah, priya, knitting):
    with make.work(farah) as work:
        case = work.get(Case, farah.case)
        private = plans.write_goal(work, case, words="Mine alone", visibility=Visibility.PRIVATE)
        done = plans.write_goal(work, case, words="Reached")
        plans.move_goal(work, done, Lifecycle.REACHED)
    with make.work(priya, farah.case) as work:
        case = work.get(Case, farah.case)
        for id_ in (private.id, done.id):
            with pytest.raises(NotOnTheTable):
                commands.hold_turn(work, case, work.get(Goal, id_))
        turn = commands.hold_turn(work, case, work.get(Goal, knitting))
        with pytest.raises(TooLong):
            commands.note_ideas(work, turn, ["x" * 301])


def test_the_longest_since_their_turn_come_first(make, priya):
    grace = make.supervisor()
    names = {}
    for name, profile in (("Ana", "strengths"), ("Bo", "strengths"), ("Cy", "cti"), ("Di", "brokerage")):
        names[name] = make.client(name, profile=profile, worker=priya, opened_on=date(2025, 6, 1))
    elsewhere = make.client("Eve", programme=make.programme("There"))
    for name, days in (("Ana", 1), ("Cy", 9)):
        with make.work(names[name]) as work:
            goal = plans.write_goal(work, work.get(Case, names[name].case), words="A goal")
        hold(make, priya, names[name], goal.id, day=JUNE - timedelta(days=days))
    with clock.frozen_at(JUNE), make.work(grace, read_only=True) as work:
        found = queries.turns(work)
    assert [(turn.name, turn.is_due) for turn in found] == [("Bo", True), ("Cy", True), ("Ana", False)]
    assert elsewhere.case not in {turn.case_id for turn in found}
    assert {profile.key for profile in registry.ALL if profile.group_supervision_days} == {"strengths", "cti", "act"}


def test_the_sheet_bears_no_name_until_the_client_says_so(make, browser, farah, priya, knitting):
    address = f"/goals/{knitting}/paper/team-sheet"
    sheet = browser.as_(priya).visit(address, budget=16)
    assert sheet.says("Knit a blanket for my grandson.")
    assert sheet.says(f"{GAP} ran a bakery for 19 years.")
    assert sheet.says(f"Wind wool with {GAP} (Somebody close to them)")
    assert "Farah" not in sheet.html
    assert "Selin" not in sheet.html
    assert not sheet.says("Leave this town")
    mine = browser.as_(farah).visit(f"/cases/{farah.case}/ideas")
    assert mine.says("The team does not know my name.")
    assert mine.press("The team may know my name").says("The team may know my name.")
    named = browser.as_(priya).visit(address, budget=16)
    assert named.says("Farah Demir")
    assert named.says("Farah ran a bakery")
    browser.as_(farah).visit(f"/cases/{farah.case}/ideas").press("Hide my name")
    assert "Farah" not in browser.as_(priya).visit(address, budget=16).html


def test_from_the_sheet_to_what_came_of_it(make, browser, farah, priya, knitting):
    """Story 4.2, step 9, through the pages: Grace opens the sheet, Priya offers, Farah keeps one."""
    grace = make.supervisor()
    first = browser.as_(grace).visit("/")
    assert first.heading == "Supervision"
    case = first.follow("Group supervision").follow("Farah Demir")
    turn = case.press("Talk about this goal today", goal=str(knitting))
    empty = turn.press("Write down", words="  ")
    assert empty.status == 422
    assert empty.says("Write at least one idea.")
    turn = turn.press("Write down", words="Rhythm tapping\nKneading dough")
    nothing = turn.press("Offer to the client")
    assert nothing.status == 422
    assert nothing.says("Choose at least one idea.")
    ids = {box["value"] for box in turn.soup.select("input[name=ideas]")}
    assert len(ids) == 2
    staff = browser.as_(priya)
    turn = staff.visit(turn.url).press("Offer to the client", ideas=sorted(ids))
    assert turn.text.count("Offered, no answer yet") == 2
    home = browser.as_(farah).visit(f"/cases/{farah.case}/", budget=8)
    assert home.says("2 new")
    ideas = home.follow("Ideas of the team for you")
    assert ideas.says("For: Knit a blanket for my grandson.")
    ideas = ideas.press("I like this Kneading dough").press("Not for me Rhythm tapping")
    step = ideas.follow("Make a step of it Kneading dough")
    assert step.says("Knit a blanket for my grandson.")
    turn = staff.visit(turn.url)
    assert turn.says("The client took it")
    turn = turn.follow("Write what came of it Kneading dough").press("Save", came_of="Two loaves. Farah laughed.")
    assert turn.says("Two loaves.")
    sheet = staff.visit(f"/goals/{knitting}/paper/team-sheet", budget=16)
    assert sheet.says(f"Kneading dough : The client took it – Two loaves. {GAP} laughed.")
    assert browser.as_(farah).visit(f"/cases/{farah.case}/ideas").says("Two loaves. Farah laughed.")


def test_a_goal_that_becomes_private_leaves_the_turns(make, browser, farah, priya, knitting):
    turn_id, ideas = hold(make, priya, farah, knitting, "Knead dough")
    with make.work(priya, farah.case) as work:
        commands.offer_ideas(work, work.get(Case, farah.case), [work.get(GroupIdea, ideas[0])])
    with make.work(farah) as work:
        plans.change_goal(
            work, work.get(Goal, knitting), words="Knit a blanket for my grandson.", visibility=Visibility.PRIVATE
        )
    staff = browser.as_(priya)
    page = staff.visit(f"/group-turns/{turn_id}")
    assert page.says("The goal is private now.")
    assert not page.says("blanket")
    assert staff.visit(f"/goals/{knitting}/paper/team-sheet").status == 404
    assert not staff.visit(f"/cases/{farah.case}/group").says("blanket")
    assert browser.as_(farah).visit(f"/cases/{farah.case}/ideas").says("Knead dough")


def test_who_has_nothing_to_look_for_here(make, browser, farah, priya, knitting):
    turn_id, (idea,) = hold(make, priya, farah, knitting, "Knead dough")
    selin = make.supporter(farah, "Emre", powers=list(Power))
    xena = make.worker("Xena", programme=make.programme("There"))
    staff_only = (f"/cases/{farah.case}/group", f"/group-turns/{turn_id}", f"/group-ideas/{idea}/follow-up")
    for address in staff_only:
        assert browser.as_(farah).visit(address, budget=16).status == 403
        assert browser.as_(xena).visit(address, budget=16).status == 404
        assert browser.as_(selin).visit(address, budget=16).status in {403, 404}
    assert browser.as_(priya).visit(f"/cases/{farah.case}/ideas").status == 403
    assert browser.as_(selin).visit(f"/cases/{farah.case}/ideas").status == 403
