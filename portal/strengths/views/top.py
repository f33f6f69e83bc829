"""What matters most: up to four lines, in the client's order."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.areas import areas_in_use
from portal.cases.models import Case
from portal.i18n import _
from portal.strengths import commands, forms, queries
from portal.strengths.models import MOST_PRIORITIES, Priority, StrengthEntry
from portal.strengths.views.blueprint import attempt, back_to_sheet, bp
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/cases/<uuid:case_id>/strengths/top", methods=["GET", "POST"])
@allow(Action.STRENGTH_WRITE, case=Case)
def top(work: Work, case: Case) -> ResponseReturnValue:
    """What matters most: add, put in order, take off."""
    form = forms.WishForm().offer(areas_in_use(work.session))
    if form.validate_on_submit():
        try:
            commands.add_priority(work, case, words=form.words.data or "", area=form.area.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            return redirect(url_for("strengths.top", case_id=case.id), 303)
    wishes = queries.wishes(work, case)
    return form_page("strengths/top.html", form, wishes=wishes, most=MOST_PRIORITIES, back=back_to_sheet(case.id))


@bp.post("/strengths/<uuid:entry_id>/top")
@allow(Action.STRENGTH_WRITE, entry=StrengthEntry)
def to_top(work: Work, entry: StrengthEntry) -> ResponseReturnValue:
    """The client puts an entry's words on the list of what matters most."""
    case = work.get(Case, entry.case_id)
    says = _("It is on your list of what matters most.")
    attempt(lambda: commands.add_priority(work, case, words=entry.words, area=entry.area), says)
    return redirect(url_for("strengths.top", case_id=case.id), 303)


@bp.post("/priorities/<uuid:priority_id>/move")
@allow(Action.STRENGTH_WRITE, priority=Priority)
def move(work: Work, priority: Priority) -> ResponseReturnValue:
    """One place up or down."""
    commands.move_priority(work, priority, up=request.form.get("way") == "up")
    return redirect(url_for("strengths.top", case_id=priority.case_id), 303)


@bp.post("/priorities/<uuid:priority_id>/remove")
@allow(Action.STRENGTH_WRITE, priority=Priority)
def remove(work: Work, priority: Priority) -> ResponseReturnValue:
    """Off the list."""
    commands.remove_priority(work, priority)
    notify(_("It is off your list."))
    return redirect(url_for("strengths.top", case_id=priority.case_id), 303)
