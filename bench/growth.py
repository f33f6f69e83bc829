"""How cost grows: the same pages when there is ten times as much of what gathers with the years.

A page that shows a fixed number of rows may cost 1.2 times as much, one that shows all there is grows in line; the
number of queries stays what it was (BUDGETS). Measured in this process, the two portals asked in turn.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import picture
from bench.counting import counted
from bench.stage import Stage, stage

MOST = 1.2
OUT = Path(__file__).parent / "out" / "growth.svg"


@dataclass(frozen=True)
class Row:
    """One page: queries and milliseconds at each scale."""

    name: str
    whole: bool
    queries: tuple[int, ...]
    milliseconds: tuple[float, ...]

    @property
    def growth(self) -> float:
        """How many times the cost of the smallest."""
        return self.milliseconds[-1] / self.milliseconds[0]

    @property
    def is_over(self) -> bool:
        """Whether it grows more than it may."""
        return self.queries[-1] > self.queries[0] or (not self.whole and self.growth > MOST)


def run(*, rounds: int, scales: Sequence[int] = (1, 3, 10)) -> None:
    """Measure, print the table and draw the picture."""
    with ExitStack() as opened:
        scenes = [opened.enter_context(stage(scale)) for scale in scales]
        rows = [_row(scenes, number, rounds) for number in range(len(scenes[0].budgets))]
    _print(rows, scales)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(picture.lines(scales, [(row.name, row.milliseconds) for row in rows]), encoding="utf-8")
    print(f"The picture is {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}.")


def _row(scenes: Sequence[Stage], number: int, rounds: int) -> Row:
    asks = []
    for scene in scenes:
        budget = scene.budgets[number]
        asks.append(partial(scene.ask, budget, scene.form(budget)))
        asks[-1]()
    queries = []
    for scene, ask in zip(scenes, asks, strict=True):
        with counted(scene.app) as statements:
            ask()
        queries.append(len(statements))
    times: list[list[float]] = [[] for _ in asks]
    for _ in range(rounds * 4):
        for spent, ask in zip(times, asks, strict=True):
            spent.append(_milliseconds(ask))
    budget = scenes[0].budgets[number]
    return Row(budget.name, budget.whole, tuple(queries), tuple(map(statistics.median, times)))


def _milliseconds(ask: Callable[[], object], times: int = 5) -> float:
    before = time.process_time()
    for _ in range(times):
        ask()
    return (time.process_time() - before) / times * 1000


def _print(rows: Sequence[Row], scales: Sequence[int]) -> None:
    heads = "".join(f"{f'x{scale}, ms':>10}" for scale in scales)
    print(f"{'page':38}{'queries':>12}{heads}{'growth':>9}{'at most':>9}")
    for row in rows:
        queries = " ".join(map(str, row.queries))
        times = "".join(f"{one:>10.1f}" for one in row.milliseconds)
        most = "in line" if row.whole else f"{MOST:.1f}"
        print(f"{row.name:38}{queries:>12}{times}{row.growth:>9.2f}{most:>9}{'  over' if row.is_over else ''}")
