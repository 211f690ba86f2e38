"""Coordinates of Guangxi's cities and counties, and distances between points."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.places import Place
from sim.texts import t

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""


@cache
def guangxi() -> dict[str, tuple[str, Point]]:
    """Return adcode -> (name, point); sources stand in `geo/README.md`."""
    path = Path(__file__).with_name("geo") / "guangxi_places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["adcode"]: (row["name"], (float(row["longitude"]), float(row["latitude"])))
            for row in csv.DictReader(file)
        }


def distance_m(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points in metres (haversine formula)."""
    (lon_a, lat_a), (lon_b, lat_b) = (map(math.radians, point) for point in (a, b))
    half_lat, half_lon = (lat_b - lat_a) / 2, (lon_b - lon_a) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def located(place: Place, path: Node, file: YamlFile) -> tuple[Place | None, list[Problem]]:
    """Return a place with its coordinates filled in from `adcode`, or the problems with it."""
    if place.at is not None:
        lon, lat = place.at
        if -180 <= lon <= 180 and -90 <= lat <= 90:
            return place, []
        swapped = f"[{lat}, {lon}]" if abs(lat) <= 180 and abs(lon) <= 90 else ""
        expected = t("[longitude, latitude] in degrees")
        return None, [file.problem((*path, "at"), expected, shown(list(place.at)), swapped)]
    if place.adcode is None:
        return place, []
    if place.adcode not in guangxi():
        expected = t("the code of a city or county of Guangxi, such as 450100")
        hint = did_you_mean(place.adcode, guangxi())
        return None, [file.problem((*path, "adcode"), expected, shown(place.adcode), hint)]
    return place.model_copy(update={"at": guangxi()[place.adcode][1]}), []
