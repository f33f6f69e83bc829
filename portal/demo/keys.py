"""What people of the demo sign in with: made from their names, so that it is the same on every machine.

It is printed for everybody to read, so it protects nothing; a database that is live never gets any of it.
"""

import hashlib

from portal.accounts import cards

_WORDS = (
    "amber", "apple", "barley", "basket", "birch", "blanket", "breeze", "bridge", "button", "candle", "cedar",
    "cherry", "clover", "cotton", "daisy", "ferry", "flute", "garden", "ginger", "harbor", "hazel", "honey",
    "kettle", "ladder", "lantern", "lemon", "maple", "marble", "meadow", "melon", "mitten", "orchard", "otter",
    "pebble", "pepper", "pillow", "plum", "pocket", "quilt", "rabbit", "ribbon", "river", "saddle", "sparrow",
    "spoon", "sunday", "thimble", "tulip", "velvet", "violin", "walnut", "willow",
)  # fmt: skip
_SEED = "larkwater"


def _number(*of: str) -> int:
    return int.from_bytes(hashlib.sha256(" ".join((_SEED, *of)).encode()).digest(), "big")


def client_number(key: str) -> str:
    """The client number of this person, with its check digit."""
    digits = str(1_000_000 + _number("number", key) % 9_000_000)
    return digits + cards.check_digit(digits)


def card_code(key: str) -> str:
    """The code on this person's card."""
    rest, letters = _number("card", key), []
    for _place in range(cards.CODE_LENGTH):
        rest, which = divmod(rest, len(cards.LETTERS))
        letters.append(cards.LETTERS[which])
    return "".join(letters)


def password(key: str) -> str:
    """Four words in a row, as we advise everybody."""
    rest, words = _number("password", key), list[str]()
    while len(words) < 4:
        rest, which = divmod(rest, len(_WORDS))
        if _WORDS[which] not in words:
            words.append(_WORDS[which])
    return " ".join(words)
