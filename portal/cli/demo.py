"""`portal demo`: a made-up organisation to look round in. It never touches a database that is not a demo."""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING

import click

from portal.cli.context import read_settings
from portal.cli.run import run_server

if TYPE_CHECKING:
    from portal.demo.listing import Listed
    from portal.settings import Settings

#: What a demo is told unless its operator says otherwise.
_USUAL = {"PORTAL_OFFICE_PHONE": "(555) 555-0100", "PORTAL_OFFICE_HOURS": "Mon–Fri 9–5"}
_WORKERS = 2
_LOOKS_EVERY = 1.0


@click.group()
def demo() -> None:
    """A made-up organisation to look round in; its database is its own (instance/demo, unless you name another)."""


@demo.command()
@click.option("--fresh", is_flag=True, help="Take everything out of the demo and start over.")
def seed(*, fresh: bool) -> None:
    """Fill the demo with made-up people, places and stories. A demo that is filled stays as it is."""
    _fill(_demo_environment(None), fresh=fresh)


@demo.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list for a program to read.")
@click.option("--port", default=8000, show_default=True, help="The port the demo is served on.")
def accounts(*, as_json: bool, port: int) -> None:
    """List who can sign in to the demo, and how."""
    from portal.demo.listing import accounts as listed

    origin = _demo_environment(port)["PORTAL_ORIGIN"]
    _refuse_unfilled(read_settings())
    if as_json:
        click.echo(json.dumps([one.as_json(origin) for one in listed()], indent=1, ensure_ascii=False))
    else:
        click.echo(_table(listed(), origin))


@demo.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the demo; fill it first if need be. Stop it with Ctrl-C."""
    from portal.demo.listing import Group
    from portal.demo.listing import accounts as listed

    environment = _demo_environment(port)
    _refuse_taken(host, port)
    _fill(environment, fresh=False)
    told = [one for one in listed() if one.group is not Group.MORE]
    click.echo(_table(told, environment["PORTAL_ORIGIN"]))
    with _delivering():
        run_server(host, port, _WORKERS)


def _demo_environment(port: int | None) -> dict[str, str]:
    """Make this process, and those it starts, one of a demo."""
    from portal.demo.cast import ORGANISATION

    if not os.environ.get("PORTAL_INSTANCE") and not os.environ.get("DATABASE_URL"):
        os.environ["PORTAL_INSTANCE"] = str(Path("instance", "demo").absolute())
    os.environ["PORTAL_DEMO"] = "1"
    origin = f"http://127.0.0.1:{port or 8000}"
    for name, value in {**_USUAL, "PORTAL_ORGANISATION": ORGANISATION, "PORTAL_ORIGIN": origin}.items():
        os.environ[name] = os.environ.get(name) or value
    return dict(os.environ)


def _fill(environment: dict[str, str], *, fresh: bool) -> None:
    import portal.cli.models  # noqa: F401  every table has to be known before one of them is emptied
    from portal.cli.setup import bring_up
    from portal.db import make_engine, make_sessions
    from portal.demo.seeding import in_haste, seed
    from portal.installation import Kind

    _refuse_strangers(environment)
    settings = bring_up(environment, kind=Kind.DEMO, say=lambda _text: None)
    engine = make_engine(settings.database_url, settings.key_ring())
    in_haste(engine)
    try:
        done = seed(settings, make_sessions(engine), fresh=fresh)
    finally:
        engine.dispose()
    click.echo("The demo is filled." if done else "The demo is already seeded. (portal demo seed --fresh starts over.)")


def _refuse_strangers(environment: dict[str, str]) -> None:
    """Refuse a database that knows people and never said what it is: it may be somebody's own."""
    from sqlalchemy import create_engine

    from portal.demo.seeding import knows_people
    from portal.installation import WrongKind, has_row

    instance = Path(environment.get("PORTAL_INSTANCE") or "instance").absolute()
    address = environment.get("DATABASE_URL") or f"sqlite:///{instance / 'portal.sqlite'}"
    if address.startswith("sqlite:///") and not Path(address.removeprefix("sqlite:///")).exists():
        return
    engine = create_engine(address.replace("postgres://", "postgresql://", 1))
    try:
        if not has_row(engine) and knows_people(engine):
            raise WrongKind("this database holds people and is no demo: nothing was changed")
    finally:
        engine.dispose()


def _refuse_unfilled(settings: "Settings") -> None:
    from portal.cli.context import system_work
    from portal.db import make_engine
    from portal.demo.seeding import is_filled
    from portal.installation import has_row

    engine = make_engine(settings.database_url, settings.key_ring())
    known = has_row(engine)
    engine.dispose()
    if known:
        with system_work("listing the demo's accounts", read_only=True, settings=settings) as work:
            known = is_filled(work)
    if not known:
        raise click.ClickException("there is no demo here yet: run 'portal demo seed' first")


def _refuse_taken(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        raise click.ClickException(f"port {port} of {host} is in use: choose another with --port") from None


def _table(listed: "list[Listed]", origin: str) -> str:
    """Who signs in where and with what, to be read in a terminal."""
    lines = ["", f"Open {origin}/demo to be one of them with one press. Or sign in as they do:"]
    for path in dict.fromkeys(one.path for one in listed):
        part = [one for one in listed if one.path == path]
        widths = [max(len(one.typed[place]) for one in part) for place in (0, 1)]
        lines += ["", f"{origin}{path}"]
        for one in part:
            typed = "  ".join(text.ljust(width) for text, width in zip(one.typed, widths, strict=True))
            lines.append(f"  {typed}  {one.name}: {one.note}")
    return "\n".join([*lines, ""])


@contextmanager
def _delivering() -> Iterator[None]:
    """Run the worker in a process of its own while the server runs; it ends with this one, however this one ends."""
    started_by = os.getpid()
    # It ends when its standard input does: that holds even when this process is killed.
    worker = Popen([sys.executable, "-c", "from portal.cli.demo import deliver; deliver()"], stdin=PIPE)
    try:
        yield
    finally:
        if os.getpid() == started_by and worker.stdin is not None:  # the server's processes are forked from here
            worker.stdin.close()
            worker.wait(timeout=10)


def deliver() -> None:
    """Deliver until standard input ends."""
    from portal.cli.chores import chores
    from portal.cli.jobs import crew_of
    from portal.worker import run_worker

    stop = Signal()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the server stops, and this one after it

    def wait_for_end() -> None:
        sys.stdin.read()
        stop.set()

    Thread(target=wait_for_end, daemon=True).start()
    settings = read_settings()
    run_worker(settings, stop, every=_LOOKS_EVERY, chores=chores(), crew=crew_of(settings))
