"""How a part of life is now and how the client would like it; and where they are in the one-question-a-page talk."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.cases.models import CaseBound
from portal.db import Base, EncryptedText, WordEnum
from portal.i18n import _l
from portal.strengths.models.sheet import Tense
from portal.work import Refused


class HowGood(IntEnum):
    """From 1 to 5, each with its words: a number alone says little, and reads as a mark at school."""

    HARD = 1
    NOT_GOOD = 2
    SO_SO = 3
    GOOD = 4
    JUST_RIGHT = 5

    @property
    def label(self) -> Any:
        """The number in words."""
        return {
            HowGood.HARD: _l("Very hard"),
            HowGood.NOT_GOOD: _l("Not so good"),
            HowGood.SO_SO: _l("In between"),
            HowGood.GOOD: _l("Good"),
            HowGood.JUST_RIGHT: _l("Just right for me"),
        }[self]


class OutOfFive(Refused):
    """A number that is not on the scale."""

    says = _l("Choose one of the five.")


class NothingSaid(Refused):
    """A rating without a number."""

    field = "now"
    says = _l("Choose how it is now, or how you would like it.")


class LifeAreaRating(CaseBound, Base):
    """How one part of life is now and how the client wants it, on one day. Rows are added, never changed.

    How far the two are apart is nobody's score (DOMAIN 2.1): it is shown nowhere.
    """

    __tablename__ = "life_area_rating"
    __table_args__ = (
        UniqueConstraint("case_id", "id"),
        CheckConstraint("now BETWEEN 1 AND 5 AND want BETWEEN 1 AND 5", name="out_of_five"),
        Index("ix_life_area_rating_case_area", "case_id", "area", "rated_at"),
    )
    area: Mapped[str]
    now: Mapped[int | None]
    want: Mapped[int | None]
    why: Mapped[str] = mapped_column(EncryptedText, default="")
    what_helps: Mapped[str] = mapped_column(EncryptedText, default="")
    rated_on: Mapped[date]
    rated_at: Mapped[datetime]

    @validates("now", "want")
    def _on_the_scale(self, name: str, value: int | None) -> int | None:
        if value is not None and value not in list(HowGood):
            raise OutOfFive(field=name)
        return value


class TalkPlace(CaseBound, Base):
    """The question at which the client left the talk about their strengths. They come back to it, or to any other."""

    __tablename__ = "strength_talk"
    __table_args__ = (UniqueConstraint("case_id", "id"), UniqueConstraint("case_id"))
    tense: Mapped[Tense] = mapped_column(WordEnum(Tense))
    area: Mapped[str]
    moved_at: Mapped[datetime]


#: One question of the talk: what of this part of life is wanted, there now, or worked before.
Question = tuple[Tense, str]


def questions(areas: Sequence[str]) -> list[Question]:
    """All questions in the order in which they are asked: what is wanted everywhere comes before what there is."""
    return [(tense, area) for tense in Tense for area in areas]


def after(question: Question, areas: Sequence[str]) -> Question | None:
    """The question that follows; none after the last. One about a part that is offered no more goes on to the next."""
    listed = questions(areas)
    if question in listed:
        return next(iter(listed[listed.index(question) + 1 :]), None)
    return next((found for found in listed if found[0] is question[0]), None)
