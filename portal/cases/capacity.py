"""How full a caseload is, over all models: the sum of clients in a model / its soft cap (DOMAIN 3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.profiles import registry
from portal.profiles.profile import Profile

#: From here on a supervisor sees amber, then red.
AMBER, RED = 90.0, 100.0


@dataclass(frozen=True, slots=True)
class Capacity:
    """The clients of one worker, by profile."""

    clients: tuple[tuple[Profile, int], ...]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Capacity":
        """The capacity that these clients take, counted by profile key."""
        found = [(registry.by_key(key), count) for key, count in counts.items() if count]
        return cls(tuple(sorted(found, key=lambda each: registry.ALL.index(each[0]))))

    @property
    def total(self) -> int:
        """How many clients."""
        return sum(count for _profile, count in self.clients)

    @property
    def percent(self) -> float:
        """How much of the capacity is used, to one decimal."""
        return round(sum(100 * count / profile.caseload_soft for profile, count in self.clients), 1)

    @property
    def tone(self) -> str:
        """Amber at 90 percent, red at 100."""
        if self.percent >= RED:
            return "error"
        return "warn" if self.percent >= AMBER else "plain"

    @property
    def only(self) -> tuple[Profile, int] | None:
        """The one model these clients have, when they have one."""
        return self.clients[0] if len(self.clients) == 1 else None

    def with_one_more(self, profile: Profile) -> "Capacity":
        """The same with one more client of this model."""
        before = sum(count for known, count in self.clients if known.key == profile.key)
        return Capacity.of({known.key: count for known, count in self.clients} | {profile.key: before + 1})

    @property
    def is_over(self) -> bool:
        """Whether it is more than full."""
        return self.percent > RED
