"""The page that lists the keys: for staff those that go places, for everybody else the one that leaves."""

from flask import Flask, Response

from portal.access.actions import Action
from portal.i18n import _
from portal.web.gate import allow
from portal.web.jinja import address
from portal.web.render import page
from portal.work import Work


def init_app(app: Flask) -> None:
    """Add /keys. It is a page like any other: without a script there are no keys, and it says so."""

    @app.get("/keys", endpoint="keys")
    @allow(Action.ACCOUNT_VIEW)
    def keys(_work: Work) -> Response:
        return page("layouts/keys.html", back=(_("My account"), address("accounts.account")))
