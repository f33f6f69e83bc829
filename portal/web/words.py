"""The words a page uses for the things of a case: the profile's own first, then the common ones."""

from typing import Any

from portal.i18n import _l
from portal.profiles.profile import Profile
from portal.roles import Role

COMMON: dict[str, Any] = {
    "case_manager": _l("My case manager"),
    "plan": _l("My plan"),
    "goals": _l("My goals"),
    "strengths": _l("My strengths"),
    "places": _l("My places"),
    "messages": _l("Messages"),
    "supporters": _l("My supporters"),
}

#: What somebody is to the client, beside their name.
ROLES: dict[Role, Any] = {
    Role.CLIENT: _l("Client"),
    Role.SUPPORTER: _l("Supporter"),
    Role.CASE_MANAGER: _l("Case manager"),
    Role.TEAM_MEMBER: _l("Team member"),
    Role.SUPERVISOR: _l("Supervisor"),
}


def word_of(profile: Profile | None, name: str) -> str:
    """The word for `name` under this profile.

    Raises:
        KeyError: nobody has a word for it, so that a template with a wrong name fails at once.
    """
    own = profile.words if profile is not None else {}
    return str(own[name] if name in own else COMMON[name])
