"""Every page that a link leads to, as each kind of reader: no barrier that axe-core finds, and no sideways scrolling.

A covering set: each page is measured in two of English and Arabic, narrow and wide, light and dark, and axe-core looks
at it in one of them; over all kinds of readers every combination occurs. The whole grid is `make pages`.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.demo.conftest import empty_demo
from tests.end_to_end.live import LiveServer
from tests.end_to_end.phone import HEIGHT, Phone, Phones, Watch

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

NARROW, WIDE = 320, 1280
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
#: What is no page of ours, or ends the visit.
_LEAVES = re.compile(r"^/(exit|static|demo)|\.(css|svg|pdf|csv|zip|ics)$")
_LINKS = """links => links.map(link => new URL(link.href))
  .filter(url => url.origin === location.origin).map(url => url.pathname + url.search)"""


@pytest.fixture(scope="module")
def demo_portal(worker_id: str) -> Iterator[LiveServer]:
    """The demo, filled and running."""
    with tempfile.TemporaryDirectory(prefix="portal-demo-") as folder:
        demo = empty_demo(f"demo_live_{worker_id}", Path(folder))
        assert demo.fill()
        demo.engine.dispose()
        server = LiveServer(demo.settings)
        yield server
        server.stop()


@pytest.fixture
def visitors(chromium: Browser, demo_portal: LiveServer) -> Iterator[Phones]:
    """Phones that open the demo."""
    made = Phones(chromium, Watch(demo_portal))
    yield made
    made.collect()


def come_in(phone: Phone, name: str) -> None:
    """Sign in as somebody of the cast, with one press."""
    phone.open("/demo")
    key = phone.page.locator(f"form[action='/demo/sign-in/{name}'] button")
    with phone.page.expect_navigation(wait_until="domcontentloaded"):
        key.click()


def speak(phone: Phone, language: str) -> None:
    """Choose a language by its own name."""
    phone.page.locator("header summary").click()
    with phone.page.expect_navigation(wait_until="domcontentloaded"):
        phone.page.locator(f"header button[value={language}]").click()
    expect_direction(phone, language)


def expect_direction(phone: Phone, language: str) -> None:
    said = phone.page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    assert said == [language, "rtl" if language == "ar" else "ltr"]


def walk(phone: Phone, only: str = "", most: int = 200) -> Iterator[str]:
    """From here to one page of every kind that links lead to; gives each address while its page is open.

    Args:
        phone: on the first page.
        only: a pattern; other addresses are not followed.
        most: more pages than this, and the walk goes in circles.
    """
    here = _here(phone)
    waiting, known = [here], {_kind(here)}
    for _page in range(most):
        if not waiting:
            return
        address = waiting.pop(0)
        if address != _here(phone):
            phone.open(address)
        for link in phone.page.eval_on_selector_all("a[href]", _LINKS):
            if re.search(only, link) and not _LEAVES.search(link) and _kind(link) not in known:
                known.add(_kind(link))
                waiting.append(link)
        yield address
    raise AssertionError(f"more than {most} kinds of pages: {sorted(known)}")


def _here(phone: Phone) -> str:
    return str(phone.page.evaluate("location.pathname + location.search"))


def _kind(address: str) -> str:
    """The page's own shape: no ids, no filters; the moves of a referral share one form."""
    return re.sub(r"/move/\w+", "/move/*", _ID.sub("*", address.partition("?")[0]))


def look_at(phone: Phone, language: str, *, axe: bool = True) -> list[str]:
    """What is wrong with the page that is open."""
    expect_direction(phone, language)
    wide, shown = phone.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    wrong = [f"{wide} px wide"] if wide > shown else []
    wrong += findings(phone) if axe else []
    return [f"{_kind(_here(phone))} [{language} {shown}]: {what}" for what in wrong]


def findings(phone: Phone) -> list[str]:
    """What axe-core finds on the page, made so tall that nothing lies under the bar at the bottom of a phone."""
    tall = phone.page.evaluate("document.scrollingElement.scrollHeight")
    phone.page.set_viewport_size({"width": phone.width, "height": max(HEIGHT, tall)})
    violations = Axe().run(phone.page, options=WCAG).response["violations"]
    phone.page.set_viewport_size({"width": phone.width, "height": HEIGHT})
    return [
        f"{found['id']}: {node['html'][:200]} {node['failureSummary'][:300]}" for found in violations
        for node in found["nodes"]
    ]  # fmt: skip


LIGHT, DARK = "light", "dark"


#: What a supervisor and an administrator have besides the pages of a case manager.
SUPERVISION, SETTINGS = r"^/(supervision|caseload)|/staff$|/case-members/", r"^/admin"
FIRST = [("en", NARROW, LIGHT), ("ar", WIDE, DARK)]
SECOND = [("ar", NARROW, DARK), ("en", WIDE, LIGHT)]


@pytest.mark.parametrize(
    ("who", "only", "ways"),
    [
        ("farah", "", FIRST),
        ("priya", "", SECOND),
        ("kemal", "", SECOND),
        ("grace", SUPERVISION, FIRST),
        ("sofia", SETTINGS, SECOND),
        ("", "", FIRST),
    ],
    ids=["client", "case manager", "supporter", "supervisor", "administrator", "signed out"],
)
def test_no_page_has_a_barrier(visitors: Phones, who: str, only: str, ways: list[tuple[str, int, str]]):
    addresses: list[str] = []
    wrong: list[str] = []
    for turn, (language, width, scheme) in enumerate(ways):
        phone = visitors.phone(who or "nobody", width=width, color_scheme=scheme)
        if who:
            come_in(phone, who)
        else:
            phone.open("/sign-in")
        speak(phone, language)
        if not addresses:
            for address in walk(phone, only):
                addresses.append(address)
                wrong += look_at(phone, language, axe=len(addresses) % 2 == turn)
            continue
        for number, address in enumerate(addresses, 1):
            phone.open(address)
            wrong += look_at(phone, language, axe=number % 2 == turn)
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("who", ["layla", "elena"])
def test_arabic_on_the_narrowest_phone_never_scrolls_sideways(visitors: Phones, who: str):
    phone = visitors.phone(who, width=NARROW)
    come_in(phone, who)
    if phone.page.evaluate("document.documentElement.lang") != "ar":
        speak(phone, "ar")
    wrong: list[str] = []
    kinds = set()
    for address in walk(phone):
        kinds.add(_kind(address))
        wrong += look_at(phone, "ar", axe=False)
    assert not wrong, "\n".join(wrong)
    assert {"/cases/*/goals", "/cases/*/strengths", "/cases/*/places", "/cases/*/messages"} <= kinds
