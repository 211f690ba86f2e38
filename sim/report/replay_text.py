"""A record replayed with one thing changed, in words and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.holding import CLOSE
from sim.experiment.replay import Replay
from sim.log.journeys import each
from sim.report.against_text import duty_id, real_words
from sim.report.clock import minutes
from sim.report.columns import plain_table
from sim.report.duties import word
from sim.report.names import named
from sim.report.times import percent
from sim.texts import in_language, label, language, t


def replay_table(found: Replay, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return the duties with a time limit, and all others that came out otherwise, one a row."""
    duties = found.duties
    other = (duties["held_met"] != duties["changed_met"]) | (
        duties["held_n"] != duties["changed_n"]
    )
    rows = [
        {
            t("rule"): duty_id(row),
            t("who"): named(names, row.owner),
            t("verdict on record"): _real(row),
            t("model, as it was: met"): _met(row, "held"),
            t("model, changed: met"): _met(row, "changed"),
            t("min: on record | model as it was → changed (medians)"): _minutes(row),
        }
        for row in each(duties[(duties["limit_s"].notna() | other) & (duties["owner"] != "")])
    ]
    return pd.DataFrame(rows)


def _real(row: Any) -> str:
    return label("verdict", word(row.real, None if pd.isna(row.limit_s) else int(row.limit_s)))


def _minutes(row: Any) -> str:
    real = real_words(row.real_low, row.real_high)
    return f"{real} | {_median(row.held_s)} → {_median(row.changed_s)}"


def _met(row: Any, name: str) -> str:
    n, met = getattr(row, f"{name}_n"), getattr(row, f"{name}_met")
    if not n:
        return t("did not arise")
    low, high = (percent(round(getattr(row, f"{name}_{end}"), 2)) for end in ("low", "high"))
    return t("{met} of {n} [{low}–{high} %]", met=met, n=n, low=low, high=high)


def _median(seconds: Any) -> str:
    if pd.isna(seconds):
        return "–"
    return minutes(int(seconds)) if np.isfinite(seconds) else "∞"


def replay_text(
    found: Replay,
    changes: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    total: int = 100,
    lang: str | None = None,
) -> str:
    """Return what came of a replay, as text at most `total` columns wide; `changes` as made."""
    with in_language(lang or language()):
        return "\n".join(_lines(found, changes, names, total))


def _lines(
    found: Replay, changes: Sequence[str], names: Mapping[str, str] | None, total: int
) -> list[str]:
    lines = [
        t("replayed in the model, {n} drills; a result of the model, not a fact", n=found.drills),
        t(
            "held as on record: pieces of work {works}, first notices {notices}, offices as a "
            "whole (from hearing to passing on) {whole}; all else is drawn",
            works=found.works,
            notices=found.notices,
            whole=len(found.stretched),
        ),
    ]
    for one in found.stretched:
        lines.append(
            "  "
            + t(
                "{who} → {to}: {minutes} min; median factor on its steps {factor}",
                who=named(names, one.actor),
                to=named(names, one.to),
                minutes=minutes(one.seconds),
                factor=f"{one.factor:.2g}" if np.isfinite(one.factor) else "–",
            )
            + (
                t("; not reached within {seconds} s in {n} drills", seconds=CLOSE, n=one.missed)
                if one.missed
                else ""
            )
        )
    lines.append(t("changed: {changes}", changes=t(", ").join(changes) or t("nothing")))
    lines += plain_table(replay_table(found, names), total)
    lines.append(t("[ ] exact interval (95 %) over the drills in which the duty arose"))
    return lines
