"""The pages of referrals: what a client answers and tells, and what staff offer and move."""

from portal.referrals.views import client, staff
from portal.referrals.views.blueprint import bp

__all__ = ["bp", "client", "staff"]
