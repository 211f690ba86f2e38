"""Distributions fitted to delays on record: what was found, in words, a table and YAML."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.experiment.calibrate import Fit, as_yaml, draws_as_levels
from sim.experiment.delays import Delays, mark_of
from sim.report.columns import plain_table
from sim.report.digits import decimals, rounded
from sim.texts import label, t

PATH = "procedures.PROCEDURE.steps.0.STEP.time"


def family_name(name: str) -> str:
    """Return a family as people call it."""
    return {"lognormal": t("lognormal"), "exponential": t("exponential")}[name]


def mark_words(text: str) -> str:
    """Return `verify started` in the user's language."""
    mark = mark_of(text)
    activity = label("activity", mark.activity)
    if not mark.phase:
        return activity
    return t("{activity} ({phase})", activity=activity, phase=label("phase", mark.phase))


def fit_table(found: Sequence[Fit]) -> pd.DataFrame:
    """Return one row per family: parameters in minutes with their intervals, and how it fits."""
    rows = [
        {
            t("family"): family_name(fit.family),
            t("parameters (min), 95 % interval"): ", ".join(
                f"{name} {_minutes(fit, name)}" for name in fit.parameters
            ),
            t("AIC"): f"{fit.aic:.1f}",
            t("distance"): f"{fit.distance:.3f}",
            t("p-value"): f"{fit.p_value:.3f}",
        }
        for fit in found
    ]
    return pd.DataFrame(rows)


def _minutes(fit: Fit, name: str) -> str:
    low, high = (bound / 60 for bound in fit.interval(name))
    half = (high - low) / 2
    most = min(decimals(half), 2)
    value, *bounds = (rounded(x, half, most) for x in (fit.parameters[name] / 60, low, high))
    return f"{value} ({'–'.join(bounds)})"


def fit_text(
    delays: Delays, found: Sequence[Fit], begin: str, end: str, levels: int = 0, total: int = 100
) -> str:
    """Return everything about fits, the best first; `levels`: draws of its parameters.

    The last lines are YAML to paste: a time of a step, and factors of a study.
    """
    best = found[0]
    lines = [
        t(
            "delays from {begin} to {end}: {n}, of which {running} were still running",
            begin=mark_words(begin),
            end=mark_words(end),
            n=best.n,
            running=best.running,
        )
    ]
    if delays.unknown:
        words = t("left out, because begin or end is not on record: {n}", n=delays.unknown)
        lines.append(words)
    lines += [
        *plain_table(fit_table(found), total),
        t("the smaller the AIC, the better; a p-value below 0.05: the family does not fit"),
        "",
        t("# for a scenario, where the step has its time:"),
        f"time: {as_yaml(best)}",
    ]
    if levels:
        lines += ["", t("# for a study, one level for each draw of the parameters:"), "factors:"]
        lines += [f"  {PATH}:"]
        for level in draws_as_levels(best, levels):
            ((family, parameters),) = level.items()
            inside = ", ".join(f"{name}: {value}" for name, value in parameters.items())
            lines.append(f"    - {{{family}: {{{inside}}}}}")
    return "\n".join(lines)
