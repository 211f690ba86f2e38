"""A scenario's injects as the rows of a list, in the order in which they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.exercise.entry import NAMES, PATHS, Desk, flat, nested, same
from sim.exercise.flow import flow_text
from sim.exercise.times import clock_text, relative_text
from sim.exercise.words import figures_text, in_cell, joined
from sim.log.schema import FIELDS
from sim.scenario import Scenario
from sim.scenario.distributions import Constant
from sim.scenario.incidents import Incident
from sim.texts import in_language, label, t

TRUTH = "incidents."
"""How keys of rows begin that only show what the scenario lets happen."""
LATEST = 10**9
TIMING = ("at", "on", "unless_done", "if_done", "when")
"""What the columns of times and of the condition hold."""


class Line(NamedTuple):
    """A row: `cells` column -> text; `key` of the inject, or `incidents.<id>.<n>`.

    `seconds` is when it comes, from the start; `LATEST` where that hangs on what happens.
    """

    key: str
    seconds: int
    cells: dict[str, str]

    @property
    def is_truth(self) -> bool:
        """Whether it only shows what the scenario lets happen."""
        return self.key.startswith(TRUTH)


def listing(scenario: Scenario, raw: Mapping[str, Mapping[str, Any]], lang: str) -> list[Line]:
    """Return the rows of a list; `raw` are the injects as the scenario's file writes them."""
    desk = Desk(scenario, lang)
    times = {key: comes_at(scenario, key) for key in scenario.injects}
    order = sorted(scenario.injects, key=lambda key: times[key])
    numbers = {key: str(k) for k, key in enumerate(order, start=1)}
    with in_language(lang):
        lines = [
            Line(key, times[key], _cells(desk, key, raw[key], times[key], numbers)) for key in order
        ]
        truth = [line for key in scenario.incidents for line in _truth(desk, key)]
    return sorted([*lines, *truth], key=lambda line: (line.seconds, not line.is_truth))


def comes_at(scenario: Scenario, key: str) -> int:
    """Return when an inject comes (a mean, if by chance), `LATEST` where that is not known."""
    inject = scenario.injects[key]
    after = round(inject.at.mean()) if inject.at is not None else 0
    if inject.timed:
        return after
    other = scenario.injects.get(inject.awaits)
    if other is None or other.expect is None or other.expect.within is None:
        return LATEST
    before = comes_at(scenario, inject.awaits)
    return LATEST if before == LATEST else before + other.expect.within + 1 + after


def _cells(
    desk: Desk, key: str, raw: Mapping[str, Any], seconds: int, numbers: Mapping[str, str]
) -> dict[str, str]:
    inject = desk.scenario.injects[key]
    parts = flat(raw)
    cells = {column: desk.says(column, parts.get(path)) for column, path in PATHS.items()}
    for column in ("kind", "channel"):
        cells[column] = desk.says(column, getattr(inject, column))
    cells |= {"number": numbers[key], "key": key, "condition": condition_text(raw)}
    if inject.at is not None:
        plain = isinstance(inject.at, Constant)
        cells["relative"] = relative_text(inject.at.least()) if plain else flow_text(raw["at"])
        if plain and inject.timed:
            cells["clock"] = clock_text(desk.scenario.start, seconds)
    backups = [k for k, other in desk.scenario.injects.items() if other.unless_done == key]
    cells["more"] = _more(desk, raw, cells)
    links = joined((numbers[k] for k in backups), desk.lang)
    cells["contingency"] = "\n".join(filter(None, (links, cells["contingency"])))
    return cells


def condition_text(raw: Mapping[str, Any]) -> str:
    """Return on what an inject hangs: words where it is another inject, else YAML."""
    given = {key: raw[key] for key in ("on", "unless_done", "if_done", "when") if raw.get(key)}
    if list(given) == ["unless_done"]:
        return t("not done in time: {key}", key=given["unless_done"])
    if list(given) == ["if_done"]:
        return t("done in time: {key}", key=given["if_done"])
    return flow_text(given) if given else ""


def _more(desk: Desk, raw: Mapping[str, Any], cells: Mapping[str, str]) -> str:
    """Return what the other cells do not give back as it was."""
    read, _ = desk.parts({column: in_cell(text) for column, text in cells.items()})
    lost = {
        path: value
        for path, value in flat(raw).items()
        if path[0] not in TIMING
        and not (
            same(path, value, read.get(path), desk.lang)
            and _is_list(path, value) == _is_list(path, read.get(path))
        )
    }
    return flow_text(nested(lost)) if lost else ""


def _is_list(path: tuple[str, ...], value: Any) -> bool:
    """Return whether one body stands as a list of one, which a cell does not show."""
    return path in (("to",), ("expect", "who")) and isinstance(value, list) and bool(value)


def _truth(desk: Desk, key: str) -> list[Line]:
    """Return a row for every state of an incident."""
    incident: Incident = desk.scenario.incidents[key]
    if not incident.occurs:
        return []
    lines = []
    for k, state in enumerate(sorted(incident.course, key=lambda state: state.after)):
        at = incident.at + state.after
        figures = {n: v for n in FIELDS if (v := getattr(state, n)) is not None}
        first = label("activity", "occur" if k == 0 else "truth")
        text = t(
            "{what}: {incident}; {figures}",
            what=first,
            incident=incident.title(key, desk.lang),
            figures=figures_text(figures, desk.lang),
        )
        cells = {
            "relative": relative_text(at),
            "clock": clock_text(desk.scenario.start, at),
            "text": text,
            "kind": first,
            "key": f"{TRUTH}{key}.{k}",
            "incident": desk.says("incident", key),
        }
        lines.append(Line(cells["key"], at, cells))
    return lines


def translations(raw: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return (key, column, zh, en) of every text that differs between the two languages."""
    found = []
    for key, inject in raw.items():
        parts = flat(inject)
        for column in NAMES:
            value = parts.get(PATHS[column])
            if isinstance(value, dict) and value["zh"] != value["en"]:
                found.append((key, column, value["zh"], value["en"]))
    return found
