"""The simulated times of one duty, with the time on record marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.experiment.against import Against
from sim.experiment.took import KEY
from sim.log.journeys import each
from sim.report.against_text import place_words, real_words
from sim.report.ecdf import times_picture
from sim.report.names import named
from sim.report.style import ORANGE, figure_style
from sim.report.times import Times
from sim.texts import in_language, label, language, t

if TYPE_CHECKING:
    from sim.report.picture import Picture


def against_chart(
    found: Against,
    rule: str,
    owner: str,
    names: Mapping[str, str] | None = None,
    lang: str | None = None,
) -> Picture:
    """Return the share of simulated drills in which a duty was done within a time, and the record.

    The time on record is a line where it is known, a band where it is known by bounds, an arrow to
    the right where the duty was still owed.  Of a recurring duty it is the first.  Raises
    `ValueError` where the record has no time of the duty.
    """
    with in_language(lang or language()):
        rows = found.duties
        own = rows[(rows["rule"] == rule) & (rows["owner"] == owner)]
        timed = own[np.isfinite(own["real_low"])]
        if not len(timed):
            raise ValueError(t("{rule}: no time of {owner} on record", rule=rule, owner=owner))
        row = next(each(timed))
        head = t(
            "{rule}, {owner}: simulated drills and the record", rule=rule, owner=named(names, owner)
        )
        start = label("reading", found.reading) if found.reading else t("clock as scored")
        axes = (t("minutes ({start})", start=start), t("share of duties done"))
        with figure_style():
            times = [_times(found, row)]
            picture = times_picture(times, names or {}, head, axes, t("limit {limit}"))
            ax = picture.axes[0]
            low, high = row.real_low / 60, row.real_high / 60
            edge = ax.get_xlim()[1]
            known = high if np.isfinite(high) else low
            if known > 0.98 * edge:
                ax.set_xlim(0, 1.12 * known)
            if low < high and np.isfinite(high):
                ax.axvspan(low, high, color=ORANGE, alpha=0.25, lw=0)
            else:
                ax.axvline(low, color=ORANGE, lw=2.2, ls=(0, (5, 2)))
            if np.isinf(high):
                ax.annotate(
                    "",
                    (1.1 * low, 0.5),
                    (low, 0.5),
                    arrowprops={"arrowstyle": "->", "color": ORANGE},
                )
            words = t("on record {minutes} min", minutes=real_words(row.real_low, row.real_high))
            left = low > 0.6 * ax.get_xlim()[1]
            free = 0.08 if row.share_low > 0.5 else 0.88  # where the curve is not
            ax.annotate(
                f"{words}\n{place_words(row, found.drills)}",
                (low, free),
                xytext=(-6 if left else 6, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                fontsize=9,
                bbox={"facecolor": "white", "edgecolor": ORANGE, "boxstyle": "round,pad=0.3"},
            )
        return picture


def _times(found: Against, row: Any) -> Times:
    """Return the simulated times of the duty of a row."""
    times = found.times
    for name in KEY:
        times = times[times[name] == getattr(row, name)]
    low, high = times["low"].to_numpy(float), times["high"].to_numpy(float)
    known = np.isfinite(low)
    counts = times["verdict"].value_counts()
    met, late, excused, unclear, unproven = (
        int(counts.get(word, 0)) for word in ("met", "late", "excused", "open", "unproven")
    )
    return Times(
        str(row.owner),
        None if pd.isna(row.limit_s) else int(row.limit_s),
        low[known & np.isfinite(high)],
        low[known & np.isinf(high)],
        int((~known).sum()),
        *(met, late, excused, unclear + unproven),
    )
