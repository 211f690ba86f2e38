"""Distributions against scipy.stats: quantiles, means; and what is refused."""

import itertools
import math
import pickle

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError
from scipy import stats

from sim.scenario.distributions import Distribution
from sim.scenario.units import Duration

ADAPTER = TypeAdapter(Distribution)
U = [0.0, 0.001, 0.05, 0.25, 0.3, 0.5, 0.77, 0.9, 0.999]
SIGMA = math.log(25 / 10) / stats.norm.ppf(0.9)
CASES = {
    "quartiles": (
        {"lognormal": {"p25": "8 h", "p75": "99 h"}},
        stats.lognorm(
            s=math.log(99 / 8) / (2 * stats.norm.ppf(0.75)), scale=3600 * math.sqrt(8 * 99)
        ),
    ),
    "95 percent": (
        {"lognormal": {"median": "90 s", "p95": "3 min"}},
        stats.lognorm(s=math.log(2) / stats.norm.ppf(0.95), scale=90),
    ),
    "lognormal": (
        {"lognormal": {"median": "10 min", "p90": "25 min"}},
        stats.lognorm(s=SIGMA, scale=600),
    ),
    "triangular": (
        {"triangular": {"low": "1 min", "mode": "5 min", "high": "20 min"}},
        stats.triang(c=240 / 1140, loc=60, scale=1140),
    ),
    "exponential": ({"exponential": {"mean": "20 min"}}, stats.expon(scale=1200)),
    "uniform": ({"uniform": {"low": "1 min", "high": "3 min"}}, stats.uniform(60, 120)),
}


def read(data):
    return ADAPTER.validate_python(data)


@pytest.mark.parametrize("kind", CASES)
def test_quantiles_against_scipy(kind):
    data, oracle = CASES[kind]
    distribution = read(data)
    for u in U:
        x = stats.norm.ppf(u) if distribution.standard == "z" else u
        if math.isfinite(x):
            assert distribution.seconds(x) == math.floor(oracle.ppf(u) + 0.5)


@pytest.mark.parametrize("kind", CASES)
def test_means_against_scipy(kind):
    data, oracle = CASES[kind]
    assert read(data).mean() == pytest.approx(oracle.mean(), rel=1e-12)


@pytest.mark.parametrize("kind", CASES)
def test_least_is_the_lower_end_of_scipys_support(kind):
    data, oracle = CASES[kind]
    assert read(data).least() == math.floor(oracle.support()[0])


@pytest.mark.parametrize("kind", CASES)
def test_the_ends_of_the_standard_numbers_give_durations(kind):
    distribution = read(CASES[kind][0])
    ends = (-40.0, 40.0) if distribution.standard == "z" else (0.0, 1.0)  # 1 - u may be 1
    low, high = (distribution.seconds(x) for x in ends)
    assert 0 <= low < high


def test_empirical_against_numpys_inverted_cdf():
    values = [50, 10, 30, 20, 40, 30, 70]
    distribution = read({"empirical": {"values": [f"{v} s" for v in values]}})
    u = np.linspace(0.01, 0.99, 50)
    expected = np.quantile(values, u, method="inverted_cdf")
    assert [distribution.seconds(x) for x in u] == expected.tolist()
    assert distribution.mean() == pytest.approx(np.mean(values))
    assert distribution.least() == 10


def test_a_lognormal_meets_the_quantiles_that_it_was_given():
    """By definition of a quantile; scipy's normal(0, 1) at every pair of them."""
    places = {"p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
    values = {"p25": 480, "median": 1200, "p75": 2000, "p90": 5000, "p95": 9000}
    for pair in itertools.combinations(places, 2):
        found = read({"lognormal": {name: f"{values[name]} s" for name in pair}})
        for name in pair:
            assert found.seconds(stats.norm.ppf(places[name])) == values[name]


@pytest.mark.parametrize("data", ["5 min", {"constant": "5 min"}])
def test_a_bare_duration_is_constant(data):
    distribution = read(data)
    assert (distribution.standard, distribution.seconds(0.7), distribution.mean()) == ("", 300, 300)
    assert distribution.least() == 300


def test_a_built_distribution_stays_itself_and_travels_to_workers():
    for data, _ in CASES.values():
        distribution = read(data)
        assert read(distribution) is distribution
        assert pickle.loads(pickle.dumps(distribution)) == distribution


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"lognormal": {"median": "25 min", "p90": "10 min"}}, "a p90 above the median"),
        ({"lognormal": {"median": "0 s", "p90": "10 min"}}, "a median above 0"),
        ({"lognormal": {"median": "10 min"}}, "two of p25, median, p75, p90, p95"),
        ({"lognormal": {"p25": "1 s", "median": "2 s", "p90": "3 s"}}, "two of p25, median"),
        ({"lognormal": {"p25": "9 min", "p75": "9 min"}}, "a p75 above the p25"),
        ({"triangular": {"low": "5 min", "mode": "1 min", "high": "9 min"}}, "low ≤ mode ≤ high"),
        ({"exponential": {"mean": "0 s"}}, "a mean above 0"),
        ({"uniform": {"low": "5 min", "high": "1 min"}}, "low ≤ high"),
        ({"empirical": {"values": ["1 min"], "file": "x.csv"}}, "either values or a file"),
        ({"uniform": {"low": 1, "high": "3 min"}}, "a duration such as 15 min"),
        (5, "a duration such as 15 min"),
        ({"constant": "1 s", "uniform": {}}, "or one distribution such as"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(data, message):
    with pytest.raises(ValidationError, match=message):
        read(data)


@pytest.mark.parametrize("name", ["../x.csv", "/tmp/x.csv", "none.csv"])
def test_an_empirical_file_stays_in_the_folder_and_exists(tmp_path, name):
    with pytest.raises(ValidationError, match="file"):
        ADAPTER.validate_python({"empirical": {"file": name}}, context={"folder": str(tmp_path)})


def test_an_empirical_file_holds_seconds_or_durations(tmp_path):
    (tmp_path / "x.csv").write_text("who,seconds\na,90\nb,2 min\nc,\n", encoding="utf-8-sig")
    context = {"folder": str(tmp_path)}
    found = ADAPTER.validate_python({"empirical": {"file": "x.csv"}}, context=context)
    assert found.values == (90, 120)
    with pytest.raises(ValidationError, match="a column minutes"):
        ADAPTER.validate_python(
            {"empirical": {"file": "x.csv", "column": "minutes"}}, context=context
        )
    (tmp_path / "x.csv").write_text("seconds\n90\nsoon\n")
    with pytest.raises(ValidationError, match=r"a duration in x\.csv:3, not 'soon'"):
        ADAPTER.validate_python({"empirical": {"file": "x.csv"}}, context=context)


def test_durations_in_python_may_be_nought_without_unit():
    assert TypeAdapter(Duration).validate_python(0) == 0
    with pytest.raises(ValidationError):
        TypeAdapter(Duration).validate_python(60)
