"""How the portal looks and when the office is open: one page of an administrator's."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal import i18n, office
from portal.access.actions import Action
from portal.admin.forms import OfficeForm, office_form
from portal.admin.office import dress
from portal.i18n import _
from portal.web.gate import allow
from portal.web.look import looks
from portal.web.portal import portal
from portal.web.render import form_page, notify
from portal.work import Refused, Work

#: The blueprint that all pages of administrators share.
bp = Blueprint("admin", __name__)


@bp.route("/admin/office", methods=["GET", "POST"])
@allow(Action.SETTINGS_MANAGE)
def office_look(work: Work) -> ResponseReturnValue:
    """The colour, the logo, and the office hours in each language."""
    form = office_form(portal().settings.languages)
    row = office.decided(work.session)
    if request.method == "GET" and row is not None:
        form.fill(row.accent, row.hours)
    if form.validate_on_submit():
        try:
            _dress(work, form)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. Every page shows it from now on."))
            return redirect(url_for(".office_look"), 303)
    return form_page("admin/office.html", form, names={code: i18n.own_name(code) for code in form.languages})


def _dress(work: Work, form: OfficeForm) -> None:
    dress(
        work,
        accent=form.accent.data or "",
        hours=form.hours,
        logo=form.logo_bytes,
        remove_logo=bool(form.remove_logo.data),
    )
    looks().changed(work.session)
