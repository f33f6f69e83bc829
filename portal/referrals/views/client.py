"""My places: a client answers offers, tells how it goes, and takes it back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

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
    SignForm,
    TapForm,
    VisitForm,
    tapped,
    ticked,
)
from portal.referrals.models import ClosureReason, Rating, Referral, Report, Status
from portal.referrals.views.blueprint import bp
from portal.referrals.views.taps import back_to, case_of, tap
from portal.referrals.words import RATINGS, SOURCES
from portal.roles import AccountKind
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work


@bp.get("/cases/<uuid:case_id>/places")
@allow(Action.REFERRAL_VIEW, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """All places of a client: for the client one card each, for staff a list and what came of them."""
    if work.actor.kind is AccountKind.STAFF:
        return page("referrals/staff_index.html", found=queries.glance(work, case), ratings=RATINGS)
    places = queries.my_places(work, case)
    return page("referrals/index.html", places=places, today=work.today, back=up_to(work, case))


@bp.get("/referrals/<uuid:referral_id>")
@allow(Action.REFERRAL_VIEW, referral=Referral)
def show(work: Work, referral: Referral) -> ResponseReturnValue:
    """One place with its history; for staff with the moves they can make."""
    to_client, case = work.actor.kind is AccountKind.CLIENT, case_of(work, referral)
    if to_client and referral.status in {Status.DRAFT, Status.VOID}:
        raise NotFound("referral")
    template = "referrals/show.html" if to_client else "referrals/staff_show.html"
    history = queries.history(work, case, referral, to_client=to_client)
    others = queries.next_best(work, case, referral) if queries.wants_another(referral) else []
    handed = () if to_client else queries.handovers(work, referral)
    return page(template, history=history, today=work.today, others=others, handed=handed, sources=SOURCES)


@bp.post("/referrals/<uuid:referral_id>/accept")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def accept(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, I want this."""
    return tap(referral, lambda: commands.accept(work, case_of(work, referral), referral), _("Good. We wrote it down."))


@bp.route("/referrals/<uuid:referral_id>/sign", methods=["GET", "POST"])
@allow(Action.RELEASE_SIGN, referral=Referral)
def sign(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, I want this, and you may tell them what I tick."""
    form, case = SignForm(), case_of(work, referral)
    if not form.is_submitted():
        form.ends_on.process_data(work.today + timedelta(days=case.profile.release_default_days))
    if form.validate_on_submit():
        try:
            commands.accept_signed(work, case, referral, _terms(work, referral, form))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. We will ask them for you."))
            return back_to(referral)
    latest = work.today + LONGEST_RELEASE
    return form_page("referrals/sign.html", form, referral=referral, latest=latest)


@bp.post("/referrals/<uuid:referral_id>/myself")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def do_it_myself(work: Work, referral: Referral) -> ResponseReturnValue:
    """Yes, and I contact them myself."""
    done = _("Good. It is your turn to contact them.")
    return tap(referral, lambda: commands.do_it_myself(work, case_of(work, referral), referral), done)


@bp.post("/referrals/<uuid:referral_id>/decline")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def decline(work: Work, referral: Referral) -> ResponseReturnValue:
    """No thanks."""
    return tap(referral, lambda: commands.decline(work, case_of(work, referral), referral), _("That is fine."))


@bp.post("/referrals/<uuid:referral_id>/told")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def told(work: Work, referral: Referral) -> ResponseReturnValue:
    """One tap: I called, I got the help, and so on."""
    form = TapForm()
    if not form.validate_on_submit():
        notify(_("Choose one of these."), "warn")
        return back_to(referral)
    news = Told(report=tapped(form))
    done = _("Thank you for telling us.")
    return tap(referral, lambda: commands.report(work, case_of(work, referral), referral, news), done)


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


@bp.post("/referrals/<uuid:referral_id>/mistake")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def mistake(work: Work, referral: Referral) -> ResponseReturnValue:
    """That was a mistake: it is as before."""
    done = _("Taken back. It is as it was before.")
    return tap(referral, lambda: commands.take_back(work, case_of(work, referral), referral), done)


@bp.post("/referrals/<uuid:referral_id>/no-help")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def no_help(work: Work, referral: Referral) -> ResponseReturnValue:
    """I did not get this help, whatever others say."""
    done = _("Thank you for telling us. Your case manager will ask again.")
    return tap(referral, lambda: commands.no_help(work, case_of(work, referral), referral), done)


@bp.post("/cases/<uuid:case_id>/places/choose/<uuid:service_id>")
@allow(Action.REFERRAL_ANSWER, case=Case)
def choose(work: Work, case: Case, service_id: UUID) -> ResponseReturnValue:
    """I found this place myself, and I want to go there."""
    place = queries.place_to_offer(work, service_id)
    hit, bring = place.hit, place.what_to_bring
    try:
        commands.choose(work, case, service_id=service_id, place=hit.name, what_to_bring=bring, cost=hit.cost)
        notify(_("It is on your list now. It is your turn to contact them."))
    except Refused as no:
        notify(str(no.says), "warn")
    return redirect(url_for("referrals.index", case_id=case.id), 303)


@bp.post("/referrals/<uuid:referral_id>/rating")
@allow(Action.REFERRAL_ANSWER, referral=Referral)
def rate(work: Work, referral: Referral) -> ResponseReturnValue:
    """Did this help?"""
    form = RatingForm()
    if not form.validate_on_submit():
        notify(_("Choose one of these."), "warn")
        return back_to(referral)
    rating = Rating(form.rating.data)
    done = _("Thank you for telling us.")
    return tap(referral, lambda: commands.rate(work, case_of(work, referral), referral, rating), done)


def _told(work: Work, referral: Referral, form: Any, news: Told, template: str) -> ResponseReturnValue:
    try:
        commands.report(work, case_of(work, referral), referral, news)
    except Refused as no:
        form.refuse(no)
        return form_page(template, form, referral=referral)
    notify(_("Thank you for telling us."))
    return back_to(referral)


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
