"""How the parts of life are, then and now, and where the talk goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from portal.cases.areas import Areas
from portal.cases.models import Case
from portal.strengths.models import HowGood, LifeAreaRating, Question, TalkPlace, Tense, questions
from portal.work import Work


@dataclass(frozen=True, slots=True)
class LifeRating:
    """What the client said about one part of life on one day."""

    area: str
    now: int | None
    want: int | None
    why: str
    what_helps: str
    on: date

    @property
    def now_words(self) -> Any:
        """How it was, in words; "" when they did not say."""
        return HowGood(self.now).label if self.now else ""

    @property
    def want_words(self) -> Any:
        """How they wanted it, in words; "" when they did not say."""
        return HowGood(self.want).label if self.want else ""


#: Built once: making a statement costs as much as running it.
_RATINGS = (
    select(
        LifeAreaRating.area,
        LifeAreaRating.now,
        LifeAreaRating.want,
        LifeAreaRating.why,
        LifeAreaRating.what_helps,
        LifeAreaRating.rated_on,
    )
    .where(LifeAreaRating.case_id == bindparam("case"))
    .order_by(LifeAreaRating.rated_at.desc(), LifeAreaRating.id)
)


def ratings(work: Work, case: Case) -> dict[str, list[LifeRating]]:
    """By part of life, what the client said, newest first. Hidden from supporters by their scope. One query."""
    found: dict[str, list[LifeRating]] = {}
    for row in work.session.execute(_RATINGS, {"case": case.id}):
        found.setdefault(row.area, []).append(LifeRating(*row))
    return found


def place_in_talk(work: Work, case: Case, areas: Areas) -> Question | None:
    """Where the client left the talk; None when they have not begun, or went to its end."""
    keys = _keys(areas)
    wanted = select(TalkPlace.tense, TalkPlace.area).where(TalkPlace.case_id == case.id)
    found = work.session.execute(wanted).first()
    if found is None:
        return None
    left = (found.tense, found.area)
    return left if left in questions(keys) else next((q for q in questions(keys) if q[0] is found.tense), None)


def question_named(areas: Areas, tense: str, area: str) -> Question | None:
    """The question with these names, if there is one."""
    return next((q for q in questions(_keys(areas)) if q == (tense, area)), None)


def first_question(areas: Areas) -> Question:
    """What a client is asked first: what they want."""
    return Tense.WANT, _keys(areas)[0]


def before(areas: Areas, question: Question) -> Question | None:
    """The question before this one."""
    listed = questions(_keys(areas))
    return listed[listed.index(question) - 1] if listed.index(question) else None


def _keys(areas: Areas) -> Sequence[str]:
    return [area.key for area in areas.offered]
