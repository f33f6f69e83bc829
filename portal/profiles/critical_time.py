"""Critical time intervention case management, as settings (DOMAIN 1 and 3)."""

from datetime import timedelta

from portal.i18n import _l
from portal.profiles.profile import ClientReport, Nudges, Phase, Profile

PROFILE = Profile(
    key="cti",
    name=_l("Critical time intervention"),
    about=_l("We help you settle in over nine months, in three steps. Then people near you take over."),
    panels=("plans", "referrals", "messages", "supporters", "strengths", "resources", "trail"),
    caseload_soft=20,
    caseload_hard=20,
    contact_every_days=7,
    review_every_days=90,
    reply_working_days=1,
    client_report=ClientReport.SUGGESTS,
    nudges=Nudges(7, 14, 30),
    goal_soft_cap=3,
    supporter_prompt="ask",
    group_supervision_days=7,
    release_default_days=270,
    phases=(
        Phase("transition", _l("Moving in"), timedelta(days=90)),
        Phase("try_out", _l("Trying it out"), timedelta(days=91)),
        Phase("transfer", _l("Handing over"), timedelta(days=92)),
    ),
)
