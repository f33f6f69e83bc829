"""Charts: every number is in a table, every drawing lies inside its box, and shapes tell lines apart."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.components.drawing import draw

LINES = [("You", [3, None, 8]), ("Nadia", [10, 0, 5]), ("Luis", [None, None, None])]


def shares(page: BeautifulSoup) -> list[float]:
    """Every place in a drawing, in percent of its box."""
    found = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width)="(-?[\d.]+)%"', str(page))
    return [float(share) for share in found]


def cells(page: BeautifulSoup) -> list[list[str]]:
    """The table behind a chart, row by row."""
    return [[cell.get_text().strip() for cell in row.select("th, td")] for row in page.select("tr")]


def test_a_line_chart_has_its_numbers_in_a_table_and_leaves_out_what_is_not_known() -> None:
    page = draw(
        "line_chart", '{{ line_chart("Sure", days, lines, says="Up.") }}', days=["May", "June", "July"], lines=LINES
    )
    assert cells(page) == [
        ["When", "You", "Nadia", "Luis"], ["May", "3", "10", "–"], ["June", "–", "0", "–"], ["July", "8", "5", "–"]
    ]  # fmt: skip
    assert all(0 <= share <= 100 for share in shares(page))
    first, second, third = page.select(".chart__plot .chart__line")
    assert len(first.select("circle")) == 2, "two known numbers"
    assert len(first.select("line")) == 1, "joined over the gap"
    assert len(second.select("rect")) == 3, "squares, so that the lines differ without colour"
    assert not third.select("circle, line")
    assert [line.get_text() for line in page.select(".chart__says")] == ["Up."]


def test_days_stand_where_they_lie_in_time() -> None:
    page = draw("line_chart", '{{ line_chart("Sure", ["a", "b", "c"], [("You", [0, 5, 10])], at=[100, 110, 200]) }}')
    assert [mark["cx"] for mark in page.select(".chart__plot circle")] == ["0.0%", "10.0%", "100.0%"]
    assert [mark["cy"] for mark in page.select(".chart__plot circle")] == ["100.0%", "50.0%", "0.0%"]


def test_bars_are_a_table_with_a_bar_in_each_row() -> None:
    bars = [("Dana", 1.5, "1.5 days", "good"), ("<b>", 3, None, None, "/p"), ("Nobody", 0)]
    page = draw("bar_chart", '{{ bar_chart("Days", bars, head="Who", value_head="Days") }}', bars=bars)
    assert cells(page) == [["Who", "Days"], ["Dana", "1.5 days"], ["<b>", "3"], ["Nobody", "0"]]
    assert [bar["width"] for bar in page.select("rect")] == ["50.0%", "100.0%", "0.0%"]
    assert page.select("a[href='/p']")


@pytest.mark.parametrize("bars", [[], [("Nobody", 0)]])
def test_nothing_to_compare_breaks_nothing(bars: list[tuple[str, int]]) -> None:
    page = draw("bar_chart", '{{ bar_chart("Days", bars) }}', bars=bars)
    assert ("Nothing to show yet." in page.get_text()) == (not bars)


def test_a_ladder_says_when_and_where_and_marks_the_newest() -> None:
    call = '{{ ladder_chart("Up", [(1, "A bit more"), (0, "Hoped"), (-1, "Start")], marks, says="Two up.") }}'
    page = draw("ladder_chart", call, marks=[("May", -1), ("June", 0, "You"), ("July", 1, "Nadia")])
    assert cells(page) == [
        ["When", "Where on the ladder", "Who said so"],
        ["May", "Start", ""], ["June", "Hoped", "You"], ["July", "A bit more", "Nadia"],
    ]  # fmt: skip
    (here,) = page.select(".climb__rung--here")
    assert here.get_text().split() == ["A", "bit", "more", "July"]
    assert len(page.select("circle")) == 3
    assert all(0 <= share <= 100 for share in shares(page))
    unclimbed = draw("ladder_chart", call, marks=[])
    assert not unclimbed.select("circle, .climb__rung--here")
