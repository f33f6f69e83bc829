"""Two servers side by side, one bare and one ours, and what a request costs their processor."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A gunicorn with sync workers, the set-up the portal is served with."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, workers: int) -> None:
        self.process, self.port = process, port
        self.workers = self._find_workers(workers)

    def _find_workers(self, wanted: int) -> list[int]:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            if len(children) >= wanted and self._answers():
                return [int(child) for child in children]
            time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def _answers(self) -> bool:
        try:
            return self.get("/livez", {}) in {200, 404}
        except OSError:
            return False

    def get(self, path: str, headers: dict[str, str]) -> int:
        """Ask once; the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def post(self, path: str, headers: dict[str, str], body: str) -> int:
        """Send a form once; the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(
            "POST", path, body=body, headers={**headers, "Content-Type": "application/x-www-form-urlencoded"}
        )
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def processor_seconds(self) -> float:
        """What the workers have used so far, user and system."""
        used = 0
        for worker in self.workers:
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
        return used / TICK

    def memory_megabytes(self) -> float:
        """What the largest worker holds in memory now."""
        held = [0.0]
        for worker in self.workers:
            lines = Path(f"/proc/{worker}/status").read_text().splitlines()
            held += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
        return max(held)


@contextmanager
def serving(application: str, environment: dict[str, str], *, workers: int = 1) -> Iterator[Server]:
    """Serve `module:name` on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value.replace("PORT", str(port)) for key, value in environment.items()}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    command += ["--worker-class", "sync", "--log-level", "error", application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield Server(process, port, workers)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
