from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.hours import DAYS, Door, Rule, knows, opening, spans_on

CHICAGO = "America/Chicago"
WEEKDAYS = Rule(opens_at=time(9), closes_at=time(17), byday="MO,TU,WE,TH,FR", freq="WEEKLY")
MONDAY = date(2025, 4, 7)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(CHICAGO))


def test_open_between_its_hours():
    now = opening(at(MONDAY, 10), [WEEKDAYS], CHICAGO)
    assert now.door is Door.OPEN
    assert now.today == ((time(9), time(17)),)
    assert now.until == at(MONDAY, 17)


def test_closed_before_and_after_with_the_next_opening():
    assert opening(at(MONDAY, 8), [WEEKDAYS], CHICAGO).next == at(MONDAY, 9)
    friday = MONDAY + timedelta(days=4)
    after = opening(at(friday, 17), [WEEKDAYS], CHICAGO)
    assert (after.door, after.next) == (Door.CLOSED, at(MONDAY + timedelta(days=7), 9))


def test_nothing_known_is_neither_open_nor_closed():
    assert opening(at(MONDAY, 10), [], CHICAGO).door is Door.UNKNOWN
    assert opening(at(MONDAY, 10), [Rule(byday="MO")], CHICAGO).door is Door.UNKNOWN
    past = Rule(time(9), time(17), byday="MO", valid_from=date(2020, 1, 1), valid_to=date(2020, 12, 31))
    assert opening(at(MONDAY, 10), [past], CHICAGO).door is Door.UNKNOWN


def test_a_weekday_without_hours_is_a_closed_day():
    sunday = MONDAY - timedelta(days=1)
    assert opening(at(sunday, 10), [WEEKDAYS, Rule(byday="SU")], CHICAGO).door is Door.CLOSED


def test_open_past_midnight():
    night = Rule(time(20), time(2), byday="FR", freq="WEEKLY")
    friday = MONDAY + timedelta(days=4)
    saturday = friday + timedelta(days=1)
    assert opening(at(friday, 23), [night], CHICAGO).until == at(saturday, 2)
    early = opening(at(saturday, 1), [night], CHICAGO)
    assert (early.door, early.until, early.today) == (Door.OPEN, at(saturday, 2), ())
    assert opening(at(saturday, 2), [night], CHICAGO).door is Door.CLOSED


@pytest.mark.parametrize("end", [time(23, 59), time(23, 59, 59), time(0)])
def test_round_the_clock_does_not_close_at_midnight(end):
    always = Rule(time(0), end, byday=",".join(DAYS), freq="WEEKLY")
    now = opening(at(MONDAY, 23, 59), [always], CHICAGO)
    assert now.door is Door.OPEN
    assert now.until is not None
    assert now.until > at(MONDAY + timedelta(days=2), 0)


def test_a_holiday_closes_the_usual_hours():
    holiday = Rule(valid_from=MONDAY, valid_to=MONDAY, closed=True)
    now = opening(at(MONDAY, 10), [WEEKDAYS, holiday], CHICAGO)
    assert (now.door, now.next) == (Door.CLOSED, at(MONDAY + timedelta(days=1), 9))


def test_a_holiday_every_year():
    new_year = Rule(valid_from=date(1, 12, 31), valid_to=date(1, 1, 1), closed=True)
    assert spans_on(date(2025, 12, 31), [WEEKDAYS, new_year]) == ()
    assert spans_on(date(2026, 1, 1), [WEEKDAYS, new_year]) == ()
    assert spans_on(date(2026, 1, 2), [WEEKDAYS, new_year])


def test_special_hours_replace_the_usual_ones():
    special = Rule(time(10), time(12), valid_from=MONDAY, valid_to=MONDAY)
    assert spans_on(MONDAY, [WEEKDAYS, special]) == ((time(10), time(12)),)


def test_a_season_is_no_exception():
    summer = Rule(time(8), time(20), byday="MO", freq="WEEKLY", valid_from=date(2025, 6, 1), valid_to=date(2025, 8, 31))
    assert spans_on(date(2025, 6, 2), [summer]) == ((time(8), time(20)),)
    assert knows([summer])


def test_the_first_and_the_last_of_a_month():
    first = Rule(time(9), time(12), byday="1SA", freq="MONTHLY")
    last = Rule(time(9), time(12), byday="-1SA", freq="MONTHLY")
    assert spans_on(date(2025, 4, 5), [first])
    assert not spans_on(date(2025, 4, 12), [first])
    assert spans_on(date(2025, 4, 26), [last])
    assert not spans_on(date(2025, 4, 19), [last])
    fifteenth = Rule(time(9), time(12), bymonthday="15,-1", freq="MONTHLY")
    assert spans_on(date(2025, 4, 15), [fifteenth])
    assert spans_on(date(2025, 4, 30), [fifteenth])


def test_every_second_week():
    other = Rule(time(9), time(12), byday="MO", freq="WEEKLY", interval=2, dtstart=MONDAY)
    assert spans_on(MONDAY, [other])
    assert spans_on(MONDAY + timedelta(days=7), [other]) == ()
    assert spans_on(MONDAY + timedelta(days=14), [other])


def test_two_spans_of_a_day_stay_apart():
    rules = [Rule(time(14), time(16), byday="MO"), Rule(time(8), time(12), byday="MO")]
    now = opening(at(MONDAY, 13), rules, CHICAGO)
    assert now.today == ((time(8), time(12)), (time(14), time(16)))
    assert (now.door, now.next) == (Door.CLOSED, at(MONDAY, 14))


moments = st.integers(0, 4_000_000).map(lambda minutes: datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
times = st.one_of(st.none(), st.times().map(lambda t: t.replace(second=0, microsecond=0)))
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
rules = st.builds(
    Rule,
    opens_at=times,
    closes_at=times,
    byday=st.sampled_from(["", "MO", "TU,WE", "SA,SU", "1SA", ",".join(DAYS)]),
    freq=st.sampled_from(["", "WEEKLY", "MONTHLY"]),
    interval=st.integers(1, 3),
    dtstart=st.one_of(st.none(), days),
    valid_from=st.one_of(st.none(), days),
    valid_to=st.one_of(st.none(), days),
    closed=st.booleans(),
)


@given(st.lists(rules, max_size=4), moments)
def test_whatever_the_rules_the_answer_holds_together(some, moment):
    now = opening(moment, some, CHICAGO)
    assert (now.until is None) == (now.door is not Door.OPEN)
    if now.until is not None:
        assert now.until > moment
    if now.next is not None:
        assert now.door is Door.CLOSED
        assert now.next > moment
        assert opening(now.next, some, CHICAGO).door is Door.OPEN


@given(rules)
def test_a_rule_survives_being_stored(rule):
    assert Rule.from_json(rule.as_json()) == rule
