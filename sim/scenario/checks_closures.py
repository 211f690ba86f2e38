"""Closures must be able to come, and to let time go on."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.closures import Closure
from sim.scenario.scenario import Scenario
from sim.texts import t


def closure_problems(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Yield the problems with closures and with the injects that bring them."""
    put_in = {inject.closure for inject in scenario.injects.values()}
    for key, closure in scenario.closures.items():
        path: Node = ("closures", key)
        yield from _when(closure, path, key in put_in, file)
        yield from _where(scenario, closure, path, file)
        incident = scenario.incidents.get(closure.incident or "")
        if incident is not None and not incident.occurs:
            expected = t("an incident that occurs")
            yield file.problem((*path, "incident"), expected, shown(closure.incident))
    for key, inject in scenario.injects.items():
        if (inject.kind == "closure") != (inject.closure is not None):
            expected = t("kind: closure together with closure: and the key of a closure")
            yield file.problem(("injects", key), expected, shown(inject.closure or inject.kind))


def _when(closure: Closure, path: Node, put_in: bool, file: YamlFile) -> Iterator[Problem]:
    random, begun = closure.every is not None, closure.from_ is not None
    if not (random or begun or closure.incident or put_in):
        expected = t("a time (from), a gap (every), an incident, or an inject that brings it")
        yield file.problem(path, expected, t("none"))
    if closure.every is not None and closure.every.mean() < 1:
        mean = shown(f"{closure.every.mean():g} s")
        expected = t("a time between closures of at least 1 s on average")
        yield file.problem((*path, "every"), expected, mean)
    if random and (closure.lasts is None or closure.incident):
        expected = t("a duration (lasts) and no incident beside every")
        yield file.problem((*path, "every"), expected, t("another"))
    if closure.until is not None and (random or closure.lasts is not None):
        yield file.problem((*path, "until"), t("either until or lasts, and no every"), t("both"))
    elif closure.until is not None and closure.until <= (closure.from_ or 0):
        yield file.problem((*path, "until"), t("a time after from"), shown(f"{closure.until} s"))


def _where(scenario: Scenario, closure: Closure, path: Node, file: YamlFile) -> Iterator[Problem]:
    if not (closure.links or closure.classes or closure.near):
        expected = t("links, classes or near: what is closed")
        yield file.problem(path, expected, t("none"))
    if closure.near in scenario.places and scenario.places[closure.near].at is None:
        expected = t("a place with coordinates (at or adcode)")
        yield file.problem((*path, "near"), expected, shown(closure.near))
