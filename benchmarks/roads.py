"""Dispatch over a network of 125 places and 500 links with 20 closures: the share of routing."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from benchmarks.timing import line, rounds, spread
from sim.experiment.run import run
from sim.model import Plan, Sampler, Streams, simulate
from sim.model.graph import Graph
from sim.scenario import Scenario
from sim.scenario.geo import distance_m, guangxi

LINKS, BASES, DAYS, DRILLS = 500, 14, 7, 20
ROUTING = (
    ("roads.py", ("seconds", "way", "linked", "condition")),
    ("graph.py", ("times", "shortest")),
)
CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")


def scenario(seed: int = 1) -> Scenario:
    """Cities and counties of Guangxi joined to their neighbours, incidents by the hour.

    20 closures: 10 at random times and again, 10 planned; two places in the rush hour.
    """
    rng = np.random.default_rng(seed)
    places = {code: {"at": point} for code, (_, point) in guangxi().items()}
    links = neighbours({code: point for code, (_, point) in guangxi().items()}, rng)
    keys = list(links)
    hours = {"exponential": {"mean": "8 h"}}
    closures: dict[str, Any] = {}
    for k in range(20):
        shut = [str(key) for key in rng.choice(keys, 5, replace=False)]
        when = {"every": hours} if k % 2 else {"from": f"{rng.integers(0, 24 * DAYS)} h"}
        closures[f"k{k}"] = {"links": shut, "lasts": hours} | when
    count = 70 * DAYS
    at = np.sort(rng.integers(0, DAYS * 86_400, count))
    sites = rng.choice(list(places), count)
    bases = rng.choice(list(places), BASES, replace=False)
    work = {"time": {"lognormal": {"median": "1 h", "p90": "2 h"}}}
    return Scenario.model_validate(
        {
            "yanlian": 1,
            "start": "2026-06-20T00:00+08:00",
            "horizon": f"{DAYS} d",
            "places": places,
            "links": links,
            "closures": closures,
            "policies": {"travel": {"hours": {"primary": {"07:00-09:00": 0.6}}}},
            "procedures": {
                "send": {
                    "on": "noticed",
                    "steps": [{"dispatch": {"skills": ["x"], "time": "60 s"}}],
                },
                "go": {"on": "ordered", "steps": ["travel", {"work": work}, "return"]},
            },
            "offices": {"o": {"role": "city_gov", "duty": 5, "procedures": ["send"]}},
            "teams": {
                f"t{k}": {"base": base, "skills": ["x"], "strength": 5, "procedures": ["go"]}
                for k, base in enumerate([*bases, *bases])
            },
            "incidents": {
                f"i{k}": {
                    "hazard": "fire",
                    "place": site,
                    "at": f"{second} s",
                    "course": [{"injured": 1}],
                    "noticed": {"o": "0 s"},
                }
                for k, (second, site) in enumerate(zip(at.tolist(), sites.tolist(), strict=True))
            },
        }
    )


def neighbours(points: dict[str, tuple[float, float]], rng: np.random.Generator) -> dict[str, Any]:
    """Join the nearest pairs, nearest first, until there are enough links."""
    codes = list(points)
    pairs = sorted(
        (distance_m(points[a], points[b]), a, b)
        for k, a in enumerate(codes)
        for b in codes[k + 1 :]
    )
    return {
        f"{a}-{b}": {
            "from": a,
            "to": b,
            "length": f"{int(metres * 1.3) + 200} m",
            "class": str(rng.choice(CLASSES)),
        }
        for metres, a, b in pairs[:LINKS]
    }


def drills(plan: Plan, until: int) -> int:
    """Run the drills; return how many rows they write."""
    streams = Streams(1)
    return sum(len(simulate(plan, Sampler(streams, k), until)) for k in range(DRILLS))


def share_of_routing(job: Callable[[], object]) -> float:
    """Return the share of the profiled time of a job that is spent in finding ways."""
    profile = cProfile.Profile()
    profile.runcall(job)
    stats: Any = pstats.Stats(profile)
    spent = 0.0
    outside = {(file, name) for file, names in ROUTING for name in names}
    for (path, _, name), (_, _, _, _, callers) in stats.stats.items():
        if (path.rpartition("/")[2], name) in outside and "/model/" in path:
            spent += sum(
                one[3] for (file, _, _), one in callers.items() if not file.endswith(own_files())
            )
    return spent / float(stats.total_tt)


def own_files() -> tuple[str, ...]:
    """Return the files inside which routing calls itself."""
    return tuple(file for file, _ in ROUTING)


def main(count: int = 3) -> None:
    """Print the table."""
    made = scenario()
    until = DAYS * 86_400
    jobs = {
        "rows only": lambda: drills(Plan(made), until),
        "with its log": lambda: run(made, replications=DRILLS, until=until),
    }
    number = drills(Plan(made), until)
    times = rounds(jobs, count)
    graph = Graph(made)
    size = f"{len(graph.names)} places linked of {len(made.places)}, {len(made.links)} links"
    print(f"roads: {size}, {len(made.closures)} closures, {len(made.incidents)} incidents")
    for name, seconds in times.items():
        rate = f"{number / median(seconds):,.0f} rows/s"
        line(f"{name}, ms per drill", spread([1000 * s / DRILLS for s in seconds]), rate)
    for name, job in jobs.items():
        line(f"share of routing, {name}", f"{share_of_routing(job):.3f}", "target below 0.2")


if __name__ == "__main__":
    main()
