"""Saying how a part of life is, and answering one question after the other. All of it is the client's alone to do."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case
from portal.strengths import commands
from portal.strengths.models import LifeAreaRating, NothingSaid, Question, TalkPlace, after
from portal.work import Work


def rate_area(
    work: Work, case: Case, area: str, *, now: int | None, want: int | None, why: str = "", what_helps: str = ""
) -> LifeAreaRating:
    """The client says how a part of life is now and how they would like it. What they said before is kept.

    Args:
        work: as the client.
        case: theirs.
        area: the part of life, a key of cases.areas that the caller has looked up.
        now, want: 1 to 5; one of them may be left out.
        why: why these numbers.
        what_helps: what would help.

    Raises:
        NothingSaid: neither number was given.
        OutOfFive: a number is not on the scale.
    """
    work.require(Action.STRENGTH_WRITE, case)
    if now is None and want is None:
        raise NothingSaid
    rating = LifeAreaRating(
        case_id=case.id, area=area, now=now, want=want, why=why, what_helps=what_helps,
        rated_on=work.today, rated_at=work.now,
    )  # fmt: skip
    work.session.add(rating)
    work.session.flush()  # the record names its id
    work.record(Event.LIFE_RATED, rating, area=area)
    return rating


def answer(work: Work, case: Case, question: Question, words: str, areas: Sequence[str]) -> Question | None:
    """The client answers one question of the talk, or leaves it out, and goes on.

    Args:
        work: as the client.
        case: theirs.
        question: what was asked.
        words: the answer; without any the question is left out, and nothing is noted about that.
        areas: the keys of the parts of life, in order.

    Returns:
        the question that comes next, None after the last.

    Raises:
        TooLong: more letters than an entry holds.
    """
    work.require(Action.STRENGTH_WRITE, case)
    tense, area = question
    if words.strip():
        commands.add(work, case, words=words, tense=tense, area=area)
    following = after(question, areas)
    _remember(work, case, following)
    return following


def _remember(work: Work, case: Case, question: Question | None) -> None:
    """Keep where the client is; after the last question they begin anew another time."""
    place = work.session.scalars(select(TalkPlace).where(TalkPlace.case_id == case.id)).first()
    if question is None:
        if place is not None:
            work.session.delete(place)
    elif place is None:
        tense, area = question
        work.session.add(TalkPlace(case_id=case.id, tense=tense, area=area, moved_at=work.now))
    else:
        (place.tense, place.area), place.moved_at = question, work.now
    work.record(Event.TALK_MOVED, case)
