"""What the portal says outside itself. No content, no name, no telling word (SECURITY 7): only that something waits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.i18n import _, _l


class Notice(StrEnum):
    """The kinds of message that leave the portal."""

    CODE = "code"
    NEW_MESSAGE = "new_message"
    SOMETHING_NEW = "something_new"
    INVITED = "invited"
    STAFF_WELCOME = "staff_welcome"
    #: To a place outside, which has no account: that somebody is referred to it, and where to read and answer that.
    FOR_A_PLACE = "for_a_place"
    KEPT_FOR_YOU = "kept_for_you"


@dataclass(frozen=True, slots=True)
class Text:
    """One message as it is sent."""

    subject: str
    body: str


_SUBJECTS: dict[Notice, Any] = {
    Notice.CODE: _l("Your code"),
    Notice.NEW_MESSAGE: _l("Something new for you"),
    Notice.SOMETHING_NEW: _l("Something new for you"),
    Notice.INVITED: _l("Your code"),
    Notice.STAFF_WELCOME: _l("Your new account"),
    Notice.FOR_A_PLACE: _l("A referral for you"),
    Notice.KEPT_FOR_YOU: _l("Kept for you"),
}


def text_of(notice: Notice, origin: str, secret: str) -> Text:
    """The message in the language being spoken.

    Args:
        notice: which kind.
        origin: the portal's address, from the settings and never from a request.
        secret: the code, for the kinds that carry one.
    """
    return Text(str(_SUBJECTS[notice]), _body(notice, origin, secret))


def _body(notice: Notice, origin: str, secret: str) -> str:
    if notice is Notice.CODE:
        return _("%(code)s is your code. It works for 10 minutes. We will never ask you for it.", code=secret)
    if notice is Notice.INVITED:
        return _("%(code)s is your code. Go to %(address)s to use it.", code=secret, address=f"{origin}/join")
    if notice is Notice.STAFF_WELCOME:
        return _("Your account is ready. Choose a password: %(address)s", address=f"{origin}/welcome/{secret}")
    if notice is Notice.FOR_A_PLACE:
        return _(
            "Somebody we work with would like your help. Please read it and answer here, without an account:"
            " %(address)s The link works once and for 30 days.",
            address=f"{origin}/reply/{secret}",
        )
    if notice is Notice.KEPT_FOR_YOU:
        return _("What you wanted to keep is here. Sign in to see it: %(address)s", address=f"{origin}/kept")
    return _("Something new is waiting for you. Sign in to see it: %(address)s", address=origin)
