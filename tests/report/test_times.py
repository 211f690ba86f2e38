"""Times over many cases: censoring, shares, intervals; oracles worked by hand or from theory."""

import numpy as np
import pytest

from sim.log.record import EventLog
from sim.report.ecdf import curve, report_ecdf
from sim.report.times import record_ends, share_met, share_words, times
from sim.texts import in_language


@pytest.fixture
def many(drill, make_instance, make_verdicts):
    """Four cases: done after 60, 100 and 130 min; the fourth record ends after 90 min."""
    import pandas as pd

    ends = {"a": 60, "b": 100, "c": 130, "d": None}
    rows, tables = [], []
    for case, end in ends.items():
        verdict = "open" if end is None else "met" if end <= 120 else "late"
        row = make_instance("R", "city", 120, verdict, (0, 0, 0), end, case=case)
        rows.append(row)
        table = drill.table.iloc[:2].copy()
        table["case"], table["until"] = case, 90 * 60 if end is None else 8 * 3_600
        table["time"] = 0
        tables.append(table)
    origin = next(iter(drill.origins.values()))
    origins = dict.fromkeys(ends, origin)
    log = EventLog(pd.concat(tables, ignore_index=True), origins)
    return log, make_verdicts(rows, origins)


def test_what_was_not_done_counts_as_longer_product_limit_by_hand(many):
    """Kaplan–Meier: 1 of 4 at 60, then (after the censoring at 90) 1 of 2 at 100, 1 of 1 at 130."""
    found = times(*many, "R")[0]
    assert (len(found.known), len(found.longer)) == (3, 1)
    x, y, _, _ = curve(found)
    share = dict(zip(x, y, strict=True))
    assert share[60] == pytest.approx(1 - 3 / 4)
    assert share[100] == pytest.approx(1 - 3 / 4 * 1 / 2)
    assert share[130] == pytest.approx(1.0)


def test_counts_of_verdicts_leave_the_open_one_out(many):
    found = times(*many, "R")[0]
    assert (found.met, found.late, found.undecided, found.excused) == (2, 1, 1, 0)


def test_another_reading_moves_the_start(many):
    log, verdicts = many
    table = verdicts.table.copy()
    table["occur_start_s"] = -600
    moved = times(log, type(verdicts)(table, verdicts.origins), "R", "occur")[0]
    assert sorted(moved.known / 60) == [70, 110, 140]


def test_what_is_not_proven_is_neither_done_nor_longer(many):
    log, verdicts = many
    table = verdicts.table.copy()
    table.loc[3, ["verdict", "reason"]] = "unproven", "not_observed"
    found = times(log, type(verdicts)(table, verdicts.origins), "R")[0]
    assert (len(found.known), len(found.longer), found.unknown) == (3, 0, 1)


def test_record_ends_where_its_observe_row_says(many):
    assert record_ends(many[0]) == {"a": 28_800, "b": 28_800, "c": 28_800, "d": 5_400}


@pytest.mark.parametrize("n", [1, 5, 40])
def test_exact_interval_of_none_missed_is_the_closed_form(n):
    """Clopper–Pearson with k = n: lower bound (α/2)^(1/n), upper 1."""
    share, low, high = share_met(n, 0)
    assert (share, high) == (1.0, 1.0)
    assert low == pytest.approx(0.025 ** (1 / n))


def test_nothing_decided_is_no_share():
    assert share_met(0, 0) is None
    with in_language("en"):
        assert share_words(0, 0) == "nothing decided"


def test_unknown_rule_and_rule_that_applies_nowhere_are_said(many, make_verdicts, make_instance):
    log, verdicts = many
    with in_language("en"):
        with pytest.raises(ValueError, match="no rule Q"):
            times(log, verdicts, "Q")
        none = make_verdicts([make_instance("Q", "city", 60, "not_applicable", case="a")])
        with pytest.raises(ValueError, match="applies in no case"):
            times(log, none, "Q")


def _legend(picture):
    return "\n".join(text.get_text() for text in picture.axes[0].get_legend().get_texts())


def test_legend_states_share_interval_median_and_what_is_not_known(many):
    text = _legend(report_ecdf(*many, "R", lang="en"))
    assert "met 2 of 3: 66.7 %" in text
    assert "1 not done when the record ended" in text
    assert "1 open or unproven" in text
    assert "median 100 min" in text


def test_one_case_is_one_step_from_none_to_all(many):
    log, verdicts = many
    one = type(verdicts)(verdicts.table.iloc[:1], verdicts.origins)
    line = report_ecdf(log, one, "R", lang="en").axes[0].lines[0]
    assert sorted(set(line.get_ydata())) == [0.0, 1.0]
    assert 60 in line.get_xdata()


def test_a_rule_never_done_is_flat_and_not_an_error(many):
    log, verdicts = many
    one = type(verdicts)(verdicts.table.iloc[3:], verdicts.origins)
    picture = report_ecdf(log, one, "R", lang="zh")
    assert set(picture.axes[0].lines[0].get_ydata()) == {0.0}


def test_a_thousand_cases_follow_the_distribution_they_were_drawn_from(
    drill, make_instance, make_verdicts
):
    """Exponential times of mean 60 min, seed 5: by Dvoretzky–Kiefer–Wolfowitz the curve is
    within 0.0607 of 1 - exp(-t/60) except with probability 0.00127 (two-sided, n = 1000)."""
    rng = np.random.default_rng(5)
    drawn = rng.exponential(60, 1_000)
    rows = [
        make_instance("R", "city", 120, "met" if m <= 120 else "late", (0, 0, 0), m, case=f"c{k}")
        for k, m in enumerate(drawn)
    ]
    found = times(drill, make_verdicts(rows), "R")[0]
    x, y, low, high = curve(found)
    truth = 1 - np.exp(-x / 60)
    assert np.abs(y - truth).max() < 0.0607
    assert np.all(low <= y)
    assert np.all(y <= high)
    assert np.isfinite(low).all()
