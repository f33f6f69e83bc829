"""Colours by the numbers: contrast as WCAG 2.2 defines it, mixtures, and shades that can still be read."""

import re

WHITE, BLACK = "#ffffff", "#000000"
#: The contrast that text needs on its ground (WCAG 2.2, 1.4.3).
LEAST = 4.5
_STEPS = 50


def is_colour(text: str) -> bool:
    """Whether this is a colour as we take it: "#0f5c5c"."""
    return re.fullmatch(r"#[0-9a-f]{6}", text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with a share (0 to 1) of `other` in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def readable(colour: str, towards: str, *others: str) -> str:
    """The shade nearest to `colour`, on the way to another, that can be told from all of `others`.

    Args:
        colour: where to start.
        towards: black or white, which is returned when nothing on the way will do.
        others: the grounds it stands on, or the texts that stand on it.
    """
    shades = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS))
    return next((shade for shade in shades if all(contrast(shade, one) >= LEAST for one in others)), towards)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (whole / 255 for whole in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
