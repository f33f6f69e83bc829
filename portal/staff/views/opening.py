"""Opening a case, with the model-selection helper on the same page."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.cases.models import ContactKind
from portal.cases.offered import profiles_in_use
from portal.choosing.questions import Gate
from portal.choosing.scoring import Advice, Answers, advise
from portal.i18n import _, own_name
from portal.roles import Post
from portal.staff import choices, commands
from portal.staff.commands import NewCase, Reach
from portal.staff.forms import OpenCaseForm
from portal.staff.queries.client import shares_contact
from portal.staff.refusals import NotOffered
from portal.staff.views.blueprint import bp
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import form_page, notify
from portal.work import Refused, Work


@bp.route("/cases/new", methods=["GET", "POST"])
@allow(Action.CASE_OPEN)
def open_case(work: Work) -> ResponseReturnValue:
    """A new case: who, how to reach them, how they want to work, and why in this way."""
    form = _form(work)
    if request.method == "POST" and not form.wants_fit and form.validate():
        try:
            settings = portal().settings
            case = commands.open_case(work, _new(work, form), allowed=settings.profiles, country=settings.country)
        except Refused as no:
            _place(form, no)
        else:
            if shares_contact(work, case):
                notify(_("A supporter uses the same phone or email. Ask the client if it is safe."), "warn")
            return redirect(url_for(".card", case_id=case.id), 303)
    return _page(work, form)


def _form(work: Work) -> OpenCaseForm:
    form = OpenCaseForm()
    settings, programmes = portal().settings, choices.programmes(work)
    ids = [id_ for id_, _name in programmes]
    supervised = [id_ for id_ in ids if id_ in work.actor.programmes(Post.SUPERVISOR)]
    form.programme.offer(programmes)
    form.language.choices = [(code, own_name(code)) for code in settings.languages]
    form.offer_profiles(profiles_in_use(work.session, settings.profiles))
    others = [choice for choice in choices.colleagues(work, supervised) if choice[0] != work.actor.id]
    form.worker.offer(others if supervised else [], none=_("Me"))
    form.team.offer(choices.teams(work, ids), none=_("No team"))
    return form


def _page(work: Work, form: OpenCaseForm) -> ResponseReturnValue:
    advice = _advice(work, form) if form.given or form.wants_fit else None
    hints = {profile.key: profile.about for profile in profiles_in_use(work.session, portal().settings.profiles)}
    return form_page("staff/open_case.html", form, advice=advice, hints=hints)


def _advice(work: Work, form: OpenCaseForm) -> Advice:
    in_use = profiles_in_use(work.session, portal().settings.profiles)
    now = choices.capacity(work, form.worker.id_chosen or work.actor.id)
    answers = Answers(
        given=form.given,
        open_gates=frozenset(Gate(value) for value in form.here.data or () if value in set(Gate)),
        contact_safe=not form.unsafe.data,
        full=[profile.key for profile in in_use if now.with_one_more(profile).is_over],
    )
    return advise(answers, {profile.key for profile in in_use})


def _new(work: Work, form: OpenCaseForm) -> NewCase:
    programme, advice, languages = form.programme.id_chosen, _advice(work, form), portal().settings.languages
    if programme is None:
        raise NotOffered(field="programme")
    best = advice.best
    return NewCase(
        programme_id=programme,
        name=form.name.data or "",
        language=form.language.data if form.language.data in languages else languages[0],
        profile_key=form.profile.data,
        reason=form.reason.data or "",
        wish=form.wished,
        worker_id=form.worker.id_chosen,
        team_id=form.team.id_chosen,
        reach=_reach(form),
        suggested=best.profile.key if best is not None else "",
        fits={fit.profile.key: fit.score for fit in advice.fits},
    )


def _reach(form: OpenCaseForm) -> tuple[Reach, ...]:
    typed: dict[str, Any] = {"phone": form.phone.data, "email": form.email.data}
    kinds = {"phone": ContactKind.PHONE, "email": ContactKind.EMAIL}
    safe = form.safe.data or ()
    return tuple(Reach(kinds[name], value, safe=name in safe) for name, value in typed.items() if value)


def _place(form: OpenCaseForm, no: Refused) -> None:
    """Show a refusal about a phone number beside the phone's box."""
    no.field = "phone" if no.field == "value" else no.field
    form.refuse(no)
