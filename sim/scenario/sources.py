"""Every number of a scenario with its source, for the report's list of what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.files import units
from sim.files.yamlfile import Node, dotted
from sim.scenario.distributions import KINDS
from sim.scenario.merge import merged

NO_NUMBERS = (
    "yanlian",
    "about",
    "start",
    "horizon",
    "tail",
    "priority",
    "calendars",
    "sources",
    "expect",
    "use",
    "inventory",
)
"""Keys below which nothing is a figure about the world: the drill's frame and its order."""
ASSUMED = "assumed"
_READERS = (units.duration_seconds, units.metres, units.metres_per_hour, units.grams)


def numbers_with_sources(path: str | Path) -> list[tuple[str, str, str]]:
    """Return (path, value, source) of every number that a scenario file or its library gives.

    `source` is the text of the nearest `source:` around the number that is about it (one may
    name single numbers), and empty where there is none or it says `assumed`.  A distribution is
    one entry.  Raises `UnusableInput`.
    """
    return numbers_in(merged(path).data)


def numbers_in(data: Any) -> list[tuple[str, str, str]]:
    """Return what `numbers_with_sources` returns, of a scenario's data at hand."""
    return [(dotted(node), text, source) for node, text, source in _numbers(data, (), "")]


def _numbers(data: Any, path: Node, source: str) -> Iterator[tuple[Node, str, str]]:
    if isinstance(data, dict):
        if len(data) == 1 and next(iter(data)) in KINDS:
            yield path, _spelt(data), source
            return
        own = data.get("source")
        single = own if isinstance(own, dict) else {}
        usual = source if own is None or own is single else str(own)
        for key, value in data.items():
            if key not in NO_NUMBERS:
                below = str(single.get(key, usual))
                yield from _numbers(value, (*path, key), "" if below == ASSUMED else below)
    elif isinstance(data, list):
        for k, value in enumerate(data):
            yield from _numbers(value, (*path, k), source)
    elif _is_number(data):
        yield path, str(data), source


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return any(_reads(reader, value) for reader in _READERS)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _reads(reader: Any, value: str) -> bool:
    try:
        reader(value)
    except units.QuantityError:
        return False
    return True


def _spelt(distribution: dict[str, Any]) -> str:
    """Return a distribution as one line: `lognormal: median 10 min, p90 25 min`."""
    ((name, parameters),) = distribution.items()
    if not isinstance(parameters, dict):
        return f"{name}: {parameters}"
    return f"{name}: " + ", ".join(f"{key} {value}" for key, value in parameters.items())
