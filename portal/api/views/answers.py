"""Answers of the API: pages, single things, streams and refusals, all JSON, all the same for whoever asks."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, cast
from uuid import UUID

from flask import Response, abort, current_app, request

from portal.api.kinds import NDJSON, Kind, as_json, changed_at, lines, page_facts, whole_page
from portal.api.parameters import Asked, read
from portal.api.reading import directory
from portal.api.throttle import Throttle
from portal.api.turn import take_turn
from portal.directory import catalogue
from portal.web.portal import portal

EXTENSION: Final = "portal_api"
#: What questions cost, in plain pages: see `throttle`.
_FULL_COST, _STREAM_COST = 4, 30
#: Seconds after which to ask again while another streams.
_NEXT_TURN = 30


def listed(kind: Kind) -> Response:
    """Answer a question for many: a page of them, or all as a stream."""
    asked = _asked()
    if asked.ndjson:
        return _stream(lines(kind, asked, portal().engine), NDJSON)
    if asked.minimal and asked.size is None and kind.dated:
        return _stream(whole_page(kind, asked, portal().engine), "application/json")
    _pay(_FULL_COST if asked.full or asked.full_service else 1)
    with directory(portal().engine) as session:
        listing = kind.listing(session, asked.wish)
        total, size = listing.count(), asked.page_size
        ids = listing.page(asked.page, size) if (asked.page - 1) * size < total else []
        contents = kind.trees(session, ids, asked)
    return _conditional(page_facts(asked.page, size, total, len(contents)) | {"contents": contents})


def _stream(pieces: Iterator[str], content_type: str) -> Response:
    """Everything, as it becomes known; one stream at a time on this machine."""
    _pay(_STREAM_COST)
    turn = take_turn(portal().settings.instance)
    if turn is None:
        raise TooMuch(_NEXT_TURN)

    def sent() -> Iterator[str]:
        with turn:
            yield from pieces

    response = Response(sent(), content_type=content_type)
    response.call_on_close(turn.close)  # also when it was never begun, as for HEAD
    return response


def single(kind: Kind, key: str) -> Response:
    """Answer a question for one thing by its id, with all that hangs on it."""
    asked = _asked()
    _pay(1)
    try:
        wanted = UUID(key)
    except ValueError:
        abort(404)
    with directory(portal().engine) as session:
        if not catalogue.is_open(session, kind.model, wanted):
            abort(404)
        trees = kind.trees(session, [wanted], asked if asked.full_service else None)
        changed = changed_at(session, [wanted]).get(wanted) if kind.dated else None
    return _conditional(trees[0], changed)


def refusal(status: int, says: str) -> Response:
    """A refusal that a program can read."""
    return Response(as_json({"status": status, "error": says}), status, content_type="application/json")


def _conditional(told: Any, changed: datetime | None = None) -> Response:
    """An answer with its mark; 304 where the asker has the same already."""
    text = as_json(told).encode()
    response = Response(text, content_type="application/json")
    response.set_etag(blake2b(text, digest_size=12).hexdigest())
    if changed is not None:
        response.last_modified = changed
    return cast(Response, response.make_conditional(request) if request.method != "POST" else response)


class TooMuch(Exception):
    """This address asked more than its share. `seconds` says when it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _asked() -> Asked:
    return read(request.args, request.get_json(silent=True) if request.is_json else request.form)


def _pay(cost: int) -> None:
    throttle: Throttle = current_app.extensions[EXTENSION]
    seconds = throttle.wait(request.remote_addr or "", cost)
    if seconds:
        raise TooMuch(seconds)
