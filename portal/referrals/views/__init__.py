"""The pages of referrals: what a client answers and tells, and what staff offer, hand over, move and follow up."""

from portal.referrals.views import client, follow_up, handing_over, pack, staff, visits
from portal.referrals.views.blueprint import bp

__all__ = ["bp", "client", "follow_up", "handing_over", "pack", "staff", "visits"]
