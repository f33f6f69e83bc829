"""Pages for when something is wrong. Each says what to do next; none says what went on inside."""

import logging
import secrets
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from portal.i18n import _
from portal.web.once import FIELD, once_key
from portal.web.render import layout_facts, rendered

log = logging.getLogger("portal")
#: Statuses with a page of their own; any other client error shows the page for 400, any server error that for 500.
_PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
#: Never shown back or sent again: a token, a key, a secret.
_HIDDEN = frozenset({"csrf_token", FIELD, "password", "new_password", "code", "card_code", "current"})


def init_app(app: Flask) -> None:
    """Give every kind of failure its page."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(StatementError, _bad_value)
    app.register_error_handler(Exception, _unforeseen)


def _show(status: int, **facts: Any) -> Response:
    name = status if status in _PAGES else (400 if status < 500 else 500)
    session = g.get("session")
    if session is not None:
        session.rollback()
    g.pop("case", None)
    g.pop("work", None)
    blank: dict[str, Any] = {"number": "", "kept": [], "fields": [], "retry_url": "", "has_errors": False, "case": None}
    return make_response(rendered(f"errors/{name}.html", {**layout_facts(), **blank, **facts}), status)


def _http(problem: HTTPException) -> Response:
    if isinstance(problem, SecurityError):  # an unknown host: a page would have links, and there is nowhere to link to
        return Response(_("This is not our address."), 400, content_type="text/plain; charset=utf-8")
    if isinstance(problem, RequestEntityTooLarge):
        return _show(413)
    return _show(problem.code or 500)


def _kept() -> dict[str, Any]:
    """What the person typed, so that a page that could not save it still holds it and can send it again."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _HIDDEN]
    return {
        "kept": [(name, value) for name, value in fields if value.strip() and len(value) > 3],
        "fields": [*fields, (FIELD, request.form.get(FIELD) or once_key())],
        "retry_url": request.path,
    }


def _stale_form(_problem: CSRFError) -> Response:
    return _show(400, **_kept())


def database_away(problem: OperationalError) -> Response:
    """The page for when nothing could be saved; it holds what was typed."""
    number = _numbered("database away", problem)
    return _show(503, number=number, **(_kept() if request.method == "POST" else {}))


def _changed_meanwhile(_problem: StaleDataError) -> Response:
    return _show(409, **_kept())


def _bad_value(problem: StatementError) -> Response:
    if isinstance(problem.orig, OverflowError | ValueError | UnicodeError):
        return _show(400)
    return _unforeseen(problem)


def _unforeseen(problem: Exception) -> Response:
    if current_app.testing:
        raise problem  # a test wants the fault itself
    return _show(500, number=_numbered("unforeseen", problem))


def _numbered(what: str, problem: Exception) -> str:
    """Log the kind of failure and where it was, never its text: that may hold what somebody wrote."""
    number = secrets.token_hex(4)
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else "?"
    log.error("%s %s number=%s endpoint=%s place=%s", what, type(problem).__name__, number, request.endpoint, where)
    return number
