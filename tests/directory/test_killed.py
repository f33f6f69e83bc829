"""An import that is killed at any moment and run again ends where it would have ended."""

import os
import signal
import sqlite3
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from bench import county
from portal.crypto import KeyRing

#: One import in a process of its own that saves after every step, and tells how many steps it has made.
PROGRAM = """
import sys
import portal.cli.models
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.crypto import KeyRing
from portal.db import Base, make_engine, make_sessions
from portal.directory import importer, intake
from portal.work import save_so_far, unit_of_work
intake._BATCH, importer._INDEXED = 200, 80
engine = make_engine(sys.argv[1], KeyRing.parse(sys.argv[3]))
Base.metadata.create_all(engine)
def step(phase, done, total):
    save_so_far(work, pause=lambda: None)
    print(phase, flush=True)
with make_sessions(engine)() as session:
    with unit_of_work(session, ANONYMOUS, scope=Scope.every_case(because="a test")) as work:
        importer.import_package(session, sys.argv[2], source_name="county", step=step)
print("done", flush=True)
"""
#: What is another in each database: times, and fingerprints, which our own ids are part of.
OURS = {"added_at", "changed_at", "closed_at", "fingerprint"}
RING = KeyRing.generate()


def bring_in(database: Path, folder: Path, *, steps: int = 0) -> int:
    """Import; kill it after so many steps. How many steps it made."""
    arguments = [sys.executable, "-c", PROGRAM, f"sqlite:///{database}", str(folder), RING]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    made = 0
    with Popen(arguments, stdout=PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "done":
                break
            made += 1
            if steps and made == steps:
                os.kill(process.pid, signal.SIGKILL)
                break
    assert steps or process.returncode == 0
    return made


def told(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the directory says, without what differs from one import to another: our own ids and times."""
    with sqlite3.connect(database) as connection:
        names = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'directory_%' ORDER BY name"
        )]  # fmt: skip
        found: dict[str, list[tuple[object, ...]]] = {}
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            if "external_id" in columns:
                said = [c for c in columns if not c.endswith("id") and c not in OURS]
                said += ["external_id", "closed_at IS NULL"]
                pointers = [c for c in columns if c.endswith("_id") and c not in {"external_id", "source_id"}]
                said += [f"{c} IS NULL" for c in pointers]
                wanted = ", ".join(f'"{c}"' if " " not in c else c for c in said)
                found[name] = sorted(connection.execute(f"SELECT {wanted} FROM {name}"), key=repr)
        found["documents"] = sorted(connection.execute("SELECT sort_name FROM directory_document"))
        found["index"] = sorted(connection.execute("SELECT name, place, filters FROM directory_search"))
        found["unfinished"] = list(connection.execute("SELECT unfinished FROM directory_source"))
    return found


@pytest.mark.slow
@pytest.mark.sqlite  # what is killed is the process; the database is any
def test_killed_at_any_moment_and_run_again_it_is_the_same_directory(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    county.write(first, 400)
    county.write(second, 400)
    lines = (second / "services.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1::7] = [line.replace(" ", " newly ", 1) for line in lines[1::7]]
    (second / "services.csv").write_text("".join(lines[:-60]), encoding="utf-8")
    whole, broken = tmp_path / "whole.sqlite", tmp_path / "broken.sqlite"
    steps = [bring_in(whole, first), bring_in(whole, second)]
    for folder, most, kills in ((first, steps[0], (3, 1.1)), (second, steps[1], (2,))):
        for part in kills:
            bring_in(broken, folder, steps=int(most / part))
        assert told(broken)["unfinished"] == [(1,)]
        bring_in(broken, folder)
    assert min(steps) > 8
    assert told(broken) == told(whole)
