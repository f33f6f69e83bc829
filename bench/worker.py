"""What one worker takes: how long until it can answer, and what it holds after many mixed requests."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from bench.server import ROOT, serving
from bench.stage import stage

MOST_MEGABYTES, MOST_SECONDS = 120, 1.5


def memory(*, requests: int) -> None:
    """Ask a worker for every page in turn and print what it holds."""
    with stage() as scene, serving("wsgi:app", scene.environment) as server:
        forms = [(budget, scene.form(budget)) for budget in scene.budgets]
        held = []
        for part in range(5):
            for number in range(requests // 5):
                budget, form = forms[(number + part) % len(forms)]
                assert scene.ask_of(server, budget, form)
            held.append(server.memory_megabytes())
    print(f"Memory of a worker after {requests} mixed requests: {held[-1]:.0f} MB (at most {MOST_MEGABYTES}).")
    print(f"On the way: {', '.join(f'{one:.0f}' for one in held)} MB.")


def start(*, rounds: int) -> None:
    """Import the application in a new process, several times, and print how long it took.

    Python keeps what it compiled, as it does after the first start on any machine.
    """
    with stage() as scene, tempfile.TemporaryDirectory(prefix="portal-bytecode-") as compiled:
        given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        here = {"PORTAL_ORIGIN": "http://127.0.0.1:8000", "PYTHONPYCACHEPREFIX": compiled}
        environment = {**given, **scene.environment, **here}
        command = [sys.executable, "-c", "import wsgi; wsgi.app"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        spent, used = [], []
        for _ in range(max(3, rounds)):
            before, children = time.perf_counter(), os.times()
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            after = os.times()
            spent.append(time.perf_counter() - before)
            used.append(after.children_user + after.children_system - children.children_user - children.children_system)
    print(
        f"Cold start: {statistics.median(spent):.2f} s, {statistics.median(used):.2f} s of them processor time"
        f" (at most {MOST_SECONDS} s)."
    )
