"""What a model says beside a record, in words and tables, with pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.against import Against
from sim.experiment.replay import Replay
from sim.report.against_chart import against_chart
from sim.report.against_text import EDGE, duty_id, duty_table, factor_words, step_table
from sim.report.modelled import Modelled, ModelPart, ModelTable
from sim.report.names import display_names, named
from sim.report.replay_text import replay_table
from sim.texts import label, language, t

MOST_FACTORS = 4
"""Duties for which factors are worked out, the farthest from the middle first."""


def unusual(found: Against) -> list[dict[str, Any]]:
    """Return duties whose known time is in the fastest or slowest tenth, `MOST_FACTORS` at most."""
    table = found.duties
    known = table[np.isfinite(table["real_low"]) & (table["n"] > 0)]
    not_slower = known["share_high"] + known["equal"] / known["n"]
    far = np.maximum(known["share_low"] - 0.5, 0.5 - not_slower)
    chosen = known.assign(far=far)[far >= 0.5 - EDGE]
    chosen = chosen.sort_values("far", ascending=False, kind="stable").head(MOST_FACTORS)
    return [{str(k): v for k, v in row.items()} for row in chosen.to_dict("records")]


def model_part(
    found: Modelled, names: Mapping[str, str] | None = None, lang: str | None = None
) -> ModelPart:
    """Return the part in the language in force."""
    names = {**(names or {}), **display_names(found.model, lang or language())}
    beside = found.against
    start = label("reading", beside.reading) if beside.reading else t("as scored")
    said = [
        t(
            "Computed by a model, not evidence: {n} simulated drills of {scenario} (seed "
            "{seed}). Where the scenario names no source, its times are assumed. No verdict "
            "in this report rests on this part.",
            n=beside.drills,
            scenario=found.scenario,
            seed=found.seed,
        ),
        t("Duties of the pack {pack}; start of the clocks: {start}.", pack=found.pack, start=start),
    ]
    if beside.absent:
        listed = t(", ").join(named(names, name) for name in beside.absent)
        said.append(t("not in the scenario: {names}", names=listed))
    tables = [_placed(beside, names), _steps(beside, names), _factors(found, names)]
    if found.replayed is not None:
        tables.append(_replayed(found, found.replayed, names))
    pictures = []
    for duty, _ in found.factors:
        picture = against_chart(beside, duty["rule"], duty["owner"], names, lang)
        owner = named(names, duty["owner"])
        title = t(
            "{rule}, {owner}: simulated drills and the record", rule=duty["rule"], owner=owner
        )
        pictures.append((title, picture))
    return ModelPart(said, [table for table in tables if table.rows], pictures)


def _placed(found: Against, names: Mapping[str, str] | None) -> ModelTable:
    note = t("share of the drills in which the same took less time; ( ) exact interval (95 %)")
    table = duty_table(found, names).drop(columns=t("verdict"), errors="ignore")
    title = t("Times on record among {n} simulated drills", n=found.drills)
    return _table("model_duties", title, table, note)


def _steps(found: Against, names: Mapping[str, str] | None) -> ModelTable:
    note = t(
        "Of {n} pieces of work on record; by chance alone about {chance} would stand here.",
        n=len(found.steps),
        chance=round(2 * EDGE * len(found.steps)),
    )
    title = t("Work on record among the fastest or slowest tenth")
    return _table("model_steps", title, step_table(found, names), note)


def _factors(found: Modelled, names: Mapping[str, str] | None) -> ModelTable:
    head = [t("duty"), t("what the model would have had to assume")]
    rows = [
        [f"{duty_id(pd.Series(duty))} {named(names, duty['owner'])}", factor_words(one, names)]
        for duty, factors in found.factors
        for one in factors
    ]
    note = t(
        "For times among the fastest or slowest tenth, {most} at most, over {n} drills; ( ) "
        "interval (95 %), the error of a limited number of drills only. A factor is no cause.",
        most=MOST_FACTORS,
        n=found.few,
    )
    title = t("What would make the time on record an ordinary one")
    return ModelTable("model_factors", title, head, rows, note)


def _replayed(found: Modelled, again: Replay, names: Mapping[str, str] | None) -> ModelTable:
    title = t(
        "Replayed with a change, {n} drills: {changes}",
        n=again.drills,
        changes=t(", ").join(found.changes),
    )
    held = t(
        "held as on record: pieces of work {works}, first notices {notices}, offices as a "
        "whole (from hearing to passing on) {whole}; all else is drawn",
        works=again.works,
        notices=again.notices,
        whole=len(again.stretched),
    )
    note = held + t("; ") + t("[ ] exact interval (95 %) over the drills in which the duty arose")
    return _table(
        "model_replay",
        title,
        replay_table(again, names).drop(columns=t("verdict on record"), errors="ignore"),
        note,
    )


def _table(key: str, title: str, table: pd.DataFrame, note: str) -> ModelTable:
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    return ModelTable(key, title, [str(name) for name in table.columns], rows, note)
