"""Answer twins: what a formula says of a measure, beside what the simulation says.

A recogniser takes a measure of one scenario and returns the formula's value, or refuses with the
reason.  It refuses as soon as anything in the scenario lies outside the formula's assumptions, so
that a difference of many standard errors is a mistake of the model or of the formula.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.capsule import points_in
from sim.experiment.design import Point, points
from sim.experiment.measures import Measure
from sim.experiment.results import Results
from sim.experiment.run import last_second
from sim.experiment.store import CAPSULE
from sim.experiment.study import Study
from sim.experiment.twins_base import Formula, Refused, Scene
from sim.experiment.twins_chain import chain_elapsed, chain_in_time
from sim.experiment.twins_fleet import share_at_work
from sim.experiment.twins_queues import share_lost, waiting
from sim.experiment.twins_stock import pieces_left, pieces_short
from sim.model import Plan
from sim.rules.options import with_options
from sim.scenario import Scenario
from sim.texts import t

Recogniser = Callable[[Scene, Measure], Formula]
RECOGNISERS: Mapping[str, Recogniser] = {
    "waiting": waiting,
    "lost": share_lost,
    "busy": share_at_work,
    "elapsed": chain_elapsed,
    "met": chain_in_time,
    "short": pieces_short,
    "left": pieces_left,
}
"""One recogniser for each kind of measure that a formula is known for."""


def twins(results: Results) -> pd.DataFrame:
    """Return one row per measure and point: the formula's value beside the estimate.

    `formula`, `value`, `estimate`, `error` (standard error; of a share the one that the formula
    implies), `z` (estimate minus value, in standard errors); of those without a formula `reason`
    says why.
    """
    scenes = [scene_of(results.study, point.scenario) for point in _points(results)]
    rows = [
        {"point": point, "measure": name, **_row(results, scene, name, point)}
        for name in dict.fromkeys(results.values["measure"])
        for point, scene in enumerate(scenes)
    ]
    columns = ["point", "measure", "formula", "value", "estimate", "error", "z", "reason"]
    return pd.DataFrame(rows, columns=columns)


def formula_of(scene: Scene, measure: Measure) -> Formula:
    """Return the formula of a measure; raises `Refused` with the reason."""
    recognise = RECOGNISERS.get(measure.kind)
    if recognise is None:
        raise Refused(t("no formula is known for `{kind}`", kind=measure.kind))
    return recognise(scene, measure)


def _row(results: Results, scene: Scene, name: str, point: int) -> dict[str, Any]:
    measure = results.study.measures.get(name)
    try:
        if measure is None:
            raise Refused(t("no formula is known for a measure in Python"))
        found = formula_of(scene, measure)
        series = results.observations(name, point)
        independent = results.study.is_share(name) and not results.study.antithetic
        value = found.value if independent else None
        estimate, error = standard_error(series, value)
        return {
            **found._asdict(),
            "estimate": estimate,
            "error": error,
            "z": (estimate - found.value) / error if error > 0 else np.nan,
            "reason": "",
        }
    except Refused as refused:
        return {"formula": "", "reason": str(refused)}


def standard_error(series: np.ndarray, share: float | None = None) -> tuple[float, float]:
    """Return the estimate of observations (sum, weight) and its standard error.

    With `share`, of independent drills, the error that the estimate has if this is the true one.
    """
    if not np.isfinite(series).all():
        raise Refused(t("in some drills the time was still running when the record ended"))
    top, bottom = series[series[:, 1] > 0].T
    n = len(top)
    if n < 2:
        raise Refused(t("measured in fewer than two drills"))
    estimate = float(top.sum() / bottom.sum())
    if share is not None:
        return estimate, math.sqrt(share * (1 - share) / n)
    rest = (top - estimate * bottom) / bottom.mean()
    return estimate, float(rest.std(ddof=1) / math.sqrt(n))


def _points(results: Results) -> Sequence[Point]:
    if results.folder is None:
        return points(results.study)
    path = results.folder / CAPSULE
    return points_in(json.loads(path.read_text(encoding="utf-8")), results.study, str(path))


def scene_of(study: Study, scenario: Scenario) -> Scene:
    """Return a scenario as the study runs it, for recognisers."""
    pack = with_options(study.rules, study.options)
    until = last_second(scenario, (study.rules,))
    return Scene(scenario, Plan(scenario), pack, until, study.warm_up)
