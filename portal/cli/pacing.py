"""A long import in the shell: a line that tells how far it is, and a pause for other writers now and then."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

if TYPE_CHECKING:
    from portal.work import Work

#: How much of SQLite's file an import keeps in memory: random ids touch all of it.
LARGE_CACHE_MB: Final = 128
_SAYS: Final = {"reading": "Reading the files", "indexing": "Making it easy to find"}


class Paced:
    """What an import calls between two steps. Progress goes to standard error, and only to a person's terminal."""

    def __init__(self, work: "Work", *, quiet: bool = False) -> None:
        self._work, self._shows = work, not quiet and sys.stderr.isatty()
        self._saved = time.monotonic()
        self._wrote = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wrote:
            click.echo("", err=True)

    def step(self, phase: str, done: int, total: int) -> None:
        """Save what is done if that was a while ago, let others write, and tell how far it is."""
        from portal.jobs.running import BREATH, SAVE_EVERY
        from portal.work import save_so_far

        if time.monotonic() - self._saved < SAVE_EVERY:
            return
        save_so_far(self._work, pause=lambda: time.sleep(BREATH))
        self._saved = time.monotonic()
        if self._shows:
            percent = min(100, done * 100 // total) if total else 0
            click.echo(f"\r{_SAYS[phase]}: {percent:>3} %  ", nl=False, err=True)
            self._wrote = True
