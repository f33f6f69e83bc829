"""Changing a case's way of working: chosen by staff with a reason, told to the client, never by itself (DOMAIN 3)."""

from collections.abc import Collection
from datetime import timedelta

from portal.access.actions import Action
from portal.audit.events import Event
from portal.cases.models import Case, ReviewReason
from portal.cases.offered import profiles_in_use
from portal.messages import commands as messages
from portal.staff.refusals import NotOffered, ReasonMissing, SameModel
from portal.work import Work


def change_model(
    work: Work, case: Case, *, profile_key: str, reason: str, words: str, wish: str, allowed: Collection[str]
) -> None:
    """Work with this client in another way from now on. Nothing they wrote is lost, and what was agreed stays agreed.

    Args:
        work: the unit of work.
        case: the case.
        profile_key: the way of working.
        reason: why, in staff's words; the client can ask to see it.
        words: what the client is told; it stands in their messages.
        wish: how the client wants to work, in their words.
        allowed: the profiles that the operator's settings allow; empty for all.

    Raises:
        NotAllowed: no staff of this case, or it is closed.
        NotOffered, SameModel, ReasonMissing: it cannot be chosen, is the one they have, or nobody says why.
        Refused: the words cannot be sent.
    """
    work.require(Action.CASE_MODEL, case)
    before = case.profile_key
    if profile_key not in {profile.key for profile in profiles_in_use(work.session, allowed)}:
        raise NotOffered(field="profile")
    if profile_key == before:
        raise SameModel
    if not reason.strip():
        raise ReasonMissing
    messages.send(work, case, words)
    case.profile_key, case.reason, case.wish = profile_key, reason, wish
    case.contact_every_days = None  # what was agreed about it was agreed for the way before
    case.look_again(work.today + timedelta(days=case.profile.review_every_days), ReviewReason.CHANGE)
    work.record(Event.PROFILE_CHOSEN, case, chosen=profile_key, before=before)
