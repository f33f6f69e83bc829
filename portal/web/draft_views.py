"""Where the script sends what is being typed, and where a person throws it away."""

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.web import drafts
from portal.web.gate import allow
from portal.work import Work


def init_app(app: Flask) -> None:
    """Add /drafts, for the script, and /drafts/clear, for the button beside a form that was taken up again."""

    @app.post("/drafts", endpoint="drafts.keep")
    @allow(Action.ACCOUNT_VIEW)
    def keep(work: Work) -> ResponseReturnValue:
        place = request.form.get(drafts.FIELD, "")
        kept = drafts.keep(work, work.actor.id, place, request.form.to_dict(flat=False))
        return Response(status=204 if kept else 205)

    @app.post("/drafts/clear", endpoint="drafts.clear")
    @allow(Action.ACCOUNT_VIEW)
    def clear(work: Work) -> ResponseReturnValue:
        place = request.form.get(drafts.FIELD, "")
        drafts.clear(work, place)
        return redirect(drafts.page_of(place) or "/", 303)
