"""Rows that were laid flat out of trees, kept on disk by kind until they are read in order, parents before children.

Trees repeat themselves: each service brings its organisation along. Of rows with one id the one that says most counts.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from portal.directory.records import Record
from portal.directory.trees import Row


@dataclass(slots=True)
class _Heap:
    file: IO[bytes]
    header: set[str] = field(default_factory=set)
    #: By the hash of an id: where the fullest row with it stands, and how much it says.
    best: dict[int, tuple[int, int]] = field(default_factory=dict)
    size: int = 0


class Spool:
    """Rows by kind. Nothing is left behind on disk when it goes."""

    def __init__(self) -> None:
        self._heaps: dict[str, _Heap] = {}

    def mention(self, kind: str) -> None:
        """Note that a kind is spoken of, though there may be no row of it."""
        if kind not in self._heaps:
            self._heaps[kind] = _Heap(TemporaryFile(prefix="portal-"))  # noqa: SIM115  closed by close()

    def add(self, kind: str, row: Row, file: str, line: int) -> None:
        """Keep a row and where it was found."""
        self.mention(kind)
        heap = self._heaps[kind]
        if row_id := row.get("id"):
            said, key = sum(map(bool, row.values())), hash(row_id)
            if key in heap.best and heap.best[key][1] >= said:
                return
            heap.best[key] = (heap.size, said)
        heap.header |= row.keys()
        heap.size += heap.file.write(json.dumps([file, line, row]).encode() + b"\n")

    @property
    def kinds(self) -> dict[str, tuple[frozenset[str], int]]:
        """Each kind with the names its rows use, and its size in bytes."""
        return {kind: (frozenset(heap.header), heap.size) for kind, heap in self._heaps.items()}

    @contextmanager
    def rows(self, kind: str) -> Iterator["SpooledRows"]:
        """The rows of a kind, in the order they came."""
        yield SpooledRows(self._heaps[kind])

    def close(self) -> None:
        """Let go of everything."""
        for heap in self._heaps.values():
            heap.file.close()


class SpooledRows:
    """What is read back of one kind."""

    remarks: tuple[str, ...] = ()

    def __init__(self, heap: _Heap) -> None:
        self._heap, self.position = heap, 0

    def __iter__(self) -> Iterator[Record]:
        self._heap.file.seek(0)
        self.position = 0
        for text in self._heap.file:
            file, line, row = json.loads(text)
            at, self.position = self.position, self.position + len(text)
            best = self._heap.best.get(hash(row["id"])) if row.get("id") else None
            if best is None or best[0] == at:
                yield Record(line, row, file=file)
