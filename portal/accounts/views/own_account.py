"""One's own account: ways to sign in, ways to be reached, where one is signed in; and proving again who one is."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.accounts import commands, lookups, queries, sessions
from portal.accounts.forms import ChangePasswordForm, ConfirmCodeForm, ConfirmPasswordForm, ContactsForm
from portal.accounts.views.blueprint import asked_next, bp, caller, next_path
from portal.i18n import _
from portal.roles import AccountKind
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work

_BOTH = ["GET", "POST"]


@bp.get("/account")
@allow(Action.ACCOUNT_VIEW)
def account(work: Work) -> ResponseReturnValue:
    """Everything about one's own account."""
    own = queries.account_page(work, portal().settings, sessions.current_id())
    return page("accounts/account.html", own=own, is_client=work.actor.kind is AccountKind.CLIENT)


@bp.route("/confirm", methods=_BOTH)
@allow(Action.ACCOUNT_VIEW)
def confirm(work: Work) -> ResponseReturnValue:
    """Prove again who one is, then go on."""
    is_client = work.actor.kind is AccountKind.CLIENT
    form = (ConfirmCodeForm if is_client else ConfirmPasswordForm)(data={"next": asked_next()})
    if form.validate_on_submit():
        try:
            commands.confirm(work, form.current.data or "", caller(), settings=portal().settings)
        except Refused as no:
            form.refuse(no)
        else:
            sessions.prove_again(work)
            return redirect(next_path(form.next.data) or url_for("accounts.account"), 303)
    can_send = is_client and any(contact.safe for contact in lookups.own_contacts(work))
    return form_page("accounts/confirm.html", form, is_client=is_client, can_send=can_send, next=form.next.data)


@bp.post("/confirm/code")
@allow(Action.ACCOUNT_VIEW)
def send_confirm_code(work: Work) -> ResponseReturnValue:
    """Send a code to confirm with."""
    form = ConfirmCodeForm()
    if commands.send_confirm_code(work, caller()):
        notify(_("We sent you a code. It works for 10 minutes."))
    return redirect(url_for("accounts.confirm", next=next_path(form.next.data)), 303)


@bp.route("/account/contacts", methods=_BOTH)
@allow(Action.ACCOUNT_WRITE, fresh=True)
def contacts(work: Work) -> ResponseReturnValue:
    """Say where we may write or call. Nothing is safe unless its owner says so."""
    places = queries.own_places(work, portal().settings)
    form = ContactsForm.for_places(places)
    if form.validate_on_submit():
        commands.call_safe(work, {UUID(chosen) for chosen in form.safe.data or ()})
        notify(_("Saved. We only contact you where you said it is safe."))
        return redirect(url_for("accounts.account"), 303)
    return form_page("accounts/contacts.html", form, known=places)


@bp.route("/account/password", methods=_BOTH)
@allow(Action.ACCOUNT_WRITE)
def password(work: Work) -> ResponseReturnValue:
    """Choose another password. Clients have a card instead."""
    if work.actor.kind is AccountKind.CLIENT:
        raise NotFound("password")
    form, here = ChangePasswordForm(), sessions.current_id()
    if form.validate_on_submit():
        current, new = form.current.data or "", form.password.data or ""
        try:
            commands.change_password(work, current, new, caller(), settings=portal().settings, here=here)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("accounts.account"), 303)
    return form_page("accounts/password.html", form)


@bp.post("/account/places/<uuid:place_id>/end")
@allow(Action.ACCOUNT_WRITE)
def end_session(work: Work, place_id: UUID) -> ResponseReturnValue:
    """Sign out one place."""
    commands.end_session(work, place_id)
    notify(_("That place is signed out."))
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/places/end-others")
@allow(Action.ACCOUNT_WRITE)
def end_other_sessions(work: Work) -> ResponseReturnValue:
    """Sign out every place but this one."""
    commands.end_other_sessions(work, sessions.current_id())
    notify(_("You are signed out everywhere else."))
    return redirect(url_for("accounts.account"), 303)
