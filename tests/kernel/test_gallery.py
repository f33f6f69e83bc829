"""The gallery of components: there in development, nowhere else; every component, in every language, theme, layout."""

import re

import pytest

from portal.web.gallery import LAYOUTS, THEMES, theme_sheet
from tests.browser import Browser
from tests.checks.templates import all_templates, components

#: Drawn by other components, and so in the gallery without being named there; or by every layout round it.
INSIDE = {
    "chart_dot", "chart_frame", "field_attributes", "field_frame", "form_keys", "nav_bar", "nav_item",
    "help_card", "language_chooser", "skip_links", "time_out",
}  # fmt: skip


def test_it_shows_every_component_while_developing(another_app):
    page = Browser(another_app(development=True)).visit("/_gallery", status=200)
    assert page.says("Every part of the portal, in every state.")
    shown = "".join(text for name, text in all_templates() if name.startswith("gallery/"))
    named = set(re.findall(r'"components/(\w+)\.html"', shown))
    ours = {name.removeprefix("components/").removesuffix(".html") for name, _text in components()}
    assert ours - named <= INSIDE, "show it in the gallery, in every state it has"


def test_it_speaks_every_language_wears_every_theme_and_layout(another_app):
    browser = Browser(another_app(development=True))
    for language, direction in (("es", "ltr"), ("ar", "rtl")):
        page = browser.visit("/_gallery", query={"language": language})
        assert page.soup.select(f'html[lang="{language}"][dir="{direction}"]')
    for layout in LAYOUTS:
        page = browser.visit("/_gallery", query={"layout": layout})
        assert page.soup.select("body." + ("sheet" if layout == "print" else layout))
    for theme in THEMES:
        page = browser.visit("/_gallery", query={"theme": theme})
        (sheet,) = page.soup.select('link[href^="/_gallery/"]')
        answer = browser.visit(str(sheet["href"])).response
        assert answer.content_type.startswith("text/css")
        assert answer.text == theme_sheet(theme)
    browser.visit("/_gallery/elsewhere.css", status=404)


def test_a_theme_is_its_own_block_of_the_stylesheet():
    assert "--ground: #fbf6ee" in theme_sheet("light")
    assert "--ground: #1b1815" in theme_sheet("dark")
    assert "--soft: var(--ink)" in theme_sheet("contrast")


@pytest.mark.parametrize("path", ["/_gallery", "/_gallery/dark.css"])
def test_it_is_not_there_otherwise(browser, path):
    browser.visit(path, status=404)
