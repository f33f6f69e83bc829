"""One referral with everything that was told about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from portal import i18n
from portal.cases.models import Case
from portal.referrals import words
from portal.referrals.models import Referral, ReferralEvent, Setter, Status
from portal.referrals.queries.cards import PlaceCard, card_of
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Claim:
    """What a client (or supporter) told that staff have not confirmed."""

    event: ReferralEvent
    words: str


@dataclass(frozen=True, slots=True)
class History:
    """A referral's page: its card, its history newest first, and the tries before and after it.

    A line is when, what, and the words that were added.
    """

    card: PlaceCard
    lines: Sequence[tuple[str, str, str]]
    linked: Sequence[Referral]
    claim: Claim | None
    moves: Sequence[tuple[Status, str]]


def history(work: Work, case: Case, referral: Referral, *, to_client: bool) -> History:
    """Everything about one referral.

    Args:
        work: the unit of work.
        case: whose referral it is.
        referral: the referral.
        to_client: whether a client reads it; they do not see what staff kept to themselves.
    """
    events = work.session.scalars(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id == referral.id)
        .order_by(ReferralEvent.at.desc(), ReferralEvent.id)
    ).all()
    seen = [event for event in events if event.shown_to_client or not to_client]
    claim = pending_claim(events)
    told = words.happened(claim, to_client=to_client) if claim else ""
    return History(
        card=card_of(work, case, referral, told),
        lines=[(i18n.day_and_time(e.at), words.happened(e, to_client=to_client), e.note) for e in seen],
        linked=_linked(work, referral),
        claim=Claim(claim, told) if claim else None,
        moves=[] if to_client else [(status, words.move_words(status)) for status in referral.next_for(Setter.STAFF)],
    )


def pending_claim(events: Sequence[ReferralEvent]) -> ReferralEvent | None:
    """The last thing told that staff have not confirmed, unless something moved since. Events newest first."""
    taken_back = {event.takes_back_id for event in events}
    for event in events:
        if event.claimed is not None and event.id not in taken_back:
            return event
        if event.moved and event.claimed is None:
            return None
    return None


def _linked(work: Work, referral: Referral) -> Sequence[Referral]:
    return work.session.scalars(
        select(Referral)
        .where(
            Referral.case_id == referral.case_id,
            or_(Referral.previous_id == referral.id, Referral.id == referral.previous_id),
            Referral.status != Status.VOID,
        )
        .order_by(Referral.created_at, Referral.id)
    ).all()
