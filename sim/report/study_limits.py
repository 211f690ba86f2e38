"""What a study cannot tell, in sentences."""

from __future__ import annotations

from sim.experiment.compare import compared
from sim.experiment.results import Results
from sim.texts import t


def study_limits(results: Results, assumed: int) -> list[str]:
    """Return what a study cannot tell; `assumed`: how many of the scenario's numbers are."""
    study = results.study
    lines = [
        t(
            "How a real event would go: {n} numbers of the scenario are assumed, and "
            "what the study changes in it names no source. An interval is the error of a "
            "limited number of drills, not of these numbers.",
            n=assumed,
        )
    ]
    lines += _ties(results)
    running = results.values[results.values["state"].isin(["above", "below"])]
    for name, count in running["measure"].value_counts(sort=False).items():
        lines.append(
            t(
                "{measure}: in {n} drills it was not over when the record ended; how much longer "
                "it would have taken is not known, so there are medians, and means are left out.",
                measure=study.called(str(name)),
                n=int(count),
            )
        )
    unproven = results.values[results.values["state"].eq("unproven")]
    for name, count in unproven["measure"].value_counts(sort=False).items():
        lines.append(
            t(
                "{measure}: in {n} drills the record does not prove it either way; these count as "
                "not met.",
                measure=study.called(str(name)),
                n=int(count),
            )
        )
    if study.select is not None:
        lines.append(
            t(
                "Which of two variants is better where neither was run to the end: the selection "
                "stops as soon as its own question is answered."
            )
        )
    return lines


def _ties(results: Results) -> list[str]:
    """Return, for each measure, which variants cannot be told apart from the first."""
    if len(results.points) < 2 or results.study.design.drawn:
        return []
    lines = []
    for name in dict.fromkeys(results.values["measure"]):
        table = compared(results, name)
        alike = int((~table["known"]).sum())
        if alike:
            lines.append(
                t(
                    "{measure}: {n} of {all} variants cannot be told apart from {variant}; that is "
                    "not the same as being equal.",
                    measure=results.study.called(name),
                    n=alike,
                    all=len(table),
                    variant=results.label(0),
                )
            )
    return lines
