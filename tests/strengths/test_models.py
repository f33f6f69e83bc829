"""What the client's words on the sheet may become, and what supporters may see of them."""

from uuid import uuid4

import pytest

from portal import clock
from portal.roles import Power
from portal.strengths.models import (
    MOST_LETTERS,
    AddedBy,
    AlreadyAside,
    AlreadyGoal,
    AlreadyOnSheet,
    NotOnSheet,
    Priority,
    ResourceKind,
    StrengthEntry,
    StrengthKind,
    StrengthStatus,
    Tense,
    TooLong,
    WordsMissing,
)


def entry(status=StrengthStatus.VISIBLE, words="Knit a blanket"):
    return StrengthEntry(
        id=uuid4(), case_id=uuid4(), tense=Tense.WANT, words=words, added_by=AddedBy.CLIENT,
        added_by_id=uuid4(), status=status, shared=False, created_at=clock.now(),
    )  # fmt: skip


def test_words_are_needed_and_have_a_limit():
    assert entry(words="x" * MOST_LETTERS)
    with pytest.raises(TooLong):
        entry(words="x" * (MOST_LETTERS + 1))
    with pytest.raises(WordsMissing):
        entry(words="  ")


def test_a_suggestion_is_taken_or_set_aside():
    idea = entry(StrengthStatus.SUGGESTED)
    idea.accept(clock.now())
    assert idea.is_visible
    with pytest.raises(AlreadyOnSheet):
        idea.accept(clock.now())
    idea.set_aside(clock.now())
    assert idea.status is StrengthStatus.SET_ASIDE
    with pytest.raises(AlreadyAside):
        idea.set_aside(clock.now())


def test_what_is_set_aside_is_no_longer_shared():
    mine = entry()
    mine.share(True)
    mine.set_aside(clock.now())
    assert not mine.shared


@pytest.mark.parametrize("status", [StrengthStatus.SUGGESTED, StrengthStatus.SET_ASIDE])
def test_only_what_is_on_the_sheet_is_shared_or_reworded(status):
    with pytest.raises(NotOnSheet):
        entry(status).share(True)
    with pytest.raises(NotOnSheet):
        entry(status).reword("Other words", clock.now())


def test_rewording_gives_back_the_old_words():
    mine = entry()
    old = mine.reword("Knit a scarf", clock.now())
    assert old is not None
    assert old.words == "Knit a blanket"
    assert mine.words == "Knit a scarf"
    assert mine.reword("Knit a scarf", clock.now()) is None


def test_how_near_it_is_counts_for_people_and_places_only():
    mine = entry()
    mine.sort(StrengthKind.PLACE, ResourceKind.NATURAL)
    assert mine.resource_kind is ResourceKind.NATURAL
    mine.sort(StrengthKind.SKILL, ResourceKind.NATURAL)
    assert mine.resource_kind is None


def test_a_priority_becomes_a_goal_once():
    wish = Priority(id=uuid4(), case_id=uuid4(), rank=1, words="Knit again", created_at=clock.now())
    wish.become(uuid4())
    with pytest.raises(AlreadyGoal):
        wish.become(uuid4())


def test_nothing_is_lent_without_a_power():
    assert StrengthEntry.lent(frozenset(), uuid4()) is None
    assert StrengthEntry.lent(frozenset({Power.SEE_PLAN, Power.SEE_GOALS}), uuid4()) is None
    assert Priority.lent(frozenset(Power), uuid4()) is None
