"""Procedures: ids and words of their steps, guards, posts, and the times of single actors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, get_args

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.log.schema import FIELDS
from sim.scenario.checks_duty import posts
from sim.scenario.procedures import Happening, Procedure
from sim.scenario.scenario import Scenario
from sim.scenario.steps import StepData
from sim.scenario.steps.send import Send
from sim.texts import t, vocabulary

TOLD = ("hazard", "grade", "confirmed", "level", "allowed", "warning", "told", *FIELDS)
"""What a guard can ask for: what an actor has been told or has confirmed."""


def procedure_problems(scenario: Scenario, file: YamlFile) -> list[Problem]:
    """Return the problems with procedures and with how actors use them."""
    found: list[Problem] = []
    for key, procedure in scenario.procedures.items():
        path: Node = ("procedures", key)
        found += guard_problems(procedure.when, (*path, "when"), file)
        found += _unlike_ids(procedure, path, file)
        for node, step in steps_of(procedure, path):
            found += _words(scenario, step, node, file)
            found += _guests(scenario, step, node, file)
            found += _drafted_anew(step, node, file)
            found += _group_else(scenario, step, node, file)
            found += guard_problems(_until(step), (*node, "until"), file)
    for section in ("offices", "teams", "depots"):
        for key, actor in getattr(scenario, section).items():
            found += _times(scenario, actor, (section, key), file)
            found += _by(scenario, key, actor, section, file)
    return list(dict.fromkeys(found))


def steps_of(procedure: Procedure, path: Node) -> Iterator[tuple[Node, StepData]]:
    """Yield (where it stands, step) for every step of a procedure, inner ones included."""
    yield from _steps(procedure.steps, (*path, "steps"))


def _steps(steps: Iterable[Any], path: Node) -> Iterator[tuple[Node, StepData]]:
    for k, step in enumerate(steps):
        node: Node = (*path, k, step.kind)
        yield node, step
        for branch, inner in getattr(step, "branches", {}).items():
            yield from _steps(inner, (*node, "branches", branch))
        for name, key in (("steps", "steps"), ("else_", "else")):
            yield from _steps(getattr(step, name, ()), (*node, key))


def _unlike_ids(procedure: Procedure, path: Node, file: YamlFile) -> Iterator[Problem]:
    """Two steps of one id would share their random numbers."""
    seen: set[str] = set()
    for node, step in steps_of(procedure, path):
        if step.id in seen:
            expected = t("an id of its own for every step of a procedure")
            yield file.problem(node, expected, shown(step.id))
        seen.add(step.id)


def guard_problems(guard: Iterable[str], path: Node, file: YamlFile) -> Iterator[Problem]:
    """Yield a problem for every field of a guard that nobody can be told."""
    for name in guard:
        if name not in TOLD:
            expected = t("one of {words}", words=", ".join(TOLD))
            yield file.problem((*path, name), expected, shown(name), did_you_mean(name, TOLD))


def _until(step: StepData) -> Iterable[str]:
    until = getattr(step, "until", ())
    return until if isinstance(until, dict) else ()


def word_problems(
    values: Iterable[str], words: Collection[str], path: Node, file: YamlFile, listed: bool = True
) -> Iterator[Problem]:
    """Yield a problem for every value that is not in a closed list."""
    for k, value in enumerate(values):
        if value not in words:
            expected = t("one of {words}", words=", ".join(words))
            node = (*path, k) if listed else path
            yield file.problem(node, expected, shown(value), did_you_mean(value, words))


def _words(scenario: Scenario, step: StepData, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Words of closed lists inside steps."""
    elements = elements_known()
    for name, words in (
        ("elements", elements),
        ("pending", elements),
        ("fields", FIELDS),
        ("zero", FIELDS),
        ("kinds", list(vocabulary("report"))),
        ("channels", [*scenario.channels, *vocabulary("channel")]),
        ("reach", [*scenario.channels, *vocabulary("channel")]),
    ):
        values = getattr(step, name, ())
        if isinstance(values, list):
            yield from word_problems(values, words, (*node, name), file)
        elif isinstance(values, dict):
            for key in values:
                yield from word_problems([key], words, (*node, name, key), file, listed=False)
    for name, known in (
        ("event", get_args(Happening)),
        ("group", list(vocabulary("group"))),
    ):
        value = getattr(step, name, None)
        if isinstance(value, str):
            yield from word_problems([value], known, (*node, name), file, listed=False)


def _guests(scenario: Scenario, step: StepData, node: Node, file: YamlFile) -> Iterator[Problem]:
    """The post that offices send to a consultation must exist at each of them."""
    for k, office in enumerate(getattr(step, "with_", ())):
        there, post = posts(scenario, office), getattr(step, "post", "duty")
        if there is not None and post not in there:
            expected = t("an office with the post {post}", post=post)
            yield file.problem((*node, "with", k), expected, shown(office))


def _drafted_anew(step: StepData, node: Node, file: YamlFile) -> Iterator[Problem]:
    """Somebody must draft anew what a review sends back."""
    if getattr(step, "sent_back", 0) and not getattr(step, "steps", ()):
        yield file.problem((*node, "steps"), t("the steps that draft it anew"), t("nothing"))


def _group_else(
    scenario: Scenario, step: StepData, node: Node, file: YamlFile
) -> Iterator[Problem]:
    """Who is not heard over a talk group is called singly already."""
    if isinstance(step, Send) and step.else_ and len(step.recipients) > 1:
        channel = scenario.channels.get(step.channel)
        if channel is not None and channel.group:
            expected = t("no else over a channel with group")
            yield file.problem((*node, "else"), expected, shown(step.channel))


def elements_known() -> list[str]:
    """Return the words for elements of a report: the closed list, and the fields."""
    return [*vocabulary("element"), *vocabulary("field")]


def _times(scenario: Scenario, actor: Any, path: Node, file: YamlFile) -> Iterator[Problem]:
    """`times: {procedure/step: …}` must name a timed step of a procedure of the actor."""
    if not all(name in scenario.procedures for name in actor.procedures):
        return
    called = [b.procedure for b in scenario.background.values() if b.to == path[1]]
    known = [
        f"{name}/{step.id}"
        for name in (*actor.procedures, *called)
        if name in scenario.procedures
        for _, step in steps_of(scenario.procedures[name], ())
        if "time" in type(step).model_fields
    ]
    for key in actor.times:
        if key not in known:
            expected = t("procedure/step of a timed step of {actor}", actor=path[1])
            yield file.problem(
                (*path, "times", key), expected, shown(key), did_you_mean(key, known)
            )


def _by(
    scenario: Scenario, key: str, actor: Any, section: str, file: YamlFile
) -> Iterator[Problem]:
    """The posts that procedures and steps name must exist at every actor that uses them."""
    if section == "teams":
        return
    for name in actor.procedures:
        procedure = scenario.procedures.get(name)
        if procedure is None:
            continue
        path: Node = ("procedures", name)
        named = [((*path, "by"), procedure.by)]
        named += [((*n, "by"), s.by) for n, s in steps_of(procedure, path) if s.by]
        for node, post in named:
            whose, _, wanted = post.rpartition(".")
            if section == "depots" and post == "duty":
                wanted = "crew"
            holder = actor.superior if whose == "superior" else whose or key
            there = posts(scenario, holder) if holder else None
            if there is not None and wanted not in there:
                expected = t("a post of {actor}: {posts}", actor=holder, posts=", ".join(there))
                yield file.problem(node, expected, shown(post), did_you_mean(wanted, there))
