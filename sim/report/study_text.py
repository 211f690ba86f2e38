"""The answers of a study in words and plain tables, for the console and for reports."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.experiment.answers import numbers, shares
from sim.experiment.compare import compared, ranks
from sim.experiment.gains import antithetic_gain
from sim.experiment.results import Results
from sim.log.journeys import each
from sim.report.columns import fit, grid
from sim.report.digits import rounded, with_bounds, with_error
from sim.texts import label, t

SCALE = {"s": 60.0, "h": 1.0, "yuan": 1.0, "%": 0.01, "pieces": 1.0, "": 1.0}
"""By what the values of a unit are divided for people: seconds become minutes."""


def unit_of(results: Results, measure: str) -> str:
    """Return a measure's unit as people read it, empty for shares."""
    found = results.study.measures.get(measure)
    if found is None:
        return ""
    words = {"s": t("min"), "h": t("person-hours"), "yuan": t("yuan"), "pieces": t("pieces")}
    return words.get(found.unit, found.unit)


def scale_of(results: Results, measure: str) -> float:
    """Return by what a measure's values are divided for people."""
    found = results.study.measures.get(measure)
    return SCALE[found.unit] if found is not None else 1.0


def measure_words(results: Results, measure: str) -> str:
    """Return a measure's name with its unit."""
    name, unit = results.study.called(measure), unit_of(results, measure)
    return t("{name} ({unit})", name=name, unit=unit) if unit else name


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
                t("variance without common numbers / with"): _gain(row.ratio),
                t("told apart"): _told(row),
            }
        )
    return pd.DataFrame(rows)


def _gain(ratio: float) -> str:
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


def head_lines(results: Results) -> list[str]:
    """Return what was run, in a few lines."""
    study = results.study
    runs = sorted(set(results.stops.values()))
    each = str(runs[0]) if len(runs) == 1 else f"{runs[0]}–{runs[-1]}" if runs else "0"
    lines = [
        t(
            "scenario {scenario}, pack {pack}, seed {seed}",
            scenario=study.scenario,
            pack=study.rules.id,
            seed=study.seed,
        ),
        t(
            "{points} variants, {each} drills each, all with the same random numbers",
            points=len(results.points),
            each=each,
        ),
    ]
    if study.antithetic:
        lines.append(t("antithetic: every two drills are one observation"))
    lines.append(t("intervals at 95 %; what is not met is late, excused, open or unproven"))
    return lines


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


def study_text(results: Results, total: int = 100) -> str:
    """Return all answers of a study as plain text, at most `total` columns wide."""
    from sim.report.sensitivity_text import sensitivity_tables

    parts = [*head_lines(results), ""]
    tables = [(t("Shares"), share_table(results)), (t("Numbers"), number_table(results))]
    tables += sensitivity_tables(results)
    if len(results.points) > 1 and not results.study.design.drawn:
        first = results.label(0)
        tables += [
            (
                t(
                    "{measure}: difference to {variant}",
                    measure=measure_words(results, name),
                    variant=first,
                ),
                difference_table(results, name),
            )
            for name in dict.fromkeys(results.values["measure"])
            if (results.values["measure"] == name).any()
        ]
    for title, table in tables:
        if len(table):
            parts += [title, *plain_table(table, total), ""]
    return "\n".join([*parts, *gain_lines(results), *selection_lines(results)]).rstrip()


def gain_lines(results: Results) -> list[str]:
    """Return what antithetic pairs gained, a line for each measure; nothing without pairs."""
    if not results.study.antithetic:
        return []
    lines = [t("Gain of antithetic pairs (variance of independent drills / of pairs):")]
    for name in dict.fromkeys(results.values["measure"]):
        every = [antithetic_gain(results, name, point) for point in range(len(results.points))]
        low, high = _gain(min(every)), _gain(max(every))
        lines.append(f"  {results.study.called(name)}  {low if low == high else f'{low}–{high}'}")
    return [*lines, ""]


def plain_table(table: pd.DataFrame, total: int) -> list[str]:
    """Return a table as lines of text, at most `total` columns wide."""
    rows = [[str(name) for name in table.columns]]
    rows += [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    widths = fit(rows, [6] * len(rows[0]), total)
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return [rule, *grid(rows[:1], widths), rule, *grid(rows[1:], widths), rule]
