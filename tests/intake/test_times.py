"""Written times, each worked out by hand; the zone is Shanghai, the day 19 March 2026."""

from __future__ import annotations

import numpy as np
import pytest

from sim.intake.mapping import Time
from sim.intake.times import Instants, instant, read_times
from sim.log import stamps

HOW = {"zone": "Asia/Shanghai", "date": "2026-03-19"}


def read(*texts: str, **how) -> Instants:
    return read_times(np.array(texts, dtype=object), Time.model_validate({**HOW, **how}))


def spelled(found: Instants) -> list[str]:
    return list(found.spelled(found.utc, found.form > 0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月19日上午8时20分", "2026-03-19T08:20+08:00"),
        ("2026年3月19日下午1点半", "2026-03-19T13:30+08:00"),
        ("３月１９日８：２０", "2026-03-19T08:20+08:00"),
        ("19日晚上11时5分", "2026-03-19T23:05+08:00"),
        ("20日凌晨12点10分", "2026-03-20T00:10+08:00"),
        ("中午12时", "2026-03-19T12:00+08:00"),
        ("中午1时", "2026-03-19T13:00+08:00"),
        ("8时整", "2026-03-19T08:00+08:00"),
        ("8时20分15秒", "2026-03-19T08:20:15+08:00"),
        ("19日24时", "2026-03-20T00:00+08:00"),
        ("2026/3/9 8:05", "2026-03-09T08:05+08:00"),
        ("2026-03-19 08:20:30.750", "2026-03-19T08:20:30+08:00"),
        ("2026-03-19T08:20:30.5Z", "2026-03-19T08:20:30+00:00"),
        ("2026-03-19 08:20 PM", "2026-03-19T20:20+08:00"),
        ("12:05 am", "2026-03-19T00:05+08:00"),
        ("2026-03-19 08:20+0200", "2026-03-19T08:20+02:00"),
    ],
)
def test_one_instant(text: str, expected: str) -> None:
    found = read(text)
    assert spelled(found) == [expected]
    assert not found.interval[0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("8:20左右", "2026-03-19T08:05+08:00", "2026-03-19T08:35+08:00"),
        ("约8时20分", "2026-03-19T08:05+08:00", "2026-03-19T08:35+08:00"),
        ("3月19日8时许", "2026-03-19T07:45+08:00", "2026-03-19T08:15+08:00"),
        ("8:20-8:40", "2026-03-19T08:20+08:00", "2026-03-19T08:40+08:00"),
        ("3月19日8时至9时30分", "2026-03-19T08:00+08:00", "2026-03-19T09:30+08:00"),
        ("23:50～0:10", "2026-03-19T23:50+08:00", "2026-03-20T00:10+08:00"),
    ],
)
def test_intervals(text: str, low: str, high: str) -> None:
    found = read(text)
    assert found.interval[0]
    assert spelled(found) == [low]
    assert list(found.spelled(found.high, found.form > 0)) == [high]


def test_a_bare_date_is_that_day() -> None:
    found = read("2026年3月19日")
    assert found.high[0] - found.utc[0] == 86_399


def test_about_is_what_the_mapping_says() -> None:
    found = read("8:20左右", about="5 min")
    assert found.high[0] - found.utc[0] == 600


@pytest.mark.parametrize(
    "text",
    ["gestern", "25:00", "2026-02-30 08:00", "3/4/2026 8:20", "13:00 pm", "1900-01-01 08:20:00",
     "8:61", "下午", "2026年13月1日", "8:40-8:20"],
)  # fmt: skip
def test_what_is_no_time_has_a_reason(text: str) -> None:
    found = read(text)
    assert found.form[0] == stamps.BAD
    assert found.reason[0]


def test_day_and_month_are_told_apart_by_a_format_only() -> None:
    assert "time.formats" in read("3/4/2026 8:20 PM").reason[0]
    form = ["%m/%d/%Y %I:%M %p"]
    assert spelled(read("3/4/2026 8:20 PM", formats=form)) == ["2026-03-04T20:20+08:00"]


def test_without_offset_and_zone_a_stamp_is_not_read() -> None:
    assert "time.zone" in read("2026-03-19 08:20", zone=None).reason[0]
    assert "time.date" in read("8:20", date=None).reason[0]


def test_summer_time_by_the_zone_and_the_hour_that_never_was() -> None:
    """Paris: +01:00 in winter, +02:00 in summer; 2:30 on 29 March 2026 was skipped."""
    found = read("2026-01-05 08:00", "2026-07-05 08:00", "2026-03-29 02:30", zone="Europe/Paris")
    assert spelled(found)[:2] == ["2026-01-05T08:00+01:00", "2026-07-05T08:00+02:00"]
    assert "Europe/Paris" in found.reason[2]


def test_the_hour_that_a_clock_shows_twice_is_marked_and_the_first_taken() -> None:
    """Paris, 25 October 2026: 2:30 is both +02:00 and +01:00; 3:30 is +01:00 only."""
    found = read("2026-10-25 02:30", "2026-10-25 03:30", zone="Europe/Paris")
    assert spelled(found) == ["2026-10-25T02:30+02:00", "2026-10-25T03:30+01:00"]
    assert found.twice.tolist() == [True, False]


def test_missing_dates_follow_on_and_roll_over_midnight() -> None:
    """A date holds until the next one; back by more than half a day is the next day."""
    found = read("8:00", "7:50", "23:55", "0:05", "3月25日9:00", "9:30", "")
    assert [text[5:16] for text in spelled(found)[:6]] == [
        "03-19T08:00", "03-19T07:50", "03-19T23:55", "03-20T00:05", "03-25T09:00", "03-25T09:30",
    ]  # fmt: skip
    assert found.form[6] == stamps.EMPTY


def test_each_case_has_its_own_days() -> None:
    texts = np.array(["23:55", "8:00", "0:05", "8:10"], dtype=object)
    found = read_times(texts, Time.model_validate(HOW), np.array([0, 1, 0, 1]))
    days = [text[8:10] for text in spelled(found)]
    assert days == ["19", "19", "20", "19"]


def test_instant() -> None:
    assert instant("2026-01-01T08:00+08:00", Time()) == (1_767_225_600, 28_800)
    assert instant("2026-01-01 08:00", Time()) is None
