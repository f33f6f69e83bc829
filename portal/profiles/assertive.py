"""Assertive community treatment case management, as settings (DOMAIN 1 and 3)."""

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile

PROFILE = Profile(
    key="act",
    name=_l("Assertive community treatment"),
    about=_l("A whole team works with you. You can write to any of them."),
    panels=("messages", "plans", "referrals", "strengths", "resources", "supporters", "trail"),
    caseload_soft=10,
    caseload_hard=10,
    contact_every_days=2,
    review_every_days=90,
    reply_working_days=1,
    client_report=ClientReport.SUGGESTS,
    nudges=Nudges(None, 3, 7),
    goal_soft_cap=3,
    supporter_prompt="ask",
    group_supervision_days=1,
    team_inbox=True,
    crisis_prominent=True,
)
