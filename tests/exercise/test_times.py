"""When injects come, as lists write it: by hand, for a drill that starts on 15 April at 14:00."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.exercise.times import (
    NoTime,
    clock_text,
    duration_text,
    read_clock,
    read_either,
    read_relative,
    relative_text,
)
from sim.files.units import duration_seconds

START = datetime.fromisoformat("2026-04-15T14:00:00+08:00")
MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("T+1:30", 90 * MINUTE),
        ("H+1:30", 90 * MINUTE),
        ("+1:30", 90 * MINUTE),
        ("'+1:30", 90 * MINUTE),
        ("＋１：３０", 90 * MINUTE),
        ("1:30", 90 * MINUTE),
        ("+0130", 90 * MINUTE),
        ("T+26:00", 26 * HOUR),
        ("T+0:00:05", 5),
        ("D+1 H+2 M+30", DAY + 2 * HOUR + 30 * MINUTE),
        ("D+1H+2M+30", DAY + 2 * HOUR + 30 * MINUTE),
        ("d+0 h+2", 2 * HOUR),
        ("H+2", 2 * HOUR),
        ("M+45", 45 * MINUTE),
        ("D+2", 2 * DAY),
        ("D+1 2:30", DAY + 150 * MINUTE),
        ("90 min", 90 * MINUTE),
        ("+90 min", 90 * MINUTE),
        ("T+90分钟", 90 * MINUTE),
        ("1小时30分", 90 * MINUTE),
        ("0", 0),
        ("第1天 14:20", 20 * MINUTE),
        ("第二天08:20", 18 * HOUR + 20 * MINUTE),
        ("第2天，8时20分", 18 * HOUR + 20 * MINUTE),
        ("D2 08:20", 18 * HOUR + 20 * MINUTE),
        ("Day 3 14:00", 2 * DAY),
    ],
)
def test_times_from_the_start(text: str, seconds: int) -> None:
    assert read_relative(text, START) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14:20", 20 * MINUTE),
        ("14:20:30", 20 * MINUTE + 30),
        ("下午2时20分", 20 * MINUTE),
        ("08:20", 18 * HOUR + 20 * MINUTE),
        ("2026-04-15 14:20", 20 * MINUTE),
        ("2026/4/16 8:20", 18 * HOUR + 20 * MINUTE),
        ("4月16日8时20分", 18 * HOUR + 20 * MINUTE),
        ("2026-04-15T07:20+01:00", 20 * MINUTE),
        ("第1天 14:20", 20 * MINUTE),
    ],
)
def test_clock_times_of_the_drill(text: str, seconds: int) -> None:
    """07:20 in Paris in winter time is 14:20 in Beijing."""
    assert read_clock(text, START) == seconds


def test_a_clock_time_that_falls_back_by_more_than_half_a_day_is_of_the_next_day() -> None:
    assert read_clock("08:00", START, before=17 * HOUR) == 18 * HOUR
    assert read_clock("14:20", START, before=23 * HOUR) == 24 * HOUR + 20 * MINUTE
    assert read_clock("14:20", START, before=12 * HOUR) == 20 * MINUTE


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("+0:20", 1200), ("T+0:20", 1200), ("20 min", 1200), ("14:20", 1200), ("D+0 H+0 M+20", 1200)],
)
def test_a_column_that_holds_both_takes_a_bare_time_for_the_clocks(text: str, seconds: int) -> None:
    assert read_either(text, START) == seconds


@pytest.mark.parametrize("text", ["", "soon", "T+1:75", "-1:30", "D+", "第0天 08:00", "1.5"])
def test_what_is_no_time_from_the_start_is_refused(text: str) -> None:
    with pytest.raises(NoTime, match=r"D\+1 H\+2 M\+30"):
        read_relative(text, START)


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "约14:20", "14:20-15:00", "2026-04-15", "2026-04-15 13:59"]
)
def test_a_clock_time_is_one_instant_not_before_the_start(text: str) -> None:
    with pytest.raises(NoTime):
        read_clock(text, START)


@given(st.integers(0, 10 * DAY))
def test_what_is_written_is_read_back(seconds: int) -> None:
    assert read_relative(relative_text(seconds), START) == seconds
    assert read_clock(clock_text(START, seconds), START) == seconds
    assert duration_seconds(duration_text(seconds)) == seconds
