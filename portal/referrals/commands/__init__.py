"""What people do with referrals: offer and answer, tell news, and move them on."""

from portal.referrals.commands.answers import accept, accept_signed, decline, do_it_myself
from portal.referrals.commands.moves import Step, confirm, move
from portal.referrals.commands.offers import Offer, offer
from portal.referrals.commands.reports import Told, kept, rate, report, share

__all__ = [
    "Offer",
    "Step",
    "Told",
    "accept",
    "accept_signed",
    "confirm",
    "decline",
    "do_it_myself",
    "kept",
    "move",
    "offer",
    "rate",
    "report",
    "share",
]
