from datetime import date, time

import pytest

from portal.directory import values
from portal.directory.text import asked, fold, plain_tokens, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-12-24", date(2014, 12, 24)),
        ("1/24/70", date(1970, 1, 24)),
        ("1/2/14", date(2014, 1, 2)),
        ("12/24/2014", date(2014, 12, 24)),
        ("24/12/2014", date(2014, 12, 24)),
        ("December 24, 2014", date(2014, 12, 24)),
        ("24 de diciembre de 2014", date(2014, 12, 24)),
        ("2014-12-24T10:00:00Z", date(2014, 12, 24)),
        ("", None),
    ],
)
def test_dates(text, day):
    assert values.as_date(text)[0] == day


@pytest.mark.parametrize("text", ["13/27/2014", "soon", "2014-02-30", "December 2014"])
def test_what_is_no_date(text):
    with pytest.raises(values.Unreadable):
        values.as_date(text)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:30", time(9, 30)),
        ("5:00 PM", time(17)),
        ("3pm", time(15)),
        ("12 a.m.", time(0)),
        ("12:00 pm", time(12)),
        ("17:00:00", time(17)),
        ("09:00:00Z", time(9)),
        ("0930", time(9, 30)),
        ("24:00", time(0)),
        ("noon", time(12)),
        ("", None),
    ],
)
def test_times(text, clock):
    assert values.as_time(text)[0] == clock


@pytest.mark.parametrize("text", ["9", "25:00", "by appointment", "9:75"])
def test_what_is_no_time(text):
    with pytest.raises(values.Unreadable):
        values.as_time(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Monday", "MO"),
        ("1", "MO"),
        ("7", "SU"),
        ("Mon-Fri", "MO,TU,WE,TH,FR"),
        ("Fri - Mon", "FR,SA,SU,MO"),
        ("lunes y miércoles", "MO,WE"),
        ("TH,FR", "TH,FR"),
        ("1SA", "1SA"),
        ("-1SU", "-1SU"),
    ],
)
def test_days(text, codes):
    assert values.as_days(text)[0] == codes


def test_other_values():
    assert values.as_number("40,4168")[0] == 40.4168
    assert values.as_phone('"+44 1234 234567"')[0] == "+44 1234 234567"
    assert values.as_address("www.example.org")[0] == "http://www.example.org"
    assert values.as_email("a@example.org, b@example.org")[0] == "a@example.org"
    assert values.as_list("Passport,Driver's License, Passport") == ["Passport", "Driver's License"]
    assert values.as_list("Chinese (Mandarin, Cantonese), Spanish") == ["Chinese (Mandarin, Cantonese)", "Spanish"]
    assert values.clean("  two \t words\n\n\n\nmore ") == "two words\n\nmore"
    assert values.clean("NULL") == ""
    assert values.language_name("es") == "Spanish"
    assert values.language_name("xx?") == "xx?"
    for wrong in ("call us", "http://", "javascript:alert(1)"):
        with pytest.raises(values.Unreadable):
            values.as_address(wrong)


def test_accents_case_and_plurals_are_one():
    assert fold("ATENCIÓN") == fold("atencion")
    for one, many in [("niño", "ninos"), ("familia", "familias"), ("pantry", "pantries"), ("emergency", "emergencies")]:
        assert set(stems(fold(one))) & set(stems(fold(many))), one
    assert set(stems("counseling")) & set(stems("counselling"))


def test_arabic_is_normalised():
    assert stems(words("الطَّعام")[0]) == stems(words("طعام")[0])
    assert stems(words("مساعدة")[0]) == stems(words("المساعدات")[0])


def test_punctuation_never_reaches_the_index():
    assert words("o'neil's food-pantry (a:b) \"AND\" *") == ["oneils", "food", "pantry", "a", "b", "and"]
    assert tokens(("<b>Food</b> & more", None)) == tokens(("food more",))
    assert "ox160rl" in plain_tokens(("OX16 0RL",))


def test_what_is_asked():
    assert asked("food") == ([("food",)], False)
    groups, sentence = asked("I need food for my kids")
    assert sentence
    assert [group[0] for group in groups] == ["food", "kid"]
    assert asked("the")[0] == [stems("the")]
    assert asked("\"' :-*") == ([], False)
