"""Shelters: what their people need must have a norm, and who is sent there must come about."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.incidents import Incident
from sim.scenario.scenario import Scenario
from sim.scenario.shelters import Shelter
from sim.texts import t


def shelter_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with shelters and with how incidents fill them."""
    found: list[Problem] = []
    for key, shelter in scenario.shelters.items():
        found += _items(scenario, shelter, ("shelters", key, "items"), file)
    for key, incident in scenario.incidents.items():
        found += _filling(incident, ("incidents", key, "shelters"), file)
    return found


def _items(scenario: Scenario, shelter: Shelter, path: Node, file: YamlFile) -> Iterator[Problem]:
    yield from _each_once(shelter.items, path, file)
    for k, item in enumerate(shelter.items):
        if item in scenario.items and scenario.items[item].norm is None:
            expected = t("an item with a norm (norm): how much a person needs")
            yield file.problem((*path, k), expected, shown(item))


def _filling(incident: Incident, path: Node, file: YamlFile) -> Iterator[Problem]:
    if incident.shelters is None:
        return
    yield from _each_once(incident.shelters.to, (*path, "to"), file)
    if not incident.occurs:
        expected = t("no shelters for what never occurs")
        yield file.problem(path, expected, ", ".join(incident.shelters.to))


def _each_once(keys: list[str], path: Node, file: YamlFile) -> Iterator[Problem]:
    for k, key in enumerate(keys):
        if key in keys[:k]:
            yield file.problem((*path, k), t("each of them once"), shown(key))
