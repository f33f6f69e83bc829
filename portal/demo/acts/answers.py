"""Staff answer what a client wrote, and close a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.audit.marks import note_seen
from portal.cases.models import ReviewAnswer, ReviewItem, ReviewKind
from portal.demo.hand import Hand
from portal.staff import commands


def _waiting(hand: Hand, keys: Sequence[str]) -> Sequence[ReviewItem]:
    """What waits for an answer, messages left out; with keys, only what is about those rows."""
    wanted = select(ReviewItem).where(
        ReviewItem.case_id == hand.case.id, ReviewItem.answered_at.is_(None), ReviewItem.kind != ReviewKind.MESSAGE
    )
    if keys:
        wanted = wanted.where(ReviewItem.subject_id.in_([hand.id_of(key) for key in keys]))
    return hand.work.session.scalars(wanted.order_by(ReviewItem.asked_at, ReviewItem.id)).all()


@dataclass(frozen=True, slots=True)
class Thanks:
    """Staff say thank you: for what these keys name, or for everything that waits."""

    keys: tuple[str, ...]

    def __init__(self, *keys: str) -> None:
        object.__setattr__(self, "keys", keys)

    def play(self, hand: Hand) -> None:
        """Thank."""
        for item in _waiting(hand, self.keys):
            commands.answer_item(hand.work, hand.case, item, ReviewAnswer.THANKS)


@dataclass(frozen=True, slots=True)
class Comments:
    """Staff comment on what a key names."""

    key: str
    text: str

    def play(self, hand: Hand) -> None:
        """Comment."""
        for item in _waiting(hand, [self.key]):
            commands.answer_item(hand.work, hand.case, item, ReviewAnswer.COMMENT, self.text)


@dataclass(frozen=True, slots=True)
class Suggests:
    """Staff suggest another wording; the client sees both and decides."""

    key: str
    text: str

    def play(self, hand: Hand) -> None:
        """Suggest."""
        for item in _waiting(hand, [self.key]):
            commands.answer_item(hand.work, hand.case, item, ReviewAnswer.SUGGESTION, self.text)


@dataclass(frozen=True, slots=True)
class Close:
    """Staff close the case, with words for the client."""

    words: str

    def play(self, hand: Hand) -> None:
        """Close it."""
        commands.close_case(hand.work, hand.case, words=self.words)


@dataclass(frozen=True, slots=True)
class SeesAnswers:
    """The client looks at what staff answered so far: none of it is new to them any more."""

    def play(self, hand: Hand) -> None:
        """See it."""
        wanted = select(ReviewItem.subject_id, func.max(ReviewItem.answered_at)).where(
            ReviewItem.case_id == hand.case.id,
            ReviewItem.answered_at.is_not(None),
            ReviewItem.kind.in_((ReviewKind.GOAL, ReviewKind.STRENGTH)),
        )
        for subject_id, newest in hand.work.session.execute(wanted.group_by(ReviewItem.subject_id)):
            assert newest is not None, "only answered ones were asked for"
            note_seen(hand.work.session, hand.case.id, subject_id, hand.work.actor.id, newest)
