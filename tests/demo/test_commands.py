"""`portal demo` as a person or a program runs it: exit status, one-line errors, and a server that answers."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PORTAL = [sys.executable, "-c", "from portal.cli import main; main()"]
#: Settings of whoever runs the tests are none of the demo's business.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_") and name != "DATABASE_URL"}

pytestmark = pytest.mark.slow


def portal(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this folder."""
    told = {**CLEAN, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([*PORTAL, *words], cwd=folder, env=told, capture_output=True, text=True, check=False)


def is_one_plain_line(said: str) -> bool:
    return said.count("\n") == 1 and "Traceback" not in said


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[Path]:
    """Where a demo was seeded with no setting at all."""
    where = tmp_path_factory.mktemp("demo")
    done = portal(where, "demo", "seed")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("The demo is filled.")
    return where


def test_the_demo_keeps_to_itself(folder):
    assert {path.name for path in (folder / "instance").iterdir()} == {"demo"}
    database = folder / "instance" / "demo" / "portal.sqlite"
    assert database.stat().st_mode & 0o077 == 0


def test_seeding_twice_is_no_error_and_changes_nothing(folder):
    again = portal(folder, "demo", "seed")
    assert again.returncode == 0
    assert "already seeded" in again.stdout


def test_accounts_for_people(folder):
    told = portal(folder, "demo", "accounts", "--port", "8123")
    assert told.returncode == 0
    assert "http://127.0.0.1:8123/sign-in/staff" in told.stdout
    assert "Elena Marsh" in told.stdout


def test_accounts_for_programs(folder):
    told = portal(folder, "demo", "accounts", "--json")
    assert told.returncode == 0
    people = {one["name"]: one for one in json.loads(told.stdout)}
    assert people["Elena Marsh"]["sign_in"]["way"] == "card"
    assert people["Grace Lindqvist"]["role"] == "supervisor"
    assert len(people) > 50


def test_accounts_before_there_is_a_demo(tmp_path):
    told = portal(tmp_path, "demo", "accounts")
    assert told.returncode != 0
    assert told.stdout == ""
    assert is_one_plain_line(told.stderr)


def test_a_live_database_is_left_alone(tmp_path):
    assert portal(tmp_path, "migrate").returncode == 0
    live = {"PORTAL_INSTANCE": str(tmp_path / "instance")}
    for words in (["seed"], ["seed", "--fresh"], ["serve"], ["accounts"]):
        done = portal(tmp_path, "demo", *words, **live)
        assert done.returncode != 0, words
        assert is_one_plain_line(done.stderr), (words, done.stderr)
    assert "live" in portal(tmp_path, "demo", "seed", **live).stderr


def test_a_database_that_never_said_what_it_is_is_left_alone(tmp_path):
    path = tmp_path / "somebody.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE person (id TEXT)")
        connection.execute("INSERT INTO person VALUES ('x')")
    path.chmod(0o600)
    done = portal(tmp_path, "demo", "seed", DATABASE_URL=f"sqlite:///{path}")
    assert done.returncode != 0
    assert is_one_plain_line(done.stderr)
    assert "nothing was changed" in done.stderr
    with sqlite3.connect(path) as connection:
        assert [row[0] for row in connection.execute("SELECT name FROM sqlite_master")] == ["person"]


def test_a_port_that_is_taken_is_one_line(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = portal(folder, "demo", "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode != 0
    assert is_one_plain_line(done.stderr)


def test_the_server_answers_and_ends_with_its_children(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*PORTAL, "demo", "serve", "--port", str(port)], cwd=folder, env={**CLEAN, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        page = answer_of(f"http://127.0.0.1:{port}/demo")
        assert "Elena Marsh" in page
    finally:
        server.send_signal(signal.SIGTERM)
        said, complained = server.communicate(timeout=30)
    assert server.returncode == 0, complained
    assert complained == ""
    assert f"http://127.0.0.1:{port}/demo" in said
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)


def answer_of(address: str) -> str:
    """What is answered there, once somebody does."""
    for _try in range(150):
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)
