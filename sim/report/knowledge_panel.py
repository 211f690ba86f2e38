"""One panel of the knowledge picture: truth, belief, and where they differ."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.clock import clock, short_span, ticks
from sim.report.columns import wrap
from sim.report.looks import HALO
from sim.report.style import BLACK, BLUE, GREY, RED
from sim.rules.beliefs import Told
from sim.rules.ledger import Book
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

WRONG: dict[str, Any] = {"fc": "#FBE3D4", "ec": RED, "hatch": "////", "lw": 0}
UNTOLD: dict[str, Any] = {"fc": "#EEF0F2", "ec": "#9AA1A8", "hatch": "....", "lw": 0}
Steps = list[tuple[int, float]]


class Panel:
    """The axes of one office; `key` is case, incident and field; times are of the case."""

    def __init__(self, ax: Axes, book: Book, key: tuple[int, str, str], zero: int, end: int):
        self.ax, self.zero, self.end = ax, zero, end
        positions, values = book.truths.courses[key]
        times = [max(zero, int(book.sheet.lo[p])) for p in positions]
        self.truth: Steps = list(zip(times, values, strict=True))
        self.book = book

    def draw(self, lines: list[Told], name: str) -> None:
        """Draw what an office held; what it knew at last stands at the right."""
        ax, end = self.ax, self.end
        held = [(int(self.book.sheet.hi[line.at]), line.value) for line in lines]
        held = [step for step in held if step[0] <= end]
        self._shade(held)
        self._steps(self.truth, color=BLACK, lw=1.0, ls=(0, (4, 2)), zorder=3)
        if held:
            self._steps(held, color=BLUE, lw=2.4, zorder=4, solid_capstyle="butt")
            self._values(held)
        top = max(value for _, value in [*self.truth, *held])
        low = min(value for _, value in [*self.truth, *held])
        room = max(top - low, 1)
        ax.set_xlim(self.zero, end)
        ax.set_ylim(low - 0.18 * room, top + 0.42 * room)
        ax.set_yticks(sorted({low, top}), [f"{v:g}" for v in sorted({low, top})], fontsize=7.5)
        ax.tick_params(axis="y", length=2, colors=GREY)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        words = "\n".join(wrap(name, 22))
        ax.text(-0.055, 0.5, words, transform=ax.transAxes, ha="right", va="center", fontsize=9)
        ax.text(1.012, 0.5, self._result(held), transform=ax.transAxes, va="center", fontsize=8.5)

    def _steps(self, steps: Steps, **style: Any) -> None:
        times = [time for time, _ in steps] + [self.end]
        values = [value for _, value in steps] + [steps[-1][1]]
        self.ax.plot(times, values, drawstyle="steps-post", **style)

    def _values(self, held: Steps) -> None:
        """Write every new figure at its step, where there is room."""
        last = -1e18
        shown: float | None = None
        for time, value in held:
            if value != shown and time - last > 0.035 * (self.end - self.zero):
                self.ax.annotate(
                    f"{value:g}",
                    (time, value),
                    xytext=(2, 2),
                    textcoords="offset points",
                    fontsize=8,
                    color=BLUE,
                    zorder=6,
                    path_effects=HALO,
                )
                last = time
            shown = value

    def spans(self, held: Steps) -> list[tuple[int, int, str]]:
        """Return (from, to, word) over the whole picture: untold, wrong, right or nothing.

        `nothing`: there was nothing to be told yet.
        """
        inside = [time for time, _ in (*self.truth, *held) if self.zero < time < self.end]
        found: list[tuple[int, int, str]] = []
        for a, b in pairwise(sorted({self.zero, self.end, *inside})):
            so = _at(self.truth, a, self.truth[0][1])
            known = _at(held, a, None)
            word = "right" if known == so else "wrong"
            if known is None:
                word = "untold" if a >= self.truth[0][0] else "nothing"
            if found and found[-1][2] == word:
                found[-1] = (found[-1][0], b, word)
            else:
                found.append((a, b, word))
        return found

    def _shade(self, held: Steps) -> None:
        looks = {"wrong": WRONG, "untold": UNTOLD}
        for a, b, word in self.spans(held):
            if word in looks:
                self.ax.axvspan(a, b, zorder=1, **looks[word])

    def _result(self, held: Steps) -> str:
        spans = self.spans(held)
        right = [a for a, _, word in spans if word == "right"]
        if not right:
            return t("never right")
        text = t("first right after {time}", time=short_span(right[0] - self.zero))
        if spans[-1][2] == "right":
            return text
        return text + "\n" + t("wrong at the end")


def _at(steps: Steps, time: int, absent: float | None) -> float | None:
    """Return the value in force at a time."""
    return next((value for start, value in reversed(steps) if start <= time), absent)


def x_axis(ax: Axes, origin: datetime, zero: int, end: int) -> None:
    """Clock times, and below them the time since the occurrence."""
    at = ticks(origin, zero, end, most=9)
    ax.set_xticks(at, [f"{clock(origin, s)}\n+{short_span(s - zero)}" for s in at])
    for other in ax.figure.axes:
        other.set_xticks(at)
        other.grid(axis="x", color="#DDE1E5", lw=0.6)
        other.set_axisbelow(True)
        if other is not ax:
            other.tick_params(axis="x", length=0, labelbottom=False)


def legend(picture: Picture, height: float, x: float, y: float) -> None:
    """Say what lines and shades mean."""
    handles = [
        Line2D([], [], color=BLACK, lw=1.0, ls=(0, (4, 2)), label=t("truth")),
        Line2D([], [], color=BLUE, lw=2.4, label=t("what the office held")),
        Patch(**WRONG, label=t("wrong")),
        Patch(**UNTOLD, label=t("not told yet")),
    ]
    picture.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(x, y),
        ncols=4,
        borderaxespad=0,
        fontsize=8.5,
        handlelength=2.4,
        borderpad=0,
    )
