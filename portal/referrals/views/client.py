"""My places: a client answers offers and tells how it goes; a supporter tells that a visit took place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.cases.releases import LONGEST_RELEASE
from portal.cases.sharing import Terms
from portal.i18n import _
from portal.referrals import commands, queries
from portal.referrals.commands import Told
from portal.referrals.forms import (
    NotWorkedForm,
    RatingForm,
    ShareForm,
    SignForm,
    TapForm,
    VisitForm,
    tapped,
    ticked,
)
from portal.referrals.models import ClosureReason, Rating, Referral, Report
from portal.referrals.views.blueprint import bp
from portal.roles import AccountKind
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import Refused, Work


@bp.get("/cases/<uuid:case_id>/places")
@allow(Action.REFERRAL_VIEW, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """All places of a client, one card each."""
    places = queries.my_places(work, case)
    return page("referrals/index.html", places=places, today=work.today, back=up_to(work, case))


@bp.get("/referrals/<uuid:referral_id>")
@allow(Action.REFERRAL_VIEW, referral=Referral)
def show(work: Work, referral: Referral) -> ResponseReturnValue:
    """One place with its history; for staff with the moves they can make."""
    to_client = work.actor.kind is AccountKind.CLIENT
    template = "referrals/show.html" if to_client else "referrals/staff_show.html"
    history = queries.history(work, _case(work, referral), referral, to_client=to_client)
    return page(template, history=history, today=work.today)


@bp.post("/referrals/<uuid:referral_id>/accept")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def accept(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, I want this."""
    return _tap(referral, lambda: commands.accept(work, _case(work, referral), referral), _("Good. We wrote it down."))


@bp.route("/referrals/<uuid:referral_id>/sign", methods=["GET", "POST"])
@allow(Action.RELEASE_SIGN, referral=Referral)
def sign(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, I want this, and you may tell them what I tick."""
    form, case = SignForm(), _case(work, referral)
    if not form.is_submitted():
        form.ends_on.process_data(work.today + timedelta(days=case.profile.release_default_days))
    if form.validate_on_submit():
        try:
            commands.accept_signed(work, case, referral, _terms(work, referral, form))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. We will ask them for you."))
            return _back_to(referral)
    latest = work.today + LONGEST_RELEASE
    return form_page("referrals/sign.html", form, referral=referral, latest=latest)


@bp.post("/referrals/<uuid:referral_id>/myself")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def do_it_myself(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, and I contact them myself."""
    done = _("Good. It is your turn to contact them.")
    return _tap(referral, lambda: commands.do_it_myself(work, _case(work, referral), referral), done)


@bp.post("/referrals/<uuid:referral_id>/decline")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def decline(work: Work, referral: Referral) -> ResponseReturnValue:
    """No thanks."""
    return _tap(referral, lambda: commands.decline(work, _case(work, referral), referral), _("That is fine."))


@bp.post("/referrals/<uuid:referral_id>/told")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def told(work: Work, referral: Referral) -> ResponseReturnValue:
    """One tap: I called, I got the help, and so on."""
    form = TapForm()
    if not form.validate_on_submit():
        notify(_("Choose one of these."), "warn")
        return _back_to(referral)
    news = Told(report=tapped(form))
    done = _("Thank you for telling us.")
    return _tap(referral, lambda: commands.report(work, _case(work, referral), referral, news), done)


@bp.route("/referrals/<uuid:referral_id>/date", methods=["GET", "POST"])
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def date(work: Work, referral: Referral) -> ResponseReturnValue:
    """I have a date."""
    form = VisitForm()
    if form.validate_on_submit():
        news = Told(report=Report.DATE, appointment_at=form.at)
        return _told(work, referral, form, news, "referrals/date.html")
    return form_page("referrals/date.html", form, referral=referral)


@bp.route("/referrals/<uuid:referral_id>/not-worked", methods=["GET", "POST"])
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def not_worked(work: Work, referral: Referral) -> ResponseReturnValue:
    """It did not work out, and why."""
    form = NotWorkedForm()
    if form.validate_on_submit():
        return _told(work, referral, form, _why(form), "referrals/not_worked.html")
    return form_page("referrals/not_worked.html", form, referral=referral)


@bp.post("/referrals/<uuid:referral_id>/rating")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def rate(work: Work, referral: Referral) -> ResponseReturnValue:
    """Did this help?"""
    form = RatingForm()
    if not form.validate_on_submit():
        notify(_("Choose one of these."), "warn")
        return _back_to(referral)
    rating = Rating(form.rating.data)
    done = _("Thank you for telling us.")
    return _tap(referral, lambda: commands.rate(work, _case(work, referral), referral, rating), done)


@bp.post("/referrals/<uuid:referral_id>/sharing")
@allow(Action.POWER_LEND, referral=Referral)
def share(work: Work, referral: Referral) -> ResponseReturnValue:
    """Show the day of this visit to my supporters, or no longer."""
    form = ShareForm()
    on = form.validate_on_submit() and form.on.data == "yes"
    done = _("Your supporters can see this date.") if on else _("Your supporters cannot see this date.")
    return _tap(referral, lambda: commands.share(work, referral, on=on), done)


@bp.post("/referrals/<uuid:referral_id>/kept")
@allow(Action.REFERRAL_REPORT, referral=Referral)
def kept(work: Work, referral: Referral) -> ResponseReturnValue:
    """A supporter tells: the visit took place. From a client's own hand it is "I went"."""
    case, by_client = _case(work, referral), work.actor.kind is AccountKind.CLIENT
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


def _case(work: Work, referral: Referral) -> Case:
    return work.get(Case, referral.case_id)


def _back_to(referral: Referral) -> ResponseReturnValue:
    where = url_for("referrals.index", case_id=referral.case_id)
    return redirect(f"{where}#place-{referral.id}", 303)


def _tap(referral: Referral, act: Callable[[], None], done: str) -> ResponseReturnValue:
    """Do what a button without a form asks, and say how it went on the next page."""
    try:
        act()
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(done)
    return _back_to(referral)


def _told(work: Work, referral: Referral, form: Any, news: Told, template: str) -> ResponseReturnValue:
    try:
        commands.report(work, _case(work, referral), referral, news)
    except Refused as no:
        form.refuse(no)
        return form_page(template, form, referral=referral)
    notify(_("Thank you for telling us."))
    return _back_to(referral)


def _why(form: NotWorkedForm) -> Told:
    if form.reason.data == Report.THEY_SAID_NO.value:
        return Told(report=Report.THEY_SAID_NO, note=form.note.data or "")
    return Told(report=Report.NOT_WORKED, reason=ClosureReason(form.reason.data), note=form.note.data or "")


def _terms(work: Work, referral: Referral, form: SignForm) -> Terms:
    return Terms(
        receiver=referral.place,
        service_id=referral.service_id,
        categories=ticked(form.categories.data or ()),
        purpose=referral.need or _("To get help from them"),
        ends_on=form.ends_on.day or work.today,
        signed_name=form.signed_name.data or "",
    )
