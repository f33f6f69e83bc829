"""Warm hand-over: staff tell the place what the client's release allows, on paper or by a mailed link."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.i18n import _
from portal.referrals import commands, queries
from portal.referrals.commands import Letter
from portal.referrals.forms import HandoverForm, handover_form
from portal.referrals.models import Handover, Referral, Way
from portal.referrals.queries import Desk
from portal.referrals.views.blueprint import bp
from portal.referrals.views.taps import case_of
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.qr import qr_picture
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work


@bp.route("/referrals/<uuid:referral_id>/hand-over", methods=["GET", "POST"])
@allow(Action.REFERRAL_MOVE, referral=Referral)
def hand_over(work: Work, referral: Referral) -> ResponseReturnValue:
    """Write to the place. What the release does not name has no box here."""
    desk = queries.desk(work, case_of(work, referral), referral)
    form = handover_form(desk.known)
    if not form.is_submitted():
        _prefill(form, desk)
    if desk.release is not None and form.validate_on_submit():
        try:
            return _handed(work, referral, form)
        except Refused as no:
            form.refuse(no)
    return form_page("referrals/staff_hand_over.html", form, referral=referral, desk=desk)


@bp.post("/handovers/<uuid:handover_id>/end")
@allow(Action.REFERRAL_MOVE, handover=Handover)
def end_link(work: Work, handover: Handover) -> ResponseReturnValue:
    """End a link that went to the wrong people, or is not wanted any more."""
    try:
        commands.end_link(work, handover)
        notify(_("The link does not work any more."))
    except Refused as no:
        notify(str(no.says), "warn")
    return redirect(url_for(".show", referral_id=handover.referral_id), 303)


def _handed(work: Work, referral: Referral, form: HandoverForm) -> ResponseReturnValue:
    letter = Letter(told=form.told, way=Way(form.way.data), sent_to=form.sent_to.data or "")
    made, token = commands.hand_over(work, case_of(work, referral), referral, letter)
    if letter.way is Way.EMAIL:
        notify(_("The place gets an email with the link."))
        return redirect(url_for(".show", referral_id=referral.id), 303)
    # The link is shown this once, so no address leads here.
    address = portal().settings.origin + url_for("replies.reply", token=token)
    facts = {"told": _labelled(form), "release": queries.desk(work, case_of(work, referral), referral).release}
    return page("referrals/letter.html", handover=made, referral=referral, address=address,
                picture=qr_picture(address), today=work.today, **facts)  # fmt: skip


def _labelled(form: HandoverForm) -> list[tuple[str, str]]:
    return [(str(form[shared.value].label.text), text) for shared, text in form.told.items()]


def _prefill(form: HandoverForm, desk: Desk) -> None:
    for shared, text in desk.known.items():
        form[shared.value].data = text
    form.sent_to.data = desk.mailbox
