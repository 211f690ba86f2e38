"""Delays by hand, fits against outside oracles, and the YAML that they give."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML
from scipy import stats

from sim.cli.commands import cli
from sim.experiment import delays_between, fits, make_study, mark_of
from sim.experiment.calibrate import (
    Exponential,
    Lognormal,
    as_yaml,
    distance,
    draws_as_levels,
    likeliest,
    log_likelihood,
    written,
)
from sim.experiment.delays import Delays
from sim.experiment.design import points
from sim.log import read_log
from sim.report.fit_chart import fit_chart
from sim.report.fit_text import fit_text
from sim.texts import LANGUAGES, in_language

HEAD = "case,seq,time,time_lo,time_hi,until,activity,phase,actor,incident,note\n"
DAY = "2026-03-01T"
ROWS = """\
c,1,{d}08:00:00+08:00,,,{d}20:00:00+08:00,observe,,,,
c,2,{d}08:10:00+08:00,,,,verify,started,a,i,first visit of a
c,3,{d}08:25:00+08:00,,,,verify,ended,a,i,
c,4,{d}08:30:00+08:00,,,,verify,started,b,i,
c,5,,{d}08:40:00+08:00,{d}08:50:00+08:00,,verify,ended,b,i,an interval
c,6,{d}09:00:00+08:00,,,,verify,started,a,i,second visit of a
c,7,{d}09:05:00+08:00,,,,verify,,a,i,no phase is the end
c,8,{d}10:00+08:00,,,,verify,started,d,i,to the minute
c,9,{d}10:00+08:00,,,,verify,ended,d,i,the same minute
c,10,{d}19:00:00+08:00,,,,verify,started,e,i,never ended
c,11,{d}19:30:00+08:00,,,,verify,ended,f,i,of somebody else
c,12,,{d}19:00:00+08:00,{d}19:20:00+08:00,,verify,started,g,i,an interval never ended
k,1,{d}08:00:00+08:00,,,,verify,started,a,i,nobody says that this record is complete
k,2,,,{d}09:00:00+08:00,,verify,started,b,i,an open stamp
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "record.csv"
    path.write_text(HEAD + ROWS.replace("{d}", DAY), encoding="utf-8")
    return path


START, END = mark_of("verify started"), mark_of("verify ended")


def test_delays_by_hand(log) -> None:
    found = delays_between(read_log(log), START, END)
    rows = dict(
        zip((pair[0] for pair in found.rows), zip(found.low, found.high, strict=True), strict=True)
    )
    minutes = {row: (low / 60, high / 60) for row, (low, high) in rows.items()}
    assert minutes == {
        "r1": (15, 15),
        "r3": (10, 20),
        "r5": (5, 5),
        "r7": (0, 1),
        "r9": (60, np.inf),
        "r11": (40, np.inf),  # it may have begun as late as 19:20
    }
    assert dict(found.rows)["r5"] == "r6"
    assert found.unknown == 2


def test_delays_of_one_actor_and_over_actors_by_hand(log) -> None:
    only = delays_between(read_log(log), START, END, "a")
    assert (only.low / 60).tolist() == [15, 5]
    across = delays_between(read_log(log), START, END, same=())
    assert ("r9", "r10") in across.rows  # the first end that is not surely earlier, whoever's


def censored(rng: np.random.Generator, size: int):
    """Return exact, running and interval-known times, and the same as scipy takes them."""
    values = rng.lognormal(6, 0.8, 3 * size)
    exact, cut, wide = values[:size], values[size : 2 * size], values[2 * size :]
    low = np.concatenate([exact, cut * 0.7, wide * 0.8])
    high = np.concatenate([exact, np.full(size, np.inf), wide * 1.3])
    data = stats.CensoredData(
        uncensored=exact, right=cut * 0.7, interval=np.column_stack([wide * 0.8, wide * 1.3])
    )
    return low, high, data


@pytest.mark.parametrize("seed", range(4))
def test_the_fits_are_those_of_scipy_for_exact_interval_and_running_times(seed) -> None:
    low, high, data = censored(np.random.default_rng(seed), 15)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        sigma, _, scale = stats.lognorm.fit(data, floc=0)
        _, mean = stats.expon.fit(data, floc=0)
    curve = likeliest("lognormal", low, high)
    assert isinstance(curve, Lognormal)
    assert (curve.sigma, np.exp(curve.mu)) == pytest.approx((sigma, scale), rel=1e-4)
    other = likeliest("exponential", low, high)
    assert isinstance(other, Exponential)
    assert other.mean == pytest.approx(mean, rel=1e-4)


def test_the_likelihood_by_hand() -> None:
    """Exact 10 and 30, running at 20, between 5 and 15, and less than a second; mean 20."""
    low, high = np.array([10.0, 30, 20, 5, 0]), np.array([10.0, 30, np.inf, 15, 0])
    right = 2 * -np.log(20) - 10 / 20 - 30 / 20 - 20 / 20
    right += np.log(np.exp(-5 / 20) - np.exp(-15 / 20)) + np.log(1 - np.exp(-1 / 20))
    assert log_likelihood(Exponential([np.log(20)]), low, high) == pytest.approx(right)


def test_the_distance_is_the_one_of_kolmogorov_where_all_is_exact() -> None:
    values = np.random.default_rng(4).lognormal(6, 1, 37)
    curve = Lognormal([6.0, 0.0])
    right = stats.kstest(values, lambda t: stats.lognorm.cdf(t, 1, scale=np.exp(6.0)))
    assert distance(curve, values, values) == pytest.approx(right.statistic)


def test_the_p_value_is_small_and_the_aic_greater_for_a_wrong_family() -> None:
    values = np.random.default_rng(11).lognormal(6, 0.4, 60)
    best, other = fits(Delays(values, values, []), resamples=99)
    assert (best.family, other.family) == ("lognormal", "exponential")
    assert other.p_value == 0.01
    assert best.p_value > 0.05
    assert best.aic == pytest.approx(4 - 2 * best.log_likelihood)
    assert best.parameters["p90"] > best.parameters["median"]
    low, high = best.interval("median")
    assert low < best.parameters["median"] < high


def test_likelihoods_without_a_maximum_end_at_the_bounds_of_the_search() -> None:
    same = np.full(6, 300.0)
    assert likeliest("lognormal", same, same).sigma == pytest.approx(0.01)  # type: ignore[attr-defined]
    low, high = np.arange(1.0, 21.0), np.r_[1.0, np.full(19, np.inf)]
    assert all(np.isfinite(list(fits(Delays(low, high, []), resamples=5)[0].parameters.values())))


def test_a_number_of_running_ones_and_too_few_delays() -> None:
    low = np.array([100.0, 200, 300, 400, 500])
    high = np.array([100.0, 200, 300, np.inf, np.inf])
    fit = fits(Delays(low, high, []), resamples=9)[0]
    assert (fit.n, fit.running, len(fit.draws)) == (5, 2, 9)
    for few in (low[:4], high[3:]):
        with pytest.raises(ValueError, match="needs 5 delays"):
            fits(Delays(few, few, []))
    with pytest.raises(ValueError, match="10 draws asked for, the fit has 9"):
        draws_as_levels(fit, 10)


def test_what_is_written_is_whole_seconds_and_rises() -> None:
    assert written({"median": 0.2, "p90": 0.4}) == {"median": "1 s", "p90": "2 s"}
    assert written({"median": 99.6, "p90": 100.2}) == {"median": "100 s", "p90": "101 s"}


def test_the_yaml_is_read_by_the_scenario_and_the_levels_by_a_study(study, tmp_path) -> None:
    values = np.random.default_rng(12).lognormal(6, 0.5, 40)
    found = fits(Delays(values, values, []), resamples=19)
    text = fit_text(Delays(values, values, []), found, "verify started", "verify ended", 7)
    pasted = YAML(typ="safe").load(text[text.index("time: ") :].split("\n\n")[0])
    factors = YAML(typ="safe").load(text[text.index("factors:") :])["factors"]
    ((path, levels),) = factors.items()
    path = path.replace("PROCEDURE", "tell").replace("STEP", "verify")
    study()
    made = make_study(
        tmp_path,
        scenario="small.yaml",
        measures={"m": {"met": "GX-01"}},
        factors={path: [pasted["time"], *levels]},
    )
    read = [point.scenario.procedures["tell"].steps[0].time for point in points(made)]
    right = [found[0].parameters, *found[0].draws[:7]]
    assert len(read) == 8
    for law, parameters in zip(read, right, strict=True):
        assert law.median == pytest.approx(parameters["median"], abs=0.5)
        assert law.p90 == pytest.approx(parameters["p90"], abs=0.5)
    assert as_yaml(found[0]) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_has_a_curve_for_the_record_and_each_family(lang) -> None:
    low = np.random.default_rng(13).lognormal(6, 0.5, 24)
    high = np.where(low > 600, np.inf, low * 1.01)
    found = fits(Delays(low, high, []), resamples=9)
    (ax,) = fit_chart(Delays(low, high, []), found, "verify started", "grade", lang).axes
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert len(labels) == 3
    grid, fitted = ax.lines[2].get_data()
    assert fitted == pytest.approx(found[0].curve.cdf(60 * grid))
    steps = stats.ecdf(
        stats.CensoredData.right_censored(np.where(low > 600, low, low * 1.005), low > 600)
    )
    assert ax.lines[0].get_ydata()[1:-1] == pytest.approx(steps.cdf.probabilities)


def test_the_command_prints_fits_and_writes_a_picture(log, tmp_path) -> None:
    marks = ["--from", "verify started", "--to", "verify ended"]
    out = tmp_path / "fit.png"
    with in_language("en"):
        found = CliRunner().invoke(
            cli,
            ["calibrate", str(log), *marks, "--picture", str(out), "--levels", "2", "--lang", "en"],
        )
    assert found.exit_code == 0, found.output
    assert "6, of which 2 were still running" in found.output
    assert "left out, because begin or end is not on record: 2" in found.output
    assert found.output.count("    - {") == 2
    assert out.read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--from", "verfy started", "--to", "verify ended"], "did you mean verify"),
        (["--from", "verify started", "--to", "verify endet"], "did you mean ended"),
        (["--from", "verify started", "--to", "verify ended", "--actor", "z"], "--actor: expected"),
        (["--from", "verify started", "--to", "grade ended", "--actor", "b"], "5 delays or more"),
        (
            ["--from", "verify started", "--to", "verify ended", "--picture", "no/fit.png"],
            "no does",
        ),
        (
            ["--from", "verify started", "--to", "verify ended", "--picture", "fit.jpg"],
            "--picture: expected a file that ends in .png, .svg, received 'fit.jpg'",
        ),
    ],
)
def test_bad_input_is_told_and_ends_with_status_2(log, words, message) -> None:
    found = CliRunner().invoke(cli, ["calibrate", str(log), *words, "--lang", "en"])
    assert found.exit_code == 2
    assert message in found.output
