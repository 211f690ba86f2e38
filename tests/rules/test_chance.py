"""The chance that an unproven duty was met: closed form, slow sum, Monte Carlo, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.rules import load_pack, score
from sim.rules.chance import chance, weights
from sim.rules.stamps import INF, Stamp

CITY = "hechi"


@pytest.mark.parametrize("limit", [0, 5, 10, 14, 19, 30])
def test_two_uniforms_against_the_closed_form(limit):
    """Start on 0..9, end on 10..19: of 100 equal pairs those with end - start <= limit."""
    got = chance(Stamp(0, 9), [Stamp(10, 19)], limit, False, "uniform")
    # end - start - 10 is the difference of two uniforms on 0..9: (10-|d|)/100 for d in -9..9
    expected = sum(10 - abs(d) for d in range(-9, 10) if 10 + d <= limit) / 100
    assert got == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("spread", ["uniform", "triangular"])
@pytest.mark.parametrize("strict", [False, True])
def test_against_the_slow_sum_over_all_pairs(spread, strict):
    start, ends = Stamp(3, 17), [Stamp(20, 31), Stamp(25, 25), Stamp(18, 40)]
    ends = [ends[0], ends[2]]
    for limit in (5, 12, 18, 25):
        total = 0.0
        for s, p in enumerate(weights(start, spread), start.lo):
            for e, q in enumerate(weights(ends[0], spread), ends[0].lo):
                for f, r in enumerate(weights(ends[1], spread), ends[1].lo):
                    took = min(e, f) - s
                    total += p * q * r * (took < limit if strict else took <= limit)
        assert chance(start, ends, limit, strict, spread) == pytest.approx(total, abs=1e-12)


def test_triangle_by_hand():
    assert weights(Stamp(0, 4), "triangular").tolist() == [1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9]
    assert weights(Stamp(7, 7), "triangular").tolist() == [1.0]


@pytest.mark.stat
@pytest.mark.parametrize("spread", ["uniform", "triangular"])
def test_against_monte_carlo(spread):
    """400 000 draws: the share lies within 5 standard errors (one in a million by chance)."""
    rng = np.random.default_rng(20120603)
    start, ends, limit = Stamp(-300, 300), [Stamp(6600, 8100), Stamp(7000, 7600)], 7200
    draw = [
        rng.choice(np.arange(s.lo, s.hi + 1), 400_000, p=weights(s, spread)) for s in (start, *ends)
    ]
    share = (np.minimum(draw[1], draw[2]) - draw[0] <= limit).mean()
    exact = chance(start, ends, limit, False, spread)
    assert abs(share - exact) < 5 * np.sqrt(exact * (1 - exact) / 400_000)


def test_a_stamp_without_bounds_has_no_chance():
    assert chance(Stamp(-INF, 5), [Stamp(3, 9)], 4, False, "uniform") is None


@pytest.fixture
def straddling(record):
    """Known 0:00 to 0:10 in the morning; graded then too; the report is in at 2:05 sharp."""
    record.occur()
    for activity, more in (("receive", {}), ("confirm", {"grade": "II"})):
        record.row(activity, actor=CITY, time_lo=0, time_hi=600, **more)
    return record.report(CITY, "region", "2:05").observe("24:00")


def row(record, stamps=None):
    table = score(record.log(), load_pack("guangxi-2012-65"), stamps=stamps).table
    return table[table["rule"] == "GX-02-city"].iloc[0]


def test_the_verdict_stays_and_the_chance_stands_beside_it(straddling):
    """In time if the start was at 0:05 or later: 301 of 601 seconds."""
    before, after = row(straddling), row(straddling, "uniform")
    assert before["chance"] is pd.NA
    assert after["chance"] == pytest.approx(301 / 601)
    assert after["flags"].split("|") == ["if_uniform:0.50"]
    same = [c for c in before.index if not c.endswith("chance") and c != "flags"]
    assert before[same].astype(str).tolist() == after[same].astype(str).tolist()
    assert after["verdict"] == "unproven"


def test_duties_that_are_decided_have_no_chance(straddling):
    table = score(straddling.log(), load_pack("guangxi-2012-65"), stamps="triangular").table
    decided = table[table["reason"] != "interval_straddles"]
    assert decided["chance"].isna().all()


def test_an_unknown_spread_is_refused(record):
    with pytest.raises(ValueError, match="uniform"):
        score(record.log(), load_pack("guangxi-2012-65"), stamps="normal")
