"""What the pages of strengths show. Columns instead of rows: a sheet of sixty entries is read often."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from portal.audit.marks import has_new_answer
from portal.cases.areas import Areas, areas_in_use
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
    #: Whether there is an answer that the client has not seen.
    is_new: bool = False

    @property
    def has_new_words(self) -> bool:
        """Whether suggested words wait for the client."""
        return self.answer is ReviewAnswer.SUGGESTION and self.taken is None


@dataclass(frozen=True)
class Sheet:
    """All entries the reader may see, in the order they were written."""

    entries: Sequence[Entry]
    parts: Areas

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
        """The parts of life; those offered no more that still hold something; one more for what fits none of them."""
        offered = [(area.key, str(area.label)) for area in self.parts.offered]
        others = sorted({entry.area for entry in self.visible} - {key for key, _label in offered})
        known = [(key, self.parts.label_of(key)) for key in others if key in self.parts.labels]
        return offered + known + [(key, _("Anything else")) for key in others if key not in self.parts.labels]


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
    #: Entries with an answer of staff that the client has not seen.
    answered: int


def sheet(work: Work, case: Case, parts: Areas | None = None) -> Sheet:
    """Everything on the sheet that the reader may see: for a supporter what is shared.

    One query, and one for the parts of life unless the caller has them.
    """
    parts = parts or areas_in_use(work.session)
    standing = work.standing(case)
    # Their own suggestions are lent to supporters too; whether one was accepted is the client's to say.
    shared_only = standing is not None and standing.role is Role.SUPPORTER
    return Sheet(_read(work, _sheet(shared_only=shared_only), {"case": case.id}), parts)


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


@dataclass(frozen=True, slots=True)
class Suggested:
    """What somebody suggested, in the words they made it in, and when."""

    words: str
    on: datetime


def own_suggestions(work: Work, case: Case) -> list[Suggested]:
    """What this reader suggested, in their own words, whatever the client wrote since. What became of it is not told.

    Two queries: words that were changed stand in the history, where their writer still sees them.
    """
    as_made = select(StrengthEntry.words, StrengthEntry.created_at).where(
        StrengthEntry.case_id == case.id,
        StrengthEntry.added_by_id == work.actor.id,
        StrengthEntry.changed_at.is_(None),
    )
    changed_since = select(StrengthWording.words, StrengthWording.written_at).where(
        StrengthWording.case_id == case.id, StrengthWording.by_id == work.actor.id
    )
    rows = [*work.session.execute(as_made), *work.session.execute(changed_since)]
    return [Suggested(words, at) for words, at in sorted(rows, key=lambda row: row[1])]


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
            has_new_answer(StrengthEntry.id, ReviewKind.STRENGTH).label("is_new"),
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
    for row in work.session.execute(wanted, {**(values or {}), "reader": work.actor.person_id}):
        found[row.id] = Entry(
            id=row.id, area=row.area, tense=row.tense, words=row.words, kind=row.kind,
            resource_kind=row.resource_kind, added_by=row.added_by, author=row.author or "",
            mine=row.added_by_id == work.actor.person_id, status=row.status, shared=row.shared,
            created_at=row.created_at, helps=bool(row.helps), answer=row.answer, answer_text=row.answer_text or "",
            taken=row.taken, answered_by=row.answered_by or "", answered_at=row.answered_at,
            is_new=bool(row.is_new),
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
    rows: list[Any] = list(work.session.execute(_glance(), {"case": case.id, "reader": work.actor.person_id}))
    listed = [TopWish(*row[3:]) for row in rows if row.rank is not None]
    return Glance(listed, *(rows[0][:3] if rows else (0, 0, 0)))


@cache
def _glance() -> Select[Any]:
    wanted = (
        select(
            _count(StrengthStatus.VISIBLE),
            _count(StrengthStatus.SUGGESTED),
            _count(StrengthStatus.VISIBLE, has_new_answer(StrengthEntry.id, ReviewKind.STRENGTH)),
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


def _count(status: StrengthStatus, *more: ColumnElement[bool]) -> ScalarSelect[int]:
    counted = select(func.count(StrengthEntry.id)).where(
        StrengthEntry.case_id == Case.id, StrengthEntry.status == status, *more
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


@dataclass(frozen=True, slots=True)
class Earlier:
    """Words an entry had before, and until when. `suggested`: it came with these words from somebody else."""

    words: str
    until: datetime
    suggested: bool


def history(work: Work, entry: StrengthEntry) -> list[Earlier]:
    """The words an entry had before, newest first."""
    wanted = (
        select(StrengthWording.words, StrengthWording.replaced_at, StrengthWording.by_id)
        .where(StrengthWording.strength_id == entry.id)
        .order_by(StrengthWording.replaced_at.desc(), StrengthWording.id)
    )
    others = entry.added_by is not AddedBy.CLIENT
    return [Earlier(words, at, others and by is not None) for words, at, by in work.session.execute(wanted)]
