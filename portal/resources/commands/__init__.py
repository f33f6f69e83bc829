"""What people do with places: keep one, ask about one, say that something is wrong; and what staff put right."""

from portal.resources.commands.own import NothingAsked, NowhereSafe, ask, drop, save, send
from portal.resources.commands.upkeep import (
    AnsweredAlready,
    Facts,
    NamesNothing,
    add_place,
    answer,
    check,
    edit_place,
    judge,
    tell,
)

__all__ = [
    "AnsweredAlready",
    "Facts",
    "NamesNothing",
    "NothingAsked",
    "NowhereSafe",
    "add_place",
    "answer",
    "ask",
    "check",
    "drop",
    "edit_place",
    "judge",
    "save",
    "send",
    "tell",
]
