"""Putting strengths on the sheet, suggesting, accepting, sharing; what matters most, and what helps with which goal.

Each command asks the policy itself, so that no page, command line or later caller writes in the client's place.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewAnswer, ReviewItem, ReviewKind
from portal.outbox.notices import Notice
from portal.strengths.models import (
    MOST_PRIORITIES,
    AddedBy,
    AlreadyListed,
    ListFull,
    Priority,
    ResourceKind,
    StrengthEntry,
    StrengthInGoal,
    StrengthKind,
    StrengthStatus,
    Tense,
)
from portal.work import NotFound, Work


def add(
    work: Work,
    case: Case,
    *,
    words: str,
    tense: Tense = Tense.WANT,
    area: str = "",
    kind: StrengthKind | None = None,
    resource_kind: ResourceKind | None = None,
    shared: bool = False,
) -> StrengthEntry:
    """The client puts something on their sheet. It stands at once; staff are asked to answer, not to allow."""
    work.require(Action.STRENGTH_WRITE, case)
    entry = _made(work, case, StrengthStatus.VISIBLE, words=words, tense=tense, area=area)
    entry.sort(kind, resource_kind)
    entry.shared = shared
    work.session.flush()  # the review item needs the entry's id
    work.record(Event.STRENGTH_ADDED, entry, area=area, tense=tense.value, shared=shared)
    work.ask(case, ReviewKind.STRENGTH, entry)
    return entry


def suggest(
    work: Work,
    case: Case,
    *,
    words: str,
    tense: Tense = Tense.NOW,
    area: str = "",
    kind: StrengthKind | None = None,
    resource_kind: ResourceKind | None = None,
) -> StrengthEntry:
    """Staff or a supporter suggest something. The client decides, and is told once while suggestions wait."""
    work.require(Action.STRENGTH_SUGGEST, case)
    wanted = select(StrengthEntry.id).where(
        StrengthEntry.case_id == case.id, StrengthEntry.status == StrengthStatus.SUGGESTED
    )
    told_before = work.session.scalars(wanted.limit(1)).first() is not None
    entry = _made(work, case, StrengthStatus.SUGGESTED, words=words, tense=tense, area=area)
    entry.sort(kind, resource_kind)
    work.session.flush()  # the record needs the entry's id
    work.record(Event.STRENGTH_SUGGESTED, entry, area=area, tense=tense.value, by=entry.added_by.value)
    if not told_before:
        work.send(Notice.SOMETHING_NEW, to=case.client_id)
    return entry


def _made(work: Work, case: Case, status: StrengthStatus, *, words: str, tense: Tense, area: str) -> StrengthEntry:
    standing = work.standing(case)
    assert standing is not None  # whoever reaches a command stands in the case
    entry = StrengthEntry(
        case_id=case.id,
        area=area,
        tense=tense,
        words=words,
        added_by=AddedBy.of(standing.role),
        added_by_id=work.actor.id,
        status=status,
        created_at=work.now,
    )
    work.session.add(entry)
    return entry


def change(
    work: Work,
    entry: StrengthEntry,
    *,
    words: str,
    tense: Tense,
    area: str,
    kind: StrengthKind | None = None,
    resource_kind: ResourceKind | None = None,
) -> None:
    """The client changes an entry; its old words are kept.

    Raises:
        NotOnSheet: it is only suggested, or was set aside.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    _reword(work, entry, words)
    entry.tense, entry.area = tense, area
    entry.sort(kind, resource_kind)
    work.record(Event.STRENGTH_CHANGED, entry, area=area, tense=tense.value)


def _reword(work: Work, entry: StrengthEntry, words: str) -> None:
    if (old := entry.reword(words, work.now)) is not None:
        work.session.add(old)


def accept(work: Work, entry: StrengthEntry) -> None:
    """The client takes a suggestion, or brings back what was set aside.

    Raises:
        AlreadyOnSheet: it is there.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    entry.accept(work.now)
    work.record(Event.STRENGTH_ACCEPTED, entry, by=entry.added_by.value)


def set_aside(work: Work, entry: StrengthEntry) -> None:
    """The client says "not this", about a suggestion or about an entry of their own. It is kept, and can come back.

    Raises:
        AlreadyAside: it was.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    entry.set_aside(work.now)
    work.record(Event.STRENGTH_SET_ASIDE, entry, by=entry.added_by.value)


def share(work: Work, entry: StrengthEntry, on: bool) -> None:
    """The client lets supporters see one entry, or no longer.

    Raises:
        NotOnSheet: it is not on the sheet.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    entry.share(on)
    work.record(Event.STRENGTH_SHARED, entry, on=on)


def answer_wording(work: Work, entry: StrengthEntry, *, take: bool) -> None:
    """The client takes the words staff suggested, or keeps their own. Both stay readable.

    Raises:
        NotFound: no suggested words wait for an answer.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    wanted = (
        select(ReviewItem)
        .where(
            ReviewItem.case_id == entry.case_id,
            ReviewItem.subject_id == entry.id,
            ReviewItem.kind == ReviewKind.STRENGTH,
            ReviewItem.answer == ReviewAnswer.SUGGESTION,
            ReviewItem.taken.is_(None),
        )
        .order_by(ReviewItem.answered_at.desc(), ReviewItem.id)
    )
    item = work.session.scalars(wanted.limit(1)).first()
    if item is None:
        raise NotFound(ReviewItem.__name__)
    if take:
        _reword(work, entry, item.answer_text)
    item.taken = take
    work.record(Event.SUGGESTION_TAKEN if take else Event.SUGGESTION_LEFT, entry)


def add_priority(work: Work, case: Case, *, words: str, area: str = "") -> Priority:
    """The client puts something on the list of what matters most, at its end.

    Raises:
        ListFull: four stand there.
        AlreadyListed: the same words do.
    """
    work.require(Action.STRENGTH_WRITE, case)
    listed = _priorities(work, case.id)
    if len(listed) >= MOST_PRIORITIES:
        raise ListFull
    if words in {priority.words for priority in listed}:
        raise AlreadyListed
    priority = Priority(case_id=case.id, rank=len(listed) + 1, words=words, area=area, created_at=work.now)
    work.session.add(priority)
    work.session.flush()  # the record needs its id
    work.record(Event.PRIORITIES_CHANGED, priority, did="added", rank=priority.rank)
    return priority


def move_priority(work: Work, priority: Priority, *, up: bool) -> None:
    """Let a priority change places with its neighbour. The first cannot go up; then nothing happens."""
    work.require(Action.STRENGTH_WRITE, priority)
    rank, wanted = priority.rank, priority.rank + (-1 if up else 1)
    other = next((found for found in _priorities(work, priority.case_id) if found.rank == wanted), None)
    if other is None:
        return
    other.rank = 0
    work.session.flush()  # the database keeps one line for each rank, so one steps aside first
    priority.rank = wanted
    work.session.flush()  # as above
    other.rank = rank
    work.record(Event.PRIORITIES_CHANGED, priority, did="moved", rank=wanted)


def remove_priority(work: Work, priority: Priority) -> None:
    """Take a priority off the list; those after it move up. A goal it became stays."""
    work.require(Action.STRENGTH_WRITE, priority)
    after = [found for found in _priorities(work, priority.case_id) if found.rank > priority.rank]
    work.record(Event.PRIORITIES_CHANGED, priority, did="removed", rank=priority.rank)
    work.session.delete(priority)
    for found in after:
        work.session.flush()  # one line for each rank: the place above has to be free first
        found.rank -= 1


def _priorities(work: Work, case_id: UUID) -> list[Priority]:
    wanted = select(Priority).where(Priority.case_id == case_id).order_by(Priority.rank, Priority.id)
    return list(work.session.scalars(wanted))


def priority_became(work: Work, priority: Priority, goal_id: UUID) -> None:
    """Remember the goal that a priority was made into.

    Raises:
        AlreadyGoal: it was made one before.
    """
    work.require(Action.STRENGTH_WRITE, priority)
    priority.become(goal_id)
    work.record(Event.PRIORITIES_CHANGED, priority, did="became_goal", rank=priority.rank)


def link_goals(work: Work, entry: StrengthEntry, goal_ids: Collection[UUID], offered: Collection[UUID]) -> None:
    """Say which goals an entry helps with.

    Args:
        work: as the client.
        entry: the strength.
        goal_ids: the goals chosen, of the same case; the database refuses any other.
        offered: the goals among which the client chose. Links to others stay.
    """
    work.require(Action.STRENGTH_WRITE, entry)
    held = _links(work, StrengthInGoal.strength_id == entry.id)
    for link in held:
        if link.goal_id in offered and link.goal_id not in goal_ids:
            work.session.delete(link)
    for goal_id in sorted(set(goal_ids) - {link.goal_id for link in held}):
        work.session.add(_link(work, entry.case_id, entry.id, goal_id))
    work.record(Event.STRENGTH_LINKED, entry, goals=len(set(goal_ids)))


def link_strengths(
    work: Work, case: Case, goal_id: UUID, strength_ids: Collection[UUID], offered: Collection[UUID]
) -> None:
    """Say which strengths help with a goal.

    Args:
        work: as the client.
        case: whose goal it is.
        goal_id: a goal of the case that the caller has looked up.
        strength_ids: the entries chosen, of the same case; the database refuses any other.
        offered: the entries among which the client chose. Links to others stay.
    """
    work.require(Action.STRENGTH_WRITE, case)
    held = _links(work, StrengthInGoal.goal_id == goal_id)
    for link in held:
        if link.strength_id in offered and link.strength_id not in strength_ids:
            work.session.delete(link)
    for strength_id in sorted(set(strength_ids) - {link.strength_id for link in held}):
        work.session.add(_link(work, case.id, strength_id, goal_id))
    work.record(Event.STRENGTH_LINKED, case, strengths=len(set(strength_ids)))


def _links(work: Work, which: ColumnElement[bool]) -> list[StrengthInGoal]:
    wanted = select(StrengthInGoal).where(which).order_by(StrengthInGoal.linked_at, StrengthInGoal.id)
    return list(work.session.scalars(wanted))


def _link(work: Work, case_id: UUID, strength_id: UUID, goal_id: UUID) -> StrengthInGoal:
    return StrengthInGoal(case_id=case_id, strength_id=strength_id, goal_id=goal_id, linked_at=work.now)
