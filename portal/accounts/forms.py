"""What people type to sign in and to change how they do."""

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, PasswordField

from portal.accounts.queries import Place
from portal.i18n import _l
from portal.web.forms import ManyField, PortalForm, Required, TextField


class SignInForm(PortalForm):
    """Where to go afterwards, and whether others use this computer, too."""

    next = HiddenField()
    shared = BooleanField(_l("Other people use this computer or phone, too"))


class CardForm(SignInForm):
    """A card is what people bring to a computer that is not theirs."""

    number = TextField(_l("Client number"), most=60, required=_l("Write your client number."))
    code = TextField(_l("Card code"), most=60, required=_l("Write the code on your card."))
    shared = BooleanField(_l("Other people use this computer or phone, too"), default=True)


class AskCodeForm(PortalForm):
    """By what we may know somebody."""

    next = HiddenField()
    known_by = TextField(
        _l("Phone, email or client number"), most=254, required=_l("Write your phone, email or client number.")
    )


class EnterCodeForm(SignInForm):
    """The code that was sent."""

    code = TextField(_l("Code"), most=60, required=_l("Write the code we sent you."))


class PasswordForm(SignInForm):
    """How staff and supporters sign in."""

    email = TextField(_l("Email"), most=254, required=_l("Write your email address."))
    password = PasswordField(_l("Password"), [Required(_l("Write your password."))])


class ConfirmPasswordForm(PortalForm):
    """Showing again who one is, with a password."""

    next = HiddenField()
    current = PasswordField(_l("Password"), [Required(_l("Write your password."))])


class ConfirmCodeForm(PortalForm):
    """Showing again who one is, with a card or a code."""

    next = HiddenField()
    current = TextField(
        _l("Card code, or a code we sent you"), most=60, required=_l("Write the code on your card, or one we sent you.")
    )


class NewPasswordForm(PortalForm):
    """A first password."""

    password = PasswordField(_l("New password"), [Required(_l("Write a new password."))])


class ChangePasswordForm(NewPasswordForm):
    """Another password."""

    current = PasswordField(_l("Password you have now"), [Required(_l("Write the password you have now."))])


class ContactsForm(PortalForm):
    """Where we may write or call. What is not ticked is not used."""

    safe = ManyField(_l("It is safe to contact me here:"))

    @classmethod
    def for_places(cls, places: Sequence[Place]) -> "ContactsForm":
        """The form with one tick box for each."""
        form = cls(data={"safe": [str(place.id) for place in places if place.safe]})
        form.safe.choices = [(str(place.id), place.shown) for place in places]
        return form
