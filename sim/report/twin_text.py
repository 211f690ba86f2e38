"""What formulas say beside a study's estimates, as people read it."""

from __future__ import annotations

import pandas as pd

from sim.experiment.results import Results
from sim.experiment.twins import twins
from sim.log.journeys import each
from sim.report.columns import plain_table
from sim.report.digits import rounded
from sim.report.measure_words import measure_words, scale_of
from sim.texts import t


def twin_table(results: Results, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row for every measure and point that a formula is known for; maybe none."""
    found = twins(results) if found is None else found
    rows = []
    for row in each(found[found["reason"] == ""]):
        scale = scale_of(results, row.measure)
        half = 2 * row.error / scale
        rows.append(
            {
                t("measure"): measure_words(results, row.measure),
                t("variant"): results.label(row.point),
                t("formula"): _name(row.formula),
                t("by formula"): rounded(row.value / scale, half / 10, 4),
                t("simulated"): f"{rounded(row.estimate / scale, half, 4)} ± "
                f"{rounded(half, half, 4)}",
                t("standard errors apart"): rounded(row.z, 0.5, 1),
            }
        )
    return pd.DataFrame(rows)


def twin_text(results: Results, total: int = 100) -> str:
    """Return the table, and for measures without a formula why, one line each."""
    found = twins(results)
    table = twin_table(results, found)
    parts = [t("Formulas beside the simulation (± two standard errors)")]
    if len(table):
        parts += plain_table(table, total)
    none = found[found["reason"] != ""]
    for (name, reason), part in none.groupby(["measure", "reason"], sort=False):
        points = part["point"].tolist()
        what = results.study.called(str(name))
        if len(points) < len(results.points):
            what += f" ({_some(results, points)})"
        parts.append(t("no formula for {measure}: {reason}", measure=what, reason=reason))
    return "\n".join(parts)


def _some(results: Results, points: list[int]) -> str:
    """Return the first of several variants, and how many more there are."""
    first = results.label(points[0])
    if len(points) == 1:
        return first
    return t("{variant} and {n} more", variant=first, n=len(points) - 1)


def _name(formula: str) -> str:
    words = {
        "Erlang C": t("Erlang C (waiting)"),
        "Erlang B": t("Erlang B (loss)"),
        "hypercube": t("hypercube"),
        "hypoexponential": t("sum of exponential times"),
        "newsvendor": t("newsvendor"),
    }
    return words[formula]
