"""Our fields: our own words, nothing typed lost, a hand-made request refused."""

import pytest
from flask import Flask

from portal.web.forms import ChoiceField, DayField, LongTextField, ManyField, PortalForm, TextField, tidy
from portal.work import Refused


class Sample(PortalForm):
    """One of each."""

    words = TextField("Words", most=10, required="Write something.")
    more = LongTextField("More", most=20)
    way = ChoiceField("Way", choices=[("call", "Call"), ("visit", "Visit")], required="Choose a way.")
    any_of = ManyField("Any of", choices=[("a", "A"), ("b", "B")])
    day = DayField("Day", required="Say when.")


@pytest.fixture
def send():
    app = Flask("forms")
    app.secret_key = "a key for a test of forms only"
    app.config["WTF_CSRF_ENABLED"] = False

    def post(**data):
        with app.test_request_context(method="POST", data=data):
            form = Sample()
            return form.validate_on_submit(), form

    return post


GOOD = {"words": "hello", "way": "call", "day": "2027-01-02"}


def test_a_good_form_is_read(send):
    valid, form = send(**GOOD, any_of=["a", "b"])
    assert valid
    assert (form.words.data, form.way.data, form.any_of.data) == ("hello", "call", ["a", "b"])
    assert form.day.day.isoformat() == "2027-01-02"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("words", "", "Write something."),
        ("words", "   ", "Write something."),
        ("words", "a" * 11, "This is 1 letter too long"),
        ("more", "line\r\n" * 5, "This is 4 letters too long"),
        ("way", "", "Choose a way."),
        ("way", "fly", "Choose a way."),
        ("any_of", "z", "Choose only from this list."),
        ("day", "", "Say when."),
        ("day", "someday", "Write a day like this: Thu, Apr 22, 2027."),
    ],
)
def test_a_bad_value_gets_a_kind_error_and_is_kept(send, name, value, says):
    valid, form = send(**{**GOOD, name: value})
    assert not valid
    assert any(says in str(error) for error in form[name].errors), form.errors
    if value.strip() and name != "any_of":
        assert (form[name].data or "").strip() == tidy(value)


def test_a_refusal_of_the_domain_stands_beside_its_field_or_above_the_form(send):
    _valid, form = send(**GOOD)
    form.refuse(Refused("Not like this.", "words"))
    form.refuse(Refused("Not today."))
    assert form.words.errors == ["Not like this."]
    assert form.form_errors == ["Not today."]
    assert form.has_errors


def test_every_form_is_a_new_one(send):
    assert send(**GOOD)[1].once.data != send(**GOOD)[1].once.data


def test_broken_characters_do_no_harm():
    assert tidy("a\x00b\ud800c\r\nd\x07") == "abc\nd"
    assert tidy(None) == ""
