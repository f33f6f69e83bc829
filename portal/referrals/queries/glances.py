"""All places of one client at a glance, for staff: where each stands, what came of it, the two shares of DOMAIN 3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.cases.models import Case
from portal.referrals import words
from portal.referrals.models import FINAL, REASONS, LedBy, Rating, Referral, Status
from portal.referrals.queries.measures import Rate, known_outcome, linkage
from portal.referrals.queries.turns import days_since
from portal.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One referral in the list."""

    id: UUID
    place: str
    need: str
    says: str
    tone: str
    led_by: LedBy
    days_silent: int
    rating: Rating | None
    ended: bool
    disputed: bool
    can_repeat: bool
    service_id: UUID | None
    finished_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What came of a client's referrals: `outcomes` counts each way to end, in words; `in_pack` waits to be offered."""

    going_on: Sequence[Line]
    ended: Sequence[Line]
    outcomes: Sequence[tuple[int, str]]
    known_outcome: Rate
    linkage: Rate
    in_pack: int

    @property
    def total(self) -> int:
        """How many the client was offered."""
        return len(self.going_on) + len(self.ended)


def glance(work: Work, case: Case) -> Glance:
    """Everything offered in this case, the open ones first, longest silent on top. Three queries."""
    wanted = (
        select(Referral)
        .where(Referral.case_id == case.id, Referral.status != Status.VOID)
        .order_by(Referral.quiet_from.is_(None), Referral.quiet_from, Referral.created_at, Referral.id)
    )
    found = work.session.scalars(wanted).all()
    offered = [referral for referral in found if referral.status is not Status.DRAFT]
    lines = [_line(work, referral) for referral in offered]
    return Glance(
        going_on=[line for line in lines if not line.ended],
        ended=sorted((line for line in lines if line.ended), key=lambda line: (line.finished_on or date.min, line.id)),
        outcomes=_outcomes(offered),
        known_outcome=known_outcome(work, case),
        linkage=linkage(work, case),
        in_pack=len(found) - len(offered),
    )


def _line(work: Work, referral: Referral) -> Line:
    ended = referral.status in FINAL
    return Line(
        id=referral.id,
        place=referral.place,
        need=referral.need,
        says=_says(referral),
        tone=words.tone(referral.status),
        led_by=referral.led_by,
        days_silent=days_since(referral.last_news_at, work),
        rating=referral.outcome_rating,
        ended=ended,
        disputed=referral.disputed_at is not None,
        can_repeat=ended,
        service_id=referral.service_id,
        finished_on=referral.finished_at.date() if referral.finished_at else None,
    )


def _says(referral: Referral) -> str:
    """Where it stands, or how it ended, as staff read it."""
    if referral.status not in FINAL:
        return words.says(referral, to_client=False)
    ended = words.outcome(referral.status, _reason(referral))
    return ended[:1].upper() + ended[1:]


def _reason(referral: Referral) -> str:
    reason = referral.closure_reason if referral.status is Status.CLOSED_OTHER else None
    return str(REASONS[reason]) if reason else ""


def _outcomes(referrals: Sequence[Referral]) -> list[tuple[int, str]]:
    """How often each way to end, the good ones first: "3, You got the help"."""
    counted: dict[tuple[int, str], int] = {}
    for referral in referrals:
        if referral.status not in FINAL:
            continue
        place = (list(Status).index(referral.status), _reason(referral))
        counted[place] = counted.get(place, 0) + 1
    return [(count, words.outcome(list(Status)[number], reason)) for (number, reason), count in sorted(counted.items())]
