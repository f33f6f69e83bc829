"""What the portal says when it cannot let somebody in, or cannot take what they typed."""

from portal.i18n import _l
from portal.work import Refused


class NoMatch(Refused):
    """What was typed does not open anything. The same words whatever was wrong."""

    says = _l("These do not match. Check both and try again.")


class WrongCode(Refused):
    """The code does not work: wrong, used, too old, or asked for in another browser."""

    field = "code"
    says = _l("This code does not work. Check it, or ask for a new one.")


class WrongPassword(Refused):
    """Not the password one has."""

    field = "current"
    says = _l("This is not right. Try again.")


class LinkEnded(Refused):
    """A welcome link that was used, or is too old."""

    says = _l("This link does not work any more. Ask for a new one.")


class EmailTaken(Refused):
    """Another account of this kind signs in with this address."""

    field = "email"
    says = _l("We cannot use this email here. Have you used it before? Then sign in first.")


class BadEmail(Refused):
    """No email address."""

    field = "email"
    says = _l("Write an email address, such as name@example.org.")


class BadPhone(Refused):
    """No phone number."""

    field = "value"
    says = _l("Write a phone number with its area code.")
