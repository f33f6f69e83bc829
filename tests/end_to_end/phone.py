"""A person's phone: real Chromium, 360 px wide. Things are found as a person finds them, by what they read."""

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize, expect

from tests.end_to_end.live import LiveServer

WIDTH, HEIGHT = 360, 740
#: Long enough for two busy cores; nothing waits that long when all is well.
PATIENCE_MS = 15_000
PICTURES = Path(__file__).parents[1] / "out" if os.environ.get("PORTAL_TEST_SCREENSHOTS") == "1" else None

expect.set_options(timeout=PATIENCE_MS)


def exactly(text: str) -> re.Pattern[str]:
    """A label as people read it; the words that say a box can be left empty belong to the box, not to its name."""
    return re.compile(rf"^\s*{re.escape(text)}(\s*\(you can skip this\))?\s*$")


class Part:
    """A part of a page, such as one card: everything is looked for inside it only."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page, self.root = page, root

    def sees(self, *texts: str) -> None:
        """Wait until each of these stands there to be read."""
        for text in texts:
            expect(self.root).to_contain_text(text, use_inner_text=True)

    def sees_nothing_of(self, *texts: str) -> None:
        """None of these stands there."""
        for text in texts:
            expect(self.root).not_to_contain_text(text, use_inner_text=True)

    def text(self) -> str:
        """All that can be read there, white space folded."""
        return " ".join(self.root.inner_text().split())

    def press(self, name: str) -> None:
        """Press the button with this text, and wait for the page it leads to."""
        self._go(self.root.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Follow the link with this text."""
        self._go(self.root.get_by_role("link", name=name, exact=True))

    def _go(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            target.click()

    def has_button(self, name: str) -> bool:
        """Whether there is such a button. Ask only after something on the page was waited for."""
        return self.root.get_by_role("button", name=name, exact=True).count() > 0

    def has_link(self, name: str) -> bool:
        """Whether there is such a link. Ask only after something on the page was waited for."""
        return self.root.get_by_role("link", name=name, exact=True).count() > 0

    def write(self, label: str, text: str) -> None:
        """Write into the box with this label."""
        self.root.get_by_label(exactly(label)).fill(text)

    def choose(self, *options: str, of: str | None = None) -> None:
        """Tick these, or pick the one; `of` is the question they answer."""
        where = self.root.get_by_role("group", name=exactly(of)) if of else self.root
        for option in options:
            self._tick(where, option, on=True)

    def untick(self, option: str) -> None:
        """Take a tick away."""
        self._tick(self.root, option, on=False)

    def _tick(self, where: Locator, option: str, *, on: bool) -> None:
        box = where.get_by_label(option, exact=True)
        if box.is_checked() is not on:
            where.locator("label").filter(has_text=exactly(option)).click()  # the words are what a thumb meets
        expect(box).to_be_checked(checked=on)

    def pick(self, label: str, option: str) -> None:
        """Pick one of a drop-down list."""
        self.root.get_by_label(exactly(label)).select_option(label=option)

    def unfold(self, summary: str) -> None:
        """Open what is folded away under these words, unless it is open."""
        folded = self.root.locator("details").filter(has=self.page.locator("summary", has_text=exactly(summary)))
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()

    def part(self, title: str) -> "Part":
        """The card or titled part of the page with this heading: the innermost, if one stands in another."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return Part(self.page, self.root.locator("section, .card").filter(has=heading).last)

    def row(self, text: str) -> "Part":
        """The one row of a list that has these words."""
        return Part(self.page, self.root.locator("li.row, tr").filter(has_text=text))


class Phone(Part):
    """One person's browser: nobody else's cookies, one page."""

    def __init__(self, context: BrowserContext, live: LiveServer, owner: str) -> None:
        self.context, self.live, self.owner = context, live, owner
        page = context.new_page()
        super().__init__(page, page.locator("body"))
        self.width = page.viewport_size["width"] if page.viewport_size else WIDTH
        self._pictures = 0

    def open(self, path: str) -> None:
        """Go to an address of the portal."""
        self.page.goto(self.live.origin + path, wait_until="domcontentloaded")

    @property
    def path(self) -> str:
        """The address of the page, without its origin."""
        return urlsplit(self.page.url).path

    def heading(self, text: str) -> None:
        """The page is the one with this heading."""
        expect(self.page.locator("h1")).to_have_text(text, use_inner_text=True)

    def sign_in_with_card(self, number: str, code: str) -> None:
        """Sign in with what stands on the printed card."""
        self.open("/sign-in")
        self.write("Client number", number)
        self.write("Card code", code)
        self.untick("Other people use this computer or phone, too")
        self.press("Sign in")

    def sign_in_with_password(self, email: str, password: str, *, kind: str = "staff") -> None:
        """Sign in as staff or as a supporter."""
        self.open(f"/sign-in/{kind}")
        self.write("Email", email)
        self.write("Password", password)
        self.press("Sign in")

    def printed_card(self) -> tuple[str, str]:
        """The client number and the code on the card that this page prints."""
        self.sees("Your number", "Your code")
        number, code = self.page.locator("dd b").all_inner_texts()
        return number, code

    def menu(self, name: str) -> None:
        """Go to one of the places of the navigation; some are folded away on a narrow screen."""
        bar = self.page.get_by_role("navigation", name="Main")
        bar.wait_for()
        link = bar.get_by_role("link", name=name, exact=True)
        if not link.count():
            bar.locator("summary").click()
        self._go(link)

    def back(self) -> None:
        """Press Back. A page out of the browser's memory tells Playwright no more than that it is there."""
        self.page.go_back(wait_until="commit")
        self._until("document.readyState === 'complete'")

    def shows_nowhere(self, *secrets: str) -> None:
        """None of these is in the page that is there once it has settled, nor in its title.

        A page out of the browser's memory asks to be loaded again as soon as it is back, so the first look may come
        in between; a page that keeps a secret keeps it for every look.
        """
        self._until(
            "secrets => document.readyState === 'complete' &&"
            " !secrets.some(one => (document.title + document.documentElement.outerHTML).includes(one))",
            list(secrets),
        )

    def _until(self, true: str, told: Any = None) -> None:
        """Look until this is true of the page. Playwright's own waiting needs an eval that our pages forbid."""
        give_up = time.monotonic() + PATIENCE_MS / 1000
        while True:
            with suppress(Error):  # the page went away while it was being looked at
                if self.page.evaluate(true, told):
                    return
            assert time.monotonic() < give_up, f"never on {self.page.url}: {true}"
            self.page.wait_for_timeout(50)

    def picture(self, name: str) -> None:
        """Keep a picture of the page where pictures are wanted."""
        if PICTURES is not None:
            self._pictures += 1
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{self.owner}-{self._pictures:02}-{name}.png", full_page=True)


@dataclass
class Watch:
    """What no journey may do: ask another origin for anything, or break a rule of its own pages."""

    live: LiveServer
    faults: list[str] = field(default_factory=list)
    #: Where one may go besides: the neutral page of the exit.
    elsewhere: frozenset[str] = frozenset()

    def look_at(self, context: BrowserContext) -> None:
        """Watch every page of this browser."""
        context.on("request", lambda request: self._ask(request.url))
        context.on("weberror", lambda problem: self.faults.append(f"script: {problem.error}"))
        context.on("console", lambda line: self._said(line.type, line.text))

    def _ask(self, url: str) -> None:
        if not url.startswith((self.live.origin + "/", "data:")) and url != self.live.elsewhere:
            self.faults.append(f"asked another origin: {url}")

    def _said(self, kind: str, text: str) -> None:
        # A page that answers 404 or 422 is told as a resource that failed; everything else is a fault of ours.
        if kind == "error" and "responded with a status of 4" not in text:
            self.faults.append(f"console: {text}")


@dataclass
class Phones:
    """Hands out phones and takes them back."""

    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def phone(self, owner: str, *, width: int = WIDTH, **more: Any) -> Phone:
        """A new phone; `more` goes to the browser, such as java_script_enabled=False."""
        size: ViewportSize = {"width": width, "height": HEIGHT}
        context = self.browser.new_context(viewport=size, locale="en-US", reduced_motion="reduce", **more)
        context.set_default_timeout(PATIENCE_MS)
        self.watch.look_at(context)
        self.contexts.append(context)
        return Phone(context, self.watch.live, owner)

    def collect(self) -> None:
        """Close every phone, then say what went wrong behind the pages."""
        for context in self.contexts:
            context.close()
        assert not self.watch.faults, self.watch.faults
        assert not self.watch.live.faults, self.watch.live.faults
