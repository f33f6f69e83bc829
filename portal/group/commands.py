"""A turn in the group, its ideas, and the client's answers to them."""

from collections.abc import Sequence
from uuid import uuid4

from portal.audit.events import Event
from portal.cases.models import Case
from portal.group.consent import choice_of, name_ok
from portal.group.models import GroupChoice, GroupIdea, GroupTurn, IdeaState, NoneChosen, NotOnTheTable, NoWords
from portal.outbox.notices import Notice
from portal.plans.models import Goal
from portal.work import Work


def hold_turn(work: Work, case: Case, goal: Goal) -> GroupTurn:
    """Note that the team talks about this goal today.

    Raises:
        NotOnTheTable: the goal is private, of another case, or nobody works on it now.
    """
    if goal.is_private or not goal.lifecycle.is_open or goal.case_id != case.id:
        raise NotOnTheTable
    turn = GroupTurn(
        case_id=case.id,
        goal_id=goal.id,
        held_on=work.today,
        held_by_id=work.actor.id,
        named=name_ok(work, case),
        created_at=work.now,
    )
    work.session.add(turn)
    work.session.flush()  # its ideas name it
    work.record(Event.GROUP_HELD, turn, named=turn.named)
    return turn


def note_ideas(work: Work, turn: GroupTurn, lines: Sequence[str]) -> list[GroupIdea]:
    """Write down what the team thought of, an idea a line. The client sees nothing of it yet.

    Raises:
        NoWords: there is none.
        TooLong: a line is longer than an idea may be.
    """
    ideas = [
        GroupIdea(
            id=uuid4(), case_id=turn.case_id, turn_id=turn.id, words=line.strip(), state=IdeaState.NOTED,
            noted_by_id=work.actor.id, noted_at=work.now,
        )
        for line in lines
        if line.strip()
    ]  # fmt: skip
    if not ideas:
        raise NoWords
    work.session.add_all(ideas)
    for idea in ideas:
        work.record(Event.IDEA_NOTED, idea)
    return ideas


def offer_ideas(work: Work, case: Case, ideas: Sequence[GroupIdea]) -> None:
    """Let the client see these as options, and tell them once that something is new.

    Raises:
        NoneChosen: there is none.
        OfferedAlready: the client has one of them.
    """
    if not ideas:
        raise NoneChosen
    for idea in ideas:
        idea.offer(work.actor.id, work.now)
        work.record(Event.IDEA_OFFERED, idea)
    work.send(Notice.SOMETHING_NEW, to=case.client_id)


def answer_idea(work: Work, idea: GroupIdea, *, take: bool) -> None:
    """The client takes an idea or leaves it. Both are fine, and so is changing one's mind.

    Raises:
        NotOffered: it was never offered.
    """
    idea.answer(take, work.now)
    work.record(Event.IDEA_ANSWERED, idea, taken=take)


def follow_up(work: Work, idea: GroupIdea, came_of: str) -> None:
    """Staff write what came of an idea: the team hears it next time, and the client reads it.

    Raises:
        NotOffered: it never left the team.
        NoWords: nothing is written.
    """
    idea.follow_up(came_of, work.actor.id, work.today)
    work.record(Event.IDEA_FOLLOWED_UP, idea)


def choose_name(work: Work, case: Case, *, known: bool) -> None:
    """The client says whether the team may know their name."""
    found = choice_of(work, case)
    if found is None:
        found = GroupChoice(id=uuid4(), case_id=case.id, name_ok=known, decided_at=work.now)
        work.session.add(found)
    found.name_ok, found.decided_at = known, work.now
    work.record(Event.GROUP_NAME_CHOSEN, found, name_ok=known)
