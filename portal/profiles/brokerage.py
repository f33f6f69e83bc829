"""Brokerage case management, as settings (DOMAIN 1 and 3)."""

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile

PROFILE = Profile(
    key="brokerage",
    name=_l("Brokerage"),
    about=_l("You do most of the doing. Your case manager finds the right places and opens doors."),
    panels=("referrals", "plans", "messages", "strengths", "resources", "supporters", "trail"),
    caseload_soft=35,
    caseload_hard=75,
    contact_every_days=90,
    review_every_days=90,
    reply_working_days=3,
    client_report=ClientReport.MOVES,
    nudges=Nudges(7, 14, 30),
    goal_soft_cap=3,
    natural_first=True,
    first_session_referrals=2,
    release_default_days=90,
)
