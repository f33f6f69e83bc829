"""Passwords: which ones are good enough, and how they are kept.

NIST SP 800-63B-4 section 3.1.1.2: long, no other rules, a block list that says why, never expiring. Argon2id by
argon2-cffi, above the least that OWASP names.
"""

import re
import unicodedata
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.i18n import _, _l
from portal.settings import Settings
from portal.work import Refused

#: A password is the only thing asked for, so it is long. There are no other rules, and it never runs out.
SHORTEST = 15
#: Longer than this is refused before any work is done with it.
LONGEST_BYTES = 1_000
#: How many letters must be left when the words that everybody tries first are taken away.
_OWN_LETTERS = 8
_MEMORY_KIB = 32 * 1024
_COMMON = (
    "password", "passwort", "passphrase", "contraseña", "contrasena", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm",
    "letmein", "welcome", "iloveyou", "tequiero", "sunshine", "princess", "football", "baseball", "dragon", "monkey",
    "superman", "batman", "trustno1", "changeme", "secret", "master", "admin", "login", "portal", "1q2w3e4r", "abc123",
    "01234567890", "12345678910", "1234567890", "0987654321", "9876543210", "123456789", "12345678", "1234567",
    "123456", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmno", "abcdefgh", "correcthorsebatterystaple",
)  # fmt: skip


class WeakPassword(Refused):
    """A password that would be guessed, or is too long to look at. `says` tells why."""

    field = "password"


class Passwords:
    """Hashing at one cost. Make it with `Passwords.at`."""

    def __init__(self, cost: int) -> None:
        self._hasher = PasswordHasher(time_cost=cost, memory_cost=_MEMORY_KIB, parallelism=1)
        self._nobodys = self._hasher.hash("the password of nobody")

    @staticmethod
    @cache
    def at(cost: int) -> "Passwords":
        """Hashing at this cost (argon2id passes)."""
        return Passwords(cost)

    def hash(self, password: str) -> str:
        """What is stored of a password."""
        return self._hasher.hash(_same_form(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether this is the password. Takes as long when there is none, so that nobody learns who has one."""
        given = "" if is_too_long(password) else _same_form(password)
        try:
            self._hasher.verify(stored or self._nobodys, given)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_dated(self, stored: str) -> bool:
        """Whether it was hashed at another cost and should be hashed again."""
        return self._hasher.check_needs_rehash(stored)

    def take_time(self) -> None:
        """Take as long as looking at a password does: where one answer would otherwise come sooner than the other."""
        self.matches(None, "")


def is_too_long(password: str) -> bool:
    """Whether it is longer than we look at."""
    return len(password) > LONGEST_BYTES or len(password.encode(errors="replace")) > LONGEST_BYTES


def check(password: str, *, settings: Settings, name: str) -> None:
    """Refuse a password that would be guessed.

    Args:
        password: as it was typed; spaces and every script are welcome.
        settings: for the organisation's name, which is tried first.
        name: the email address the person signs in with.

    Raises:
        WeakPassword: it is short, too long, or made of words that everybody tries; the text says which.
    """
    if is_too_long(password):
        raise WeakPassword(_l("This is too long. Use fewer letters."))
    if len(_same_form(password)) < SHORTEST:
        raise WeakPassword(_too_short())
    plain = _letters(password)
    if _repeats(plain):
        raise WeakPassword(_l("This repeats the same few letters. Use four or more words of your own."))
    for word, says in _blocked(settings, name):
        if word in plain and _repeats_or_short(plain.replace(word, "")):
            raise WeakPassword(says)


def _blocked(settings: Settings, name: str) -> list[tuple[str, Any]]:
    own, _at, host = name.partition("@")
    words = [_letters(word) for word in (own, host.rpartition(".")[0])]
    organisation = _letters(settings.organisation)
    return [
        *((word, _l("This is mostly your own email address. Use other words.")) for word in words if len(word) > 3),
        *([(organisation, _l("This is mostly our name. Use other words."))] if len(organisation) > 3 else []),
        *((word, _l("Many people use this password. Use four or more words of your own.")) for word in _COMMON),
    ]


def _too_short() -> str:
    return _("Use at least %(count)s letters. Four words in a row are good.", count=SHORTEST)


def _repeats_or_short(rest: str) -> bool:
    for word in _COMMON:
        rest = rest.replace(word, "")
    return len(rest) < _OWN_LETTERS or _repeats(rest)


def _repeats(plain: str) -> bool:
    """Whether a few letters are said again and again."""
    return len(set(plain)) < 4 or any(
        plain == (plain[:size] * len(plain))[: len(plain)] for size in range(1, min(9, len(plain)))
    )


def _letters(text: str) -> str:
    """Without the spaces and signs that people put between the letters of a word that everybody tries."""
    return re.sub(r"[\s!-/:-@\[-`{-~]+", "", unicodedata.normalize("NFKC", text).lower())


def _same_form(password: str) -> str:
    """The same letters give the same bytes on every keyboard."""
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode())
