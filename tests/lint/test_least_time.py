"""Least times against their slow twin: drills in which nobody waits, and ordinary ones."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from sim.scenario import Scenario, load_scenario
from tests.lint.least_twin import bounds, measured, shipped_twin, timed, without_waiting

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
PACKS = [timed(name) for name in ("guangxi-2012-65", "guangxi-general-2006", "order-493")]


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_drill_of_a_shipped_scenario_is_quicker(path: Path, tmp_path: Path) -> None:
    """Not the twin without waiting, nor the one with medians, nor any of 20 ordinary drills."""
    scenario = load_scenario(path)
    least = bounds(scenario, PACKS)
    for median in (False, True):
        twin = shipped_twin(path, tmp_path, median)
        at_its_times = bounds(twin, PACKS)
        for key, seconds in measured(twin, PACKS):
            assert at_its_times[key] <= seconds, key
            assert least[key] <= seconds, key
    quicker = [
        (key, seconds, least[key])
        for key, seconds in measured(scenario, PACKS, replications=20)
        if seconds < least[key]
    ]
    assert quicker == []


FOLLOWING = ("record", "verify", "sign", "serve")


class Small:
    """A small scenario drawn by chance: unit → county → city → region, one grade throughout.

    `choice` says whether procedures may take one of several ways: guards, the first branch that
    is through, a timeout, drafts sent back, channels that fail.
    """

    def __init__(self, seed: int, choice: bool):
        self.rng = random.Random(seed)
        self.choice = choice
        self.procedures: dict[str, Any] = {}
        self.number = 0

    def time(self) -> Any:
        a, b, c = sorted(self.rng.randrange(0, 1200) for _ in range(3))
        kind = self.rng.randrange(4)
        if kind == 0:
            return f"{a} s"
        if kind == 1:
            return {"uniform": {"low": f"{a} s", "high": f"{c} s"}}
        if kind == 2:
            return {"triangular": {"low": f"{a} s", "mode": f"{b} s", "high": f"{c + 1} s"}}
        return {"empirical": {"values": [f"{a} s", f"{b} s", f"{c} s"]}}

    def named(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        return {kind: {"id": f"s{self.number}"} | data}

    def work(self, depth: int = 2) -> list[dict[str, Any]]:
        """One to three steps that take time."""
        steps = []
        for _ in range(self.rng.randrange(1, 4)):
            kind = self.rng.randrange((6 if self.choice else 5) if depth else 2)
            if kind < 2:
                word = self.rng.choice(FOLLOWING)
                by = {"by": "leader"} if word == "sign" else {}
                steps.append(self.named(word, by | {"time": self.time()}))
            elif kind == 2:
                steps.append(self.named("wait", {"time": self.time()}))
            elif kind == 3:
                branches = {f"b{k}": self.work(depth - 1) for k in range(self.rng.randrange(1, 4))}
                until: Any = "all"
                if self.choice:
                    until = self.rng.choice(["all", "first", len(branches)])
                steps.append(self.named("parallel", {"branches": branches, "until": until}))
            elif kind == 4:
                inner = {"times": self.rng.randrange(1, 4), "steps": self.work(depth - 1)}
                if self.choice and self.rng.random() < 0.5:
                    inner["until"] = {"dead": ">= 1"}
                steps.append(self.named("repeat", inner))
            else:
                steps.append(self.doubtful(depth))
        return steps

    def doubtful(self, depth: int) -> dict[str, Any]:
        """A step with several ends."""
        if self.rng.random() < 0.5:
            back = {"sent_back": 0.5, "steps": self.work(depth - 1), "time": self.time()}
            return self.named("review", back)
        late = {"timeout": f"{self.rng.randrange(1, 900)} s", "else": self.work(depth - 1)}
        return self.named("wait_for", {"event": "received", "kinds": ["notice"]} | late)

    def send(self, to: str = "superior") -> dict[str, Any]:
        data: dict[str, Any] = {"to": to, "channel": self.rng.choice(["phone", "platform"])}
        if self.choice and self.rng.random() < 0.3:
            data |= {"await_ack": "20 min", "else": self.work(1)}
        return self.named("send", data)

    def draft(self, report: str) -> dict[str, Any]:
        data: dict[str, Any] = {"report": report, "time": self.time()}
        if report == "explanation":
            data["reason"] = "still on the way"
        return self.named("draft", data)

    def relay(self) -> dict[str, Any]:
        """Judge and pass on what came first."""
        return {
            "on": {"event": "received", "kind": ["initial"], "first": True},
            "steps": [
                *self.work(),
                {"grade": {"time": self.time()}},
                *self.work(),
                self.draft("initial"),
                *self.work(),
                self.send(),
            ],
        }

    def scenario(self) -> dict[str, Any]:
        """The whole of it, as a file would have it."""
        relay, onward = self.relay(), self.relay()
        guard = {"when": {"grade": ">= II"}} if self.choice else {}
        follow = {
            name: {
                "on": {"event": "confirmed", "first": True},
                **guard,
                "steps": [*self.work(), self.draft(report), *self.work(), self.send()],
            }
            for name, report in (("details", "detailed"), ("excuse", "explanation"))
        }
        answer = [{"answer": {"time": self.time()}}]
        if self.rng.random() < 0.3:
            answer.insert(0, {"record": {"time": self.time()}})
        alarm = [*self.work(1), self.draft("initial"), self.send()]
        channel = {"kind": "platform", "time": self.time()}
        phone: dict[str, Any] = {"kind": "phone", "time": self.time()}
        if len(answer) == 1:
            phone["ring"] = "15 s"
        if self.choice:
            channel |= {"dropped": 0.3, "tries": 2, "fallback": "phone"}
            phone |= {"lines": 1, "tries": 3, "pause": "30 s", "fallback": "platform"}
        if self.rng.random() < 0.5:
            self_started = [self.named("start", {"procedure": "aside"}), self.draft("detailed")]
            onward["steps"] = [*onward["steps"][:-1], *self_started, self.send()]
        aside = {"on": "started", "steps": [*self.work(1), self.draft("initial"), self.send()]}
        offices = {
            "works": {"role": "unit", "superior": "county", "procedures": ["alarm"]},
            "county": {"role": "county_gov", "superior": "city"},
            "city": {"role": "city_gov", "superior": "region"},
            "region": {"role": "region_gov", "procedures": ["take"]},
        }
        offices["county"]["procedures"] = ["take", "relay"]
        offices["city"]["procedures"] = ["take", "onward", "aside", "details", "excuse"]
        for office in offices.values():
            office |= {"place": "p", "duty": 1, "leader": 1}
        return {
            "yanlian": 1,
            "start": "2026-03-01T08:00+08:00",
            "horizon": "48 h",
            "places": {"p": {"at": [108.0, 24.0]}},
            "channels": {"phone": phone, "platform": channel},
            "procedures": {
                "take": {"on": "arrived", "steps": answer},
                "alarm": {"on": "noticed", "steps": alarm},
                "relay": relay,
                "onward": onward,
                "aside": aside,
                **follow,
            },
            "offices": offices,
            "incidents": {
                "i": {
                    "hazard": "fire",
                    "place": "p",
                    "at": f"{self.rng.randrange(0, 3600)} s",
                    "course": [{"after": "0 s", "dead": 12}],
                    "noticed": {"works": self.time()},
                }
            },
        }


def twin_times(seed: int, choice: bool) -> tuple[int, int]:
    """Hold the bounds of one small scenario against its twin; return (how many, how many equal)."""
    data = Small(seed, choice).scenario()
    scenario, twin = (Scenario.model_validate(d) for d in (data, without_waiting(data)))
    compared = equal = 0
    least, in_the_twin = bounds(scenario, PACKS), bounds(twin, PACKS)
    for key, seconds in measured(twin, PACKS):
        assert least[key] <= seconds, (seed, key)
        assert in_the_twin[key] <= seconds, (seed, key)
        compared += 1
        equal += least[key] == seconds
    for key, seconds in measured(scenario, PACKS, seed=seed, replications=3):
        assert least[key] <= seconds, (seed, key)
    return compared, equal


@pytest.mark.slow
def test_without_a_choice_the_least_time_is_that_of_the_twin() -> None:
    """100 small scenarios: every duty whose end follows from its start, to the second."""
    for seed in range(100):
        compared, equal = twin_times(seed, choice=False)
        assert (compared > 5, equal) == (True, compared), seed


@pytest.mark.slow
def test_with_choices_no_drill_is_quicker() -> None:
    """100 small scenarios in which procedures take one of several ways; most are still equal."""
    found = [twin_times(seed, choice=True) for seed in range(100)]
    compared, equal = (sum(column) for column in zip(*found, strict=True))
    assert compared > 500
    assert equal > 0.5 * compared
