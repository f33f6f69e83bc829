"""Intensive case management, as settings (DOMAIN 1 and 3)."""

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile

PROFILE = Profile(
    key="intensive",
    name=_l("Intensive"),
    about=_l("One case manager stays close to you, goes along with you and speaks up for you."),
    panels=("plans", "messages", "referrals", "strengths", "resources", "supporters", "trail"),
    caseload_soft=15,
    caseload_hard=20,
    contact_every_days=7,
    review_every_days=90,
    reply_working_days=1,
    client_report=ClientReport.SUGGESTS,
    nudges=Nudges(3, 7, 14),
    goal_soft_cap=3,
    crisis_prominent=True,
)
