"""How the organisation looks and when its office is open, as its administrators decided. One row, read by every page.

What is not decided here comes from the operator's settings.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.colours import LEAST, WHITE, contrast, is_colour
from portal.db import Base

_THE_ONE = UUID(int=1)
#: A logo is loaded over slow networks by people who pay for each megabyte.
LARGEST_LOGO = 8 * 1024
#: More pixels than this on a side are of no use beside a name.
LARGEST_SIDE = 1200
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: The markers of JPEG that start a frame and hold its size (ITU-T T.81, B.1.1.3).
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


class Office(Base):
    """The one row. Empty values say nothing: then the settings count."""

    __tablename__ = "office"
    accent: Mapped[str]
    #: Language code -> when the office is open, in that language's own words.
    hours: Mapped[dict[str, Any]]
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was looked at: its bytes, its kind ("png" or "jpg") and its size in pixels."""

    body: bytes = field(repr=False)
    kind: str
    width: int
    height: int


class BadPicture(ValueError):
    """Not a picture that every browser can show and nobody can hide a program in."""


def picture(body: bytes) -> Picture:
    """Look at the bytes of a PNG or JPEG. What a file calls itself is not asked.

    Raises:
        BadPicture: it is neither, or says no size.
    """
    if body.startswith(_PNG) and body[12:16] == b"IHDR":
        found = Picture(body, "png", int.from_bytes(body[16:20]), int.from_bytes(body[20:24]))
    elif body.startswith(_JPEG):
        height, width = _size_in_jpeg(body)
        found = Picture(body, "jpg", width, height)
    else:
        raise BadPicture
    if not (0 < found.width <= LARGEST_SIDE and 0 < found.height <= LARGEST_SIDE):
        raise BadPicture
    return found


def _size_in_jpeg(body: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(body) and body[at] == 0xFF:
        if body[at + 1] in _FRAMES:
            return int.from_bytes(body[at + 5 : at + 7]), int.from_bytes(body[at + 7 : at + 9])
        at += 2 + max(int.from_bytes(body[at + 2 : at + 4]), 2)
    raise BadPicture


def contrast_of(accent: str) -> float | None:
    """The contrast of white words on this colour; None when it is no colour such as "#0f5c5c"."""
    return contrast(accent, WHITE) if is_colour(accent) else None


def is_readable(accent: str) -> bool:
    """Whether this is a colour on which white words can be read."""
    ratio = contrast_of(accent)
    return ratio is not None and ratio >= LEAST


def decided(session: Session) -> Office | None:
    """What administrators decided; None while nobody has."""
    return session.scalars(select(Office)).first()


def decide(session: Session) -> Office:
    """The row to write into, made when there is none."""
    known = decided(session)
    if known is None:
        known = Office(id=_THE_ONE, accent="", hours={}, logo=None)
        session.add(known)
    return known
