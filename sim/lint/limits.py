"""Limits that cannot be met however many officers there are, or hardly."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import NamedTuple

from sim.files.yamlfile import Node
from sim.lint.earliest import At, Leg
from sim.lint.house import House
from sim.lint.obligations import Duty, Obligations
from sim.lint.timing import median
from sim.lint.warning import LintWarning, warn
from sim.rules.pack import Rule
from sim.texts import t

SHIPPED = "sim.scenario.steps."
HARDLY = 0.85
"""Part of a limit from which on hardly anything may be waited for."""


def short_limits(house: House) -> Iterator[LintWarning]:
    """There should be time enough for what a limit of the pack asks for, if nobody ever waits.

    Told once for each duty: by the reading that counts, else by another one.  What another duty
    excuses is none as long as that one can be met.  Where procedures have steps of the user's own
    making nothing is said: nobody knows what they do.
    """
    if any(not type(data).__module__.startswith(SHIPPED) for _, data in house.steps):
        return
    least, usual = Obligations(house, house.pack), Obligations(house, house.pack, median)
    for duty in least.duties():
        rule = least.rule(duty)
        if (rule.limit or rule.soft) is None or _excused(least, duty):
            continue
        readings = sorted(least.readings(duty), key=lambda one: one != least.anchor(duty))
        found = (_finding(least, usual, duty, reading) for reading in readings)
        first = next((one for one in found if one is not None), None)
        if first is not None:
            yield _told(house, least, duty, first)


class Finding(NamedTuple):
    """How short the time is by one reading: never enough, hardly, or not in the usual case."""

    how: str
    reading: str
    at: At


def _finding(least: Obligations, usual: Obligations, duty: Duty, reading: str) -> Finding | None:
    rule = least.rule(duty)
    limit = rule.limit or rule.soft or 0
    at = least.least(duty, reading)
    if at.time == inf:  # no procedure leads there: that is no matter of time
        return None
    if at.time > limit or (rule.strict and at.time == limit):
        return Finding("never", reading, at)
    if at.time > 0 and at.time >= HARDLY * limit:
        return Finding("hardly", reading, at)
    at = usual.least(duty, reading)
    if rule.limit and reading == least.anchor(duty) and limit < at.time < inf:
        return Finding("seldom", reading, at)
    return None


def _excused(least: Obligations, duty: Duty) -> bool:
    """Whether another duty lifts this one, and can be met."""
    unless = least.rule(duty).unless
    if unless is None or unless.met is None:
        return False
    other = duty._replace(rule=unless.met)
    rule = least.rule(other)
    limit = rule.limit or rule.soft
    if not rule.enabled:
        return False
    at = least.least(other, least.anchor(other))
    return at.time < inf and (limit is None or at.time <= limit)


def _told(house: House, least: Obligations, duty: Duty, found: Finding) -> LintWarning:
    rule = least.rule(duty)
    longest = max(found.at.path(), key=lambda leg: leg.seconds)
    never = found.how == "never" and found.reading == least.anchor(duty) and rule.limit
    return warn(
        "short_limits",
        _node(house, duty.incident, longest),
        lambda: _text(house, rule, duty, found, least.may_rise(duty), longest),
        "warning" if never else "hint",
    )


def _text(
    house: House, rule: Rule, duty: Duty, found: Finding, may_rise: bool, longest: Leg
) -> str:
    limit = rule.limit or rule.soft or 0
    words = {
        "pack": house.pack.id,
        "rule": duty.rule,
        "owner": duty.owner,
        "limit": _minutes(limit),
        "start": _start(found.reading),
        "time": _minutes(found.at.time),
        "share": f"{100 * found.at.time / limit:.0f} %" if limit else "",
        "path": _path(found.at),
        "step": f"{longest.actor} {longest.what}",
    }
    texts = {
        "never": t(
            "{rule} of {pack} cannot be met by any staffing: {owner} has {limit} from {start}, "
            "and it takes at least {time} even if nobody ever waits: {path}; the longest step is "
            "{step}",
            **words,
        ),
        "hardly": t(
            "{rule} of {pack} can hardly be met: {owner} has {limit} from {start}, and at least "
            "{time} ({share}) go even if nobody ever waits: {path}; the longest step is {step}",
            **words,
        ),
        "seldom": t(
            "{rule} of {pack} will usually be missed, whatever the staffing: {owner} has {limit} "
            "from {start}, and with every step at its median and nobody ever waiting it takes "
            "{time}: {path}; the longest step is {step}",
            **words,
        ),
    }
    text = texts[found.how]
    if rule.limit is None:
        text += t(" (the text names no limit; this is the pack's own mark)")
    if may_rise and found.reading in ("occur", "receive"):
        text += t(" (unless a later rise of the grade begins the duty)")
    return text


def _start(reading: str) -> str:
    return {
        "occur": t("the occurrence"),
        "receive": t("its first notice"),
        "confirm": t("its confirmation of the grade"),
        "own": t("the rule's own start"),
    }[reading]


def _path(at: At) -> str:
    """Return who spends how long on what, one after the other."""
    parts = []
    for actor, legs in groupby(at.path(), key=lambda leg: leg.actor):
        steps = t(", ").join(f"{_what(leg)} {_minutes(leg.seconds)}" for leg in legs)
        parts.append(f"{actor}: {steps}")
    return t("; ").join(parts)


def _what(leg: Leg) -> str:
    words = {
        "notice": t("notices it"),
        "answer": t("takes it down"),
        "acknowledge": t("acknowledges"),
    }
    word, _, key = leg.what.partition(" ")
    if word == "inject":
        return t("the inject {key} comes after", key=key)
    return words.get(leg.what, leg.what)


def _minutes(seconds: float) -> str:
    return t("{n} min", n=f"{seconds / 60:.4g}")


def _node(house: House, incident: str, leg: Leg) -> Node:
    """Return where the step stands that takes longest."""
    if leg.what == "notice":
        return ("incidents", incident, "noticed", leg.actor)
    word, _, key = leg.what.partition(" ")
    if word == "inject":
        return ("injects", key)
    procedure, slash, _ = leg.what.partition("/")
    if slash or procedure in house.scenario.procedures:
        return house.node(procedure, leg.actor)
    return (house.section(leg.actor), leg.actor, "procedures")
