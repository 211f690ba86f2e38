"""The report of a study as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.experiment.factors import Range, levels_of, shown_level
from sim.experiment.results import Results
from sim.experiment.store import Store
from sim.files.atomic import write_text
from sim.report.html import page_style, page_template, program
from sim.report.measure_words import measure_words
from sim.report.numbers import assumed_numbers
from sim.report.selected_text import safe_sentences, safe_table, selection_lines
from sim.report.sensitivity_text import sensitivity_tables
from sim.report.study_limits import study_limits
from sim.report.study_tables import difference_table, number_table, share_table
from sim.report.study_text import head_lines
from sim.report.supply import Table
from sim.scenario import numbers_in
from sim.scenario.merge import gathered
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture

MOST = 4
"""Pictures of one kind; further measures stand in the tables."""
SHOWN = 40
"""Variants up to which pictures with a row or a cell for each are drawn."""


def write_study_report(path: str | Path, results: Results, lang: str = "zh") -> Path:
    """Write what a study asked, found and cannot tell as one HTML file; return its path.

    The file is written whole or not at all; raises `OSError`.
    """
    write_text(path, render_study(results, lang))
    return Path(path)


def render_study(results: Results, lang: str = "zh") -> str:
    """Return the report of `write_study_report` as text."""
    with in_language(lang):
        study, made = results.study, _capsule(results)
        numbers = assumed_numbers(numbers_in(made.get("scenario") or _scenario(results)))
        safe = study.select.safe if study.select is not None else None
        text: str = page_template("study.html").render(
            title=study_title(results),
            lang_tag="zh-CN" if lang == "zh" else "en",
            style=page_style(),
            note=study.note.in_language(lang) if study.note else "",
            facts=facts(results),
            head=head_lines(results)[1:],
            answer=list(safe_sentences(results)) if safe else selection_lines(results),
            selection=_table("", safe_table(results), 0) if safe else None,
            tables=tables(results),
            pictures=pictures(results),
            limits=study_limits(results, len(numbers)),
            assumed=numbers,
            capsule=made,
            folder=results.folder.name if results.folder else "",
            program=program(),
        )
        return text


def study_title(results: Results) -> str:
    """Return the study's name, else that of its file."""
    study = results.study
    return study.name.in_language(language()) if study.name else Path(study.file.file).stem


def _capsule(results: Results) -> dict[str, Any]:
    return Store(results.folder).capsule() if results.folder is not None else {}


def _scenario(results: Results) -> Any:
    file, _ = gathered(results.study.folder / results.study.scenario)
    return file.data


def facts(results: Results) -> list[tuple[str, str]]:
    """Return what was asked, as (heading, words)."""
    study = results.study
    counts = sorted(set(results.stops.values())) or [0]
    each = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
    found = [
        (t("scenario"), study.scenario),
        (t("rule pack"), study.rules.id),
        *((t("option"), f"{name}: {choice}") for name, choice in study.options.items()),
        *((t("factor"), _factor_words(results, name)) for name in study.factors),
        (t("design"), _design_words(results)),
        (t("drills asked for"), _asked(results)),
        (
            t("drills that count"),
            t("{each} a variant, {all} in all", each=each, all=sum(results.stops.values())),
        ),
        (t("seed"), str(study.seed)),
    ]
    if study.warm_up:
        found.append((t("warm-up"), t("{n} s, not measured", n=study.warm_up)))
    return found


def _factor_words(results: Results, name: str) -> str:
    factor, study = results.study.factors[name], results.study
    label = results.factor(name)
    key = "" if label == name else t(" ({key})", key=name)
    if isinstance(factor, Range):
        words = t("{low} to {high}", low=shown_level(factor.low), high=shown_level(factor.high))
    else:
        words = t(", ").join(study.called(level) for level in levels_of(factor) or ())
    return t("{name}: {levels}", name=label + key, levels=words)


def _design_words(results: Results) -> str:
    design, n = results.study.design, len(results.points)
    names = {
        "grid": t("all combinations"),
        "listed": t("combinations as listed"),
        "one_at_a_time": t("one change at a time"),
        "latin_hypercube": t("Latin hypercube"),
        "sobol": t("Sobol sequence"),
        "sobol_indices": t("Sobol's indices of sensitivity"),
        "morris": t("Morris' screening"),
    }
    word = next(words for key, words in names.items() if getattr(design, key) is not None)
    return t("{design}, {n} variants", design=word, n=n)


def _asked(results: Results) -> str:
    study = results.study
    if not isinstance(study.replications, int):
        widths = study.replications.half_width.items()
        words = t(", ").join(f"{study.called(name)} ± {width}" for name, width in widths)
        return t(
            "until the 95 % intervals are as narrow as {widths}, at most {n}",
            widths=words,
            n=study.most,
        )
    if study.select is not None:
        return t("as many as the selection needs, at most {n} a variant", n=study.most)
    return t("{n} a variant", n=study.most)


def tables(results: Results) -> list[Table]:
    """Return the tables of `study_text`, without those that hold nothing."""
    found = [
        _table(t("Shares"), share_table(results), 7),
        _table(t("Numbers"), number_table(results), 5),
    ]
    found += [_table(title, frame, 0) for title, frame in sensitivity_tables(results)]
    if len(results.points) > 1 and not results.study.design.drawn:
        first = results.label(0)
        for name in dict.fromkeys(results.values["measure"]):
            words = {"measure": measure_words(results, name), "variant": first}
            title = t("{measure}: difference to {variant}", **words)
            found.append(_table(title, difference_table(results, name), 0))
    return [table for table in found if table.rows]


def _table(title: str, frame: pd.DataFrame, numbers: int) -> Table:
    rows = [[str(cell) for cell in row] for row in frame.itertuples(index=False)]
    return Table(title, [str(name) for name in frame.columns], rows, numbers)


def pictures(results: Results) -> list[dict[str, str]]:
    """Return what can be drawn of a study: source and alternative text of each picture."""
    from sim.report.compliance_chart import compliance_chart
    from sim.report.convergence_chart import convergence_chart
    from sim.report.difference_chart import difference_chart
    from sim.report.frontier_chart import frontier_chart
    from sim.report.heat_chart import heat_chart
    from sim.report.tornado_chart import tornado_chart

    study, names = results.study, list(dict.fromkeys(results.values["measure"]))
    chosen = sorted(names, key=lambda name: not study.is_share(name))[:MOST]
    drawn = study.design.drawn is not None
    single = study.design.one_at_a_time is not None
    few = 1 < len(results.points) <= SHOWN and not drawn
    kinds: list[tuple[Callable[..., Picture], str, list[str]]] = [
        (frontier_chart, t("What a higher share costs"), chosen[:1]),
        (
            compliance_chart,
            t("A measure by the levels of factors"),
            [] if drawn or single else chosen,
        ),
        (heat_chart, t("A measure over two factors"), [] if drawn or single else chosen[:2]),
        (tornado_chart, t("What one change alone makes"), chosen if single else []),
        (difference_chart, t("Differences with their intervals"), chosen if few else []),
        (convergence_chart, t("How the estimate settles"), chosen[:2]),
    ]
    out = []
    for draw, words, measures in kinds:
        for name in measures:
            try:
                picture = draw(results, name)
            except ValueError:  # what it shows is not in this study
                continue
            out.append({"src": picture.data_uri(), "alt": f"{words}: {study.called(name)}"})
    return out
