"""A record beside its model, for a report: where it stands, what would make it usual, a replay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.jobs.inputs import must_exist
from sim.report.modelled import Modelled


@dataclass(frozen=True)
class Beside:
    """What the command line asks of a model: which scenario, how many drills, what is changed."""

    scenario: Path
    drills: int = 200
    seed: int = 1
    reading: str = ""
    changes: tuple[str, ...] = ()


def modelled(log: Any, pack: Any, asked: Beside, changes: list[Any]) -> Modelled:
    """Return all that the model of a scenario says of a record of one case.

    Factors are worked out for the duties whose times stand at the edges of the simulated ones,
    `sim.report.model_part.MOST_FACTORS` at most, over 100 drills at most.  Raises `UnusableInput`
    like `sim.against`.
    """
    from sim.experiment import Bar
    from sim.experiment.against import against
    from sim.experiment.replay import replay
    from sim.experiment.typical import typical_factors
    from sim.report.model_part import unusual
    from sim.scenario import load_scenario

    model = load_scenario(must_exist(asked.scenario))
    other = load_scenario(asked.scenario, changes) if changes else None
    few, seed, reading = min(asked.drills, 100), asked.seed, asked.reading
    with Bar() as bar:
        found = against(log, model, pack, asked.drills, seed, reading, bar.show)
    factors = [
        (duty, typical_factors(model, pack, duty, few, seed, reading)) for duty in unusual(found)
    ]
    again = None
    if other is not None:
        with Bar() as bar:
            again = replay(log, model, pack, other, few, seed, reading, bar.show)
    names = (asked.scenario.name, pack.id)
    return Modelled(found, factors, few, seed, model, *names, again, asked.changes)
