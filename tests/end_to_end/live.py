"""The portal on a free port of this machine, in threads of this process, at whatever time the test says it is."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from portal import clock
from portal.app import create_app
from portal.demo.seeding import in_haste
from portal.settings import Settings

STORY_ZONE = ZoneInfo("America/Chicago")
#: Two pages that a browser may keep whole in its back/forward cache: they show that the cache works at all.
CONTROL = ("/control/one", "/control/two")
_CONTROL_PAGE = "<!doctype html><title>Control</title><h1>A page for everybody</h1>"
#: Where the exit leads to in tests: another origin on the same port.
WEATHER = "/weather"
_WEATHER_PAGE = "<!doctype html><title>Weather</title><h1>Sunny all day</h1>"


def story_time(month: int, day: int, time: str = "12:00") -> datetime:
    """A moment of 2025 on the stories' wall clock."""
    hour, minute = map(int, time.split(":"))
    return datetime(2025, month, day, hour, minute, tzinfo=STORY_ZONE)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: a journey asks for hundreds of pages."""


class LiveServer:
    """A running portal. Set `now` to move its clock; None is the real time."""

    def __init__(self, settings: Settings) -> None:
        self._server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=_Quiet)
        port = self._server.server_port
        self.origin, self.elsewhere = f"http://127.0.0.1:{port}", f"http://localhost:{port}{WEATHER}"
        self.settings = replace(settings, origin=self.origin, exit_url=self.elsewhere)
        self.app: Flask = create_app(self.settings)
        self.now: datetime | None = None
        #: What went wrong in a request that nobody looked at, such as one for a picture.
        self.faults: list[str] = []
        #: Every request that reached the portal itself, as "POST /path".
        self.asked: list[str] = []
        in_haste(self.app.extensions["portal"].engine)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def on(self, month: int, day: int, time: str = "12:00") -> None:
        """From now on it is this moment of 2025."""
        self.now = story_time(month, day, time)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request, at the time that the test says it is."""
        request = Request(environ)
        if request.path in CONTROL:
            return Response(_CONTROL_PAGE, mimetype="text/html")(environ, start_response)
        if request.path == WEATHER:
            return Response(_WEATHER_PAGE, mimetype="text/html")(environ, start_response)
        self.asked.append(f"{request.method} {request.path}")
        with self._at_that_time():
            response = Response.from_app(self.app, environ, buffered=True)
        if response.status_code >= 500:
            self.faults.append(f"{request.method} {request.path}: {response.status}")
        return response(environ, start_response)

    @contextmanager
    def _at_that_time(self) -> Iterator[None]:
        if self.now is None:
            yield
            return
        with clock.frozen_at(self.now):
            yield

    def stop(self) -> None:
        """End it and let go of the database."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.app.extensions["portal"].engine.dispose()
