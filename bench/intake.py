"""How long an import of a state's directory takes, and how much memory: on SQLite, or on the server that is named."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from bench import county
from tests.postgres import ADDRESS, create_database

#: One import in a process of its own, so that its memory is its own.
_ONE = """
import sys
from pathlib import Path
import portal.cli.models
from portal.cli.pacing import LARGE_CACHE_MB
from portal.crypto import KeyRing
from portal.db import Base, make_engine, make_sessions
from portal.directory.importer import import_package
engine = make_engine(sys.argv[1], KeyRing.parse(KeyRing.generate()), cache_mb=LARGE_CACHE_MB)
Base.metadata.create_all(engine)
with make_sessions(engine)() as session:
    session.begin_work(write=True)
    report = import_package(session, Path(sys.argv[2]), source_name="county")
    session.commit()
told = {name: report.total(name) for name in ("kept", "added", "updated", "unchanged", "closed", "refused")}
print(", ".join(f"{name} {number:,}" for name, number in told.items() if number))
"""


def run(folder: Path, services: int) -> None:
    """Import a directory, import it again, and then one in which every hundredth service says something else."""
    if not (folder / "services.csv").exists():
        county.write(folder, services)
    server = os.environ.get(ADDRESS)
    path = folder.with_suffix(".sqlite").absolute()
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    url = create_database(server, "bench_intake") if server else f"sqlite:///{path}"
    print(f"{services:,} services into {'PostgreSQL' if server else 'SQLite'}")
    _timed("first", url, folder)
    _timed("again", url, folder)
    changed = _changed(folder)
    _timed("1 % changed", url, changed)


def _timed(label: str, url: str, folder: Path) -> None:
    start, used = time.perf_counter(), _processor()  # stopwatches, not the time of day
    with subprocess.Popen([sys.executable, "-c", _ONE, url, str(folder)], stdout=subprocess.PIPE, text=True) as child:
        told, _errors = child.communicate()
    seconds = time.perf_counter() - start
    processor = _processor() - used
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{label:<12}{seconds:>7.1f} s (processor {processor:.1f} s) {peak:>6.0f} MB  {told.strip() or 'failed'}",
        flush=True,
    )


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _changed(folder: Path) -> Path:
    """The same directory with a new word in every hundredth service."""
    other = folder.with_name(f"{folder.name}-changed")
    other.mkdir(exist_ok=True)
    for file in folder.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        if file.name == "services.csv":
            lines[1::100] = [line.replace(" ", " newly ", 1) for line in lines[1::100]]
        (other / file.name).write_text("".join(lines), encoding="utf-8")
    return other
