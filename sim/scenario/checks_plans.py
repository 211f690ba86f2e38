"""Response plans: their words, and who activates them without being authorised to."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_steps import steps_of, word_problems
from sim.scenario.offices import Office
from sim.scenario.procedures import Procedure
from sim.scenario.scenario import Scenario
from sim.scenario.steps.activate import Activate
from sim.texts import t, vocabulary


def plan_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with plans and with how they are activated."""
    found: list[Problem] = []
    for key, plan in scenario.plans.items():
        for group in plan.groups:
            path: Node = ("plans", key, "groups", group)
            found += word_problems([group], list(vocabulary("group")), path, file, listed=False)
    for key, procedure in scenario.procedures.items():
        users = {k: o for k, o in scenario.offices.items() if key in o.procedures}
        for node, step in steps_of(procedure, ("procedures", key)):
            if isinstance(step, Activate):
                found += _asked(procedure, step, node, file)
                found += _authority(scenario, users, step, node, file)
    return found


def _asked(procedure: Procedure, step: Activate, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Only a request asks for a level, and only a request is granted."""
    if step.level == "asked" and procedure.on.event not in ("received", "started"):
        expected = t("a level, for there is no request on {event}", event=procedure.on.event)
        yield file.problem((*node, "level"), expected, shown(step.level))
    if step.level != "asked" and step.granted != 1.0:
        yield file.problem((*node, "granted"), t("level: asked beside it"), shown(step.level))


def _authority(
    scenario: Scenario, users: dict[str, Office], step: Activate, node: Node, file: YamlFile
) -> Iterator[Problem]:
    """Who may never activate the plan needs somebody to ask: steps of `else`."""
    plan = scenario.plans.get(step.plan)
    if plan is None or step.else_:
        return
    for key, office in users.items():
        levels = list(plan.levels) if step.level in (None, "asked") else [str(step.level)]
        if levels and not any(plan.authorises(key, office.role, level) for level in levels):
            expected = t(
                "an office that the plan authorises at {levels}, or else: whom to ask",
                levels=", ".join(levels),
            )
            yield file.problem(node, expected, shown(key))
