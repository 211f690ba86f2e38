"""Where names stand on a map: beside their points, over nothing that stands there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

BESIDE = (
    *((1, 0, "left", "center"), (-1, 0, "right", "center")),
    *((0, 1, "center", "bottom"), (0, -1, "center", "top")),
    *((0.8, 0.8, "left", "bottom"), (-0.8, 0.8, "right", "bottom")),
    *((0.8, -0.8, "left", "top"), (-0.8, -0.8, "right", "top")),
)
"""(right, up, alignment) in the order in which they are tried."""
ON = ((0, 0, "center", "center"),)
PAD = 1.5  # pixels that stay free around a text


@dataclass(frozen=True)
class Label:
    """A text at a point; `on` writes it over the point, which then keeps nothing else away."""

    point: tuple[float, float]
    text: str
    on: bool = False
    style: Mapping[str, Any] = field(default_factory=dict)


def place_labels(
    ax: Axes,
    labels: Sequence[Label],
    keep: Sequence[tuple[float, float]] = (),
    room: float = 7.5,
    **style: Any,
) -> list[Label]:
    """Write each text where it covers no point and no text; return those that found no place.

    The first ones choose first.  `keep`: further points that no text may cover; `room` is the
    distance from a point to its text, in points.
    """
    renderer = ax.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    frame = ax.get_window_extent(renderer)
    points = {label.point for label in labels if not label.on} | {*keep}
    marks = {point: _around(ax, point, room * 0.6) for point in points}
    texts = [text.get_window_extent(renderer) for text in ax.texts]
    left_out = []
    for label in labels:
        others = [*texts, *(box for point, box in marks.items() if point != label.point)]
        for right, up, ha, va in ON if label.on else BESIDE:
            shown = ax.annotate(
                label.text,
                label.point,
                (right * room, up * room),
                textcoords="offset points",
                ha=ha,
                va=va,
                **style | dict(label.style),
            )
            box = shown.get_window_extent(renderer)
            box = box.padded(PAD)
            inside = frame.contains(box.x0, box.y0) and frame.contains(box.x1, box.y1)
            if inside and not any(box.overlaps(other) for other in others):
                texts.append(box)
                break
            shown.remove()
        else:
            left_out.append(label)
    return left_out


def _around(ax: Axes, point: tuple[float, float], points: float) -> Bbox:
    """Return the box around a point, in pixels."""
    from matplotlib.transforms import Bbox

    x, y = ax.transData.transform(point)
    half = points * ax.figure.dpi / 72
    return Bbox.from_extents(x - half, y - half, x + half, y + half)
