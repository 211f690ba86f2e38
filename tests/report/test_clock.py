"""Times as people read them."""

from datetime import datetime

import pytest

from sim.report import clock
from sim.texts import in_language
from sim.texts.lengths import limit

ORIGIN = datetime.fromisoformat("2012-06-03T22:30:00+08:00")


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "22:30"), (90 * 60, "06-04 00:00"), (-60, "22:29"), (90 * 60 + 59, "06-04 00:00")],
)
def test_clock_time_shows_the_date_on_another_day(seconds, expected):
    assert clock.clock(ORIGIN, seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "±0"), (1, "+0.1"), (-1, "-0.1"), (90, "+1.5"), (-7_200, "-120"), (-39_601, "-660")],
)
def test_margin_of_a_second_never_reads_as_exactly_on_time(seconds, expected):
    assert clock.signed_minutes(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(7_200, "2 小时", "2 h"), (5_400, "90 分钟", "90 min"), (86_400, "1 天", "1 d")],
)
def test_limit_in_its_largest_whole_unit(seconds, zh, en):
    with in_language("zh"):
        assert limit(seconds) == zh
    with in_language("en"):
        assert limit(seconds) == en


def test_span_in_words_against_hand_worked_values():
    with in_language("en"):
        spans = [clock.span(s) for s in (40, 2_700, 7_500, 24_600, 273_600)]
    assert spans == ["40 s", "45 min", "2 h 05 min", "6 h 50 min", "3 d 4 h"]


@pytest.mark.parametrize("length", [600, 5_000, 30_000, 100_000, 1_000_000, 40_000_000])
def test_ticks_are_round_clock_times_inside_the_window_and_few(length):
    at = clock.ticks(ORIGIN, 0, length, most=12)
    assert 1 <= len(at) <= 13
    assert all(0 <= second <= length for second in at)
    step = clock.tick_step(length, 12)
    since_midnight = 22 * 3_600 + 30 * 60
    assert all((second + since_midnight) % step == 0 for second in at)
