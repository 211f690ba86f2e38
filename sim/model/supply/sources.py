"""Which depots a word in `from` of a request means."""

from __future__ import annotations

from sim.model.dispatching.support import neighbours
from sim.scenario.scenario import Scenario

OWNERS = {"agreement": "agreement", "production": "production", "requisition": "social"}
"""Word of a source -> the owner of the depots that it means."""


def means(scenario: Scenario, actor: str, word: str, key: str) -> bool:
    """Return whether a word, or key, means a depot from the point of view of who asks."""
    depot = scenario.depots[key]
    if word == "own":
        return depot.owner == "government" and depot.superior == actor
    if word == "neighbours":
        near = neighbours(scenario, actor) if actor in scenario.offices else []
        return depot.owner == "government" and depot.superior in near
    if word in OWNERS:
        return depot.owner == OWNERS[word] and depot.superior == actor
    return word == key
