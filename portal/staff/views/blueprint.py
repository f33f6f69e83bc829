"""What staff's pages share: the blueprint, and reading the addresses of lists."""

from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, request

from portal.work import NotFound

bp = Blueprint("staff", __name__)
Word = TypeVar("Word", bound=StrEnum)


def after() -> UUID | None:
    """The row that the address asks for more by.

    Raises:
        NotFound: it names none.
    """
    text = request.args.get("after", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(text) from None


def chosen(words: type[Word], default: Word) -> Word:
    """Which of these the address asks to show; an unknown word shows the usual list."""
    text = request.args.get("show", "")
    return words(text) if text in set(words) else default


def everyone() -> bool:
    """Whether a supervisor looks at all cases of their programmes, not only those they work on."""
    return request.args.get("of") == "programme"
