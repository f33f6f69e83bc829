"""What clients read is easy to read, and none of it judges."""

import pytest

from tests.checks import reading
from tests.checks.source import listed

HARD = "Notwithstanding administrative considerations, organisational representatives communicate determinations. "
EASY = "We can help you. You choose what you want. We go step by step. "


@pytest.mark.parametrize(
    "template",
    [
        "{{ _('You must bring your card.') }}",
        "{{ _('" + "word " * 21 + "') }}",
        "{% trans %}" + HARD * 6 + "{% endtrans %}",
    ],
)
def test_hard_words_are_found(template):
    assert list(reading.faults_of("home/show.html", template))


def test_easy_words_pass():
    assert not list(reading.faults_of("home/show.html", "{% trans %}" + EASY * 3 + "{% endtrans %}"))
    assert (reading.grade([EASY * 3]) or 99) < 3
    assert (reading.grade([HARD * 6]) or 0) > reading.GRADE
    assert reading.grade([EASY]) is None, "too few words tell nothing"


def test_what_modules_say_is_held_to_the_same(tmp_path):
    module = tmp_path / "words.py"
    module.write_text("LABEL = _l('You must come.')\nLONG = _('" + "word " * 21 + "')\n", "utf-8")
    assert len(list(reading.hard_sentences("words.py", reading.texts_in(module)))) == 2


@pytest.mark.parametrize(("language", "word"), [("es", "palabra "), ("ar", "كلمة ")])
def test_long_sentences_of_a_translation_are_found(language, word):
    most = reading.WORDS_IN[language]
    assert not list(reading.long_in(language, [(word * most).strip() + ". " + word * most]))
    assert list(reading.long_in(language, ["%(name)s " + word * most]))


@pytest.mark.parametrize(("word", "count"), [("step", 1), ("goal", 1), ("named", 1), ("wanted", 2), ("family", 3)])
def test_syllables(word, count):
    assert reading.syllables(word) == count


def test_what_clients_read_is_easy():
    found = list(reading.faults())
    assert not found, listed(found)
