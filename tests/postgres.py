"""A throw-away PostgreSQL for the tests: made in a temporary folder, listening only there, gone at the end.

    python -m tests.postgres run -- pytest -q

starts one, tells the command its address in PORTAL_TEST_DATABASE_URL, and ends with the command's exit status.
It needs PostgreSQL's own programs on this machine and nothing else: no service, no password, no free port.
"""

import argparse
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

#: Where the suite looks for the server it may make databases on.
ADDRESS = "PORTAL_TEST_DATABASE_URL"
#: What a test cluster can do without: it need not outlive a power cut.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
START_SECONDS = 30


def find_programs() -> Path | None:
    """The folder with initdb and postgres, the newest release first; None where there is no server installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_release, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _release(folder: Path) -> int:
    digits = re.match(r"\d+", folder.parent.name)
    return int(digits.group()) if digits else 0


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server of our own and give the address of its first database; stop it and remove it at the end.

    Raises:
        RuntimeError: PostgreSQL is not installed, or did not start; the text says which.
    """
    programs = find_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed")
    # A short path: the name of a Unix socket may have 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/tmp"))
    owner = _owner()
    try:
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        _make_files(programs, home, owner)
        server = _start(programs, home, owner)
        try:
            yield f"postgresql://portal@/postgres?host={home}"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root, so somebody without powers stands in for it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL refuses to run as root and this machine has no user to run it as")


def _identity(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _make_files(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    command = [str(programs / "initdb"), "-D", str(home / "data"), "-U", "portal", "-A", "trust", "--no-sync"]
    command += ["-E", "UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **_identity(owner))
    if made.returncode:
        raise RuntimeError(f"PostgreSQL's initdb failed: {made.stderr.strip()}")


def _start(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    # Only a Unix socket inside our own folder: no port to fight over, nobody else on the machine can come in.
    options = {"listen_addresses": "", "unix_socket_directories": str(home), **QUICK}
    command = [str(programs / "postgres"), "-D", str(home / "data")]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, **_identity(owner))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=str(home), user="portal", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return server
    server.kill()
    server.wait()
    raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text(errors='replace').strip()}")


def create_database(url: str, name: str) -> str:
    """Make an empty database called `name` on the server at `url` (an old one of that name goes) and give its address.

    Each worker of a parallel run makes its own: `create_database(os.environ[ADDRESS], f"test_{worker_id}")`.
    """
    with _administrator(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str, name: str) -> None:
    """Remove the database called `name` from the server at `url`, and whoever is still connected to it."""
    with _administrator(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _administrator(url: str) -> Iterator[psycopg.Connection]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)  # libpq's spelling
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)


def main(arguments: Sequence[str]) -> int:
    """Run a command beside a server of its own; its exit status is ours."""
    parser = argparse.ArgumentParser(prog="python -m tests.postgres", description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a command beside a throw-away PostgreSQL")
    run.add_argument("command", nargs=argparse.REMAINDER, help="-- and the command with its arguments")
    command = [part for part in parser.parse_args(arguments).command if part != "--"]
    if not command:
        parser.error("say what to run, after --")
    signal.signal(signal.SIGTERM, _stop)
    try:
        with cluster() as url:
            return subprocess.run(command, env={**os.environ, ADDRESS: url}, check=False).returncode
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
