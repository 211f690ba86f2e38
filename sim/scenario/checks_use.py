"""Procedures must be able to do what their event and their actor allow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.errors import Problem
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_steps import steps_of
from sim.scenario.procedures import Procedure
from sim.scenario.scenario import Scenario
from sim.texts import t

ABOUT_AN_INCIDENT = (
    *("verify", "grade", "activate", "notify", "terminate"),
    *("dispatch", "ask_support", "request", "command"),
)
"""Steps that make no sense without an incident: not after a routine call or a change of shift."""
ON_THE_WAY = {
    "travel": ("ordered", "loaded", "started"),
    "return": ("ordered", "loaded", "started"),
    "approve": ("requested", "started"),
    "pick": ("requested", "started"),
    "load": ("requested", "started"),
    "unload": ("loaded", "started"),
    "hand_over": ("requested", "loaded", "started"),
}
"""Steps of a team with its order or a depot with its request, and the events that bring one."""


def use_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with what procedures are used for."""
    found: list[Problem] = []
    for key, procedure in scenario.procedures.items():
        found += _steps_fit_the_event(scenario, key, procedure, file)
        found += _nobody_in_two_branches(procedure, ("procedures", key), file)
    for key, team in scenario.teams.items():
        found += _has_procedure_on(scenario, "ordered", team, ("teams", key), file)
    for key, depot in scenario.depots.items():
        found += _has_procedure_on(scenario, "requested", depot, ("depots", key), file)
    for section in ("offices", "depots"):
        for key, actor in getattr(scenario, section).items():
            found += _superior_is_there(scenario, actor, (section, key), file)
    return found


def _steps_fit_the_event(
    scenario: Scenario, key: str, procedure: Procedure, file: YamlFile
) -> Iterator[Problem]:
    event = procedure.on.event
    calls = [source for source in scenario.background.values() if source.procedure == key]
    placed = event == "called" and all(source.places for source in calls)
    for node, step in steps_of(procedure, ("procedures", key)):
        somewhere = placed or (step.kind == "request" and getattr(step, "to", None))
        if somewhere and step.kind in ("dispatch", "request"):
            continue
        if event in ("called", "shift") and step.kind in ABOUT_AN_INCIDENT:
            expected = t("steps that need no incident in a procedure on {event}", event=event)
            yield file.problem(node, expected, step.kind)
        if event not in ON_THE_WAY.get(step.kind, (event,)):
            events = ", ".join(ON_THE_WAY[step.kind])
            expected = t("this step only in a procedure on {events}", events=events)
            yield file.problem(node, expected, step.kind)


def _nobody_in_two_branches(procedure: Procedure, path: Node, file: YamlFile) -> Iterator[Problem]:
    """Whoever is held throughout cannot work in two branches at once."""
    if procedure.hold != "procedure" and procedure.on.event != "ordered":
        return
    for node, step in steps_of(procedure, path):
        if step.kind == "parallel":
            expected = t("no branches where one officer or team is held throughout")
            yield file.problem(node, expected, step.kind)


def _has_procedure_on(
    scenario: Scenario, event: str, actor: Any, path: Node, file: YamlFile
) -> Iterator[Problem]:
    used = [scenario.procedures[name] for name in actor.procedures if name in scenario.procedures]
    if len(used) == len(actor.procedures) and all(p.on.event != event for p in used):
        expected = t("a procedure on {event}", event=event)
        yield file.problem(
            (*path, "procedures"), expected, ", ".join(actor.procedures) or t("none")
        )


def _superior_is_there(
    scenario: Scenario, actor: Any, path: Node, file: YamlFile
) -> Iterator[Problem]:
    """A step by `superior.leader` needs a superior."""
    if actor.superior:
        return
    for name in actor.procedures:
        if name not in scenario.procedures:
            continue
        procedure = scenario.procedures[name]
        posts = [procedure.by, *(s.by for _, s in steps_of(procedure, ()) if s.by)]
        if any(post.startswith("superior.") for post in posts):
            expected = t("a superior, whose post {name} asks for", name=name)
            yield file.problem((*path, "superior"), expected, t("none"))
