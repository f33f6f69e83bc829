"""What an administrator fills in."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, FileField

from portal.i18n import _l, own_name
from portal.profiles.profile import Profile
from portal.roles import Post
from portal.web.forms import ChoiceField, ManyField, PortalForm, TextField, UploadField

#: A picture is read as far as this; the command says what is too much.
LARGEST_READ = 2 * 1024 * 1024
#: What a post lets its holder do, in words.
POSTS = {
    Post.CASE_MANAGER: _l("Case manager"),
    Post.SUPERVISOR: _l("Supervisor"),
    Post.ADMINISTRATOR: _l("Administrator"),
}
POST_HINTS = {
    Post.CASE_MANAGER.value: _l("Opens cases and works with clients."),
    Post.SUPERVISOR.value: _l("Sees every case of the programme and who works on it."),
    Post.ADMINISTRATOR.value: _l("Looks after people and settings. Reads no case."),
}


class GivePostForm(PortalForm):
    """A post, and in which programme."""

    post = ChoiceField(
        _l("Post"), choices=[(post.value, label) for post, label in POSTS.items()], required=_l("Choose a post.")
    )
    programme = ChoiceField(_l("In which programme?"))

    def offer(self, programmes: Sequence[tuple[UUID, str]]) -> None:
        """Offer these programmes."""
        self.programme.choices = [(str(id_), name) for id_, name in programmes]

    @property
    def placed(self) -> tuple[Post, UUID | None]:
        """What was chosen. Only after the form was found valid."""
        return Post(self.post.data), UUID(self.programme.data) if self.programme.data else None


class AddStaffForm(GivePostForm):
    """A new member of staff and their first post."""

    name = TextField(_l("Name"), most=120, required=_l("Write a name."))
    email = TextField(_l("Work email"), most=254, required=_l("Write the email they sign in with."))


class NameForm(PortalForm):
    """The name of a programme or a team."""

    name = TextField(_l("Name"), most=120, required=_l("Write a name."))


class JoinTeamForm(PortalForm):
    """Who joins a team."""

    person = ChoiceField(_l("Who joins?"), required=_l("Choose somebody."))

    def offer(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Offer these people."""
        self.person.choices = [(str(id_), name) for id_, name in people]

    @property
    def chosen(self) -> UUID:
        """Who was chosen. Only after the form was found valid."""
        return UUID(self.person.data)


class BringInForm(PortalForm):
    """A directory, and whose it is."""

    file = UploadField(_l("The file"), required=_l("Choose a file."))
    source = TextField(_l("Whose list is it?"), most=120)
    licence = TextField(_l("Its licence"), most=200)
    mapping = UploadField(_l("Mapping file"))
    close_most = BooleanField(_l("Close places that are not in it, even if that is most of them"))


class ProfilesForm(PortalForm):
    """The ways of working that are switched on."""

    profiles = ManyField(_l("Ways of working that a new case can have"), required=_l("Choose at least one."))

    def offer(self, profiles: Sequence[Profile]) -> None:
        """Offer what the operator's settings allow."""
        self.profiles.choices = [(profile.key, profile.name) for profile in profiles]


class OfficeForm(PortalForm):
    """How the portal looks and when the office is open. `office_form` adds a box for each language."""

    languages: Sequence[str] = ()
    accent = TextField(_l("Colour"), most=7)
    logo = FileField(_l("Logo"))
    remove_logo = BooleanField(_l("Take the logo away"))

    @property
    def hours(self) -> dict[str, str]:
        """Language code -> what was written in its box."""
        return {code: self.hours_field(code).data or "" for code in self.languages}

    @property
    def logo_bytes(self) -> bytes | None:
        """The picture that was chosen; None when none was."""
        return (self.logo.data.read(LARGEST_READ) if self.logo.data else b"") or None

    def hours_field(self, code: str) -> Any:
        """The box for this language."""
        return self[f"hours_{code.replace('-', '_')}"]

    def fill(self, accent: str, hours: Mapping[str, str]) -> None:
        """Show what was decided before."""
        self.accent.data = accent
        for code in self.languages:
            self.hours_field(code).data = hours.get(code, "")


def office_form(languages: Sequence[str]) -> OfficeForm:
    """A form with a box for the office hours in each of these languages."""
    boxes = {f"hours_{code.replace('-', '_')}": TextField(own_name(code), most=120) for code in languages}
    made: type[OfficeForm] = type("OfficeForm", (OfficeForm,), {"languages": languages, **boxes})
    return made()


def hints_of(profiles: Sequence[Profile]) -> dict[str, Any]:
    """What each way of working is, in words for clients."""
    return {profile.key: profile.about for profile in profiles}
