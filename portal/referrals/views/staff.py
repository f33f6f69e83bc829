"""Staff offer places, and move referrals on as the place or the client answers."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.i18n import _
from portal.referrals import commands
from portal.referrals.commands import Offer, Step
from portal.referrals.forms import MoveForm, OfferForm, SettleForm, move_form
from portal.referrals.models import (
    SETTERS,
    ClosureReason,
    LedBy,
    Referral,
    ReferralEvent,
    Setter,
    Source,
    Status,
    Urgency,
)
from portal.referrals.queries.places import OfferedPlace, place_to_offer
from portal.referrals.views.blueprint import bp
from portal.referrals.words import move_words
from portal.web.gate import allow
from portal.web.render import form_page, notify
from portal.work import NotFound, Refused, Work


@bp.route("/cases/<uuid:case_id>/referrals/new", methods=["GET", "POST"])
@allow(Action.REFERRAL_OFFER, case=Case)
def offer(work: Work, case: Case) -> ResponseReturnValue:
    """Offer a place: one from the directory (?service=), or another; ?previous= links it to an earlier try."""
    form = OfferForm()
    place, previous = _named(work, form)
    if not form.is_submitted():
        _prefill(form, place, previous)
    if form.validate_on_submit():
        try:
            return _offered(work, case, _offer(form, place, previous), pack=form.way.data == "pack")
        except Refused as no:
            form.refuse(no)
    return form_page("referrals/staff_offer.html", form, place=place, previous=previous)


@bp.route("/referrals/<uuid:referral_id>/move/<string:to>", methods=["GET", "POST"])
@allow(Action.REFERRAL_MOVE, referral=Referral)
def move(work: Work, referral: Referral, to: str) -> ResponseReturnValue:
    """Move a referral on to one of the states it may go to next."""
    status = _status(to)
    form = move_form(status)
    if form.validate_on_submit():
        try:
            commands.move(work, work.get(Case, referral.case_id), referral, _step(form, status))
        except Refused as no:
            form.refuse(no)
        else:
            return _done(referral)
    what = move_words(status)
    return form_page("referrals/staff_move.html", form, referral=referral, status=status, what=what)


@bp.post("/referral-news/<uuid:told_id>/confirm")
@allow(Action.REFERRAL_MOVE, told=ReferralEvent)
def confirm(work: Work, told: ReferralEvent) -> ResponseReturnValue:
    """What the client told is so: make the move it is about."""
    referral = work.get(Referral, told.referral_id)
    try:
        commands.confirm(work, work.get(Case, told.case_id), referral, told)
    except Refused as no:
        notify(str(no.says), "warn")
        return redirect(url_for("referrals.show", referral_id=referral.id), 303)
    return _done(referral)


@bp.route("/referrals/<uuid:referral_id>/settle", methods=["GET", "POST"])
@allow(Action.REFERRAL_MOVE, referral=Referral)
def settle(work: Work, referral: Referral) -> ResponseReturnValue:
    """Client and place tell different things: write down what asking again has shown."""
    form = SettleForm()
    if form.validate_on_submit():
        try:
            commands.settle(work, work.get(Case, referral.case_id), referral, form.note.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            return _done(referral)
    return form_page("referrals/staff_settle.html", form, referral=referral)


def _offered(work: Work, case: Case, wanted: Offer, *, pack: bool) -> ResponseReturnValue:
    if pack:
        commands.draft(work, case, wanted)
        notify(_("It is in the pack. The client does not see it yet."))
        return redirect(url_for("referrals.pack", case_id=case.id), 303)
    referral = commands.offer(work, case, wanted)
    notify(_("The client can see it now."))
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


def _done(referral: Referral) -> ResponseReturnValue:
    notify(_("Saved. The client can see it now."))
    return redirect(url_for("referrals.show", referral_id=referral.id), 303)


def _status(word: str) -> Status:
    """The state an address names, if it is one that staff may set."""
    if word not in set(Status) or Setter.STAFF not in SETTERS[Status(word)]:
        raise NotFound("status")
    return Status(word)


def _named(work: Work, form: OfferForm) -> tuple[OfferedPlace | None, Referral | None]:
    """The place and the earlier referral that the address or the form names."""
    service = _id(request.args.get("service") or form.service.data)
    previous = _id(request.args.get("previous") or form.previous.data)
    place = place_to_offer(work, service) if service else None
    return place, work.get(Referral, previous) if previous else None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound("id") from None


def _prefill(form: OfferForm, place: OfferedPlace | None, previous: Referral | None) -> None:
    form.service.data = str(place.hit.service_id) if place else ""
    form.previous.data = str(previous.id) if previous else ""
    if previous is not None and place is None:
        form.place.data = previous.place
    if place is not None:
        form.what_to_bring.data, form.cost.data = place.what_to_bring, place.hit.cost
    if previous is not None:
        form.need.data, form.led_by.data = previous.need, previous.led_by.value
        form.urgency.data, form.safe_contact.data = previous.urgency.value, previous.safe_contact
        form.contact_ok.data = previous.contact_ok


def _offer(form: OfferForm, place: OfferedPlace | None, previous: Referral | None) -> Offer:
    return Offer(
        service_id=place.hit.service_id if place else None,
        place=place.hit.name if place else form.place.data or "",
        led_by=LedBy(form.led_by.data),
        need=form.need.data or "",
        reason=form.reason.data or "",
        note=form.note.data or "",
        what_to_bring=form.what_to_bring.data or "",
        cost=form.cost.data or "",
        contact_ok=form.contact_ok.data,
        safe_contact=form.safe_contact.data or "",
        urgency=Urgency(form.urgency.data or Urgency.ROUTINE),
        first_session=form.first_session.data,
        previous=previous,
    )


def _step(form: MoveForm, to: Status) -> Step:
    return Step(
        to=to,
        source=Source(form.source.data or Source.ADMINISTRATIVE),
        reason=ClosureReason(form.reason.data) if "reason" in form else None,
        appointment_at=form.at,
        note=form.note.data or "",
        shown=form.shown.data,
    )
