"""Who looked at my pages: the client's own page, behind a fresh sign-in, as others may hold the phone."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.trail import queries
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import page
from portal.web.words import ROLES
from portal.work import NotFound, Work

bp = Blueprint("trail", __name__)
_LOOKS = "looks"


@bp.get("/cases/<uuid:case_id>/who-looked")
@allow(Action.TRAIL_VIEW, fresh=True, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """The record of the case, newest first."""
    looks_only = request.args.get("show") == _LOOKS
    found, older_than = queries.entries(work, case, _before(), looks_only=looks_only)
    roles = {role.value: label for role, label in ROLES.items()}
    facts = {"entries": found, "older_than": older_than, "looks_only": looks_only, "roles": roles}
    return page("trail/index.html", **facts, back=up_to(work, case))


def _before() -> UUID | None:
    """The entry that the address asks for older ones by.

    Raises:
        NotFound: it names none.
    """
    text = request.args.get("before", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(text) from None
