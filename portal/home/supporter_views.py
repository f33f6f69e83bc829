"""A supporter's pages: whom they help, what one client shares, coming in with a code; and the client's look at them."""

from datetime import timedelta
from uuid import UUID

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal import i18n
from portal.access.actions import Action
from portal.accounts import throttle
from portal.accounts.commands import create_supporter_account
from portal.accounts.throttle import Blocked
from portal.accounts.views.blueprint import caller, let_in
from portal.cases.models import Case, CaseMember, Person
from portal.home import supporting as shares
from portal.home.bp import bp
from portal.home.supporter_forms import JoinForm, NewSupporterForm
from portal.i18n import _
from portal.roles import AccountKind
from portal.supporters import joining
from portal.supporters.models import SupportInvite
from portal.web.gate import allow, public
from portal.web.portal import portal
from portal.web.render import form_page, notify, page
from portal.web.words import word_of
from portal.work import Refused, Work


@bp.get("/supporting")
@allow(Action.ACCOUNT_VIEW)
def supporting(work: Work) -> ResponseReturnValue:
    """Whom a supporter helps. Paused, over, stopped and never begun all read the same."""
    if work.actor.kind is not AccountKind.SUPPORTER:
        return redirect("/", 303)
    cases = shares.helped(work)
    if len(cases) == 1:
        return redirect(url_for(".supporter", case_id=cases[0].id), 303)
    return page("home/supporting.html", cases=cases)


@bp.get("/cases/<uuid:case_id>/supporting")
@allow(Action.SUPPORTER_HOME, case=Case)
def supporter(work: Work, case: Case) -> ResponseReturnValue:
    """What one client shares with this supporter."""
    return page("home/supporter.html", shared=shares.shared(work, case), preview=None, back=None)


@bp.get("/supporters/<uuid:member_id>/preview")
@allow(Action.SUPPORTER_VIEW, member=CaseMember)
def preview(work: Work, member: CaseMember) -> ResponseReturnValue:
    """The client sees what this supporter sees: the same page, made with the supporter's scope and powers."""
    case = work.get(Case, member.case_id)
    seen = shares.as_supporter(work, case, member)
    back = (word_of(case.profile, "supporters"), url_for("supporters.index", case_id=case.id))
    return _preview(seen, case, back)


@bp.get("/support-invites/<uuid:invite_id>/preview")
@allow(Action.SUPPORTER_VIEW, invite=SupportInvite)
def preview_invite(work: Work, invite: SupportInvite) -> ResponseReturnValue:
    """The client sees what somebody will see, before they say yes to it."""
    case = work.get(Case, invite.case_id)
    seen = shares.as_invited(work, case, invite)
    return _preview(seen, case, (_("Back"), url_for("supporters.check", invite_id=invite.id)))


@bp.route("/join", methods=["GET", "POST"])
@public("whoever was told a code may use it; the page tells nothing about whose it is")
def join(work: Work) -> ResponseReturnValue:
    """Type the code. Somebody with a supporter's account comes in at once; others make one next."""
    if work.actor.is_signed_in and work.actor.kind is not AccountKind.SUPPORTER:
        return page("home/join_as_other.html")
    form = JoinForm()
    if form.validate_on_submit():
        try:
            return _come_in(work, form.code.data or "")
        except Refused as no:
            form.refuse(no)
    return form_page("home/join.html", form)


@bp.post("/join/account")
@public("whoever was told a code may make a supporter's account with it, and only with it")
def make_account(work: Work) -> ResponseReturnValue:
    """Make an account and come in."""
    form = NewSupporterForm()
    if work.actor.is_signed_in:
        return redirect(url_for(".join"), 303)
    if form.validate_on_submit():
        try:
            return _begin(work, form)
        except Refused as no:
            form.refuse(no)
    return form_page("home/join_account.html", form)


@bp.errorhandler(Blocked)
def _wait(problem: Blocked) -> Response:
    """Too many wrong codes: when to try again, and whom to call."""
    return page("accounts/blocked.html", 429, until=problem.until + timedelta(seconds=59))


def _preview(seen: Work, case: Case, back: tuple[str, str]) -> ResponseReturnValue:
    g.work = seen  # the page asks can() as the supporter would
    return page("home/supporter.html", shared=shares.shared(seen, case), preview=seen.actor.name, back=back)


def _try(work: Work, code: str) -> None:
    """Count a wrong code, by browser and by address.

    Raises:
        CodeUnknown: it opens nothing.
        Blocked: too many did before.
    """
    who = caller()
    attempt = throttle.attempt(work, "join", who.browser.hex(), who)
    if not joining.works(work, code):
        attempt.failed("join")
        raise joining.CodeUnknown
    attempt.worked()


def _come_in(work: Work, code: str) -> ResponseReturnValue:
    _try(work, code)
    if not work.actor.is_signed_in:
        form = NewSupporterForm(formdata=None)
        form.code.data = code
        return page("home/join_account.html", form=form)
    case_id = joining.join(work, work.get(Person, work.actor.id), code)
    notify(_("Welcome. This is what is shared with you."))
    return redirect(_home_of(case_id), 303)


def _begin(work: Work, form: NewSupporterForm) -> ResponseReturnValue:
    code = form.code.data or ""
    _try(work, code)
    person = Person(name=form.name.data or "", language=i18n.language(), created_at=work.now)
    work.session.add(person)
    work.session.flush()  # the account names the person by its id
    email, password = form.email.data or "", form.password.data or ""
    account = create_supporter_account(work, person, email, password, settings=portal().settings)
    case_id = joining.join(work, person, code)
    return let_in(work, account, shared=bool(form.shared.data), to=_home_of(case_id))


def _home_of(case_id: UUID) -> str:
    return url_for(".supporter", case_id=case_id)
