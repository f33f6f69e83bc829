"""Every profile there is, found by its key. Refuses two with the same one."""

from collections.abc import Collection

from portal.profiles import assertive, brokerage, clinical, critical_time, intensive, rehabilitation, strengths
from portal.profiles.profile import Profile

ALL: tuple[Profile, ...] = (
    brokerage.PROFILE,
    strengths.PROFILE,
    clinical.PROFILE,
    intensive.PROFILE,
    assertive.PROFILE,
    critical_time.PROFILE,
    rehabilitation.PROFILE,
)
_BY_KEY = {profile.key: profile for profile in ALL}
if len(_BY_KEY) != len(ALL):
    raise ValueError("two profiles share a key")

#: Every panel that some profile names. A feature outside this set is never switched off.
PANELS: frozenset[str] = frozenset(panel for profile in ALL for panel in profile.panels)


def by_key(key: str) -> Profile:
    """The profile with this key.

    Raises:
        KeyError: there is none; a case in the database names a profile this release does not have.
    """
    return _BY_KEY[key]


def chosen(keys: Collection[str]) -> tuple[Profile, ...]:
    """The profiles an organisation has switched on, in our order; all of them when it named none."""
    return tuple(profile for profile in ALL if not keys or profile.key in keys)
