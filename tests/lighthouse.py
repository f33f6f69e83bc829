"""Lighthouse on five pages of a client, as a slow phone meets them: `make lighthouse` (needs Node and npm).

    python -m tests.lighthouse

Accessibility and best practices must reach 100, performance 98, on Lighthouse's own slow phone profile. The demo is
served from this machine without a proxy, so nothing is compressed on the way but the static files.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from tests.chromium import find_chromium, launch_arguments
from tests.pages import COOKIES, arrive, fill, free_settings, served, walk

OUT = Path(__file__).parent / "out"
LIGHTHOUSE = OUT / "node" / "node_modules" / ".bin" / "lighthouse"
WHO = "elena"
PAGES = ("home.show", "plans.goals", "plans.plan", "referrals.index", "messages.thread")
WANTED = {"accessibility": 100, "best-practices": 100, "performance": 98}


def scores(url: str, cookies: str, folder: Path) -> dict[str, int]:
    """What Lighthouse gives one page, out of 100 each."""
    report, headers = folder / "report.json", folder / "headers.json"
    headers.write_text(json.dumps({"Cookie": cookies}), encoding="utf-8")
    asked = [
        str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={report}", f"--extra-headers={headers}",
        f"--only-categories={','.join(WANTED)}", f"--chrome-flags=--headless=new {' '.join(launch_arguments())}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": find_chromium() or ""}
    subprocess.run(asked, check=True, env=environment, stdout=subprocess.DEVNULL)
    told = json.loads(report.read_text("utf-8"))
    shutil.copy(report, OUT / "lighthouse" / f"{url.strip('/').replace('/', '_').replace(':', '')}.json")
    return {name: round(100 * (told["categories"][name]["score"] or 0)) for name in WANTED}


def cookies_of(client: FlaskClient) -> str:
    """The header a signed-in browser would send."""
    kept = (client.get_cookie(name, domain="127.0.0.1") for name in COOKIES)
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in kept if cookie)


@contextmanager
def five_pages(folder: Path) -> Iterator[tuple[dict[str, str], str]]:
    """The pages' addresses by endpoint, and the cookies to look at them with, while they are served."""
    settings = free_settings(folder)
    fill(settings)
    with served(settings) as (app, origin):
        client, first = arrive(app, origin, WHO, "en")
        found = walk(app, client, origin, first)
        yield {endpoint: origin + found[endpoint] for endpoint in PAGES}, cookies_of(client)


def main() -> int:
    """Run; 1 when a page is under what is wanted, or a tool is missing."""
    if find_chromium() is None or not LIGHTHOUSE.exists():
        print("Lighthouse needs Chromium, Node and npm: make node", file=sys.stderr)
        return 1
    (OUT / "lighthouse").mkdir(parents=True, exist_ok=True)
    under = 0
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse-") as thrown_away:
        folder = Path(thrown_away)
        with five_pages(folder) as (pages, cookies):
            for endpoint, url in pages.items():
                given = scores(url, cookies, folder)
                under += sum(given[name] < least for name, least in WANTED.items())
                print(f"{endpoint:20} " + "  ".join(f"{name} {score}" for name, score in given.items()), flush=True)
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
