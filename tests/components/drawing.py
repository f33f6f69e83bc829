"""Macros drawn alone, without an application: what they say in HTML, and the facts of it that assistive tools read."""

from itertools import count
from pathlib import Path
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"
#: What says nothing by itself: kept in an outline only when it carries one of the attributes below.
_PLAIN = frozenset({"div", "p", "span", "strong", "b", "body", "html", "head", "figure", "section", "small"})
_TOLD = ("for", "id", "type", "role", "scope", "rel", "open", "href", "rows", "inputmode", "lang")
#: What we add on purpose, see tests/components/test_govuk.py.
_OUR_ROLES = frozenset({"list", "table", "row", "rowgroup", "cell", "rowheader", "columnheader"})


def environment() -> Environment:
    """Jinja as components need it: their globals and filters, no translations."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    keys = count()
    made.globals.update(csrf_token=lambda: "t", once_key=lambda: f"k{next(keys)}", static_url=lambda path: f"/{path}")
    made.filters["number"] = str
    return made


def draw(component: str, call: str, **facts: Any) -> BeautifulSoup:
    """What a call of a macro becomes, checked for sound HTML.

    Args:
        component: the macro's name, which is its file's.
        call: the call in Jinja, such as `{{ tag("Late") }}`.
        facts: the values it names.
    """
    source = f'{{% from "components/{component}.html" import {component} %}}{call}'
    html = environment().from_string(source).render(**facts)
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(html)
    assert not parser.errors, parser.errors[:3]
    return BeautifulSoup(html, "html.parser")


def outline(soup: BeautifulSoup) -> list[str]:
    """The facts of some HTML, one line an element, in order: names, roles, and which element refers to which.

    Ids are numbered as they come, so that only what they join counts, not what they are called. Drawings are left out.
    """
    numbers = {str(tag["id"]): str(place) for place, tag in enumerate(soup.select("[id]"), 1)}
    return [line for tag in soup.find_all(True) if (line := _line(tag, numbers))]


def _line(tag: Tag, numbers: dict[str, str]) -> str:
    if tag.name in {"svg", "br"} or tag.find_parent("svg") or tag.get("type") == "hidden":
        return ""
    told = {name: tag[name] for name in tag.attrs if name in _TOLD or name.startswith("aria-")}
    for unsaid in ("aria-invalid", "aria-hidden"):
        told.pop(unsaid, None)
    if told.get("role") in _OUR_ROLES:
        del told["role"]
    if tag.name == "a" and not str(told.get("href", "")).startswith("#"):
        told["href"] = "…"
    if tag.name in _PLAIN and not told:
        return ""
    name = "text" if tag.name in _PLAIN else tag.name
    return " ".join([name, *(f"{key}={_value(told[key], numbers)}" for key in sorted(told))])


def _value(value: Any, numbers: dict[str, str]) -> str:
    words = (" ".join(value) if isinstance(value, list) else str(value)).split()
    return "+".join(sorted(numbers.get(word.removeprefix("#"), word) for word in words))
