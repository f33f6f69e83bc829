"""Sustained work: mixed requests at a steady rate, one in ten a write, against a server of some workers.

Requests start when they are due, whether or not the ones before were answered, so that a server that falls behind
shows it: waiting counts from the moment a request was due.
"""

import statistics
import threading
import time
from dataclasses import dataclass, field
from itertools import count

from bench.pages import Budget
from bench.server import Server, serving
from bench.stage import Stage, stage

MOST_MILLISECONDS = 250
#: How many may be on their way at once; a browser waits no longer than its own time-out.
HANDS = 32


@dataclass
class Tally:
    """What came back."""

    waits: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def run(*, rate: int, seconds: int, workers: int) -> None:
    """Keep it up for so long, and print how long people waited."""
    with stage() as scene, serving("wsgi:app", scene.environment, workers=workers) as server:
        asked = _mix(scene)
        for budget, form in asked:  # every worker has seen every page
            for _ in range(workers * 2):
                scene.ask_of(server, budget, form)
        tally, began = Tally(), time.perf_counter()
        _keep_up(scene, server, asked, tally, rate=rate, seconds=seconds)
        took = time.perf_counter() - began
    _print(tally, took, rate=rate, workers=workers)


def _mix(scene: Stage) -> list[tuple[Budget, str]]:
    """Ten requests: each page that is looked at, as often as the others, and one that is sent."""
    pages = [budget for budget in scene.budgets if not budget.words]
    (sent,) = [budget for budget in scene.budgets if budget.words]
    return [*((budget, "") for budget in pages[:9]), (sent, scene.form(sent))]


def _keep_up(
    scene: Stage, server: Server, asked: list[tuple[Budget, str]], tally: Tally, *, rate: int, seconds: int
) -> None:
    numbers, lock, began = count(), threading.Lock(), time.perf_counter()

    def work() -> None:
        while (number := next(numbers)) < rate * seconds:
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            budget, form = asked[number % len(asked)]
            try:
                fault = "" if scene.ask_of(server, budget, form) else f"{budget.name}: not the answer it should be"
            except OSError as problem:
                fault = f"{budget.name}: {type(problem).__name__}"
            waited = (time.perf_counter() - due) * 1000
            with lock:
                (tally.writes if form else tally.waits).append(waited)
                if fault:
                    tally.faults.append(fault)

    hands = [threading.Thread(target=work) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def _print(tally: Tally, took: float, *, rate: int, workers: int) -> None:
    every = tally.waits + tally.writes
    last = statistics.quantiles(every, n=100)
    late = statistics.quantiles(tally.writes, n=20)[-1]
    print(
        f"{len(every)} requests in {took:.1f} s ({len(every) / took:.0f} a second, {rate} wanted), {workers} workers."
    )
    print(
        f"Waiting: median {statistics.median(every):.0f} ms, 95th percentile {last[94]:.0f} ms"
        f" (at most {MOST_MILLISECONDS}), 99th {last[98]:.0f} ms, longest {max(every):.0f} ms;"
        f" 95th of {len(tally.writes)} writes {late:.0f} ms."
    )
    print(f"Errors: {len(tally.faults)}.")
    for fault in sorted(set(tally.faults)):
        print(f"  {tally.faults.count(fault)} x {fault}")
