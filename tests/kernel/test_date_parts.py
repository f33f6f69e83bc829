"""A birthday in three boxes: in the language's order, with names of months, and nothing typed lost."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal import i18n
from portal.web.date_parts import DayPartsField


class Born(Form):
    """One birthday."""

    born = DayPartsField("Born", birthday=True)
    must = DayPartsField("Must", required="Write the day.")


def sent(day: str, month: str, year: str, name: str = "born") -> DayPartsField:
    """The field after these boxes were sent."""
    form = Born(MultiDict({f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}))
    form.validate()
    return form.must if name == "must" else form.born


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["month", "day", "year"]), ("es", ["day", "month", "year"]), ("ar", ["day", "month", "year"])],
)
def test_the_boxes_stand_as_the_language_writes_dates(language, order):
    with i18n.speaking(language):
        assert [part.short_name for part in Born().born.parts] == order
        assert [part.id for part in Born().born.parts] == [f"born-{part}" for part in order]


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("en", "8", "4", "1990"),
        ("en", "08", "April", "1990"),
        ("es", "8", "abril", "1990"),
        ("ar", "٨", "٤", "١٩٩٠"),
        ("ar", "٨", "أبريل", "١٩٩٠"),
    ],
)
def test_a_day_is_read_however_it_is_written(language, day, month, year):
    with i18n.speaking(language):
        assert sent(day, month, year).day == date(1990, 4, 8)


@pytest.mark.parametrize("typed", [("31", "2", "1990"), ("8", "", "1990"), ("8", "4", "90"), ("x", "y", "z")])
def test_what_is_no_day_is_kept_and_explained(typed):
    field = sent(*typed)
    assert field.day is None
    assert field.errors == ["Write the day, the month and the year, such as April 22, 1990."]
    values = {part.short_name: part.value for part in field.parts}
    assert (values["day"], values["month"], values["year"]) == typed
    assert 'value="&lt;' in str(Born(MultiDict({"born-day": "<"})).born.parts[1]())


def test_nothing_is_nothing_and_a_must_says_so():
    assert not sent("", "", "").errors
    assert sent("", "", "", "must").errors == ["Write the day."]


def test_a_stored_day_fills_the_boxes():
    form = Born(data={"born": date(1990, 4, 8)})
    assert [part.value for part in form.born.parts] == ["4", "8", "1990"]
    assert form.born.autofill("year") == "bday-year"
    assert form.must.autofill("year") == "off"
