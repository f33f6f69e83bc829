"""Every component in every state on one page, for the eye and for the accessibility checks. In development only."""

from flask import Flask, Response
from wtforms import BooleanField, FileField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the published types

from portal.i18n import _
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, Required, TextField
from portal.web.gate import public
from portal.web.render import page
from portal.work import Work

_SCALE = [(str(step), str(step)) for step in range(11)]


class Everything(PortalForm):
    """One field of every kind."""

    words = LongTextField("Words", required="Write something")
    name = TextField("Name", description="As you like to be called")
    area = ChoiceField("Area", choices=[("home", "Home"), ("work", "Work")], required="Choose one")
    wants = ManyField("Wants", choices=[("a", "A"), ("b", "B")], required="Choose some")
    scale = ChoiceField("Scale", choices=_SCALE)
    agree = BooleanField("Agree", [Required("Tick this to go on")])
    programme = SelectField("Programme", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])
    due_on = DayField("When")
    born = DayField("Born")
    code = TextField("Code", required="Write the code")
    photo = FileField("Photo")


def init_app(app: Flask) -> None:
    """Add /_gallery."""

    @app.get("/_gallery", endpoint="gallery")
    @public("only there while the portal is being developed; it shows nobody's data")
    def gallery(_work: Work) -> Response:
        form, bad_form = Everything(formdata=None), Everything(formdata=None, prefix="bad-")
        for name in ("words", "area", "wants", "agree", "code"):
            bad_form[name].errors = [_("Something is missing here.")]
        return page("gallery/index.html", form=form, bad_form=bad_form)
