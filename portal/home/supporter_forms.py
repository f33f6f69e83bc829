"""What somebody fills in who comes with a code."""

from wtforms import HiddenField, PasswordField

from portal.accounts.forms import SignInForm
from portal.i18n import _l
from portal.web.forms import PortalForm, Required, TextField


class JoinForm(PortalForm):
    """The code they were told."""

    code = TextField(_l("The code"), most=60, required=_l("Write the code."))


class NewSupporterForm(SignInForm):
    """An account of their own, made with the code they have just typed."""

    code = HiddenField()
    name = TextField(_l("Your name"), most=80, required=_l("Write your name."))
    email = TextField(_l("Your email"), most=254, required=_l("Write your email address."))
    password = PasswordField(_l("A password of your own"), [Required(_l("Write a password."))])
