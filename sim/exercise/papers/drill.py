"""What all papers of a drill read: the scenario, some simulated runs of it, and their verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment import run
from sim.log import EventLog
from sim.rules import Pack, Verdicts, load_pack, score
from sim.scenario import Scenario, load_scenario, numbers_with_sources
from sim.scenario.load import ACTORS

RUNS = 20
"""Simulated drills from which the expected times are taken."""
SEED = 1
PACK = "guangxi-2012-65"


@dataclass(frozen=True)
class Drill:
    """A scenario and `RUNS` drills of it; `numbers` are its figures with their sources."""

    scenario: Scenario
    pack: Pack
    log: EventLog
    verdicts: Verdicts
    numbers: list[tuple[str, str, str]]
    lang: str

    @cached_property
    def names(self) -> dict[str, str]:
        """Id -> what it is called, of everybody and everything that has a name."""
        sections = (*ACTORS, "incidents", "places", "channels", "plans", "items", "vehicles")
        return {
            key: thing.title(key, self.lang)
            for section in sections
            for key, thing in getattr(self.scenario, section).items()
        }

    def called(self, key: str) -> str:
        """Return what somebody or something is called, else its id."""
        return self.names.get(key, key)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows of all runs up to the drill's end."""
        table = self.log.table
        return table[table["time"].notna() & table["time"].le(self.scenario.horizon)]

    @cached_property
    def runs(self) -> int:
        """How many drills were run."""
        return len(self.log.cases)

    def clock(self, seconds: float) -> str:
        """Return an instant of the drill to the minute, with the day where it is another one."""
        moment = self.instant(seconds)
        text = f"{moment:%H:%M}"
        return text if moment.date() == self.scenario.start.date() else f"{moment:%m-%d} {text}"

    def instant(self, seconds: float) -> datetime:
        """Return the instant so many seconds after the start."""
        return self.scenario.start + timedelta(seconds=float(seconds))

    def title(self) -> str:
        """Return the scenario's name."""
        name: Any = self.scenario.name
        return str(name.in_language(self.lang)) if name else ""


def drilled(path: str | Path, lang: str, pack: str = PACK, runs: int = RUNS) -> Drill:
    """Load a scenario, run it `runs` times and score the drills; raises `UnusableInput`."""
    scenario, rules = load_scenario(path), load_pack(pack)
    log = run(scenario, SEED, runs, packs=(rules,), name=Path(path).stem)
    return Drill(scenario, rules, log, score(log, rules), numbers_with_sources(path), lang)
