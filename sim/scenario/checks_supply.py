"""Supply: requests that can be asked, goods that can be approved, loaded and delivered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_duty import posts
from sim.scenario.checks_steps import steps_of
from sim.scenario.procedures import Procedure
from sim.scenario.scenario import Scenario
from sim.texts import t

ENDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "requested": (("pick",), ("load", "hand_over")),
    "loaded": (("hand_over",), ("return",)),
}
"""Event -> the steps without which goods or vehicles are lost; of each group one at least."""


def supply_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with requests and with what depots do about them."""
    found: list[Problem] = []
    for key, procedure in scenario.procedures.items():
        found += _to_the_end(procedure, ("procedures", key), file)
        for node, step in steps_of(procedure, ("procedures", key)):
            found += _dropped(procedure, step, node, file)
            if step.kind == "request":
                found += _request(procedure, step, node, file)
            elif step.kind == "approve":
                found += _levels(step, node, file)
    for key, depot in scenario.depots.items():
        found += _delivers(scenario, key, depot, file)
        found += _once(scenario, key, depot, file)
        found += _approvers(scenario, key, depot, file)
    return list(dict.fromkeys(found))


def _request(procedure: Procedure, step: Any, node: Node, file: YamlFile) -> Iterator[Problem]:
    """It must say what it asks for, and over what it asks the office above."""
    event = procedure.on.event
    if not step.items and event not in ("needed", "received", "started"):
        expected = t("items, except in a procedure on needed or received")
        yield file.problem((*node, "items"), expected, t("nothing"))
    if "superior" in step.sources and step.channel is None:
        yield file.problem((*node, "channel"), t("a channel to the superior"), t("nothing"))


def _levels(step: Any, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Amounts rise, and only the last level may be without one."""
    limits = [level.up_to for level in step.levels]
    for k, (one, after) in enumerate(pairwise(limits)):
        if one is None or (after is not None and after <= one):
            path: Node = (*node, "levels", k + 1 if one is not None else k, "up_to")
            expected = t("amounts that rise from level to level")
            yield file.problem(path, expected, t("nothing") if one is None else f"{after:g}")


def _delivers(scenario: Scenario, key: str, depot: Any, file: YamlFile) -> Iterator[Problem]:
    """What is loaded must be driven away, so some procedure must be there for it."""
    known = [scenario.procedures[name] for name in depot.procedures if name in scenario.procedures]
    loads = any(step.kind == "load" for one in known for _, step in steps_of(one, ()))
    if loads and all(one.on.event != "loaded" for one in known):
        expected = t("a procedure on {event}", event="loaded")
        yield file.problem(("depots", key, "procedures"), expected, ", ".join(depot.procedures))


def _once(scenario: Scenario, key: str, depot: Any, file: YamlFile) -> Iterator[Problem]:
    """Goods are picked and driven away by one procedure; two would do it twice."""
    for event in ("requested", "loaded"):
        known = (name for name in depot.procedures if name in scenario.procedures)
        used = [name for name in known if scenario.procedures[name].on.event == event]
        if len(used) > 1:
            expected = t("one procedure on {event}", event=event)
            yield file.problem(("depots", key, "procedures"), expected, ", ".join(used))


def _to_the_end(procedure: Procedure, path: Node, file: YamlFile) -> Iterator[Problem]:
    """What is promised is picked and leaves the depot; what leaves is handed over and comes back.

    That holds for all goods; and hands are taken step by step, who loads at two docks being two.
    """
    event = procedure.on.event
    kinds = [step.kind for _, step in steps_of(procedure, path)]
    wanted = ENDS.get(event, ())
    for steps in wanted:
        if not {*kinds} & {*steps}:
            words = {"step": "/".join(steps), "event": event}
            expected = t("a step {step} in a procedure on {event}", **words)
            yield file.problem((*path, "steps"), expected, ", ".join(kinds))
    narrowed = [name for name in ("kind", "incident", "first") if getattr(procedure.on, name)]
    for node, names in (("on", narrowed), ("when", procedure.when)):
        if wanted and names:
            expected = t("a procedure on {event} for all goods, without conditions", event=event)
            yield file.problem((*path, node), expected, ", ".join(names))
    if event == "requested" and procedure.hold == "procedure":
        expected = t("hold: step where goods are issued")
        yield file.problem((*path, "hold"), expected, procedure.hold)


def _dropped(procedure: Procedure, step: Any, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Goods and orders do not vanish because somebody is called away."""
    about_goods = procedure.on.event in ("requested", "loaded") or step.kind == "request"
    if about_goods and getattr(step, "interrupted", "") == "drop":
        expected = t("resume or restart, for what is ordered must not be dropped")
        yield file.problem((*node, "interrupted"), expected, "drop")


def _approvers(scenario: Scenario, key: str, depot: Any, file: YamlFile) -> Iterator[Problem]:
    """The posts that may approve must exist at the office that the depot stands under."""
    for name in depot.procedures:
        procedure = scenario.procedures.get(name)
        for node, step in steps_of(procedure, ("procedures", name)) if procedure else ():
            for k, level in enumerate(getattr(step, "levels", ())):
                yield from _post(scenario, key, level.by, (*node, "levels", k, "by"), file)


def _post(
    scenario: Scenario, depot: str, post: str, node: Node, file: YamlFile
) -> Iterator[Problem]:
    whose, _, name = post.rpartition(".")
    holder: str | None = depot
    while whose.startswith("superior") and holder:
        actor: Any = scenario.offices.get(holder) or scenario.depots.get(holder)
        holder = actor.superior if actor else None
        whose = whose.removeprefix("superior").removeprefix(".")
    if not holder:
        expected = t("a superior, whose post {name} asks for", name=post)
        yield file.problem(node, expected, shown(depot))
        return
    there = posts(scenario, whose or holder)
    if there is not None and name not in there:
        listed = ", ".join(there)
        expected = t("a post of {actor}: {posts}", actor=whose or holder, posts=listed)
        yield file.problem(node, expected, shown(post), did_you_mean(name, there))
