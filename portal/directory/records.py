"""CSV as people really write it: one record after the other, with the line it starts on, whatever state the file is in.

Reads a line at a time. UTF-8, with single lines of Windows-1252 in between; UTF-16 by its mark; commas, semicolons,
tabs or bars; quotation marks that are never closed cost one line, not the rest of the file.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from portal.directory.opened import Opened
from portal.i18n import _

LONGEST_LINE: Final = 2_000_000
#: A record of more lines than this is a quotation mark somebody forgot to close.
MOST_LINES: Final = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_SURROGATE = re.compile(r"[\udc80-\udcff]")
#: One look for both, as nearly every line has neither.
_ODD = re.compile(f"{_CONTROL.pattern}|{_SURROGATE.pattern}")

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: where it starts, its cells by column name, and what was mended or is wrong in its form.

    `file` is where it stands, if that is not the file being read.
    """

    line: int
    values: dict[str, str]
    mended: str = ""
    broken: str = ""
    file: str = ""


class _Runaway(Exception):
    """A record goes on for longer than any record would."""


class _Lines:
    """The lines of a file for the CSV reader; remembers those of the record being read, and can take them back."""

    def __init__(self, file: IO[bytes]) -> None:
        self.opened = Opened(file)
        self._text = self.opened.text
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self.legacy = 0

    def start(self) -> None:
        self.taken = []

    @property
    def first(self) -> int:
        """The number of the first line of the record being read."""
        return self.number - len(self.taken) + 1

    def give_back(self) -> None:
        """Keep the first line of the record; the others will be read again."""
        rest = self.taken[1:]
        self._waiting.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken = self.taken[:1]

    def put_back(self, line: str) -> None:
        """The line just taken will be taken again."""
        self._waiting.appendleft(line)
        self.number -= 1
        self.start()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _Runaway
        line = self._waiting.popleft() if self._waiting else self._read()
        self.number += 1
        self.taken.append(line)
        return line

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        while line[-1] != "\n" and (more := self._text.readline(LONGEST_LINE)):
            if more[-1] == "\n":  # a line beyond all measure: its beginning is kept, and refused as a broken row
                line = line[:1000] + "\n"
        if not _ODD.search(line):
            return line
        if _SURROGATE.search(line):
            self.legacy += 1
            line = line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        return _CONTROL.sub("", line)


class Records:
    """The records of one CSV file. `header` holds its column names: lower case, words joined by underscores."""

    def __init__(self, file: IO[bytes]) -> None:
        self._lines = _Lines(file)
        self._delimiter = ","
        self.header: list[str] = []
        for cells in self._rows():
            if cells[1][:1] and (told := re.fullmatch(r"sep=(.?)", cells[1][0].strip())):
                self._delimiter = told[1] or self._delimiter  # a spreadsheet's own way to say what stands between cells
            elif any(cell.strip() for cell in cells[1]):
                self.header = [column_name(cell) for cell in cells[1]]
                break

        #: Whether every column has a name of its own.
        self._plain = all(self.header) and len(set(self.header)) == len(self.header)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of the file as a whole, once it was read."""
        if not self._lines.legacy:
            return ()
        return (_("%(lines)s lines were not UTF-8 and were read as Windows-1252.", lines=self._lines.legacy),)

    @property
    def position(self) -> int:
        """How many bytes were read so far, more or less."""
        return self._lines.opened.position

    def __iter__(self) -> Iterator[Record]:
        for line, cells, mended in self._rows():
            if "".join(cells).strip():
                yield self._record(line, cells, mended)

    def _record(self, line: int, cells: list[str], mended: str) -> Record:
        width, broken = len(self.header), ""
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            broken = _("The row has %(cells)s cells, but the heading has %(columns)s.", cells=len(cells), columns=width)
        elif len(cells) != width and not mended:
            mended = _(
                "The row has %(cells)s cells, but the heading has %(columns)s. The missing or extra cells are empty.",
                cells=len(cells),
                columns=width,
            )
        if self._plain and len(cells) == width:
            return Record(line, dict(zip(self.header, map(str.strip, cells), strict=True)), mended, broken)
        values: dict[str, str] = {}
        for name, cell in zip(self.header, cells, strict=False):
            if name:
                values.setdefault(name, cell.strip())
        return Record(line, values, mended, broken)

    def _rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Every record with its line and what was mended."""
        lines, make = self._lines, self._reader
        reader = make()
        while True:
            lines.start()
            if not self.header and lines.number == 0:
                reader = self._sniffed()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_Runaway, csv.Error):
                cells = None
            if cells is None or self._never_closed():
                lines.give_back()
                reader = make()
                yield lines.first, self._bare(lines.taken[0]), _("A quotation mark is opened and never closed.")
            else:
                yield lines.first, cells, ""

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter)

    def _sniffed(self) -> Iterator[list[str]]:
        """A reader with the delimiter that the heading uses most."""
        try:
            first = next(self._lines)
        except StopIteration:
            return iter(())
        self._lines.put_back(first)
        self._delimiter = max(",;\t|", key=first.count)
        return self._reader()

    def _never_closed(self) -> bool:
        """Whether the record just read ended only because the file did."""
        if len(self._lines.taken) < 2:
            return False
        try:
            for _row in csv.reader(self._lines.taken, delimiter=self._delimiter, strict=True):
                pass
        except csv.Error as problem:
            return "unexpected end" in str(problem)
        return False

    def _bare(self, line: str) -> list[str]:
        cells = next(csv.reader([line], delimiter=self._delimiter, quoting=csv.QUOTE_NONE), [])
        return [cell.strip().strip('"') for cell in cells]


def without_controls(text: str) -> str:
    """Text without control characters, half characters and marks of byte order."""
    return _CONTROL.sub("", text)


def column_name(text: str) -> str:
    """A heading as the tables name it: "Postal Code" and "postal-code" are postal_code."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")
