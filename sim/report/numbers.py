"""The numbers of a scenario: those with a source, and those that are assumed."""

from __future__ import annotations

from typing import Any


def assumed_numbers(sources: Any) -> list[tuple[str, str]]:
    """Return (path, value) of the numbers that carry no source."""
    return [(path, value) for path, value, source in _numbers(sources) if not source]


def sourced_numbers(sources: Any, scenario: Any = None) -> list[tuple[str, str, str]]:
    """Return (path, value, source) of the numbers that carry one; keys of sources in full."""
    listed = getattr(scenario, "sources", {})
    out = []
    for path, value, source in _numbers(sources):
        entry = listed.get(source)
        words = f"{entry.title} {entry.where}".strip() if entry is not None else source
        if source:
            out.append((path, value, words))
    return out


def _numbers(sources: Any) -> list[tuple[str, str, str]]:
    none = (None, "", "assumed")
    return [(str(p), str(v), "" if s in none else str(s)) for p, v, s in sources or ()]
