"""Every page in every way: axe-core, sideways scrolling and the Nu HTML checker over the whole demo.

    python -m tests.grid              each page a link leads to, as six kinds of reader, in English and Arabic,
                                      at 320 and 1280 pixels, light and dark
    python -m tests.grid --who elena  as some people of the demo only
    python -m tests.grid --nu FILE    where the Nu checker is (vnu.jar of the npm package vnu-jar; needs Java)

`make pages` runs it after the pictures. `make test` looks at a covering set of the same (test_every_page.py).
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import find_chromium, launch_arguments
from tests.pages import COOKIES, LANGUAGES, arrive, fill, free_settings, served, walk

OUT = Path(__file__).parent / "out"
NU = OUT / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: What the Nu checker says of roles we give on purpose: a list without bullets is no list to some screen readers, and a
#: table shown as cards on a phone is no table, unless each part says what it is.
ON_PURPOSE = re.compile(
    r"The “(?:list|table|row|rowgroup|rowheader|columnheader|cell)” role is unnecessary for element"
    r"|The “role” attribute must not be used on a “(?:tr|th|td)” element which has a “table” ancestor"
)
#: Of every kind of case model, one client; then everybody else who reads pages.
PEOPLE = ("", "elena", "farah", "layla", "kemal", "luis", "dana", "priya", "grace", "sofia")
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
#: The rules of WCAG 2.2 A and AA that a program can look at, and what axe-core calls best practice.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass(slots=True)
class Tally:
    """What was looked at, and what is wrong."""

    looks: int
    faults: list[str]


def look(page: Page, what: str) -> list[str]:
    """What is wrong with the page that is open, made so tall that nothing lies under a bar at its edge."""
    wide, shown = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    wrong = [f"{what}: {wide} px wide"] if wide > shown else []
    tall = page.evaluate("document.scrollingElement.scrollHeight")
    page.set_viewport_size({"width": shown, "height": max(740, tall)})
    for found in Axe().run(page, options=AXE).response["violations"]:
        wrong += [f"{what}: {found['id']}: {node['html'][:160]}" for node in found["nodes"]]
    return wrong


def walk_all(browser: Browser, people: Iterable[str], folder: Path) -> Tally:
    """Open every page as each of these people in every way, and keep its HTML for the Nu checker.

    Returns:
        how many looks were taken, and every fault once.
    """
    tally = Tally(0, [])
    with tempfile.TemporaryDirectory(prefix="portal-grid-") as thrown_away:
        settings = free_settings(Path(thrown_away))
        fill(settings)
        with served(settings) as (app, origin):
            for who, language in product(people, LANGUAGES):
                client, first = arrive(app, origin, who, language)
                pages = walk(app, client, origin, first)
                for endpoint, url in pages.items():
                    name = f"{who or 'nobody'}-{endpoint}-{language}.html"
                    (folder / name).write_bytes(client.get(url, base_url=origin).data)
                cookies = [kept for name in COOKIES if (kept := client.get_cookie(name, domain="127.0.0.1"))]
                for width, scheme in product(WIDTHS, SCHEMES):
                    window = browser.new_context(
                        viewport={"width": width, "height": 740},
                        color_scheme="dark" if scheme == "dark" else "light",
                        reduced_motion="reduce",
                    )
                    window.add_cookies([{"name": kept.key, "value": kept.value, "url": origin} for kept in cookies])
                    for endpoint, url in pages.items():
                        page = window.new_page()
                        page.goto(origin + url)
                        tally.faults += look(page, f"{who or 'nobody'} {endpoint} [{language} {width} {scheme}]")
                        tally.looks += 1
                        page.close()
                    window.close()
                print(f"{who or 'nobody'} in {language}: {len(pages)} pages, {tally.looks} looks so far", flush=True)
    return tally


def nu_faults(folder: Path, jar: Path) -> list[str]:
    """What the Nu HTML checker says about the files in a folder: errors and warnings, less what we do on purpose.

    Raises:
        FileNotFoundError: Java or the checker is missing.
    """
    java = shutil.which("java")
    if java is None or not jar.exists():
        raise FileNotFoundError("the Nu checker needs Java and vnu.jar: make node")
    files = [str(path) for path in sorted(folder.glob("*.html"))]
    asked = [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *files]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    messages = json.loads(told.stdout)["messages"]
    said = {
        (Path(line["url"]).name, line["message"], line.get("extract", "")[:120])
        for line in messages
        if (line["type"] == "error" or line.get("subType") == "warning") and not ON_PURPOSE.match(line["message"])
    }
    return [": ".join(parts) for parts in sorted(said)]


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.grid", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--who", nargs="*", default=list(PEOPLE), metavar="KEY", help="walk as these people only")
    parser.add_argument("--nu", type=Path, default=NU, metavar="FILE", help="where vnu.jar is")
    told = parser.parse_args(arguments)
    if find_chromium() is None:
        print("Chromium is not installed (PORTAL_CHROMIUM may say where it is)", file=sys.stderr)
        return 1
    folder = OUT / "html"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        tally = walk_all(browser, told.who, folder)
        browser.close()
    faults = sorted(set(tally.faults))
    files = len(list(folder.glob("*.html")))
    try:
        faults += nu_faults(folder, told.nu)
    except FileNotFoundError as problem:
        faults.append(str(problem))
    print(*faults, sep="\n", file=sys.stderr)
    print(f"axe-core: {tally.looks} looks. Nu checker: {files} pages. Findings: {len(faults)}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
