"""Where a time on record stands among simulated drills, and what would have made it typical.

Oracles: counting by hand and by a slow twin, the lognormal distribution, and that a time in
proportion to a factor is proportional to it.
"""

from __future__ import annotations

from itertools import product
from math import log as ln

import numpy as np
import pytest
from scipy import stats

import sim
from sim.experiment.against import against, paired, standing
from sim.experiment.took import took
from sim.experiment.typical import MOST, Ways, crossing, only
from sim.rules import score
from sim.scenario.changes import Change, path_of

from .one_office import DIRECTORY, at, record

NUMBERS = ("low", "high", "n", "faster", "equal", "slower", "undecided")
INF = np.inf


def values(low: float, high: float) -> set[int]:
    """Return all that a time may be, from 0 to 9."""
    if low == -INF:
        return set(range(10))
    if high == INF:
        return set(range(int(low) + 1, 10))
    return set(range(int(low), int(high) + 1))


def test_standing_counts_as_all_possible_values_do() -> None:
    """The slow twin looks at every pair of values that the bounds allow."""
    bounds = [(a, b) for a in range(4) for b in range(a, 4)] + [(a, INF) for a in range(4)]
    bounds.append((-INF, INF))
    for real in bounds:
        for other in bounds:
            pairs = list(product(values(*real), values(*other)))
            fast, slow = all(s < r for r, s in pairs), all(s > r for r, s in pairs)
            same = real == other and real[0] == real[1]
            found = dict(zip(NUMBERS, standing(*real, np.array([other])), strict=False))
            twin = [int(x) for x in (fast, same, slow, not (fast or same or slow))]
            assert [found[x] for x in NUMBERS[3:]] == twin, (real, other)


def test_percentile_and_exact_interval_by_hand() -> None:
    """Of 10 drills 3 took less, 1 the same, 1 goes on from before: 30 to 40 %; ends by scipy."""
    drills = np.array([[k, k] for k in (1, 2, 3, 5, 6, 7, 8, 9, 10)] + [[4, INF]], float)
    found = standing(5.0, 5.0, drills)
    assert found[2:9] == (10, 3, 1, 5, 1, 0.3, 0.4)
    low = stats.binomtest(3, 10).proportion_ci(method="exact").low
    high = stats.binomtest(4, 10).proportion_ci(method="exact").high
    assert found[9:11] == pytest.approx((low, high))


def test_faster_than_every_drill_still_has_an_interval() -> None:
    """None of 200: the exact bound is 1 − 0.025^(1/200), closed form."""
    found = standing(1.0, 1.0, np.full((200, 2), 5.0))
    assert found[7:11] == pytest.approx((0.0, 0.0, 0.0, 1 - 0.025 ** (1 / 200)))


def test_what_never_came_up_has_no_share() -> None:
    found = standing(1.0, 1.0, np.empty((0, 2)))
    assert found[2:7] == (0, 0, 0, 0, 0)
    assert np.isnan(found[7:]).all()


def test_times_of_duties_by_hand(one, tmp_path) -> None:
    """Noticed 8:05; received 9:35, or by 9:20 to 9:50, or not by 20:00, or no notice on record."""
    _, pack = one
    head = (*DIRECTORY, at("08:00", "occur,,,,gas"), at("08:05", "notice,,city,,gas"))
    for rows, bounds in (
        ((*head, at("09:35", "reported,,city,region,gas")), (90, 90)),
        (head, (715, INF)),
        ((*head[:-1], at("09:35", "reported,,city,region,gas")), (-INF, INF)),
    ):
        real = record(tmp_path, *rows)
        found = took(real, score(real, pack)).iloc[0]
        assert (found["low"] / 60, found["high"] / 60) == bounds
    text = (
        (tmp_path / "real.csv")
        .read_text("utf-8")
        .replace("activity", "time_lo,time_hi,activity", 1)
    )
    stamp = "2026-07-01T{}+08:00".format
    lines = [line.replace(",", ",,,", 1) for line in text.splitlines()[1:-1]]
    lines.append(at("08:05", "notice,,city,,gas").replace(",", ",,,", 1))
    lines.append(f",{stamp('09:20')},{stamp('09:50')},reported,,city,region,gas,,,")
    text = "\n".join([text.splitlines()[0], *lines]) + "\n"
    (tmp_path / "real.csv").write_text(text, encoding="utf-8")
    real = sim.read_log(tmp_path / "real.csv")
    found = took(real, score(real, pack)).iloc[0]
    assert (found["low"] / 60, found["high"] / 60) == (75, 105)


SIGMA = ln(3) / stats.norm.ppf(0.9)
"""Of verifying: median 40 min, p90 2 h."""
QUIET = [Change(("background", "calls"), None)]
ONLY_VERIFY = [*QUIET, Change(path_of("procedures.tell.steps.1.draft.time"), "0 s")]


def test_percentile_is_that_of_the_lognormal(one, tmp_path) -> None:
    """Verified and sent in 1 min: P(less than 61 min) = Φ(ln(60/40) / σ), 95 % interval."""
    path, pack = one
    scenario = sim.load_scenario(path, ONLY_VERIFY)
    real = record(
        tmp_path,
        *DIRECTORY,
        at("08:00", "occur,,,,explosion"),
        at("08:05", "notice,,city,,explosion"),
        at("08:10", "verify,started,city,,explosion"),
        at("09:00", "verify,ended,city,,explosion"),
        at("09:06", "reported,,city,region,explosion"),
    )
    found = against(real, scenario, pack, 400, 3)
    (duty,), (step,) = found.duties.to_dict("records"), found.steps.to_dict("records")
    assert (duty["rule"], duty["incident"], duty["real_low"], duty["n"]) == (
        "TELL",
        "gas",
        3660,
        400,
    )
    assert duty["low"] < stats.norm.cdf(ln(60 / 40) / SIGMA) < duty["high"]
    assert duty["high"] - duty["low"] < 0.11
    assert (step["activity"], step["real_low"]) == ("verify", 3000)
    assert step["low"] < stats.norm.cdf(ln(50 / 40) / SIGMA) < step["high"]
    assert found.absent == ()
    assert duty["met"] == (found.times["high"] <= 4 * 3600).sum()  # the limit


def test_a_single_incident_goes_by_the_scenarios_name(one, tmp_path) -> None:
    path, _ = one
    real = record(tmp_path, at("08:05", "notice,,city,,x"), at("08:05", "begin,,,,"))
    table = paired(real, sim.load_scenario(path)).table
    assert table["incident"].tolist() == ["gas", ""]


DUTY = {"rule": "TELL", "incident": "gas", "owner": "city", "recurrence": 0}


def test_the_factor_is_that_of_the_times(one) -> None:
    """All but the minute of sending is in proportion: f = (target − 60) / (median − 60)."""
    path, pack = one
    ways = Ways(sim.load_scenario(path, QUIET), pack, DUTY, 60)
    assert set(ways.steps) == {("city", "verify"), ("city", "draft")}
    middle = ways.factor(6000).median.estimate
    for target in (middle, 2 * middle, middle / 3):
        found = ways.factor(target)
        assert found.fails == ""
        assert found.factor == pytest.approx((target - 60) / (middle - 60), rel=0.025)
        assert found.low < found.factor < found.high
    assert ways.factor(middle).low < 1 < ways.factor(middle).high


def test_no_factor_is_said_where_there_is_none(one) -> None:
    """Sending alone takes a minute; 16 times the median, and a sixteenth of it, are the ends."""
    path, pack = one
    ways = Ways(sim.load_scenario(path, ONLY_VERIFY), pack, DUTY, 40)
    assert ways.factor(50).fails == "too_slow"
    assert ways.factor(50).least == 60
    middle = ways.factor(50).median.estimate - 60
    assert ways.factor(60 + middle * MOST * 1.05).fails == "too_fast"
    assert ways.factor(60 + middle / MOST * 0.95).fails == "shorter"
    assert np.isnan(ways.factor(50).factor)


def test_of_two_steps_one_alone_must_make_up_for_both(one) -> None:
    """Verify is lognormal, draft 60 min: f of verify alone = (target − 61 min) / its median."""
    path, pack = one
    changes = [*QUIET, Change(path_of("procedures.tell.steps.1.draft.time"), "1 h")]
    ways = Ways(sim.load_scenario(path, changes), pack, DUTY, 60)
    middle = ways.factor(9000).median.estimate
    found = ways.factor(2 * middle, (("city", "verify"),))
    assert found.factor == pytest.approx((2 * middle - 3660) / (middle - 3660), rel=0.025)
    assert found.least == 3660


def test_bisection_finds_where_a_step_function_crosses() -> None:
    assert crossing(lambda f: f, 3.0) == pytest.approx(3.0, rel=0.025)
    assert crossing(lambda f: 100.0, 3.0) == 0
    assert crossing(lambda f: 0.0, 3.0) == INF


def test_a_pack_of_one_rule_judges_it_as_the_whole_pack_does() -> None:
    """For every rule of the directive, on a drill of a shipped scenario."""
    from pathlib import Path

    pack = sim.load_pack("guangxi-2012-65")
    scenario = sim.load_scenario(Path(__file__).parents[2] / "scenarios" / "chemical-leak.yaml")
    log = sim.run(scenario, 1, packs=(pack,))
    table = score(log, pack).table
    for rule in ("GX-01", "GX-02-dept", "GX-03", "GX-04", "A11-1", "A05-1"):
        own = table[table["rule"] == rule].reset_index(drop=True)
        assert (
            score(log, only(pack, rule))
            .table.query("rule == @rule")
            .reset_index(drop=True)
            .equals(own)
        ), rule
