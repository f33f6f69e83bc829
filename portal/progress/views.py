"""How far a client has come."""

from babel.dates import format_skeleton
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal import i18n
from portal.access.actions import Action
from portal.cases.models import Case
from portal.progress import queries
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import page
from portal.work import Work

bp = Blueprint("progress", __name__)

#: Wins on the page before somebody asks for all.
_NEWEST = 12


@bp.get("/cases/<uuid:case_id>/how-far")
@allow(Action.PROGRESS_VIEW, case=Case)
def show(work: Work, case: Case) -> ResponseReturnValue:
    """Wins, ladders and steps done. What staff see here the client saw first, and sees the same way."""
    found = queries.how_far(work, case)
    shown = found.wins if request.args.get("all") == "yes" else found.wins[:_NEWEST]
    months = [(format_skeleton("yMMM", month, locale=i18n.locale()), count) for month, count in found.months]
    return page("progress/show.html", found=found, wins=shown, months=months, back=up_to(work, case))
