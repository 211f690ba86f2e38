"""The chains of both sides: offices in a row, their staff, times and channels.

Numbers stand here once; `scenario(chain)` is our model's form of them and `twin_relay` runs
them as an ordinary SimPy program.  Times in seconds as (median, 90 % quantile).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario import Scenario

LEVELS = ("unit", "county", "city", "region", "state")
OFFICERS, LEADERS, PHONES = 2, 1, 1


@dataclass(frozen=True)
class Chain:
    """Incidents, one `every` so many seconds, that each line reports upwards level by level.

    Every office is called about routine matters, on average once in `call_every` seconds.
    """

    lines: tuple[str, ...]
    incidents: int
    every: int
    call_every: int
    until: int

    @property
    def offices(self) -> list[list[str]]:
        """The offices of each line, from the unit up."""
        return [[f"{level}-{line}" for level in LEVELS] for line in self.lines]


RELAY = Chain(("gov",), incidents=8, every=600, call_every=7200, until=12 * 3600)
LOAD = Chain(("gov", "dept"), incidents=30, every=1800, call_every=1200, until=24 * 3600)
"""Government line and department line at once, and calls that come six times as often."""
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
FIGURES = {"dead": 3, "injured": 9}


def scenario(chain: Chain) -> Scenario:
    """Return the chain as a scenario."""
    relay = [{kind: _time(kind, times)} for kind, times in STEPS.items()]
    relay.append({"send": {"to": "superior", "channel": "phone"}})
    offices = {key: made for line in chain.offices for key, made in _offices(line)}
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": f"{chain.until} s",
            "tail": "0 s",
            "places": {"town": {"at": [108.0, 24.0]}},
            "offices": offices,
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
            "incidents": {f"i{k}": _incident(chain, k) for k in range(chain.incidents)},
            "background": {
                key: {
                    "to": key,
                    "gap": {"exponential": {"mean": f"{chain.call_every} s"}},
                    "procedure": "call",
                }
                for key in offices
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


def _offices(line: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    for key, superior in zip(line, [*line[1:], None], strict=True):
        level = key.split("-")[0]
        made: dict[str, object] = {
            "role": level if level in ("unit", "state") else key.replace("-", "_"),
            "duty": OFFICERS,
            "leader": LEADERS,
            "procedures": ["take", "notice", "relay"],
        }
        yield key, made | ({"superior": superior} if superior else {})


def _channels() -> dict[str, object]:
    phone = {
        "kind": "phone",
        "lines": PHONES,
        "time": _law(PHONE),
        "patience": f"{PATIENCE} s",
        "tries": TRIES,
        "pause": f"{PAUSE} s",
        "fallback": "platform",
    }
    return {"phone": phone, "platform": {"kind": "platform", "time": _law(PLATFORM)}}


def _incident(chain: Chain, k: int) -> dict[str, object]:
    return {
        "hazard": "fire",
        "place": "town",
        "at": f"{k * chain.every} s",
        "course": [{"after": "0 s"} | FIGURES],
        "noticed": dict.fromkeys([line[0] for line in chain.offices], "0 s"),
    }
