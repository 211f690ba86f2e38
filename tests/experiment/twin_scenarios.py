"""Scenarios and studies that reduce to a formula, for the tests of answer twins."""

from __future__ import annotations

import copy
from typing import Any

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
sources: {}
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
