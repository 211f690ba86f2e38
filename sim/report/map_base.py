"""What a map is drawn on: the outlines of the cities of Guangxi, a scale, a small overview."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.report.style import BLACK, PALE, RED
from sim.texts import t

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.report.picture import Picture

OUTLINE = Path(__file__).parent / "geo" / "guangxi_cities.geojson"
EDGE = "#B9C0C7"
KM_PER_DEGREE = 111.2
LEAST_SPAN = 0.05  # degrees
Point = tuple[float, float]


class Extent(NamedTuple):
    """Sides of a map in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


def extent_around(points: Sequence[Point]) -> Extent:
    """Return an extent with room around all points."""
    sides = []
    for values in zip(*points, strict=True):
        half = 0.62 * max(max(values) - min(values), LEAST_SPAN)
        middle = (max(values) + min(values)) / 2
        sides += [middle - half, middle + half]
    return Extent(*sides)


def fitted(extent: Extent, height_by_width: float) -> Extent:
    """Return the extent made wider or higher so that it fills a frame of that shape."""
    x, y = extent.middle
    shape = height_by_width * cos(radians(y))
    wide = max(extent.east - extent.west, (extent.north - extent.south) / shape)
    return Extent(x - wide / 2, x + wide / 2, y - wide * shape / 2, y + wide * shape / 2)


def city_names() -> dict[str, str]:
    """Return the names of the cities of Guangxi by code, in the language in force."""
    return {
        "450100": t("Nanning"),
        "450200": t("Liuzhou"),
        "450300": t("Guilin"),
        "450400": t("Wuzhou"),
        "450500": t("Beihai"),
        "450600": t("Fangchenggang"),
        "450700": t("Qinzhou"),
        "450800": t("Guigang"),
        "450900": t("Yulin"),
        "451000": t("Baise"),
        "451100": t("Hezhou"),
        "451200": t("Hechi"),
        "451300": t("Laibin"),
        "451400": t("Chongzuo"),
    }


@cache
def outlines() -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Return (code, outer ring) of the cities of Guangxi, points as (longitude, latitude)."""
    found = []
    for feature in json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"]
        for part in parts if shape["type"] == "MultiPolygon" else [parts]:
            ring = tuple((float(x), float(y)) for x, y in part[0])
            found.append((str(feature["id"]), ring))
    return tuple(found)


def draw_base(ax: Axes, extent: Extent, scale: bool = True) -> None:
    """Draw outlines, and a scale, on an empty axes."""
    _fill(ax, [ring for _, ring in outlines() if _seen(ring, extent)], "white", 0.8)
    ax.set_facecolor(PALE)
    ax.set_xlim(extent.west, extent.east)
    ax.set_ylim(extent.south, extent.north)
    ax.set_xticks([])
    ax.set_yticks([])
    if scale:
        _scale(ax, extent)


def _fill(ax: Axes, rings: Sequence[Sequence[Point]], colour: str, width: float) -> None:
    from matplotlib.collections import PolyCollection

    shapes = PolyCollection(rings, facecolors=colour, edgecolors=EDGE, linewidths=width, zorder=1)
    ax.add_collection(shapes, autolim=False)


def _seen(ring: Sequence[Point], extent: Extent) -> bool:
    """Return whether the box around a ring touches the extent."""
    lons, lats = zip(*ring, strict=True)
    beside = max(lons) < extent.west or min(lons) > extent.east
    return not (beside or max(lats) < extent.south or min(lats) > extent.north)


def _scale(ax: Axes, extent: Extent) -> None:
    """Draw a bar of a round number of kilometres, at most a quarter of the width."""
    from sim.report.looks import HALO

    wide, high = extent.east - extent.west, extent.north - extent.south
    per_km = 1 / (KM_PER_DEGREE * cos(radians(extent.middle[1])))
    room = max(wide / per_km / 4, 1)
    km = max(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n <= room)
    x, y = extent.west + 0.03 * wide, extent.south + 0.04 * high
    ax.plot([x, x + km * per_km], [y, y], color=BLACK, lw=2.5, solid_capstyle="butt", zorder=8)
    ax.text(x, y + 0.012 * high, f"{km} km", fontsize=8, zorder=9, path_effects=HALO)


def name_cities(ax: Axes, extent: Extent, keep: Sequence[Point]) -> None:
    """Write the name of each city that is seen where it is farthest from all of `keep`."""
    import numpy as np
    from matplotlib.path import Path as Ring

    names, corner = city_names(), np.array([extent.west, extent.south])
    size = np.array([extent.east, extent.north]) - corner
    inner = np.linspace(0.08, 0.92, 15)
    spots = np.array([(x, y) for x in inner for y in inner])
    taken = [*((np.array(keep) - corner) / size), (0.05, 0.06), (0.2, 0.06)]  # the scale too
    for code, ring in outlines():
        inside = spots[Ring(ring).contains_points(spots * size + corner)]
        if not len(inside):
            continue
        others = np.array([*taken, *((np.array(ring) - corner) / size)])
        room = np.hypot(*(inside[:, None] - others[None]).T).min(axis=0)
        best = inside[int(np.argmax(room))]
        if room.max() > 0.06:
            taken.append(tuple(best))
            style: dict[str, Any] = {"fontsize": 12, "color": "#8A939B", "zorder": 1.5}
            x, y = best * size + corner
            ax.text(x, y, names[code], ha="center", va="center", gid="city", **style)


def draw_overview(picture: Picture, box: tuple[float, float, float, float], extent: Extent) -> None:
    """Draw Guangxi as a whole with the extent of the map as a frame."""
    from matplotlib.patches import Rectangle

    west, east, south, north = extent
    ax = picture.add_axes(box)
    rings = [ring for _, ring in outlines()]
    _fill(ax, [ring[::6] for ring in rings if len(ring) > 30], PALE, 0.5)
    lons, lats = zip(*(point for ring in rings for point in ring), strict=True)
    ax.set_xlim(min(lons), max(lons))
    ax.set_ylim(min(lats), max(lats))
    ax.add_patch(Rectangle((west, south), east - west, north - south, fill=False, ec=RED, lw=1.3))
    ax.set_title(t("Guangxi"), fontsize=9, loc="center")
    ax.set_aspect(1 / cos(radians(23.8)))
    ax.set_axis_off()
