"""How much one network address may ask: a bucket that fills again, and a larger one for all together.

Counted in memory, by process: asking the database to count would make every read a write. So with several processes
an address may ask so many times as much; the setting is what one process gives.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Final

#: Addresses remembered at most; the one that was quiet the longest goes first.
MOST_ADDRESSES: Final = 5_000
#: All addresses together may ask so many times what one may: the portal's own people come first.
ALL_TOGETHER: Final = 10


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


@dataclass(slots=True)
class Throttle:
    """What may be asked in a minute, in plain pages; 0 is no limit. A bucket holds a minute's worth."""

    per_minute: int
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _all: _Bucket | None = None

    def wait(self, address: str, cost: int) -> int:
        """Take what a question costs, or say in how many seconds it may be asked again; 0 is now.

        Args:
            address: the network address that asks.
            cost: in plain pages. One that costs more than a bucket holds is let in when the bucket is full.
        """
        if not self.per_minute:
            return 0
        now = monotonic()
        whose = _network(address)
        mine = self._buckets.pop(whose, None) or _Bucket(self.per_minute, now)
        self._buckets[whose] = mine
        while len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        self._all = self._all or _Bucket(self.per_minute * ALL_TOGETHER, now)
        waits = [
            _lacking(mine, self.per_minute, cost, now),
            _lacking(self._all, self.per_minute * ALL_TOGETHER, cost, now),
        ]
        if max(waits) > 0:
            return math.ceil(max(waits))
        mine.left, self._all.left = mine.left - cost, self._all.left - cost
        return 0


def _lacking(bucket: _Bucket, per_minute: int, cost: int, now: float) -> float:
    """Fill the bucket for the time that passed; how many seconds it still needs."""
    bucket.left = min(per_minute, bucket.left + (now - bucket.at) * per_minute / 60)
    bucket.at = now
    return (min(cost, per_minute) - bucket.left) * 60 / per_minute


def _network(address: str) -> str:
    """The address, or for IPv6 its network: one line holds any number of those."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
