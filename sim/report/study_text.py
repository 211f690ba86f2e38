"""The answers of a study in words and plain tables, for the console and for reports."""

from __future__ import annotations

from sim.experiment.gains import antithetic_gain
from sim.experiment.results import Results
from sim.report.columns import plain_table
from sim.report.measure_words import measure_words
from sim.report.selected_text import selection_lines
from sim.report.study_tables import difference_table, gain_words, number_table, share_table
from sim.texts import t


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
        low, high = gain_words(min(every)), gain_words(max(every))
        lines.append(f"  {results.study.called(name)}  {low if low == high else f'{low}–{high}'}")
    return [*lines, ""]
