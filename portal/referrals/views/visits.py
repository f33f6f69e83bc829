"""A visit that is set: into the client's calendar, shown to supporters or not, and told to have taken place."""

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.i18n import _
from portal.referrals import commands
from portal.referrals.commands import Told
from portal.referrals.forms import ShareForm
from portal.referrals.models import Referral, Report, Status
from portal.referrals.views.blueprint import bp
from portal.referrals.views.taps import case_of, tap
from portal.referrals.visit_file import NAME, visit_file
from portal.roles import AccountKind
from portal.web.gate import allow
from portal.web.render import notify
from portal.work import NotFound, Refused, Work


@bp.get("/referrals/<uuid:referral_id>/appointment.ics")
@allow(Action.REFERRAL_VIEW, referral=Referral)
def calendar(work: Work, referral: Referral) -> ResponseReturnValue:
    """The visit as a file for a calendar. It says when, and nothing else."""
    if referral.status is not Status.BOOKED or referral.appointment_at is None:
        raise NotFound("visit")
    content = visit_file(referral.id, referral.appointment_at, work.now)
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"attachment; filename={NAME}"
    return response


@bp.post("/referrals/<uuid:referral_id>/sharing")
@allow(Action.POWER_LEND, referral=Referral)
def share(work: Work, referral: Referral) -> ResponseReturnValue:
    """Show the day of this visit to my supporters, or no longer."""
    form = ShareForm()
    on = form.validate_on_submit() and form.on.data == "yes"
    done = _("Your supporters can see this date.") if on else _("Your supporters cannot see this date.")
    return tap(referral, lambda: commands.share(work, referral, on=on), done)


@bp.post("/referrals/<uuid:referral_id>/kept")
@allow(Action.REFERRAL_REPORT, referral=Referral)
def kept(work: Work, referral: Referral) -> ResponseReturnValue:
    """A supporter tells: the visit took place. From a client's own hand it is "I went"."""
    case, by_client = case_of(work, referral), work.actor.kind is AccountKind.CLIENT
    where = "referrals.index" if by_client else "home.supporter"
    try:
        if by_client:
            commands.report(work, case, referral, Told(report=Report.WENT))
        else:
            commands.kept(work, case, referral)
        notify(_("Thank you for telling us."))
    except Refused as no:
        notify(str(no.says), "warn")
    return redirect(url_for(where, case_id=case.id), 303)
