"""Reminding clients of places that have gone quiet: staff many at once, the worker each once when its day has come.

A reminder says nothing of the place (Notice.SOMETHING_NEW, by a safe channel only) and is no news: silence goes on.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import or_, select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.referrals.commands.news import notify_client
from portal.referrals.models import Referral, Status
from portal.referrals.silence import Watch, gone_quiet
from portal.work import Work

#: Where it is the client who can do something: contact the place, or say how it stands.
NUDGED = frozenset({Status.YOUR_TURN, Status.SENT, Status.ACCEPTED, Status.BOOKED, Status.OFFERED})
#: The worker reminds so many at one look; the rest an hour later.
_AT_ONCE = 500


def nudge(work: Work, referrals: Iterable[tuple[Referral, Case]]) -> int:
    """Remind the clients of these, each client once however many places there are.

    Returns:
        how many clients.
    """
    cases: dict[UUID, Case] = {}
    for referral, case in referrals:
        if referral.status in NUDGED:
            referral.nudged_at = work.now
            work.record(Event.REFERRAL_NUDGED, referral)
            cases.setdefault(case.id, case)
    for case in cases.values():
        notify_client(work, case)
    return len(cases)


def nudge_silent(work: Work) -> None:
    """The worker's chore: remind each client once of a place that has been silent for as long as their profile says.

    The card asks "Still want this?" from that day on; this only says, by a safe channel, that something waits.
    """
    wanted = (
        select(Referral, Case)
        .join(Case, Case.id == Referral.case_id)
        .where(
            Case.closed_on.is_(None),
            Referral.quiet_from.is_not(None),
            Referral.status.in_((Status.YOUR_TURN, Status.SENT)),
            or_(Referral.nudged_at.is_(None), Referral.nudged_at < Referral.quiet_from),
            gone_quiet(work, Watch.CLIENT),
        )
        .order_by(Referral.quiet_from, Referral.id)
        .limit(_AT_ONCE)
    )
    nudge(work, [(referral, case) for referral, case in work.session.execute(wanted)])
