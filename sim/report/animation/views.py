"""The maps of an animation: the scene where most of it happens, and the whole region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from sim.report.animation.board import Box
from sim.report.animation.film import Film
from sim.report.map_base import Extent, extent_around, fitted, outlines

SCENE: Box = (514, 54, 754, 400)
OVERVIEW: Box = (514, 464, 300, 222)
NEAR = 0.6
"""The scene holds at least this part of where journeys begin and end."""
Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A map on the stage: its frame in pixels and its sides in degrees."""

    box: Box
    extent: Extent

    def place(self, point: Point) -> Point:
        """Return where (longitude, latitude) stands, in pixels; it may lie outside the frame."""
        left, top, width, height = self.box
        west, east, south, north = self.extent
        x = left + width * (point[0] - west) / (east - west)
        return round(x, 1), round(top + height * (north - point[1]) / (north - south), 1)

    def holds(self, point: Point) -> bool:
        """Return whether a point lies inside the frame."""
        west, east, south, north = self.extent
        return west <= point[0] <= east and south <= point[1] <= north


def find_views(film: Film) -> dict[str, View]:
    """Return the maps: the scene, where most journeys begin or end, and the whole region."""
    at = film.seats.at
    drawn = [at[p] for m in film.movers for p in m.places() if p in at]
    drawn += [at[p] for pair in film.closings for p in pair if p in at]
    seats = [point for a in film.actors if (point := film.seats.point(a)) is not None]
    if not drawn and not seats:
        return {}
    sites = [at[place] for _, place, _ in film.sites if place in at]
    near = _near(sites, drawn) if drawn else [*seats, *sites]
    shape = SCENE[3] / SCENE[2]
    scene = fitted(extent_around(near), shape)
    region = [point for _, ring in outlines() for point in ring] + drawn + seats + sites
    lons, lats = zip(*region, strict=True)
    whole = Extent(min(lons), max(lons), min(lats), max(lats))
    overview = fitted(whole, OVERVIEW[3] / OVERVIEW[2])
    return {"scene": View(SCENE, scene), "overview": View(OVERVIEW, overview)}


def _near(sites: Sequence[Point], drawn: Sequence[Point]) -> list[Point]:
    """Return the points nearest to the first incident that make up `NEAR` of all."""
    middle = sites[0] if sites else max(drawn, key=drawn.count)
    shrink = cos(radians(middle[1]))

    def away(point: Point) -> float:
        return hypot((point[0] - middle[0]) * shrink, point[1] - middle[1])

    ordered = sorted(drawn, key=away)
    reach = away(ordered[min(int(NEAR * len(ordered)), len(ordered) - 1)])
    return [middle, *(point for point in ordered if away(point) <= 1.5 * reach)]
