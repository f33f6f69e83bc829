"""For whoever keeps the portal running: is the process alive, and can it serve?"""

from flask import Flask, Response
from sqlalchemy.exc import SQLAlchemyError

from portal import installation
from portal.web.gate import public
from portal.work import Work


def init_app(app: Flask) -> None:
    """Add /livez, which touches nothing, and /readyz, which asks whether the tables are of this release."""

    @app.get("/livez", endpoint="livez")
    @public("a monitor asks whether the process is alive; the answer is one word", works=False)
    def livez() -> Response:
        return Response("ok\n", content_type="text/plain")

    @app.get("/readyz", endpoint="readyz")
    @public("a monitor asks whether the portal can serve; the answer is one word")
    def readyz(work: Work) -> Response:
        try:
            ready = installation.is_current(work.session)
        except SQLAlchemyError:
            ready = False
        return Response("ok\n" if ready else "not ready\n", 200 if ready else 503, content_type="text/plain")
