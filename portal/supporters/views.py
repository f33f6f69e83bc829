"""The client's pages about supporters, and the two that staff have: see who helps, and stop one with a reason."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.access.actions import Action
from portal.cases.models import Case, CaseMember
from portal.i18n import _
from portal.roles import Power, Role
from portal.supporters import commands, queries
from portal.supporters.forms import InviteForm, LendForm, StopForm
from portal.supporters.models import GrantState, InviteState, SupportInvite, Terms
from portal.supporters.powers import HINTS, LABELS, in_order
from portal.web.gate import allow
from portal.web.navigation import up_to
from portal.web.portal import portal
from portal.web.render import form_page, notify, page
from portal.web.words import word_of
from portal.work import NotFound, Refused, Work

bp = Blueprint("supporters", __name__)


@bp.get("/cases/<uuid:case_id>/supporters")
@allow(Action.SUPPORTER_VIEW, case=Case)
def index(work: Work, case: Case) -> ResponseReturnValue:
    """Who helps, what each may see and do, until when; and the buttons to hold or stop it."""
    grants, invites = queries.grants(work, case), queries.open_invites(work, case)
    facts = {"labels": LABELS, "states": GrantState, "invite_states": InviteState}
    return page("supporters/index.html", grants=grants, invites=invites, **facts, back=up_to(work, case))


@bp.get("/cases/<uuid:case_id>/supporters/new")
@allow(Action.POWER_LEND, fresh=True, case=Case)
def invite(work: Work, case: Case) -> ResponseReturnValue:
    """Screen 1 of 3: who, what and until when."""
    form = InviteForm()
    form.suggest_end(work.today)
    return _lend_page(case, form, url_for(".draft", case_id=case.id))


@bp.post("/cases/<uuid:case_id>/supporters/new")
@allow(Action.POWER_LEND, fresh=True, case=Case)
def draft(work: Work, case: Case) -> ResponseReturnValue:
    """Go on to the check."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            made = commands.draft_invite(work, case, form.name.data or "", _terms(form))
        except Refused as no:
            form.refuse(no)
        else:
            return redirect(url_for(".check", invite_id=made.id), 303)
    return _lend_page(case, form, url_for(".draft", case_id=case.id))


@bp.get("/support-invites/<uuid:invite_id>")
@allow(Action.POWER_LEND, fresh=True, invite=SupportInvite)
def check(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """Screen 2 of 3: what they will see, before anything is shared."""
    facts = {"powers": in_order(invite.terms.powers), "labels": LABELS, "hints": HINTS}
    state = invite.state(work.now)
    if state in {InviteState.USED, InviteState.CANCELLED}:
        raise NotFound(SupportInvite.__name__)
    return page("supporters/check.html", invite=invite, drafted=state is InviteState.DRAFTED, **facts)


@bp.get("/support-invites/<uuid:invite_id>/change")
@allow(Action.POWER_LEND, fresh=True, invite=SupportInvite)
def change_invite(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """Back to screen 1 with what was chosen."""
    form = InviteForm()
    form.fill(invite.terms.powers, invite.ends_on, invite.relation)
    form.name.data = invite.name
    return _lend_page(work.get(Case, invite.case_id), form, url_for(".save_invite", invite_id=invite.id))


@bp.post("/support-invites/<uuid:invite_id>/change")
@allow(Action.POWER_LEND, fresh=True, invite=SupportInvite)
def save_invite(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """Keep the change and go on to the check."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            commands.change_invite(work, invite, form.name.data or "", _terms(form))
        except Refused as no:
            form.refuse(no)
        else:
            return redirect(url_for(".check", invite_id=invite.id), 303)
    return _lend_page(work.get(Case, invite.case_id), form, url_for(".save_invite", invite_id=invite.id))


@bp.post("/support-invites/<uuid:invite_id>/code")
@allow(Action.POWER_LEND, fresh=True, invite=SupportInvite)
def code(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """Screen 3 of 3: the code, shown this once. No address leads here, so that no history keeps it."""
    try:
        made = commands.make_code(work, invite)
    except Refused as no:
        notify(str(no.says), "warn")
        return _to_list(invite.case_id)
    return page("supporters/code.html", invite=invite, code=made, join_url=_join_address())


@bp.post("/support-invites/<uuid:invite_id>/cancel")
@allow(Action.POWER_LEND, invite=SupportInvite)
def cancel(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """Take it back."""
    try:
        commands.cancel_invite(work, invite)
        notify(_("The invitation is taken back. Its code no longer works."))
    except Refused as no:
        notify(str(no.says), "warn")
    return _to_list(invite.case_id)


@bp.get("/supporters/<uuid:member_id>/change")
@allow(Action.POWER_LEND, fresh=True, member=CaseMember)
def change(work: Work, member: CaseMember) -> ResponseReturnValue:
    """What this supporter may see and do, to be changed."""
    form = LendForm()
    form.fill(frozenset(map(Power, member.powers)), member.ends_on, member.relation)
    return _change_page(work, member, form)


@bp.post("/supporters/<uuid:member_id>/change")
@allow(Action.POWER_LEND, fresh=True, member=CaseMember)
def save(work: Work, member: CaseMember) -> ResponseReturnValue:
    """Keep the change; it counts at once."""
    form = LendForm()
    if form.validate_on_submit():
        try:
            commands.lend(work, member, _terms(form))
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Saved. This counts from now on."))
            return _to_list(member.case_id)
    return _change_page(work, member, form)


@bp.post("/supporters/<uuid:member_id>/pause")
@allow(Action.POWER_LEND, member=CaseMember)
def pause(work: Work, member: CaseMember) -> ResponseReturnValue:
    """Hold it back, at once and with no reason given to anybody."""
    commands.pause(work, member)
    notify(_("Paused. They see nothing now, and we do not tell them why."))
    return _to_list(member.case_id)


@bp.post("/supporters/<uuid:member_id>/resume")
@allow(Action.POWER_LEND, fresh=True, member=CaseMember)
def resume(work: Work, member: CaseMember) -> ResponseReturnValue:
    """Let it go on."""
    try:
        commands.resume(work, member)
        notify(_("They can see what you share again."))
    except Refused as no:
        notify(str(no.says), "warn")
    return _to_list(member.case_id)


@bp.post("/supporters/<uuid:member_id>/stop")
@allow(Action.POWER_LEND, member=CaseMember)
def stop(work: Work, member: CaseMember) -> ResponseReturnValue:
    """End it, at once."""
    commands.stop(work, member)
    notify(_("Stopped. They see nothing now, and we do not tell them why."))
    return _to_list(member.case_id)


@bp.post("/cases/<uuid:case_id>/supporters/stop-all")
@allow(Action.POWER_LEND, case=Case)
def stop_all(work: Work, case: Case) -> ResponseReturnValue:
    """End all sharing, at once."""
    commands.stop_all(work, case)
    notify(_("All sharing has stopped. No supporter can see anything now."))
    return _to_list(case.id)


@bp.get("/cases/<uuid:case_id>/circle")
@allow(Action.SUPPORTER_STOP, case=Case)
def circle(work: Work, case: Case) -> ResponseReturnValue:
    """Who supports this client, for staff."""
    facts = {"labels": LABELS, "states": GrantState, "back": up_to(work, case)}
    return page("supporters/staff_circle.html", grants=queries.grants(work, case), **facts)


@bp.get("/supporters/<uuid:member_id>/stop-by-staff")
@allow(Action.SUPPORTER_STOP, member=CaseMember)
def ask_reason(work: Work, member: CaseMember) -> ResponseReturnValue:
    """Why does staff stop this supporter?"""
    return _stop_page(work, member, StopForm())


@bp.post("/supporters/<uuid:member_id>/stop-by-staff")
@allow(Action.SUPPORTER_STOP, member=CaseMember)
def stop_by_staff(work: Work, member: CaseMember) -> ResponseReturnValue:
    """End it for that reason."""
    form = StopForm()
    if form.validate_on_submit():
        try:
            commands.stop_by_staff(work, member, form.reason.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Stopped. The supporter sees nothing now and is not told."))
            return redirect(url_for(".circle", case_id=member.case_id), 303)
    return _stop_page(work, member, form)


def _join_address() -> str:
    """Where to go with a code, as it is read out: the configured origin, whatever host was asked."""
    return f"{portal().settings.origin}{url_for('home.join')}"


def _terms(form: LendForm) -> Terms:
    assert form.ends_on.day is not None, "the form has a last day, or it does not validate"
    return Terms(form.powers, form.ends_on.day, form.relation.data or "")


def _lend_page(case: Case, form: InviteForm, action: str) -> ResponseReturnValue:
    back = (word_of(case.profile, "supporters"), url_for(".index", case_id=case.id))
    return form_page("supporters/lend.html", form, name=None, action=action, hints=HINTS, back=back)


def _change_page(work: Work, member: CaseMember, form: LendForm) -> ResponseReturnValue:
    if member.role is not Role.SUPPORTER or member.ended_at is not None:
        raise NotFound(CaseMember.__name__)
    name, action = queries.name_of(work, member), url_for(".save", member_id=member.id)
    back = (word_of(work.get(Case, member.case_id).profile, "supporters"), url_for(".index", case_id=member.case_id))
    return form_page("supporters/lend.html", form, name=name, action=action, hints=HINTS, back=back)


def _stop_page(work: Work, member: CaseMember, form: StopForm) -> ResponseReturnValue:
    if member.role is not Role.SUPPORTER or member.ended_at is not None:
        raise NotFound(CaseMember.__name__)
    back = (_("Supporters"), url_for(".circle", case_id=member.case_id))
    return form_page("supporters/staff_stop.html", form, name=queries.name_of(work, member), member=member, back=back)


def _to_list(case_id: object) -> Response:
    return redirect(url_for(".index", case_id=case_id), 303)
