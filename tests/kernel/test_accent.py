"""The organisation's colour: refused when words on it could not be read, and readable everywhere when it is taken."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.colours import LEAST, WHITE, contrast, mixed, readable
from portal.settings import Settings, SettingsProblem
from portal.web.accent import stylesheet
from tests.browser import Browser
from tests.kernel.test_settings import GOOD
from tests.rules.test_stylesheet import CSS, EDGES, TEXT, themes, tokens

#: Darkest, a mid blue that just passes, a strong red, our own.
COLOURS = ("#000000", "#0072c6", "#b00020", "#0f5c5c", "#6b21a8", "#767676")
#: What an accent changes; other pairs are the stylesheet's own and tested there.
CHANGED = {"band", "band-deep", "soft-on-band", "brand", "on-brand", "brand-tint", "link"}


def read(tmp_path, accent: str) -> Settings:
    return Settings.from_env({"PORTAL_INSTANCE": str(tmp_path / "instance"), **GOOD, "PORTAL_ACCENT": accent})


def themes_with(accent: str) -> dict[str, dict[str, str]]:
    made = stylesheet(accent, CSS)
    light, dark = (tokens(part) for part in made.split("prefers-color-scheme"))
    ours = themes()
    return {"light": ours["light"] | light, "dark": ours["dark"] | light | dark}


@pytest.mark.parametrize("accent", ["#ffcf5c", "#ffffff", "#8bc34a"])
def test_a_colour_that_white_words_cannot_stand_on_is_refused_with_the_reason(tmp_path, accent):
    with pytest.raises(SettingsProblem, match=r"too light: white words on it have a contrast of [\d.]+.*need 4\.5"):
        read(tmp_path, accent)


@pytest.mark.parametrize("accent", ["teal", "#0f5", "0f5c5c", "#0f5c5c; }"])
def test_what_is_no_colour_is_refused(tmp_path, accent):
    with pytest.raises(SettingsProblem, match="must be a colour such as #0f5c5c"):
        read(tmp_path, accent)


def test_big_letters_are_taken_too(tmp_path):
    assert read(tmp_path, "#0F5C5C").accent == "#0f5c5c"
    assert read(tmp_path, "").accent == ""


def test_contrast_is_what_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert readable("#ffffff", "#000000", "#ffffff") == "#757575"
    assert readable("#808080", WHITE, "#ffffff") == WHITE, "nothing on the way will do"


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_shade_can_be_read_in_both_themes(parts):
    accent = "#" + "".join(f"{part:02x}" for part in parts)
    assume(contrast(accent, WHITE) >= LEAST)
    _check(accent)


@pytest.mark.parametrize("accent", COLOURS)
def test_the_edges_of_what_is_taken_can_be_read(accent):
    _check(accent)


def _check(accent: str) -> None:
    for theme, colours in themes_with(accent).items():
        for pairs, least in ((TEXT, LEAST), (EDGES, 3.0)):
            for one, other in pairs:
                if CHANGED & {one, other}:
                    assert contrast(colours[one], colours[other]) >= least, (theme, one, other, colours)


def sheet_of(page) -> str:
    (address,) = re.findall(r'href="(/static/css/portal\.[0-9a-f]{10}\.css)"', page.html)
    return address


def test_the_one_sheet_of_a_page_holds_it(another_app):
    plain = Browser(another_app())
    assert "#6b21a8" not in plain.visit(sheet_of(plain.visit("/sign-in"))).response.text
    own = Browser(another_app(accent="#6b21a8"))
    page = own.visit("/sign-in")
    assert '<meta name="theme-color" content="#6b21a8">' in page.html
    answer = own.visit(sheet_of(page)).response
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/css")
    assert "--band:#6b21a8;" in answer.text
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_icon_wears_it(another_app):
    own = Browser(another_app(accent="#6b21a8"))
    address = re.search(r'href="(/static/img/icon\.[0-9a-f]{10}\.svg)"', own.visit("/sign-in").html)
    assert address
    answer = own.visit(address[1]).response
    assert 'fill="#6b21a8"' in answer.text
    assert "#0f5c5c" not in answer.text


def test_another_colour_has_another_address(another_app):
    found = {sheet_of(Browser(another_app(accent=accent)).visit("/sign-in")) for accent in ("#6b21a8", "#0f5c5c", "")}
    assert len(found) == 3


def test_paper_stays_black_on_white():
    assert stylesheet("#6b21a8", CSS).count("@media screen") == 2
    assert "print" not in stylesheet("#6b21a8", CSS)
