"""What the pages of strengths share: the way back, and how a refusal is told."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.i18n import _
from portal.strengths.models import StrengthEntry, Tense
from portal.web.render import notify
from portal.work import Refused

bp = Blueprint("strengths", __name__)


def back_to_sheet(case_id: UUID, show: Tense = Tense.WANT) -> tuple[str, str]:
    """The way back to one column of the sheet."""
    return _("Back to the sheet"), url_for("strengths.sheet", case_id=case_id, show=show.value)


def to_sheet(entry: StrengthEntry) -> ResponseReturnValue:
    """On to the column this entry stands in."""
    return redirect(url_for("strengths.sheet", case_id=entry.case_id, show=entry.tense.value), 303)


def to_entry(entry: StrengthEntry) -> ResponseReturnValue:
    """On to this entry."""
    return redirect(url_for("strengths.entry", entry_id=entry.id), 303)


def attempt(act: Callable[[], object], says: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(says)
