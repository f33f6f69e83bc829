"""Long is enough; what everybody tries is not."""

from dataclasses import replace
from time import perf_counter

import pytest

from portal.accounts import passwords
from portal.accounts.passwords import Passwords, WeakPassword

NAME = "wes.okafor@riverhelp.example.org"


@pytest.mark.parametrize(
    "good",
    [
        "four green birds sing",
        "  spaces at both ends  ",
        "пятнадцать букв и больше",
        "كلمات كثيرة في صف واحد",
        "🦊🐢🦉🐝🐌🦋🐙🦀🐬🐘🦒🦔🐿🦩🐇",
        "x7#kQvb2!mPz9@Lw",
        "w" * 3 + "onderful mornings on the hill " * 30,
    ],
)
def test_a_long_password_of_ones_own_is_welcome(settings, good):
    passwords.check(good, settings=settings, name=NAME)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("fourteen chars", "at least 15"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abcabcabcabcabcabc", "repeats"),
        ("passwordpassword", "repeats"),
        ("Password 1234567890", "Many people"),
        ("qwertyuiop-asdfghjkl", "Many people"),
        ("correct horse battery staple", "Many people"),
        ("iloveyou iloveyou!!1", "Many people"),
        ("a b c d e f g h i j k", "Many people"),
        ("River County Help 24", "mostly our name"),
        ("wes.okafor 2026 !!", "your own email"),
        ("x" * 1001, "too long"),
        ("ж" * 501, "too long"),
    ],
)
def test_what_would_be_guessed_is_refused_with_the_reason(settings, bad, why):
    with pytest.raises(WeakPassword) as refused:
        passwords.check(bad, settings=settings, name=NAME)
    assert why in str(refused.value.says)


def test_a_megabyte_is_refused_before_any_work(settings):
    hashing, stored = Passwords.at(1), Passwords.at(1).hash("four green birds sing")
    began = perf_counter()
    with pytest.raises(WeakPassword):
        passwords.check("x" * 1_000_000, settings=settings, name=NAME)
    assert not hashing.matches(stored, "x" * 1_000_000)
    assert perf_counter() - began < 0.2


def test_only_the_password_matches():
    hashing = Passwords.at(1)
    stored = hashing.hash("café au lait every day")
    assert stored.startswith("$argon2id$")
    assert hashing.matches(stored, "cafe\u0301 au lait every day"), "the same letters from another keyboard"
    assert not hashing.matches(stored, "cafe au lait every day")
    assert not hashing.matches(stored, "Café au lait every day")
    assert not hashing.matches(None, "the password of nobody"), "nobody's password opens nothing"
    assert not hashing.matches("not a hash", "anything at all here")


def test_a_dearer_cost_shows_that_a_hash_is_dated():
    stored = Passwords.at(1).hash("four green birds sing")
    assert not Passwords.at(1).is_dated(stored)
    assert Passwords.at(2).is_dated(stored)


def test_an_organisation_with_a_short_name_blocks_nothing(settings):
    passwords.check("it is a day for cake", settings=replace(settings, organisation="It"), name=NAME)
