"""A portal of its own to measure: a database in a temporary folder, filled, and people signed in to it."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from bench import data, pages
from bench.pages import Budget
from bench.server import Server
from portal.app import create_app
from portal.cli.models import METADATA
from portal.crypto import KeyRing
from portal.settings import Settings
from tests.browser import Browser

SECRET = "only for the bench, and long enough to be accepted"


@dataclass
class Stage:
    """One filled portal. `environment` serves it; its PORT is put in by `serving`."""

    app: Flask
    budgets: list[Budget]
    environment: dict[str, str]
    _browsers: dict[str, Browser] = field(default_factory=dict)

    def browser(self, budget: Budget) -> Browser:
        """Whoever asks for this page, signed in."""
        if budget.name not in self._browsers:
            nobody = Browser(self.app)
            nobody.client.get("/sign-in")  # gives it its cookie
            self._browsers[budget.name] = nobody.as_(budget.who) if budget.who else nobody
        return self._browsers[budget.name]

    def form(self, budget: Budget) -> str:
        """What is sent to the page, with a new key each time; nothing for a page that is only looked at."""
        if not budget.words:
            return ""
        html = self.browser(budget).client.get(budget.path).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', html)
        assert found, f"{budget.name} has no form"
        return f"csrf_token={found[1]}&{budget.words}&once="

    def ask(self, budget: Budget, form: str) -> TestResponse:
        """Ask in this process."""
        client = self.browser(budget).client
        if form:
            kind = "application/x-www-form-urlencoded"
            response = client.post(budget.path, data=form + uuid4().hex, content_type=kind)
        else:
            response = client.get(budget.path)
        assert response.status_code == (303 if form else 200), (budget.name, response.status_code)
        return response

    def ask_of(self, server: Server, budget: Budget, form: str) -> bool:
        """Ask a server; whether the answer was as it should be."""
        held = self.browser(budget).client.get_cookie("portal")
        headers = {"Cookie": f"portal={held.value}"} if held else {}
        if form:
            return server.post(budget.path, headers, form + uuid4().hex) == 303
        return server.get(budget.path, headers) == 200


@contextmanager
def stage(scale: int = 1) -> Iterator[Stage]:
    """Make a portal on SQLite and fill it."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        keys = KeyRing.generate()
        settings = Settings(
            database_url=f"sqlite:///{folder}/portal.sqlite",
            secret_key=SECRET,
            encryption_keys=keys,
            instance=Path(folder),
            origin="http://localhost",
            password_cost=1,
        )
        app = create_app(settings)
        engine = app.extensions["portal"].engine
        METADATA.create_all(engine)
        Path(folder, "portal.sqlite").chmod(0o600)
        environment = {
            "DATABASE_URL": settings.database_url, "PORTAL_SECRET_KEY": SECRET, "PORTAL_ENCRYPTION_KEYS": keys,
            "PORTAL_INSTANCE": folder, "PORTAL_ORIGIN": "http://127.0.0.1:PORT",
        }  # fmt: skip
        yield Stage(app, pages.budgets(data.build(app, scale)), environment)
        engine.dispose()
