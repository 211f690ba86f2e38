"""Tasks of incidents, and the steps that send teams to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.log.schema import FIELDS
from sim.scenario.checks_steps import steps_of, word_problems
from sim.scenario.incidents import Incident
from sim.scenario.scenario import Scenario
from sim.scenario.steps import StepData
from sim.scenario.tasks import Task
from sim.texts import t


def task_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with tasks and with how procedures use them."""
    found: list[Problem] = []
    for key, incident in scenario.incidents.items():
        found += _sequence(incident, ("incidents", key, "tasks"), file)
        for name, task in incident.tasks.items():
            found += _numbers(task, ("incidents", key, "tasks", name), file)
    names = [name for incident in scenario.incidents.values() for name in incident.tasks]
    for key, procedure in scenario.procedures.items():
        path: Node = ("procedures", key)
        found += word_problems(procedure.on.task, names, (*path, "on", "task"), file)
        for node, step in steps_of(procedure, path):
            named = getattr(step, "task", None)
            found += word_problems([named] if named else [], names, (*node, "task"), file, False)
            if step.kind == "dispatch":
                found += _dispatch(step, node, file)
            elif step.kind == "work":
                found += _work(step, procedure.on.event, node, file)
    return found


def _sequence(incident: Incident, path: Node, file: YamlFile) -> Iterator[Problem]:
    """Tasks need something that has happened, and an order that is no ring."""
    if incident.tasks and not incident.occurs:
        yield file.problem(path, t("no tasks for what never occurs"), ", ".join(incident.tasks))
    after = {name: task.after for name, task in incident.tasks.items()}
    for name, before in after.items():
        yield from word_problems(before, list(after), (*path, name, "after"), file)
        ring = _way_back(after, name)
        if ring and name == min(ring):
            way = " → ".join([*ring, name])
            yield file.problem((*path, name, "after"), t("a chain that ends"), way)


def _way_back(after: Mapping[str, list[str]], name: str) -> list[str]:
    """Return the shortest way from a task back to itself, empty if there is none."""
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for before in after.get(way[-1], ()):
            if before == name:
                return way
            if before not in seen:
                seen.add(before)
                ways.append([*way, before])
    return []


def _numbers(task: Task, path: Node, file: YamlFile) -> Iterator[Problem]:
    for skill, number in (task.minimum or {}).items():
        node: Node = (*path, "minimum", skill)
        yield from word_problems([skill], list(task.needs), node, file, listed=False)
        if number > task.needs.get(skill, number):
            expected = t("at most the {n} that the task needs", n=task.needs[skill])
            yield file.problem(node, expected, shown(number))
    if task.growth is not None:
        node = (*path, "growth")
        if not task.growth.by and not task.growth.worsens:
            yield file.problem(node, t("a share of more work (by) or figures (worsens)"), t("none"))
        for name in task.growth.worsens:
            yield from word_problems([name], FIELDS, (*node, "worsens", name), file, listed=False)


def _dispatch(step: StepData, node: Node, file: YamlFile) -> Iterator[Problem]:
    if getattr(step, "skills", None):
        return
    if getattr(step, "task", None) is None:
        yield file.problem(node, t("skills, or a task that lacks teams"), t("neither"))
    elif "number" in step.model_fields_set:
        expected = t("a number only beside skills: a task says itself what it lacks")
        yield file.problem((*node, "number"), expected, shown(getattr(step, "number", "")))


def _work(step: StepData, event: str, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Work goes on for a time, or on the task of the order that has come."""
    if getattr(step, "time", None) is None:
        if event not in ("ordered", "started"):
            yield file.problem(node, t("a time, for there is no order with a task"), t("none"))
        return
    for name in ("task", "at_most"):
        if getattr(step, name, None) is not None:
            yield file.problem((*node, name), t("work on a task, without a time"), t("a time"))
