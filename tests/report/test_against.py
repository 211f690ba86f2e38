"""What is said of a record against the model: each case its own words, by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.experiment.against import Against, standing
from sim.experiment.intervals import Interval
from sim.experiment.typical import Factor
from sim.log import EventLog
from sim.log.record import typed
from sim.report.against_chart import against_chart
from sim.report.against_text import against_text, factor_words, place_words, real_words
from sim.texts import in_language

INF = np.inf
NAMES = ("real_low", "real_high", "n", "faster", "equal", "slower", "undecided")
NUMBERS = (
    *NAMES,
    "share_low",
    "share_high",
    "low",
    "high",
    "median_s",
    "median_low",
    "median_high",
)


def placed(low: float, high: float, *drills: tuple[float, float], reason: str = "") -> dict:
    table = np.array(drills, float).reshape(-1, 2)
    return dict(zip(NUMBERS, standing(low, high, table), strict=True)) | {"reason": reason}


def words(row: dict, drills: int = 4) -> str:
    with in_language("en"):
        return place_words(SimpleNamespace(**row), drills)


TEN, TWENTY = (600.0, 600.0), (1200.0, 1200.0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (placed(900, 900, TEN, TEN, TEN, TWENTY), "slower than 75 % (19–99)"),
        (placed(1300, 1300, *[TEN] * 4), "slower than every one (40–100)"),
        (placed(300, 300, *[TEN] * 4), "faster than every one (0–60)"),
        (placed(600, 600, *[TEN] * 4), "as fast as every one (0–60)"),
        (placed(600, 600, TEN, TWENTY, TWENTY, TWENTY), "slower than 0 % (0–60); 1 as fast"),
        (placed(900, 900), "never came up in 4 drills"),
        (placed(900, 900, TEN, TWENTY), "slower than 50 % (1–99); came up in 2 of 4"),
        (placed(900, INF, TEN, TEN, (1000, INF), (1000, INF)), "slower than 50–100 % (7–100)"),
        (placed(900, INF, *[(1000, INF)] * 4), "cannot be told: neither ended on record"),
        (placed(900, 900, *[(1000, INF)] * 4), "faster than every one (0–60)"),
        (placed(500, 700, TEN, TEN, TWENTY, TWENTY), "slower than 0–50 % (0–93)"),
        (placed(-INF, INF, TEN, reason="no_start"), "not placed: no clock start"),
    ],
)
def test_where_a_time_stands(row, said) -> None:
    """Intervals: Clopper and Pearson for 0 to 4 of 4, and 1 of 2; of bounds the outer ends."""
    assert words(row) == said


def test_times_on_record() -> None:
    assert real_words(720, 720) == "12"
    assert real_words(720, INF) == "> 12"
    assert real_words(600, 1800) == "10–30"
    assert real_words(-INF, INF) == "–"


MEDIAN = Interval(2880.0, 2640.0, 3240.0, 60, "order")
STEPS = (("a", "verify"), ("a", "draft"), ("b", "answer"))


def factor(*numbers: float, fails: str = "", least: float = 600.0) -> str:
    found = Factor(STEPS, 7200.0, *numbers, MEDIAN, least, 50_000.0, fails)
    with in_language("en"):
        return factor_words(found, {"a": "County"})


def test_what_the_model_would_have_had_to_assume() -> None:
    steps = "County (verify, draft), b (answer)"
    none = (np.nan,) * 3
    assert factor(2.5, 2.27, 2.94) == (
        f"{steps}: 2.5 (2.3–2.9) times as long as assumed makes 120 min the median (now 48 min)"
    )
    assert factor(11.0, 8.0, INF).startswith(f"{steps}: 11 (8–∞) times")
    assert factor(*none, fails="too_slow", least=7500.0).endswith("it is still 125 min")
    assert factor(*none, fails="too_fast") == (
        f"{steps}: even 16 times as long, the median stays under 120 min"
    )
    assert factor(*none, fails="shorter").startswith(f"{steps}: less than 1/16 ")


def compared(*rows: dict) -> Against:
    duties = pd.DataFrame(rows)
    own = duties[["rule", "incident", "owner", "recurrence", "limit_s"]]
    times = own.assign(case="m", verdict="met", reason="", low=600.0, high=600.0)
    steps = pd.DataFrame(columns=["actor", "activity", "incident", "k", *NUMBERS])
    real = EventLog(
        typed({"case": ["real"], "row": ["a"], "activity": ["begin"]}, 1), {"real": None}
    )
    return Against(duties, steps, 4, "", ("stranger",), times, real)


def duty(**more) -> dict:
    own = {"rule": "R", "incident": "x", "owner": "a", "recurrence": 0, "limit_s": 3600}
    return placed(900, 900, *[TEN] * 4) | own | {"verdict": "met"} | more


def test_a_duty_without_a_limit_is_fulfilled_and_one_with_it_met() -> None:
    found = compared(duty(), duty(rule="S", limit_s=pd.NA), duty(rule="T", verdict="late"))
    chinese = against_text(found, {"a": "县值班室"}, 120, "zh")
    told = [line.split()[:4] for line in chinese.splitlines() if line[:1] in "RST"]
    assert told == [
        ["R", "县值班室", "15", "按时"],
        ["S", "县值班室", "15", "符合"],
        ["T", "县值班室", "15", "逾期"],
    ]
    assert "情景中没有：stranger" in chinese


@pytest.mark.parametrize(("low", "high"), [(900, 900), (700, 1100), (900, INF), (50_000, 50_000)])
def test_the_picture_shows_the_record_wherever_it_is(low, high) -> None:
    row = duty() | placed(low, high, *[TEN] * 4)
    picture = against_chart(compared(row), "R", "a", {"a": "County"}, "en")
    (ax,) = picture.axes
    assert ax.get_xlim()[1] > low / 60
    drawn = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2]
    if np.isfinite(high) and low < high:
        assert any(p.get_x() == low / 60 for p in ax.patches if hasattr(p, "get_x"))
    else:
        assert low / 60 in drawn
    texts = [text.get_text() for text in ax.texts]
    assert any(text.startswith(f"on record {real_words(low, high)} min") for text in texts)


def test_a_duty_without_a_time_on_record_has_no_picture() -> None:
    with pytest.raises(ValueError, match="no time of a on record"):
        against_chart(compared(duty() | placed(-INF, INF, TEN)), "R", "a", lang="en")
