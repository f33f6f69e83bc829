"""A picture of lines, as SVG by hand: no library for one chart."""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT = 860, 420, 60, 40, 300
_COLOURS = (
    "#0f5c5c",
    "#b3541e",
    "#5b3f8c",
    "#2e7d32",
    "#9c2750",
    "#1a5fb4",
    "#7a6a00",
    "#444444",
    "#c01c28",
    "#26a269",
)


def lines(scales: Sequence[int], rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """One line for each row: its cost at each scale against its cost at the first.

    Args:
        scales: along the foot, spaced evenly.
        rows: a name and a figure for each scale.
    """
    top = max(max(costs) / costs[0] for _name, costs in rows) * 1.05
    parts = [_frame(scales, top)]
    for number, (name, costs) in enumerate(rows):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(
            f"{_x(place, len(scales)):.0f},{_y(cost / costs[0], top):.0f}" for place, cost in enumerate(costs)
        )
        label = 30 + number * 22
        parts += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
            f'<rect x="{WIDTH - RIGHT + 20}" y="{label - 9}" width="12" height="4" fill="{colour}"/>',
            f'<text x="{WIDTH - RIGHT + 40}" y="{label}">{escape(name)}: {costs[-1] / costs[0]:.2f}</text>',
        ]
    drawn = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        f' font-size="13">\n<title>What a page costs when there is more, against what it costs now</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{drawn}\n</svg>\n'
    )


def _frame(scales: Sequence[int], top: float) -> str:
    feet = "".join(
        f'<text x="{_x(place, len(scales)):.0f}" y="{HEIGHT - 14}" text-anchor="middle">x{scale}</text>'
        for place, scale in enumerate(scales)
    )
    steps = range(1, int(top) + 1, max(1, int(top) // 8))
    sides = "".join(
        f'<text x="{LEFT - 10}" y="{_y(step, top) + 4:.0f}" text-anchor="end">{step}</text>'
        f'<path d="M{LEFT} {_y(step, top):.0f}H{WIDTH - RIGHT}" stroke="#dddddd"/>'
        for step in steps
    )
    return f'{sides}{feet}<path d="M{LEFT} 20V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" stroke="#222222" fill="none"/>'


def _x(place: int, places: int) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * place / max(1, places - 1)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 20) * value / top
