"""Staff move a referral on: what they did, what the place answered, what the client told them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.audit.events import Event
from portal.cases.models import Case
from portal.i18n import _l
from portal.referrals.commands.news import answer_reports, notify_client, tell
from portal.referrals.consent import live_release
from portal.referrals.models import ClosureReason, Referral, ReferralEvent, Setter, Source, Status
from portal.work import Refused, Work


class NothingToConfirm(Refused):
    """The referral has gone on since the client told this."""

    says = _l("There is nothing to confirm here any more.")


class SaysWhy(Refused):
    """A mistake is taken back with a reason."""

    field, says = "note", _l("Write what was wrong.")


class NotDisputed(Refused):
    """Client and place agree."""

    says = _l("There is nothing to settle here.")


class SaysHow(Refused):
    """What was found out is written down."""

    field, says = "note", _l("Write what you found out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move: where to, how we know, and what belongs to it. A note is for the client unless `shown` is off."""

    to: Status
    source: Source = Source.ADMINISTRATIVE
    reason: ClosureReason | None = None
    appointment_at: datetime | None = None
    note: str = ""
    shown: bool = True


def move(work: Work, case: Case, referral: Referral, step: Step) -> None:
    """Move a referral on. Doing so answers what the client told about it.

    Raises:
        Refused: the move is not possible; its subclass says why.
    """
    if step.to is Status.VOID and not step.note:
        raise SaysWhy
    release = live_release(work, referral) if step.to is Status.SENT else None
    said: dict[str, Any] = {"reason": step.reason, "appointment_at": step.appointment_at}
    before = referral.move(
        step.to, Setter.STAFF, work.now, release=release, today=work.today, source=step.source, **said
    )
    if release is not None:
        work.record(Event.DISCLOSED, release, categories=release.categories)
    shown = step.shown and step.to is not Status.VOID
    what, source = Event.REFERRAL_MOVED, step.source
    tell(work, case, referral, before=before, what=what, source=source, note=step.note, shown_to_client=shown, **said)
    answer_reports(work, case, referral)
    if step.to is not Status.VOID:
        notify_client(work, case)


def confirm(work: Work, case: Case, referral: Referral, told: ReferralEvent) -> None:
    """Make the move a client or supporter told of, where the profile leaves that to staff.

    Raises:
        NothingToConfirm: it told of no move, or of another referral.
        Refused: the referral has gone on since.
    """
    taken_back = select(ReferralEvent.id).where(ReferralEvent.takes_back_id == told.id)
    if told.claimed is None or told.referral_id != referral.id or work.session.scalar(taken_back) is not None:
        raise NothingToConfirm
    step = Step(to=told.claimed, source=told.source, reason=told.reason, appointment_at=told.appointment_at)
    move(work, case, referral, step)


def settle(work: Work, case: Case, referral: Referral, note: str) -> None:
    """Staff have asked after help that client and place tell different things about. The client reads what came of it.

    What was closed stays closed: if no help was got, it is void with a reason, or another place is offered.

    Raises:
        NotDisputed: nothing is disputed.
        SaysHow: nothing was written.
    """
    if referral.disputed_at is None:
        raise NotDisputed
    if not note.strip():
        raise SaysHow
    referral.disputed_at = None
    what, source = Event.REFERRAL_SETTLED, Source.ADMINISTRATIVE
    tell(work, case, referral, before=referral.status, what=what, source=source, note=note)
    answer_reports(work, case, referral, note)
    notify_client(work, case)
