"""Answer twins: formulas against outside oracles, simulations against formulas, and refusals.

A scenario that was written for a formula comes out within four standard errors at a fixed seed; one
that breaks a single assumption is refused with the reason.
"""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import linalg, stats

from sim.cli.commands import cli
from sim.experiment import conduct, make_study
from sim.experiment.design import points
from sim.experiment.formulas import (
    done_by,
    erlang_b,
    erlang_c,
    hypercube,
    newsvendor,
    slope,
    wait,
)
from sim.experiment.twins import formula_of, scene_of, standard_error, twins
from sim.experiment.twins_base import Refused
from sim.report.twin_text import twin_text
from sim.texts import in_language

HEAD = {
    "yanlian": 1,
    "start": "2026-03-01T00:00+08:00",
    "horizon": "3 d",
    "tail": "0 s",
    "places": {"here": {"at": [108.0, 24.0]}},
}


def exponential(mean: str) -> dict[str, Any]:
    return {"exponential": {"mean": mean}}


def calls(gap: str, procedure: str = "call", **more: Any) -> dict[str, Any]:
    return {"calls": {"to": "desk", "gap": exponential(gap), "procedure": procedure, **more}}


def desk(duty: int = 1, **more: Any) -> dict[str, Any]:
    return {"desk": {"role": "county_gov", "duty": duty, "procedures": ["call"], **more}}


def on_call(step: dict[str, Any]) -> dict[str, Any]:
    return {"call": {"on": "called", "steps": [step]}}


WAITING = HEAD | {
    "horizon": "20 d",
    "offices": desk(2),
    "procedures": on_call({"serve": {"time": exponential("20 min")}}),
    "background": calls("15 min"),
}
LOST_CALLS = HEAD | {
    "horizon": "10 d",
    "offices": desk(3),
    "procedures": on_call(
        {"serve": {"time": {"uniform": {"low": "0 s", "high": "80 min"}}, "patience": "0 s"}}
    ),
    "background": calls("20 min"),
}
LOST_MESSAGES = HEAD | {
    "horizon": "10 d",
    "offices": desk(4) | {"city": {"role": "city_gov"}},
    "channels": {
        "phone": {
            "kind": "phone",
            "lines": 3,
            "per": "all",
            "patience": "0 s",
            "time": exponential("40 min"),
        }
    },
    "procedures": on_call({"send": {"to": "city", "channel": "phone"}}),
    "background": calls("20 min"),
}
FLEET = HEAD | {
    "horizon": "10 d",
    "places": {key: {"at": [108.0, 24.0]} for key in ("here", "a", "b", "c")},
    "offices": desk(),
    "procedures": on_call({"dispatch": {"skills": ["fire"], "time": "0 s", "patience": "0 s"}})
    | {"team-response": {"on": "ordered", "steps": [{"work": {"time": "0 s"}}]}},
    "teams": {
        key: {
            "base": "here",
            "skills": ["fire"],
            "strength": 6,
            "times": {"team-response/work": exponential(mean)},
        }
        for key, mean in {"u0": "50 min", "u1": "40 min", "u2": "32 min"}.items()
    },
    "policies": {
        "dispatch": "listed",
        "preference": {"a": ["u0", "u1", "u2"], "b": ["u1", "u0", "u2"], "c": ["u2", "u1", "u0"]},
    },
    "background": calls("25 min", places={"a": 0.9, "b": 0.4, "c": 0.3}),
}
CHAIN = HEAD | {
    "horizon": "12 h",
    "tail": "10 d",
    "channels": {"wire": {"kind": "platform", "time": exponential("5 min")}},
    "procedures": {
        "tell": {
            "on": "noticed",
            "steps": [
                {"verify": {"time": exponential("90 min")}},
                {"grade": {"time": "30 min"}},
                {
                    "draft": {
                        "report": "situation",
                        "time": exponential("90 min"),
                        "elements": ["measures", "time", "place", "nature"],
                    }
                },
                {"send": {"to": "superior", "channel": "wire"}},
            ],
        },
        "take": {"on": "arrived", "steps": [{"answer": {"time": "2 min"}}]},
    },
    "offices": {
        "city": {
            "role": "city_gov",
            "place": "here",
            "jurisdiction": ["here"],
            "superior": "region",
            "procedures": ["tell"],
        },
        "region": {"role": "region_gov", "procedures": ["take"]},
    },
    "incidents": {
        "collapse": {
            "hazard": "mine",
            "place": "here",
            "jurisdiction": ["here"],
            "course": [{"dead": 4}],
            "noticed": {"city": "5 min"},
        }
    },
}
SEASON = HEAD | {
    "horizon": "50 d",
    "items": {"piece": {"unit": "piece"}},
    "offices": desk(place="here"),
    "procedures": on_call(
        {"request": {"items": {"piece": 1}, "from": "store", "to": "desk", "time": "0 s"}}
    )
    | {
        "counter": {
            "on": "requested",
            "steps": [{"pick": {"time": "0 s"}}, {"hand_over": {"time": "0 s"}}],
        }
    },
    "depots": {"store": {"place": "here", "stock": {"piece": 50}, "procedures": ["counter"]}},
    "background": calls("1 d"),
}
BAREPACK = """\
format: 1
id: none
version: "1"
title: {zh: 无, en: none}
valid: {from: 2012-01-01}
jurisdiction: guangxi
score_anchor: receive
sources: {none: {title: none, confidence: low}}
rules:
  R1:
    clause: "1"
    text: {zh: 无, en: none}
    modality: 应
    kind: deadline
    owner: {role: city_gov}
    recipient: {role: region_gov}
    limit: 1 s
"""


def changed(scenario: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy with one value replaced: `offices.desk.duty`."""
    found = copy.deepcopy(scenario)
    *steps, last = path.split(".")
    at: Any = found
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    at[int(last) if isinstance(at, list) else last] = value
    return found


@pytest.fixture
def made(tmp_path):
    """`made(scenario, measures, **keys)`: a study of a scenario written in Python."""

    def study(scenario: dict[str, Any], measures: dict[str, Any], **keys: Any):
        (tmp_path / "s.yaml").write_text(json.dumps(scenario), encoding="utf-8")
        (tmp_path / "none.yaml").write_text(BAREPACK, encoding="utf-8")
        usual: dict[str, Any] = {"scenario": "s.yaml", "pack": "none.yaml", "replications": 64}
        return make_study(tmp_path, measures=measures, **(usual | keys))

    return study


QUEUED = changed(FLEET, "procedures.call.steps.0.dispatch", {"skills": ["fire"], "time": "0 s"})
ALIKE = changed(FLEET, "policies", {})
for _team in ALIKE["teams"].values():
    _team["times"] = {"team-response/work": "40 min"}
RECEIPT = {"pack": "guangxi-2012-65", "options": {"start": "receive"}, "replications": 256}
HOLDS: dict[str, tuple[dict, dict, dict, str]] = {
    "calls that wait": (WAITING, {"waiting": "desk/duty"}, {"warm_up": "4 d"}, "Erlang C"),
    "calls lost": (LOST_CALLS, {"lost": "serve"}, {"warm_up": "1 d"}, "Erlang B"),
    "messages lost": (LOST_MESSAGES, {"lost": "send"}, {"warm_up": "1 d"}, "Erlang B"),
    "orders lost": (ALIKE, {"lost": "order"}, {"warm_up": "1 d"}, "Erlang B"),
    "orders lost, unlike teams": (FLEET, {"lost": "order"}, {"warm_up": "1 d"}, "hypercube"),
    "a team at work": (FLEET, {"busy": "u0"}, {"warm_up": "1 d"}, "hypercube"),
    "a team with a queue": (QUEUED, {"busy": "u2"}, {"warm_up": "3 d"}, "hypercube"),
    "a report's time": (CHAIN, {"elapsed": "GX-01"}, RECEIPT, "hypoexponential"),
    "a report in time": (CHAIN, {"met": "GX-01"}, RECEIPT, "hypoexponential"),
    "left over": (SEASON, {"left": "piece"}, {"replications": 256}, "newsvendor"),
    "short": (SEASON, {"short": "piece"}, {"replications": 256}, "newsvendor"),
}


@pytest.mark.stat
@pytest.mark.parametrize("what", HOLDS)
def test_the_simulation_comes_out_within_four_standard_errors_of_the_formula(made, what) -> None:
    scenario, measure, keys, name = HOLDS[what]
    (row,) = twins(conduct(made(scenario, {"m": measure}, **keys))).to_dict("records")
    assert (row["formula"], row["reason"]) == (name, "")
    assert row["z"] == pytest.approx((row["estimate"] - row["value"]) / row["error"])
    assert abs(row["z"]) < 4
    assert 4 * row["error"] < 0.4 * row["value"], "too imprecise to show anything"


WAIT, LOSE = {"waiting": "desk/duty"}, {"lost": "serve"}
LATE = {"elapsed": "GX-01"}
BUSY = {"busy": "u0"}
MORE = {"calls": calls("1 h")["calls"], "others": calls("1 h")["calls"]}
FOUR = {"warm_up": "4 d"}
BROKEN = [
    # relaxation 1 / (sqrt(2/20) - sqrt(1/15))² min = 4.95 h: five of them and twenty
    (WAITING, WAIT, {}, None, None, "the long run needs a warm-up of 25 h"),
    (WAITING, WAIT, FOUR, ("horizon", "5 d"), None, "needs a time measured of 99 h"),
    (WAITING, WAIT, FOUR, ("background.calls.gap", "15 min"), None, "gap: not exponential"),
    (
        WAITING,
        WAIT,
        FOUR,
        ("background.calls.by_hour", {"08:00": 2, "18:00": 1}),
        None,
        "`by_hour`",
    ),
    (WAITING, WAIT, FOUR, ("background", MORE), None, "needs one source of calls, there are 2"),
    (WAITING, WAIT, FOUR, ("offices.desk.duty", 1), None, "the queue grows"),
    (
        WAITING,
        WAIT,
        FOUR,
        ("offices.desk.duty", {"persons": 2, "at_end": "pre_empt"}),
        None,
        "fixed",
    ),
    (
        WAITING,
        WAIT,
        FOUR,
        ("procedures.call.steps.0.serve.time", "20 min"),
        None,
        "not exponential",
    ),
    (WAITING, WAIT, FOUR, ("procedures.call.steps.0.serve.patience", "1 h"), None, "no `patience`"),
    (WAITING, WAIT, FOUR, ("offices.desk.times", {"call/serve": "9 min"}), None, "not exponential"),
    (WAITING, WAIT, FOUR, ("incidents", CHAIN["incidents"]), CHAIN, "there are `incidents`"),
    (WAITING, {"waiting": "desk/leader"}, FOUR, None, None, "nothing comes to desk/leader"),
    (
        WAITING,
        {"officer_hours": "busy"},
        FOUR,
        None,
        None,
        "no formula is known for `officer_hours`",
    ),
    (
        LOST_CALLS,
        LOSE,
        FOUR,
        ("procedures.call.steps.0.serve.time", "50 s"),
        None,
        "so short that whole seconds show",
    ),
    (
        LOST_CALLS,
        LOSE,
        FOUR,
        ("people", {"wei": {"posts": ["desk/leader"]}}),
        None,
        "there are `people`",
    ),
    (LOST_CALLS, LOSE, {}, None, None, "needs a warm-up of 4 h"),
    (LOST_CALLS, LOSE, FOUR, ("procedures.call.steps.0.serve.patience", "1 min"), None, "not 0 s"),
    (LOST_MESSAGES, {"lost": "send"}, FOUR, ("offices.desk.duty", 3), None, "fewer persons"),
    (LOST_MESSAGES, {"lost": "send"}, FOUR, ("channels.phone.tries", 2), None, "no `tries`"),
    (LOST_MESSAGES, {"lost": "send"}, FOUR, ("channels.phone.per", "recipient"), None, "no fixed"),
    (
        FLEET,
        BUSY,
        FOUR,
        ("teams.u1.times", {"team-response/work": "9 min"}),
        None,
        "not exponential",
    ),
    (FLEET, BUSY, FOUR, ("policies", {}), None, "not taken in a fixed order"),
    (FLEET, BUSY, FOUR, ("policies.preference.b", ["u1", "u0"]), None, "does not list every team"),
    (FLEET, BUSY, FOUR, ("places.b.at", [108.1, 24.0]), None, "not all at one point"),
    (FLEET, BUSY, FOUR, ("policies.redirect", "none_idle"), None, "no `redirect`"),
    (FLEET, BUSY, FOUR, ("teams.u2.skills", ["flood"]), None, "is not suitable for every call"),
    (QUEUED, {"lost": "order"}, FOUR, None, None, "orders wait"),
    (CHAIN, LATE, {"options": {}}, None, None, "does not start with the receipt"),
    (
        CHAIN,
        LATE,
        {},
        ("procedures.tell.steps.0.verify.time", {"uniform": {"low": 0, "high": "9 h"}}),
        None,
        "not exponential",
    ),
    (CHAIN, LATE, {}, ("procedures.tell.steps.1.grade.accuracy", 0.9), None, "no `accuracy`"),
    (CHAIN, LATE, {}, ("channels.wire.dropped", 0.1), None, "no `dropped`"),
    (CHAIN, LATE, {}, ("background", calls("1 h", "tell")), LOST_CALLS, "there are `background`"),
    (CHAIN, LATE, {}, ("procedures.tell.steps.2.draft.elements", ["time"]), None, "does not hold"),
    (
        CHAIN,
        LATE,
        {},
        ("procedures.tell.on", {"event": "noticed", "first": True}),
        None,
        "no `first`",
    ),
    (CHAIN, {"met": "all"}, {}, None, None, "several rules"),
    (
        SEASON,
        {"left": "piece"},
        {},
        ("depots.store.stock.piece", {"record": 50, "fact": 49}),
        None,
        "no `fact`",
    ),
    (
        SEASON,
        {"left": "piece"},
        {},
        ("depots.store.replenish", {"piece": {"up_to": 50}}),
        None,
        "no `replenish`",
    ),
    (
        SEASON,
        {"left": "piece"},
        {},
        ("procedures.call.steps.0.request.items.piece", 2),
        None,
        "not one piece of piece a call",
    ),
    (
        SEASON,
        {"left": "piece"},
        {},
        ("procedures.counter.steps.0.pick.time", "1 min"),
        None,
        "not 0 s",
    ),
]


@pytest.mark.parametrize(
    ("scenario", "measure", "keys", "change", "besides", "reason"),
    BROKEN,
    ids=[f"{k}-{case[-1][:30]}" for k, case in enumerate(BROKEN)],
)
def test_a_scenario_that_breaks_one_assumption_is_refused_with_the_reason(
    made, scenario, measure, keys, change, besides, reason
) -> None:
    if change is not None:
        scenario = changed(scenario, *change)
    if besides is not None:  # what a new section refers to
        for section in ("offices", "procedures", "channels"):
            both = besides.get(section, {}) | scenario.get(section, {})
            if both:
                scenario = changed(scenario, section, both)
    keys = {**({**RECEIPT} if scenario["offices"].get("city", {}).get("superior") else {}), **keys}
    study = made(scenario, {"m": measure}, **keys)
    scene = scene_of(study, points(study)[0].scenario)
    with pytest.raises(Refused) as refused:
        formula_of(scene, study.measures["m"])
    assert reason in str(refused.value)


def test_erlang_formulas_give_the_published_values() -> None:
    """Tables of Erlang B: 3 servers and 2 erlang lose 0.2105; 5 and 3 lose 0.1101."""
    assert erlang_b(2, 3) == pytest.approx(4 / 19)
    assert erlang_b(3, 5) == pytest.approx(0.11005, abs=5e-6)
    assert erlang_c(2, 3) == pytest.approx(4 / 9)
    found = wait(1.5, 0.4, 1)  # M/M/1: rho s / (1 - rho), var rho (2 - rho) s² / (1 - rho)²
    assert found.mean == pytest.approx(0.6 * 0.4 / 0.4)
    assert found.variance == pytest.approx(0.6 * 1.4 * 0.4**2 / 0.4**2)


def test_the_mean_of_drill_means_differs_from_the_long_run_as_the_formula_says() -> None:
    """Slow twin: M/M/1 by Lindley's recursion; the plain long-run mean is refuted by it."""
    rng = np.random.default_rng(3)
    rate, service, begin, end, drills = 0.6, 1.0, 100.0, 400.0, 6_000
    most = int(end * rate + 8 * math.sqrt(end * rate))
    at = rng.exponential(1 / rate, (drills, most)).cumsum(axis=1)
    assert at[:, -1].min() > end
    times = rng.exponential(service, (drills, most))
    waits = np.zeros((drills, most))
    for k in range(1, most):
        gap = at[:, k] - at[:, k - 1]
        waits[:, k] = np.maximum(waits[:, k - 1] + times[:, k - 1] - gap, 0)
    seen = (at >= begin) & (at + waits <= end)
    means = (waits * seen).sum(axis=1) / seen.sum(axis=1)
    error = means.std(ddof=1) / math.sqrt(drills)
    long_run = wait(rate, service, 1)
    less = (slope(lambda r: wait(r, service, 1).mean, rate) + long_run.variance) / (end - begin)
    assert abs(means.mean() - (long_run.mean - less)) < 4 * error
    assert abs(means.mean() - long_run.mean) > 4 * error


def test_a_chain_of_exponential_times_against_other_forms() -> None:
    """Different means: partial fractions; equal ones: Erlang's distribution as a gamma."""
    means = (20.0, 30.0, 40.0)
    weights = [math.prod(m / (m - other) for other in means if other != m) for m in means]
    for t in (5.0, 90.0, 360.0):
        right = 1 - math.fsum(a * math.exp(-t / m) for a, m in zip(weights, means, strict=True))
        assert done_by(means, t) == pytest.approx(right, abs=1e-12)
        assert done_by([15.0] * 4, t) == pytest.approx(stats.gamma.cdf(t, 4, scale=15), abs=1e-12)
    assert done_by(means, 120) == pytest.approx(0.761587, abs=5e-7)
    assert (done_by([], 1.0), done_by([], -1.0), done_by(means, -1.0)) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(("demand", "stock"), [(50.0, 56), (3.2, 2), (3.2, 0), (7.0, 30)])
def test_the_newsvendor_against_the_sum_over_all_demands(demand, stock) -> None:
    law = stats.poisson(demand)
    found = newsvendor(demand, stock)
    assert found.left == pytest.approx(law.expect(lambda d: np.maximum(stock - d, 0)), abs=1e-8)
    assert found.short == pytest.approx(law.expect(lambda d: np.maximum(d - stock, 0)), abs=1e-8)


def test_the_newsvendors_known_least_cost() -> None:
    costs = [0.18 * n.left + 0.7 * n.short for n in (newsvendor(50, k) for k in (55, 56, 57))]
    assert [round(cost, 6) for cost in costs] == [1.806901, 1.797235, 1.820698]


def slow_hypercube(preference, rates, speeds, queue, line=400) -> tuple[list[float], float]:
    """The same chain with its whole line of calls written out, its law by exponentiation."""
    units = len(speeds)
    states = [*range(2**units), *(("line", k) for k in range(1, line + 1) if queue)]
    number = {state: k for k, state in enumerate(states)}
    rows = np.zeros((len(states), len(states)))
    full = 2**units - 1
    for state in range(2**units):
        for wanted, rate in zip(preference, rates, strict=True):
            free = [unit for unit in wanted if not state & (1 << unit)]
            if free:
                rows[state, state + (1 << free[0])] += rate
            elif queue:
                rows[state, number["line", 1]] += rate
        for unit in range(units):
            if state & (1 << unit):
                rows[state, state - (1 << unit)] += speeds[unit]
    for k in range(1, line + 1) if queue else ():
        rows[number["line", k], number["line", k - 1] if k > 1 else full] += sum(speeds)
        if k < line:
            rows[number["line", k], number["line", k + 1]] += sum(rates)
    generator = rows - np.diag(rows.sum(axis=1))
    law = linalg.expm(generator * 3_000)[0]
    busy = [
        sum(
            p
            for state, p in zip(states, law, strict=True)
            if isinstance(state, tuple) or state & (1 << unit)
        )
        for unit in range(units)
    ]
    return busy, 0.0 if queue else float(law[full])


@pytest.mark.parametrize("queue", [False, True])
def test_the_hypercube_against_a_slow_twin(queue) -> None:
    rng = np.random.default_rng(7)
    for units in (1, 2, 3, 4):
        speeds = rng.uniform(0.6, 1.4, units)
        rates = rng.uniform(0.3, 1, 3)
        rates *= 0.6 * speeds.sum() / rates.sum()
        preference = [rng.permutation(units).tolist() for _ in rates]
        busy, lost = slow_hypercube(preference, rates, speeds, queue, 120)
        found = hypercube(preference, rates, speeds, queue)
        assert found.busy == pytest.approx(busy, abs=1e-8)
        assert found.lost == pytest.approx(lost, abs=1e-8)


def test_the_hypercube_of_identical_units_is_erlangs() -> None:
    found = hypercube([[0, 1, 2], [2, 1, 0]], [1.0, 0.6], [1.0, 1.0, 1.0], queue=False)
    assert found.lost == pytest.approx(erlang_b(1.6, 3))
    assert found.busy.sum() == pytest.approx(1.6 * (1 - erlang_b(1.6, 3)))
    with pytest.raises(ValueError, match="at most 10 units"):
        hypercube([list(range(11))], [1.0], [1.0] * 11, queue=False)


def test_standard_errors_by_hand() -> None:
    values = np.array([[1.0, 1.0], [2.0, 1.0], [0.0, 0.0], [6.0, 1.0]])
    assert standard_error(values) == pytest.approx((3.0, math.sqrt(7 / 3)))
    shares = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
    assert standard_error(shares, 0.5) == pytest.approx((0.75, 0.25))
    pairs = np.array([[2.0, 2.0], [1.0, 2.0], [0.0, 2.0]])  # pair means 1, .5, 0
    assert standard_error(pairs) == pytest.approx((0.5, math.sqrt(0.25 / 3)))
    with pytest.raises(Refused, match="still running"):
        standard_error(np.array([[np.inf, 1.0], [1.0, 1.0]]))
    with pytest.raises(Refused, match="fewer than two"):
        standard_error(values[2:])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_shows_formulas_and_one_line_for_each_reason(made, lang) -> None:
    keys = {"factors": {"offices.desk.duty": [1, 2, 3]}, "replications": 2, **FOUR}
    names = {"m": {"zh": "电话等候", "en": "wait for an answer"}, "h": {"zh": "忙时", "en": "busy"}}
    measures = {"m": WAIT, "h": {"officer_hours": "busy"}}
    results = conduct(made(WAITING, measures, names=names, **keys))
    with in_language(lang):
        text = twin_text(results)
    assert text.count("Erlang C" if lang == "en" else "爱尔朗 C") == 2
    words = (
        ("the queue grows", "`officer_hours`") if lang == "en" else ("越排越长", "`officer_hours`")
    )
    for word in words:
        assert text.count(word) == 1
    assert all(name[lang] in text for name in names.values())


def test_the_command_prints_formulas_from_the_study_s_folder(made, tmp_path) -> None:
    made(WAITING, {"m": WAIT})
    keys = {"study": 1, "scenario": "s.yaml", "pack": "none.yaml", "measures": {"m": WAIT}}
    (tmp_path / "f.yaml").write_text(json.dumps(keys | FOUR | {"replications": 2}), "utf-8")
    words = ["study", str(tmp_path / "f.yaml"), "--out", str(tmp_path / "out"), "--lang", "en"]
    plain = CliRunner().invoke(cli, [*words, "--engine", "serial"])
    twin = CliRunner().invoke(cli, [*words, "--engine", "serial", "--resume", "--twin"])
    assert (plain.exit_code, twin.exit_code) == (0, 0), twin.output
    assert "Erlang C (waiting)" in twin.output
    assert "Formulas" not in plain.output


def test_measures_of_queues_and_stocks_by_hand(made) -> None:
    """One officer, calls every 40 min served 60 min without patience: every second one is lost.

    One team at work in the same way from 40 min on: 60 of every 80 min.  A record that
    ends a second after the horizon, as the pack has a limit of 1 s.  A stock of 2, ten calls.
    """
    every = {"background.calls.gap": "40 min", "horizon": "400 min"}
    lost = changed(LOST_CALLS, "offices.desk.duty", 1)
    lost = changed(lost, "procedures.call.steps.0.serve.time", "60 min")
    team = changed(ALIKE, "teams", {"u0": ALIKE["teams"]["u0"]})
    team = changed(team, "teams.u0.times", {"team-response/work": "60 min"})
    stock = changed(SEASON, "depots.store.stock.piece", 2)
    expected = [
        (lost, {"lost": "serve"}, 5 / 10),
        (team, {"busy": "u0"}, (280 * 60 + 1) / (400 * 60 + 1)),
        (stock, {"left": "piece"}, 0.0),
        (stock, {"short": "piece"}, 8.0),
        (changed(stock, "depots.store.stock.piece", 15), {"left": "piece"}, 5.0),
        (stock, {"left": "other"}, None),
    ]
    for scenario, measure, value in expected:
        for path, new in every.items():
            scenario = changed(scenario, path, new)
        table = conduct(made(scenario, {"m": measure}, replications=2)).of("m", 0)
        found = table["value"].tolist()
        assert found == (
            [value] * 2 if value is not None else pytest.approx([np.nan] * 2, nan_ok=True)
        )
