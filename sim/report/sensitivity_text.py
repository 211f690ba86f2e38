"""Which factors matter, as a table for people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.errors import MissingExtra
from sim.experiment.results import Results
from sim.experiment.sensitivity import morris, sobol
from sim.log.journeys import each
from sim.report.digits import rounded, with_bounds
from sim.report.measure_words import measure_words, scale_of
from sim.texts import t


def sensitivity_tables(results: Results) -> list[tuple[str, pd.DataFrame]]:
    """Return title and table for each measure of a design `sobol_indices` or `morris`.

    Nothing for other designs, and for measures that are not known at every point.
    """
    design = results.study.design
    names = list(dict.fromkeys(results.values["measure"]))
    known = [name for name in names if _known(results, name)]
    if design.sobol_indices:
        title = t("Sobol's indices of sensitivity")
        return [(f"{title}: {results.study.called(k)}", _sobol(results, k)) for k in known]
    if design.morris:
        try:
            title = t("Morris' screening")
            return [(f"{title}: {measure_words(results, k)}", _morris(results, k)) for k in known]
        except MissingExtra:
            return []
    return []


def _known(results: Results, measure: str) -> bool:
    found = [results.interval(measure, point).estimate for point in range(len(results.points))]
    return bool(np.isfinite(found).all())


def _sobol(results: Results, measure: str) -> pd.DataFrame:
    rows = [
        {
            t("factor"): results.factor(row.factor),
            t("share of the variance, alone"): with_bounds(
                row.first, row.first_low, row.first_high, 2
            ),
            t("with all that it takes part in"): with_bounds(
                row.total, row.total_low, row.total_high, 2
            ),
        }
        for row in each(sobol(results, measure))
    ]
    return pd.DataFrame(rows)


def _morris(results: Results, measure: str) -> pd.DataFrame:
    scale = scale_of(results, measure)
    rows = [
        {
            t("factor"): results.factor(row.factor),
            t("mean effect over its range"): with_bounds(
                row.mu_star / scale,
                (row.mu_star - row.half_width) / scale,
                (row.mu_star + row.half_width) / scale,
            ),
            t("how much it depends on the others"): rounded(
                row.sigma / scale, row.half_width / scale
            ),
        }
        for row in each(morris(results, measure))
    ]
    return pd.DataFrame(rows)
