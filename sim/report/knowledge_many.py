"""Over many drills: the share in which each office knew the right number within a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.report.columns import cut
from sim.report.ecdf import MANY, curve
from sim.report.style import GREY, figure_style, new_picture, series
from sim.report.times import Times
from sim.rules.ledger import Book
from sim.rules.right import right_in
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WIDTH = 8.6


def draw_many(
    book: Book,
    incident: str,
    field: str,
    actors: list[str],
    names: Mapping[str, str],
    title: str,
) -> Picture:
    """Return one step curve per office (Kaplan–Meier; never right by the end = longer)."""
    with figure_style():
        found = [(actor, _times(book, incident, field, actor)) for actor in actors]
        height = 4.6 + 0.225 * len(found)
        picture = new_picture(WIDTH, height)
        ax = picture.add_axes((0.085, 1 - 3.95 / height, 0.88, 3.3 / height))
        _draw(ax, found, names)
        picture.text(0.02, 1 - 0.12 / height, cut(title, 88), fontsize=12, va="top")
        ax.set_xlabel(t("minutes since the occurrence"))
        ax.set_ylabel(t("share of drills in which it was known"))
        ax.legend(loc="upper left", bbox_to_anchor=(0, -0.17), borderaxespad=0, fontsize=8.5)
        note = t("Known: for the first time, what the office held was what was so at that instant.")
        picture.text(0.02, 0.07 / height, note, fontsize=8, color=GREY, va="bottom")
        return picture


def _times(book: Book, incident: str, field: str, actor: str) -> Times:
    table = right_in(book, actor, field)
    table = table[table["incident"] == incident]
    seconds = (table["minutes"] * 60).to_numpy(float)
    right = table["right"].to_numpy(bool)
    return Times(actor, None, seconds[right], seconds[~right], 0, 0, 0, 0, 0)


def _draw(ax: Axes, found: list[tuple[str, Times]], names: Mapping[str, str]) -> None:
    ends = np.concatenate([entry.known for _, entry in found]) / 60
    longest = float(np.quantile(ends, 0.99)) if len(ends) else 60.0
    ax.set_xlim(0, longest * 1.06 or 1)
    ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= ax.get_xlim()[1]])
    ax.set_ylim(0, 1.04)
    ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.grid(color="#E3E6E9", lw=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    for k, (actor, entry) in enumerate(found):
        colour, dash, _ = series(k)
        n, knew = len(entry.known) + len(entry.longer), len(entry.known)
        text = t("{owner}, n = {n}", owner=names.get(actor) or actor, n=n)
        if knew:
            text += t("; ") + t("median {minutes} min", minutes=_median(entry))
        if n - knew:
            text += t("; ") + t("{n} never right by the end of the record", n=n - knew)
        x, y, low, high = curve(entry)
        edge = ax.get_xlim()[1]
        xs = np.r_[0, x, max(edge, x[-1] if len(x) else 0)]
        ys = np.r_[0, y, y[-1] if len(y) else 0]
        ax.plot(xs, ys, drawstyle="steps-post", color=colour, ls=dash, lw=1.8, label=text)
        if n >= MANY and len(found) <= 3:  # more bands than that hide one another
            ax.fill_between(x, low, high, step="post", color=colour, alpha=0.1, lw=0)


def _median(entry: Times) -> str:
    x, y, _, _ = curve(entry)
    reached = np.flatnonzero(y >= 0.5)
    return f"{x[reached[0]]:.0f}" if len(reached) else f"> {x[-1]:.0f}"
