"""Signing in: with a card, with a code we send, or with a password. No answer tells whether there is an account."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import codes, commands
from portal.accounts.forms import AskCodeForm, CardForm, EnterCodeForm, NewPasswordForm, PasswordForm
from portal.accounts.views.blueprint import asked_next, bp, caller, let_in, next_path
from portal.roles import AccountKind
from portal.web.gate import public
from portal.web.portal import portal
from portal.web.render import form_page, page
from portal.work import Refused, Work

_BOTH = ["GET", "POST"]


@bp.route("/sign-in", methods=_BOTH)
@public("anybody may try to sign in")
def sign_in(work: Work) -> ResponseReturnValue:
    """The first page: client number and card code. The other ways are one link away."""
    form = CardForm(data={"next": asked_next(), "shared": True})
    if form.validate_on_submit():
        try:
            account = commands.sign_in_with_card(work, form.number.data or "", form.code.data or "", caller())
        except Refused as no:
            form.refuse(no)
        else:
            return let_in(work, account, shared=form.shared.data, to=form.next.data)
    settings = portal().settings
    sends_codes = bool(settings.demo or settings.mail_url or settings.sms_url)
    return form_page("accounts/sign_in.html", form, sends_codes=sends_codes, next=next_path(form.next.data))


@bp.route("/sign-in/code", methods=_BOTH)
@public("anybody may ask for a code; the answer is the same whether we know them or not")
def ask_code(work: Work) -> ResponseReturnValue:
    """Ask for a code by phone, email or client number."""
    form = AskCodeForm(data={"next": asked_next()})
    if form.validate_on_submit():
        commands.ask_for_code(work, form.known_by.data or "", caller(), settings=portal().settings)
        return redirect(url_for("accounts.enter_code", next=next_path(form.next.data)), 303)
    return form_page("accounts/ask_code.html", form, next=next_path(form.next.data))


@bp.route("/sign-in/code/enter", methods=_BOTH)
@public("whoever was sent a code may use it")
def enter_code(work: Work) -> ResponseReturnValue:
    """Use the code, in the browser that asked for it."""
    form = EnterCodeForm(data={"next": asked_next()})
    if form.validate_on_submit():
        try:
            account = commands.sign_in_with_code(work, form.code.data or "", caller())
        except Refused as no:
            form.refuse(no)
        else:
            return let_in(work, account, shared=form.shared.data, to=form.next.data)
    return form_page("accounts/enter_code.html", form, next=next_path(form.next.data))


@bp.route("/sign-in/staff", methods=_BOTH)
@public("staff may try to sign in")
def staff(work: Work) -> ResponseReturnValue:
    """Sign in as staff."""
    return _by_password(work, AccountKind.STAFF)


@bp.route("/sign-in/supporter", methods=_BOTH)
@public("supporters may try to sign in")
def supporter(work: Work) -> ResponseReturnValue:
    """Sign in as a supporter."""
    return _by_password(work, AccountKind.SUPPORTER)


def _by_password(work: Work, kind: AccountKind) -> ResponseReturnValue:
    form, settings = PasswordForm(data={"next": asked_next()}), portal().settings
    if form.validate_on_submit():
        email, password = form.email.data or "", form.password.data or ""
        try:
            account = commands.sign_in_with_password(work, kind, email, password, caller(), settings=settings)
        except Refused as no:
            form.refuse(no)
        else:
            return let_in(work, account, shared=form.shared.data, to=form.next.data)
    return form_page("accounts/password_sign_in.html", form, kind=kind.value)


@bp.route("/welcome/<token>", methods=_BOTH)
@public("whoever holds a welcome link chooses the first password; looking at the page does not use the link")
def welcome(work: Work, token: str) -> ResponseReturnValue:
    """Choose a first password."""
    if codes.live_link(work, codes.WELCOME, token) is None:
        return page("accounts/link_ended.html", 404)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            account = commands.accept_welcome(work, token, form.password.data or "", settings=portal().settings)
        except Refused as no:
            form.refuse(no)
        else:
            return redirect(url_for(f"accounts.{account.kind.value}"), 303)
    return form_page("accounts/welcome.html", form, here=request.path)
