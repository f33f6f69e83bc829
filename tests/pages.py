"""Pictures of the pages: `make pages` fills a demo of its own, walks it as five people, and photographs what they see.

    python -m tests.pages                 the main pages: phone and desktop, English and Arabic, a few in the dark
    python -m tests.pages --all           every page a link leads to
    python -m tests.pages --only goal     pages whose name holds that word
    python -m tests.pages --paper         also what four pages look like on paper, as PDF
    python -m tests.pages --first-look    also docs/img/first-look.png, the picture in the README

Pictures, and a sheet with all of them, are in tests/out/pages. Of several pages of one kind the fullest is taken.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server

from portal import installation
from portal.app import create_app
from portal.cli.models import METADATA
from portal.crypto import KeyRing
from portal.db import make_engine, make_sessions
from portal.demo.cast import ORGANISATION
from portal.demo.seeding import in_haste, seed
from portal.installation import Kind
from portal.settings import Settings
from tests.chromium import find_chromium, launch_arguments
from tests.contact_sheet import FIRST_LOOK, picture_of, write_first_look, write_sheet

OUT = Path(__file__).parent / "out" / "pages"
WIDTHS = {"phone": (360, 740), "desktop": (1280, 900)}
LANGUAGES = ("en", "ar")
#: What the portal keeps in a browser when it is served without TLS: the session, and the language chosen.
COOKIES = ("portal", "language")
#: How many pages of one kind are opened to find the fullest, and how many addresses a walk opens at most.
CANDIDATES, LONGEST_WALK = 4, 250

#: Who walks, as the demo names them, and the pages of theirs that matter most. "" is somebody signed out.
MAIN: dict[str, tuple[str, ...]] = {
    "": ("accounts.sign_in", "accounts.ask_code", "demo.index"),
    "elena": (
        "home.show",
        "plans.goals",
        "plans.goal",
        "plans.plan",
        "plans.write_goal",
        "strengths.sheet",
        "referrals.index",
        "referrals.show",
        "messages.thread",
        "resources.search",
        "resources.show",
        "supporters.index",
        "trail.index",
    ),
    "layla": ("home.show", "strengths.sheet", "messages.thread"),
    "luis": ("home.supporter",),
    "dana": (
        "staff.caseload",
        "staff.queue",
        "staff.item",
        "staff.client",
        "plans.plan",
        "messages.thread",
        "referrals.index",
        "staff.card",
        "staff.open_case",
    ),
    "grace": ("supervision.overview",),
    "sofia": ("admin.people", "admin.programmes", "admin.directory"),
}
IN_THE_DARK = frozenset({"home.show", "messages.thread", "staff.caseload"})
ON_PAPER = frozenset({"plans.plan", "referrals.index", "messages.thread", "staff.card"})


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take: whose page, in which language, how wide, in which light."""

    who: str
    endpoint: str
    url: str
    language: str
    size: str
    dark: bool = False

    @property
    def page(self) -> str:
        """The page, whatever the picture."""
        return f"{self.who or 'nobody'}-{self.endpoint}"

    @property
    def file(self) -> Path:
        """Where the picture goes."""
        return OUT / f"{self.page}-{self.language}-{self.size}{'-dark' if self.dark else ''}.png"


def free_settings(folder: Path) -> Settings:
    """Settings of a demo in this folder. Its keys are kept there, so that a folder can be used again."""
    keys = folder / "keys"
    if not keys.exists():
        keys.write_text(KeyRing.generate(), encoding="utf-8")
    return Settings(
        database_url=f"sqlite:///{folder / 'pages.sqlite'}",
        secret_key="only for pictures, and long enough to be accepted",
        encryption_keys=keys.read_text(encoding="utf-8"),
        instance=folder,
        organisation=ORGANISATION,
        office_phone="(555) 555-0100",
        office_hours="Mon–Fri 9–5",
        password_cost=1,
        demo=True,
    )


def fill(settings: Settings) -> None:
    """Make the tables and the demo's people, unless they are there."""
    engine = make_engine(settings.database_url, settings.key_ring())
    in_haste(engine)
    METADATA.create_all(engine)
    sessions = make_sessions(engine)
    if not installation.has_row(engine):
        with sessions.begin() as session:
            installation.settle(session, Kind.DEMO)
    seed(settings, sessions)
    engine.dispose()


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(settings: Settings) -> Iterator[tuple[Flask, str]]:
    """The application and its address, answering on a free port of this machine until the block ends."""
    probe = make_server("127.0.0.1", 0, Flask("nothing"))
    port = probe.port
    probe.server_close()
    origin = f"http://127.0.0.1:{port}"
    app = create_app(replace(settings, origin=origin))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield app, origin
    finally:
        server.shutdown()
        app.extensions["portal"].engine.dispose()


def arrive(app: Flask, origin: str, who: str, language: str) -> tuple[FlaskClient, str]:
    """Sign in as somebody of the demo who reads this language.

    Returns:
        the client, cookies included, and the address of their first page.
    """
    client = app.test_client()
    client.get("/demo", base_url=origin)
    first = _post(client, origin, f"/demo/sign-in/{who}") if who else "/sign-in"
    _post(client, origin, "/language", language=language, back="/")
    while who and client.get(first, base_url=origin).status_code in {301, 302, 303}:
        first = urlsplit(client.get(first, base_url=origin).headers["Location"]).path
    return client, first


def _post(client: FlaskClient, origin: str, path: str, **fields: str) -> str:
    page = BeautifulSoup(client.get("/demo", base_url=origin).text, "html.parser")
    keys = {str(box["name"]): str(box["value"]) for box in page.select("[name=csrf_token], [name=once]")}
    answer = client.post(path, data={**keys, **fields}, base_url=origin)
    if answer.status_code not in {302, 303}:
        raise RuntimeError(f"{path} answered {answer.status_code}: is the demo filled?")
    return urlsplit(answer.headers["Location"]).path


def walk(app: Flask, client: FlaskClient, origin: str, first: str) -> dict[str, str]:
    """Follow every link from the first page on.

    Returns:
        for each endpoint the address of its fullest page.
    """
    match = app.url_map.bind(urlsplit(origin).netloc)
    waiting, seen = [first], {first}
    opened: dict[str, list[tuple[int, str]]] = {}
    visits = 0
    while waiting and visits < LONGEST_WALK:
        url = waiting.pop(0)
        try:
            endpoint, _values = match.match(urlsplit(url).path, "GET")
        except HTTPException:
            continue
        pages = opened.setdefault(endpoint, [])
        if endpoint in {"static", "accounts.leave"} or len(pages) >= CANDIDATES:
            continue
        visits += 1
        answer = client.get(url, base_url=origin)
        if answer.status_code != 200 or "html" not in (answer.content_type or ""):
            continue
        pages.append((len(answer.data), url))
        for link in BeautifulSoup(answer.text, "html.parser").select("a[href]"):
            found = str(link["href"]).partition("#")[0]
            if found.startswith("/") and found not in seen:
                seen.add(found)
                waiting.append(found)
    return {endpoint: max(pages)[1] for endpoint, pages in opened.items() if pages}


def shots_of(who: str, language: str, pages: dict[str, str], *, every: bool, only: str) -> Iterator[Shot]:
    """The pictures to take of somebody's pages."""
    wanted = sorted(pages) if every else [endpoint for endpoint in MAIN[who] if endpoint in pages]
    for endpoint in wanted:
        if only not in endpoint:
            continue
        for size in WIDTHS:
            yield Shot(who, endpoint, pages[endpoint], language, size)
            if endpoint in IN_THE_DARK and language == LANGUAGES[0]:
                yield Shot(who, endpoint, pages[endpoint], language, size, dark=True)


@contextmanager
def eyes(browser: Browser, client: FlaskClient, origin: str, shot: Shot) -> Iterator[BrowserContext]:
    """A browser window as wide and as dark as this picture wants, signed in."""
    width, height = WIDTHS[shot.size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    cookies = [kept for name in COOKIES if (kept := client.get_cookie(name, domain="127.0.0.1"))]
    context.add_cookies([{"name": kept.key, "value": kept.value, "url": origin} for kept in cookies])
    try:
        yield context
    finally:
        context.close()


def take(page: Page, origin: str, shot: Shot) -> list[str]:
    """Take the picture.

    Returns:
        what is plainly wrong with the page: it scrolls sideways, or something to press is too small.
    """
    page.goto(origin + shot.url)
    if urlsplit(page.url).path != urlsplit(shot.url).path:
        return [f"{shot.file.name}: led to {urlsplit(page.url).path}"]
    width, height = WIDTHS[shot.size]
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, tall)})  # what sticks to an edge stays at it
    page.screenshot(path=shot.file, animations="disabled")
    return [f"{shot.file.name}: {said}" for said in page.evaluate(_FAULTS)]


#: Sideways scrolling, and targets under 44 pixels that are neither inside a sentence nor covered by a larger one.
_FAULTS = """() => {
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(e => {
      const box = e.getBoundingClientRect()
      return box.width && (box.right > root.clientWidth + 1 || box.left < -1) && !e.closest('.unseen, .skip')
    })
    found.push('scrolls sideways: ' + wide.slice(-2).map(e => e.tagName + '.' + e.className).join(' '))
  }
  for (const e of document.querySelectorAll('button, summary, select, .button, .nav a, input:not([type=hidden])')) {
    const box = e.getBoundingClientRect()
    if (box.width && box.height < 43.5 && !e.matches('.choice__box')) {
      found.push('small: ' + Math.round(box.height) + ' px ' + e.tagName + ' ' + e.textContent.trim().slice(0, 30))
    }
  }
  return found
}"""


def print_on_paper(page: Page, origin: str, shot: Shot) -> None:
    """Print the page as its reader would."""
    page.goto(origin + shot.url)
    page.pdf(path=shot.file.with_suffix(".pdf"), format="A4", prefer_css_page_size=True)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asked for."""

    every: bool
    only: str
    paper: bool
    people: Sequence[str]
    first_look: bool


def photograph(settings: Settings, wish: Wish) -> list[str]:
    """Take every picture and write the sheet.

    Returns:
        what is plainly wrong with the pages.
    """
    done: list[Shot] = []
    faults: list[str] = []
    with served(settings) as (app, origin), sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        for who, language in product(wish.people, LANGUAGES):
            client, first = arrive(app, origin, who, language)
            pages = walk(app, client, origin, first)
            faults += [f"{who}: no link leads to {missing}" for missing in MAIN.get(who, ()) if missing not in pages]
            for shot in shots_of(who, language, pages, every=wish.every, only=wish.only):
                with eyes(browser, client, origin, shot) as window:
                    page = window.new_page()
                    faults += take(page, origin, shot)
                    if wish.paper and shot.endpoint in ON_PAPER and shot.size == "phone" and not shot.dark:
                        print_on_paper(page, origin, shot)
                done.append(shot)
            print(f"{who or 'nobody'} in {language}: {len(pages)} pages, {len(done)} pictures so far", flush=True)
        picture_of(browser, write_sheet(OUT, [(shot.page, shot.file.name) for shot in done]), OUT / "index.png", 1800)
        if wish.first_look:
            picture_of(browser, write_first_look(OUT), FIRST_LOOK, 1220)
        browser.close()
    return faults


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 1 when pages have plain faults."""
    parser = argparse.ArgumentParser(prog="python -m tests.pages", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--all", action="store_true", help="every page a link leads to, not only the main ones")
    parser.add_argument("--only", default="", metavar="WORD", help="pages whose endpoint holds this word")
    parser.add_argument("--who", nargs="*", default=list(MAIN), metavar="KEY", help="walk as these people of the demo")
    parser.add_argument("--paper", action="store_true", help="also print plan, places, thread and card to PDF")
    parser.add_argument("--first-look", action="store_true", help="also write the picture in the README")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the demo in this folder, and use it again")
    told = parser.parse_args(arguments)
    if find_chromium() is None:
        print("Chromium is not installed: no pictures (PORTAL_CHROMIUM may say where it is)", file=sys.stderr)
        return 1
    if not told.only and told.who == list(MAIN):
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-pages-") as thrown_away:
        folder = told.keep or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        settings = free_settings(folder)
        fill(settings)
        faults = photograph(settings, Wish(told.all, told.only, told.paper, told.who, told.first_look))
    print(*faults, sep="\n", file=sys.stderr)
    print(f"See {OUT / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
