"""What is printed on a sign-in card: a client number that catches slips, and a code that is easy to read and type."""

import secrets
import unicodedata

#: No 0, O, 1, I or L: they are taken for each other in print (UX 4.3).
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP, CODE_LENGTH, NUMBER_LENGTH = 4, 12, 8


def new_number() -> str:
    """A client number: seven random digits, the first not 0, and a check digit."""
    digits = str(1_000_000 + secrets.randbelow(9_000_000))
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The digit that makes one wrong or two swapped digits show (ISO/IEC 7064, MOD 11,10)."""
    carried = 10
    for digit in digits:
        carried = ((carried + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carried) % 10)


def is_number(text: str) -> bool:
    """Whether these are the digits of a client number that somebody may have."""
    return len(text) == NUMBER_LENGTH and text.isdecimal() and check_digit(text[:-1]) == text[-1]


def new_code() -> str:
    """A card code: twelve letters and digits, some 59 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def clean(typed: str) -> str:
    """What a person typed from a card, without spaces, dashes and small letters; digits of any script."""
    plain = unicodedata.normalize("NFKC", typed)
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    return "".join(c for c in digits if c.isalnum()).upper()


def grouped(text: str) -> str:
    """In groups of four, as it is printed."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
