"""Our macros against what GOV.UK Frontend's components say to assistive tools.

The outlines below are facts (elements, roles, names, what describes and labels what) read from the fixtures of the npm
package `govuk-frontend` 6.6.0, copyright Crown, MIT licence; none of its HTML, styles or words is here. An outline has
one line an element; ids are numbered in the order in which they come. Where we differ on purpose, `OURS` says why.

To compare again with a newer release: unpack the package, and put `outline()` over `html` in the fixtures.json of each.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from wtforms import DateField, FileField, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from tests.components.drawing import draw, outline


class Wrong(Form):
    """One field of each kind, with a hint and an error."""

    name = StringField("Name", [InputRequired("Write a name")], description="As you like")
    words = TextAreaField("Words", [InputRequired("Write something")], description="Your own")
    programme = SelectField("Programme", choices={"": "–", "a": "A", "b": "B"}, description="Where")
    area = RadioField("Area", [InputRequired("Choose one")], choices={"home": "Home", "work": "Work"})
    wants = SelectMultipleField(
        "Wants", [InputRequired("Choose")], choices={"a": "A", "b": "B"}, widget=ListWidget(),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    photo = FileField("Photo", [InputRequired("Choose a file")], description="Of you")
    born = DateField("Born", description="Day, month, year")


def form() -> Wrong:
    """The form after it was sent empty."""
    made = Wrong(data={})
    made.validate()
    made.programme.errors = ["Choose one"]
    made.born.errors = ["Write the day"]
    parts = [("day", "Day"), ("month", "Month"), ("year", "Year")]
    made.born.parts = [  # type: ignore[attr-defined]  # as a date of three boxes has
        _part(name, label) for name, label in parts
    ]
    return made


def _part(name: str, label: str) -> Any:
    class Part(Form):
        """One box of a date."""

        box = StringField(label, id=f"born-{name}", name=f"born-{name}")

    part = Part().box
    part.short_name = name
    return part


TABLE = """{% from "components/cell.html" import cell %}{% call(row) data_table("Months", ["Month", "Rate"], [1]) %}
{{ cell("Month", "May", head=true) }}{{ cell("Rate", "95") }}{% endcall %}"""
TASKS = """{{ task_list([("One", "/1", "Done", "good"), ("Three", "/3", "Look", "warn", "Hint"),
                         ("Six", none, "Not yet", "plain", "Hint")]) }}"""
LABELLED = ["label for=3", "text id=1", "text id=2"]

#: Component: (our call, what GOV.UK Frontend's says). "form" is the form above.
SAME: dict[str, tuple[str, str, list[str]]] = {
    "text input, hint and error": (
        "field", "{{ field(form.name) }}",
        [*LABELLED, "input aria-describedby=1+2 id=3 type=text"],
    ),
    "text area, hint and error": (
        "field", "{{ field(form.words, rows=5) }}",
        [*LABELLED, "textarea aria-describedby=1+2 id=3 rows=5"],
    ),
    "character count, hint and error": (
        "field", "{{ field(form.words, rows=5, count=10) }}",
        [*LABELLED, "textarea aria-describedby=1+2+4 id=3 rows=5", "text id=4"],
    ),
    "select, hint and error": (
        "select_field", "{{ select_field(form.programme) }}",
        [*LABELLED, "select aria-describedby=1+2 id=3", "option", "option", "option"],
    ),
    "file upload, hint and error": (
        "file_field", "{{ file_field(form.photo) }}",
        [*LABELLED, "input aria-describedby=1+2 id=3 type=file"],
    ),
    "radios with an error": (
        "choice", "{{ choice(form.area) }}",
        ["fieldset aria-describedby=1", "legend", "text id=1", "input id=2 type=radio", "label for=2",
         "input id=3 type=radio", "label for=3"],
    ),
    "check boxes with an error and hints on items": (
        "choice", '{{ choice(form.wants, hints={"a": "First", "b": "Second"}) }}',
        ["fieldset aria-describedby=1", "legend", "text id=1", "input aria-describedby=3 id=2 type=checkbox",
         "label for=2", "text id=3", "input aria-describedby=5 id=4 type=checkbox", "label for=4", "text id=5"],
    ),
    "summary list with a change link": (
        "summary_list", '{{ summary_list([("Name", "Rosa", "/change"), ("Born", "April")]) }}',
        ["dl", "dt", "dd", "dd", "a href=…", "dt", "dd"],
    ),
    "table with head, caption and row heads": (
        "data_table",
        TABLE,
        ["table", "caption", "thead", "tr", "th scope=col", "th scope=col", "tbody", "tr", "th scope=row", "td"],
    ),
    "pagination, newer and older": (
        "pagination", '{{ pagination("/1", "/3", label="Pagination") }}',
        ["nav aria-label=Pagination", "a href=… rel=prev", "a href=… rel=next"],
    ),
    "details, expanded": (
        "reveal", '{% call reveal("Who?", open=true) %}You{% endcall %}',
        ["details open=", "summary"],
    ),
    "breadcrumbs": (
        "breadcrumbs", '{{ breadcrumbs([("Clients", "/c"), ("Rosa", "/r")]) }}',
        ["nav aria-label=Where+are+you", "ol", "li", "a href=…", "li", "a href=…"],
    ),
    "skip link": ("skip_links", "{{ skip_links() }}", ["a href=#main"]),
    "back link": ("back_link", '{{ back_link("Back", "/") }}', ["a href=…"]),
    "button": ("button", '{{ button("Save") }}', ["button type=submit"]),
    "task list with hint and status": (
        "task_list",
        TASKS,
        ["ul", "li", "a aria-describedby=1 href=…", "text id=1", "li", "a aria-describedby=2+3 href=…", "text id=2",
         "text id=3", "li", "text id=4", "text id=5"],
    ),
}  # fmt: skip

#: What we do otherwise, and why: (macro, call, theirs, ours, why).
OURS: dict[str, tuple[str, str, list[str], list[str], str]] = {
    "link that looks like a button": (
        "link_button", '{{ link_button("Start", "/") }}', ["a href=… role=button"], ["a href=…"],
        "it goes somewhere: said as a link, it opens in a new tab and answers to Enter alone, as a link does",
    ),
    "exit this page": (
        "exit_link", '{{ exit_link("Leave", "/exit") }}',
        ["a href=… rel=nofollow+noreferrer role=button"], ["a href=… rel=nofollow+noreferrer"],
        "without a script it is a link, and works as one",
    ),
    "date input, hint and error": (
        "date_field", "{{ date_field(form.born) }}",
        ["fieldset aria-describedby=1+2 role=group", "legend", "text id=1", "text id=2", "label for=3",
         "input id=3 inputmode=numeric type=text", "label for=4", "input id=4 inputmode=numeric type=text",
         "label for=5", "input id=5 inputmode=numeric type=text"],
        ["fieldset aria-describedby=1+2 role=group", "legend", "text id=1", "text id=2", "label for=3",
         "input id=3 inputmode=numeric type=text", "label for=4", "input id=4 type=text",
         "label for=5", "input id=5 inputmode=numeric type=text"],
        "the month may be written as a word, for which a keyboard of numbers is of no use",
    ),
    "error summary": (
        "error_summary", "{{ error_summary(short) }}",
        ["text role=alert", "h2", "ul", "li", "a href=#x", "li"],
        ["text role=alert", "h2", "ul", "li", "a href=#x", "li"],
        "the same, and it takes the focus even without their script once the page is reached by its own address",
    ),
    "tabs": (
        "tabs", '{{ tabs([("Now", "/now", true), ("Later", "/later", false)], "When") }}',
        ["h2", "ul", "li", "a href=#past-day", "li", "a href=#past-week"],
        ["nav aria-label=When", "ul", "li", "a aria-current=page href=…", "li", "a href=…"],
        "each tab is a page of its own, which needs no script and keeps Back right",
    ),
    "languages": (
        "language_chooser", '{{ language_chooser([("en", "English"), ("ar", "العربية")], "en", "/language") }}',
        ["nav aria-label=Language", "ul", "li", "text aria-current=true lang=en", "li",
         "a href=#/cy lang=cy rel=alternate"],
        ["details", "summary", "form", "button aria-current=true lang=en", "button lang=ar"],
        "the choice is kept for the person, so it is a POST; three and more languages stay out of the way of the page",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_it_says_what_the_published_component_says(name: str) -> None:
    macro, call, theirs = SAME[name]
    said = outline(draw(macro, call, form=form()))
    assert said == theirs


@pytest.mark.parametrize("name", OURS)
def test_where_we_differ_we_differ_as_decided(name: str) -> None:
    macro, call, _theirs, ours, why = OURS[name]
    short = SimpleNamespace(errors={"x": ["No"]}, form_errors=["Not now"], fields=[_part("x", "X")])
    facts = {"short": _Iterable(short)} if "short" in call else {"form": form()}
    said = outline(draw(macro, call, **facts))
    assert [line.replace("#born-x", "#x") for line in said] == ours
    assert len(why) > 20


class _Iterable:
    """As a form: goes through its fields."""

    def __init__(self, given: SimpleNamespace) -> None:
        self.errors, self.form_errors, self._fields = given.errors, given.form_errors, given.fields
        self._fields[0].errors = ["No"]

    def __iter__(self) -> Any:
        return iter(self._fields)


def test_an_error_is_announced_as_one_and_a_wrong_control_says_so() -> None:
    page = draw("field", "{{ field(form.name) }}", form=form())
    (error,) = page.select("[id$=-error]")
    assert error.text == "Error: Write a name"
    (box,) = page.select("input")
    assert box["aria-invalid"] == "true", "GOV.UK leaves it out; screen readers then say nothing at the control itself"


def test_what_only_eyes_need_is_hidden_from_screen_readers() -> None:
    for macro, call in (
        ("avatar", '{{ avatar("Rosa Delgado") }}'),
        ("icon", '{{ icon("goal") }}'),
        ("line_chart", '{{ line_chart("How", ["May"], [("You", [3])]) }}'),
        ("bar_chart", '{{ bar_chart("How", [("You", 3)]) }}'),
        ("ladder_chart", '{{ ladder_chart("How", [(1, "Up"), (0, "Down")], [("May", 1)]) }}'),
    ):
        page = draw(macro, call)
        for drawing in page.select("svg"):
            hidden = drawing.get("aria-hidden") or drawing.find_parent(attrs={"aria-hidden": "true"})
            assert hidden, (macro, drawing)
            assert drawing.get("focusable") == "false"
