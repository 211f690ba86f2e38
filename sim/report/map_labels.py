"""Where names stand on a map: beside their points, over nothing that stands there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

SIDES = (
    *((1, 0, "left", "center"), (-1, 0, "right", "center")),
    *((0, 1, "center", "bottom"), (0, -1, "center", "top")),
    *((0.8, 0.8, "left", "bottom"), (-0.8, 0.8, "right", "bottom")),
    *((0.8, -0.8, "left", "top"), (-0.8, -0.8, "right", "top")),
)
"""(right, up, alignment) in the order in which they are tried."""


def place_labels(
    ax: Axes, labels: Sequence[tuple[tuple[float, float], str]], room: float = 7.0, **style: Any
) -> list[str]:
    """Write each text beside its point where it covers no point and no text; else leave it out.

    `room` is the distance in points.  Returns the texts that found no place.  Points come first
    in the order of importance.
    """
    renderer = ax.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    frame = ax.get_window_extent(renderer)
    taken = [_around(ax, point, room * 0.7) for point, _ in labels]
    left_out = []
    for k, (point, text) in enumerate(labels):
        for right, up, ha, va in SIDES:
            shown = ax.annotate(
                text,
                point,
                (right * room, up * room),
                textcoords="offset points",
                ha=ha,
                va=va,
                **style,
            )
            box = shown.get_window_extent(renderer)
            others = (other for j, other in enumerate(taken) if j != k)
            inside = frame.contains(box.x0, box.y0) and frame.contains(box.x1, box.y1)
            if inside and not any(box.overlaps(other) for other in others):
                taken.append(box)
                break
            shown.remove()
        else:
            left_out.append(text)
    return left_out


def _around(ax: Axes, point: tuple[float, float], points: float) -> Bbox:
    """Return the box around a point, in pixels."""
    from matplotlib.transforms import Bbox

    x, y = ax.transData.transform(point)
    half = points * ax.figure.dpi / 72
    return Bbox.from_extents(x - half, y - half, x + half, y + half)
