"""Which data copies were made: what leaves the portal does not leave unseen."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.exports import queries
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import page
from portal.work import Work

bp = Blueprint("exports", __name__)


@bp.get("/cases/<uuid:case_id>/copies")
@allow(Action.RELEASE_VIEW, case=Case)
def copies(work: Work, case: Case) -> ResponseReturnValue:
    """The data copies made of this case: when, for whom and why."""
    return page("exports/copies.html", copies=queries.copies(work, case), back=up_to(work, case))
