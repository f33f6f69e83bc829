"""What clients wrote and staff have not answered, the oldest first. Two queries for fifty items, whatever they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.cases.models import Case, CaseMember, Person, ReviewAnswer, ReviewItem, ReviewKind
from portal.i18n import _
from portal.messages.queries import Line, waiting
from portal.plans.models import Goal, Lifecycle, PlanReview, PlanVersion, ReviewRequest, Visibility
from portal.profiles import registry
from portal.referrals import queries as referrals
from portal.referrals import words as referral_words
from portal.referrals.models import Referral, ReferralEvent, Report
from portal.referrals.queries import Alternative
from portal.resources.models import PlaceRequest
from portal.roles import STAFF_ROLES, Role
from portal.staff.answers import ANSWERS, KINDS
from portal.staff.queries.caseload import WORKED_WITH
from portal.strengths.models import StrengthEntry
from portal.web.waiting import Wait
from portal.work import Work

#: How many items one page shows.
PAGE = 50
_Asker, _Mine, _Slip = aliased(Person), aliased(CaseMember), aliased(ReferralEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing from a client that waits for an answer.

    `about` names what it is about (a place), `words` are the client's own, `lines` the messages. `claim` is the piece
    of news that staff may confirm. Nothing of it is there when the client took it back or keeps it private now.
    """

    id: UUID
    case_id: UUID
    subject_id: UUID
    kind: ReviewKind
    client: str
    asked_by: str
    asked_at: datetime
    wait: Wait
    role: str
    about: str = ""
    words: str = ""
    lines: Sequence[Line] = ()
    claim: UUID | None = None
    #: Where a referral for a place that is asked about starts from.
    service_id: UUID | None = None
    is_gone: bool = False

    @property
    def what(self) -> str:
        """What it is."""
        return str(KINDS[self.kind])

    @property
    def answers(self) -> tuple[ReviewAnswer, ...]:
        """How it can be answered here."""
        return (ReviewAnswer.THANKS,) if self.is_gone else ANSWERS[self.kind]


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of what waits, and the item to ask for more by."""

    items: Sequence[Waiting]
    more_after: UUID | None


def queue(work: Work, *, everyone: bool = False, after: UUID | None = None) -> Queue:
    """What waits for an answer, the oldest first, and a record that it was read.

    Args:
        work: the unit of work.
        everyone: of every case the actor may see, not only those they work with.
        after: the last item of the page before.

    Raises:
        NotFound: there is no such item.
    """
    wanted = _PAGE_OF_ALL if everyone else _PAGE_OF_MINE
    if after is not None:
        edge, ids = work.get(ReviewItem, after), _OF_ALL if everyone else _OF_MINE
        later = tuple_(_OPEN.asked_at, _OPEN.id) > tuple_(edge.asked_at, edge.id)
        wanted = _ITEMS.where(ReviewItem.id.in_(ids.where(later)))
    found = _read(work, wanted)
    page = found[:PAGE]
    work.record_reads({item.case_id: item.role for item in page}, "staff.queue")
    return Queue(page, page[-1].id if len(found) > PAGE else None)


def item_of(work: Work, item: ReviewItem) -> Waiting:
    """One of them, answered or not."""
    (found,) = _read(work, _ITEMS.where(ReviewItem.id == item.id))
    return found


def next_best(work: Work, item: ReviewItem) -> tuple[Referral | None, Sequence[Alternative]]:
    """The referral an item is about, and other places for it where it did not work out."""
    if item.kind is not ReviewKind.REPORT:
        return None, ()
    referral = work.get(Referral, item.subject_id)
    if not referrals.wants_another(referral):
        return referral, ()
    return referral, referrals.next_best(work, work.get(Case, item.case_id), referral)


def _is(kind: ReviewKind, model: Any) -> ColumnElement[bool]:
    return and_(ReviewItem.kind == kind, model.id == ReviewItem.subject_id)


def _items() -> Select[Any]:
    """Items with what they are about. Each kind's table is joined by its key, so that one query serves them all."""
    taken_back = exists().where(
        _Slip.takes_back_id == ReferralEvent.id, _Slip.referral_id == ReferralEvent.referral_id
    )  # fmt: skip
    told = (
        select(ReferralEvent.id)
        .where(
            ReferralEvent.referral_id == ReviewItem.subject_id,
            or_(ReferralEvent.report != Report.MISTAKE, ReferralEvent.handover_id.is_not(None)),
            ~taken_back,
        )
        .order_by(ReferralEvent.at.desc(), ReferralEvent.id.desc())
        .limit(1)
        .correlate(ReviewItem)
        .scalar_subquery()
    )
    mine = and_(
        _Mine.case_id == ReviewItem.case_id,
        _Mine.person_id == bindparam("me"),
        _Mine.role.in_(STAFF_ROLES),
        _Mine.ended_at.is_(None),
    )
    columns = (
        select(
            ReviewItem.id,
            ReviewItem.case_id,
            ReviewItem.subject_id,
            ReviewItem.kind,
            ReviewItem.asked_by_id,
            ReviewItem.asked_at,
            Case.profile_key,
            Case.client_id,
            Case.team_id,
            Person.name.label("client"),
            _Asker.name.label("asker"),
            _Mine.role.label("my_role"),
            Goal.words.label("goal"),
            or_(Goal.visibility == Visibility.PRIVATE, Goal.lifecycle == Lifecycle.LET_GO).label("goal_kept"),
            StrengthEntry.words.label("strength"),
            Referral.place,
            ReferralEvent,
            PlanVersion.answer_words.label("change"),
            ReviewRequest.words.label("review"),
            PlanReview.client_words.label("looked"),
            PlaceRequest.place.label("asked_place"),
            PlaceRequest.words.label("asked_words"),
            PlaceRequest.service_id,
        )
        .join(Case, Case.id == ReviewItem.case_id)
        .join(Person, Person.id == Case.client_id)
        .outerjoin(_Asker, _Asker.id == ReviewItem.asked_by_id)
        .outerjoin(_Mine, mine)
        .outerjoin(Goal, _is(ReviewKind.GOAL, Goal))
        .outerjoin(StrengthEntry, _is(ReviewKind.STRENGTH, StrengthEntry))
        .outerjoin(Referral, _is(ReviewKind.REPORT, Referral))
        .outerjoin(ReferralEvent, ReferralEvent.id == told)
        .outerjoin(PlanVersion, _is(ReviewKind.PLAN_CHANGE, PlanVersion))
        .outerjoin(ReviewRequest, _is(ReviewKind.REVIEW_REQUEST, ReviewRequest))
        .outerjoin(PlanReview, _is(ReviewKind.PLAN_REVIEW, PlanReview))
        .outerjoin(PlaceRequest, _is(ReviewKind.PLACE_REQUEST, PlaceRequest))
        .order_by(ReviewItem.asked_at, ReviewItem.id)
    )
    return cast(Select[Any], columns)


#: Built once: making a statement as large as this costs more than running it.
_ITEMS = _items()
#: The ids of one page. What they are about is joined for these alone, however many more there are.
_OPEN = aliased(ReviewItem)
_OF_ALL = (
    select(_OPEN.id)
    .join(Case, Case.id == _OPEN.case_id)
    .where(_OPEN.answered_at.is_(None), Case.closed_on.is_(None))
    .order_by(_OPEN.asked_at, _OPEN.id)
    .limit(PAGE + 1)
    .correlate(None)
)
_OF_MINE = _OF_ALL.where(WORKED_WITH)
_PAGE_OF_ALL, _PAGE_OF_MINE = _ITEMS.where(ReviewItem.id.in_(_OF_ALL)), _ITEMS.where(ReviewItem.id.in_(_OF_MINE))


def _read(work: Work, wanted: Select[Any]) -> list[Waiting]:
    values = {"me": work.actor.id, "today": work.today}
    rows = {row.id: row for row in work.session.execute(wanted, values)}  # somebody may be two times a member
    lines = waiting(work, [row.id for row in rows.values() if row.kind is ReviewKind.MESSAGE])
    return [_item(work, row, lines.get(id_, [])) for id_, row in rows.items()]


def _item(work: Work, row: Any, lines: Sequence[Line]) -> Waiting:
    about, words = _told(row)
    event: ReferralEvent | None = row.ReferralEvent
    return Waiting(
        id=row.id,
        case_id=row.case_id,
        subject_id=row.subject_id,
        kind=row.kind,
        client=row.client,
        asked_by=row.asker if row.asked_by_id != row.client_id and row.asker else "",
        asked_at=row.asked_at,
        wait=Wait.since(work, row.asked_at, registry.by_key(row.profile_key).reply_working_days),
        role=_role(row).value,
        about=about,
        words=words,
        lines=lines,
        claim=event.id if event is not None and event.claimed is not None else None,
        service_id=row.service_id,
        is_gone=row.kind is ReviewKind.GOAL and (row.goal is None or bool(row.goal_kept)),
    )


def _told(row: Any) -> tuple[str, str]:
    """What the item is about, and the client's own words."""
    event: ReferralEvent | None = row.ReferralEvent
    about, words = "", ""
    match row.kind:
        case ReviewKind.GOAL:
            words = "" if row.goal_kept else row.goal
        case ReviewKind.STRENGTH:
            words = row.strength
        case ReviewKind.REPORT:
            news = referral_words.happened(event, to_client=False) if event is not None else ""
            about, words = _("%(place)s – %(news)s", place=row.place, news=news), event.note if event else ""
        case ReviewKind.PLACE_REQUEST:
            about, words = row.asked_place, row.asked_words
        case ReviewKind.PLAN_CHANGE:
            words = row.change
        case ReviewKind.REVIEW_REQUEST:
            words = row.review
        case ReviewKind.PLAN_REVIEW:
            words = row.looked
    return about or "", words or ""


def _role(row: Any) -> Role:
    """In which role the reader looks: as a member, else through a team, else as the programme's supervisor."""
    if row.my_role is not None:
        return Role(row.my_role)
    return Role.TEAM_MEMBER if row.team_id is not None else Role.SUPERVISOR
