"""The district of both sides: bases, teams, places, calls and times of seven days.

Numbers stand here once; `scenario()` is our model's form of them and `twin_dispatch` runs them
as an ordinary SimPy program.  Times in seconds as (median, 90 % quantile).
"""

from __future__ import annotations

import random

from sim.scenario import Scenario

UNTIL = 7 * 86_400
OFFICERS = 3
DECIDE = (60, 120)
ALERT, MUSTER, WORK = (60, 120), (180, 480), (3600, 7200)
SPEED, DETOUR = 40_000, 1.4
CALLS = {
    "rescue": (1, ("rescue",), 6000),
    "fire": (2, ("fire",), 2400),
    "medical": (3, ("medical",), 4000),
}
"""Source: priority, skills asked for, seconds between calls on average; 504 calls in all."""
SKILLS = (("fire", "rescue"), ("fire", "medical"), ("medical",), ("fire", "rescue", "medical"))

_numbers = random.Random(4)
PLACES = {f"p{k}": (108 + 0.6 * _numbers.random(), 24 + 0.5 * _numbers.random()) for k in range(60)}
WEIGHTS = {place: 1 + 9 * _numbers.random() for place in PLACES}
BASES = tuple(f"p{6 * k}" for k in range(10))
TEAMS = {f"t{k}": (BASES[k % 10], SKILLS[k % 4]) for k in range(20)}


def scenario() -> Scenario:
    """Return the district as a scenario."""
    steps = [{"alert": _time(ALERT)}, {"muster": _time(MUSTER)}, "travel", {"work": _time(WORK)}]
    sent = {
        key: {
            "on": "called",
            "steps": [{"dispatch": {"skills": list(skills)} | _time(DECIDE)}],
        }
        for key, (_, skills, _) in CALLS.items()
    }
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-03-01T00:00+08:00",
            "horizon": f"{UNTIL} s",
            "tail": "0 s",
            "places": {key: {"at": at} for key, at in PLACES.items()},
            "offices": {"centre": {"role": "county_gov", "duty": OFFICERS}},
            "procedures": sent | {"team-response": {"on": "ordered", "steps": [*steps, "return"]}},
            "policies": {"travel": {"detour": DETOUR, "speed": f"{SPEED // 1000} km/h"}},
            "teams": {
                key: {"base": base, "skills": list(skills), "strength": 6}
                for key, (base, skills) in TEAMS.items()
            },
            "background": {
                key: {
                    "to": "centre",
                    "gap": {"exponential": {"mean": f"{gap} s"}},
                    "procedure": key,
                    "priority": priority,
                    "places": WEIGHTS,
                }
                for key, (priority, _, gap) in CALLS.items()
            },
        }
    )


def _time(times: tuple[int, int]) -> dict[str, object]:
    return {"time": {"lognormal": {"median": f"{times[0]} s", "p90": f"{times[1]} s"}}}
