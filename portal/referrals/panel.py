"""The places on a client's home page: whose turn it is with each. One query."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from portal.cases.models import Case
from portal.referrals.models import Status
from portal.referrals.queries import PlaceCard, Turn, home_cards
from portal.referrals.queries.cards import ON_HOME
from portal.referrals.queries.turns import days_since
from portal.work import Work


def panel(work: Work, case: Case) -> tuple[str, dict[str, Any]]:
    """The template and its facts.

    `cards` are the first few places and `more` says whether there are others; `turn` is one that waits for the client,
    and `next_visit` the visit that comes first. Both may be none.
    """
    cards = home_cards(work, case)
    facts = {
        "case": case,
        "cards": cards[:ON_HOME],
        "more": len(cards) > ON_HOME,
        "turn": _turn(cards),
        "next_visit": _next_visit(work, cards),
    }
    return "referrals/_panel.html", facts


def _turn(cards: Sequence[PlaceCard]) -> PlaceCard | None:
    called = (c for c in cards if c.referral.status is Status.YOUR_TURN and c.turn is Turn.YOURS)
    waiting = chain((c for c in cards if c.wants_answer or c.needs_signature), called)
    return next(waiting, None)


def _next_visit(work: Work, cards: Sequence[PlaceCard]) -> PlaceCard | None:
    coming = [
        (card.referral.appointment_at, str(card.referral.id), card)
        for card in cards
        if card.referral.status is Status.BOOKED
        and card.referral.appointment_at is not None
        and days_since(card.referral.appointment_at, work) <= 0
    ]
    return min(coming, key=lambda visit: visit[:2])[2] if coming else None
