"""The slow twin of least times: a drill in which nobody ever waits and nothing goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from sim.experiment.run import run
from sim.lint.house import House
from sim.lint.obligations import Obligations
from sim.rules import Pack, load_pack, score
from sim.rules.load import pack_of
from sim.scenario import Scenario, load_scenario
from sim.scenario.distributions import KINDS, Distribution
from sim.scenario.load import resolved_yaml

MANY = 60
_SHAPE = TypeAdapter(Distribution)


def shipped_twin(path: Path, folder: Path, median: bool = False) -> Scenario:
    """The twin of a scenario in a file, by way of a file in `folder`."""
    data = YAML(typ="safe").load(resolved_yaml(path))
    twin = folder / f"{path.stem}-{median}.yaml"
    writer = YAML(typ="safe", pure=True)
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    with twin.open("w", encoding="utf-8") as file:
        writer.dump(without_waiting(data, median), file)
    return load_scenario(twin)


def without_waiting(data: Mapping[str, Any], median: bool = False) -> dict[str, Any]:
    """Everything in plenty, every duration at its least (or median), every chance at its best."""
    gone = ("background", "people", "closures")
    twin = _fixed(deepcopy({key: one for key, one in data.items() if key not in gone}), median)
    for office in twin.get("offices", {}).values():
        office["duty"] = office["leader"] = MANY
        office.pop("calendar", None)
        office["posts"] = dict.fromkeys(office.get("posts", {}), MANY)
    for channel in twin.get("channels", {}).values():
        for word in ("lines", "dropped", "outages", "fails", "garble", "patience", "source"):
            channel.pop(word, None)
    injects = twin.get("injects", {})
    twin["injects"] = {
        k: v for k, v in injects.items() if v.get("kind") not in ("outage", "closure")
    }
    _at_best(twin.get("procedures", {}))
    return twin


def _fixed(value: Any, median: bool) -> Any:
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in KINDS:
            found = _SHAPE.validate_python(value)
            middle = 0.5 if found.standard == "u" else 0.0
            return f"{found.seconds(middle) if median else found.least()} s"
        return {key: _fixed(one, median) for key, one in value.items()}
    return [_fixed(one, median) for one in value] if isinstance(value, list) else value


def _at_best(value: Any) -> None:
    if isinstance(value, dict):
        for word, best in (("accuracy", 1.0), ("sent_back", 0.0)):
            if isinstance(value.get(word), float | int):
                value[word] = best
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        _at_best(one)


Key = tuple[str, str, str, str, str]
"""Pack, rule, incident, owner, reading."""


def bounds(scenario: Scenario, packs: Sequence[Pack]) -> dict[Key, float]:
    """The least times by the linter, in seconds."""
    house = House(scenario)
    return {
        (pack.id, *duty, reading): times.least(duty, reading).time
        for pack in packs
        for times in [Obligations(house, pack)]
        for duty in times.duties()
        for reading in times.readings(duty)
    }


TIMED = ("deadline", "presence")
"""Kinds of rules that have a clock."""


@cache
def timed(name: str) -> Pack:
    """A shipped pack with its rules that have a clock: the others have no time to compare."""
    raw = {
        key: one for key, one in load_pack(name).raw.items() if key not in ("triggers", "options")
    }
    rules = {name: rule for name, rule in raw["rules"].items() if rule["kind"] in TIMED}
    return pack_of(raw | {"rules": rules}, name)


def measured(
    scenario: Scenario, packs: Sequence[Pack], seed: int = 1, replications: int = 1
) -> Iterator[tuple[Key, int]]:
    """The same times as they were in drills: from the start of each clock to its end.

    Left out where a rise of the grade began the duty: its clock starts at that.
    """
    log = run(scenario, seed=seed, replications=replications, packs=tuple(packs))
    for row in pd.concat([score(log, pack).table for pack in packs]).to_dict("records"):
        if row["recurrence"] or not isinstance(row["end_s"], int):
            continue
        starts = {r: row[f"{r}_start_s"] for r in ("occur", "receive", "confirm")}
        if not any(row[f"{r}_verdict"] for r in starts):
            starts = {"own": row["start_s"]}
        raised = isinstance(starts.get("occur"), int) and (
            starts["occur"] != scenario.incidents[row["incident"]].at
        )
        for reading, start in starts.items():
            if isinstance(start, int) and not (raised and reading != "confirm"):
                key = (row["pack"], row["rule"], row["incident"], row["owner"], reading)
                yield key, row["end_s"] - start
