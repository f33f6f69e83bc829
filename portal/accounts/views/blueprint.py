"""What the pages of accounts share: who calls, where to go afterwards, and the page that asks to wait."""

import re
import secrets
from datetime import timedelta

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts import sessions, throttle
from portal.accounts.models import Account
from portal.accounts.throttle import Blocked, Caller
from portal.web.portal import portal
from portal.web.render import page
from portal.work import Work

bp = Blueprint("accounts", __name__)

START = "/"
#: One slash, then plain words with one slash between: no other host, no tab, no backslash (SECURITY T5).
_OWN_PATH = re.compile(r"/(?:[A-Za-z0-9_~-]+(?:/[A-Za-z0-9_~-]+)*/?)?")
_LONGEST_PATH = 300
_ELSEWHERE = ("/exit", "/sign-in", "/sign-out")
_DOORS = frozenset(f"accounts.{name}" for name in ("sign_in", "ask_code", "enter_code", "staff", "supporter"))


def own_path(text: str | None) -> str | None:
    """This address, if it is a page of ours; else None."""
    return text if text is not None and len(text) <= _LONGEST_PATH and _OWN_PATH.fullmatch(text) else None


def next_path(text: str | None) -> str | None:
    """This address, if it is a page of ours that one may be sent to after signing in; else None."""
    path = own_path(text)
    return None if path is None or path.startswith(_ELSEWHERE) else path


def asked_next() -> str | None:
    """Where the address says to go afterwards."""
    return next_path(request.args.get("next"))


def caller() -> Caller:
    """From where this request comes."""
    return Caller(request.remote_addr or "", sessions.browser_hash(), request.cookies.get(_device_cookie(), ""))


def _device_cookie() -> str:
    return "__Host-device" if portal().settings.https else "device"


def let_in(work: Work, account: Account, *, shared: bool, to: str | None) -> Response:
    """Sign this account in and lead on. One's own device gets a mark, so that others' guesses do not lock it out."""
    sessions.start(work, account, shared=shared)
    response = redirect(next_path(to) or START, 303)
    if not shared:
        mark = throttle.vouch(work.session.key_ring, account.id, secrets.token_urlsafe(16))
        response.set_cookie(_device_cookie(), mark, secure=portal().settings.https, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]  # Flask's redirect makes a Flask response


@bp.before_request
def _already_in() -> ResponseReturnValue | None:
    """Whoever is signed in needs no sign-in page."""
    if request.endpoint in _DOORS and request.method == "GET" and portal().actor().is_signed_in:
        return redirect(asked_next() or START, 303)
    return None


@bp.app_errorhandler(Blocked)
def _wait(problem: Blocked) -> Response:
    """The same page for accounts that exist and those that do not: when to try again, and whom to call."""
    until = problem.until + timedelta(seconds=59)  # so that the minute we name is not too early
    response = page("accounts/blocked.html", 429, until=until)
    response.headers["Retry-After"] = str(int((problem.until - clock.now()).total_seconds()) + 1)
    return response
