"""Staff move a referral on: what they did, what the place answered, what the client told them."""

from dataclasses import dataclass
from datetime import datetime

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
    before = referral.move(
        step.to,
        Setter.STAFF,
        work.now,
        reason=step.reason,
        appointment_at=step.appointment_at,
        release=release,
        today=work.today,
    )
    if release is not None:
        work.record(Event.DISCLOSED, release, categories=release.categories)
    tell(
        work,
        case,
        referral,
        before=before,
        what=Event.REFERRAL_MOVED,
        source=step.source,
        reason=step.reason,
        appointment_at=step.appointment_at,
        note=step.note,
        shown_to_client=step.shown and step.to is not Status.VOID,
    )
    answer_reports(work, case, referral)
    if step.to is not Status.VOID:
        notify_client(work, case)


def confirm(work: Work, case: Case, referral: Referral, told: ReferralEvent) -> None:
    """Make the move a client or supporter told of, where the profile leaves that to staff.

    Raises:
        NothingToConfirm: it told of no move, or of another referral.
        Refused: the referral has gone on since.
    """
    if told.claimed is None or told.referral_id != referral.id:
        raise NothingToConfirm
    step = Step(to=told.claimed, source=told.source, reason=told.reason, appointment_at=told.appointment_at)
    move(work, case, referral, step)
