"""Setting up the database and running the portal's processes."""

import os
import signal
import sys
from pathlib import Path
from threading import Event as Signal

import click

from portal.cli.context import read_settings, settings_that_fit


@click.command()
def migrate() -> None:
    """Bring the database to this release's shape. On first run it makes the keys, too."""
    from portal.cli.setup import bring_up

    bring_up(os.environ, say=click.echo)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", default=0, help="Processes; 0 for one a core.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the portal with gunicorn. Put a proxy that speaks TLS before it."""
    settings = read_settings()  # so that a wrong setting is one line here and not one a worker
    if settings.https and not settings.trusted_proxies:
        click.echo("portal: PORTAL_TRUSTED_PROXIES is 0, so behind a proxy all people count as one address", err=True)
    run_server(host, port, workers or os.cpu_count() or 1)


def run_server(host: str, port: int, workers: int) -> None:
    """Become gunicorn: one blocking thread a process, a process a core (the measured best for these pages)."""
    from gunicorn.app.wsgiapp import WSGIApplication

    root = Path(__file__).parent.parent.parent
    options = ["--bind", f"{host}:{port}", "--workers", str(workers), "--preload"]
    options += ["--worker-class", "portal.cli.serving.Worker"]
    options += ["--access-logfile", "/dev/null", "--log-level", "warning", "--chdir", str(root), "wsgi:app"]
    sys.argv = ["gunicorn", *options]
    WSGIApplication("%(prog)s [OPTIONS]", prog="gunicorn").run()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between two looks.")
def worker(*, once: bool, every: float) -> None:
    """Send what waits in the outbox and carry out long work, such as an import. Run one beside the server."""
    from portal.cli.chores import chores
    from portal.cli.jobs import crew_of
    from portal.worker import run_worker

    settings, stop = settings_that_fit(), Signal()
    crew = None if once else crew_of(settings)
    if once:
        stop.set()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    run_worker(settings, stop, every=every, chores=chores(), crew=crew)
