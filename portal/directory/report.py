"""What an import did: rows kept, changed, closed, repaired and refused, and why, with file and line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from portal.i18n import _

#: Problems listed one by one; beyond, only counted. A file of another kind altogether must not fill the memory.
MOST_PROBLEMS: Final = 50_000


@dataclass(slots=True)
class Counts:
    """Rows of one table. Every row read is either kept (added, updated, unchanged) or refused."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0
    repaired: int = 0
    refused: int = 0

    @property
    def kept(self) -> int:
        """Rows of the package that are now in the directory."""
        return self.added + self.updated + self.unchanged


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that was repaired or refused. `line` is the first line of the row in its file, 0 for the whole file."""

    table: str
    file: str
    line: int
    refused: bool
    reason: str
    #: What the source calls the row, if it says so: enough to find it there.
    row_id: str = ""
    name: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}"


@dataclass(slots=True)
class ImportReport:
    """The outcome of one import."""

    source: str
    dialect: str = ""
    tables: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: Problems beyond those listed.
    unlisted: int = 0

    def of(self, table: str) -> Counts:
        """The counts of one table, by its HSDS name."""
        return self.tables.setdefault(table, Counts())

    def total(self, name: str) -> int:
        """One count over all tables: "kept", "added", "updated", "unchanged", "closed", "repaired" or "refused"."""
        return sum(getattr(counts, name) for counts in self.tables.values())

    def note(self, problem: Problem) -> None:
        """Take down a problem, and count it if it is about a row."""
        if problem.line:
            counts = self.of(problem.table)
            if problem.refused:
                counts.refused += 1
            else:
                counts.repaired += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.unlisted += 1

    def as_csv(self) -> Iterator[str]:
        """The problems as a table for a person to work through, a line at a time; those left out come first.

        It opens in a spreadsheet: it starts with the mark of UTF-8, and no cell can be taken for a formula.
        """
        heads = (_("What was done"), _("File"), _("Line"), _("Table"), _("Id"), _("Name"), _("Why"))
        yield "\ufeff" + _line(heads)
        for problem in sorted(self.problems, key=lambda problem: not problem.refused):
            done = _("Left out") if problem.refused else _("Repaired") if problem.line else _("Noted")
            line = str(problem.line or "")
            yield _line((done, problem.file, line, problem.table, problem.row_id, problem.name, problem.reason))
        if self.unlisted:
            yield _line((_("Not listed"), "", "", "", "", "", str(self.unlisted)))

    def as_json(self) -> dict[str, Any]:
        """The report in values JSON knows."""
        return {
            "source": self.source,
            "dialect": self.dialect,
            "totals": {name: self.total(name) for name in _COUNTED},
            "tables": {name: asdict(counts) | {"kept": counts.kept} for name, counts in self.tables.items()},
            "problems": [asdict(problem) for problem in self.problems],
            "problems_not_listed": self.unlisted,
        }


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(["'" + cell if cell[:1] in tuple("=+-@\t\r") else cell for cell in cells])
    return written.getvalue()


_COUNTED: Final = ("kept", "added", "updated", "unchanged", "closed", "repaired", "refused")
