"""Injects as papers show them: when, to whom, what, what is expected, and if it does not come."""

from __future__ import annotations

from typing import NamedTuple

from sim.exercise.papers.drill import Drill
from sim.exercise.papers.sayings import channel
from sim.scenario.base import Names
from sim.scenario.incidents import Inject
from sim.texts import label, t, vocabulary
from sim.texts.lengths import limit


class Put(NamedTuple):
    """An inject in words; `time` is `None` where it hangs on something that happens."""

    key: str
    time: float | None
    when: str
    to: list[str]
    inject: Inject
    title: str
    text: str
    means: str
    expected: str
    instead: str
    controller: str


def put_in(drill: Drill) -> list[Put]:
    """Return the injects of the scenario, those with a time first and in its order."""
    found = [_put(drill, key, inject) for key, inject in drill.scenario.injects.items()]
    return sorted(found, key=lambda one: (one.time is None, one.time or 0))


def _put(drill: Drill, key: str, inject: Inject) -> Put:
    time = float(inject.at.mean()) if inject.at is not None else None
    followers = [
        drill_title(drill, other)
        for other, one in drill.scenario.injects.items()
        if one.unless_done == key
    ]
    sorts = [
        words for words in ("inject", "report", "activity") if inject.kind in vocabulary(words)
    ]
    kind = label(sorts[0], inject.kind) if sorts else inject.kind
    return Put(
        key,
        time,
        drill.clock(time) if time is not None else _hangs(drill, inject),
        inject.recipients,
        inject,
        drill_title(drill, key),
        told(drill, inject.text),
        t("; ").join((channel(drill, inject.channel), kind)),
        _expected(drill, inject),
        t(", ").join(followers),
        told(drill, inject.controller),
    )


def drill_title(drill: Drill, key: str) -> str:
    """Return what an inject is called, else its id."""
    return drill.scenario.injects[key].title(key, drill.lang)


def told(drill: Drill, text: Names | None) -> str:
    """Return a text of the scenario in the papers' language, empty where there is none."""
    return text.in_language(drill.lang) if text else ""


def _hangs(drill: Drill, inject: Inject) -> str:
    if inject.unless_done:
        return t("if not done: {what}", what=drill_title(drill, inject.unless_done))
    if inject.if_done:
        return t("once done: {what}", what=drill_title(drill, inject.if_done))
    return t("on an event")


def _expected(drill: Drill, inject: Inject) -> str:
    expect = inject.expect
    if expect is None:
        return ""
    text = told(drill, expect.text)
    if not text and expect.does:
        text = label("activity", expect.does)
        who = t(", ").join(map(drill.called, inject.expected_of))
        text = f"{who}{t(': ')}{text}"
    if expect.within is not None:
        text += t(" (within {time})", time=limit(expect.within))
    return text
