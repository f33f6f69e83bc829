"""Writing goals, changing them, rating them. Only the client's own act changes the client's words."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict, Unpack
from uuid import uuid4

from sqlalchemy import func, select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.i18n import _l
from portal.outbox.notices import Notice
from portal.plans.commands.whose import clients_own, not_private, own_case, side_of
from portal.plans.models import (
    Cheer,
    Goal,
    GoalLadder,
    LadderRating,
    Lifecycle,
    NotOnLadder,
    Owner,
    Progress,
    ProgressRating,
    RatedBy,
    Step,
    Visibility,
)
from portal.work import Refused, Work


class GoalParts(TypedDict, total=False):
    """What a goal may have besides its words. A part that is not given stays as it is."""

    why_it_matters: str
    barriers: str
    importance: int | None
    confidence: int | None
    area: str
    target_on: date | None
    visibility: Visibility


class NoSuggestion(Refused):
    """The suggestion was answered before, or is none."""

    says = _l("This idea has had your answer.")


class NothingRated(Refused):
    """A rating without a word and without a rung."""

    field = "progress"
    says = _l("Choose how it is going.")


def write_goal(work: Work, case: Case, *, words: str, **more: Unpack[GoalParts]) -> Goal:
    """The client writes a goal. It is saved at once; staff are told and may answer, and nothing waits for them.

    Raises:
        WordsMissing, OutOfTen: the words are empty, or a number is not on its scale.
    """
    clients_own(work, case)
    goal = new_goal(work, case, words, more, owner=Owner.CLIENT, state=Lifecycle.ACTIVE)
    work.record(Event.GOAL_WRITTEN, goal, owner=goal.owner.value, visibility=goal.visibility.value)
    if not goal.is_private:
        work.ask(case, ReviewKind.GOAL, goal)
    return goal


def add_goal(work: Work, case: Case, *, words: str, proposed: bool = False, **more: Unpack[GoalParts]) -> Goal:
    """Staff add a goal: in the words the client told them, or as an idea that waits for the client's yes.

    Args:
        proposed: it is staff's idea. Then it is a draft until the client takes it up.

    Raises:
        NotAllowed: this model of practice lets only the client write goals.
        WordsMissing, OutOfTen: as for `write_goal`.
    """
    work.require(Action.GOAL_ADD, case)
    owner, state = (Owner.WORKER_PROPOSED, Lifecycle.DRAFT) if proposed else (Owner.CLIENT, Lifecycle.ACTIVE)
    more["visibility"] = Visibility.WORKER  # who else may see it is for the client to say
    goal = new_goal(work, case, words, more, owner=owner, state=state)
    work.record(Event.GOAL_WRITTEN, goal, owner=owner.value, visibility=goal.visibility.value, by="staff")
    work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return goal


def change_goal(work: Work, goal: Goal, *, words: str, **more: Unpack[GoalParts]) -> Goal:
    """The client changes their goal. The wording before is kept. An idea of somebody else's becomes theirs by it.

    Raises:
        NotAllowed: somebody else tried.
        WordsMissing, OutOfTen: as for `write_goal`.
    """
    case = own_case(work, goal)
    reworded = reword(work, goal, words)
    was_private = goal.is_private
    _set(goal, more)
    if goal.lifecycle is Lifecycle.DRAFT:
        goal.move(Lifecycle.ACTIVE, work.now)  # said in the client's own way, the idea is their goal
    if not reworded and not work.session.is_modified(goal):
        return goal  # saved as it was: nothing for staff to answer
    if goal.is_private is not was_private:
        for step in work.session.scalars(select(Step).where(Step.goal_id == goal.id)):
            step.is_private = goal.is_private
    work.record(Event.GOAL_CHANGED, goal, reworded=reworded, visibility=goal.visibility.value)
    if goal.is_private:
        _withdraw_question(work, case, goal)
    else:
        work.ask(case, ReviewKind.GOAL, goal)
    return goal


def move_goal(work: Work, goal: Goal, to: Lifecycle, because: str = "") -> None:
    """The client pauses a goal, takes it up, reaches it, changes it into another or lets it go.

    Raises:
        NotAllowed: somebody else tried.
        NotFromHere: that does not follow from where the goal is.
    """
    case = own_case(work, goal)
    before = goal.lifecycle
    goal.move(to, work.now, because)
    work.record(Event.GOAL_MOVED, goal, **{"from": before.value, "to": to.value})
    if not goal.is_private:
        work.ask(case, ReviewKind.GOAL, goal)


def summarise_goal(work: Work, goal: Goal, text: str) -> None:
    """Staff write their short version under the client's words."""
    not_private(goal)
    goal.plain_summary = text
    work.record(Event.GOAL_CHANGED, goal, summary=bool(text))


def take_suggestion(work: Work, goal: Goal, item: ReviewItem) -> None:
    """The client uses the wording staff suggested: from now on it is their own.

    Raises:
        NotAllowed: somebody else tried.
        NoSuggestion: it is no open suggestion about this goal.
    """
    own_case(work, goal)
    _check_suggestion(goal, item)
    item.taken = True
    reword(work, goal, item.answer_text)
    work.record(Event.SUGGESTION_TAKEN, item)
    work.record(Event.GOAL_CHANGED, goal, reworded=True, visibility=goal.visibility.value)


def keep_own_words(work: Work, goal: Goal, item: ReviewItem) -> None:
    """The client keeps their own wording.

    Raises:
        NotAllowed, NoSuggestion: as for `take_suggestion`.
    """
    own_case(work, goal)
    _check_suggestion(goal, item)
    item.taken = False
    work.record(Event.SUGGESTION_LEFT, item)


def write_ladder(work: Work, goal: Goal, texts: Mapping[int, str]) -> GoalLadder:
    """The client writes the rungs of their ladder.

    Args:
        texts: their words by rung, -2 to 2.

    Raises:
        NotAllowed: somebody else tried.
        RungsMissing: a rung has words and one before it in the order of filling has none.
    """
    own_case(work, goal)
    ladder = work.session.scalars(select(GoalLadder).where(GoalLadder.goal_id == goal.id)).first()
    ladder = ladder or GoalLadder(id=uuid4(), case_id=goal.case_id, goal_id=goal.id)
    ladder.write(texts, work.now)
    work.session.add(ladder)
    work.record(Event.LADDER_WRITTEN, goal, rungs=len(ladder.rungs))
    return ladder


def rate_goal(work: Work, goal: Goal, *, progress: Progress | None = None, rung: int | None = None) -> None:
    """Say how a goal is going, in a word and on the ladder. Each side's ratings stand beside the other's.

    Raises:
        NothingRated: neither was given.
        NotOnLadder: the ladder has no words on that rung.
        NotFound: the goal is private and the rater is not its client.
    """
    side = side_of(work, goal, Action.GOAL_RATE)
    if side is RatedBy.SUPPORTER:
        progress = None  # how it goes is for the client and staff to say (DOMAIN 2.2); a supporter rates on the ladder
    if progress is None and rung is None:
        raise NothingRated
    row = {
        "case_id": goal.case_id, "goal_id": goal.id, "rated_by": side, "rated_by_id": work.actor.id,
        "rated_on": work.today, "rated_at": work.now,
    }  # fmt: skip
    if rung is not None:
        ladder = work.session.scalars(select(GoalLadder).where(GoalLadder.goal_id == goal.id)).first()
        said = ladder.text_at(rung) if ladder and rung in range(-2, 3) else ""
        if not said:
            raise NotOnLadder
        work.session.add(LadderRating(value=rung, said=said, **row))
    if progress is not None:
        work.session.add(ProgressRating(progress=progress, **row))
    work.record(Event.GOAL_RATED, goal, by=side.value, progress=progress.value if progress else None, rung=rung)


def cheer(work: Work, goal: Goal) -> None:
    """A supporter cheers the client on. Once a day is enough: a second press changes nothing."""
    not_private(goal)
    mine = select(Cheer.id).where(
        Cheer.goal_id == goal.id, Cheer.person_id == work.actor.id, Cheer.cheered_on == work.today
    )
    if work.session.execute(mine).first() is None:
        work.session.add(
            Cheer(
                case_id=goal.case_id,
                goal_id=goal.id,
                person_id=work.actor.id,
                cheered_on=work.today,
                cheered_at=work.now,
            )
        )
        work.record(Event.CHEERED, goal)


def new_goal(work: Work, case: Case, words: str, more: GoalParts, *, owner: Owner, state: Lifecycle) -> Goal:
    """A goal as its writer puts it down. Whoever calls this has asked whether they may."""
    goal = Goal(
        id=uuid4(), case_id=case.id, words=words, words_by_id=work.actor.id, words_at=work.now,
        owner=owner, lifecycle=state, visibility=Visibility.WORKER, started_on=work.today, moved_at=work.now,
        created_by_id=work.actor.id, created_at=work.now,
    )  # fmt: skip
    _set(goal, more)
    work.session.add(goal)
    work.session.flush()  # its row must stand before what points at it, which may be written in the same work
    return goal


def _set(goal: Goal, more: GoalParts) -> None:
    for name, value in more.items():
        setattr(goal, name, value)


def reword(work: Work, goal: Goal, words: str) -> bool:
    """Give a goal new words, as its client, and keep the old; whether they are others."""
    old = goal.reword(words, work.actor.id, work.now)
    if old is not None:
        work.session.add(old)
    return old is not None


def _check_suggestion(goal: Goal, item: ReviewItem) -> None:
    if item.subject_id != goal.id or item.answer is not ReviewAnswer.SUGGESTION or item.taken is not None:
        raise NoSuggestion


def _withdraw_question(work: Work, case: Case, goal: Goal) -> None:
    """A goal that became private is nothing for staff to answer any more."""
    waiting = select(ReviewItem).where(ReviewItem.subject_id == goal.id, ReviewItem.answered_at.is_(None))
    for item in work.session.scalars(waiting):
        work.session.delete(item)
    work.session.flush()  # the next query must not count what was just taken back
    still = select(func.min(ReviewItem.asked_at)).where(ReviewItem.case_id == case.id, ReviewItem.answered_at.is_(None))
    case.waiting_since = work.session.scalar(still)
