"""Names taken out of what a team reads. The words themselves stay as they were written. Plain values in and out."""

import re
from collections.abc import Iterable

#: What stands where a name was.
GAP = "____"
#: Shorter parts of a name are also everyday words; they are left.
_LEAST = 3


class Mask:
    """Takes these people's names, whole and in parts, out of any text."""

    def __init__(self, names: Iterable[str]) -> None:
        parts = {part for name in names for part in re.split(r"[\s\-’'.]+", name) if len(part) >= _LEAST}
        words = sorted(parts, key=lambda part: (-len(part), part))
        # Where letters join onto a name (Arabic "and", "of"), only its end is a border.
        found = "|".join((rf"\b{re.escape(word)}" if word.isascii() else re.escape(word)) + r"\b" for word in words)
        self._names = re.compile(found, re.IGNORECASE) if found else None

    def __call__(self, text: str) -> str:
        """The text with a gap for each name."""
        return self._names.sub(GAP, text) if self._names else text
