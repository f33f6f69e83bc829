"""The code of an invitation: spoken in person, three groups of four, no sign that is mistaken for another."""

import secrets

from portal.crypto import KeyRing

#: Without 0, O, 1, I and L, which look or sound alike. Twelve of these are 59 bits.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _LENGTH = 3, 4
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def make() -> str:
    """A new code, such as "7KQM-X4TP-93HD"."""
    groups = ("".join(secrets.choice(ALPHABET) for _sign in range(_LENGTH)) for _group in range(_GROUPS))
    return "-".join(groups)


def cleaned(typed: str) -> str:
    """The code as it was made, however it was typed: spaces, dashes, small letters and other digits forgiven."""
    return "".join(sign for sign in typed.translate(_DIGITS).upper() if sign in ALPHABET)


def hash_of(ring: KeyRing, typed: str) -> bytes:
    """What is stored of a code: a keyed hash, so that a stolen database opens nothing."""
    return ring.lookup("support invite", cleaned(typed))
