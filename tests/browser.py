"""A browser without JavaScript: it presses the real buttons of the real page, CSRF token and once key included.

It finds things as a person does, by heading, label, button and link text, and it checks every page it sees: valid HTML,
one h1 that starts the title, language and direction, unique ids, every input labelled, nothing inline, few queries.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal import clock
from portal.access.actor import ANONYMOUS
from portal.access.scope import Scope
from portal.accounts.models import SignIn
from portal.accounts.sessions import hash_of
from portal.web.portal import Portal
from portal.work import unit_of_work
from tests.make import Someone

_BOXES = frozenset({"input", "select", "textarea"})
#: More queries than this on one page is a defect, unless a test says why the page needs them.
QUERY_BUDGET = 15


class Page:
    """One answer, as a person sees it."""

    def __init__(self, browser: "Browser", response: TestResponse, queries: int, budget: int) -> None:
        self.browser, self.response, self.queries = browser, response, queries
        self.status, self.url = response.status_code, response.request.path
        self.html = response.text
        if "html" in (response.content_type or ""):
            self._check(budget)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree to look things up in."""
        return BeautifulSoup(self.html, "html.parser")

    def _check(self, budget: int) -> None:
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        root = parser.parse(self.html)
        assert not parser.errors, f"{self.url} is not valid HTML: {parser.errors[:3]}"
        assert root.get("lang"), f"{self.url} says no language"
        assert root.get("dir") in {"ltr", "rtl"}, f"{self.url} says no direction"
        tags = [tag for tag in root.iter() if isinstance(tag.tag, str)]
        headings = [tag for tag in tags if tag.tag == "h1"]
        assert len(headings) == 1, f"{self.url} has {len(headings)} h1"
        ids = [tag.get("id") for tag in tags if tag.get("id")]
        assert len(ids) == len(set(ids)), f"{self.url} repeats ids: {sorted({i for i in ids if ids.count(i) > 1})}"
        labels = {tag.get("for") for tag in tags if tag.tag == "label"}
        for tag in tags:
            self._check_tag(tag, labels)
        assert self.queries <= budget, f"{self.url} made {self.queries} queries, at most {budget}"

    def _check_tag(self, tag: Any, labels: set[str | None]) -> None:
        given = tag.attrib
        inline = "style" in given or tag.tag == "style" or (tag.tag == "script" and "src" not in given)
        assert not inline, f"{self.url} has something inline: {tag.tag}"
        handlers = [name for name in given if name.startswith("on")]
        assert not handlers, f"{self.url} has an inline handler: {handlers}"
        if tag.tag in _BOXES and given.get("type") not in {"hidden", "submit"}:
            labelled = "aria-label" in given or "aria-labelledby" in given or given.get("id") in labels
            assert labelled, f"{self.url}: the field {given.get('name')} has no label"
        if tag.tag == "form" and given.get("method", "").lower() == "post":
            assert any(box.get("name") == "csrf_token" for box in tag.iter("input")), f"{self.url}: no CSRF token"

    @property
    def heading(self) -> str:
        """The h1."""
        assert self.soup.h1 is not None
        return _squeezed(self.soup.h1)

    @property
    def title(self) -> str:
        """The page's title."""
        assert self.soup.title is not None
        return _squeezed(self.soup.title)

    @cached_property
    def text(self) -> str:
        """Everything the page says in its main part, white space folded."""
        main = self.soup.select_one("main") or self.soup
        return _squeezed(main)

    @cached_property
    def everything(self) -> str:
        """Everything the page says, header and footer too."""
        return _squeezed(self.soup)

    def says(self, words: str) -> bool:
        """Whether these words stand on the page."""
        return words in self.everything

    def press(self, label: str, **typed: Any) -> "Page":
        """Press the button with this text, after filling its form's fields: by their label or their name."""
        button = self._button(label)
        form = button.find_parent("form")
        assert form is not None
        data = _filled(form)
        for field, value in typed.items():
            self._fill(form, data, field, value)
        if button.get("name"):
            data[str(button["name"])] = [str(button.get("value", ""))]
        target = urljoin(self.url, str(button.get("formaction") or form.get("action") or self.url))
        if str(form.get("method", "get")).lower() == "get":
            return self.browser.visit(target, query=dict(data))
        return self.browser.post(target, data)

    def follow(self, text: str) -> "Page":
        """Follow the link with this text."""
        for link in self.soup.select("a[href]"):
            if _squeezed(link) == text or link.get("aria-label") == text:
                return self.browser.visit(urljoin(self.url, str(link["href"])))
        raise LookupError(f"no link “{text}” on {self.url}; there are: {[_squeezed(a) for a in self.soup.select('a')]}")

    def has_button(self, label: str) -> bool:
        """Whether there is such a button."""
        try:
            self._button(label)
        except LookupError:
            return False
        return True

    def has_link(self, text: str) -> bool:
        """Whether there is such a link."""
        return any(_squeezed(link) == text for link in self.soup.select("a[href]"))

    def fields_of(self, label: str) -> dict[str, list[str]]:
        """What the form with this button would send as it stands."""
        form = self._button(label).find_parent("form")
        assert form is not None
        return _filled(form)

    def action_of(self, label: str) -> str:
        """Where the form with this button goes."""
        form = self._button(label).find_parent("form")
        assert form is not None
        return urljoin(self.url, str(form.get("action") or self.url))

    def _button(self, label: str) -> Tag:
        for button in self.soup.select("form button, form input[type=submit]"):
            if _squeezed(button) == label or (button.get("value") == label and button.name == "input"):
                return button
        known = [_squeezed(button) for button in self.soup.select("form button")]
        raise LookupError(f"no button “{label}” on {self.url} ({self.status}); there are: {known}")

    def _fill(self, form: Tag, data: dict[str, list[str]], field: str, value: Any) -> None:
        name = field if form.select(f'[name="{field}"]') else self._name_by_label(form, field)
        values = value if isinstance(value, list) else [value]
        data[name] = [str(v) for v in values]

    def _name_by_label(self, form: Tag, text: str) -> str:
        for label in form.select("label[for]"):
            if _squeezed(label) == text:
                target = form.select_one(f'[id="{label["for"]}"]')
                if target is not None:
                    return str(target["name"])
        raise LookupError(f"no field “{text}” in that form; there are: {[_squeezed(x) for x in form.select('label')]}")


class Browser:
    """One person's browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._portal: Portal = app.extensions["portal"]

    def as_(self, who: Someone, *, fresh: bool = True, shared: bool = False) -> "Browser":
        """Signed in as this person (another browser for each person)."""
        other = Browser(self.app)
        token = secrets.token_urlsafe(32)
        session = self._portal.sessions()
        now = clock.now()
        with unit_of_work(session, ANONYMOUS, scope=Scope.every_case(because="a test")) as work:
            work.session.add(
                SignIn(
                    token_hash=hash_of(token),
                    account_id=who.account_id,
                    started_at=now,
                    seen_at=now,
                    fresh_at=now if fresh else clock.now().replace(year=now.year - 1),
                    shared=shared,
                    notes={},
                )
            )
        session.close()
        other.client.set_cookie("portal", token)
        return other

    def visit(self, url: str, *, query: dict[str, Any] | None = None, budget: int = QUERY_BUDGET,
              status: int | None = None) -> Page:  # fmt: skip
        """Go to a page, following where it leads."""
        with self._counting() as queries:
            response = self.client.get(url, query_string=query)
        return self._land(response, queries[0], budget, status)

    def post(self, url: str, data: dict[str, Any], *, budget: int = 40, status: int | None = None) -> Page:
        """Send a form as it is given, following where it leads."""
        with self._counting() as queries:
            response = self.client.post(url, data=data)
        return self._land(response, queries[0], budget, status)

    def _land(self, response: TestResponse, queries: int, budget: int, status: int | None) -> Page:
        for _hop in range(5):
            if response.status_code not in {301, 302, 303, 307, 308}:
                break
            target = response.headers["Location"]
            if urlsplit(target).netloc not in {"", "localhost"}:
                break
            with self._counting() as counted:
                response = self.client.get(target)
            queries, budget = counted[0], max(budget, QUERY_BUDGET)
        page = Page(self, response, queries, budget)
        assert status is None or page.status == status, f"{page.url} answered {page.status}, not {status}"
        return page

    @contextmanager
    def _counting(self) -> Iterator[list[int]]:
        counted = [0]

        def _one(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            counted[0] += not statement.startswith("BEGIN")  # SQLite is told so; other databases need no word

        event.listen(self._portal.engine, "before_cursor_execute", _one)
        try:
            yield counted
        finally:
            event.remove(self._portal.engine, "before_cursor_execute", _one)


def _squeezed(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).replace(" .", ".").replace(" ,", ",")


def _filled(form: Tag) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if field.has_attr("disabled") or kind in {"submit", "file"}:
            continue
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            data.setdefault(name, [])
            continue
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            data.setdefault(name, []).extend(str(option.get("value", option.get_text())) for option in chosen)
            continue
        value = field.get_text().removeprefix("\n") if field.name == "textarea" else str(field.get("value", ""))
        data.setdefault(name, []).append(value)
    return data
