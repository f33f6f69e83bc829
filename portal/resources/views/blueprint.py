"""The blueprint, and what its pages share."""

from uuid import UUID

from flask import Blueprint, request

from portal.resources.forms import term_id
from portal.work import NotFound

bp = Blueprint("resources", __name__)


def previous() -> UUID | None:
    """The referral for which staff look for another place, carried from page to page."""
    named = request.args.get("previous")
    found = term_id(named)
    if named and found is None:
        raise NotFound("previous")
    return found
