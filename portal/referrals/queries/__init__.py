"""What pages show of referrals: a client's cards, one referral's history, staff's worklist, and how well it goes."""

from portal.referrals.queries.cards import (
    MyPlaces,
    PlaceCard,
    card_of,
    home_cards,
    my_places,
)
from portal.referrals.queries.histories import Claim, History, history, pending_claim
from portal.referrals.queries.measures import Rate, Rates, known_outcome, linkage, rates_by
from portal.referrals.queries.supporting import SharedDate, shared_dates
from portal.referrals.queries.worklist import (
    FirstSession,
    Quiet,
    Watch,
    first_session,
    follow_up,
    gone_quiet,
    referrals_gone_quiet,
)

__all__ = [
    "Claim",
    "FirstSession",
    "History",
    "MyPlaces",
    "PlaceCard",
    "Quiet",
    "Rate",
    "Rates",
    "SharedDate",
    "Watch",
    "card_of",
    "first_session",
    "follow_up",
    "gone_quiet",
    "history",
    "home_cards",
    "known_outcome",
    "linkage",
    "my_places",
    "pending_claim",
    "rates_by",
    "referrals_gone_quiet",
    "shared_dates",
]
