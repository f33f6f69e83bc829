"""Opening hours in words, on the place's own clock."""

from datetime import date, time

import pytest

from portal import clock
from portal.directory.hours import Rule, opening
from portal.web.opening_words import today_words, usual_words, week_words
from tests.referrals.places import at

ZONE = "America/Chicago"
WEEK = [Rule(opens_at=time(9), closes_at=time(17), byday="MO,TU,WE,TH,FR", freq="WEEKLY")]
SATURDAY = Rule(opens_at=time(10), closes_at=time(14), byday="SA", freq="WEEKLY")
ALWAYS = [Rule(opens_at=time(0), closes_at=time(0), byday="MO,TU,WE,TH,FR,SA,SU", freq="WEEKLY")]


@pytest.mark.parametrize(
    ("rules", "moment", "says"),
    [
        (WEEK, at(4, 8, 10), "Open today until 5:00\u202fPM"),
        (WEEK, at(4, 8, 8), "Opens today at 9:00\u202fAM"),
        (WEEK, at(4, 8, 18), "Closed now. Opens Wed, Apr 9 at 9:00\u202fAM"),
        (WEEK, at(4, 12, 12), "Closed now. Opens Mon, Apr 14 at 9:00\u202fAM"),
        (ALWAYS, at(4, 12, 3), "Open now"),
        ([], at(4, 8, 10), "We do not know their hours. Call first."),
        ([*WEEK, Rule(closed=True, valid_from=date(2025, 4, 8), valid_to=date(2025, 4, 8))], at(4, 8, 10),
         "Closed now. Opens Wed, Apr 9 at 9:00\u202fAM"),
    ],
)  # fmt: skip
def test_today(rules, moment, says):
    with clock.frozen_at(moment):
        assert today_words(opening(moment, rules, ZONE), moment) == says


def test_the_week_joins_days_alike():
    assert week_words([*WEEK, SATURDAY], date(2025, 4, 8)) == [
        ("Mon–Fri", "9:00\u202fAM–5:00\u202fPM"),
        ("Sat", "10:00\u202fAM–2:00\u202fPM"),
    ]
    assert usual_words(WEEK, date(2025, 4, 8)) == "Mon–Fri 9:00\u202fAM–5:00\u202fPM"


def test_a_holiday_does_not_change_the_usual_week():
    closed = Rule(closed=True, valid_from=date(2025, 4, 7), valid_to=date(2025, 4, 9))
    assert usual_words([*WEEK, closed], date(2025, 4, 8)) == usual_words(WEEK, date(2025, 4, 8))


def test_unknown_hours_make_no_week():
    assert usual_words([], date(2025, 4, 8)) == ""
