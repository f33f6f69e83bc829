"""A client's places as cards. Two queries for the cards of a case, whatever their number; one for home."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from portal.cases.models import Case, ReviewItem, ReviewKind
from portal.cases.releases import Release
from portal.directory.models import SearchDocument
from portal.directory.search import Hit, hit_from
from portal.referrals import words
from portal.referrals.consent import covering
from portal.referrals.models import (
    OPEN,
    TARGETS,
    LedBy,
    Referral,
    ReferralEvent,
    Report,
    Setter,
    Source,
    Status,
)
from portal.referrals.queries.turns import TURNS, Turn, days_since, whose_turn
from portal.referrals.slips import TAKE_BACK_WITHIN
from portal.web.opening_words import today_words, usual_words
from portal.work import Work

#: When a client is asked whether the help helped; how a visit went is asked the day after it (DOMAIN 2.4).
ASK_AFTER_HELP = timedelta(days=14)
#: How many places the home page has room for; the rest are one tap away.
ON_HOME = 5
#: Once it cannot be taken back any more, the words of the state say as much as these.
_PLAIN = frozenset({Report.WANTED, Report.CALLED, Report.DATE, Report.WENT, Report.GOT_HELP})
_TALKING = frozenset({Status.YOUR_TURN, Status.SENT, Status.ACCEPTED, Status.WAITLISTED, Status.BOOKED})
_NUDGED = frozenset({Status.YOUR_TURN, Status.SENT})
_ORDER = (
    Status.OFFERED, Status.YOUR_TURN, Status.BOOKED, Status.SENT, Status.ACCEPTED, Status.WAITLISTED, Status.STARTED,
    Status.PAUSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """One referral as its client sees it.

    `told` is what the client told and staff have not confirmed; `answer` what staff wrote back last. `reports` are the
    things that can be told next, by value of Report. `news` is what the client told last, while it stands.
    """

    referral: Referral
    place: Hit | None
    says: str
    #: The same, as staff read it.
    staff_says: str
    tone: str
    today: str
    usual: str
    cost: str
    #: The last day of the live release that names this place, if there is one.
    released_until: date | None
    nudge: bool
    how_did_it_go: bool
    did_it_help: bool
    days_silent: int
    reports: frozenset[str]
    turn: Turn
    turn_says: str
    news: str
    can_undo: bool
    told: str = ""
    answer: str = ""

    @property
    def can_ask(self) -> bool:
        """Whether a live release lets staff ask this place."""
        return self.released_until is not None

    @property
    def says_turn(self) -> bool:
        """Whether the words of its state say already whose turn it is."""
        return self.referral.status is Status.YOUR_TURN and self.turn is Turn.YOURS

    @property
    def wants_answer(self) -> bool:
        """Whether the client has not said yes or no."""
        return self.referral.status is Status.OFFERED and self.referral.accepted_at is None

    @property
    def needs_signature(self) -> bool:
        """Whether staff wait for the client's written yes."""
        return self.referral.status is Status.OFFERED and self.referral.led_by is LedBy.STAFF and not self.can_ask


@dataclass(frozen=True, slots=True)
class MyPlaces:
    """A client's referrals: offers to answer, those going on, and those that ended."""

    offers: Sequence[PlaceCard]
    going_on: Sequence[PlaceCard]
    ended: Sequence[PlaceCard]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever offered."""
        return not (self.offers or self.going_on or self.ended)


def my_places(work: Work, case: Case) -> MyPlaces:
    """Everything offered in this case that the client may see."""
    cards = _cards(work, case, _ALL)
    ids = [card.referral.id for card in cards]
    claims, answers = _claims(work, ids), _answers(work, ids)
    full = [
        replace(card, told=claims.get(card.referral.id, ""), answer=answers.get(card.referral.id, "")) for card in cards
    ]
    return MyPlaces(
        [card for card in full if card.wants_answer],
        [card for card in full if not card.wants_answer and not card.referral.is_final],
        sorted((c for c in full if c.referral.is_final), key=lambda c: (not c.did_it_help, -_ended(c).timestamp())),
    )


def home_cards(work: Work, case: Case) -> list[PlaceCard]:
    """The referrals the home page tells about: those that are open, and help got that was not rated. One query."""
    return [card for card in _cards(work, case, _AT_HOME) if not card.referral.is_final or card.did_it_help]


def card_of(work: Work, case: Case, referral: Referral, told: str = "") -> PlaceCard:
    """One referral as a card.

    Args:
        work: the unit of work.
        case: whose referral it is.
        referral: the referral.
        told: what was told and not confirmed, which its history knows.
    """
    (card,) = _cards(work, case, _ONE, referral=referral.id)
    return replace(card, told=told, answer=_answers(work, [referral.id]).get(referral.id, ""))


def _cards(work: Work, case: Case, statement: Select[Any], **values: UUID) -> list[PlaceCard]:
    rows = work.session.execute(statement, {"case": case.id, "today": work.today, **values}).all()
    cards = [_card(work, case, referral, card, until) for referral, card, until in rows]
    places = {status: number for number, status in enumerate(_ORDER)}
    return sorted(cards, key=lambda card: places.get(card.referral.status, len(places)))


def _which(condition: ColumnElement[bool]) -> Select[Any]:
    released_until = (
        select(func.max(Release.ends_on))
        .where(
            covering(),
            Release.revoked_at.is_(None),
            Release.starts_on <= bindparam("today"),
            Release.ends_on >= bindparam("today"),
        )
        .correlate(Referral)
        .scalar_subquery()
    )
    return (
        select(Referral, SearchDocument.card, released_until)
        .outerjoin(SearchDocument, SearchDocument.service_id == Referral.service_id)
        .where(Referral.case_id == bindparam("case"), condition)
        .order_by(Referral.created_at, Referral.id)
    )


#: Built once, for pages that are read often: making a statement costs as much as running it.
_ALL = _which(Referral.status.not_in((Status.DRAFT, Status.VOID)))
_AT_HOME = _which(
    Referral.status.in_(OPEN) | ((Referral.status == Status.GOT_HELP) & Referral.outcome_rating.is_(None))
)
_ONE = _which(Referral.id == bindparam("referral"))


def _card(
    work: Work, case: Case, referral: Referral, stored: dict[str, Any] | None, released_until: date | None
) -> PlaceCard:
    place = None
    if stored is not None and referral.service_id is not None:
        place = hit_from(referral.service_id, stored, work.now, work.zone)
    days = days_since(referral.last_news_at, work)
    nudge, told_at = case.profile.nudges.client, referral.last_report_at
    fresh = told_at is not None and work.now < told_at + TAKE_BACK_WITHIN
    visit, ended = referral.appointment_at, referral.finished_at
    return PlaceCard(
        referral=referral,
        place=place,
        says=words.says(referral, can_ask=released_until is not None),
        staff_says=words.says(referral, can_ask=released_until is not None, to_client=False),
        tone=words.tone(referral.status),
        today=today_words(place.opening, work.now) if place else "",
        usual=usual_words(place.rules, work.today) if place else "",
        cost=referral.cost or (place.cost if place else ""),
        released_until=released_until,
        nudge=referral.status in _NUDGED and nudge is not None and days >= nudge,
        how_did_it_go=referral.status is Status.BOOKED and visit is not None and days_since(visit, work) >= 1,
        did_it_help=referral.status is Status.GOT_HELP
        and referral.outcome_rating is None
        and ended is not None
        and days_since(ended, work) >= ASK_AFTER_HELP.days,
        days_silent=days,
        reports=reports_for(referral),
        turn=(turn := whose_turn(work, referral, can_ask=released_until is not None)),
        turn_says=str(TURNS[turn]),
        news=words.last_told(referral) if fresh or referral.last_report not in _PLAIN else "",
        can_undo=fresh,
    )


def reports_for(referral: Referral) -> frozenset[str]:
    """What a client can tell about it next, by value of Report."""
    if referral.status is Status.GOT_HELP and referral.status_source is not Source.SELF_REPORTED:
        return frozenset() if referral.disputed_at else frozenset({Report.NO_HELP.value})
    if referral.status not in OPEN or referral.status is Status.OFFERED:
        return frozenset()
    found = {report for report, to in TARGETS.items() if referral.may_move(to, Setter.CLIENT)}
    if referral.status in _TALKING:
        found |= {Report.CALLED, Report.HELP}
    else:
        found -= {Report.NO_THANKS}
    return frozenset(report.value for report in found)


def _ended(card: PlaceCard) -> datetime:
    return card.referral.finished_at or card.referral.created_at


_EVENTS = (
    select(ReferralEvent)
    .where(ReferralEvent.referral_id.in_(bindparam("referrals", expanding=True)))
    .order_by(ReferralEvent.at, ReferralEvent.id)
)
_ANSWERS = (
    select(ReviewItem.subject_id, ReviewItem.answer_text)
    .where(
        ReviewItem.subject_id.in_(bindparam("referrals", expanding=True)),
        ReviewItem.kind == ReviewKind.REPORT,
        ReviewItem.answered_at.is_not(None),
    )
    .order_by(ReviewItem.answered_at, ReviewItem.id)
)


def _claims(work: Work, ids: Sequence[UUID]) -> dict[UUID, str]:
    """By referral, what was told and not confirmed: nothing moved after it, and it was not taken back."""
    events = work.session.scalars(_EVENTS, {"referrals": ids}).all()
    taken_back = {event.takes_back_id for event in events}
    pending: dict[UUID, str] = {}
    for event in events:
        if event.claimed is not None and event.id not in taken_back:
            pending[event.referral_id] = words.happened(event, to_client=True)
        elif event.moved and event.claimed is None:
            pending.pop(event.referral_id, None)
    return pending


def _answers(work: Work, ids: Sequence[UUID]) -> dict[UUID, str]:
    """By referral, what staff wrote back last."""
    found = work.session.execute(_ANSWERS, {"referrals": ids})
    return {referral_id: text for referral_id, text in found if text}
