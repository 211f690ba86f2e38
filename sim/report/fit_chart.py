"""Delays on record as a step curve, and the distributions fitted to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.calibrate import Fit
from sim.experiment.delays import Delays
from sim.report.columns import cut
from sim.report.ecdf import MANY, curve
from sim.report.fit_text import family_name, mark_words
from sim.report.style import BLACK, GREY, figure_style, new_picture, series
from sim.report.times import Times
from sim.texts import in_language, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture


def fit_chart(
    delays: Delays, found: Sequence[Fit], begin: str, end: str, lang: str | None = None
) -> Picture:
    """Return the share of delays that were over within a time, and every fit as a line.

    The steps are Kaplan–Meier's, ticks are delays still running, the band holds 95 % from
    `MANY` delays on.
    """
    with in_language(lang or language()), figure_style():
        picture = new_picture(8.2, 4.6)
        ax = picture.add_axes((0.085, 0.2, 0.89, 0.68))
        head = t(
            "Delays from {begin} to {end}, and what was fitted",
            begin=mark_words(begin),
            end=mark_words(end),
        )
        picture.text(0.02, 0.975, cut(head, 88), fontsize=12, va="top")
        running = ~np.isfinite(delays.high)
        ended = (delays.low[~running] + delays.high[~running]) / 2
        entry = Times("", None, ended, delays.low[running], 0, 0, 0, 0, 0)
        x, y, low, high = curve(entry)
        edge = 1.06 * max(float(ended.max()), 60.0) / 60
        ax.set_xlim(0, edge)
        ax.set_ylim(0, 1.04)
        ax.grid(color="#E3E6E9", lw=0.6)
        ax.set_axisbelow(True)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        text = t("on record, n = {n}", n=len(delays.low))
        ax.step(np.r_[0, x, edge], np.r_[0, y, y[-1]], BLACK, where="post", lw=1.6, label=text)
        if len(delays.low) >= MANY:
            ax.fill_between(x, low, high, step="post", color=BLACK, alpha=0.1, lw=0)
        inside = entry.longer[entry.longer / 60 <= edge] / 60
        at = np.searchsorted(x, inside, side="right") - 1
        ax.plot(inside, np.where(at >= 0, y[at], 0.0), "|", color=BLACK, ms=8, mew=1.2)
        grid = np.linspace(edge / 400, edge, 400)
        for k, fit in enumerate(found):
            colour, dash, _ = series(k)
            words = t("{family}, p = {p}", family=family_name(fit.family), p=f"{fit.p_value:.3f}")
            ax.plot(grid, fit.curve.cdf(60 * grid), color=colour, ls=dash, lw=1.8, label=words)
        ax.set_xlabel(t("minutes"))
        ax.set_ylabel(t("share that was over"))
        ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        ax.legend(loc="lower right")
        picture.text(0.02, 0.02, _note(delays), fontsize=8, color=GREY, va="bottom")
        return picture


def _note(delays: Delays) -> str:
    running = ~np.isfinite(delays.high)
    parts = []
    if len(delays.low) >= MANY:
        parts.append(t("band: 95 % of the curve"))
    if running.any():
        parts.append(t("ticks: still running when the record ended"))
    if (delays.high > delays.low)[~running].any():
        parts.append(t("delays known as intervals are drawn at their middle"))
    return t("; ").join(parts)
