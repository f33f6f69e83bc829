"""What people do with referrals: offer and answer, tell and take back news, move them on, hand them over."""

from portal.referrals.commands.answers import accept, accept_signed, decline, do_it_myself
from portal.referrals.commands.handovers import Letter, Opened, end_link, hand_over, link_works, read, reply
from portal.referrals.commands.moves import Step, confirm, move, settle
from portal.referrals.commands.news import taken_up
from portal.referrals.commands.nudges import nudge, nudge_silent
from portal.referrals.commands.offers import Offer, choose, draft, offer, offer_pack, take_out
from portal.referrals.commands.reports import Told, kept, no_help, rate, report, share
from portal.referrals.commands.slips import take_back

__all__ = [
    "Letter",
    "Offer",
    "Opened",
    "Step",
    "Told",
    "accept",
    "accept_signed",
    "choose",
    "confirm",
    "decline",
    "do_it_myself",
    "draft",
    "end_link",
    "hand_over",
    "kept",
    "link_works",
    "move",
    "no_help",
    "nudge",
    "nudge_silent",
    "offer",
    "offer_pack",
    "rate",
    "read",
    "reply",
    "report",
    "settle",
    "share",
    "take_back",
    "take_out",
    "taken_up",
]
