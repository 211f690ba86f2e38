"""The answers of a study as plain tables, for the console and for reports."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.experiment.answers import numbers, shares
from sim.experiment.compare import compared, ranks
from sim.experiment.results import Results
from sim.log.journeys import each
from sim.report.digits import rounded, with_bounds, with_error
from sim.report.measure_words import measure_words, scale_of
from sim.texts import label, t


def share_table(results: Results) -> pd.DataFrame:
    """Return the shares as people read them: one row per measure and point."""
    rows = [
        {
            t("measure"): results.study.called(row.measure),
            t("variant"): results.label(row.point),
            t("drills"): row.replications,
            t("applies in"): with_bounds(row.applies, row.applies_low, row.applies_high),
            t("met, where it applies"): with_bounds(row.met, row.met_low, row.met_high),
            label("verdict", "late"): row.late,
            label("verdict", "excused"): row.excused,
            label("verdict", "open"): row.open,
            label("verdict", "unproven"): row.unproven,
        }
        for row in each(shares(results))
    ]
    return pd.DataFrame(rows)


def number_table(results: Results) -> pd.DataFrame:
    """Return means and quantiles as people read them: one row per measure and point."""
    rows = []
    for row in numbers(results).to_dict("records"):
        scale = scale_of(results, row["measure"])
        names = {"mean": t("mean"), "q50": t("median"), "q90": t("90 % within")}
        cells = {
            name: with_bounds(
                row[key] / scale, row[f"{key}_low"] / scale, row[f"{key}_high"] / scale, 2
            )
            for key, name in names.items()
        }
        rows.append(
            {
                t("measure"): measure_words(results, row["measure"]),
                t("variant"): results.label(row["point"]),
                t("measured"): f"{row['measured']}/{row['replications']}",
                t("still running"): row["running"],
                **cells,
            }
        )
    return pd.DataFrame(rows)


def difference_table(results: Results, measure: str, against: int = 0) -> pd.DataFrame:
    """Return every variant minus one, by pairs with the same numbers, as people read it."""
    scale = scale_of(results, measure)
    rows: list[dict[str, Any]] = []
    for row in each(compared(results, measure, against)):
        half = (row.high - row.low) / 2 / scale
        rows.append(
            {
                t("variant"): results.label(row.point),
                t("difference"): with_error(row.value / scale, half),
                t("pairs"): row.pairs,
                t("variance without common numbers / with"): gain_words(row.ratio),
                t("told apart"): _told(row),
            }
        )
    return pd.DataFrame(rows)


def gain_words(ratio: float) -> str:
    """Return a ratio of variances as people read it; a dash where there is none."""
    return rounded(ratio, 0.5, 1) if math.isfinite(ratio) else "–"


def _told(row: Any) -> str:
    if row.known:
        return t("yes")
    if not math.isfinite(row.more):
        return t("no: no difference was seen")
    return t("no; about {n} more drills would, if the difference is what it seems", n=int(row.more))


def rank_table(results: Results, measure: str, greatest_first: bool = True) -> pd.DataFrame:
    """Return the ranks that variants may have; those that cannot be told apart share them."""
    scale = scale_of(results, measure)
    rows = [
        {
            t("rank"): str(row.best) if row.best == row.worst else f"{row.best}–{row.worst}",
            t("variant"): results.label(row.point),
            t("estimate"): rounded(row.estimate / scale, 0.005, 2),
        }
        for row in each(ranks(results, measure, greatest_first))
    ]
    return pd.DataFrame(rows)
