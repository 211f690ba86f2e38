"""Depots that are asked for goods that they cannot move."""

from __future__ import annotations

from collections.abc import Iterator

from sim.lint.house import House, steps_within
from sim.lint.warning import LintWarning, warn
from sim.model.supply.sources import means
from sim.texts import t


def no_vehicles(house: House) -> Iterator[LintWarning]:
    """A depot that loads goods needs a vehicle to load them on."""
    scenario = house.scenario
    asked = asked_depots(house)
    with_vehicles = {vehicle.depot for vehicle in scenario.vehicles.values()}
    for key in scenario.depots:
        steps = (step for p in house.procedures(key) for step in steps_within(p.steps))
        if key in with_vehicles or key not in asked or all(s.data.kind != "load" for s in steps):
            continue
        yield warn(
            "no_vehicles",
            ("depots", key),
            lambda key=key: t(  # type: ignore[misc]
                "{depot} is asked for goods, but no vehicle stands there: it refuses everything",
                depot=key,
            ),
        )


def asked_depots(house: House) -> set[str]:
    """Return the depots that somebody may ask for goods."""
    depots = house.scenario.depots
    asked = {one.from_ for depot in depots.values() for one in depot.replenish.values()}
    for actor, _, step in house.everywhere():
        if step.data.kind == "request":
            asked |= {
                key
                for key in depots
                for word in step.data.sources
                if means(house.scenario, actor, word, key)
            }
    return {key for key in asked if key is not None}
