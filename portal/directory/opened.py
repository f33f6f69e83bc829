"""A file of text in whatever encoding it came: UTF-8, UTF-16 with or without its mark, or Windows-1252 in between."""

import io
from typing import IO, Final

from portal.i18n import _

#: How files begin that are no text, and what they are.
_FOREIGN: Final = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"SQLi": "sqlite",
}
_LOOKED_AT: Final = 4096


class NoText(ValueError):
    """The file holds something else than text. The text of this says what to do."""


class Opened:
    """A file being read. `text` gives its lines; bytes that are no UTF-8 come as lone surrogates."""

    def __init__(self, file: IO[bytes]) -> None:
        """Look at how the file begins.

        Raises:
            NoText: it is a workbook, a picture or the like, or its encoding cannot be told.
        """
        start = file.read(_LOOKED_AT)
        self._raw = _Rejoined(start, file)
        encoding = _encoding_of(start)
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        self.text = io.TextIOWrapper(io.BufferedReader(self._raw), encoding=encoding, errors=errors)

    @property
    def position(self) -> int:
        """How many bytes were read so far, more or less."""
        return self._raw.given


def _encoding_of(start: bytes) -> str:
    if start[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        raise NoText(_("it is written in UTF-32: save it as UTF-8"))
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for mark, kind in _FOREIGN.items():
        if start.startswith(mark):
            raise NoText(
                _("it is a workbook, a picture or an archive (%(kind)s): save each table as CSV in UTF-8", kind=kind)
            )
    if start.count(0) > len(start) // 4:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if min(even, odd) * 8 > max(even, odd):
            raise NoText(_("it is no text: save each table as CSV in UTF-8"))
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


class _Rejoined(io.RawIOBase):
    """A file whose first bytes were looked at already."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start, self._rest, self.given = start, rest, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # any buffer will do
        found = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(found) :] if self._start else b""
        buffer[: len(found)] = found
        self.given += len(found)
        return len(found)
