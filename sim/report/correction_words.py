"""Corrections in words: what stood there, what counts, who says so, when and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.log.schema import BY_NAME
from sim.report.names import named
from sim.texts import label, t


def correction_lines(found: pd.DataFrame, names: Mapping[str, str] | None = None) -> list[str]:
    """Return one line per corrected value of a table of `sim.log.corrections`."""
    called = names or {}
    lines = []
    for one in found.to_dict("records"):
        values = {"column": _column(one["column"]), "old": _said(one["column"], one["old"], called),
                  "new": _said(one["column"], one["new"], called)}  # fmt: skip
        words = t("{column} {old} → {new}", **values) if one["column"] else t("struck out")
        lines.append(
            t(
                "row {row} {words}; by {who}, {when}: {why}",
                row=f"{one['row']} → {one['new_row']}" if one["new_row"] else one["row"],
                words=words,
                who=one["who"],
                when=_clock(one["when"]),
                why=one["why"],
            )
        )
    return lines


def _column(name: str) -> str:
    if name == "time":
        return t("time")
    return label("field", name)


def _said(column: str, value: str, names: Mapping[str, str]) -> str:
    if not value:
        return t("(nothing)")
    kind = BY_NAME[column]
    if kind.kind == "time":
        return _clock(value)
    if kind.words:
        return label(kind.words, value)
    return named(names, value)


def _clock(stamp: str) -> str:
    """Return a stamp of a file without its offset: `2026-07-01 09:05`."""
    return stamp[: 19 if len(stamp) > 22 else 16].replace("T", " ")
