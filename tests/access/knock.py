"""Knocking at every door as everybody, with real requests that leave nothing behind."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import sessionmaker
from werkzeug.routing import Rule

from portal.db import PortalSession
from portal.web.once import once_key
from portal.web.portal import Portal

#: What an address with a choice of words is tried with.
WORDS = {
    "choice": "use", "kind": "need", "move": "pause", "what": "tick", "to": "booked", "answer": "take", "paper": "plan",
    "known": "yes",
    "tense": "want", "area": "home", "key": "home",
}  # fmt: skip
LETTERS = {"sign in": "s", "not found": ".", "forbidden": "x", "in": "o"}


class Forgetful(PortalSession):
    """A session that does everything but keep it, so that one person's knock changes nothing for the next."""

    def commit(self) -> None:
        """Flush, so that every rule of the database speaks, and undo."""
        self.flush()
        self.rollback()


def forgetful(app: Flask) -> Flask:
    """Let the application answer for real and remember nothing."""
    before: Portal = app.extensions["portal"]
    maker = sessionmaker(before.engine, class_=Forgetful, expire_on_commit=False)
    app.extensions["portal"] = replace(before, sessions=maker)
    return app


def doors(app: Flask) -> list[tuple[str, str, Rule]]:
    """Every endpoint with each method it takes, static files aside."""
    found: list[tuple[str, str, Rule]] = []
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) & {"GET", "POST"}) if rule.endpoint != "static" else []
        found.extend((rule.endpoint, method, rule) for method in methods)
    return sorted(found, key=lambda door: (door[0], door[1]))


def address(rule: Rule, things: dict[str, Any], missing: Callable[[str], Any] | None = None) -> str:
    """The address of a door with things of Ana's case in it."""
    url = re.sub(r"<any\([^)]*\):(\w+)>|<(?:\w+:)?(\w+)>", lambda m: "{" + (m[1] or m[2]) + "}", rule.rule)
    values = {name: WORDS.get(name) or things[name] for name in re.findall(r"{(\w+)}", url)}
    if missing is not None:
        values = {name: missing(name) if name.endswith("_id") else value for name, value in values.items()}
    return url.format(**values)


def knock(client: FlaskClient, method: str, url: str) -> str:
    """What the door answers, in one letter."""
    if method == "GET":
        response = client.get(url)
    else:
        token = _token(client)
        response = client.post(url, data={"csrf_token": token, "once": once_key()})
    return LETTERS[_meaning(response.status_code, response.headers.get("Location", ""))]


def _meaning(status: int, location: str) -> str:
    if status in {301, 302, 303} and location.startswith("/sign-in"):
        return "sign in"
    return {404: "not found", 403: "forbidden"}.get(status, "in" if status < 500 else f"fault {status}")


def _token(client: FlaskClient) -> str:
    """The CSRF token of this browser, from a page that anybody can see."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/no-such-page").text)
    assert found, "every page carries a token"
    return found[1]
