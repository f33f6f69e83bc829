"""The supervisor's pages."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.i18n import _, _l, number
from portal.supervision import queries
from portal.supervision.queries import Overdue
from portal.web.gate import allow
from portal.web.render import page
from portal.work import NotFound, Work

bp = Blueprint("supervision", __name__)

NAMES = {
    Overdue.WAITING: _l("Waiting longer than promised"),
    Overdue.QUIET: _l("Places without news for too long"),
    Overdue.REVIEW: _l("Reviews past their day"),
    Overdue.NOBODY: _l("Nobody works with them"),
}


@bp.get("/supervision")
@allow(Action.SUPERVISION_VIEW)
def overview(work: Work) -> ResponseReturnValue:
    """How full each caseload is, what is overdue, and whether places lead to help. No client is named."""
    found = queries.overview(work)
    counted = found.overdue.items()
    late = [(number(count), NAMES[what], _list(what), "warn" if count else "plain") for what, count in counted]
    return page("supervision/overview.html", found=found, late=late)


@bp.get("/supervision/overdue")
@allow(Action.SUPERVISION_VIEW)
def overdue(work: Work) -> ResponseReturnValue:
    """The clients for whom one thing is late."""
    text = request.args.get("show", Overdue.WAITING.value)
    if text not in set(Overdue):
        raise NotFound(text)
    what, back = Overdue(text), (_("Supervision"), url_for(".overview"))
    lists = [(name, _list(each), each is what) for each, name in NAMES.items()]
    rows = queries.late_cases(work, what)
    return page("supervision/overdue.html", rows=rows, lists=lists, name=NAMES[what], back=back)


def _list(what: Overdue) -> str:
    return url_for(".overdue", show=what.value)
