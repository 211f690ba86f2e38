"""Records made into messy spreadsheets, imported and joined again: the same verdicts.

The conditions under which a record can survive stand in `messy`.  More drills than usual:
`YANLIAN_DRILLS=200 pytest tests/joining/test_round_trips.py`.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.experiment import run
from sim.joining import join_logs
from sim.joining.inputs import read_inputs
from sim.log import EventLog, read_log
from sim.log.record import RESOLUTION
from sim.rules import load_clocks, load_finding, load_pack, score
from sim.scenario import load_scenario
from sim.scenario.scenario import Scenario
from tests.joining.messy import SLOW, Mess, mess
from tests.model.test_invariants import scenarios
from tests.oracles.random_logs import as_log, random_rows

pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).parents[2]
REAL = sorted(path.name for path in (ROOT / "scenarios" / "real").iterdir())
DRILLS = int(os.environ.get("YANLIAN_DRILLS", "8"))
SHIPPED = ("chemical-leak", "village-landslide", "mine-collapse")
READINGS = [f"{r}_{w}" for r in ("occur", "receive", "confirm") for w in ("verdict", "margin_s")]
SAID = [
    *("rule", "incident", "owner", "recipient", "verdict", "reason", "margin_s", "summary"),
    *("true_grade_verdict", *READINGS),
]
USUAL = tuple(load_pack(name) for name in ("guangxi-2012-65", "order-493"))


def said(log: EventLog, packs=tuple((pack, {}) for pack in USUAL)) -> list[tuple]:
    """What is said of every duty; not by which rows, and that a clock was corrected."""
    found = []
    for pack, options in packs:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = score(log, pack, options).table
        for row in table.astype(object).fillna("").to_dict("records"):
            flags = [f for f in row["flags"].split("|") if not f.startswith("clock_corrected")]
            found.append((*(str(row[name]) for name in SAID), "|".join(flags)))
    return sorted(found)


def brought_back(messy: Mess) -> EventLog:
    """What the evaluator gets from the files and the comparison of the clocks."""
    inputs = read_inputs(messy.files)
    assert [row for one in inputs for row in one.imported.unread] == []
    logs = {one.name: one.log for one in inputs}
    return join_logs(logs, load_clocks(messy.clocks)).log


@pytest.mark.parametrize("seed", range(-(-DRILLS // 12)))
@pytest.mark.parametrize("case", REAL)
def test_real_cases_have_the_same_verdicts(case: str, seed: int, tmp_path: Path) -> None:
    folder = ROOT / "scenarios" / "real" / case
    log, finding = read_log(folder / "events.csv"), load_finding(folder / "finding.yaml")
    packs = [*((load_pack(s.pack), s.options) for s in finding.score), (USUAL[0], {})]
    again = brought_back(mess(log, tmp_path, seed))
    assert said(again, packs) == said(log, packs)


def numbered_once(seed: int) -> EventLog:
    """A random record to the minute, all of whose messages have numbers, without a row twice."""
    kept: dict[tuple, dict] = {}
    for row in random_rows(seed):
        if row["message"] or row["activity"] not in ("send", "receive", "acknowledge"):
            key = tuple(value for name, value in row.items() if name not in ("row", "seq"))
            kept.setdefault(key, row)
    log = as_log([list(kept.values())])
    log.table[RESOLUTION] = 60
    return log


@pytest.mark.parametrize("seed", range(DRILLS))
def test_random_records_have_the_same_verdicts(seed: int, tmp_path: Path) -> None:
    log = numbered_once(seed)
    assert said(brought_back(mess(log, tmp_path, seed))) == said(log)


@pytest.mark.parametrize("seed", range(-(-DRILLS // 12)))
@pytest.mark.parametrize("name", SHIPPED)
def test_drills_of_shipped_scenarios_have_the_same_verdicts(
    name: str, seed: int, tmp_path: Path
) -> None:
    log = run(load_scenario(ROOT / "scenarios" / f"{name}.yaml"), seed=seed + 1, packs=USUAL)
    messy = mess(log, tmp_path, seed)
    assert messy.unnumbered > 0, "nothing was to be matched by its ends"
    assert said(brought_back(messy)) == said(log)


COPIED: list[int] = []


@settings(
    max_examples=DRILLS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],  # a smaller example would take minutes to find
)
@given(scenarios(), st.integers(0, 10_000))
def test_drills_of_random_scenarios_have_the_same_verdicts(tmp_path_factory, data, seed) -> None:
    log = run(Scenario.model_validate(data), seed=seed, until=6 * 3600)
    messy = mess(log, tmp_path_factory.mktemp("mess"), seed)
    COPIED.append(messy.copied)
    assert said(brought_back(messy)) == said(log)


def test_rows_of_random_drills_stood_in_two_files() -> None:
    if COPIED:
        assert sum(COPIED) > 4 * len(COPIED)


def test_the_mess_is_one(tmp_path: Path) -> None:
    """What a file says differs from the record: other stamps, no numbers, several encodings."""
    log = run(load_scenario(ROOT / "scenarios" / "chemical-leak.yaml"), seed=1)
    messy = mess(log, tmp_path, 4)
    inputs = read_inputs(messy.files)
    (slow,) = [one.log for one in inputs if messy.slow in set(one.log.table["keeper"])]
    assert instants(slow, messy.slow, SLOW) == instants(log, messy.slow, 0)
    numbers = {name for one in inputs for name in one.log.table["message"]}
    assert len(set(log.table["message"]) - numbers) == messy.unnumbered > 0
    assert len({path.read_bytes()[:2] for path in messy.files}) > 1


def instants(log: EventLog, actor: str, later: int) -> set[float]:
    """When an actor did something, by a record whose clock was so much slow."""
    times = log.table.loc[log.table["actor"] == actor, "time"].dropna()
    return set(times + log.origins[log.cases[0]].timestamp() + later)
