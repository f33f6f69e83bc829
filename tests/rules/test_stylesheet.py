"""The stylesheet and the script: readable in both themes, no left or right, small enough for a bad phone."""

import gzip
import re
from pathlib import Path

import pytest

from portal.web.statics import lean
from tests.checks.templates import all_templates

STATIC = Path(__file__).parents[2] / "portal" / "static"
SHEETS = {
    file.stem: re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    for file in sorted((STATIC / "css").glob("*.css"))
}
#: The sheet of every page; what staff pages load beside it only lays things out.
CSS = SHEETS["portal"]
EVERY = "\n".join(SHEETS.values())
SCRIPT = (STATIC / "js" / "portal.js").read_bytes()

CSS_BUDGET = 8 * 1024
STAFF_BUDGET = 3 * 1024
PAPER_BUDGET = 1024
SCRIPT_BUDGET = 3 * 1024

# Text on ground: WCAG 1.4.3 asks 4.5. Every pair that a rule of the stylesheet makes is listed here.
TEXT = [
    *[(text, ground) for text in ("ink", "soft", "link", "visited") for ground in ("ground", "card", "sunk")],
    *[(text, "card") for text in ("error", "warn", "good", "brand")],
    *[(text, "ground") for text in ("error", "warn", "good", "brand")],
    *[
        (text, ground)
        for text in ("ink", "soft", "link", "visited")
        for ground in ("brand-tint", "sun-tint", "good-tint")
    ],
    *[("ink", ground) for ground in ("warn-tint", "error-tint")],
    *[("link", ground) for ground in ("warn-tint", "error-tint")],
    ("brand", "brand-tint"),
    ("brand", "sunk"),
    ("good", "good-tint"),
    ("warn", "warn-tint"),
    ("error", "error-tint"),
    ("on-brand", "brand"),
    ("on-sun", "sun"),
    *[(text, ground) for text in ("on-band", "soft-on-band") for ground in ("band", "band-deep")],
]
# Edges of controls and the focus outline: WCAG 1.4.11 and 2.4.13 ask 3.
EDGES = [
    *[("edge", ground) for ground in ("ground", "card", "sunk", "sun-tint", "brand-tint")],
    *[
        ("focus", ground)
        for ground in ("ground", "card", "sunk", "sun-tint", "brand-tint", "good-tint", "warn-tint", "error-tint")
    ],
    ("brand", "ground"),
    ("brand", "card"),
    ("error", "card"),
    ("soft-on-band", "band"),
    ("sun", "band"),
    ("good", "card"),
]


def tokens(block: str) -> dict[str, str]:
    """The colour tokens that a piece of the stylesheet sets: name without dashes -> "#rrggbb"."""
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", block))


def themes() -> dict[str, dict[str, str]]:
    """The tokens of the light theme (the first :root) and of the dark one (light, then its own)."""
    light = tokens(CSS[CSS.index(":root") : CSS.index("}")])
    start = CSS.index("(prefers-color-scheme: dark)")
    return {"light": light, "dark": light | tokens(CSS[start : CSS.index("}", start)])}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_edge_and_focus_can_be_seen(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in EDGES}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 3}


def test_the_measured_colours_are_kept() -> None:
    light = themes()["light"]
    assert (light["ground"], light["ink"], light["brand"], light["sun"]) == ("#fbf6ee", "#26211c", "#0f5c5c", "#ffcf5c")
    assert contrast(light["ink"], light["ground"]) > 14
    assert contrast(light["soft"], light["ground"]) >= 6.9


def test_colours_live_in_tokens() -> None:
    outside = CSS.replace(CSS[CSS.index(":root") : CSS.index("@media (prefers-contrast")], "")
    paper = outside.index("@media print")
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", outside[:paper])) <= {"#ffffff", "#0f5c5c"}, (
        "use a token, so that dark and paper follow"
    )
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", SHEETS["staff"])) <= {"#ffffff"}


PHYSICAL = re.compile(
    r"(?<![\w-])(?:left|right|(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?(?:width|height)|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def test_nothing_is_left_or_right() -> None:
    rules = re.sub(r"@media[^{]*\{", "{", EVERY)
    found = PHYSICAL.findall(rules)
    assert not found, f"{found}: use the logical property (inline-start, block-size ...), so that Arabic pages mirror"


def test_the_stylesheet_asks_for_no_other_file() -> None:
    assert "url(" not in EVERY, "a hashed name cannot be written in CSS"
    assert "@import" not in EVERY
    assert "@font-face" not in EVERY


def test_nothing_is_smaller_than_sixteen_pixels() -> None:
    sizes = re.findall(r"font(?:-size)?:[^;}]*?(?<![\d.])(\d*\.?\d+)(rem|px)", EVERY)
    small = [size + unit for size, unit in sizes if float(size) * (16 if unit == "rem" else 1) < 16]
    assert not small


def test_every_setting_of_a_person_is_answered() -> None:
    for wish in (
        "prefers-color-scheme: dark",
        "prefers-contrast: more",
        "forced-colors: active",
        "prefers-reduced-motion",
        "@media print",
    ):
        assert wish in CSS, wish


def test_the_budgets_hold() -> None:
    served = {name: len(gzip.compress(lean(sheet).encode(), 9)) for name, sheet in SHEETS.items()}
    assert served["portal"] <= CSS_BUDGET
    assert served["staff"] <= STAFF_BUDGET
    linked = re.findall(r'static_url\("css/(\w+)\.css"\)', "".join(text for _name, text in all_templates()))
    # The one for pages that are printed is loaded by those alone; "pdf" is read by WeasyPrint and by no browser.
    assert served["paper"] <= PAPER_BUDGET
    assert sorted(linked) == ["paper", "portal", "staff"], "another sheet is another request: does it serve the phone?"
    script = sum(len(gzip.compress(file.read_bytes(), 9)) for file in (STATIC / "js").glob("*.js"))
    assert script <= SCRIPT_BUDGET
    assert b"innerHTML" not in SCRIPT, "text from a page is set as text"


def test_what_is_served_says_the_same_in_fewer_letters() -> None:
    sheet = 'a:is(b, c) > d { margin: 0 calc(1px + 2px);  content: "· "; }\n'
    sheet += "/* why */ @media (min-width: 2em) { e { top: 0 } }"
    told = 'a:is(b,c) > d{margin:0 calc(1px + 2px);content:"· "}@media (min-width:2em){e{top:0}}'
    assert lean(sheet) == told
    assert lean(told) == told
