"""The table of BUDGETS: queries, compressed bytes, and processor time in hellos.

A hello is the processor time that a bare Flask view takes under the same server (one sync worker, one request at a
time, warm), measured in the same interleaved run; the median of the rounds is shown.
"""

import gzip
import statistics
from collections.abc import Callable

from bench.counting import counted
from bench.pages import Budget
from bench.server import Server, serving
from bench.stage import Stage, stage


def run(*, rounds: int, requests: int) -> None:
    """Measure every page and print the table."""
    with stage() as scene:
        sizes = {budget.name: _size(scene, budget) for budget in scene.budgets}
        with serving("bench.hello:app", {}) as bare, serving("wsgi:app", scene.environment) as ours:
            hellos = _hellos(scene, bare, ours, rounds=rounds, requests=requests)
    _print(scene.budgets, sizes, hellos)


def _size(scene: Stage, budget: Budget) -> tuple[int, int]:
    """Queries and compressed bytes of one answer, in this process, when it is not the first."""
    form = scene.form(budget)
    scene.ask(budget, form)
    with counted(scene.app) as statements:
        response = scene.ask(budget, form)
    return len(statements), len(gzip.compress(response.data, 6))


def _hellos(scene: Stage, bare: Server, ours: Server, *, rounds: int, requests: int) -> dict[str, float]:
    ratios: dict[str, list[float]] = {budget.name: [] for budget in scene.budgets}
    forms = {budget.name: scene.form(budget) for budget in scene.budgets}
    for number in range(rounds + 1):
        hello = _seconds(bare, requests * 8, lambda: bare.get("/", {}) == 200) / 8
        for budget in scene.budgets:

            def ask(budget: Budget = budget) -> bool:
                return scene.ask_of(ours, budget, forms[budget.name])

            spent = _seconds(ours, requests, ask)
            if number:  # the first round warms up
                ratios[budget.name].append(spent / hello)
    return {name: statistics.median(found) for name, found in ratios.items()}


def _seconds(server: Server, times: int, ask: Callable[[], bool]) -> float:
    before = server.processor_seconds()
    for _ in range(times):
        assert ask()
    return server.processor_seconds() - before


def _print(budgets: list[Budget], sizes: dict[str, tuple[int, int]], hellos: dict[str, float]) -> None:
    print(f"{'page':38}{'queries':>10}{'at most':>9}{'hellos':>9}{'at most':>9}{'bytes':>9}{'at most':>9}")
    for budget in budgets:
        queries, size = sizes[budget.name]
        over = queries > budget.queries or hellos[budget.name] > budget.hellos or (budget.bytes and size > budget.bytes)
        most = f"{budget.bytes:>9}" if budget.bytes else " " * 9
        print(
            f"{budget.name:38}{queries:>10}{budget.queries:>9}{hellos[budget.name]:>9.1f}{budget.hellos:>9}"
            f"{size:>9}{most}{'  over' if over else ''}"
        )
