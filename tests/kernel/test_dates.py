"""Days and times as people write them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock, i18n
from portal.web.dates import read_day, read_time

WANTED = date(2027, 4, 22)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2027-04-22"),
        ("en", "4/22/2027"),
        ("en", "4/22/27"),
        ("en", "04-22-2027"),
        ("en", "April 22, 2027"),
        ("en", "22 Apr 2027"),
        ("en", "apr. 22 2027"),
        ("es", "22/4/2027"),
        ("es", "22.04.2027"),
        ("es", "22 de abril de 2027"),
        ("es", "22 abr 2027"),
        ("ar", "٢٢/٤/٢٠٢٧"),
        ("ar", "22 أبريل 2027"),
    ],
)
def test_a_day_is_read_in_the_order_of_the_language(language, typed):
    with i18n.speaking(language):
        assert read_day(typed) == WANTED


@pytest.mark.parametrize("typed", ["", "tomorrow", "31/31/2027", "2027-02-30", "22", "99999999999999999999", "٪"])
def test_what_is_no_day_is_none(typed):
    assert read_day(typed) is None


@given(st.text(max_size=40))
def test_nothing_anybody_types_breaks_it(typed):
    assert read_day(typed) is None or isinstance(read_day(typed), date)
    assert read_time(typed) is None or isinstance(read_time(typed), time)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:30", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("12 am", time(0, 0)),
        ("12 p.m.", time(12, 0)),
        ("10", time(10, 0)),
        ("٩:٣٠ ص", time(9, 30)),
        ("25:00", None),
        ("13 pm", None),
        ("noon", None),
    ],
)
def test_a_time_is_read_in_either_clock(typed, expected):
    assert read_time(typed) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (date(2025, 4, 8), "Tue, Apr 8"),
        (date(2025, 10, 6), "Mon, Oct 6"),
        (date(2026, 4, 8), "Wed, Apr 8, 2026"),
        (date(2024, 9, 28), "Sat, Sep 28, 2024"),
    ],
)
def test_a_day_far_from_today_says_its_year(shown, expected):
    with clock.frozen_at(datetime(2025, 4, 7, 15, tzinfo=UTC)), i18n.speaking("en"):
        assert i18n.day(shown) == expected
