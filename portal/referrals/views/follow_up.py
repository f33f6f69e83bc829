"""The worklist: places nobody has told anything about for too long, and reminding several people in one go."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.i18n import ngettext
from portal.referrals import commands, queries
from portal.referrals.forms import NudgeForm
from portal.referrals.views.blueprint import bp
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import NotFound, Work


@bp.get("/places-to-follow-up")
@allow(Action.CASELOAD_VIEW)
def follow_up(work: Work) -> ResponseReturnValue:
    """Places without news for too long, the longest silent first; those of my clients, or of all I may see."""
    return _list_page(work, NudgeForm(formdata=None))


@bp.post("/places-to-follow-up")
@allow(Action.CASELOAD_VIEW)
def nudge(work: Work) -> ResponseReturnValue:
    """Remind the clients of the ticked places, each by a safe channel and without a word of what it is about."""
    form = NudgeForm()
    ids = [known for text in form.places.data or () if (known := _known(text)) is not None]
    rows = queries.chosen(work, ids)
    form.offer(rows)
    if not form.validate_on_submit():
        return _list_page(work, form)
    count = commands.nudge(work, rows)
    notify(ngettext("We remind %(num)s client.", "We remind %(num)s clients.", count))
    return redirect(url_for(".follow_up", of=request.args.get("of")), 303)


def _list_page(work: Work, form: NudgeForm) -> ResponseReturnValue:
    everyone = request.args.get("of") == "programme"
    found = queries.follow_up(work, everyone=everyone, after=_known(request.args.get("after", ""), strict=True))
    form.offer([(row.referral, row.case) for row in found.rows if row.nudged_at is None])
    supervises = work.allows(Action.SUPERVISION_VIEW)
    return form_page(
        "referrals/staff_follow_up.html", form, found=found, everyone=everyone, supervises=supervises
    )  # fmt: skip


def _known(text: str, *, strict: bool = False) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        if strict:
            raise NotFound(text) from None
        return None
