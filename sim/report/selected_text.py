"""What a study selected, in words and as a table: the cheapest that is safe, or the best."""

from __future__ import annotations

import pandas as pd

from sim.experiment.results import Results
from sim.log.journeys import each
from sim.report.columns import plain_table
from sim.report.digits import with_bounds
from sim.texts import t


def selection_lines(results: Results) -> list[str]:
    """Return what was selected and with which guarantee; what cannot be said is said too."""
    select = results.study.select
    if select is None:
        return []
    if select.safe is not None:
        return _safe_lines(results)
    return _best_lines(results)


def _safe_lines(results: Results) -> list[str]:
    first, last = safe_sentences(results)
    return [first, *plain_table(safe_table(results), 100), last]


def safe_table(results: Results) -> pd.DataFrame:
    """Return what is known of every variant's safety, the cheapest first, as people read it."""
    from sim.experiment.select import safe_of

    states = {
        "safe": t("safe"),
        "unsafe": t("not safe"),
        "close": t("too close to tell"),
        "over_budget": t("over the budget, not run"),
        "not_needed": t("not needed: a safe one costs no more"),
    }
    rows = [
        {
            t("variant"): results.label(row.point),
            t("cost"): f"{row.cost:g}",
            t("met, where it applies"): (
                with_bounds(row.probability, row.low, row.high) if row.applied else "–"
            ),
            t("drills"): row.replications,
            t("answer"): states[row.state],
        }
        for row in each(safe_of(results).table())
    ]
    return pd.DataFrame(rows)


def safe_sentences(results: Results) -> tuple[str, str]:
    """Return what was asked for with which guarantee, and the answer."""
    from sim.experiment.select import safe_of

    safe = results.study.select.safe  # type: ignore[union-attr]
    assert safe is not None
    asked = t(
        "{measure} with probability at least {p} (wrong with probability at most {error}):",
        measure=results.study.called(safe.measure),
        p=f"{safe.at_least:g}",
        error=f"{safe.error:g}",
    )
    found = safe_of(results)
    answer = found.answer()
    if answer is None:
        return asked, t("None is known to be safe.")
    cheapest = t("The cheapest that is safe: {variant}", variant=results.label(answer))
    cheaper = [
        results.label(k)
        for k, state in enumerate(found.states)
        if state == "close" and found.costs[k] < found.costs[answer]
    ]
    if cheaper:
        close = t("cheaper, but too close to tell: {variants}", variants=t(", ").join(cheaper))
        cheapest += t("; ") + close
    return asked, cheapest


def _best_lines(results: Results) -> list[str]:
    from sim.experiment.select import best_of

    best = results.study.select.best  # type: ignore[union-attr]
    assert best is not None
    kn = best_of(results)
    goal = t("greatest") if best.goal == "max" else t("least")
    if kn.selected is None:
        names = t(", ").join(results.label(k) for k in kn.alive)
        return [
            t(
                "The {goal} {measure}: not told apart by {n} drills: {names}",
                goal=goal,
                measure=results.study.called(best.measure),
                n=kn.n,
                names=names,
            )
        ]
    return [
        t(
            "The {goal} {measure}: {variant}, after {n} drills (right with probability at least "
            "{p}, if no other is nearer to it than {within})",
            goal=goal,
            measure=results.study.called(best.measure),
            variant=results.label(kn.selected),
            n=kn.n,
            p=f"{1 - best.error:g}",
            within=best.within,
        )
    ]
