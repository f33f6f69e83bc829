"""Rehabilitation case management, as settings (DOMAIN 1 and 3)."""

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile

PROFILE = Profile(
    key="rehabilitation",
    name=_l("Rehabilitation"),
    about=_l("You choose a role you want in life. We practise the skills for it together."),
    panels=("plans", "strengths", "messages", "referrals", "supporters", "resources", "trail"),
    caseload_soft=25,
    caseload_hard=30,
    contact_every_days=14,
    review_every_days=90,
    reply_working_days=2,
    client_report=ClientReport.MOVES,
    nudges=Nudges(7, 14, 30),
    goal_soft_cap=2,
    natural_first=True,
    supporter_prompt="ask",
)
