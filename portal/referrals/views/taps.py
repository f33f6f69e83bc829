"""What buttons without a form of their own have in common: do it, say how it went, and go back to the card."""

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.cases.models import Case
from portal.referrals.models import Referral
from portal.web.render import notify
from portal.work import Refused, Work


def case_of(work: Work, referral: Referral) -> Case:
    """Whose referral it is."""
    return work.get(Case, referral.case_id)


def back_to(referral: Referral) -> ResponseReturnValue:
    """To the card of this place."""
    where = url_for("referrals.index", case_id=referral.case_id)
    return redirect(f"{where}#place-{referral.id}", 303)


def tap(referral: Referral, act: Callable[[], None], done: str) -> ResponseReturnValue:
    """Do what a button without a form asks, and say how it went on the next page."""
    try:
        act()
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(done)
    return back_to(referral)
