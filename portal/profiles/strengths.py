"""Strengths-based case management, as settings (DOMAIN 1 and 3)."""

from types import MappingProxyType

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Profile
from portal.roles import Role

PROFILE = Profile(
    key="strengths",
    name=_l("Strengths-based"),
    about=_l("You lead. We build on what you are good at and on the people and places around you."),
    panels=("strengths", "plans", "messages", "supporters", "referrals", "resources", "trail"),
    caseload_soft=20,
    caseload_hard=25,
    contact_every_days=7,
    review_every_days=42,
    reply_working_days=2,
    client_report=ClientReport.MOVES,
    nudges=Nudges(7, 14, 30),
    goal_soft_cap=4,
    natural_first=True,
    strengths_prompt="ongoing",
    supporter_prompt="early",
    group_supervision_days=7,
    plan_authors=frozenset({Role.CLIENT}),
    words=MappingProxyType({"case_manager": _l("My strengths worker")}),
)
