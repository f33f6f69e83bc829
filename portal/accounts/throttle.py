"""How often somebody may try. Counted in the database, by hashes of what was tried and from where.

Five wrong tries for one account, then a wait that grows to half an hour (UX 3: "a timed unlock of 30 min or less"). A
count is for what was typed, whether or not there is such an account, so a wait tells nothing. A whole library shares
one address, so an address may fail often. A device that signed in to the account before has a count of its own: nobody
locks a person out from their own phone by guessing elsewhere (SECURITY, decided conflict 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import Account, Throttle
from portal.audit.events import Event
from portal.crypto import KeyRing
from portal.work import Work


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries fail before a wait, for how long they are counted, and how long the waits are."""

    free: int
    window: timedelta
    waits: tuple[timedelta, ...]


ACCOUNT = Limit(5, timedelta(hours=24), tuple(timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 30)))
ADDRESS = Limit(60, timedelta(minutes=15), (timedelta(minutes=10),))
#: A count this old is forgotten.
KEPT_FOR = timedelta(days=2)


class Blocked(Exception):
    """Too many tries. `until` is when one may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody tries: the network address, a hash of the browser's token, and its device mark if any."""

    address: str
    browser: bytes
    device: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One thing that is counted."""

    key: bytes
    limit: Limit


class Attempt:
    """One try that may go on. Say how it ended."""

    def __init__(self, work: Work, counts: Sequence[tuple[Throttle, Limit]]) -> None:
        self._work, self._counts = work, counts

    def failed(self, way: str, account: Account | None = None) -> None:
        """Count it, and keep the count though the answer is a refusal. Recorded when it is the first or starts a wait.

        So a thousand guesses leave a few lines in the record, not a thousand (SECURITY section 2).
        """
        first = self._counts[-1][0].count == 0
        waits = [count(row, limit, self._work.now) for row, limit in self._counts]
        self._work.keep_refusal()
        if first or any(waits):
            place = self._counts[-1][0].key_hash.hex()[:12]
            self._work.record(Event.SIGN_IN_FAILED, account, way=way, place=place, blocked=any(waits))

    def asked(self) -> None:
        """Count it without a line in the record: it was a request, and each may be the last of too many."""
        for row, limit in self._counts:
            count(row, limit, self._work.now)

    def worked(self) -> None:
        """Forget what failed before for this account. The address keeps its count."""
        row, _limit = self._counts[0]
        row.count, row.until = 0, None


def attempt(work: Work, what: str, typed: str, caller: Caller, account: Account | None = None) -> Attempt:
    """Begin one try.

    Args:
        work: the unit of work.
        what: the kind of try; each kind has counts of its own.
        typed: whom it is for, as it was typed and cleaned.
        caller: from where.
        account: whose it is, if it is anybody's: their own device is counted apart.

    Raises:
        Blocked: too many tries before this one.
    """
    ring = work.session.key_ring
    if account is not None and (mark := vouched(ring, caller.device, account.id)):
        return _begin(work, [_gauge(ring, f"{what} on device", mark, ACCOUNT)])
    return _begin(work, [_gauge(ring, what, typed, ACCOUNT), _gauge(ring, "address", caller.address, ADDRESS)])


def allows(work: Work, what: str, whom: str) -> bool:
    """Count one more of this for one account alone; False when it has been too often."""
    try:
        _begin(work, [_gauge(work.session.key_ring, what, whom, ACCOUNT)]).asked()
    except Blocked:
        return False
    return True


def _begin(work: Work, gauges: Sequence[Gauge]) -> Attempt:
    """Lock the counts in one order: tries at the same moment wait for each other instead of slipping past."""
    counts = [(_count_of(work, gauge), gauge.limit) for gauge in gauges]
    waits = [row.until for row, _limit in counts if row.until is not None and row.until > work.now]
    if waits:
        raise Blocked(max(waits))
    return Attempt(work, counts)


def _count_of(work: Work, gauge: Gauge) -> Throttle:
    found = work.session.scalars(select(Throttle).where(Throttle.key_hash == gauge.key).with_for_update()).first()
    if found is None:
        found = Throttle(key_hash=gauge.key, count=0, since=work.now)
        work.session.add(found)
        work.session.flush()  # takes the key now: of two first tries one waits here, and the gate runs it again
    return found


def count(row: Throttle, limit: Limit, now: datetime) -> bool:
    """Count one failure.

    Returns:
        whether it starts a wait.
    """
    if row.since + limit.window <= now:
        row.count, row.since = 0, now
    row.count += 1
    over = row.count - limit.free
    if over < 0:
        return False
    row.until = now + limit.waits[min(over, len(limit.waits) - 1)]
    return True


def lift(work: Work, *typed: tuple[str, str]) -> None:
    """Forget what failed for these (kind of try, whom it was for): staff know the person who stands before them."""
    keys = [_gauge(work.session.key_ring, what, whom, ACCOUNT).key for what, whom in typed]
    work.session.execute(delete(Throttle).where(Throttle.key_hash.in_(keys)))


def forget_old(work: Work) -> None:
    """Remove counts that no longer matter."""
    work.session.execute(delete(Throttle).where(Throttle.since < work.now - KEPT_FOR))


def _gauge(ring: KeyRing, what: str, value: str, limit: Limit) -> Gauge:
    return Gauge(ring.lookup("throttle", f"{what}\0{value}"), limit)


def vouch(ring: KeyRing, account_id: UUID, random: str) -> str:
    """A mark for a device that has signed in to this account. It opens nothing: it only gives a count of its own."""
    return f"{random}.{ring.lookup('device', f'{random} {account_id}').hex()}"


def vouched(ring: KeyRing, mark: str, account_id: UUID) -> str:
    """The random part of a mark that we gave for this account, or nothing."""
    random, _dot, _seal = mark.partition(".")
    right = vouch(ring, account_id, random)
    return random if compare_digest(mark.encode(errors="replace"), right.encode(errors="replace")) else ""
