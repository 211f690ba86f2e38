"""Places beside a network: each is joined to the nearest node of a road."""

from __future__ import annotations

import numpy as np

from sim.scenario.geo import EARTH_RADIUS_M
from sim.scenario.places import Link, Place


def attached(
    places: dict[str, Place], links: dict[str, Link], farthest: int, detour: float
) -> dict[str, Link]:
    """Return a road for every place that no link touches, to the nearest node of a road.

    `farthest` is in metres as the crow flies; the road's length is that distance × `detour`.
    """
    touched = {end for link in links.values() for end in (link.from_, link.to)}
    on_roads = {e for link in links.values() if link.mode == "road" for e in (link.from_, link.to)}
    nodes = {key: place.at for key, place in places.items() if key in on_roads and place.at}
    lonely = {key: place.at for key, place in places.items() if key not in touched and place.at}
    if not nodes or not lonely:
        return {}
    found = {}
    names, points = list(nodes), np.radians(np.array(list(nodes.values())))
    for key, at in lonely.items():
        metres = _distances(np.radians(np.array(at)), points)
        nearest = int(metres.argmin())
        if metres[nearest] <= farthest:
            length = int(metres[nearest] * detour + 1)
            road = {"from": key, "to": names[nearest], "length": f"{length} m"}
            found[f"{key}--{names[nearest]}"] = Link.model_validate(road)
    return found


def _distances(point: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the great-circle distances in metres; (lon, lat) in radians, one row a point."""
    half = np.sin((points - point) / 2) ** 2
    h = half[:, 1] + np.cos(point[1]) * np.cos(points[:, 1]) * half[:, 0]
    metres: np.ndarray = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return metres
