"""A photo or PDF of a signed paper: what it really is, by its first bytes, and what it must not bring along.

Nothing is decoded, so no picture can be too big for memory. Of a picture only what shows it is kept: no place where it
was taken, no hidden text. A PDF that can act by itself is turned down. Scans are only ever handed out as downloads.
"""

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from portal.i18n import _l
from portal.plans.models import ScanKind
from portal.work import Refused

#: The largest paper, in bytes: a phone's photo of one page. The operator's limit for a request may be lower.
MOST_BYTES = 6 * 1024 * 1024
#: The most picture elements that a browser is asked to show.
MOST_PIXELS = 60_000_000
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT"})
#: Names in a PDF by which it runs, opens or carries something. `#xx` may stand for a letter of a name.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|RichMedia|XFA|SubmitForm|Encrypt)\b")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class NoScan(Refused):
    """No file, or one that is no photo and no PDF."""

    field, says = "scan", _l("Choose a photo or a PDF of the signed paper.")


class ScanTooBig(Refused):
    """A file that is larger than a paper has to be."""

    field, says = "scan", _l("This file is too big. Take a smaller photo of the paper.")


class ScanActs(Refused):
    """A PDF that does more than show a paper."""

    field, says = "scan", _l("This PDF does more than show a paper. Take a photo of the paper instead.")


@dataclass(frozen=True, slots=True)
class Scan:
    """A paper that is safe to keep."""

    kind: ScanKind
    content: bytes

    @property
    def hash(self) -> str:
        """The SHA-256 of what is kept."""
        return hashlib.sha256(self.content).hexdigest()


def read_scan(data: bytes) -> Scan:
    """Take a file that somebody sent as the paper it claims to be.

    Args:
        data: the whole file. Its name and the type the browser told are not asked.

    Raises:
        NoScan: it is empty, broken, or of another kind.
        ScanTooBig: it has too many bytes or picture elements.
        ScanActs: a PDF with scripts, actions, forms or files in it, or one that is locked.
    """
    if len(data) > MOST_BYTES:
        raise ScanTooBig
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return Scan(ScanKind.JPEG, b"".join(_jpeg(data)))
        if data.startswith(_PNG_START):
            return Scan(ScanKind.PNG, b"".join(_png(data)))
    except (struct.error, IndexError):
        raise NoScan from None
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        named = _HEX.sub(lambda code: bytes([int(code[1], 16)]), data)
        if _ACTIVE.search(named):
            raise ScanActs
        return Scan(ScanKind.PDF, data)
    raise NoScan


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that show the picture; notes, places and thumbnails are left out."""
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise NoScan
        mark = data[at + 1]
        if mark == 0xDA:  # from here on the picture itself
            yield data[at:]
            return
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if mark in _SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            _check_size(width, height)
        if (not 0xE1 <= mark <= 0xEF and mark != 0xFE) or mark == 0xEE:
            yield data[at : at + 2 + length]
        at += 2 + length


def _png(data: bytes) -> Iterator[bytes]:
    """The chunks that show the picture."""
    yield _PNG_START
    at = len(_PNG_START)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if kind == b"IHDR":
            _check_size(*struct.unpack(">II", data[at + 8 : at + 16]))
        if kind in _PNG_KEPT:
            yield data[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length
    raise NoScan


def _check_size(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise ScanTooBig
