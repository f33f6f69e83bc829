"""Every language says everything, with the same places and the same tags as the English."""

import pytest
from babel.messages.catalog import Catalog

from tests.checks import translations
from tests.checks.source import listed

OFFERED = ("ar", "es")


def entry(english, translated, flags=()):
    found = Catalog(locale="es").add(english, translated, flags=flags)
    return list(translations.faults_of(found, 2))


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Save", ""),
        ("Hello %(name)s.", "Hola."),
        ("Hello %(name)s.", "Hola %(nombre)s."),
        ("Read <b>this</b>.", "Lea esto."),
        (("One step", "%(num)s steps"), ("Un paso", "")),
        (("One step for %(name)s", "%(num)s steps for %(name)s"), ("Un paso", "%(num)s pasos de %(name)s")),
        ("You did %(share)s.", "Hizo %(share)s 50%."),
        ("Goal: ", "Meta:"),
    ],
)
def test_a_fault_is_found(english, translated):
    assert entry(english, translated)


def test_fuzzy_is_found():
    assert entry("Save", "Guardar", flags=["fuzzy"])


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Hello %(name)s.", "Hola, %(name)s."),
        (("%(num)s step", "%(num)s steps"), ("un paso", "%(num)s pasos")),
        ("50% done", "50% hecho"),
    ],
)
def test_a_good_translation_passes(english, translated):
    assert not entry(english, translated)


def test_missing_and_left_over_entries_are_found():
    spanish, expected = Catalog(locale="es"), Catalog()
    spanish.add("Old words", "Palabras viejas")
    expected.add("New words")
    found = list(translations.faults_in(spanish, expected))
    assert found == ["lacks 'New words'", "still has 'Old words'"]


def test_every_text_of_the_source_is_collected():
    found = list(translations.stale())
    assert not found, listed(found)


@pytest.mark.parametrize("language", OFFERED)
def test_a_language_is_whole(language):
    assert language in translations.languages(), f"translations/{language} is missing"
    found = list(translations.faults_in(translations.catalogue(language), translations.wanted()))
    assert not found, listed(found)
