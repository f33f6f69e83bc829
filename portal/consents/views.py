"""What we may share: a client signs releases, sees them, and takes them back. Staff can read them."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.cases.releases import LONGEST_RELEASE, Release
from portal.consents import commands, queries
from portal.consents.forms import SignForm, StopForm
from portal.directory.search import Hit
from portal.i18n import _
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work

bp = Blueprint("consents", __name__)


@bp.get("/cases/<uuid:case_id>/releases")
@allow(Action.RELEASE_VIEW, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """Who may be told what, and until when."""
    return page("consents/index.html", releases=queries.releases(work, case), back=up_to(work, case))


@bp.get("/releases/<uuid:release_id>")
@allow(Action.RELEASE_VIEW, release=Release)
def show(work: Work, release: Release) -> ResponseReturnValue:
    """One release, as it was signed."""
    return page("consents/show.html", signed=queries.show(work, release))


@bp.route("/cases/<uuid:case_id>/releases/new", methods=["GET", "POST"])
@allow(Action.RELEASE_SIGN, case=Case)
def sign(work: Work, case: Case) -> ResponseReturnValue:
    """Sign a release: for a place of the directory (?service=), or for somebody else."""
    form = SignForm()
    place = _place(work, form)
    if not form.is_submitted():
        form.ends_on.process_data(work.today + timedelta(days=case.profile.release_default_days))
    if form.is_submitted() and all([form.validate(), _named(form, place)]):  # every fault is said at once
        try:
            commands.sign(work, case, form.terms(place))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Thank you. You can take this back at any time."))
            return redirect(url_for("consents.index", case_id=case.id), 303)
    return form_page("consents/sign.html", form, place=place, latest=work.today + LONGEST_RELEASE)


@bp.route("/releases/<uuid:release_id>/stop", methods=["GET", "POST"])
@allow(Action.RELEASE_SIGN, release=Release)
def stop(work: Work, release: Release) -> ResponseReturnValue:
    """Take a release back, after seeing what that means."""
    form = StopForm()
    if form.validate_on_submit():
        try:
            commands.revoke(work, release)
            notify(_("You took it back. We do not share with them any more."))
        except Refused as no:
            notify(str(no.says), "warn")
        return redirect(url_for("consents.index", case_id=release.case_id), 303)
    return form_page("consents/stop.html", form, signed=queries.show(work, release))


def _place(work: Work, form: SignForm) -> Hit | None:
    named = request.args.get("service") or form.service.data
    if not named:
        return None
    try:
        place = queries.place(work, UUID(named))
    except ValueError:
        raise NotFound("service") from None
    form.service.data = str(place.service_id)
    return place


def _named(form: SignForm, place: Hit | None) -> bool:
    """Whether it says who may be told; if not, the form says so."""
    if place is None and not form.receiver.data:
        form.refuse(Refused(_("Write who we may tell."), "receiver"))
        return False
    return True
