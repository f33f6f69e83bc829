"""Every component in every state on one page, in any language, theme and layout. In development only."""

import re

from flask import Flask, Response, abort, request
from wtforms import BooleanField, FileField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than the published types

from portal import i18n
from portal.i18n import _
from portal.web.date_parts import DayPartsField
from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, Required, TextField
from portal.web.gate import public
from portal.web.kind_words import hints_on
from portal.web.portal import portal
from portal.web.render import page
from portal.web.statics import ROOT
from portal.work import Work

_SCALE = [(str(step), str(step)) for step in range(11)]
LAYOUTS = ("client", "supporter", "staff", "bare", "print")
#: Theme -> the wish of a reader whose block of the stylesheet it shows; "" is the first block, the light one.
THEMES = {"light": "", "dark": "prefers-color-scheme: dark", "contrast": "prefers-contrast: more"}


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
    born = DayPartsField("Born", birthday=True)
    code = TextField("Code", required="Write the code")
    photo = FileField("Photo")


def theme_sheet(theme: str) -> str:
    """The tokens of one theme alone, whatever the reader's own settings: laid over the others in the gallery."""
    sheet = (ROOT / "css" / "portal.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root\s*{[^}]*}", sheet[sheet.index(THEMES[theme]) :] if THEMES[theme] else sheet)
    return f"{blocks[0]}\n"


def init_app(app: Flask) -> None:
    """Add /_gallery, which takes language, theme and layout, and the sheets of its themes."""

    @app.get("/_gallery/<theme>.css", endpoint="gallery_theme")
    @public("only there while the portal is being developed; colours are nobody's secret", works=False)
    def sheet(theme: str) -> Response:
        if theme not in THEMES:
            abort(404)
        return Response(theme_sheet(theme), content_type="text/css")

    @app.get("/_gallery", endpoint="gallery")
    @public("only there while the portal is being developed; it shows nobody's data")
    def gallery(_work: Work) -> Response:
        languages = portal().settings.languages
        language, theme, layout = (request.args.get(name, "") for name in ("language", "theme", "layout"))
        with i18n.speaking(language if language in languages else i18n.language()):
            return _everything(theme if theme in THEMES else "", layout if layout in LAYOUTS else "client")


def _everything(theme: str, layout: str) -> Response:
    form, bad_form = Everything(formdata=None), Everything(formdata=None, prefix="bad-")
    for name in ("words", "area", "wants", "agree", "code"):
        bad_form[name].errors = [_("Something is missing here.")]
    bad_form.hints = hints_on("You must not be a no-show.")
    here = {"language": i18n.language(), "theme": theme, "layout": layout}
    return page(
        "gallery/index.html",
        form=form,
        bad_form=bad_form,
        layout=f"layouts/{layout}.html",
        theme=theme,
        minutes_left=10,
        switches=_switches(here),
    )


def _switches(here: dict[str, str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    offers = {
        "language": {code: i18n.own_name(code) for code in portal().settings.languages},
        "theme": {"": "As my device", **{name: name.capitalize() for name in THEMES}},
        "layout": {name: name.capitalize() for name in LAYOUTS},
    }
    return [
        (
            what,
            [
                (label, "?" + _query({**here, what: value}), here[what] == value)
                for value, label in offers[what].items()
            ],
        )
        for what in offers
    ]


def _query(chosen: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in chosen.items() if value)
