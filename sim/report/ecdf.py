"""Report times over many drills against the deadline."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.log.record import EventLog
from sim.report.clock import minutes
from sim.report.columns import cut
from sim.report.names import display_names, named
from sim.report.style import GREY, RED, figure_style, new_picture, series
from sim.report.times import Times, share_words, times
from sim.texts import in_language, label, language, t
from sim.texts.lengths import limit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

MANY = 20  # cases from which on a confidence band is drawn


def report_ecdf(
    log: EventLog,
    verdicts: Any,
    rule: str,
    reading: str = "",
    owner: str | None = None,
    lang: str | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
) -> Picture:
    """Return the share of drills in which a duty was done within a time, as a figure.

    One step curve per owner of the rule (Kaplan–Meier where some drills end before the duty
    was done: these count as longer, they are not dropped), the deadline as a line, and the
    share met with its exact binomial interval in the legend.  `reading` (occur, receive,
    confirm) chooses where the clock starts, else the scoring reading.

    Raises `ValueError` for a rule that the verdicts do not hold or that applies nowhere.
    """
    with in_language(lang or language()), figure_style():
        found = times(log, verdicts, rule, reading, owner)
        head = title or t("{rule}: time until the duty was done", rule=rule)
        start = label("reading", reading) if reading else t("clock as scored")
        called = names if names is not None else display_names(log, language())
        words = (t("minutes ({start})", start=start), t("share of duties done"))
        return times_picture(found, called, head, words, t("limit {limit}"))


def times_picture(
    found: list[Times],
    names: Mapping[str, str],
    head: str,
    axes: tuple[str, str],
    limit_words: str,
) -> Picture:
    """Return one step curve an entry; call it inside `figure_style()`.

    `axes`: words of the two axes; `limit_words`: of the line at the `{limit}`.
    """
    picture = new_picture(8.6, 4.7 + 0.34 * len(found))
    height = picture.get_figheight()
    ax = picture.add_axes((0.085, 1 - 3.95 / height, 0.88, 3.3 / height))
    _draw(ax, found, names, limit_words)
    picture.text(0.02, 1 - 0.12 / height, cut(head, 88), fontsize=12, va="top")
    ax.set_xlabel(axes[0])
    ax.set_ylabel(axes[1])
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.16), borderaxespad=0, fontsize=8.5)
    note = t("[ ] exact 95 % interval of the share met")
    if any(len(entry.known) + len(entry.longer) >= MANY for entry in found):
        note += t("; band: 95 % of the curve")
    if any(len(entry.longer) for entry in found):
        note += t("; ticks: records that ended before")
    picture.text(0.02, 0.07 / height, note, fontsize=8, color=GREY, va="bottom")
    return picture


def _draw(ax: Axes, found: list[Times], names: Mapping[str, str], limit_words: str) -> None:
    limits = {entry.limit for entry in found if entry.limit is not None}
    ended = [entry for entry in found if len(entry.known)] or found
    longest = max([_longest(entry) for entry in ended] + [s / 60 for s in limits] + [1.0])
    ax.set_xlim(0, longest * 1.06)
    ax.set_ylim(0, 1.04)
    ax.grid(color="#E3E6E9", lw=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for k, entry in enumerate(found):
        _curve(ax, entry, series(k)[:2], names)
    for seconds in sorted(limits):
        ax.axvline(seconds / 60, color=RED, lw=1.6)
        ax.annotate(
            limit_words.format(limit=limit(seconds)),
            (seconds / 60, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=RED,
        )
    ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")


def _longest(entry: Times) -> float:
    """Return up to where the picture must reach, in minutes: what ended, censored ones to it."""
    ends = entry.known if len(entry.known) else entry.longer
    top = float(np.quantile(ends, 0.995)) if len(ends) > 200 else float(np.max(ends, initial=0))
    return top / 60


def _curve(ax: Axes, entry: Times, style: tuple[str, Any], names: Mapping[str, str]) -> None:
    """Draw one step curve, its band from `MANY` cases on, and ticks where records end."""
    colour, dash = style
    text = _legend(entry, names)
    if not len(entry.known) and not len(entry.longer):
        ax.plot([], [], color=colour, ls=dash, label=text)
        return
    x, y, low, high = curve(entry)
    edge = ax.get_xlim()[1]
    xs, ys = np.r_[0, x, max(edge, x[-1] if len(x) else 0)], np.r_[0, y, y[-1] if len(y) else 0]
    ax.plot(xs, ys, drawstyle="steps-post", color=colour, ls=dash, lw=1.8, label=text)
    if len(entry.known) + len(entry.longer) >= MANY:
        ax.fill_between(x, low, high, step="post", color=colour, alpha=0.15, lw=0)
    inside = entry.longer[entry.longer / 60 <= edge] / 60
    if len(inside):
        at = np.searchsorted(x, inside, side="right") - 1
        heights = np.where(at >= 0, y[np.maximum(at, 0)] if len(y) else 0.0, 0.0)
        ax.plot(inside, heights, "|", color=colour, ms=8, mew=1.2)


def curve(entry: Times) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return minutes, share done, and the 95 % band (log-log) of one owner's times.

    Product-limit estimate of `scipy.stats.ecdf`.  Points at which the band is not defined
    (share 0 or 1) carry the estimate itself.
    """
    from scipy.stats import CensoredData, ecdf

    if not len(entry.known):
        none = np.zeros(0)
        return none, none, none, none
    data = CensoredData(uncensored=entry.known, right=entry.longer)
    found = ecdf(data)
    x, y = found.cdf.quantiles / 60, found.cdf.probabilities
    if len(entry.known) + len(entry.longer) < 2:
        return x, y, y, y
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # not defined at 0 and 1, see above
        band: Any = found.cdf.confidence_interval(0.95, method="log-log")
    low, high = band.low.probabilities, band.high.probabilities
    defined = np.isfinite(low) & np.isfinite(high)
    return x, y, np.where(defined, low, y), np.where(defined, high, y)


def _legend(entry: Times, names: Mapping[str, str]) -> str:
    n = len(entry.known) + len(entry.longer)
    parts = [t("{owner}, n = {n}", owner=named(names, entry.owner), n=n)]
    parts.append(share_words(entry.met, entry.late))
    if len(entry.known):
        parts.append(t("median {minutes} min", minutes=_median(entry)))
    for count, words in (
        (len(entry.longer), t("{n} not done when the record ended")),
        (entry.undecided, t("{n} open or unproven")),
        (entry.excused, t("{n} excused")),
        (entry.unknown, t("{n} with unknown times, not drawn")),
    ):
        if count:
            parts.append(words.format(n=count))
    first, rest = t("; ").join(parts[:2]), t("; ").join(parts[2:])
    return f"{first}\n{rest}" if rest else first


def _median(entry: Times) -> str:
    """Return the median of the curve, or `>` the longest known time where it is not reached."""
    x, y, _, _ = curve(entry)
    reached = np.flatnonzero(y >= 0.5)
    return minutes(int(60 * x[reached[0]])) if len(reached) else f"> {minutes(int(60 * x[-1]))}"
