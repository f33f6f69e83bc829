"""JSON as directories come in it: single trees, lists, pages of an API, one object a line, or tables in one object.

Read a part at a time, so that a file may be larger than the memory; where it breaks off, what came before is kept.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from portal.directory.opened import Opened
from portal.i18n import _

#: One object larger than this is no service.
LARGEST: Final = 64 * 1024**2
_CHUNK: Final = 1024**2
#: The keys under which an API or an export puts the list itself.
_LISTS: Final = frozenset({"contents", "data", "results", "items", "records"})


@dataclass(frozen=True, slots=True)
class Found:
    """One object, the line it starts on and the name of the list it stands in; or what is wrong there."""

    line: int
    tree: dict[str, Any]
    within: str = ""
    broken: str = ""


@dataclass(slots=True)
class Pages:
    """What pages of an API say of the whole: of all there is, how much these files hold."""

    announced: int = 0
    held: int = 0

    @property
    def is_part(self) -> bool:
        """Whether there is more than was given to us."""
        return self.announced > self.held


def lines(file: IO[bytes]) -> Iterator[Found]:
    """The objects of a file that has one a line; a bad line costs no other."""
    text, number = Opened(file).text, 0
    while line := text.readline(LARGEST):
        number += 1
        if not line.strip(" \t\r\n\x1e\0"):
            continue
        try:
            found = json.loads(line.strip("\x1e \r\n\0"), strict=False)
        except (ValueError, RecursionError):
            yield Found(number, {}, broken=_("The line is no JSON."))
            continue
        if isinstance(found, dict):
            yield Found(number, found)


def objects(file: IO[bytes], pages: Pages) -> Iterator[Found]:
    """The objects of a file, in their order."""
    scanner = _Scanner(Opened(file).text)
    try:
        while mark := scanner.peek():
            if mark == "[":
                yield from _listed(scanner, "")
            elif mark == "{":
                yield from _object(scanner, pages)
            else:
                scanner.value()  # a bare word or number between objects says nothing
    except _Broken as problem:
        yield Found(scanner.line, {}, broken=str(problem))


class _Broken(Exception):
    """The text is no JSON from here on."""


class _Scanner:
    """A place in a text of JSON, of which only what is being read is in memory."""

    def __init__(self, text: IO[str]) -> None:
        self._text, self._buffer, self._at = text, "", 0
        self._decode = json.JSONDecoder(strict=False).raw_decode
        self.line = 1

    def _more(self) -> bool:
        chunk = self._text.read(max(_CHUNK, len(self._buffer) - self._at))
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        return bool(chunk)

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            while self._at < len(self._buffer):
                mark = self._buffer[self._at]
                if not mark.isspace() and mark not in "\ufeff\x1e\0":
                    return mark
                self.line += mark == "\n"
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> bool:
        """Step over a character, if it is the next."""
        if self.peek() != wanted:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._decode(self._buffer, self._at)
            except (ValueError, RecursionError) as problem:
                if isinstance(problem, RecursionError) or len(self._buffer) - self._at > LARGEST or not self._more():
                    raise _Broken(_("It is no JSON from here on: the rest of the file was not read.")) from None
                continue
            if end == len(self._buffer) and self._more():
                continue  # a number may go on
            self.line += self._buffer.count("\n", self._at, end)
            self._at = end
            return found

    def skip_line(self) -> None:
        """Go on with the next line."""
        while (end := self._buffer.find("\n", self._at)) < 0:
            self._at = len(self._buffer)
            if not self._more():
                return
        self._at, self.line = end + 1, self.line + 1


def _listed(scanner: _Scanner, within: str) -> Iterator[Found]:
    scanner.take("[")
    while scanner.peek() and not scanner.take("]"):
        line = scanner.line
        found = scanner.value()
        if isinstance(found, dict):
            yield Found(line, found, within)
        scanner.take(",")


def _object(scanner: _Scanner, pages: Pages) -> Iterator[Found]:
    """One object; if it is the wrapping of lists, what is in them instead."""
    start, said, wraps = scanner.line, dict[str, Any](), False
    scanner.take("{")
    try:
        while scanner.peek() and not scanner.take("}"):
            name = scanner.value()
            if not isinstance(name, str) or not scanner.take(":"):
                raise _Broken(_("It is no JSON from here on: the rest of the file was not read."))
            if scanner.peek() == "[" and (name in _LISTS or name.endswith(".csv")) and "id" not in said:
                wraps = True
                for found in _listed(scanner, "" if name in _LISTS else name):
                    pages.held += name == "contents"
                    yield found
            else:
                said[name] = scanner.value()
            scanner.take(",")
    except _Broken as problem:
        scanner.skip_line()
        yield Found(start, {}, broken=str(problem))
        return
    if wraps and isinstance(total := said.get("total_items"), int):
        pages.announced = max(pages.announced, total)
    if not wraps:
        yield Found(start, said)
