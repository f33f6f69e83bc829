"""What the pages of strengths show. Columns instead of rows: a sheet of sixty entries is read often."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from portal.cases.areas import AREAS
from portal.cases.models import Case, Person, ReviewAnswer, ReviewItem, ReviewKind
from portal.i18n import _
from portal.roles import Role
from portal.strengths.models import (
    AddedBy,
    Priority,
    ResourceKind,
    StrengthEntry,
    StrengthInGoal,
    StrengthKind,
    StrengthStatus,
    StrengthWording,
    Tense,
)
from portal.work import NotFound, Work

_Answerer = aliased(Person)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its reader sees it, with staff's newest answer to it."""

    id: UUID
    area: str
    tense: Tense
    words: str
    kind: StrengthKind | None
    resource_kind: ResourceKind | None
    added_by: AddedBy
    #: Who added it; "" when the reader may not know them.
    author: str
    mine: bool
    status: StrengthStatus
    shared: bool
    created_at: datetime
    #: Whether the client linked it to a goal.
    helps: bool
    answer: ReviewAnswer | None = None
    answer_text: str = ""
    #: For suggested words: whether the client took them, or None while they wait.
    taken: bool | None = None
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def has_new_words(self) -> bool:
        """Whether suggested words wait for the client."""
        return self.answer is ReviewAnswer.SUGGESTION and self.taken is None


@dataclass(frozen=True)
class Sheet:
    """All entries the reader may see, in the order they were written."""

    entries: Sequence[Entry]

    def at(self, area: str, tense: Tense) -> list[Entry]:
        """What stands in one box of the sheet."""
        return self._boxes.get((area, tense), [])

    @cached_property
    def _boxes(self) -> dict[tuple[str, Tense], list[Entry]]:
        found: dict[tuple[str, Tense], list[Entry]] = {}
        for entry in self.visible:
            found.setdefault((entry.area, entry.tense), []).append(entry)
        return found

    @property
    def visible(self) -> list[Entry]:
        """What stands on the sheet."""
        return [entry for entry in self.entries if entry.status is StrengthStatus.VISIBLE]

    @property
    def waiting(self) -> list[Entry]:
        """What was suggested and waits for the client."""
        return [entry for entry in self.entries if entry.status is StrengthStatus.SUGGESTED]

    @property
    def aside(self) -> list[Entry]:
        """What the client set aside."""
        return [entry for entry in self.entries if entry.status is StrengthStatus.SET_ASIDE]

    @property
    def areas(self) -> list[tuple[str, str]]:
        """The parts of life, and one more for what fits none of them when there is any."""
        known = [(area.key, str(area.label)) for area in AREAS]
        keys = {key for key, _label in known}
        others = sorted({entry.area for entry in self.visible} - keys)
        return known + [(key, _("Anything else")) for key in others]


@dataclass(frozen=True, slots=True)
class TopWish:
    """One line of what matters most."""

    id: UUID
    rank: int
    words: str
    area: str
    goal_id: UUID | None


@dataclass(frozen=True, slots=True)
class Glance:
    """What the home page says about strengths."""

    wishes: Sequence[TopWish]
    #: Entries on the sheet.
    count: int
    #: Suggestions that wait for the client.
    waiting: int


def sheet(work: Work, case: Case) -> Sheet:
    """Everything on the sheet that the reader may see: for a supporter what is shared. One query."""
    standing = work.standing(case)
    # Their own suggestions are lent to supporters too; whether one was accepted is the client's to say.
    shared_only = standing is not None and standing.role is Role.SUPPORTER
    return Sheet(_read(work, _sheet(shared_only=shared_only), {"case": case.id}))


@cache
def _sheet(*, shared_only: bool) -> Select[Any]:
    wanted = _entries().where(StrengthEntry.case_id == bindparam("case"))
    return wanted.where(StrengthEntry.shared.is_(True)) if shared_only else wanted


def entry_of(work: Work, entry: StrengthEntry) -> Entry:
    """One entry, with staff's newest answer.

    Raises:
        NotFound: to a supporter, of an idea of their own that is not shared: its page would tell what became of it.
    """
    standing = work.standing(entry)
    if standing is not None and standing.role is Role.SUPPORTER and not entry.shared:
        raise NotFound(StrengthEntry.__name__)
    (found,) = _read(work, _entries().where(StrengthEntry.id == entry.id))
    return found


def own_suggestions(work: Work, case: Case) -> list[Entry]:
    """What this reader suggested, in their own words. What became of it is not told."""
    wanted = _entries().where(
        StrengthEntry.case_id == case.id,
        StrengthEntry.added_by_id == work.actor.id,
        StrengthEntry.changed_at.is_(None),
    )
    return _read(work, wanted)


def by_ids(work: Work, ids: Collection[UUID]) -> dict[UUID, Entry]:
    """These entries, of any cases the reader may see: what items of the review queue are about. One query."""
    return {entry.id: entry for entry in _read(work, _entries().where(StrengthEntry.id.in_(ids)))} if ids else {}


@cache
def _entries() -> Select[Any]:
    """Built once, as every statement of a page that is read often: making one costs as much as running it."""
    helps = exists().where(StrengthInGoal.strength_id == StrengthEntry.id)
    columns = (
        select(
            StrengthEntry.id,
            StrengthEntry.area,
            StrengthEntry.tense,
            StrengthEntry.words,
            StrengthEntry.kind,
            StrengthEntry.resource_kind,
            StrengthEntry.added_by,
            StrengthEntry.added_by_id,
            StrengthEntry.status,
            StrengthEntry.shared,
            StrengthEntry.created_at,
            helps.label("helps"),
            Person.name.label("author"),
            ReviewItem.answer,
            ReviewItem.answer_text,
            ReviewItem.taken,
            _Answerer.name.label("answered_by"),
            ReviewItem.answered_at,
        )
        .outerjoin(Person, Person.id == StrengthEntry.added_by_id)
        .outerjoin(
            ReviewItem,
            and_(
                ReviewItem.subject_id == StrengthEntry.id,
                ReviewItem.kind == ReviewKind.STRENGTH,
                ReviewItem.answered_at.is_not(None),
            ),
        )
        .outerjoin(_Answerer, _Answerer.id == ReviewItem.answered_by_id)
        .order_by(StrengthEntry.created_at, StrengthEntry.id, ReviewItem.answered_at, ReviewItem.id)
    )
    return cast(Select[Any], columns)


def _read(work: Work, wanted: Select[Any], values: Mapping[str, UUID] | None = None) -> list[Entry]:
    """An entry for each strength; of several answers the last one counts."""
    found: dict[UUID, Entry] = {}
    for row in work.session.execute(wanted, values):
        found[row.id] = Entry(
            id=row.id, area=row.area, tense=row.tense, words=row.words, kind=row.kind,
            resource_kind=row.resource_kind, added_by=row.added_by, author=row.author or "",
            mine=row.added_by_id == work.actor.person_id, status=row.status, shared=row.shared,
            created_at=row.created_at, helps=bool(row.helps), answer=row.answer, answer_text=row.answer_text or "",
            taken=row.taken, answered_by=row.answered_by or "", answered_at=row.answered_at,
        )  # fmt: skip
    return list(found.values())


_WISHES = (
    select(Priority.id, Priority.rank, Priority.words, Priority.area, Priority.goal_id)
    .where(Priority.case_id == bindparam("case"))
    .order_by(Priority.rank, Priority.id)
)


def wishes(work: Work, case: Case) -> list[TopWish]:
    """What matters most to the client, in their order."""
    return [TopWish(*row) for row in work.session.execute(_WISHES, {"case": case.id})]


def glance(work: Work, case: Case) -> Glance:
    """What matters most, how much is on the sheet and how much waits. One query."""
    rows: list[Any] = list(work.session.execute(_glance(), {"case": case.id}))
    listed = [TopWish(*row[2:]) for row in rows if row.rank is not None]
    return Glance(listed, rows[0][0] if rows else 0, rows[0][1] if rows else 0)


@cache
def _glance() -> Select[Any]:
    wanted = (
        select(
            _count(StrengthStatus.VISIBLE),
            _count(StrengthStatus.SUGGESTED),
            Priority.id,
            Priority.rank,
            Priority.words,
            Priority.area,
            Priority.goal_id,
        )
        .select_from(Case)
        .outerjoin(Priority, Priority.case_id == Case.id)
        .where(Case.id == bindparam("case"))
        .order_by(Priority.rank, Priority.id)
    )
    return cast(Select[Any], wanted)


def _count(status: StrengthStatus) -> ScalarSelect[int]:
    counted = select(func.count(StrengthEntry.id)).where(
        StrengthEntry.case_id == Case.id, StrengthEntry.status == status
    )
    return counted.correlate(Case).scalar_subquery()


def on_sheet(work: Work, case: Case) -> list[tuple[UUID, str]]:
    """The entries a client may choose among: id and words."""
    wanted = (
        select(StrengthEntry.id, StrengthEntry.words)
        .where(StrengthEntry.case_id == case.id, StrengthEntry.status == StrengthStatus.VISIBLE)
        .order_by(StrengthEntry.created_at, StrengthEntry.id)
    )
    return [(id_, words) for id_, words in work.session.execute(wanted)]


def goals_of(work: Work, entry: StrengthEntry) -> set[UUID]:
    """The goals an entry helps with."""
    return set(work.session.scalars(select(StrengthInGoal.goal_id).where(StrengthInGoal.strength_id == entry.id)))


def strengths_of(work: Work, goal_id: UUID) -> set[UUID]:
    """The entries that help with a goal."""
    return set(work.session.scalars(select(StrengthInGoal.strength_id).where(StrengthInGoal.goal_id == goal_id)))


def history(work: Work, entry: StrengthEntry) -> list[tuple[str, datetime]]:
    """The words an entry had before, newest first, and until when."""
    wanted = (
        select(StrengthWording.words, StrengthWording.replaced_at)
        .where(StrengthWording.strength_id == entry.id)
        .order_by(StrengthWording.replaced_at.desc(), StrengthWording.id)
    )
    return [(words, at) for words, at in work.session.execute(wanted)]
