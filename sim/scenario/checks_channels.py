"""Channels: random outages that let time go on, fields that can be garbled, who can talk."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_steps import elements_known, steps_of, word_problems
from sim.scenario.scenario import Scenario
from sim.scenario.steps.send import Send
from sim.scenario.steps.verify import Verify
from sim.texts import t


def channel_problems(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Yield the problems with channels that fail and with what they do to reports."""
    for key, channel in scenario.channels.items():
        path: Node = ("channels", key)
        if channel.fails is not None and channel.fails.every.mean() < 1:
            mean = f"{channel.fails.every.mean():g} s"
            expected = t("a time between outages of at least 1 s on average")
            yield file.problem((*path, "fails", "every"), expected, shown(mean))
        if channel.ring is not None and not channel.rings:
            expected = t("no ring on a channel that nobody picks up (live: false, or group)")
            yield file.problem((*path, "ring"), expected, shown(f"{channel.ring} s"))
        words = ["all", *elements_known()]
        for name in channel.garble:
            yield from word_problems([name], words, (*path, "garble", name), file, listed=False)
    yield from _talks(scenario, file)


def _talks(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Who calls back, or confirms by telephone, wants to talk."""
    for key, procedure in scenario.procedures.items():
        for node, step in steps_of(procedure, ("procedures", key)):
            if isinstance(step, Verify):
                channel, path = step.channel, (*node, "by_call", "channel")
            elif isinstance(step, Send):
                channel, path = step.confirm, (*node, "confirm")
            else:
                continue
            if channel in scenario.channels and not scenario.channels[channel].talks:
                expected = t("a channel over which two persons talk")
                yield file.problem(path, expected, shown(channel))
