"""The simulated times of one duty, with the time on record marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.against import Against
from sim.log.journeys import each
from sim.report.against_text import place_words, real_words
from sim.report.ecdf import report_ecdf
from sim.report.names import named
from sim.report.style import ORANGE, figure_style
from sim.texts import in_language, language, t

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
    the right where the duty was still owed.  Raises `ValueError` where the record has no time of
    the duty, or it never came up in the model.
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
        picture = report_ecdf(
            found.log, found.verdicts, rule, found.reading, owner, names=names or {}, title=head
        )
        with figure_style():
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
