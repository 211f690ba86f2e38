"""What all pictures of studies share: the frame, looks of lines, estimates in people's units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.experiment.answers import quantile_of
from sim.experiment.factors import Range, levels_of
from sim.experiment.intervals import Interval, nothing
from sim.experiment.results import Results
from sim.report.columns import width, wrap
from sim.report.measure_words import measure_words, scale_of
from sim.report.style import GREY, new_picture
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

COLUMN = 0.069
"""Inches that a column of text takes at the usual size."""


class Estimates(NamedTuple):
    """Every point's estimate in people's units (shares, minutes …), and what it is an estimate of.

    `word` is the axis' text; a point that was not run has NaN.
    """

    word: str
    each: list[Interval]


def estimates(results: Results, measure: str, drills: int | None = None) -> Estimates:
    """Return shares, means, or medians where times were still running; of the first `drills`."""
    points = range(len(results.points))
    tables = [results.of(measure, point).iloc[:drills] for point in points]
    name, scale = measure_words(results, measure), scale_of(results, measure)
    if results.study.is_share(measure):
        word = t("share met: {measure}", measure=name)
    elif any(table["state"].isin(["above", "below"]).any() for table in tables):
        word = t("median: {measure}", measure=name)
        pairs = results.study.antithetic
        found = [quantile_of(part, 0.5, pairs) if len(part) else nothing("") for part in tables]
        return Estimates(word, [scaled(one, scale) for one in found])
    else:
        word = t("mean: {measure}", measure=name)
    found = [
        results.interval(measure, point) if len(table) else nothing("")
        for point, table in zip(points, tables, strict=True)
    ]
    return Estimates(word, [scaled(one, scale) for one in found])


def scaled(found: Interval, scale: float) -> Interval:
    """Return an interval in people's units."""
    return found._replace(
        estimate=found.estimate / scale, low=found.low / scale, high=found.high / scale
    )


def target_of(results: Results, measure: str) -> float | None:
    """Return the probability that the study asks for of a measure, `None` where it asks none."""
    select = results.study.select
    safe = select.safe if select is not None else None
    return safe.at_least if safe is not None and safe.measure == measure else None


def factors_with_levels(results: Results) -> list[str]:
    """Return the factors that vary over listed levels, in the study's order."""
    factors = results.study.factors
    return [name for name in results.varied if not isinstance(factors[name], Range)]


def levels(results: Results, factor: str) -> list[str]:
    """Return a factor's levels as tables show them; raises `ValueError` where it has none."""
    known = factors_with_levels(results)
    if factor not in known:
        raise ValueError(t("one of the factors {names}", names=", ".join(known)))
    return list(dict.fromkeys(levels_of(results.study.factors[factor]) or ()))


def cells(
    results: Results, factors: Sequence[str], at: Mapping[str, Any]
) -> dict[tuple[str, ...], int]:
    """Return point by the levels of `factors`, the others as in `at`, else as at the first point.

    Raises `ValueError` for a level in `at` that no point has.
    """
    base = {**results.points[0], **{name: str(level) for name, level in at.items()}}
    found: dict[tuple[str, ...], int] = {}
    for number, point in enumerate(results.points):
        if all(point[name] == base[name] for name in point if name not in factors):
            found.setdefault(tuple(point[name] for name in factors), number)
    if not found:
        raise ValueError(t("no variant with {levels}", levels=dict(at)))
    return found


def rest_words(results: Results, factors: Sequence[str], at: Mapping[str, Any]) -> str:
    """Return which levels the other factors have, empty where none varies."""
    base = {**results.points[0], **{name: str(level) for name, level in at.items()}}
    called = results.study.called
    rest = [name for name in results.varied if name not in factors]
    return t(", ").join(f"{results.factor(name)} {called(base[name])}" for name in rest)


def frame(
    head: str, note: str, height: float, left: float = 0.8, below: float = 0.75, wide: float = 8.6
) -> tuple[Picture, Axes]:
    """Return an empty picture with title and note, and its axes; call it in `figure_style()`.

    `height`: of the axes; `left`, `below`: room for labels; all in inches.
    """
    rows = wrap(head, round((wide - 0.4) / 0.092), 2)
    notes = [row for line in note.splitlines() for row in wrap(line, round(wide / 0.063), 3)]
    top, foot = 0.3 + 0.24 * len(rows), 0.16 * len(notes) + 0.1
    total = top + height + below + foot
    picture = new_picture(wide, total)
    ax = picture.add_axes(
        (left / wide, (foot + below) / total, (wide - left - 0.3) / wide, height / total)
    )
    picture.text(0.15 / wide, 1 - 0.12 / total, "\n".join(rows), fontsize=12, va="top")
    picture.text(
        0.15 / wide,
        0.07 / total,
        "\n".join(notes),
        fontsize=8,
        color=GREY,
        va="bottom",
        linespacing=1.35,
    )
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return picture, ax


def room_for(words: Sequence[str]) -> float:
    """Return the inches that labels beside the axes need."""
    return max((width(word) for word in words), default=0) * COLUMN + 0.35


def percent_axis(axis: Any) -> None:
    """Show shares as per cent."""
    axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")


def bounded(found: Interval) -> tuple[float, float]:
    """Return how far an interval reaches below and above its estimate; 0 where it is open."""
    low, high = found.estimate - found.low, found.high - found.estimate
    finite = [
        value if abs(value) != float("inf") and value == value else 0.0 for value in (low, high)
    ]
    return max(finite[0], 0.0), max(finite[1], 0.0)
