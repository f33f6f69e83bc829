"""Pages of the demo: who can sign in, signing in with one press, and what would have been sent.

The application registers them only for a demo; elsewhere these addresses do not exist.
"""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import lookups, sessions
from portal.audit.events import Event
from portal.demo import listing
from portal.demo.outbox import outbox as newest
from portal.web.gate import public
from portal.web.render import page
from portal.work import NotFound, Work

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.get("")
@public("in a demo everybody may know who can sign in; there is nobody real behind it")
def index(work: Work) -> ResponseReturnValue:
    """Who can sign in, and with what."""
    return page("demo/index.html", groups=listing.grouped(), first_part=listing.Group.CLIENTS, more=listing.Group.MORE)


@bp.post("/sign-in/<key>")
@public("in a demo everybody may be anybody")
def sign_in_as(work: Work, key: str) -> ResponseReturnValue:
    """Sign in as somebody of the cast."""
    listed = listing.account_of(key)
    account = lookups.account_named(work, listed.kind, listed.sign_in_name) if listed else None
    if account is None:
        raise NotFound("Account")
    sessions.start(work, account, shared=False)
    work.record(Event.SIGNED_IN, account, way="demo", kind=account.kind.value)
    return redirect(url_for("home.start"), 303)


@bp.get("/outbox")
@public("in a demo everybody may see what would have been sent; nothing was")
def outbox(work: Work) -> ResponseReturnValue:
    """What would have been sent, and what would not."""
    return page("demo/outbox.html", box=newest(work))
