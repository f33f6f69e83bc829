"""Where Chromium is on this machine, and how the tests start it: never the network, never a profile that stays."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: Headless without the calls home that a fresh profile makes.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of an installed Chromium (or what PORTAL_CHROMIUM says); None where there is none."""
    return os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch_arguments() -> list[str]:
    """The arguments to start it with. Chromium's sandbox refuses root, and it sees only our own pages."""
    return [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
