"""The sheet on which a swimlane is drawn: sizes, layout, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.acts import Acts
from sim.report.duties import Duty
from sim.report.lanes import Plan
from sim.report.window import Window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 12.0  # inches: A4 across, with margins, nearly 1:1
LEFT, RIGHT = 1.85, 2.6  # gutters: names of lanes; words of verdicts
TOP, BOTTOM = 0.85, 1.22


@dataclass(frozen=True)
class Sheet:
    """What every drawing function needs: the axes, the layout, the record and its words."""

    ax: Axes
    plan: Plan
    acts: Acts
    duties: list[Duty]
    window: Window
    names: Mapping[str, str]
    origin: Any

    def inch(self, inches: float) -> float:
        """Return a width in inches as seconds of this picture."""
        width = WIDTH - LEFT - RIGHT
        low, high = self.ax.get_xlim()
        return inches * (high - low) / width

    def seen(self, time: int) -> bool:
        """Return whether an instant lies inside the picture."""
        low, high = self.ax.get_xlim()
        return bool(low <= time <= high)
