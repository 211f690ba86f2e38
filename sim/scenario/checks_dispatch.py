"""Dispatch: policies that exist, keys in their numbers, offices that may order what they order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sim.errors import Problem
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.authority import may_order
from sim.scenario.checks_steps import steps_of, word_problems
from sim.scenario.policies import NAMES, installed
from sim.scenario.scenario import Scenario
from sim.scenario.steps import Dispatch
from sim.texts import t


def dispatch_problems(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> list[Problem]:
    """Return the problems with how teams are chosen and by whom they are ordered."""
    return [
        *_policy(scenario, known, file),
        *dict.fromkeys(_authority(scenario, file)),
        *_purposes(scenario, file),
    ]


def _purposes(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Steps must say where to wait, and promise teams only when they are asked for."""
    for key, procedure in scenario.procedures.items():
        on = procedure.on
        asked = on.event in ("received", "started") and on.kind in ([], ["support_request"])
        for node, step in steps_of(procedure, ("procedures", key)):
            if not isinstance(step, Dispatch):
                continue
            if step.purpose == "standby" and step.to is None:
                yield file.problem(node, t("the key {key}", key="to"), t("nothing"))
            if step.for_ is not None and step.purpose != "standby":
                expected = t("purpose: standby beside it")
                yield file.problem((*node, "for"), expected, step.purpose)
            if step.as_asked and not asked:
                expected = t("a procedure on: {event: received, kind: [support_request]}")
                yield file.problem((*node, "as_asked"), expected, on.event)


def _policy(
    scenario: Scenario, known: Mapping[str, Collection[str]], file: YamlFile
) -> Iterator[Problem]:
    policies = getattr(scenario, "policies", None)
    if policies is None:
        return
    path: Node = ("policies",)
    if policies.dispatch not in NAMES:
        names = [*NAMES, *installed()]
        yield from word_problems([policies.dispatch], names, (*path, "dispatch"), file, False)
    lists: Node = (*path, "preference")
    for key, teams in policies.preference.items():
        owners = [*known["places"], *known["offices"]]
        yield from word_problems([key], owners, (*lists, key), file, listed=False)
        yield from word_problems(teams, known["teams"], (*lists, key), file)
    if policies.dispatch == "reserve" and policies.reserve is None:
        yield file.problem(path, t("the key {key}", key="reserve"), t("nothing"))
    if policies.relief is not None and policies.relief.after == 0:
        yield file.problem((*path, "relief", "after"), t("a duration above 0"), "0")
    if policies.reserve is not None:
        skills = {skill for team in scenario.teams.values() for skill in team.skills}
        bases = {team.base for team in scenario.teams.values()}
        for name, words in (("skills", sorted(skills)), ("bases", sorted(bases))):
            for key in getattr(policies.reserve, name):
                node = (*path, "reserve", name, key)
                yield from word_problems([key], words, node, file, listed=False)


def _authority(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Where teams have the skills, one of them must be the office's to order."""
    for office, thing in scenario.offices.items():
        called = [b.procedure for b in scenario.background.values() if b.to == office]
        for key in dict.fromkeys([*thing.procedures, *called]):
            if key not in scenario.procedures:
                continue
            for node, step in steps_of(scenario.procedures[key], ("procedures", key)):
                if isinstance(step, Dispatch) and step.purpose != "release" and not step.as_asked:
                    yield from _may(scenario, office, step, node, file)


def _may(
    scenario: Scenario, office: str, step: Dispatch, node: Node, file: YamlFile
) -> Iterator[Problem]:
    for wanted in _wanted(scenario, step):
        able = [key for key, team in scenario.teams.items() if team.has(wanted, step.equipment)]
        if not able or any(may_order(scenario, office, key, step.from_) for key in able):
            continue
        expected = t(
            "a team that {office} may order (its own, or of an office below it), or ask_support",
            office=office,
        )
        superiors = dict.fromkeys(scenario.teams[key].superior or "" for key in able)
        received = t("only teams of {offices}", offices=", ".join(superiors))
        yield file.problem(node, expected, received)


def _wanted(scenario: Scenario, step: Dispatch) -> list[set[str]]:
    """Return the skills of the teams that a step orders, one set for each kind of team."""
    if step.skills or not step.task:
        return [set(step.skills)]
    tasks = [i.tasks[step.task] for i in scenario.incidents.values() if step.task in i.tasks]
    return [{skill} for task in tasks for skill in task.needs]
