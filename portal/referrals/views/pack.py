"""The pack for a first meeting: staff look out two or more places, and offer them in one go."""

from datetime import timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import Case
from portal.directory.search import Hit, Query, search
from portal.i18n import _, ngettext
from portal.referrals import commands, queries
from portal.referrals.commands import Offer
from portal.referrals.forms import PackForm, PackSearchForm
from portal.referrals.models import LedBy, Referral
from portal.referrals.views.blueprint import bp
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.render import form_page, notify
from portal.work import Refused, Work

#: So many places of one search can be ticked; a better word finds better ones.
_SHOWN = 8
#: For so long after it was opened, a case is at its first meeting.
_FIRST = timedelta(days=14)


@bp.route("/cases/<uuid:case_id>/referrals/pack", methods=["GET", "POST"])
@allow(Action.REFERRAL_OFFER, case=Case)
def pack(work: Work, case: Case) -> ResponseReturnValue:
    """What is in the pack, and a search for more. What is looked for is sent, never in the address."""
    looking = PackSearchForm()
    adding = PackForm(formdata=None)
    if looking.validate_on_submit():
        _prepare(work, case, adding, looking.words.data or "", looking.place.data or "")
    return _pack_page(work, case, looking, adding)


@bp.post("/cases/<uuid:case_id>/referrals/pack/add")
@allow(Action.REFERRAL_OFFER, case=Case)
def pack_add(work: Work, case: Case) -> ResponseReturnValue:
    """Put the ticked places into the pack."""
    adding = PackForm()
    hits = adding.offer(_hits(work, adding.words.data or "", adding.place.data or ""))
    if not adding.validate_on_submit():
        looking = PackSearchForm(formdata=None, data={"words": adding.words.data, "place": adding.place.data})
        return _pack_page(work, case, looking, adding)
    for hit in adding.ticked(hits):
        commands.draft(work, case, _wanted(work, adding, hit))
    notify(_("It is in the pack. The client does not see it yet."))
    return redirect(url_for(".pack", case_id=case.id), 303)


@bp.post("/cases/<uuid:case_id>/referrals/pack/offer")
@allow(Action.REFERRAL_OFFER, case=Case)
def pack_offer(work: Work, case: Case) -> ResponseReturnValue:
    """Offer everything in the pack in one go."""
    try:
        offered = commands.offer_pack(work, case)
        notify(
            ngettext("%(num)s place is offered. The client can see it now.",
                     "%(num)s places are offered. The client can see them now.", len(offered))
        )  # fmt: skip
    except Refused as no:
        notify(str(no.says), "warn")
    return redirect(url_for(".index", case_id=case.id), 303)


@bp.post("/referrals/<uuid:referral_id>/take-out")
@allow(Action.REFERRAL_MOVE, referral=Referral)
def take_out(work: Work, referral: Referral) -> ResponseReturnValue:
    """Take a place out of the pack."""
    try:
        commands.take_out(work, work.get(Case, referral.case_id), referral)
    except Refused as no:
        notify(str(no.says), "warn")
    return redirect(url_for(".pack", case_id=referral.case_id), 303)


def _pack_page(work: Work, case: Case, looking: PackSearchForm, adding: PackForm) -> ResponseReturnValue:
    asked = looking if looking.has_errors else adding
    facts = {"looking": looking, "drafts": queries.in_pack(work, case), "first": queries.first_session(work, case)}
    return form_page("referrals/staff_pack.html", asked, adding=adding, back=up_to(work, case), **facts)


def _prepare(work: Work, case: Case, adding: PackForm, words: str, place: str) -> None:
    adding.words.data, adding.place.data, adding.need.data = words, place, words
    adding.first_session.data = case.opened_on + _FIRST >= work.today
    adding.offer(_hits(work, words, place))


def _hits(work: Work, words: str, place: str) -> list[Hit]:
    if not words:
        return []
    return list(search(work.session, Query(words=words, place=place, size=_SHOWN), now=work.now, zone=work.zone).hits)


def _wanted(work: Work, adding: PackForm, hit: Hit) -> Offer:
    return Offer(
        service_id=hit.service_id,
        place=hit.name,
        led_by=LedBy(adding.led_by.data),
        need=adding.need.data or "",
        what_to_bring=queries.place_to_offer(work, hit.service_id).what_to_bring,
        cost=hit.cost,
        first_session=adding.first_session.data,
    )
