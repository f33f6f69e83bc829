"""Clinical case management, as settings (DOMAIN 1 and 3)."""

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile

PROFILE = Profile(
    key="clinical",
    name=_l("Clinical"),
    about=_l("You meet often with one person who knows about treatment and can also link you to other help."),
    panels=("messages", "plans", "referrals", "strengths", "resources", "supporters", "trail"),
    caseload_soft=20,
    caseload_hard=30,
    contact_every_days=14,
    review_every_days=180,
    reply_working_days=2,
    client_report=ClientReport.SUGGESTS,
    nudges=Nudges(7, 14, 30),
    goal_soft_cap=3,
    supporter_prompt="private",
    release_default_days=90,
)
