"""Signing out, leaving at once, and choosing a language: open to everybody, signed in or not."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from portal.accounts import commands, lookups, sessions
from portal.accounts.views.blueprint import START, bp, own_path
from portal.audit.events import Event
from portal.web import drafts, errors
from portal.web.gate import public
from portal.web.language import cookie_name
from portal.web.portal import portal
from portal.web.render import page
from portal.web.security import csrf
from portal.work import Work


@bp.post("/sign-out")
@public("anybody may end their own session, also one that has run out")
def sign_out(work: Work) -> ResponseReturnValue:
    """End the session here and at the server."""
    _end(work)
    return _cleared(url_for("accounts.signed_out"))


@bp.route("/exit", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF ships no types
@public("leaving must work at once; being signed out by a forged link harms nobody")
def leave(work: Work) -> ResponseReturnValue:
    """Leave for a page that says nothing about us. A link, because a form may not lead to another site.

    The script sends a POST in the background and leads away by itself: no answer is wanted, and none leads anywhere.
    """
    if work.actor.is_signed_in:  # what was being typed comes along, so that leaving loses nothing
        drafts.keep(work, work.actor.id, request.form.get(drafts.FIELD, ""), request.form.to_dict(flat=False))
    _end(work)
    return _cleared(None if request.method == "POST" else portal().settings.exit_url)


@bp.get("/signed-out")
@public("it only says that nobody is signed in")
def signed_out(work: Work) -> ResponseReturnValue:
    """Say that it is done."""
    del work
    return page("accounts/signed_out.html")


@bp.post("/language")
@public("a language is chosen before signing in, too")
def choose_language(work: Work) -> ResponseReturnValue:
    """Speak this language from now on, and go back to the page one came from."""
    settings, chosen = portal().settings, request.form.get("language", "")
    response = redirect(own_path(request.form.get("back")) or START, 303)
    if chosen in settings.languages:
        commands.choose_language(work, chosen)
        response.set_cookie(cookie_name(settings), chosen, secure=settings.https, httponly=True, samesite="Lax")
    return response


def _end(work: Work) -> None:
    if work.actor.is_signed_in:
        work.record(Event.SIGNED_OUT, lookups.own_account(work))
    sessions.end(work)


def _cleared(to: str | None) -> Response:
    """Lead away, if it leads anywhere, and ask the browser to forget what it kept of us."""
    response = redirect(to, 303) if to else Response(status=204)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response  # type: ignore[return-value]  # Flask's redirect makes a Flask response


@bp.errorhandler(OperationalError)
def _database_away(problem: OperationalError) -> Response:
    """Leaving works without a database, too: the browser forgets its token, which then runs out by itself."""
    if request.endpoint == sessions.LEAVE:
        sessions.forget()
        return _cleared(portal().settings.exit_url)
    if request.endpoint == "accounts.sign_out":
        sessions.forget()
        return _cleared(url_for("accounts.signed_out"))
    return errors.database_away(problem)
