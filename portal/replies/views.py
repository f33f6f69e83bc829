"""A place reads and answers a referral by the link it was given.

Looking at the link tells nothing and uses nothing up: programs that follow links in mails see a button. Pressing it
shows what the client's release allows; the answer spends the link. Wrong links are counted, by browser and address.
"""

from datetime import timedelta

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal.accounts import throttle
from portal.accounts.throttle import Blocked
from portal.accounts.views.blueprint import caller
from portal.referrals import commands
from portal.referrals.forms import ReplyForm
from portal.referrals.models import LinkOver, Status
from portal.referrals.words import FACTS
from portal.web.gate import public
from portal.web.render import form_page, page
from portal.work import Refused, Work

bp = Blueprint("replies", __name__)


@bp.get("/reply/<token>")
@public("whoever holds the link of a referral may see that it works; it tells nothing of whom it is about")
def reply(work: Work, token: str) -> ResponseReturnValue:
    """A button. Nothing about anybody."""
    if not commands.link_works(work, token):
        return _over()
    return page("replies/closed.html", token=token)


@bp.post("/reply/<token>")
@public("whoever holds the link reads what the client's release lets us tell this place")
def read(work: Work, token: str) -> ResponseReturnValue:
    """Show what the place is told, and ask for its answer."""
    return _letter(work, token, ReplyForm(formdata=None))


@bp.post("/reply/<token>/answer")
@public("whoever holds the link answers once for this place")
def answer(work: Work, token: str) -> ResponseReturnValue:
    """Take the answer."""
    form = ReplyForm()
    if form.validate_on_submit():
        try:
            return _answered(work, token, form)
        except LinkOver:
            return _over()
        except Refused as no:
            form.refuse(no)
    return _letter(work, token, form)


@bp.errorhandler(Blocked)
def _wait(problem: Blocked) -> Response:
    """Too many links that open nothing: when to try again, and whom to call."""
    return page("accounts/blocked.html", 429, until=problem.until + timedelta(seconds=59))


def _letter(work: Work, token: str, form: ReplyForm) -> Response:
    try:
        _count(work, token)
        found = commands.read(work, token)
    except LinkOver:
        return _over()
    told = [(FACTS[shared], text) for shared, text in found.handover.facts.items()]
    facts = {"told": told, "release": found.release, "referral": found.referral, "handover": found.handover}
    return form_page("replies/letter.html", form, token=token, **facts)


def _answered(work: Work, token: str, form: ReplyForm) -> Response:
    _count(work, token)
    status, note = Status(form.answer.data), form.note.data or ""
    commands.reply(work, token, status, appointment_at=form.at, note=note)
    return page("replies/thanks.html")


def _over() -> Response:
    return page("replies/over.html", 404)


def _count(work: Work, token: str) -> None:
    """Count a link that opens nothing.

    Raises:
        LinkOver: it opens nothing.
        Blocked: too many did before.
    """
    who = caller()
    attempt = throttle.attempt(work, "place reply", who.browser.hex(), who)
    if not commands.link_works(work, token):
        attempt.failed("place reply")
        raise LinkOver
    attempt.worked()
