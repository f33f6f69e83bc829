"""The organisation's own colour: a few lines at the end of our stylesheet that lay it over our tokens, light and dark.

The colour itself is the band, which carries white text; settings refuse one that cannot. Links, buttons and tints are
shades of it, each moved just far enough to be read on every ground it meets.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.colours import BLACK, WHITE, mixed, readable

#: The colour of our own icon, which gives way to theirs.
_OURS = "#0f5c5c"
_PLAIN = ("ground", "card", "sunk")
_TINTS = ("sun-tint", "good-tint", "warn-tint", "error-tint")


def files(accent: str, static: Path) -> Iterator[tuple[str, bytes]]:
    """What is served for this colour in place of our own: the stylesheet with its lines, and the icon in it.

    Args:
        accent: a colour on which white text can be read; "" for our own, and the files as they are.
        static: the folder of our own stylesheet and icon.
    """
    ours = (static / "css" / "portal.css").read_text(encoding="utf-8")
    icon = (static / "img" / "icon.svg").read_text(encoding="utf-8")
    yield "css/portal.css", (ours + stylesheet(accent, ours) if accent else ours).encode()
    yield "img/icon.svg", (icon.replace(_OURS, accent) if accent else icon).encode()


def stylesheet(accent: str, ours: str) -> str:
    """The lines that give the portal this colour.

    Args:
        accent: a colour on which white text can be read.
        ours: the portal's own stylesheet, which says on what grounds text stands.
    """
    light, dark = _themes(ours)
    in_the_light, in_the_dark = _written(_light(accent, light)), _written(_dark(accent, dark))
    return (
        f"@media screen {{ :root {{ {in_the_light} }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {in_the_dark} }} }}\n"
    )


def _light(accent: str, ours: Mapping[str, str]) -> dict[str, str]:
    deep, tint = mixed(accent, BLACK, 0.22), mixed(accent, WHITE, 0.87)
    plain = [ours[name] for name in _PLAIN]
    return {
        "band": accent,
        "band-deep": deep,
        "soft-on-band": readable(mixed(accent, WHITE, 0.85), WHITE, accent, deep),
        "brand": readable(accent, BLACK, tint, *plain),
        "brand-tint": tint,
        "link": readable(accent, BLACK, tint, *plain, *(ours[name] for name in _TINTS)),
    }


def _dark(accent: str, ours: Mapping[str, str]) -> dict[str, str]:
    band = mixed(accent, BLACK, 0.35)
    deep = mixed(band, BLACK, 0.25)
    tint = readable(mixed(accent, ours["card"], 0.72), BLACK, ours["ink"], ours["soft"], ours["visited"])
    plain = [ours[name] for name in _PLAIN]
    return {
        "band": band,
        "band-deep": deep,
        "soft-on-band": readable(mixed(accent, WHITE, 0.8), WHITE, band, deep),
        "brand": readable(mixed(accent, WHITE, 0.5), WHITE, tint, *plain),
        "on-brand": "#14110e",
        "brand-tint": tint,
        "link": readable(mixed(accent, WHITE, 0.6), WHITE, tint, *plain, *(ours[name] for name in _TINTS)),
    }


def _themes(ours: str) -> tuple[dict[str, str], dict[str, str]]:
    light = _tokens(ours[ours.index(":root") :])
    return light, light | _tokens(ours[ours.index("(prefers-color-scheme: dark)") :])


def _tokens(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b", rules[: rules.index("}")]))


def _written(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in tokens.items())
