"""Layouts, components and error pages alone: sound HTML in every layout and direction, from the least facts."""

from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"
LAYOUTS = (
    "layouts/client.html",
    "layouts/supporter.html",
    "layouts/staff.html",
    "layouts/bare.html",
    "layouts/print.html",
)
ERRORS = sorted(path.name for path in (TEMPLATES / "errors").glob("*.html"))


class Everything(Form):
    """One field of every kind the macros know."""

    draft = kept_at = None
    hints = ()

    once = HiddenField()
    words = TextAreaField("Words", [InputRequired("Write something")])
    name = StringField("Name", description="As you like to be called")
    area = RadioField("Area", [InputRequired("Choose one")], choices={"home": "Home", "work": "Work"})
    wants = SelectMultipleField(
        "Wants", [InputRequired("Choose some")], choices={"a": "A", "b": "B"}, widget=ListWidget(),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    scale = RadioField("Scale", choices={str(step): str(step) for step in range(11)})
    agree = BooleanField("Agree", [InputRequired("Tick this to go on")])
    programme = SelectField("Programme", choices={"a": "A", "b": "B"})
    due_on = DateField("When")
    born = DateField("Born")
    code = StringField("Code", [InputRequired("Write the code")])
    photo = FileField("Photo")


def site(direction: str = "ltr") -> SimpleNamespace:
    """The least a page knows: whose portal this is and the language."""
    languages = [("en", "English"), ("ar", "العربية")]
    return SimpleNamespace(
        organisation="Riverbend", demo=True, languages=languages, language="ar" if direction == "rtl" else "en",
        direction=direction, accent=None, office_phone="(555) 010-0100", exit_label="Leave this site",
    )  # fmt: skip


def render(template: str, **facts: Any) -> BeautifulSoup:
    """A page as a tree, checked for sound HTML."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    keys = count()
    environment.globals.update(csrf_token=lambda: "t", once_key=lambda: f"k{next(keys)}", static_url=lambda path: path)
    environment.globals["url_for"] = lambda endpoint, **_values: f"/{endpoint}"
    environment.filters["number"] = str
    html = environment.get_template(template).render(**facts)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert not parser.errors, parser.errors[:3]
    return BeautifulSoup(html, "html.parser")


def gallery(layout: str, direction: str) -> BeautifulSoup:
    """The page with every component in every state."""
    wrong = Everything(prefix="bad-")
    wrong.validate()
    nav = [SimpleNamespace(label="Home", url="/", icon="home", current=True, badge=2)]
    return render(
        "gallery/index.html", layout=layout, form=Everything(), bad_form=wrong, site=site(direction), nav=nav,
        viewer=SimpleNamespace(is_signed_in=True, name="Rosa", kind="client"), back=("Home", "/"), minutes_left=10,
        notice=SimpleNamespace(text="Saved", tone="good"), language_url="/language", exit_url="/exit",
        sign_out_url="/out", supporter_banner="You see goals", crisis=[("Call 988", "tel:988")], has_errors=True,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_component_is_sound_html(layout: str, direction: str) -> None:
    page = gallery(layout, direction)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert len(page.select("h1")) == 1
    assert page.title is not None
    assert page.title.text == "Error: Gallery – Riverbend"
    assert page.html is not None
    assert page.html["dir"] == direction
    for box in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select(f'label[for="{box["id"]}"]'), box
    for tag in page.select("[aria-describedby], [aria-labelledby]"):
        wanted = f"{tag.get('aria-describedby', '')} {tag.get('aria-labelledby', '')}".split()
        assert set(wanted) <= set(ids), tag
    for link in page.select('main a[href^="#"]'):
        assert str(link["href"])[1:] in ids, link


def test_every_error_has_its_link_and_its_words() -> None:
    summary = gallery(LAYOUTS[0], "ltr").select_one(".summary")
    assert summary is not None
    assert summary.select("[role=alert]")
    said = [link.text for link in summary.select("a")]
    assert {"Write something", "Choose one", "Choose some", "Tick this to go on", "Write the code"} <= set(said)


def test_every_post_form_carries_its_keys() -> None:
    forms = gallery(LAYOUTS[0], "ltr").select("form[method=post]")
    assert forms
    for form in forms:
        assert len(form.select("[name=csrf_token]")) == len(form.select("[name=once]")) == 1, form
    keys = [key["value"] for form in forms for key in form.select("[name=once]")]
    assert len(keys) == len(set(keys)), "two forms share a key: the second would be taken for a repetition"


def test_who_can_leave_at_once() -> None:
    leave = {layout: bool(gallery(layout, "ltr").select("[data-exit]")) for layout in LAYOUTS}
    assert leave["layouts/client.html"]
    assert leave["layouts/supporter.html"]
    assert leave["layouts/bare.html"]


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_nothing_but_the_site(name: str) -> None:
    page = render(f"errors/{name}", site=site())
    assert len(page.select("h1")) == 1
    assert page.select("main a.button"), "a way on"
    assert "(555) 010-0100" in page.text, "a person to call"


def test_forbidden_and_missing_look_alike() -> None:
    shapes = [[tag.name for tag in render(f"errors/{name}.html", site=site()).select("main *")] for name in (403, 404)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", ["400", "409", "500", "503"])
def test_what_was_typed_is_kept(name: str) -> None:
    facts: dict[str, Any] = {"kept": [("Your message", "Hello\n<Nadia>")], "fields": [("once", "k"), ("body", "Hello")]}
    page = render(f"errors/{name}.html", site=site(), retry_url="/again", **facts)
    words = page.select_one(".words")
    assert words is not None
    assert words.text == "Hello\n<Nadia>"
    assert words["dir"] == "auto"
    form = page.select_one('form[action="/again"]')
    assert form is not None
    assert [box["name"] for box in form.select("input")] == ["csrf_token", "once", "body"]
