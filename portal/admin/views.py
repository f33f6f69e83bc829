"""An administrator's pages: people, programmes and ways of working, the directory."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.actions import Action
from portal.accounts.models import Account
from portal.admin import area_views, commands, queries
from portal.admin.bringing_in_views import bp as bringing_in
from portal.admin.forms import (
    POST_HINTS,
    POSTS,
    AddStaffForm,
    GivePostForm,
    JoinTeamForm,
    NameForm,
    ProfilesForm,
    hints_of,
)
from portal.admin.office_views import bp
from portal.cases.models import Programme, StaffPost, Team, TeamMember
from portal.cases.offered import profiles_in_use
from portal.i18n import _
from portal.jobs.kinds import STATES, JobKind
from portal.jobs.queries import recent
from portal.profiles import registry
from portal.web.gate import allow
from portal.web.portal import portal
from portal.web.render import form_page, notify, page
from portal.work import NotFound, Refused, Work

#: The pages of the parts of life register themselves on the same blueprint.
__all__ = ["area_views", "bp"]
bp.register_blueprint(bringing_in)

# --- People -----------------------------------------------------------------------------------------------------------


@bp.get("/admin/people")
@allow(Action.STAFF_MANAGE)
def people(work: Work) -> ResponseReturnValue:
    """Everybody who works here."""
    return page("admin/people.html", people=queries.staff(work), posts=POSTS)


@bp.route("/admin/people/new", methods=["GET", "POST"])
@allow(Action.STAFF_MANAGE, fresh=True)
def add_staff(work: Work) -> ResponseReturnValue:
    """A new member of staff, who gets a link to choose a password."""
    form = AddStaffForm()
    form.offer(queries.open_programmes(work))
    if form.validate_on_submit():
        try:
            account, _link = commands.add_staff(
                work, name=form.name.data or "", email=form.email.data or "", posts=[form.placed]
            )
        except Refused as no:
            form.refuse(no)
        else:
            return _told(account)
    return form_page("admin/add_staff.html", form, hints=POST_HINTS, back=(_("People"), url_for(".people")))


@bp.get("/admin/people/<uuid:account_id>")
@allow(Action.STAFF_MANAGE, fresh=True, account=Account)
def person(work: Work, account: Account) -> ResponseReturnValue:
    """One member of staff: their posts, and keeping them out."""
    return _person_page(work, account, _post_form(work))


@bp.post("/admin/people/<uuid:account_id>/posts")
@allow(Action.STAFF_MANAGE, fresh=True, account=Account)
def give_post(work: Work, account: Account) -> ResponseReturnValue:
    """Give them a post."""
    form = _post_form(work)
    if form.validate_on_submit():
        try:
            commands.give_post(work, account, *form.placed)
        except Refused as no:
            form.refuse(no)
        else:
            return _back_to(account, _("Saved. It counts at once."))
    return _person_page(work, account, form)


@bp.post("/admin/posts/<uuid:post_id>/take")
@allow(Action.STAFF_MANAGE, fresh=True, post=StaffPost)
def take_post(work: Work, post: StaffPost) -> ResponseReturnValue:
    """Take a post away."""
    try:
        commands.take_post(work, post)
    except Refused as no:
        notify(str(no.says), "warn")
    else:
        notify(_("Saved. It counts at once."))
    return redirect(url_for(".people"), 303)


@bp.post("/admin/people/<uuid:account_id>/disable")
@allow(Action.STAFF_MANAGE, fresh=True, account=Account)
def disable(work: Work, account: Account) -> ResponseReturnValue:
    """Keep somebody out."""
    try:
        commands.disable_staff(work, account)
    except Refused as no:
        notify(str(no.says), "warn")
        return redirect(url_for(".person", account_id=account.id), 303)
    return _back_to(account, _("They cannot sign in any more."))


@bp.post("/admin/people/<uuid:account_id>/enable")
@allow(Action.STAFF_MANAGE, fresh=True, account=Account)
def enable(work: Work, account: Account) -> ResponseReturnValue:
    """Let somebody in again."""
    commands.enable_staff(work, account)
    return _back_to(account, _("They can sign in again."))


@bp.post("/admin/people/<uuid:account_id>/link")
@allow(Action.STAFF_MANAGE, fresh=True, account=Account)
def send_link(work: Work, account: Account) -> ResponseReturnValue:
    """Send a new link to choose a password by."""
    commands.send_link(work, account)
    return _told(account)


def _post_form(work: Work) -> GivePostForm:
    form = GivePostForm()
    form.offer(queries.open_programmes(work))
    return form


def _person_page(work: Work, account: Account, form: GivePostForm) -> ResponseReturnValue:
    facts = {"member": queries.member_of(work, account), "posts": POSTS, "hints": POST_HINTS}
    return form_page("admin/person.html", form, **facts, back=(_("People"), url_for(".people")))


def _back_to(account: Account, says: str) -> ResponseReturnValue:
    notify(says)
    return redirect(url_for(".person", account_id=account.id), 303)


def _told(account: Account) -> ResponseReturnValue:
    if portal().settings.mail_url or portal().settings.demo:
        return _back_to(account, _("A link to choose a password is on its way to them. It works once, for a day."))
    notify(_("No mail is set up here. On the server, “portal staff link” gives a link to hand over."), "warn")
    return redirect(url_for(".person", account_id=account.id), 303)


# --- Programmes, teams and ways of working ----------------------------------------------------------------------------


@bp.get("/admin/programmes")
@allow(Action.SETTINGS_MANAGE)
def programmes(work: Work) -> ResponseReturnValue:
    """The programmes with their teams, and the ways of working."""
    return _programmes_page(work, NameForm(), _profiles_form(work))


@bp.post("/admin/programmes")
@allow(Action.SETTINGS_MANAGE)
def add_programme(work: Work) -> ResponseReturnValue:
    """Add a programme."""
    form = NameForm()
    if form.validate_on_submit():
        commands.add_programme(work, form.name.data or "")
        notify(_("Added."))
        return redirect(url_for(".programmes"), 303)
    return _programmes_page(work, form, _profiles_form(work))


@bp.post("/admin/profiles")
@allow(Action.SETTINGS_MANAGE)
def profiles(work: Work) -> ResponseReturnValue:
    """Choose the ways of working a new case can have."""
    form = _profiles_form(work)
    if form.validate_on_submit():
        commands.choose_profiles(work, form.profiles.data or ())
        notify(_("Saved. Open cases keep their way of working."))
        return redirect(url_for(".programmes"), 303)
    return _programmes_page(work, NameForm(), form)


@bp.route("/admin/programmes/<uuid:programme_id>/teams/new", methods=["GET", "POST"])
@allow(Action.SETTINGS_MANAGE, programme=Programme)
def add_team(work: Work, programme: Programme) -> ResponseReturnValue:
    """Add a team to a programme."""
    form = NameForm()
    if form.validate_on_submit():
        team = commands.add_team(work, programme, form.name.data or "")
        return redirect(url_for(".team", team_id=team.id), 303)
    back = (_("Programmes"), url_for(".programmes"))
    return form_page("admin/add_team.html", form, programme=programme, back=back)


@bp.route("/admin/teams/<uuid:team_id>", methods=["GET", "POST"])
@allow(Action.SETTINGS_MANAGE, team=Team)
def team(work: Work, team: Team) -> ResponseReturnValue:
    """Let somebody join a team."""
    form = JoinTeamForm()
    form.offer(queries.case_managers(work, team.programme_id))
    if form.validate_on_submit():
        try:
            commands.join_team(work, team, form.chosen)
        except Refused as no:
            form.refuse(no)
        else:
            notify(_("Added. They see the cases of this team now."))
            return redirect(url_for(".programmes"), 303)
    return form_page("admin/team.html", form, team=team, back=(_("Programmes"), url_for(".programmes")))


@bp.post("/admin/team-places/<uuid:joined_id>/leave")
@allow(Action.SETTINGS_MANAGE, joined=TeamMember)
def leave_team(work: Work, joined: TeamMember) -> ResponseReturnValue:
    """Take somebody out of a team."""
    commands.leave_team(work, joined)
    notify(_("Saved. They see the cases of this team no longer."))
    return redirect(url_for(".programmes"), 303)


def _profiles_form(work: Work) -> ProfilesForm:
    form, ceiling = ProfilesForm(), portal().settings.profiles
    form.offer(registry.chosen(ceiling))
    if not form.is_submitted():
        form.profiles.data = [profile.key for profile in profiles_in_use(work.session, ceiling)]
    return form


def _programmes_page(work: Work, form: NameForm, profiles: ProfilesForm) -> ResponseReturnValue:
    sent = profiles if profiles.has_errors else form
    hints = hints_of(registry.chosen(portal().settings.profiles))
    return form_page(
        "admin/programmes.html", sent, add=form, profiles=profiles, hints=hints, programmes=queries.programmes(work)
    )


# --- The directory ----------------------------------------------------------------------------------------------------


@bp.get("/admin/directory")
@allow(Action.DIRECTORY_MANAGE)
def directory(work: Work) -> ResponseReturnValue:
    """What the directory holds, where it came from, and which rows did not fit."""
    after = request.args.get("after", "-1")
    if not after.removeprefix("-").isdecimal() or len(after) > 9:
        raise NotFound(after)
    jobs = recent(work, JobKind.DIRECTORY_IMPORT)
    return page("admin/directory.html", found=queries.directory(work, int(after)), jobs=jobs, states=STATES)
