"""Samples depend on their address only, and are what they claim to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.model import BLOCK, Plan, Sampler, Streams, sampler, simulate
from sim.scenario import Scenario, load_scenario
from sim.scenario.distributions import Constant, Exponential, Lognormal, Uniform

ROOT = Path(__file__).parents[2]
READY = sorted((ROOT / "scenarios").glob("*.yaml"))
TIME, ACTIVITY, PHASE, ACTOR, RECIPIENT, OBJECT, INCIDENT, CAUSE, HELD, SPAN, EXTRA = range(11)
HOUR = Uniform(0, 3_600_000)
"""Fine enough that two different addresses give different seconds."""


# -- a pure function of the address -------------------------------------------------------
ADDRESSES = [
    (f"office/o{k}/relay/verify", entity, attempt)
    for k in range(3)
    for entity in (0, 1, 7)
    for attempt in (0, 1, 2)
]


def numbers(order: list[int], seed: int = 3, column: int = 5, extra: bool = False) -> list[int]:
    """Return the samples of `ADDRESSES`, asked for in this order, perhaps among others."""
    one = Sampler(Streams(seed), column)
    found = {}
    for k in order:
        if extra:
            one.seconds(HOUR, "office/another/verify", k)
            one.seconds(HOUR, ADDRESSES[k][0], 50 + k)
            one.seconds(Lognormal(60, 600), ADDRESSES[k][0], 0)
        found[k] = one.seconds(HOUR, *ADDRESSES[k])
    return [found[k] for k in range(len(ADDRESSES))]


def test_samples_do_not_depend_on_the_order_of_asking_nor_on_other_samples() -> None:
    plain = numbers(list(range(len(ADDRESSES))))
    assert numbers(list(reversed(range(len(ADDRESSES))))) == plain
    assert numbers(list(range(len(ADDRESSES))), extra=True) == plain
    assert len(set(plain)) == len(ADDRESSES), "two addresses share a number"


def test_samples_differ_by_seed_and_by_replication() -> None:
    order = list(range(len(ADDRESSES)))
    runs = [numbers(order), numbers(order, seed=4), numbers(order, column=6)]
    assert len({value for run in runs for value in run}) == 3 * len(ADDRESSES)


@pytest.mark.parametrize("replication", [0, 7, BLOCK - 1, BLOCK, 3 * BLOCK + 2])
def test_one_replication_alone_is_the_same_as_within_its_block(replication: int) -> None:
    streams = Streams(9, replication // BLOCK)
    for column in range(BLOCK):  # all others first
        Sampler(streams, column).seconds(HOUR, "a/b", 3)
    within = Sampler(streams, replication % BLOCK)
    alone = sampler(9, replication)
    for entity in (0, 3, 4):
        assert within.seconds(HOUR, "a/b", entity) == alone.seconds(HOUR, "a/b", entity)


def test_blocks_do_not_repeat_each_other() -> None:
    values = [sampler(1, k * BLOCK).seconds(HOUR, "a", 0) for k in range(20)]
    assert len(set(values)) == 20


def test_changed_parameters_keep_common_numbers() -> None:
    # The same standard number: the uniform quantile scales, whatever else happens.
    one = sampler(1, 0)
    pairs = [
        (one.seconds(Uniform(0, 10_000), "s", k), one.seconds(Uniform(0, 20_000), "s", k))
        for k in range(200)
    ]
    assert all(abs(b - 2 * a) <= 1 for a, b in pairs)


def test_given_table_wins_over_drawn_numbers() -> None:
    one = sampler(1, 0, given={("s", 2, 1): 77, ("s", 0, 0): 0, ("lost", 0, 0): 1})
    assert one.seconds(HOUR, "s", 2, 1) == 77
    assert one.seconds(Constant(5), "s", 0, 0) == 0
    assert one.seconds(Constant(5), "s", 1, 0) == 5
    assert one.happens(0.0, "lost") is True
    assert one.seconds(HOUR, "s", 2, 2) == sampler(1, 0).seconds(HOUR, "s", 2, 2)


# -- what they are ------------------------------------------------------------------------
def standard(kind: str) -> np.ndarray:
    """Return 40 x 256 standard numbers: rows = entities, columns = replications."""
    streams = Streams(20120065)
    return np.array([streams.row(("team/a/muster", kind, 0), entity) for entity in range(40)])


@pytest.mark.stat
@pytest.mark.parametrize(("kind", "law"), [("u", stats.uniform()), ("z", stats.norm())])
def test_standard_numbers_against_kolmogorov_smirnov(kind: str, law: stats.rv_continuous) -> None:
    # Fixed seed; a right generator fails each assertion with probability 1e-4.
    table = standard(kind)
    assert stats.kstest(table.ravel(), law.cdf).pvalue > 1e-4
    # One entity over replications, and one replication over entities: 40 + 256 tests.
    lines = [*table, *table.T]
    assert min(stats.kstest(line, law.cdf).pvalue for line in lines) > 1e-4 / len(lines)
    # Neighbours in both directions are uncorrelated.
    for a, b in ((table[1:], table[:-1]), (table[:, 1:], table[:, :-1])):
        assert stats.pearsonr(a.ravel(), b.ravel()).pvalue > 1e-4


@pytest.mark.stat
def test_streams_of_neighbouring_names_and_attempts_are_uncorrelated() -> None:
    streams = Streams(1)
    keys = [(f"office/o{k}/verify", "z", attempt) for k in range(12) for attempt in range(3)]
    table = np.array([streams.row(key, 0) for key in keys])
    found = np.corrcoef(table)[np.triu_indices(len(keys), 1)]
    # Fisher's z of each pair; error probability 1e-4 over all pairs together.
    limit = stats.norm.isf(0.5e-4 / len(found)) / np.sqrt(BLOCK - 3)
    assert np.abs(np.arctanh(found)).max() < limit


@pytest.mark.parametrize(
    ("law", "quantile"),
    [
        (Uniform(0, 1_000_000), lambda p: 1_000_000 * p),
        (Exponential(600), stats.expon(scale=600).ppf),
        (Lognormal(600, 1500), stats.lognorm(s=np.log(2.5) / stats.norm.ppf(0.9), scale=600).ppf),
    ],
)
def test_antithetic_samples_are_the_mirror_quantile_of_scipy(
    law: object, quantile: Callable
) -> None:
    # Up to the rounding to whole seconds: F(plain) and 1 - F(mirrored) are the same.
    streams = Streams(5)
    for column in range(0, BLOCK, 5):
        x = streams.row(("s", law.standard, 0), 1)[column]
        p = x if law.standard == "u" else stats.norm.cdf(x)
        plain = Sampler(streams, column).seconds(law, "s", 1)
        mirror = Sampler(streams, column, antithetic=True).seconds(law, "s", 1)
        assert plain == pytest.approx(quantile(p), abs=0.51)
        assert mirror == pytest.approx(quantile(1 - p), abs=0.51)


@pytest.mark.stat
def test_chances_happen_as_often_as_stated_and_mirror_each_other() -> None:
    streams = Streams(8)
    plain = [Sampler(streams, c).happens(0.3, "lost", e) for c in range(BLOCK) for e in range(16)]
    low, high = stats.binom.ppf([0.5e-4, 1 - 0.5e-4], len(plain), 0.3)
    assert low <= sum(plain) <= high
    mirror = [
        Sampler(streams, c, antithetic=True).happens(0.3, "lost", e)
        for c in range(BLOCK)
        for e in range(16)
    ]
    assert not any(a and b for a, b in zip(plain, mirror, strict=True)), "u < 0.3 and 1 - u < 0.3"
    assert sampler(1, 0).happens(1.0, "x") is True
    assert sampler(1, 0).happens(0.0, "x") is False


# -- in whole drills ----------------------------------------------------------------------
def durations(scenario: Scenario, until: int, replication: int = 0) -> dict[tuple, list[int]]:
    """Return every time that was worked, by who did what for which thing, in order.

    A time is the seconds from `started` to the row that it caused, `ended` or otherwise.
    """
    rows = simulate(Plan(scenario), sampler(1, replication), until)
    found: dict[tuple, list[int]] = {}
    for row in rows:
        if (
            row[CAUSE] is not None
            and rows[row[CAUSE]][PHASE] == "started"
            and row[PHASE] == "ended"
        ):
            begun = rows[row[CAUSE]]
            key = (row[ACTOR], row[ACTIVITY], row[OBJECT], row[INCIDENT])
            found.setdefault(key, []).append(row[TIME] - begun[TIME])
    return found


@pytest.mark.parametrize("path", READY, ids=lambda path: path.stem)
def test_unrelated_team_office_and_calls_change_no_other_sample(path: Path) -> None:
    plain = load_scenario(path)
    more = plain.model_copy(update=_added(plain))
    until = plain.horizon + plain.tail
    before, after = durations(plain, until), durations(more, until)
    assert len(before) > 50
    assert {key: value for key, value in after.items() if not key[0].startswith("aaa")} == before
    assert any(key[0] == "aaa" for key in after), "the unrelated office did nothing"


def _added(scenario: Scenario) -> dict:
    """Return the sections of a scenario with more in them that has nothing to do with it."""
    small = Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": "1 h",
            "places": {"nowhere": {"at": [106.0, 23.0]}},
            "offices": {"aaa": {"role": "township_gov", "place": "nowhere"}},
            "teams": {"aaa-team": {"base": "nowhere", "skills": ["none"], "strength": 3}},
            "procedures": {
                "aaa-call": {
                    "on": "called",
                    "steps": [{"serve": {"time": {"exponential": {"mean": "5 min"}}}}],
                },
            },
            "background": {
                "aaa": {
                    "to": "aaa",
                    "gap": {"exponential": {"mean": "7 min"}},
                    "procedure": "aaa-call",
                }
            },
        }
    )
    sections = ("places", "offices", "teams", "procedures", "background")
    return {name: getattr(small, name) | getattr(scenario, name) for name in sections}


SCRIPT = """
import pathlib, sys
from sim.experiment.run import run
from sim.log import write_log
from sim.scenario import load_scenario
for path in map(pathlib.Path, sys.argv[2:]):
    write_log(run(load_scenario(path), seed=1, name=path.stem), f"{sys.argv[1]}/{path.stem}.csv")
"""


def test_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    # Two fresh processes in which sets and dicts of texts hash differently.
    running = []
    for hashseed in ("1", "2"):
        (tmp_path / hashseed).mkdir()
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / hashseed), *map(str, READY)]
        changed = os.environ | {"PYTHONHASHSEED": hashseed}
        running.append(subprocess.Popen(command, cwd=ROOT, env=changed))
    assert [process.wait() for process in running] == [0, 0]
    assert len(READY) >= 3
    for path in READY:
        first, second = ((tmp_path / h / f"{path.stem}.csv").read_bytes() for h in ("1", "2"))
        assert first.count(b"\n") > 100
        assert first == second
