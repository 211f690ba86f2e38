"""The chain of both sides: five offices in a row, their staff, times and channels.

Numbers stand here once; `scenario()` is our model's form of them and `twin_relay` runs them
as an ordinary SimPy program.  Times in seconds as (median, 90 % quantile).
"""

from __future__ import annotations

from sim.scenario import Scenario

OFFICES = ("unit", "county", "city", "region", "state")
ROLES = ("unit", "county_gov", "city_gov", "region_gov", "state")
OFFICERS, LEADERS, LINES = 2, 1, 1
INCIDENTS, EVERY = 8, 600
CALL_EVERY = 7200
UNTIL = 12 * 3600
ANSWER = (90, 240)
STEPS = {
    "record": (120, 300),
    "verify": (720, 1800),
    "grade": (240, 600),
    "draft": (720, 1500),
    "sign": (360, 1200),
}
"""What each office does between receipt and sending; `sign` is the leader's."""
PHONE, PLATFORM = (120, 240), (60, 180)
PATIENCE, TRIES, PAUSE = 120, 3, 60
CALL, CALLER_PATIENCE = (180, 480), 180


def scenario() -> Scenario:
    """Return the chain as a scenario."""
    relay = [{kind: _time(kind, times)} for kind, times in STEPS.items()]
    relay.append({"send": {"to": "superior", "channel": "phone"}})
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": f"{UNTIL} s",
            "tail": "0 s",
            "places": {"town": {"at": [108.0, 24.0]}},
            "offices": {key: _office(k, key) for k, key in enumerate(OFFICES)},
            "channels": _channels(),
            "procedures": {
                "take": {
                    "on": "arrived",
                    "priority": 1,
                    "steps": [{"answer": _time("answer", ANSWER)}],
                },
                "notice": {"on": "noticed", "priority": 2, "steps": relay},
                "relay": {"on": "received", "priority": 2, "steps": relay},
                "call": {"on": "called", "priority": 8, "steps": [{"serve": _serve()}]},
            },
            "incidents": {f"i{k}": _incident(k) for k in range(INCIDENTS)},
            "background": {
                key: {
                    "to": key,
                    "gap": {"exponential": {"mean": f"{CALL_EVERY} s"}},
                    "procedure": "call",
                }
                for key in OFFICES
            },
        }
    )


def _law(times: tuple[int, int]) -> dict[str, object]:
    return {"lognormal": {"median": f"{times[0]} s", "p90": f"{times[1]} s"}}


def _time(kind: str, times: tuple[int, int]) -> dict[str, object]:
    made: dict[str, object] = {"time": _law(times)}
    return made | {"by": "leader"} if kind == "sign" else made


def _serve() -> dict[str, object]:
    return {"time": _law(CALL), "patience": f"{CALLER_PATIENCE} s"}


def _office(k: int, key: str) -> dict[str, object]:
    made: dict[str, object] = {
        "role": ROLES[k],
        "duty": OFFICERS,
        "leader": LEADERS,
        "procedures": ["take", "notice", "relay"],
    }
    return made | {"superior": OFFICES[k + 1]} if k + 1 < len(OFFICES) else made


def _channels() -> dict[str, object]:
    phone = {
        "kind": "phone",
        "lines": LINES,
        "time": _law(PHONE),
        "patience": f"{PATIENCE} s",
        "tries": TRIES,
        "pause": f"{PAUSE} s",
        "fallback": "platform",
    }
    return {"phone": phone, "platform": {"kind": "platform", "time": _law(PLATFORM)}}


def _incident(k: int) -> dict[str, object]:
    return {
        "hazard": "fire",
        "place": "town",
        "at": f"{k * EVERY} s",
        "course": [{"after": "0 s", "dead": 3, "injured": 9}],
        "noticed": {OFFICES[0]: "0 s"},
    }
