"""What pages show of referrals: a client's cards, one referral's history, staff's worklist, and how well it goes."""

from portal.referrals.queries.alternatives import Alternative, next_best, wants_another
from portal.referrals.queries.cards import (
    MyPlaces,
    PlaceCard,
    card_of,
    home_cards,
    my_places,
)
from portal.referrals.queries.glances import Glance, glance
from portal.referrals.queries.handing import Desk, Handed, desk, handovers, in_pack
from portal.referrals.queries.histories import Claim, History, history, pending_claim
from portal.referrals.queries.measures import Rate, Rates, known_outcome, linkage, rates_by
from portal.referrals.queries.places import OfferedPlace, place_to_offer
from portal.referrals.queries.supporting import SharedDate, shared_dates
from portal.referrals.queries.turns import Turn
from portal.referrals.queries.worklist import (
    FirstSession,
    Quiet,
    Worklist,
    chosen,
    first_session,
    follow_up,
    referrals_gone_quiet,
)
from portal.referrals.silence import Watch, gone_quiet

__all__ = [
    "Alternative",
    "Claim",
    "Desk",
    "FirstSession",
    "Glance",
    "Handed",
    "History",
    "MyPlaces",
    "OfferedPlace",
    "PlaceCard",
    "Quiet",
    "Rate",
    "Rates",
    "SharedDate",
    "Turn",
    "Watch",
    "Worklist",
    "card_of",
    "chosen",
    "desk",
    "first_session",
    "follow_up",
    "glance",
    "gone_quiet",
    "handovers",
    "history",
    "home_cards",
    "in_pack",
    "known_outcome",
    "linkage",
    "my_places",
    "next_best",
    "pending_claim",
    "place_to_offer",
    "rates_by",
    "referrals_gone_quiet",
    "shared_dates",
    "wants_another",
]
