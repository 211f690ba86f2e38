"""Labels that never cover one another."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text

Box = tuple[float, float, float, float]


class Labels:
    """Places labels inside an axes one by one; what finds no free room is not drawn.

    Positions are tried in the given order.  `block` reserves room that no label may take,
    `avoid` room that a label takes only where nothing else is free.
    """

    def __init__(self, ax: Axes):
        self.ax = ax
        self.renderer: Any = ax.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        self.taken: list[Box] = []
        self.busy: list[Box] = []
        box = ax.bbox
        self.room = (box.x0, box.y0, box.x1, box.y1)

    def block(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Reserve the rectangle between two points in data coordinates."""
        self.taken.append(self._box(x0, y0, x1, y1))

    def avoid(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Mark the rectangle between two points in data coordinates as better left free."""
        self.busy.append(self._box(x0, y0, x1, y1))

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (ax0, ay0), (ax1, ay1) = self.ax.transData.transform([(x0, y0), (x1, y1)])
        return min(ax0, ax1), min(ay0, ay1), max(ax0, ax1), max(ay0, ay1)

    def put(
        self, text: str, places: list[tuple[float, float, str, str]], **style: Any
    ) -> Text | None:
        """Draw `text` at the first free place (x, y, ha, va in data coordinates), if any."""
        artist = self.ax.text(0, 0, text, **style)
        for others in (self.taken + self.busy, self.taken):
            for x, y, ha, va in places:
                artist.set(position=(x, y), ha=ha, va=va)
                box = artist.get_window_extent(self.renderer)
                found = (box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
                if self._inside(found) and not any(_touch(found, other) for other in others):
                    self.taken.append(found)
                    return artist
        artist.remove()
        return None

    def _inside(self, box: tuple[float, float, float, float]) -> bool:
        x0, y0, x1, y1 = self.room
        return bool(box[0] >= x0 and box[1] >= y0 and box[2] <= x1 and box[3] <= y1)


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
